/** What other modules may file into this room's ledgers: processes keep their registers (docs/decisions/0050). */
export { election as electionRegister } from './registers/elections.ts'
export { committee as committeeRegister } from './registers/committees.ts'
