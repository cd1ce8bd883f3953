import type { Plans } from '../plan.ts'

export const plans: Plans = {}
