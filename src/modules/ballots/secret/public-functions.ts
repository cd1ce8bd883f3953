/** The secret half's door; `../public.ts` hands it on. */
export { fewestBallots, giveScrutineerKey, openSecret, type SecretPlan } from './open.ts'
export { clearUrns, closeSecret, discardVoided } from './close.ts'
export { boxStatesOf, standingOf } from './standing.ts'
export { hallCode } from './venue.ts'
export { openBox, requireEnough, scrutineersNeeded, secretTerms, type TermsChoice } from './terms.ts'
export { giveScrutineerSecret, publishedOf, publishSecret } from './publish.ts'
export { recountFolder, reportText } from './recount.ts'
export { openSheets, type OpenedSheet, type OpenedSheets } from './sheets.ts'
