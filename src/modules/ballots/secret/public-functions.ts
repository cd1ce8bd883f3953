/** The secret half's door; `../public.ts` hands it on. */
export { fewestBallots, giveScrutineerKey, openSecret, type SecretPlan } from './open.ts'
export { clearUrns, closeSecret, discardVoided } from './close.ts'
export { drawPapers } from './draw.ts'
export { standingOf } from './standing.ts'
export { markDrawn } from './stations.ts'
export { openBox, requireEnough, scrutineersNeeded, secretTerms, type TermsChoice } from './terms.ts'
export { giveScrutineerSecret, publishedOf, publishSecret } from './publish.ts'
export { recountFolder, reportText } from './recount.ts'
