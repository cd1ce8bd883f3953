import { audit } from '../../../kernel/audit/audit.ts'
import { forbidden } from '../../../kernel/contract/problem.ts'
import { sweepGone } from '../../../kernel/files/forget.ts'
import { openStore } from '../../../kernel/files/store.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import { writeSetting } from '../../../kernel/settings/settings.ts'
import { SMALLEST_SETTING, smallestGroup } from '../../../kernel/small-groups/threshold.ts'
import { z } from 'zod'
import { cleanUpInput, consentInput, decisionInput, smallestInput } from '../contract.ts'
import { decide, dueOf, mayForAll, propose } from './clean-up.ts'
import { myInformation, sayConsent } from './mine.ts'

/** A person's own page: what is held, who looked, what was agreed to; what is due to be forgotten; the smallest group told. */
export const privacyRoutes: Routes = (app, { db, config, today }) => {
  app.get('/api/privacy/mine', (request) => myInformation(db, request.actor))
  app.post('/api/privacy/consents', async (request, reply) => {
    const { use, given } = parse(consentInput, request.body)
    await db.transaction().execute((tx) => sayConsent(tx, request.actor, use, given))
    return reply.status(201).send({ ok: true })
  })

  app.get('/api/privacy/due', async (request) => {
    const { unitId } = parse(z.object({ unitId: id }), request.query)
    const kinds = await dueOf(db, request.actor, unitId, today())
    return { kinds, smallest: await smallestGroup(db), maySet: await mayForAll(db, request.actor) }
  })
  app.post('/api/privacy/clean-ups', async (request, reply) => {
    const { unitId, kind } = parse(cleanUpInput, request.body)
    return reply
      .status(201)
      .send(await db.transaction().execute((tx) => propose(tx, request.actor, unitId, kind, today())))
  })
  app.post('/api/privacy/clean-ups/:id/decision', async (request) => {
    const { confirm } = parse(decisionInput, request.body)
    const cleanUp = parse(z.object({ id }), request.params).id
    const done = await db.transaction().execute((tx) => decide(tx, request.actor, cleanUp, confirm, today()))
    // The rows are gone for good; bytes that can't be taken away now are swept at night.
    if (done.files) await sweepGone(db, openStore(config.dataDir)).catch(() => 0)
    return done
  })
  app.put('/api/privacy/smallest-group', async (request) => {
    const { smallest } = parse(smallestInput, request.body)
    if (!(await mayForAll(db, request.actor))) throw forbidden('设定不单列的人数')
    await db.transaction().execute(async (tx) => {
      await writeSetting(tx, SMALLEST_SETTING, smallest)
      await audit(tx, request.actor, {
        action: 'privacy.smallest-group',
        objectKind: 'setting',
        summary: `涉及隐私的人数、户数少于 ${smallest} 的不单列`,
      })
    })
    return { smallest }
  })
}
