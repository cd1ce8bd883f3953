import { z } from 'zod'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { day, id, parse } from '../../../kernel/http/parse.ts'
import { claimInput, claimMove, enrolInput, planInput } from '../contract.ts'
import { STATES, type ClaimState } from '../words.ts'
import { claimById, fileClaim, listClaims, moveClaim, payClaim } from './claims.ts'
import { addPlan, enrolMembers, mayReadPlan, plansOf } from './plans.ts'

const byId = z.object({ id })
const listQuery = z.object({
  unitId: id.optional(),
  state: z.enum(Object.keys(STATES) as [ClaimState, ...ClaimState[]]).optional(),
  cursor: id.optional(),
})

/** Plans, enrolment, claims. */
export const mutualAidRoutes: Routes = (app, { db, today }) => {
  app.get('/api/mutual-aid/plans', async (request) => {
    const { unitId } = parse(z.object({ unitId: id }), request.query)
    if (!(await mayReadPlan(db, request.actor, unitId))) throw notFound('单位')
    return { plans: await plansOf(db, unitId) }
  })
  app.post('/api/mutual-aid/plans', async (request, reply) => {
    const draft = parse(planInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => addPlan(tx, request.actor, draft)))
  })
  app.post('/api/mutual-aid/plans/:id/enrolments', async (request, reply) => {
    const draft = parse(enrolInput, request.body)
    const done = await db
      .transaction()
      .execute((tx) => enrolMembers(tx, request.actor, parse(byId, request.params).id, draft, today()))
    return reply.status(201).send(done)
  })

  app.get('/api/mutual-aid/claims', (request) => {
    const { unitId, state, cursor } = parse(listQuery, request.query)
    return listClaims(db, request.actor, {
      ...(unitId && { unitId }),
      ...(state && { state }),
      ...(cursor && { cursor }),
    })
  })
  app.post('/api/mutual-aid/claims', async (request, reply) => {
    const draft = parse(claimInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => fileClaim(tx, request.actor, draft, today())))
  })
  app.get('/api/mutual-aid/claims/:id', (request) => claimById(db, request.actor, parse(byId, request.params).id))
  app.post('/api/mutual-aid/claims/:id/moves', (request) => {
    const move = parse(claimMove, request.body)
    return db.transaction().execute((tx) => moveClaim(tx, request.actor, parse(byId, request.params).id, move, today()))
  })
  app.post('/api/mutual-aid/claims/:id/payment', async (request) => {
    const { paidOn } = parse(z.object({ paidOn: day }), request.body)
    await db.transaction().execute((tx) => payClaim(tx, request.actor, parse(byId, request.params).id, paidOn, today()))
    return { ok: true }
  })
}
