import { z } from 'zod'
import { Problem } from '../../../kernel/contract/problem.ts'
import { officialDocx } from '../../../kernel/documents/official.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import {
  abandonInput,
  decideInput,
  eventInput,
  lookInput,
  panelInput,
  paperInput,
  publishInput,
  reportInput,
  returnInput,
  roundInput,
  roundsQuery,
  suggestionInput,
} from '../contract.ts'
import { voidBoxes } from './accounts.ts'
import { abandonRound, closeRound } from './closing.ts'
import './in-congress.ts'
import { issue, openRound } from './issuing.ts'
import { enterPaper, paperStates } from './paper.ts'
import { publishResults, reportFor, reportUp } from './reporting.ts'
import { resultsFor, yearBefore } from './results.ts'
import { look, returnedSoFar, takeSheets } from './returning.ts'
import { listRounds, maySeeResults, roundFor, saveRound } from './rounds.ts'
import { appointPanel, decide, panelMet, panelsFor, suggest, suggestionsFor } from './suggestions.ts'

const byId = z.object({ id })

/** Plans, slips and the close. */
export const roundRoutes: Routes = (app, services) => {
  const { db, today } = services
  app.get('/api/appraisal/rounds', async (request) => ({
    rounds: await listRounds(db, request.actor, parse(roundsQuery, request.query)),
  }))
  app.post('/api/appraisal/rounds', async (request, reply) => {
    const input = parse(roundInput, request.body)
    const roundId = await db.transaction().execute((tx) => saveRound(tx, request.actor, input))
    return reply.status(201).send(await roundFor(db, request.actor, roundId))
  })
  app.get('/api/appraisal/rounds/:id', async (request) => {
    const round = await roundFor(db, request.actor, parse(byId, request.params).id)
    return {
      round,
      returned: round.state === 'open' ? returnedSoFar(services, round.id) : null,
      maySeeResults: await maySeeResults(db, request.actor, round),
    }
  })
  app.put('/api/appraisal/rounds/:id', async (request) => {
    const known = { id: parse(byId, request.params).id, ...parse(z.object({ version: z.int() }), request.body) }
    const input = parse(roundInput, request.body)
    await db.transaction().execute(async (tx) => {
      // The groups are drawn up anew: their votes are called off and raters named again.
      await voidBoxes(tx, request.actor, await roundFor(tx, request.actor, known.id), '评议方案修改')
      await saveRound(tx, request.actor, input, known)
    })
    return roundFor(db, request.actor, known.id)
  })
  app.post('/api/appraisal/rounds/:id/open', async (request) => {
    const roundId = parse(byId, request.params).id
    await db.transaction().execute((tx) => openRound(services, tx, request.actor, roundId))
    return roundFor(db, request.actor, roundId)
  })
  app.post('/api/appraisal/rounds/:id/slips', async (request) => {
    const input = parse(z.object({ groupId: id, count: z.int().min(1).max(2000).optional() }), request.body)
    return db
      .transaction()
      .execute((tx) => issue(services, tx, request.actor, parse(byId, request.params).id, input.groupId, input.count))
  })
  app.get('/api/appraisal/rounds/:id/papers', async (request) => ({
    papers: await paperStates(db, request.actor, parse(byId, request.params).id),
  }))
  app.put('/api/appraisal/rounds/:id/papers/:groupId', async (request) => {
    const params = parse(z.object({ id, groupId: id }), request.params)
    const sheet = parse(paperInput, request.body)
    await db.transaction().execute((tx) => enterPaper(tx, request.actor, params.id, params.groupId, sheet))
    return { papers: await paperStates(db, request.actor, params.id) }
  })
  app.post('/api/appraisal/rounds/:id/close', async (request) => {
    const roundId = parse(byId, request.params).id
    await closeRound(services, request.actor, roundId)
    return roundFor(db, request.actor, roundId)
  })

  app.post('/api/appraisal/rounds/:id/abandon', async (request) => {
    const roundId = parse(byId, request.params).id
    await abandonRound(services, request.actor, roundId, parse(abandonInput, request.body).reason)
    return roundFor(db, request.actor, roundId)
  })

  app.get('/api/appraisal/rounds/:id/results', async (request) => {
    const found = await resultsFor(db, request.actor, parse(byId, request.params).id)
    return { ...found, before: await yearBefore(db, request.actor, found.round) }
  })
  app.get('/api/appraisal/rounds/:id/report.docx', async (request, reply) => {
    const document = await reportFor(db, request.actor, parse(byId, request.params).id)
    return reply
      .type('application/vnd.openxmlformats-officedocument.wordprocessingml.document')
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${document.title}.docx`)}`)
      .send(await officialDocx(document))
  })
  app.post('/api/appraisal/rounds/:id/report', async (request, reply) => {
    const input = parse(reportInput, request.body)
    await db.transaction().execute((tx) => reportUp(tx, request.actor, parse(byId, request.params).id, input))
    return reply.status(204).send()
  })
  app.post('/api/appraisal/rounds/:id/publish', async (request) => {
    const { untilOn } = parse(publishInput, request.body)
    const itemId = await db
      .transaction()
      .execute((tx) => publishResults(tx, request.actor, parse(byId, request.params).id, untilOn, today()))
    return { itemId }
  })
}

/** Commentators and what their words changed. */
export const suggestionRoutes: Routes = (app, { db, today }) => {
  app.get('/api/appraisal/commentators', async (request) => ({
    panels: await panelsFor(db, request.actor),
    suggestions: await suggestionsFor(db, request.actor),
  }))
  app.post('/api/appraisal/panels', async (request, reply) => {
    const input = parse(panelInput, request.body)
    const panelId = await db.transaction().execute((tx) => appointPanel(tx, request.actor, input))
    return reply.status(201).send({ id: panelId })
  })
  app.post('/api/appraisal/panels/:id/events', async (request, reply) => {
    const input = parse(eventInput, request.body)
    const eventId = await db
      .transaction()
      .execute((tx) => panelMet(tx, request.actor, parse(byId, request.params).id, input))
    return reply.status(201).send({ id: eventId })
  })
  app.post('/api/appraisal/suggestions', async (request, reply) => {
    const input = parse(suggestionInput, request.body)
    const suggestionId = await db.transaction().execute((tx) => suggest(tx, request.actor, input))
    return reply.status(201).send({ id: suggestionId })
  })
  app.post('/api/appraisal/suggestions/:id/decide', async (request, reply) => {
    const input = parse(decideInput, request.body)
    await db.transaction().execute((tx) => decide(tx, request.actor, parse(byId, request.params).id, input, today()))
    return reply.status(204).send()
  })
}

/**
 * Where the holder of a slip comes in, without an account. A request that brings a cookie is refused: a session would say
 * who returns a sheet, and its «last seen» when. Tries are limited by address, in memory only and
 * widely: one address may be a whole hall, and 59 bits are not guessed.
 */
const slip = { open: true, hall: true }
function refuseSession(cookie: string | undefined): void {
  if (cookie)
    throw new Problem(400, 'cookies-sent', '为保护不记名，填评议表时不能带着登录状态。请重新扫评议条上的二维码。')
}
export const slipRoutes: Routes = (app, services) => {
  app.post('/api/appraise/look', { config: slip }, async (request) => {
    refuseSession(request.headers.cookie)
    return look(services, parse(lookInput, request.body).code)
  })
  app.post('/api/appraise/return', { config: slip }, async (request, reply) => {
    refuseSession(request.headers.cookie)
    await takeSheets(services, parse(returnInput, request.body))
    return reply.status(204).send()
  })
}
