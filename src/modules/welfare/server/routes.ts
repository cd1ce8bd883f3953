import { z } from 'zod'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse, year } from '../../../kernel/http/parse.ts'
import { attendanceInput, bookingInput, checkUpInput, reasonInput, reminderInput } from '../contract.ts'
import { attend, book, remind } from './attend.ts'
import { cancelCheckUp, closeCheckUp, openCheckUp, planCheckUp } from './plan.ts'
import { checkUpDetail, entriesOf, listCheckUps, ownCheckUps } from './read.ts'

const byId = z.object({ id })
const entryQuery = z.object({
  q: z.string().max(40).optional(),
  step: z.enum(['due', 'booked', 'attended', 'follow-up']).optional(),
  after: z.coerce.number().int().min(0).optional(),
})

/** Check-ups: slots, booking on the phone, attendance, reminders. */
export const checkUpRoutes: Routes = (app, { db, today }) => {
  app.get('/api/welfare/check-ups', async (request) => {
    const query = parse(z.object({ unitId: id, year }), request.query)
    return { checkUps: await listCheckUps(db, request.actor, query.unitId, query.year) }
  })
  app.post('/api/welfare/check-ups', async (request, reply) => {
    const draft = parse(checkUpInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => planCheckUp(tx, request.actor, draft)))
  })
  app.get('/api/welfare/check-ups/:id', (request) => checkUpDetail(db, request.actor, parse(byId, request.params).id))
  app.get('/api/welfare/check-ups/:id/entries', (request) => {
    const { q, step, after } = parse(entryQuery, request.query)
    return entriesOf(db, request.actor, parse(byId, request.params).id, {
      ...(q && { q }),
      ...(step && { step }),
      ...(after && { after }),
    })
  })
  app.post('/api/welfare/check-ups/:id/open', async (request) => {
    await db.transaction().execute((tx) => openCheckUp(tx, request.actor, parse(byId, request.params).id))
    return { ok: true }
  })
  app.post('/api/welfare/check-ups/:id/bookings', async (request) => {
    const booking = parse(bookingInput, request.body)
    await db.transaction().execute((tx) => book(tx, request.actor, parse(byId, request.params).id, booking, today()))
    return { ok: true }
  })
  app.post('/api/welfare/check-ups/:id/attendance', async (request, reply) => {
    const input = parse(attendanceInput, request.body)
    await db.transaction().execute((tx) => attend(tx, request.actor, parse(byId, request.params).id, input, today()))
    return reply.status(201).send({ ok: true })
  })
  app.post('/api/welfare/check-ups/:id/reminders', async (request) => {
    const input = parse(reminderInput, request.body)
    await db.transaction().execute((tx) => remind(tx, request.actor, parse(byId, request.params).id, input, today()))
    return { ok: true }
  })
  app.post('/api/welfare/check-ups/:id/close', (request) =>
    db.transaction().execute((tx) => closeCheckUp(tx, request.actor, parse(byId, request.params).id)),
  )
  app.post('/api/welfare/check-ups/:id/cancel', async (request) => {
    const { reason } = parse(reasonInput, request.body)
    await db.transaction().execute((tx) => cancelCheckUp(tx, request.actor, parse(byId, request.params).id, reason))
    return { ok: true }
  })
  app.get('/api/welfare/my-check-ups', async (request) => ({
    checkUps: request.actor.personId === null ? [] : await ownCheckUps(db, request.actor.personId),
  }))
}
