/** What other modules may call. */
export { maskedName } from './server/files.ts'
/** Ledgers of what families received, for the module that pays to keep. */
export { reliefs, warmthRounds } from './registers/aid.ts'
/** Ledgers of the families of dead workers, kept by the module that reviews and pays them. */
export { survivorPay, survivorReviews } from './registers/survivors.ts'
/** Ledgers of drives for a colleague and of paired pupils, kept by the room of giving. */
export { fundraisings, pupilPairings } from './registers/giving.ts'
/** A person's own files, for the page on which they see what is held of them. */
export { ownFilesOf } from './server/files.ts'
