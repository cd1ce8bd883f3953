import { z } from 'zod'
import type { Routes } from '../../../../kernel/http/app.ts'
import { day, id, parse } from '../../../../kernel/http/parse.ts'
import { atBook } from '../../asset-contract.ts'
import { tillInput, tillReturn, tillReview, tillSettlement } from '../../till-contract.ts'
import { deedsAt, openedBook } from '../opened-book.ts'
import { countTill, returnCount, reviewCount, tillPage } from './counts.ts'
import { settleDifference } from './differences.ts'

const byId = z.object({ id })

/** 现金盘点: counted by the cashier, reviewed by another hand, its difference decided by the chair. */
export const tillRoutes: Routes = (app, { db, today }) => {
  const deed = deedsAt(db)
  const thing = (request: { params: unknown }): number => parse(byId, request.params).id

  app.get('/api/funds/till-counts', async (request) => {
    const { unitId, onDate } = parse(atBook.extend({ onDate: day.optional() }), request.query)
    return tillPage(db, request.actor, await openedBook(db, request.actor, unitId, 'funds.read'), onDate ?? today())
  })
  app.post('/api/funds/till-counts', async (request, reply) =>
    reply
      .status(201)
      .send(
        await deed(
          request,
          tillInput,
          (tx, book, input) => countTill(tx, request.actor, book, input, today()),
          'funds.read',
        ),
      ),
  )
  app.post('/api/funds/till-counts/:id/review', (request) =>
    deed(
      request,
      tillReview,
      (tx, book) => reviewCount(tx, request.actor, book, thing(request), today()),
      'funds.read',
    ),
  )
  app.post('/api/funds/till-counts/:id/return', (request) =>
    deed(
      request,
      tillReturn,
      (tx, book, { words }) => returnCount(tx, request.actor, book, thing(request), words, today()),
      'funds.read',
    ),
  )
  app.post('/api/funds/till-counts/:id/settlement', async (request, reply) => {
    await deed(
      request,
      tillSettlement,
      (tx, book, input) => settleDifference(tx, request.actor, book, thing(request), input),
      'funds.read',
    )
    return reply.status(204).send()
  })
}
