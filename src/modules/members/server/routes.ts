import { z } from 'zod'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { day, id, parse } from '../../../kernel/http/parse.ts'
import {
  addMemberInput,
  editPersonInput,
  endTagInput,
  giveTagInput,
  leaveInput,
  listQuery,
  stateInput,
} from '../contract.ts'
import { listMembers } from './list.ts'
import { leave, restore, retain } from './memberships.ts'
import { addMember, editPerson, endTag, giveTag, personDetail } from './person.ts'
import { statisticsOf } from './statistics.ts'

const byId = z.object({ id })

export const memberRoutes: Routes = (app, { db, today, config }) => {
  const keys = () => openKeys(config.dataDir)

  app.get('/api/members', (request) => listMembers(db, request.actor, parse(listQuery, request.query)))
  app.post('/api/members', async (request, reply) => {
    const draft = parse(addMemberInput, request.body)
    const personId = await db.transaction().execute((tx) => addMember(tx, request.actor, keys(), draft, today()))
    return reply.status(201).send({ id: personId })
  })
  app.get('/api/members/statistics', (request) => {
    const query = parse(z.object({ unitId: id, onDate: day.default(today()) }), request.query)
    return statisticsOf(db, request.actor, query.unitId, query.onDate)
  })
  app.get('/api/members/:id', (request) => personDetail(db, request.actor, parse(byId, request.params).id))
  app.put('/api/members/:id', async (request) => {
    const personId = parse(byId, request.params).id
    const edit = parse(editPersonInput, request.body)
    await db.transaction().execute((tx) => editPerson(tx, request.actor, keys(), personId, edit, today()))
    return personDetail(db, request.actor, personId)
  })

  app.post('/api/members/:id/tags', async (request) => {
    const personId = parse(byId, request.params).id
    const input = parse(giveTagInput, request.body)
    await db.transaction().execute((tx) => giveTag(tx, request.actor, personId, input, today()))
    return personDetail(db, request.actor, personId)
  })
  app.post('/api/members/:id/tags/:tag/end', async (request) => {
    const params = parse(z.object({ id, tag: z.string() }), request.params)
    const { until } = parse(endTagInput, request.body)
    await db.transaction().execute((tx) => endTag(tx, request.actor, params.id, params.tag, until, today()))
    return personDetail(db, request.actor, params.id)
  })
  app.post('/api/members/:id/leave', async (request) => {
    const personId = parse(byId, request.params).id
    const input = parse(leaveInput, request.body)
    await db.transaction().execute((tx) => leave(tx, request.actor, personId, input.kind, input.onDate, input.words))
    return personDetail(db, request.actor, personId)
  })
  app.post('/api/members/:id/state', async (request) => {
    const personId = parse(byId, request.params).id
    const input = parse(stateInput, request.body)
    const change = input.state === 'retained' ? retain : restore
    await db.transaction().execute((tx) => change(tx, request.actor, personId, input.onDate, input.words))
    return personDetail(db, request.actor, personId)
  })
}
