/** What other modules may call. Operations take the transaction and the actor; reads take either. */
export { openTerm, setConstituencies, constituenciesOf, type Constituency } from './server/terms.ts'
export { delegatesOf, endSeat, seatDelegates, seatedOn, type Delegate, type NewDelegate } from './server/delegates.ts'
export {
  annulSeats,
  knownCategories,
  runningTerm,
  seatElected,
  seatsBy,
  vacatedSeats,
  type VacatedSeat,
} from './server/elected-seats.ts'
export { jointRoll, panelsOf, savePanel, type Panel } from './server/panels.ts'
export { closeSession, openSession, prepareSession, sendNotice, setNow } from './server/sessions.ts'
export { offerToCongress, type HeldStanding, type HoldingRoom } from './server/held-elsewhere.ts'
export { concludeItem, itemsOf, saveItem, type Item } from './server/agenda.ts'
export { askLeave, attendanceOf, passAtDesk, presentAt } from './server/sign-in.ts'
export { namedSessions, type NamedSession } from './server/coming.ts'
export { votesIn, type ItemVote } from './server/held-votes.ts'
export { announce, callVote, gateOf, ruleOf, type Gate } from './server/voting.ts'
export { addPaper, addRemark, addVersion, answerRemark } from './server/papers.ts'
export { resolutionsInForce, resolutionsOf, resolve, type Resolution } from './server/resolutions.ts'
export { followAgreement } from './server/agreements.ts'
export { sessionById, visibleSession, visibleTerm, type Session, type Term } from './server/seen.ts'
export { closeProject, decideOpinion, openProject, projectFor, say as saySomething } from './server/projects.ts'
export { delegateImport } from './server/delegate-import.ts'
