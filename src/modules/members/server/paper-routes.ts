import { PassThrough } from 'node:stream'
import { z } from 'zod'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import { unitById } from '../../organisation/public.ts'
import { actInput, applicationInput, exportInput, mergeInput, transferInput } from '../contract.ts'
import { actOnApplication, apply, listApplications } from './applications.ts'
import { checkCard, memberCard } from './card.ts'
import { findDuplicates, mergePeople } from './duplicates.ts'
import { authoriseExport, printRoster, writeRoster, type ExportRequest } from './roster-export.ts'
import { actOnTransfer, listTransfers, requestTransfer } from './transfers.ts'

const byId = z.object({ id })

/** What goes through hands or onto paper: applications, transfers, duplicates, the roster as a file, the card. */
export const memberPaperRoutes: Routes = (app, { db, today, config }) => {
  const keys = () => openKeys(config.dataDir)

  app.get('/api/members/applications', async (request) => ({ applications: await listApplications(db, request.actor) }))
  app.post('/api/members/applications', async (request, reply) => {
    const draft = parse(applicationInput, request.body)
    const application = await db.transaction().execute((tx) => apply(tx, request.actor, keys(), draft, today()))
    return reply.status(201).send(application)
  })
  app.post('/api/members/applications/:id/acts', (request) => {
    const { verb, words } = parse(actInput, request.body)
    const applicationId = parse(byId, request.params).id
    return db
      .transaction()
      .execute((tx) => actOnApplication(tx, request.actor, keys(), applicationId, verb, words, today()))
  })

  app.get('/api/members/transfers', async (request) => ({ transfers: await listTransfers(db, request.actor) }))
  app.post('/api/members/transfers', async (request, reply) => {
    const draft = parse(transferInput, request.body)
    const transfer = await db.transaction().execute((tx) => requestTransfer(tx, request.actor, draft, today()))
    return reply.status(201).send(transfer)
  })
  app.post('/api/members/transfers/:id/acts', (request) => {
    const { verb, words } = parse(actInput, request.body)
    if (verb === '提交' || verb === '退回') throw refused('not-now', `会员转移不能${verb}，可以同意、否决或撤回。`)
    const transferId = parse(byId, request.params).id
    return db.transaction().execute((tx) => actOnTransfer(tx, request.actor, transferId, verb, words, today()))
  })

  app.get('/api/members/duplicates', async (request) => ({ groups: await findDuplicates(db, request.actor) }))
  app.post('/api/members/duplicates/merge', async (request, reply) => {
    const input = parse(mergeInput, request.body)
    await db.transaction().execute((tx) => mergePeople(tx, request.actor, input.keptId, input.mergedId, input.reason))
    return reply.status(204).send()
  })

  const exportOf = (given: unknown): ExportRequest => {
    const { reason, unmasked, ...query } = parse(exportInput, given)
    return { query, reason, unmasked, today: today() }
  }
  app.get('/api/members/roster.xlsx', async (request, reply) => {
    const wanted = exportOf(request.query)
    await authoriseExport(db, request.actor, wanted)
    const out = new PassThrough()
    // A failure in the middle breaks the download off: half a roster must not look like a whole one.
    writeRoster(db, keys(), request.actor, wanted, out).catch((error: Error) => out.destroy(error))
    return reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header(
        'content-disposition',
        `attachment; filename*=UTF-8''${encodeURIComponent(`会员花名册-${wanted.today}.xlsx`)}`,
      )
      .send(out)
  })
  app.get('/api/members/roster.html', async (request, reply) => {
    const wanted = { ...exportOf(request.query), unmasked: false }
    await authoriseExport(db, request.actor, wanted)
    const unit = wanted.query.unitId ? await unitById(db, wanted.query.unitId) : undefined
    return reply
      .type('text/html; charset=utf-8')
      .send(await printRoster(db, request.actor, unit?.name ?? '本人职权范围内各单位', wanted))
  })

  app.get('/api/members/:id/card.html', async (request, reply) => {
    const personId = parse(byId, request.params).id
    return reply
      .type('text/html; charset=utf-8')
      .send(await memberCard(db, keys(), request.actor, personId, config.publicUrl))
  })
  app.get('/api/members/card/:id/:check', (request) => {
    const params = parse(z.object({ id, check: z.string().max(40) }), request.params)
    return checkCard(db, keys(), request.actor, params.id, params.check)
  })
}
