/** What other modules may ask: whether somebody agreed to a use of their data. */
export { agreed } from './server/mine.ts'
