import { z } from 'zod'
import type { Actor } from '../../../../kernel/access/actor.ts'
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
import { entrustedInput, investmentInput, investmentMove } from '../../till-contract.ts'
import { projectBalances } from '../journal/balances.ts'
import type { Book } from '../journal/books.ts'
import { deedsAt, openedBook } from '../opened-book.ts'
import { advancesOf, payAdvance, settleAdvance } from './advances.ts'
import { addAsset, assetsOf, moveAsset } from './cards.ts'
import { disposeAsset, settleDisposal } from './disposal.ts'
import { bookEntrusted, entrustedOf } from './entrusted.ts'
import { buyInvestment, investmentsOf, moveInvestment } from './investments.ts'
import { countById, countsOf, fillCount, startCount } from './inventory.ts'
import { bookDepreciation, depreciationDue } from './month-depreciation.ts'
import { stockIn, stockOf, stockOut } from './stock.ts'

const byId = z.object({ id })

/** Fixed assets, goods in store, advances, entrusted money. The book is that of `unitId`. */
export const assetRoutes: Routes = (app, { db }) => {
  const read = async (request: { actor: Actor; query: unknown }): Promise<Book> =>
    openedBook(db, request.actor, parse(atBook, request.query).unitId, 'funds.read')
  const keep = deedsAt(db)
  const thing = (request: { params: unknown }): number => parse(byId, request.params).id

  app.get('/api/funds/assets', async (request) => assetsOf(db, await read(request)))
  app.post('/api/funds/assets', async (request, reply) =>
    reply
      .status(201)
      .send(await keep(request, assetInput, (tx, book, input) => addAsset(tx, request.actor, book, input))),
  )
  app.post('/api/funds/assets/:id/place', (request) =>
    keep(request, assetEdit.extend({ unitId: id }), (tx, book, input) =>
      moveAsset(tx, request.actor, book, thing(request), input),
    ),
  )
  app.post('/api/funds/assets/:id/disposal', (request) =>
    keep(request, disposalInput.extend({ unitId: id }), (tx, book, input) =>
      disposeAsset(tx, request.actor, book, thing(request), input),
    ),
  )
  app.post('/api/funds/assets/:id/settlement', (request) =>
    keep(request, settleInput.extend({ unitId: id }), (tx, book, input) =>
      settleDisposal(tx, request.actor, book, thing(request), input),
    ),
  )

  app.get('/api/funds/depreciation', async (request) => {
    const { unitId, month } = parse(depreciationInput.extend({ unitId: id }), request.query)
    return { lines: await depreciationDue(db, await openedBook(db, request.actor, unitId, 'funds.read'), month) }
  })
  app.post('/api/funds/depreciation', (request) =>
    keep(request, depreciationInput, (tx, book, { month }) => bookDepreciation(tx, request.actor, book, month)),
  )

  app.get('/api/funds/counts', async (request) => ({ counts: await countsOf(db, await read(request)) }))
  app.post('/api/funds/counts', async (request, reply) =>
    reply
      .status(201)
      .send(await keep(request, countInput, (tx, book, input) => startCount(tx, request.actor, book, input))),
  )
  app.get('/api/funds/counts/:id', async (request) => countById(db, await read(request), thing(request)))
  app.put('/api/funds/counts/:id', (request) =>
    keep(request, countLines.extend({ unitId: id }), (tx, book, input) =>
      fillCount(tx, request.actor, book, thing(request), input),
    ),
  )

  app.get('/api/funds/stock', async (request) => ({ items: await stockOf(db, await read(request)) }))
  app.post('/api/funds/stock', async (request, reply) =>
    reply
      .status(201)
      .send(await keep(request, stockInInput, (tx, book, input) => stockIn(tx, request.actor, book, input))),
  )
  app.post('/api/funds/stock/:id/issue', async (request, reply) =>
    reply
      .status(201)
      .send(
        await keep(request, stockOutInput.extend({ unitId: id }), (tx, book, input) =>
          stockOut(tx, request.actor, book, thing(request), input),
        ),
      ),
  )

  app.get('/api/funds/advances', async (request) => {
    const { open } = parse(atBook.extend({ open: z.stringbool().default(false) }), request.query)
    return { advances: await advancesOf(db, await read(request), open) }
  })
  app.post('/api/funds/advances', async (request, reply) =>
    reply
      .status(201)
      .send(await keep(request, advanceInput, (tx, book, input) => payAdvance(tx, request.actor, book, input))),
  )
  app.post('/api/funds/advances/:id/settlement', (request) =>
    keep(request, advanceSettleInput.extend({ unitId: id }), (tx, book, input) =>
      settleAdvance(tx, request.actor, book, thing(request), input),
    ),
  )
  app.get('/api/funds/purpose-money', async (request) => {
    const book = await read(request)
    return { projects: await projectBalances(db, book.id), entrusted: await entrustedOf(db, book) }
  })
  app.post('/api/funds/entrusted', async (request, reply) =>
    reply
      .status(201)
      .send(await keep(request, entrustedInput, (tx, book, input) => bookEntrusted(tx, request.actor, book, input))),
  )

  app.get('/api/funds/investments', async (request) => ({ investments: await investmentsOf(db, await read(request)) }))
  app.post('/api/funds/investments', async (request, reply) =>
    reply
      .status(201)
      .send(await keep(request, investmentInput, (tx, book, input) => buyInvestment(tx, request.actor, book, input))),
  )
  app.post('/api/funds/investments/:id/moves', async (request, reply) =>
    reply
      .status(201)
      .send(
        await keep(request, investmentMove, (tx, book, input) =>
          moveInvestment(tx, request.actor, book, thing(request), input),
        ),
      ),
  )
}
