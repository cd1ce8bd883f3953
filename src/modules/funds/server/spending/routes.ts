import { z } from 'zod'
import { allows, requirePermission } from '../../../../kernel/access/access.ts'
import { notFound } from '../../../../kernel/contract/problem.ts'
import type { Routes } from '../../../../kernel/http/app.ts'
import { id, parse } from '../../../../kernel/http/parse.ts'
import {
  actInput,
  cashLimitInput,
  handsQuery,
  limitInput,
  ownQuery,
  paymentInput,
  requestEdit,
  requestInput,
  requestQuery,
  routeInput,
} from '../../spending-contract.ts'
import { bookById, requireBook } from '../journal/books.ts'
import { openedBook } from '../opened-book.ts'
import { askingAt, homeOf } from './asking.ts'
import { ownRequests, requestDetail, requestsOf } from './browse.ts'
import { decide } from './decide.ts'
import { frameOf } from './frame.ts'
import { handsFor } from './hands.ts'
import { requestMachine } from './machine.ts'
import { paySpending } from './pay.ts'
import { drawUp, editRequest, requestById } from './requests.ts'
import { saveCashLimit, saveLimit, saveRoute } from './standards.ts'

const byId = z.object({ id })
const atUnit = z.object({ unitId: id })

/** Requests to spend, their approval and payment; the union's own amounts and signatures. */
export const spendingRoutes: Routes = (app, { db, today }) => {
  app.get('/api/funds/spending', async (request) => {
    const query = parse(requestQuery, request.query)
    const mayAsk = await allows(db, request.actor, 'funds.apply', query.unitId)
    const book = mayAsk
      ? await requireBook(db, query.unitId)
      : await openedBook(db, request.actor, query.unitId, 'funds.read')
    return { rows: await requestsOf(db, request.actor, book.unitId, query) }
  })
  app.post('/api/funds/spending', async (request, reply) => {
    const input = parse(requestInput, request.body)
    const made = await db.transaction().execute((tx) => drawUp(tx, request.actor, input, today()))
    return reply.status(201).send(made)
  })
  /** What somebody asked for themselves, and where they may ask: an officer's page needs neither. */
  app.get('/api/funds/my-spending', async (request) => {
    const query = parse(ownQuery, request.query)
    return { home: await homeOf(db, request.actor), rows: await ownRequests(db, request.actor, query) }
  })
  app.get('/api/funds/spending/:id', (request) => requestDetail(db, request.actor, parse(byId, request.params).id))
  app.put('/api/funds/spending/:id', async (request, reply) => {
    const input = parse(requestEdit, request.body)
    await db
      .transaction()
      .execute((tx) => editRequest(tx, request.actor, parse(byId, request.params).id, input, today()))
    return reply.status(204).send()
  })
  app.post('/api/funds/spending/:id/acts', (request) => {
    const input = parse(actInput, request.body)
    return db.transaction().execute((tx) => decide(tx, request.actor, parse(byId, request.params).id, input, today()))
  })
  /** To whom it may be handed over, or who may be asked to sign too. */
  app.get('/api/funds/spending/:id/hands', async (request) => {
    const { verb } = parse(handsQuery, request.query)
    const asked = await requestById(db, request.actor, parse(byId, request.params).id)
    const { unitId } = await bookById(db, asked.bookId)
    const move = requestMachine.states[asked.state]?.moves.find((one) => one.verb === verb)
    if (!move) return { hands: [] }
    await requirePermission(db, request.actor, move.permission, unitId)
    return { hands: await handsFor(db, request.actor, asked, verb, today()) }
  })
  app.post('/api/funds/spending/:id/payment', async (request, reply) => {
    const input = parse(paymentInput, request.body)
    const paid = await db
      .transaction()
      .execute((tx) => paySpending(tx, request.actor, parse(byId, request.params).id, input, today()))
    return reply.status(201).send(paid)
  })

  /** What the form needs to know: the checklist, the holidays, the projects, amounts and signatures in force. */
  app.get('/api/funds/spending-frame', async (request) => {
    const { unitId } = parse(atUnit, request.query)
    const asking = await askingAt(db, request.actor, unitId)
    if (!asking && !(await allows(db, request.actor, 'funds.read', unitId))) throw notFound('单位')
    return frameOf(db, await requireBook(db, unitId), asking === 'member')
  })
  app.post('/api/funds/limits', async (request, reply) => {
    const input = parse(limitInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => saveLimit(tx, request.actor, input)))
  })
  app.post('/api/funds/cash-limits', async (request, reply) => {
    const input = parse(cashLimitInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => saveCashLimit(tx, request.actor, input)))
  })
  app.post('/api/funds/approval-routes', async (request, reply) => {
    const input = parse(routeInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => saveRoute(tx, request.actor, input)))
  })
}
