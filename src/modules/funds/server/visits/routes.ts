import { z } from 'zod'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { notFound } from '../../../../kernel/contract/problem.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import type { Routes } from '../../../../kernel/http/app.ts'
import { id, parse } from '../../../../kernel/http/parse.ts'
import { endInput, outsiderInput, visitMonthQuery, visitVouchersQuery, type Outsider } from '../../outsider-contract.ts'
import { balances } from '../journal/balances.ts'
import { bookById } from '../journal/books.ts'
import { ledgerPage, voucherById } from '../journal/browse.ts'
import { monthEnd } from '../journal/closing.ts'
import { balanceSheet, monthlyIncome, yearlyIncome } from '../journal/statements.ts'
import { openedBook } from '../opened-book.ts'
import { endOutsider, openToOutsider, outsidersOf } from './outsiders.ts'
import { auditedMonth, visitedVouchers, visitOf, visitOfVoucher, visitsOf } from './visit.ts'

const byId = z.object({ id })

/** The books' own reader: whether the visitor may see the row was settled by the visit's condition. */
const READER: Actor = { accountId: 0, personId: null, name: '系统', grants: [], office: '系统', kind: 'system' }

/** Who from outside may look at the books, and the few pages they see. They have no other address in this room. */
export const visitRoutes: Routes = (app, { db, today }) => {
  app.get('/api/funds/outsiders', async (request) => {
    const { unitId } = parse(z.object({ unitId: id }), request.query)
    const book = await openedBook(db, request.actor, unitId, 'funds.approve')
    return { outsiders: await outsidersOf(db, book) }
  })
  app.post('/api/funds/outsiders', async (request, reply) => {
    const input = parse(outsiderInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => openToOutsider(tx, request.actor, input)))
  })
  app.post('/api/funds/outsiders/:id/end', async (request, reply) => {
    const { words } = parse(endInput, request.body)
    await db
      .transaction()
      .execute((tx) => endOutsider(tx, request.actor, parse(byId, request.params).id, words, today()))
    return reply.status(204).send()
  })

  /** Opens a page of the visitor's books and writes down that it was opened. */
  const opening = <Page>(
    actor: Actor,
    params: unknown,
    what: string,
    read: (tx: Tx, visit: Outsider) => Promise<Page>,
  ): Promise<Page> =>
    db.transaction().execute(async (tx) => {
      const visit = await visitOf(tx, actor, parse(byId, params).id, today())
      const page = await read(tx, visit)
      await audit(tx, actor, {
        action: 'funds.visit',
        objectKind: 'funds-outsider',
        objectId: visit.id,
        unitId: visit.unitId,
        summary: `${visit.firm}${visit.person}查看${visit.unitName}的${what}`,
      })
      return page
    })

  app.get('/api/funds/visits', async (request) => ({ visits: await visitsOf(db, request.actor, today()) }))
  app.get('/api/funds/visits/:id', (request) =>
    opening(request.actor, request.params, '账套', async (_, visit) => visit),
  )
  app.get('/api/funds/visits/:id/vouchers', (request) => {
    const filter = parse(visitVouchersQuery, request.query)
    return opening(request.actor, request.params, '凭证目录', (tx, visit) =>
      visitedVouchers(tx, request.actor, visit.id, filter, today()),
    )
  })
  app.get('/api/funds/visits/:id/vouchers/:voucherId', (request) => {
    const { voucherId } = parse(z.object({ voucherId: id }), request.params)
    return opening(request.actor, request.params, `凭证（编号 ${voucherId}）`, async (tx, visit) => {
      if ((await visitOfVoucher(tx, request.actor, voucherId, today(), visit.id)) === null) throw notFound('凭证')
      return voucherById(tx, READER, voucherId)
    })
  })
  app.get('/api/funds/visits/:id/trial-balance', (request) => {
    const { month } = parse(visitMonthQuery, request.query)
    return opening(request.actor, request.params, `科目余额表（${month}）`, async (tx, visit) => {
      const asked = auditedMonth(visit, month)
      return { rows: await balances(tx, visit.bookId, monthEnd(asked.year, asked.month), 'without') }
    })
  })
  app.get('/api/funds/visits/:id/statements', (request) => {
    const { month } = parse(visitMonthQuery, request.query)
    return opening(request.actor, request.params, `财务报表（${month}）`, async (tx, visit) => {
      const asked = auditedMonth(visit, month)
      const whole = asked.month === 12 && visit.booksFrom <= `${asked.year}-01-01`
      return {
        ...asked,
        unitName: visit.unitName,
        balanceSheet: await balanceSheet(tx, visit.bookId, asked.year, asked.month),
        income: whole
          ? await yearlyIncome(tx, visit.bookId, asked.year)
          : await monthlyIncome(tx, visit.bookId, asked.year, asked.month),
      }
    })
  })
  app.get('/api/funds/visits/:id/ledger/:code', (request) => {
    const { code } = parse(z.object({ code: z.string().regex(/^[1-5][0-9]{2,11}$/) }), request.params)
    const { after } = parse(z.object({ after: z.string().max(60).optional() }), request.query)
    return opening(request.actor, request.params, `明细账（${code}）`, async (tx, visit) => {
      // A page goes on after its key: a made-up one before the audited days is refused.
      if (after && after.slice(0, 10) < visit.booksFrom) throw notFound('明细账')
      const page = await ledgerPage(tx, await bookById(tx, visit.bookId), code, {
        from: visit.booksFrom,
        to: visit.booksTo,
        after,
        limit: 200,
      })
      return page
    })
  })
}
