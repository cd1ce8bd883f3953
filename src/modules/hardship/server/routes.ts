import { z } from 'zod'
import { allows } from '../../../kernel/access/access.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import { applicationInput, checkInput, moveInput, parameterInput, reviewInput, transferInput } from '../contract.ts'
import { CATEGORIES, STATES } from '../words.ts'
import { apply } from './apply.ts'
import { callBack, moveFile, recordCheck, reviewFile } from './decide.ts'
import { countFiles, listFiles, openFile, openingsOf } from './files.ts'
import { withFiles } from './opening.ts'
import { addParameters, parametersOf } from './parameters.ts'
import { transferFile } from './transfer.ts'

const byId = z.object({ id })
const listQuery = z.object({
  unitId: id.optional(),
  state: z.enum(['overdue', ...(Object.keys(STATES) as (keyof typeof STATES)[])]).optional(),
  category: z.enum(CATEGORIES).optional(),
  q: z.string().trim().max(30).optional(),
  cursor: id.optional(),
})

/** Hardship files: standards, applications, checks, decisions, reviews. */
export const hardshipRoutes: Routes = (app, { db, config, today }) => {
  const { dataDir } = config

  app.get('/api/hardship/parameters', async (request) => {
    const { unitId } = parse(z.object({ unitId: id }), request.query)
    if (!(await allows(db, request.actor, 'hardship.read', unitId))) throw notFound('单位')
    return { parameters: await parametersOf(db, unitId) }
  })
  app.post('/api/hardship/parameters', async (request, reply) => {
    const draft = parse(parameterInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => addParameters(tx, request.actor, draft)))
  })

  app.get('/api/hardship/files', (request) => {
    const { unitId, state, category, q, cursor } = parse(listQuery, request.query)
    return listFiles(
      db,
      request.actor,
      {
        ...(unitId && { unitId }),
        ...(state && { state }),
        ...(category && { category }),
        ...(q && { q }),
        ...(cursor && { cursor }),
      },
      today(),
    )
  })
  app.get('/api/hardship/files/counts', (request) =>
    countFiles(db, request.actor, parse(z.object({ unitId: id }), request.query).unitId, today()),
  )
  app.post('/api/hardship/files', async (request, reply) => {
    const draft = parse(applicationInput, request.body)
    return reply
      .status(201)
      .send(await withFiles(db, request.actor, (tx) => apply(tx, request.actor, dataDir, draft, today())))
  })
  // Opening is a deed: it is written down, so it isn't a GET.
  app.post('/api/hardship/files/:id/open', (request) => {
    const { reason } = parse(z.object({ reason: z.string().max(200).default('') }), request.body ?? {})
    return openFile(db, dataDir, request.actor, parse(byId, request.params).id, reason, today())
  })
  app.get('/api/hardship/files/:id/openings', async (request) => ({
    openings: await openingsOf(db, request.actor, parse(byId, request.params).id, today()),
  }))
  app.post('/api/hardship/files/:id/checks', async (request, reply) => {
    const found = parse(checkInput, request.body)
    await withFiles(db, request.actor, (tx) =>
      recordCheck(tx, request.actor, dataDir, parse(byId, request.params).id, found, today()),
    )
    return reply.status(201).send({ ok: true })
  })
  app.post('/api/hardship/files/:id/moves', (request) => {
    const move = parse(moveInput, request.body)
    return withFiles(db, request.actor, (tx) =>
      moveFile(tx, request.actor, dataDir, parse(byId, request.params).id, move, today()),
    )
  })
  app.post('/api/hardship/files/:id/reviews', async (request, reply) => {
    const decided = parse(reviewInput, request.body)
    await withFiles(db, request.actor, (tx) =>
      reviewFile(tx, request.actor, dataDir, parse(byId, request.params).id, decided, today()),
    )
    return reply.status(201).send({ ok: true })
  })
  app.post('/api/hardship/files/:id/transfer', (request) => {
    const { words } = parse(transferInput, request.body)
    return withFiles(db, request.actor, (tx) =>
      transferFile(tx, request.actor, parse(byId, request.params).id, words, today()),
    )
  })
  app.post('/api/hardship/files/:id/call-back', async (request) => {
    const { words } = parse(z.object({ words: z.string().trim().min(1, '请写明回访情况').max(300) }), request.body)
    await withFiles(db, request.actor, (tx) =>
      callBack(tx, request.actor, parse(byId, request.params).id, words, today()),
    )
    return { ok: true }
  })
}
