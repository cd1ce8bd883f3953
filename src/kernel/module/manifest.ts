import type { Register } from '../register/declaration.ts'
import type { MetricDefinition } from '../facts/metric.ts'

/** A permission: `<module>.<verb>`, its Chinese name, and whether granting it is sensitive. */
export interface Permission {
  name: string
  title: string
  sensitive?: boolean
}

export interface NavigationItem {
  path: string
  title: string
  permission: string
  /** Group of the left menu. */
  group: string
  order: number
}

/** Personal data a module keeps, for how long, and why. Shown on the privacy page. */
export interface Holding {
  what: string
  basis: string
  retention: string
}

/** The data-only description of a module. Importable from anywhere: no request, no row, no React. */
export interface Manifest {
  name: string
  title: string
  dependsOn: readonly string[]
  permissions: readonly Permission[]
  registers?: readonly Register[]
  /** Metrics that don't come from a register (the roster's, the tree's). */
  metrics?: readonly MetricDefinition[]
  navigation?: readonly NavigationItem[]
  holds?: readonly Holding[]
}

/** Identity with a type; refuses a permission that isn't named after its module. */
export function defineModule(manifest: Manifest): Manifest {
  for (const permission of manifest.permissions)
    if (!permission.name.startsWith(`${manifest.name}.`))
      throw new Error(`permission ${permission.name} must start with ${manifest.name}.`)
  for (const register of manifest.registers ?? [])
    if (!register.id.startsWith(`${manifest.name}.`))
      throw new Error(`register ${register.id} must start with ${manifest.name}.`)
  return manifest
}

/** The permissions every module with registers has. */
export const registerPermissions = (name: string, title: string): Permission[] => [
  { name: `${name}.read`, title: `查看${title}` },
  { name: `${name}.write`, title: `登记${title}` },
  { name: `${name}.void`, title: `作废${title}记录` },
  { name: `${name}.import`, title: `导入${title}台账` },
  { name: `${name}.export`, title: `导出${title}台账` },
]
