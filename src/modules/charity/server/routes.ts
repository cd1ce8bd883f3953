import { z } from 'zod'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse, year } from '../../../kernel/http/parse.ts'
import {
  depositInput,
  driveInput,
  endPairInput,
  giftsInput,
  namedInput,
  pairAidInput,
  pairInput,
  payInput,
  useDecision,
  useInput,
} from '../contract.ts'
import {
  closeDrive,
  driveDetail,
  entriesOf,
  listDrives,
  openDrive,
  ownDrives,
  recordGifts,
  setNamed,
  thank,
} from './drives.ts'
import { askUse, decideUse, deposit, payUse } from './money.ts'
import { addAid, addPair, endPair, listPairs } from './pairs.ts'

const byId = z.object({ id })
const entryQuery = z.object({
  q: z.string().max(40).optional(),
  given: z.stringbool().optional(),
  after: z.coerce.number().int().min(0).optional(),
})

/** Drives with their money, and pairs. */
export const charityRoutes: Routes = (app, { db, today }) => {
  const of = (request: { params: unknown }): number => parse(byId, request.params).id
  app.get('/api/charity/drives', async (request) => {
    const query = parse(z.object({ unitId: id, year }), request.query)
    return { drives: await listDrives(db, request.actor, query.unitId, query.year) }
  })
  app.post('/api/charity/drives', async (request, reply) => {
    const draft = parse(driveInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => openDrive(tx, request.actor, draft)))
  })
  app.get('/api/charity/drives/:id', (request) => driveDetail(db, request.actor, of(request)))
  app.get('/api/charity/drives/:id/entries', (request) => {
    const { q, given, after } = parse(entryQuery, request.query)
    return entriesOf(db, request.actor, of(request), {
      ...(q && { q }),
      ...(given && { given }),
      ...(after && { after }),
    })
  })
  app.post('/api/charity/drives/:id/gifts', async (request, reply) => {
    const input = parse(giftsInput, request.body)
    await db.transaction().execute((tx) => recordGifts(tx, request.actor, of(request), input, today()))
    return reply.status(201).send({ ok: true })
  })
  app.post('/api/charity/drives/:id/deposits', async (request, reply) => {
    const input = parse(depositInput, request.body)
    return reply
      .status(201)
      .send(await db.transaction().execute((tx) => deposit(tx, request.actor, of(request), input, today())))
  })
  app.post('/api/charity/drives/:id/uses', async (request, reply) => {
    const input = parse(useInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => askUse(tx, request.actor, of(request), input)))
  })
  app.post('/api/charity/uses/:id/decision', async (request) => {
    const decision = parse(useDecision, request.body)
    await db.transaction().execute((tx) => decideUse(tx, request.actor, of(request), decision))
    return { ok: true }
  })
  app.post('/api/charity/uses/:id/payment', async (request, reply) => {
    const input = parse(payInput, request.body)
    return reply
      .status(201)
      .send(await db.transaction().execute((tx) => payUse(tx, request.actor, of(request), input, today())))
  })
  app.post('/api/charity/drives/:id/close', async (request) => {
    await db.transaction().execute((tx) => closeDrive(tx, request.actor, of(request)))
    return { ok: true }
  })
  app.post('/api/charity/drives/:id/thanks', (request) =>
    db.transaction().execute((tx) => thank(tx, request.actor, of(request), today())),
  )
  app.post('/api/charity/drives/:id/named', async (request) => {
    const { named } = parse(namedInput, request.body)
    await db.transaction().execute((tx) => setNamed(tx, request.actor, of(request), named))
    return { ok: true }
  })
  app.get('/api/charity/my-drives', async (request) => ({
    drives: request.actor.personId === null ? [] : await ownDrives(db, request.actor.personId),
  }))

  app.get('/api/charity/pairs', async (request) => {
    const { unitId } = parse(z.object({ unitId: id }), request.query)
    return { pairs: await listPairs(db, request.actor, unitId) }
  })
  app.post('/api/charity/pairs', async (request, reply) => {
    const draft = parse(pairInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => addPair(tx, request.actor, draft, today())))
  })
  app.post('/api/charity/pairs/:id/aids', async (request, reply) => {
    const aid = parse(pairAidInput, request.body)
    await db.transaction().execute((tx) => addAid(tx, request.actor, of(request), aid, today()))
    return reply.status(201).send({ ok: true })
  })
  app.post('/api/charity/pairs/:id/end', async (request) => {
    const end = parse(endPairInput, request.body)
    await db.transaction().execute((tx) => endPair(tx, request.actor, of(request), end))
    return { ok: true }
  })
}
