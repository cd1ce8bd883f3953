import { z } from 'zod'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import { appealInput, applicationInput, reasonInput } from '../contract.ts'
import {
  applicationsOf,
  beginApplication,
  openApplication,
  returnApplication,
  saveApplication,
  submitApplication,
  withdrawApplication,
} from './applications.ts'
import { cycleById } from './cycles.ts'
import { appeal, myCycles, myEntitlements } from './mine.ts'
import { withAid } from './opening.ts'

const byId = z.object({ id })

/** What a member does from a phone: conditions, application, progress, receipt, appeal. */
export const memberRoutes: Routes = (app, { db, config, today }) => {
  const write = db.transaction.bind(db)

  app.get('/api/aid/mine', async (request) => ({
    cycles: await write().execute((tx) => myCycles(tx, request.actor, today())),
    entitlements: await withAid(db, request.actor, (tx) => myEntitlements(tx, request.actor)),
  }))
  app.post('/api/aid/applications', async (request, reply) => {
    const draft = parse(
      applicationInput.extend({ cycleId: id, personId: z.number().int().positive().nullable().default(null) }),
      request.body,
    )
    return reply
      .status(201)
      .send(await write().execute((tx) => beginApplication(tx, request.actor, draft, config.dataDir, today())))
  })
  app.get('/api/aid/applications/:id', (request) =>
    withAid(db, request.actor, (tx) => openApplication(tx, request.actor, parse(byId, request.params).id)),
  )
  app.put('/api/aid/applications/:id', (request) => {
    const draft = parse(applicationInput.extend({ version: z.number().int().positive() }), request.body)
    const { id: applicationId } = parse(byId, request.params)
    return write().execute((tx) => saveApplication(tx, request.actor, applicationId, draft, config.dataDir))
  })
  app.post('/api/aid/applications/:id/submit', async (request) => {
    await write().execute((tx) => submitApplication(tx, request.actor, parse(byId, request.params).id, today()))
    return { ok: true }
  })
  app.post('/api/aid/applications/:id/withdraw', async (request) => {
    await write().execute((tx) => withdrawApplication(tx, request.actor, parse(byId, request.params).id))
    return { ok: true }
  })
  app.post('/api/aid/applications/:id/return', async (request) => {
    const { reason } = parse(reasonInput, request.body)
    await write().execute((tx) => returnApplication(tx, request.actor, parse(byId, request.params).id, reason))
    return { ok: true }
  })
  app.get('/api/aid/cycles/:id/applications', async (request) => {
    const cycle = await cycleById(db, request.actor, parse(byId, request.params).id)
    return withAid(db, request.actor, async (tx) => ({
      applications: await applicationsOf(tx, request.actor, cycle.id, cycle.unitId),
    }))
  })
  app.post('/api/aid/cycles/:id/appeals', async (request, reply) => {
    const { words } = parse(appealInput, request.body)
    const { id: cycleId } = parse(byId, request.params)
    return reply.status(201).send(await write().execute((tx) => appeal(tx, request.actor, cycleId, words, today())))
  })
}
