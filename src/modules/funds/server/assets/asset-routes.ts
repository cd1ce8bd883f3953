import { z } from 'zod'
import type { Routes } from '../../../../kernel/http/app.ts'
import { id, parse } from '../../../../kernel/http/parse.ts'
import {
  advanceInput,
  advanceSettleInput,
  assetEdit,
  assetInput,
  atBook,
  countInput,
  countLines,
  depreciationInput,
  disposalInput,
  settleInput,
  stockInInput,
  stockOutInput,
} from '../../asset-contract.ts'
import { projectBalances } from '../journal/balances.ts'
import { openedBook } from '../opened-book.ts'
import { advancesOf, entrustedOf, payAdvance, settleAdvance } from './advances.ts'
import { addAsset, assetsOf, moveAsset } from './cards.ts'
import { disposeAsset, settleDisposal } from './disposal.ts'
import { countById, countsOf, fillCount, startCount } from './inventory.ts'
import { bookDepreciation, depreciationDue } from './month-depreciation.ts'
import { stockIn, stockOf, stockOut } from './stock.ts'

const byId = z.object({ id })
/** Whoever keeps the books keeps what stands behind them. */
const KEEP = 'funds.post'

/** Fixed assets, goods in store, advances, entrusted money. The book is that of `unitId`. */
export const assetRoutes: Routes = (app, { db }) => {
  app.get('/api/funds/assets', async (request) => {
    const { unitId } = parse(atBook, request.query)
    return assetsOf(db, await openedBook(db, request.actor, unitId, 'funds.read'))
  })
  app.post('/api/funds/assets', async (request, reply) => {
    const input = parse(assetInput, request.body)
    const made = await db
      .transaction()
      .execute(async (tx) =>
        addAsset(tx, request.actor, await openedBook(tx, request.actor, input.unitId, KEEP), input),
      )
    return reply.status(201).send(made)
  })
  app.post('/api/funds/assets/:id/place', async (request) => {
    const input = parse(assetEdit.extend({ unitId: id }), request.body)
    const assetId = parse(byId, request.params).id
    return db
      .transaction()
      .execute(async (tx) =>
        moveAsset(tx, request.actor, await openedBook(tx, request.actor, input.unitId, KEEP), assetId, input),
      )
  })
  app.post('/api/funds/assets/:id/disposal', async (request) => {
    const input = parse(disposalInput.extend({ unitId: id }), request.body)
    const assetId = parse(byId, request.params).id
    return db
      .transaction()
      .execute(async (tx) =>
        disposeAsset(tx, request.actor, await openedBook(tx, request.actor, input.unitId, KEEP), assetId, input),
      )
  })
  app.post('/api/funds/assets/:id/settlement', async (request) => {
    const input = parse(settleInput.extend({ unitId: id }), request.body)
    const assetId = parse(byId, request.params).id
    return db
      .transaction()
      .execute(async (tx) =>
        settleDisposal(tx, request.actor, await openedBook(tx, request.actor, input.unitId, KEEP), assetId, input),
      )
  })

  app.get('/api/funds/depreciation', async (request) => {
    const { unitId, month } = parse(depreciationInput.extend({ unitId: id }), request.query)
    return { lines: await depreciationDue(db, await openedBook(db, request.actor, unitId, 'funds.read'), month) }
  })
  app.post('/api/funds/depreciation', async (request) => {
    const { unitId, month } = parse(depreciationInput, request.body)
    return db
      .transaction()
      .execute(async (tx) =>
        bookDepreciation(tx, request.actor, await openedBook(tx, request.actor, unitId, KEEP), month),
      )
  })

  app.get('/api/funds/counts', async (request) => {
    const { unitId } = parse(atBook, request.query)
    return { counts: await countsOf(db, await openedBook(db, request.actor, unitId, 'funds.read')) }
  })
  app.post('/api/funds/counts', async (request, reply) => {
    const input = parse(countInput, request.body)
    const made = await db
      .transaction()
      .execute(async (tx) =>
        startCount(tx, request.actor, await openedBook(tx, request.actor, input.unitId, KEEP), input),
      )
    return reply.status(201).send(made)
  })
  app.get('/api/funds/counts/:id', async (request) => {
    const { unitId } = parse(atBook, request.query)
    return countById(db, await openedBook(db, request.actor, unitId, 'funds.read'), parse(byId, request.params).id)
  })
  app.put('/api/funds/counts/:id', async (request) => {
    const input = parse(countLines.extend({ unitId: id }), request.body)
    const countId = parse(byId, request.params).id
    return db
      .transaction()
      .execute(async (tx) =>
        fillCount(tx, request.actor, await openedBook(tx, request.actor, input.unitId, KEEP), countId, input),
      )
  })

  app.get('/api/funds/stock', async (request) => {
    const { unitId } = parse(atBook, request.query)
    return { items: await stockOf(db, await openedBook(db, request.actor, unitId, 'funds.read')) }
  })
  app.post('/api/funds/stock', async (request, reply) => {
    const input = parse(stockInInput, request.body)
    const posted = await db
      .transaction()
      .execute(async (tx) => stockIn(tx, request.actor, await openedBook(tx, request.actor, input.unitId, KEEP), input))
    return reply.status(201).send(posted)
  })
  app.post('/api/funds/stock/:id/issue', async (request, reply) => {
    const input = parse(stockOutInput.extend({ unitId: id }), request.body)
    const itemId = parse(byId, request.params).id
    const posted = await db
      .transaction()
      .execute(async (tx) =>
        stockOut(tx, request.actor, await openedBook(tx, request.actor, input.unitId, KEEP), itemId, input),
      )
    return reply.status(201).send(posted)
  })

  app.get('/api/funds/advances', async (request) => {
    const query = parse(atBook.extend({ open: z.stringbool().default(false) }), request.query)
    return {
      advances: await advancesOf(db, await openedBook(db, request.actor, query.unitId, 'funds.read'), query.open),
    }
  })
  app.post('/api/funds/advances', async (request, reply) => {
    const input = parse(advanceInput, request.body)
    const made = await db
      .transaction()
      .execute(async (tx) =>
        payAdvance(tx, request.actor, await openedBook(tx, request.actor, input.unitId, KEEP), input),
      )
    return reply.status(201).send(made)
  })
  app.post('/api/funds/advances/:id/settlement', async (request) => {
    const input = parse(advanceSettleInput.extend({ unitId: id }), request.body)
    const advanceId = parse(byId, request.params).id
    return db
      .transaction()
      .execute(async (tx) =>
        settleAdvance(tx, request.actor, await openedBook(tx, request.actor, input.unitId, KEEP), advanceId, input),
      )
  })
  app.get('/api/funds/purpose-money', async (request) => {
    const { unitId } = parse(atBook, request.query)
    const book = await openedBook(db, request.actor, unitId, 'funds.read')
    return { projects: await projectBalances(db, book.id), entrusted: await entrustedOf(db, book) }
  })
}
