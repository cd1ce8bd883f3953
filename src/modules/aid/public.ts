/** What other modules and the command line may call. Each deed checks its own permission, in the caller's transaction. */
export { addProgramme, changeRule } from './server/programmes.ts'
export { openCycle, previewCycle } from './server/cycles.ts'
export { moveCycle, withhold } from './server/decide.ts'
export { payCycle, signReceipt, type CyclePaid } from './server/pay.ts'
export { refundOne } from './server/refunds.ts'
export { beginApplication, returnApplication, submitApplication } from './server/applications.ts'
export { answerAppeal, appeal } from './server/mine.ts'
