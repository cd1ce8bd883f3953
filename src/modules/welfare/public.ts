/** What other modules may call: ledgers they keep for this room. */
export { birthdays } from './registers/health.ts'
