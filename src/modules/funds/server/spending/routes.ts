import { sql } from 'kysely'
import { z } from 'zod'
import { allows } from '../../../../kernel/access/access.ts'
import { notFound } from '../../../../kernel/contract/problem.ts'
import type { Routes } from '../../../../kernel/http/app.ts'
import { id, parse } from '../../../../kernel/http/parse.ts'
import { EIGHT_FORBIDDEN } from '../../../rules/public.ts'
import {
  actInput,
  limitInput,
  paymentInput,
  requestEdit,
  requestInput,
  requestQuery,
  routeInput,
} from '../../spending-contract.ts'
import { requireBook } from '../journal/books.ts'
import { openedBook } from '../opened-book.ts'
import { requestDetail, requestsOf } from './browse.ts'
import { decide } from './decide.ts'
import { HOLIDAYS } from './judge.ts'
import { paySpending } from './pay.ts'
import { drawUp, editRequest } from './requests.ts'
import { DEFAULT_ROUTE } from './route-rule.ts'
import { routesOf, saveLimit, saveRoute, standardsOf } from './standards.ts'

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
    if (
      !(await allows(db, request.actor, 'funds.apply', unitId)) &&
      !(await allows(db, request.actor, 'funds.read', unitId))
    )
      throw notFound('单位')
    const book = await requireBook(db, unitId)
    const { rows: projects } = await sql<{ code: string; name: string }>`
      select code, name from funds.project where book_id = ${book.id} and finished_on is null order by code`.execute(db)
    return {
      unitName: book.unitName,
      bookUnitId: book.unitId,
      profile: book.profile,
      forbidden: EIGHT_FORBIDDEN,
      holidays: HOLIDAYS,
      projects,
      standards: await standardsOf(db, book.id),
      routes: await routesOf(db, book.id),
      defaultRoute: DEFAULT_ROUTE,
    }
  })
  app.post('/api/funds/limits', async (request, reply) => {
    const input = parse(limitInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => saveLimit(tx, request.actor, input)))
  })
  app.post('/api/funds/approval-routes', async (request, reply) => {
    const input = parse(routeInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => saveRoute(tx, request.actor, input)))
  })
}
