import { z } from 'zod'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { day, id, parse } from '../../../kernel/http/parse.ts'
import { appointInput, dismissInput, termInput } from '../contract.ts'
import { standingOf } from './standing.ts'
import { appoint, dismiss, openTerm, termsDue, termsOf } from './terms.ts'

const byId = z.object({ id })

/** Terms, officers, and how a union stands (六会、八有). */
export const termRoutes: Routes = (app, { db, today }) => {
  app.get('/api/units/terms', async (request) => {
    const inNinetyDays = new Date(Date.parse(`${today()}T00:00:00Z`) + 90 * 86_400_000).toISOString().slice(0, 10)
    const query = parse(z.object({ dueBy: day.default(inNinetyDays) }), request.query)
    return { terms: await termsDue(db, request.actor, query.dueBy) }
  })
  app.get('/api/units/:id/terms', async (request) => {
    const unitId = parse(byId, request.params).id
    await requirePermission(db, request.actor, 'organisation.read', unitId, 'organisation.read')
    return { terms: await termsOf(db, unitId) }
  })
  app.post('/api/units/:id/terms', async (request, reply) => {
    const draft = { ...parse(termInput, request.body), unitId: parse(byId, request.params).id }
    return reply.status(201).send(await db.transaction().execute((tx) => openTerm(tx, request.actor, draft)))
  })
  app.post('/api/terms/:id/officers', async (request, reply) => {
    const draft = parse(appointInput, request.body)
    const term = await db
      .transaction()
      .execute((tx) => appoint(tx, request.actor, parse(byId, request.params).id, draft))
    return reply.status(201).send(term)
  })
  app.post('/api/terms/:id/officers/:officerId/end', (request) => {
    const params = parse(z.object({ id, officerId: id }), request.params)
    const { toOn, reason } = parse(dismissInput, request.body)
    return db.transaction().execute((tx) => dismiss(tx, request.actor, params.id, params.officerId, toOn, reason))
  })
  app.get('/api/units/:id/standing', (request) =>
    standingOf(db, request.actor, parse(byId, request.params).id, today()),
  )
}
