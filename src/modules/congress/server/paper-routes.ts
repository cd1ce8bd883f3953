import type { Routes } from '../../../kernel/http/app.ts'
import { z } from 'zod'
import { id, parse } from '../../../kernel/http/parse.ts'
import {
  agreementInput,
  answerInput,
  idParam,
  paperInput,
  remarkInput,
  resolutionInput,
  termsQuery,
  versionInput,
} from '../contract.ts'
import { agreementsOf, followAgreement } from './agreements.ts'
import { addPaper, addRemark, addVersion, answerRemark, comparePaper, paperDetail } from './papers.ts'
import { resolve } from './resolutions.ts'
import { deedsAt, visibleSession } from './seen.ts'

const idOf = (params: unknown): number => parse(idParam, params).id

/** Papers with versions and remarks, resolutions, agreements. */
export const paperRoutes: Routes = (app, { db, today }) => {
  app.post('/api/congress/sessions/:id/papers', async (request, reply) => {
    const input = parse(paperInput, request.body)
    const paperId = await db.transaction().execute((tx) => addPaper(tx, request.actor, idOf(request.params), input))
    return reply.status(201).send({ id: paperId })
  })
  app.get('/api/congress/papers/:id', async (request) => {
    const paper = await paperDetail(db, request.actor, idOf(request.params))
    const session = await visibleSession(db, request.actor, paper.sessionId)
    return {
      paper,
      open: session.state === 'preparing' || session.state === 'open',
      may: await deedsAt(db, request.actor, session.unitId),
    }
  })
  app.get('/api/congress/papers/:id/compare', async (request) => {
    const { from, to } = parse(z.object({ from: id, to: id }), request.query)
    return comparePaper(db, request.actor, idOf(request.params), from, to)
  })
  app.post('/api/congress/papers/:id/versions', async (request, reply) => {
    const input = parse(versionInput, request.body)
    const no = await db.transaction().execute((tx) => addVersion(tx, request.actor, idOf(request.params), input))
    return reply.status(201).send({ no })
  })
  app.post('/api/congress/papers/:id/remarks', async (request, reply) => {
    const input = parse(remarkInput, request.body)
    const remarkId = await db.transaction().execute((tx) => addRemark(tx, request.actor, idOf(request.params), input))
    return reply.status(201).send({ id: remarkId })
  })
  app.post('/api/congress/remarks/:id/answer', async (request) => {
    const input = parse(answerInput, request.body)
    await db.transaction().execute((tx) => answerRemark(tx, request.actor, idOf(request.params), input))
    return {}
  })

  app.post('/api/congress/items/:id/resolution', async (request, reply) => {
    const input = parse(resolutionInput, request.body)
    const resolutionId = await db.transaction().execute((tx) => resolve(tx, request.actor, idOf(request.params), input))
    return reply.status(201).send({ id: resolutionId })
  })
  app.get('/api/congress/agreements', async (request) => ({
    agreements: await agreementsOf(db, request.actor, { unitId: parse(termsQuery, request.query).unitId }, today()),
  }))
  app.put('/api/congress/agreements/:id', async (request) => {
    const input = parse(agreementInput, request.body)
    await db.transaction().execute((tx) => followAgreement(tx, request.actor, idOf(request.params), input, today()))
    return {}
  })
}
