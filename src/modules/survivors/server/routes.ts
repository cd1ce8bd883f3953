import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { allows } from '../../../kernel/access/access.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import { actsOf } from '../../../kernel/lifecycle/act.ts'
import {
  closeRoundInput,
  exitInput,
  heldReceiptInput,
  heldReturnInput,
  noticeInput,
  payInput,
  paymentInput,
  recoveryInput,
  returnInput,
  roundInput,
  standardInput,
  survivorInput,
} from '../contract.ts'
import { heldFor, receiveHeld, returnHeld } from './held.ts'
import { withSurvivors } from './opening.ts'
import { approvePay, dropPay, listPay, payById, payOut, preparePay } from './pay.ts'
import { recover } from './recover.ts'
import { closeRound, noteNotices, openRound, roundFor } from './reviews.ts'
import { endSurvivor, recordReturn } from './settle.ts'
import { addStandard, standardsOf } from './standards.ts'
import { addSurvivor, KIND, listSurvivors, survivorById } from './survivors.ts'
import { payBook, rosterBook, streamOf, type Book } from './workbooks.ts'

const byId = z.object({ id })
const place = z.object({ unitId: id })
const listQuery = place.extend({
  state: z.enum(['active', 'suspended', 'ended', 'over-age']).optional(),
  q: z.string().trim().max(30).optional(),
  cursor: id.optional(),
})
const send = (reply: FastifyReply, book: Book): FastifyReply =>
  reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(book.name)}`)
    .send(streamOf(book))

/** Survivors: the roster, the yearly review, the monthly list. */
export const survivorRoutes: Routes = (app, { db, config, today }) => {
  const keys = () => openKeys(config.dataDir)

  app.get('/api/survivors', (request) => {
    const { unitId, state, q, cursor } = parse(listQuery, request.query)
    const filter = { unitId, ...(state && { state }), ...(q && { q }), ...(cursor && { cursor }) }
    return withSurvivors(db, request.actor, (tx) => listSurvivors(tx, request.actor, filter, today()))
  })
  app.post('/api/survivors', async (request, reply) => {
    const draft = parse(survivorInput, request.body)
    return reply
      .status(201)
      .send(await withSurvivors(db, request.actor, (tx) => addSurvivor(tx, request.actor, keys(), draft, today())))
  })
  app.get('/api/survivors/roster.xlsx', async (request, reply) => {
    const { unitId } = parse(place, request.query)
    return send(reply, await withSurvivors(db, request.actor, (tx) => rosterBook(tx, request.actor, unitId, today())))
  })
  app.get('/api/survivors/standards', async (request) => {
    const { unitId } = parse(place, request.query)
    if (!(await allows(db, request.actor, 'survivors.read', unitId))) throw notFound('单位')
    return { standards: await standardsOf(db, unitId) }
  })
  app.post('/api/survivors/standards', async (request, reply) => {
    const draft = parse(standardInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => addStandard(tx, request.actor, draft)))
  })

  app.get('/api/survivors/rounds', async (request) => {
    const { unitId, year } = parse(closeRoundInput.extend({ unitId: id, year: id }), request.query)
    return { round: await withSurvivors(db, request.actor, (tx) => roundFor(tx, request.actor, unitId, year)) }
  })
  app.post('/api/survivors/rounds', async (request, reply) => {
    const draft = parse(roundInput, request.body)
    return reply
      .status(201)
      .send(await withSurvivors(db, request.actor, (tx) => openRound(tx, request.actor, draft, today())))
  })
  app.post('/api/survivors/rounds/notices', async (request, reply) => {
    const draft = parse(noticeInput, request.body)
    return reply
      .status(201)
      .send(await withSurvivors(db, request.actor, (tx) => noteNotices(tx, request.actor, draft, today())))
  })
  app.post('/api/survivors/rounds/close', (request) => {
    const draft = parse(closeRoundInput, request.body)
    return withSurvivors(db, request.actor, (tx) => closeRound(tx, request.actor, draft, today()))
  })

  app.get('/api/survivors/pay', async (request) => {
    const { unitId } = parse(place, request.query)
    return { rows: await withSurvivors(db, request.actor, (tx) => listPay(tx, request.actor, unitId)) }
  })
  app.post('/api/survivors/pay', async (request, reply) => {
    const draft = parse(payInput, request.body)
    return reply
      .status(201)
      .send(await withSurvivors(db, request.actor, (tx) => preparePay(tx, request.actor, draft, today())))
  })
  app.get('/api/survivors/pay/:id', (request) =>
    withSurvivors(db, request.actor, (tx) => payById(tx, request.actor, parse(byId, request.params).id)),
  )
  app.delete('/api/survivors/pay/:id', async (request) => {
    await withSurvivors(db, request.actor, (tx) => dropPay(tx, request.actor, parse(byId, request.params).id))
    return { ok: true }
  })
  app.post('/api/survivors/pay/:id/approval', async (request) => {
    await withSurvivors(db, request.actor, (tx) => approvePay(tx, request.actor, parse(byId, request.params).id))
    return { ok: true }
  })
  app.post('/api/survivors/pay/:id/payment', (request) => {
    const { paidOn } = parse(paymentInput, request.body)
    return withSurvivors(db, request.actor, (tx) =>
      payOut(tx, request.actor, parse(byId, request.params).id, paidOn, today()),
    )
  })
  app.get('/api/survivors/pay/:id/list.xlsx', async (request, reply) => {
    const { id: payId } = parse(byId, request.params)
    return send(reply, await withSurvivors(db, request.actor, (tx) => payBook(tx, request.actor, payId)))
  })

  app.get('/api/survivors/held', (request) => {
    const { unitId } = parse(place, request.query)
    return withSurvivors(db, request.actor, (tx) => heldFor(tx, request.actor, unitId))
  })
  app.post('/api/survivors/held', async (request, reply) => {
    const draft = parse(heldReceiptInput, request.body)
    return reply
      .status(201)
      .send(await withSurvivors(db, request.actor, (tx) => receiveHeld(tx, request.actor, draft, today())))
  })
  app.post('/api/survivors/held/return', async (request, reply) => {
    const draft = parse(heldReturnInput, request.body)
    return reply
      .status(201)
      .send(await withSurvivors(db, request.actor, (tx) => returnHeld(tx, request.actor, draft, today())))
  })

  app.get('/api/survivors/:id', (request) =>
    withSurvivors(db, request.actor, async (tx) => {
      const { id: survivorId } = parse(byId, request.params)
      const survivor = await survivorById(tx, keys(), request.actor, survivorId, today())
      return { ...survivor, acts: await actsOf(tx, KIND, survivorId) }
    }),
  )
  app.post('/api/survivors/:id/reviews/:year', async (request, reply) => {
    const { id: survivorId, year } = parse(z.object({ id, year: id }), request.params)
    const draft = parse(returnInput, request.body)
    await withSurvivors(db, request.actor, (tx) => recordReturn(tx, request.actor, survivorId, year, draft, today()))
    return reply.status(201).send({ ok: true })
  })
  app.post('/api/survivors/:id/exit', async (request, reply) => {
    const draft = parse(exitInput, request.body)
    const { id: survivorId } = parse(byId, request.params)
    return reply
      .status(201)
      .send(await withSurvivors(db, request.actor, (tx) => endSurvivor(tx, request.actor, survivorId, draft, today())))
  })
  app.post('/api/survivors/:id/recoveries', async (request, reply) => {
    const { receivedOn } = parse(recoveryInput, request.body)
    const { id: survivorId } = parse(byId, request.params)
    return reply
      .status(201)
      .send(await withSurvivors(db, request.actor, (tx) => recover(tx, request.actor, survivorId, receivedOn, today())))
  })
}
