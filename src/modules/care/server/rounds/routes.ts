import QRCode from 'qrcode'
import { z } from 'zod'
import { allows } from '../../../../kernel/access/access.ts'
import { notFound } from '../../../../kernel/contract/problem.ts'
import type { Routes } from '../../../../kernel/http/app.ts'
import { id, parse, year } from '../../../../kernel/http/parse.ts'
import { actsOf } from '../../../../kernel/lifecycle/act.ts'
import { bookOf, stockOf } from '../../../funds/public.ts'
import { cancelInput, handOutInput, heatInput, openInput, roundInput, undoInput } from '../../rounds-contract.ts'
import { handOut, undoHandOut } from './hand-out.ts'
import { deliverHeatRelief } from './heat.ts'
import { planRound } from './plan.ts'
import { entriesOf, listRounds, ownRounds, roundDetail } from './read.ts'
import { cancelRound, closeRound, openRound } from './run.ts'

const byId = z.object({ id })
const entryQuery = z.object({
  q: z.string().max(40).optional(),
  state: z.enum(['waiting', 'taken']).optional(),
  after: z.coerce.number().int().min(0).optional(),
})

/** Rounds of festivals and birthdays, the desk that hands out, heat relief. */
export const roundRoutes: Routes = (app, { db, today }) => {
  app.get('/api/care/rounds', async (request) => {
    const query = parse(z.object({ unitId: id, year }), request.query)
    return { rounds: await listRounds(db, request.actor, query.unitId, query.year) }
  })
  app.post('/api/care/rounds', async (request, reply) => {
    const draft = parse(roundInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => planRound(tx, request.actor, draft)))
  })
  app.get('/api/care/rounds/:id', async (request) => {
    const round = await roundDetail(db, request.actor, parse(byId, request.params).id)
    return { ...round, acts: await actsOf(db, 'care-round', round.id) }
  })
  app.get('/api/care/rounds/:id/entries', (request) => {
    const { q, state, after } = parse(entryQuery, request.query)
    return entriesOf(db, request.actor, parse(byId, request.params).id, {
      ...(q && { q }),
      ...(state && { state }),
      ...(after && { after }),
    })
  })
  app.post('/api/care/rounds/:id/open', async (request) => {
    const input = parse(openInput, request.body ?? {})
    await db.transaction().execute((tx) => openRound(tx, request.actor, parse(byId, request.params).id, input, today()))
    return { ok: true }
  })
  app.post('/api/care/rounds/:id/hand-outs', async (request, reply) => {
    const input = parse(handOutInput, request.body)
    const handed = await db
      .transaction()
      .execute((tx) => handOut(tx, request.actor, parse(byId, request.params).id, input, today()))
    return reply.status(201).send(handed)
  })
  app.post('/api/care/rounds/:id/undo', async (request) => {
    const undo = parse(undoInput, request.body)
    await db.transaction().execute((tx) => undoHandOut(tx, request.actor, parse(byId, request.params).id, undo))
    return { ok: true }
  })
  app.post('/api/care/rounds/:id/close', (request) =>
    db.transaction().execute((tx) => closeRound(tx, request.actor, parse(byId, request.params).id, today())),
  )
  app.post('/api/care/rounds/:id/cancel', async (request) => {
    const { reason } = parse(cancelInput, request.body)
    await db
      .transaction()
      .execute((tx) => cancelRound(tx, request.actor, parse(byId, request.params).id, reason, today()))
    return { ok: true }
  })

  // One's own: what waits to be fetched, with the code the desk scans.
  app.get('/api/care/my-rounds', async (request) => {
    const own = request.actor.personId === null ? [] : await ownRounds(db, request.actor.personId)
    const drawn = own.map(async (round) => ({
      ...round,
      qr: round.code && (await QRCode.toDataURL(round.code, { margin: 1, width: 400 })),
    }))
    return { rounds: await Promise.all(drawn) }
  })

  app.get('/api/care/stock', async (request) => {
    const { unitId } = parse(z.object({ unitId: id }), request.query)
    if (!(await allows(db, request.actor, 'care.write', unitId))) throw notFound('单位')
    const book = await bookOf(db, unitId)
    const items = book ? await stockOf(db, book) : []
    return { items: items.filter((item) => item.quantity > 0).map(({ moves: _, amountFen: __, ...item }) => item) }
  })
  app.post('/api/care/heat-relief', async (request, reply) => {
    const delivery = parse(heatInput, request.body)
    return reply
      .status(201)
      .send(await db.transaction().execute((tx) => deliverHeatRelief(tx, request.actor, delivery, today())))
  })
}
