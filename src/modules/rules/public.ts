/** What other modules may ask: the card of a rule on a day, and how relatives are named. */
export { cardOn, cards } from './cards/index.ts'
export { EIGHT_FORBIDDEN } from './cards/spending.ts'
export { kinship } from './kin.ts'
export { DENOMINATORS } from './sources.ts'
