/** What other modules may call. */
export { withEveryFile } from './server/for-programmes.ts'
/** Ledgers of what families received, for the module that pays to keep. */
export { reliefs, warmthRounds } from './registers/aid.ts'
