import { z } from 'zod'
import type { Routes } from '../../../../kernel/http/app.ts'
import { id, parse } from '../../../../kernel/http/parse.ts'
import {
  allocationInput,
  baseInput,
  collectionInput,
  exemptionInput,
  listInput,
  monthQuery,
  type MemberDues,
  payrollInput,
  receiptInput,
  receiptQuery,
  shareInput,
  yearQuery,
} from '../../income-contract.ts'
import { openedBook } from '../opened-book.ts'
import { allocationMemo, declarePayroll, receiveAllocation, saveShare, sharesOf } from './allocation.ts'
import { grantExemption, saveBases } from './bases.ts'
import { collectDues, readDuesList } from './collect.ts'
import { duesByUnit, membersDue, reasonOf } from './members-due.ts'
import { receive } from './receive.ts'
import { receiptSheet, receiptsOf } from './receipts.ts'

/** Money that comes in: dues, the employer's two per cent, subsidies, interest. */
export const incomeRoutes: Routes = (app, { db, today }) => {
  app.get('/api/funds/dues', async (request) => {
    const query = parse(yearQuery, request.query)
    const book = await openedBook(db, request.actor, query.unitId, 'funds.read')
    return { unitName: book.unitName, rows: await duesByUnit(db, book, query.year, today().slice(0, 7)) }
  })
  app.get('/api/funds/dues/members', async (request) => {
    const query = parse(monthQuery, request.query)
    const book = await openedBook(db, request.actor, query.unitId, 'funds.read')
    const found = await membersDue(db, book, { ...query, from: query.month, to: query.month, limit: query.limit + 1 })
    const rows = found.slice(0, query.limit).map((row): MemberDues => ({ ...row, reason: reasonOf(row) }))
    return { rows, next: found.length > query.limit ? rows.at(-1)!.personId : null }
  })
  app.put('/api/funds/dues/bases', (request) => {
    const input = parse(baseInput, request.body)
    return db.transaction().execute((tx) => saveBases(tx, request.actor, input))
  })
  app.post('/api/funds/dues/exemptions', async (request, reply) => {
    const input = parse(exemptionInput, request.body)
    const made = await db.transaction().execute((tx) => grantExemption(tx, request.actor, input))
    return reply.status(201).send(made)
  })
  app.post('/api/funds/dues/read-list', (request) => readDuesList(db, request.actor, parse(listInput, request.body)))
  app.post('/api/funds/dues/collections', async (request, reply) => {
    const input = parse(collectionInput, request.body)
    const receipt = await db.transaction().execute((tx) => collectDues(tx, request.actor, input))
    return reply.status(201).send(receipt)
  })

  app.get('/api/funds/allocation', async (request) => {
    const query = parse(yearQuery, request.query)
    const book = await openedBook(db, request.actor, query.unitId, 'funds.read')
    const [memo, shares] = await Promise.all([allocationMemo(db, book, query.year), sharesOf(db, book)])
    return { ...memo, shares }
  })
  app.put('/api/funds/allocation/payroll', async (request, reply) => {
    const input = parse(payrollInput, request.body)
    await db.transaction().execute((tx) => declarePayroll(tx, request.actor, input))
    return reply.status(204).send()
  })
  app.post('/api/funds/allocation', async (request, reply) => {
    const input = parse(allocationInput, request.body)
    const receipt = await db.transaction().execute((tx) => receiveAllocation(tx, request.actor, input))
    return reply.status(201).send(receipt)
  })
  app.post('/api/funds/shares', async (request, reply) => {
    const input = parse(shareInput, request.body)
    const made = await db.transaction().execute((tx) => saveShare(tx, request.actor, input))
    return reply.status(201).send(made)
  })

  app.get('/api/funds/receipts', async (request) => {
    const query = parse(receiptQuery, request.query)
    const book = await openedBook(db, request.actor, query.unitId, 'funds.read')
    return receiptsOf(db, book, query)
  })
  app.post('/api/funds/receipts', async (request, reply) => {
    const input = parse(receiptInput, request.body)
    const receipt = await db.transaction().execute((tx) => receive(tx, request.actor, input))
    return reply.status(201).send(receipt)
  })
  app.get('/api/funds/receipts/:id', (request) =>
    receiptSheet(db, request.actor, parse(z.object({ id }), request.params).id),
  )
}
