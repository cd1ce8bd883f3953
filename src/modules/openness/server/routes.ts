import { z } from 'zod'
import type { Routes } from '../../../kernel/http/app.ts'
import { day, id, parse } from '../../../kernel/http/parse.ts'
import { actsOf } from '../../../kernel/lifecycle/act.ts'
import { CATALOGUE } from '../catalogue.ts'
import {
  actInput,
  adoptInput,
  answerInput,
  coverageInput,
  coverageQuery,
  dutyInput,
  editInput,
  endDutyInput,
  fixInput,
  inspectionInput,
  itemInput,
  itemsQuery,
  questionInput,
  unitQuery,
} from '../contract.ts'
import { boardFor, boardItem } from './board.ts'
import { coverageOf, fileCoverage, kindOfUnit } from './coverage.ts'
import { addDuty, adoptEntries, duesBetween, dutiesOf, endDuty } from './duties.ts'
import { fix, inspect, inspectionsFor } from './inspections.ts'
import { itemMachine } from './item-machine.ts'
import { actOnItem, draftItem, editItem, itemFor, listItems } from './items.ts'
import { overdueOf } from './overdue.ts'
import { answerQuestion, ask, questionsFor } from './questions.ts'
import { sheetOf } from './sheet.ts'

const byId = z.object({ id })
const ofUnit = z.object({ unitId: id })

/** Items, their steps and their sheets. */
export const itemRoutes: Routes = (app, services) => {
  const { db, today } = services
  app.get('/api/openness/items', async (request) => listItems(db, request.actor, parse(itemsQuery, request.query)))
  app.post('/api/openness/items', async (request, reply) => {
    const draft = parse(itemInput, request.body)
    const itemId = await db.transaction().execute((tx) => draftItem(tx, request.actor, draft))
    return reply.status(201).send(await itemFor(db, request.actor, itemId))
  })
  app.get('/api/openness/items/:id', async (request) => {
    const item = await itemFor(db, request.actor, parse(byId, request.params).id)
    const [acts, questions] = await Promise.all([
      actsOf(db, 'openness-item', item.id),
      questionsFor(db, request.actor, { itemId: item.id }, today()),
    ])
    const verbs = itemMachine.states[item.state]!.moves.map(({ verb, permission }) => ({ verb, permission }))
    return { item, acts, questions, verbs }
  })
  app.put('/api/openness/items/:id', async (request) => {
    const { id: itemId } = parse(byId, request.params)
    const edit = parse(editInput, request.body)
    await db.transaction().execute((tx) => editItem(tx, request.actor, itemId, edit))
    return itemFor(db, request.actor, itemId)
  })
  app.post('/api/openness/items/:id/acts', async (request) => {
    const input = parse(actInput, request.body)
    return db
      .transaction()
      .execute((tx) => actOnItem(tx, request.actor, parse(byId, request.params).id, input, today()))
  })
  app.get('/api/openness/items/:id/sheet', async (request) =>
    sheetOf(services, request.actor, parse(byId, request.params).id),
  )

  app.get('/api/openness/questions', async (request) => ({
    questions: await questionsFor(db, request.actor, parse(unitQuery, request.query), today()),
  }))
  app.post('/api/openness/questions/:id/answer', async (request, reply) => {
    const input = parse(answerInput, request.body)
    await db
      .transaction()
      .execute((tx) => answerQuestion(tx, request.actor, parse(byId, request.params).id, input, today()))
    return reply.status(204).send()
  })
}

/** What must be published, what is late, who has the system, inspections. */
export const dutyRoutes: Routes = (app, { db, today }) => {
  app.get('/api/openness/catalogue', async (request) => {
    const { unitId } = parse(ofUnit, request.query)
    const [duties, kind] = await Promise.all([dutiesOf(db, request.actor, unitId), kindOfUnit(db, unitId)])
    return { entries: CATALOGUE, duties, kind }
  })
  app.post('/api/openness/duties/adopt', async (request) => {
    const { unitId, entries, startsOn } = parse(adoptInput, request.body)
    const added = await db.transaction().execute((tx) => adoptEntries(tx, request.actor, unitId, entries, startsOn))
    return { added }
  })
  app.post('/api/openness/duties', async (request, reply) => {
    const input = parse(dutyInput, request.body)
    const dutyId = await db.transaction().execute((tx) => addDuty(tx, request.actor, input))
    return reply.status(201).send({ id: dutyId })
  })
  app.post('/api/openness/duties/:id/end', async (request, reply) => {
    const { endedOn } = parse(endDutyInput, request.body)
    await db.transaction().execute((tx) => endDuty(tx, request.actor, parse(byId, request.params).id, endedOn))
    return reply.status(204).send()
  })
  app.get('/api/openness/dues', async (request) => {
    const { unitId, from, to } = parse(ofUnit.extend({ from: day, to: day }), request.query)
    return { dues: await duesBetween(db, request.actor, unitId, from, to, today()) }
  })
  app.get('/api/openness/overdue', async (request) =>
    overdueOf(db, request.actor, parse(ofUnit, request.query).unitId, today()),
  )

  app.get('/api/openness/coverage', async (request) => {
    const { unitId, kind } = parse(coverageQuery, request.query)
    return { units: await coverageOf(db, request.actor, unitId, today(), kind) }
  })
  app.post('/api/openness/coverage', async (request) => {
    const input = parse(coverageInput, request.body)
    return db.transaction().execute((tx) => fileCoverage(tx, request.actor, input, today()))
  })

  app.get('/api/openness/inspections', async (request) => ({
    inspections: await inspectionsFor(db, request.actor, parse(unitQuery, request.query).unitId),
  }))
  app.post('/api/openness/inspections', async (request, reply) => {
    const input = parse(inspectionInput, request.body)
    const inspectionId = await db.transaction().execute((tx) => inspect(tx, request.actor, input))
    return reply.status(201).send({ id: inspectionId })
  })
  app.post('/api/openness/findings/:id/fix', async (request, reply) => {
    const input = parse(fixInput, request.body)
    await db.transaction().execute((tx) => fix(tx, request.actor, parse(byId, request.params).id, input))
    return reply.status(204).send()
  })
}

/** The board for members. */
export const boardRoutes: Routes = (app, { db, today }) => {
  app.get('/api/openness/board', async (request) => {
    const filter = parse(
      z.object({ category: z.string().max(60).optional(), q: z.string().trim().max(60).optional() }),
      request.query,
    )
    return { items: await boardFor(db, request.actor, today(), filter) }
  })
  app.get('/api/openness/board/:id', async (request) =>
    boardItem(db, request.actor, parse(byId, request.params).id, today()),
  )
  // Without a name nothing says who asks: an address may ask a few times a minute, counted in memory only.
  app.post(
    '/api/openness/board/:id/questions',
    { config: { rateLimit: { max: 10, timeWindow: '1 minute' } } },
    async (request, reply) => {
      const input = parse(questionInput, request.body)
      const { id: itemId } = parse(byId, request.params)
      const asked = await db.transaction().execute((tx) => ask(tx, request.actor, itemId, input, today()))
      return reply.status(201).send(asked)
    },
  )
}
