import { z } from 'zod'
import { allows } from '../../../kernel/access/access.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { day, id, parse, year } from '../../../kernel/http/parse.ts'
import { actsOf } from '../../../kernel/lifecycle/act.ts'
import {
  eventInput,
  eventQuery,
  obligationInput,
  receiptInput,
  refundInput,
  visitInput,
  waiveInput,
} from '../contract.ts'
import { eventById, listEvents, reportEvent, waiveEvent } from './events.ts'
import { addObligation, endObligation, obligationsOf } from './obligations.ts'
import { moneyOf, takeBack } from './money.ts'
import { coverageOf, recordVisit, remarksOn, signReceipt } from './visit.ts'

const byId = z.object({ id })

/** Checklists, events, visits: what waits for a visit and how far the checklist was kept. */
export const careRoutes: Routes = (app, { db, today }) => {
  app.get('/api/care/obligations', async (request) => {
    const { unitId } = parse(z.object({ unitId: id }), request.query)
    if (!(await allows(db, request.actor, 'care.read', unitId))) throw notFound('单位')
    return { obligations: await obligationsOf(db, unitId, today()) }
  })
  app.post('/api/care/obligations', async (request, reply) => {
    const draft = parse(obligationInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => addObligation(tx, request.actor, draft)))
  })
  app.post('/api/care/obligations/:id/end', async (request) => {
    const { on } = parse(z.object({ on: day }), request.body)
    await db.transaction().execute((tx) => endObligation(tx, request.actor, parse(byId, request.params).id, on))
    return { ok: true }
  })

  app.get('/api/care/events', (request) => {
    const { unitId, state, cursor } = parse(eventQuery, request.query)
    return listEvents(db, request.actor, { unitId, ...(state && { state }), ...(cursor && { cursor }) }, today())
  })
  app.post('/api/care/events', async (request, reply) => {
    const draft = parse(eventInput, request.body)
    return reply
      .status(201)
      .send(await db.transaction().execute((tx) => reportEvent(tx, request.actor, draft, today())))
  })
  app.get('/api/care/events/:id', async (request) => {
    const event = await eventById(db, request.actor, parse(byId, request.params).id, today())
    return {
      ...event,
      mayVisit: await allows(db, request.actor, 'care.write', event.unitId),
      acts: await actsOf(db, 'care-event', event.id),
      money: await moneyOf(db, request.actor, event),
    }
  })
  app.post('/api/care/events/:id/visit', async (request, reply) => {
    const draft = parse(visitInput, request.body)
    const { recordId, event, requestId } = await db
      .transaction()
      .execute((tx) => recordVisit(tx, request.actor, parse(byId, request.params).id, draft, today()))
    return reply.status(201).send({ recordId, requestId, warnings: await remarksOn(db, event, draft) })
  })
  app.post('/api/care/events/:id/waive', async (request) => {
    const { reason } = parse(waiveInput, request.body)
    await db
      .transaction()
      .execute((tx) => waiveEvent(tx, request.actor, parse(byId, request.params).id, reason, today()))
    return { ok: true }
  })

  app.post('/api/care/events/:id/receipt', async (request) => {
    const receipt = parse(receiptInput, request.body)
    await db
      .transaction()
      .execute((tx) => signReceipt(tx, request.actor, parse(byId, request.params).id, receipt, today()))
    return { ok: true }
  })
  app.post('/api/care/events/:id/refunds', async (request, reply) => {
    const back = parse(refundInput, request.body)
    const posted = await db
      .transaction()
      .execute((tx) => takeBack(tx, request.actor, parse(byId, request.params).id, back, today()))
    return reply.status(201).send(posted)
  })

  app.get('/api/care/coverage', async (request) => {
    const query = parse(z.object({ unitId: id, year }), request.query)
    if (!(await allows(db, request.actor, 'care.read', query.unitId))) throw notFound('单位')
    return coverageOf(db, query.unitId, query.year, today())
  })
}
