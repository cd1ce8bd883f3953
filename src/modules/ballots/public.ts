/** What other modules may call. Operations take the transaction and the actor; callers check their own permissions. */
export {
  openVote,
  setTellers,
  voteById,
  votesAbout,
  visibleVote,
  type Item,
  type NewVote,
  type Teller,
  type Vote,
} from './server/vote.ts'
export {
  confirmCorrection,
  freezeVote,
  proposeCorrection,
  rollOf,
  type Correction,
  type RollLine,
} from './server/roll.ts'
export { channelsOf, enterCount, markNames, type ChannelState } from './server/counting.ts'
export { closeVote, resultOf, resultsOf, voidVote, wordsOf, writtenIn, type Result } from './server/result.ts'
export { evaluate, type BallotVerdict, type ItemVerdict, type Outcome } from './verdict/evaluate.ts'
export type { Count, Tally } from './verdict/count.ts'
export type { Step } from './verdict/step.ts'
export {
  APPRAISAL_GRADES,
  articleOf,
  candidatesNeeded,
  SATISFACTION_GRADES,
  type Article,
  type Base,
  type Kind,
  type Rule,
  type SecretTerms,
} from './verdict/rule.ts'
export {
  boxStatesOf,
  clearUrns,
  closeSecret,
  discardVoided,
  fewestBallots,
  giveScrutineerKey,
  giveScrutineerSecret,
  hallCode,
  openBox,
  openSecret,
  openSheets,
  publishedOf,
  publishSecret,
  recountFolder,
  reportText,
  requireEnough,
  scrutineersNeeded,
  secretTerms,
  standingOf,
  type OpenedSheet,
  type OpenedSheets,
  type SecretPlan,
  type TermsChoice,
} from './secret/public-functions.ts'
export type { BoxState } from './contract.ts'
