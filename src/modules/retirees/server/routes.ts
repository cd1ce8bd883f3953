import { z } from 'zod'
import type { Tx } from '../../../kernel/db/database.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import {
  clubInput,
  clubMembersInput,
  eventInput,
  farewellInput,
  marksInput,
  moneyInput,
  retirementInput,
} from '../contract.ts'
import { addClub, clubsOf, joinClub } from './clubs.ts'
import { addEvent, eventById, eventsOf, markEvent } from './events.ts'
import { askForMoney } from './money.ts'
import { comingOf, planRetirement, recordFarewell, retirementsOf } from './retirements.ts'

const byId = z.object({ id })
const place = z.object({ unitId: id })

/** The day of retirement, groups, and what is held for the retired. */
export const retireeRoutes: Routes = (app, { db, today }) => {
  const within = <Answer>(work: (tx: Tx) => Promise<Answer>): Promise<Answer> => db.transaction().execute(work)

  app.get('/api/retirees/coming', async (request) => ({
    rows: await comingOf(db, request.actor, parse(place, request.query).unitId, today()),
  }))
  app.get('/api/retirees/retirements', async (request) => ({
    rows: await retirementsOf(db, request.actor, parse(place, request.query).unitId),
  }))
  app.post('/api/retirees/retirements', async (request, reply) => {
    const draft = parse(retirementInput, request.body)
    return reply.status(201).send(await within((tx) => planRetirement(tx, request.actor, draft)))
  })
  app.post('/api/retirees/retirements/:id/farewell', async (request, reply) => {
    const draft = parse(farewellInput, request.body)
    await within((tx) => recordFarewell(tx, request.actor, parse(byId, request.params).id, draft, today()))
    return reply.status(201).send({ ok: true })
  })

  app.get('/api/retirees/clubs', (request) => clubsOf(db, request.actor, parse(place, request.query).unitId))
  app.post('/api/retirees/clubs', async (request, reply) => {
    const draft = parse(clubInput, request.body)
    return reply.status(201).send(await within((tx) => addClub(tx, request.actor, draft)))
  })
  app.post('/api/retirees/clubs/:id/members', async (request, reply) => {
    const { personIds } = parse(clubMembersInput, request.body)
    const clubId = parse(byId, request.params).id
    return reply.status(201).send(await within((tx) => joinClub(tx, request.actor, clubId, personIds)))
  })

  app.get('/api/retirees/events', async (request) => ({
    rows: await eventsOf(db, request.actor, parse(place, request.query).unitId),
  }))
  app.get('/api/retirees/events/:id', (request) => eventById(db, request.actor, parse(byId, request.params).id))
  app.post('/api/retirees/events', async (request, reply) => {
    const draft = parse(eventInput, request.body)
    return reply.status(201).send(await within((tx) => addEvent(tx, request.actor, draft)))
  })
  app.post('/api/retirees/events/:id/marks', async (request, reply) => {
    const marks = parse(marksInput, request.body)
    const eventId = parse(byId, request.params).id
    return reply.status(201).send(await within((tx) => markEvent(tx, request.actor, eventId, marks)))
  })
  app.post('/api/retirees/events/:id/money', async (request, reply) => {
    const draft = parse(moneyInput, request.body)
    const eventId = parse(byId, request.params).id
    return reply.status(201).send(await within((tx) => askForMoney(tx, request.actor, eventId, draft, today())))
  })
}
