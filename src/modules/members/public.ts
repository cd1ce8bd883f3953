/** What other modules may call. Operations take the transaction and the actor; reads take either. */
export { addMember, resolvePerson, type NewMember } from './server/person.ts'
export { addContacts, householdsOf, kinOf, type Kin } from './server/households.ts'
export { enrol, type Newcomer } from './server/enrol.ts'
export { rosterImport } from './server/roster-import.ts'
export { readIdNumber, normaliseNumber } from './id-number.ts'
export { tagOf, TAGS } from './words.ts'
export { memberFollower } from './server/follow-restructuring.ts'
export { cardHolder } from './server/card.ts'
