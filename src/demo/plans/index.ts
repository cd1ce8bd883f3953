import type { Plans } from '../plan.ts'
import { aid } from './aid.ts'
import { care, hardship } from './care.ts'
import { culture } from './culture.ts'
import { democracy } from './democracy.ts'
import { labour } from './labour.ts'
import { learning } from './learning.ts'
import { organisation } from './organisation.ts'
import { people } from './people.ts'

/** How the company union fills each register; the smaller unions keep some of them, to their scale. */
export const plans: Plans = {
  ...democracy,
  ...organisation,
  ...labour,
  ...learning,
  ...care,
  ...hardship,
  ...aid,
  ...people,
  ...culture,
}
