import type { Register } from '../kernel/register/declaration.ts'
import { manifests } from '../modules.ts'

/** Every register the modules declare, in the modules' order. */
export const builtInRegisters = (): Register[] => manifests.flatMap((manifest) => manifest.registers ?? [])
