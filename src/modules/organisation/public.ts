/** What other modules may call. Operations take the transaction and the actor; reads take either. */
export { addUnit, unitByCode, unitById, type NewUnit, type Unit } from './server/units.ts'
export { applyChange, cancelChange, drawUpChange, type Change } from './server/changes.ts'
export { followRestructuring, type Follower, type Plan } from './server/follow.ts'
export { saveHeadcounts, latestHeadcount, type HeadcountDraft } from './server/headcount.ts'
export { pathOf, subtreeIds, type PathStep } from './server/tree.ts'
export { BODIES, UNIT_TYPES, UNKNOWN_SINCE, unitTypeOf, type Body, type UnitType } from './types.ts'
export { profileOf, saveProfile, type Profile } from './server/profile.ts'
export { unitFinder, type FindUnit } from './server/unit-finder.ts'
export { headcountImport } from './server/headcount-import.ts'
export {
  appoint as appointOfficer,
  dismiss as dismissOfficer,
  extendTerm,
  openTerm,
  termsOf,
  type NewTerm,
  type Officer,
  type Term,
} from './server/terms.ts'
