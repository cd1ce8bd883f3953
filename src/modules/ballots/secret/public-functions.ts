/** The secret half's door; `../public.ts` hands it on. */
export { fewestBallots, giveScrutineerKey, openSecret, type SecretPlan } from './open.ts'
export { clearUrns, closeSecret } from './close.ts'
export { giveScrutineerSecret, publishedOf, publishSecret } from './publish.ts'
export { recountFolder, reportText } from './recount.ts'
