/** What other modules may ask: whether somebody agreed to a use of their data. */
export { consentsOf } from './server/mine.ts'
