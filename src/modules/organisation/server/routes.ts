import { z } from 'zod'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse, year } from '../../../kernel/http/parse.ts'
import { addUnitInput, browseQuery, changeInput, editUnitInput, headcountInput, profileInput } from '../contract.ts'
import { childrenOf, searchUnits, unitDetail } from './browse.ts'
import { applyChange, cancelChange, changesOf, drawUpChange } from './changes.ts'
import { headcountsOf, removeHeadcount, saveHeadcounts } from './headcount.ts'
import { profileOf, saveProfile } from './profile.ts'
import { addUnit, editUnit } from './units.ts'

const byId = z.object({ id })
const byIdAndYear = z.object({ id, year })

export const organisationRoutes: Routes = (app, { db, today }) => {
  app.get('/api/units', async (request) => {
    const query = parse(browseQuery, request.query)
    const units = query.q
      ? await searchUnits(db, request.actor, query.q, { type: query.type })
      : await childrenOf(db, request.actor, query.parentId ?? null, query.dissolved)
    return { units }
  })
  app.post('/api/units', async (request, reply) => {
    const draft = parse(addUnitInput, request.body)
    const unit = await db.transaction().execute((tx) => addUnit(tx, request.actor, draft))
    return reply.status(201).send(unit)
  })
  app.get('/api/units/:id', async (request) => {
    const query = parse(z.object({ year: year.default(Number(today().slice(0, 4))) }), request.query)
    return unitDetail(db, request.actor, parse(byId, request.params).id, query.year)
  })
  app.patch('/api/units/:id', async (request) => {
    const edit = parse(editUnitInput, request.body)
    return db.transaction().execute((tx) => editUnit(tx, request.actor, parse(byId, request.params).id, edit))
  })

  app.get('/api/units/changes', async (request) => {
    const query = parse(z.object({ unitId: id.optional() }), request.query)
    return { changes: await changesOf(db, request.actor, query.unitId) }
  })
  app.post('/api/units/changes', async (request, reply) => {
    const input = parse(changeInput, request.body)
    const change = await db.transaction().execute((tx) => drawUpChange(tx, request.actor, input))
    return reply.status(201).send(change)
  })
  app.post('/api/units/changes/:id/apply', (request) =>
    db.transaction().execute((tx) => applyChange(tx, request.actor, parse(byId, request.params).id, today())),
  )
  app.post('/api/units/changes/:id/cancel', (request) =>
    db.transaction().execute((tx) => cancelChange(tx, request.actor, parse(byId, request.params).id)),
  )

  app.get('/api/units/:id/profile/:year', async (request) => {
    const params = parse(byIdAndYear, request.params)
    await requirePermission(db, request.actor, 'organisation.read', params.id, 'organisation.read')
    return { profile: await profileOf(db, params.id, params.year) }
  })
  app.put('/api/units/:id/profile/:year', async (request) => {
    const params = parse(byIdAndYear, request.params)
    const edit = parse(profileInput, request.body)
    return db.transaction().execute((tx) => saveProfile(tx, request.actor, params.id, params.year, edit))
  })

  app.get('/api/units/:id/headcounts', async (request) => {
    const params = parse(byId, request.params)
    await requirePermission(db, request.actor, 'organisation.read', params.id, 'organisation.read')
    return { headcounts: await headcountsOf(db, params.id) }
  })
  app.put('/api/units/:id/headcounts', async (request) => {
    const unitId = parse(byId, request.params).id
    const input = parse(headcountInput, request.body)
    const draft = {
      unitId,
      countedOn: input.countedOn,
      staff: input.staff,
      women: input.women ?? null,
      dispatched: input.dispatched ?? null,
      employers: input.employers ?? null,
      source: input.source ?? null,
    }
    await db.transaction().execute((tx) => saveHeadcounts(tx, request.actor, [draft]))
    return { headcounts: await headcountsOf(db, unitId) }
  })
  app.delete('/api/headcounts/:id', async (request, reply) => {
    await db.transaction().execute((tx) => removeHeadcount(tx, request.actor, parse(byId, request.params).id))
    return reply.status(204).send()
  })
}
