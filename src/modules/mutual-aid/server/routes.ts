import { z } from 'zod'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import {
  appealInput,
  bankReturnInput,
  claimInput,
  claimMove,
  collectInput,
  enrolInput,
  handoverInput,
  paymentInput,
  planInput,
  receiptInput,
  renewInput,
  sampleInput,
} from '../contract.ts'
import { STATES, type ClaimState } from '../words.ts'
import { claimById, fileClaim, listClaims } from './claims.ts'
import { appeal, moveClaim, reviewSample } from './decide.ts'
import { planDesk } from './desk.ts'
import { enrolMembers, renewMembers, unenrol } from './enrolment.ts'
import { handoverList } from './handover-list.ts'
import { payClaim } from './pay.ts'
import { takeBackPayment } from './bank-return.ts'
import { addPlan, mayReadPlan, ownUnit, plansOf } from './plans.ts'
import { collectPremiums, handOver, receiveForClaims } from './pool.ts'

const byId = z.object({ id })
const listQuery = z.object({
  unitId: id.optional(),
  state: z.enum(Object.keys(STATES) as [ClaimState, ...ClaimState[]]).optional(),
  cursor: id.optional(),
})

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Plans, enrolment, money held, claims. */
export const mutualAidRoutes: Routes = (app, { db, today }) => {
  const within = <Answer>(work: (tx: Tx) => Promise<Answer>): Promise<Answer> => db.transaction().execute(work)

  // Without a unit: those one can be in oneself, for a member who holds no office anywhere.
  app.get('/api/mutual-aid/plans', async (request) => {
    const { unitId } = parse(z.object({ unitId: id.optional() }), request.query)
    const place = unitId ?? (await ownUnit(db, request.actor))
    if (place === null) return { plans: [] }
    if (!(await mayReadPlan(db, request.actor, place))) throw notFound('单位')
    return { plans: await plansOf(db, place) }
  })
  app.post('/api/mutual-aid/plans', async (request, reply) => {
    const draft = parse(planInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => addPlan(tx, request.actor, draft)))
  })
  app.get('/api/mutual-aid/plans/:id/desk', (request) => {
    const { unitId } = parse(z.object({ unitId: id }), request.query)
    return planDesk(db, request.actor, parse(byId, request.params).id, unitId)
  })
  app.post('/api/mutual-aid/plans/:id/enrolments', async (request, reply) => {
    const draft = parse(enrolInput, request.body)
    const planId = parse(byId, request.params).id
    return reply.status(201).send(await within((tx) => enrolMembers(tx, request.actor, planId, draft, today())))
  })
  app.delete('/api/mutual-aid/plans/:id/enrolments/:personId', async (request) => {
    const { id: planId, personId } = parse(z.object({ id, personId: id }), request.params)
    await within((tx) => unenrol(tx, request.actor, planId, personId, today()))
    return { ok: true }
  })
  app.post('/api/mutual-aid/plans/:id/renewals', async (request, reply) => {
    const draft = parse(renewInput, request.body)
    const planId = parse(byId, request.params).id
    return reply.status(201).send(await within((tx) => renewMembers(tx, request.actor, planId, draft, today())))
  })
  app.post('/api/mutual-aid/plans/:id/collections', async (request, reply) => {
    const draft = parse(collectInput, request.body)
    const planId = parse(byId, request.params).id
    return reply.status(201).send(await within((tx) => collectPremiums(tx, request.actor, planId, draft, today())))
  })
  app.post('/api/mutual-aid/plans/:id/receipts', async (request, reply) => {
    const draft = parse(receiptInput, request.body)
    const planId = parse(byId, request.params).id
    return reply.status(201).send(await within((tx) => receiveForClaims(tx, request.actor, planId, draft, today())))
  })
  app.post('/api/mutual-aid/plans/:id/handovers', async (request, reply) => {
    const draft = parse(handoverInput, request.body)
    const planId = parse(byId, request.params).id
    return reply.status(201).send(await within((tx) => handOver(tx, request.actor, planId, draft, today())))
  })
  app.get('/api/mutual-aid/handovers/:id/list', async (request, reply) => {
    const { name, stream } = await handoverList(db, request.actor, parse(byId, request.params).id)
    return reply
      .type(XLSX)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      .send(stream)
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
  app.post('/api/mutual-aid/claims/:id/appeal', async (request, reply) => {
    const { grounds } = parse(appealInput, request.body)
    await within((tx) => appeal(tx, request.actor, parse(byId, request.params).id, grounds, today()))
    return reply.status(201).send({ ok: true })
  })
  app.post('/api/mutual-aid/claims/:id/sample', async (request, reply) => {
    const found = parse(sampleInput, request.body)
    await within((tx) => reviewSample(tx, request.actor, parse(byId, request.params).id, found))
    return reply.status(201).send({ ok: true })
  })
  app.post('/api/mutual-aid/claims/:id/payment', (request) => {
    const draft = parse(paymentInput, request.body)
    return within((tx) => payClaim(tx, request.actor, parse(byId, request.params).id, draft, today()))
  })
  // 退汇: the bank sent the money back.
  app.post('/api/mutual-aid/claims/:id/payment/return', (request) => {
    const back = parse(bankReturnInput, request.body)
    return within((tx) => takeBackPayment(tx, request.actor, parse(byId, request.params).id, back, today()))
  })
}
