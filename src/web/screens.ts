import type { IconName } from './ui/Icon.tsx'

/** A page of a module. It loads when it is opened. */
export interface Screen {
  /** `/funds/vouchers/$id` */
  path: string
  load: () => Promise<Record<string, unknown>>
  /** The exported component. */
  name: string
  /** Without the frame of the desk: for printing, a hall's projector, a voting booth. */
  bare?: true
}

/** Groups of the left menu, in their order. */
export const MENU_GROUPS = ['日常', '我的', '民主管理', '职工服务', '经费', '数字与报告', '组织与会员', '管理'] as const

export interface ScreenMenuItem {
  group: (typeof MENU_GROUPS)[number]
  to: string
  title: string
  icon: IconName
  /** Any of these opens the entry; none means everybody. The server checks again. */
  permissions?: readonly string[]
  /** Lower comes first within the group; 50 by default. */
  order?: number
}

/** What a module brings to the web app: `src/modules/<name>/web/screens.ts` exports it as default. */
export interface ModuleScreens {
  screens: readonly Screen[]
  menu?: readonly ScreenMenuItem[]
  /** Where a figure's row leads, by the fact's `refKind`. */
  origins?: Readonly<Record<string, (id: number) => string>>
}

/** Identity with a type. A declaration, since it is called by what this file imports, before this file has run. */
export function moduleScreens(screens: ModuleScreens): ModuleScreens {
  return screens
}

const found = import.meta.glob<{ default: ModuleScreens }>('../modules/*/web/screens.ts', { eager: true })
const all = Object.values(found).map((module) => module.default)

export const screens: readonly Screen[] = all.flatMap((module) => module.screens)
export const screenMenu: readonly ScreenMenuItem[] = all
  .flatMap((module) => module.menu ?? [])
  .toSorted((one, other) => (one.order ?? 50) - (other.order ?? 50))
export const origins: Readonly<Record<string, (id: number) => string>> = Object.assign(
  {},
  ...all.map((module) => module.origins ?? {}),
)
