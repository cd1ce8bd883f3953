import { requirePermission } from '../../../kernel/access/access.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { parse } from '../../../kernel/http/parse.ts'
import {
  constituenciesInput,
  delegatesInput,
  endDelegateInput,
  idParam,
  panelInput,
  replaceInput,
  termInput,
  termsQuery,
} from '../contract.ts'
import { delegatesOf, endSeat, replaceDelegate, seatDelegates } from './delegates.ts'
import { panelsOf, savePanel } from './panels.ts'
import { resolutionsOf } from './resolutions.ts'
import { deedsAt, visibleTerm } from './seen.ts'
import { sessionsOf } from './sessions.ts'
import { delegatesWorkbook, rosterSheet } from './sheets.ts'
import { checksOf } from './composition.ts'
import { constituenciesOf, openTerm, setConstituencies, termsOf } from './terms.ts'

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const idOf = (params: unknown): number => parse(idParam, params).id

/** Terms, electoral units, delegates and their panels. */
export const termRoutes: Routes = (app, { db, today }) => {
  app.get('/api/congress/terms', async (request) => ({
    terms: await termsOf(db, request.actor, parse(termsQuery, request.query).unitId),
  }))
  app.post('/api/congress/terms', async (request, reply) => {
    const input = parse(termInput, request.body)
    const id = await db.transaction().execute((tx) => openTerm(tx, request.actor, input))
    return reply.status(201).send({ id })
  })
  app.get('/api/congress/terms/:id', async (request) => {
    const term = await visibleTerm(db, request.actor, idOf(request.params))
    const [constituencies, delegates, panels, checks, sessions, resolutions, may] = await Promise.all([
      constituenciesOf(db, term.id),
      delegatesOf(db, term.id),
      panelsOf(db, term.id),
      checksOf(db, term, today()),
      sessionsOf(db, request.actor, { termId: term.id }),
      resolutionsOf(db, { termId: term.id }, today()),
      deedsAt(db, request.actor, term.unitId),
    ])
    return { term, constituencies, delegates, panels, checks, sessions, resolutions, may }
  })
  app.put('/api/congress/terms/:id/constituencies', async (request) => {
    const id = idOf(request.params)
    const { constituencies } = parse(constituenciesInput, request.body)
    await db.transaction().execute((tx) => setConstituencies(tx, request.actor, id, constituencies))
    return { constituencies: await constituenciesOf(db, id) }
  })
  app.post('/api/congress/terms/:id/delegates', async (request, reply) => {
    const input = parse(delegatesInput, request.body)
    const ids = await db
      .transaction()
      .execute((tx) => seatDelegates(tx, request.actor, idOf(request.params), input.electedOn, input.delegates))
    return reply.status(201).send({ ids })
  })
  app.post('/api/congress/delegates/:id/end', async (request) => {
    const input = parse(endDelegateInput, request.body)
    await db.transaction().execute((tx) => endSeat(tx, request.actor, idOf(request.params), input.toOn, input.reason))
    return {}
  })
  app.post('/api/congress/delegates/:id/replace', async (request, reply) => {
    const input = parse(replaceInput, request.body)
    const id = await db.transaction().execute((tx) => replaceDelegate(tx, request.actor, idOf(request.params), input))
    return reply.status(201).send({ id })
  })
  app.post('/api/congress/terms/:id/panels', async (request, reply) => {
    const input = parse(panelInput, request.body)
    const id = await db.transaction().execute((tx) => savePanel(tx, request.actor, idOf(request.params), input))
    return reply.status(201).send({ id })
  })
  app.put('/api/congress/terms/:id/panels/:panelId', async (request) => {
    const input = parse(panelInput, request.body)
    const panelId = idOf({ id: (request.params as { panelId: string }).panelId })
    await db.transaction().execute((tx) => savePanel(tx, request.actor, idOf(request.params), input, panelId))
    return {}
  })
  app.get('/api/congress/terms/:id/roster', async (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .send(await rosterSheet(db, await visibleTerm(db, request.actor, idOf(request.params)))),
  )
  app.get('/api/congress/terms/:id/delegates.xlsx', async (request, reply) => {
    const term = await visibleTerm(db, request.actor, idOf(request.params))
    await requirePermission(db, request.actor, 'congress.export', term.unitId)
    return reply
      .type(WORKBOOK)
      .header(
        'content-disposition',
        `attachment; filename*=UTF-8''${encodeURIComponent(`第${term.ordinal}届代表名单.xlsx`)}`,
      )
      .send(await delegatesWorkbook(db, term))
  })
}
