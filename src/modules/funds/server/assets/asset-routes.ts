import { z } from 'zod'
import type { Actor } from '../../../../kernel/access/actor.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
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
import type { Book } from '../journal/books.ts'
import { openedBook } from '../opened-book.ts'
import { advancesOf, entrustedOf, payAdvance, settleAdvance } from './advances.ts'
import { addAsset, assetsOf, moveAsset } from './cards.ts'
import { disposeAsset, settleDisposal } from './disposal.ts'
import { countById, countsOf, fillCount, startCount } from './inventory.ts'
import { bookDepreciation, depreciationDue } from './month-depreciation.ts'
import { stockIn, stockOf, stockOut } from './stock.ts'

const byId = z.object({ id })
/** What a route is asked: who, and the three places a request says something in. */
interface Asked {
  actor: Actor
  params: unknown
  query: unknown
  body: unknown
}
/** Whoever keeps the books keeps what stands behind them. */
const KEEP = 'funds.post'

/** Fixed assets, goods in store, advances, entrusted money. The book is that of `unitId`. */
export const assetRoutes: Routes = (app, { db }) => {
  const read = async (request: Asked): Promise<Book> =>
    openedBook(db, request.actor, parse(atBook, request.query).unitId, 'funds.read')
  /** A deed at the book of the body's unit, in one transaction, by who keeps what stands behind the books. */
  const keep = <Input extends z.ZodType<{ unitId: number }>, Done>(
    request: Asked,
    shape: Input,
    work: (tx: Tx, book: Book, input: z.output<Input>) => Promise<Done>,
  ): Promise<Done> => {
    const input = parse(shape, request.body)
    return db
      .transaction()
      .execute(async (tx) => work(tx, await openedBook(tx, request.actor, input.unitId, KEEP), input))
  }
  const thing = (request: Asked): number => parse(byId, request.params).id

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
}
