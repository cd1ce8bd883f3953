import type { Routes } from '../../../kernel/http/app.ts'
import { parse } from '../../../kernel/http/parse.ts'
import { consentInput } from '../contract.ts'
import { myInformation, sayConsent } from './mine.ts'

/** A person's own page: what is held, who looked, what was agreed to. */
export const privacyRoutes: Routes = (app, { db }) => {
  app.get('/api/privacy/mine', (request) => myInformation(db, request.actor))
  app.post('/api/privacy/consents', async (request, reply) => {
    const { use, given } = parse(consentInput, request.body)
    await db.transaction().execute((tx) => sayConsent(tx, request.actor, use, given))
    return reply.status(201).send({ ok: true })
  })
}
