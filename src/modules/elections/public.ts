/** What other rooms and the demo may call: an election step by step, and what came of it. */
export {
  drawUp,
  electionFor,
  electionsOf,
  racesOf,
  sittingsOf,
  type Election,
  type Race,
  type Sitting,
} from './server/election.ts'
export { describe as describeCandidate, list as listCandidate, nominate } from './server/candidates.ts'
export { freezeRoll, nameTellers, signIn } from './server/sittings.ts'
export { close as closeRace, issue, prepare, ballotsOf } from './server/voting.ts'
export { setBallotMode } from './server/secret-round.ts'
export { announce, answerPlan, answerResult, convene, publicise, report, submitPlan } from './server/course.ts'
export { seatingOf, takeSeats } from './server/seating.ts'
export { answerAnnulment, proposeAnnulment } from './server/annulment.ts'
export { electedOf, type Elected } from './server/filing.ts'
