import { z } from 'zod'
import type { Tx } from '../../../kernel/db/database.ts'
import { officialDocx } from '../../../kernel/documents/official.ts'
import { officialHtml } from '../../../kernel/documents/official-html.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { day, id, parse } from '../../../kernel/http/parse.ts'
import {
  awardInput,
  changedInput,
  decideInput,
  entriesInput,
  panelBallotInput,
  panelInput,
  voidBallotInput,
  scoreInput,
  suggestionInput,
} from '../contract.ts'
import { decideAwards } from './awards.ts'
import { announceBallot, ballotsOf, callBallot, callOffBallot, finishByBallot, openBallot } from './panel-ballots.ts'
import { formPanel, panelFor, panelsOf, putBefore } from './panels.ts'
import { entriesOf, givePoints, judgesOf } from './scores.ts'
import { discardVoided } from '../../ballots/public.ts'
import { namedSessions } from '../../congress/public.ts'
import { handlingReport } from './report.ts'
import { statisticsOf } from './statistics.ts'
import {
  decide,
  listSuggestions,
  recordChange,
  suggest,
  suggestionDetail,
  suggestionQuery,
  withdrawSuggestion,
} from './suggestions.ts'

const byId = z.object({ id })
const period = z
  .object({ unitId: id, from: day, to: day })
  .refine((asked) => asked.from <= asked.to, { path: ['to'], message: '结束日期不能早于开始日期' })

/** Suggestions, panels, statistics and the report to the congress. */
export const suggestionRoutes: Routes = (app, { db, today, config }) => {
  const inTx = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => db.transaction().execute(work)

  app.get('/api/suggestions', (request) => listSuggestions(db, request.actor, parse(suggestionQuery, request.query)))
  app.post('/api/suggestions', async (request, reply) =>
    reply
      .status(201)
      .send({ id: await inTx((tx) => suggest(tx, request.actor, parse(suggestionInput, request.body), today())) }),
  )
  app.get('/api/suggestions/:id', (request) => suggestionDetail(db, request.actor, parse(byId, request.params).id))
  app.post('/api/suggestions/:id/withdraw', async (request) => {
    await inTx((tx) => withdrawSuggestion(tx, request.actor, parse(byId, request.params).id, today()))
    return {}
  })
  app.post('/api/suggestions/:id/decide', async (request) => {
    await inTx((tx) =>
      decide(tx, request.actor, parse(byId, request.params).id, parse(decideInput, request.body), today()),
    )
    return {}
  })
  app.post('/api/suggestions/:id/change', async (request) => {
    await inTx((tx) =>
      recordChange(tx, request.actor, parse(byId, request.params).id, parse(changedInput, request.body), today()),
    )
    return {}
  })

  app.get('/api/motion-panels', async (request) => {
    const { unitId } = parse(z.object({ unitId: id }), request.query)
    return { panels: await panelsOf(db, request.actor, unitId) }
  })
  app.post('/api/motion-panels', async (request, reply) =>
    reply.status(201).send({ id: await inTx((tx) => formPanel(tx, request.actor, parse(panelInput, request.body))) }),
  )
  app.get('/api/motion-panels/:id', async (request) => {
    const panelId = parse(byId, request.params).id
    const panel = await panelFor(db, request.actor, panelId)
    const [judges, entries, ballots, [session]] = await Promise.all([
      judgesOf(db, panelId),
      entriesOf(db, request.actor, panelId),
      ballotsOf(db, panelId),
      panel.sessionId ? namedSessions(db, { ids: [panel.sessionId] }) : [],
    ])
    // A judge sees what the others gave only when all is decided: nobody's points lean on another's.
    const open = panel.closedOn !== null || panel.leads
    return {
      ...panel,
      sessionTitle: session?.title ?? null,
      ballots,
      judges,
      entries: open
        ? entries
        : entries
            .map((entry) => ({ ...entry, points: null, meanHundredths: null, owner: null }))
            .toSorted((one, other) => one.id - other.id),
    }
  })
  app.post('/api/motion-panels/:id/entries', async (request) => {
    await inTx((tx) => putBefore(tx, request.actor, parse(byId, request.params).id, parse(entriesInput, request.body)))
    return {}
  })
  app.post('/api/motion-panels/:id/entries/:entryId/score', async (request) => {
    const params = parse(z.object({ id, entryId: id }), request.params)
    await inTx((tx) =>
      givePoints(tx, request.actor, params.id, params.entryId, parse(scoreInput, request.body), today()),
    )
    return {}
  })
  app.post('/api/motion-panels/:id/ballots', async (request, reply) => {
    const input = parse(panelBallotInput, request.body)
    const vote = await inTx((tx) => callBallot(tx, request.actor, parse(byId, request.params).id, input, today()))
    return reply.status(201).send({ id: vote.id })
  })
  app.post('/api/motion-panels/:id/ballots/:voteId/announce', (request) => {
    const params = parse(z.object({ id, voteId: id }), request.params)
    return inTx((tx) => announceBallot(tx, request.actor, params.id, params.voteId, today()))
  })
  app.post('/api/motion-panels/:id/ballots/:voteId/open', async (request) => {
    const params = parse(z.object({ id, voteId: id }), request.params)
    await inTx((tx) => openBallot(tx, request.actor, params.id, params.voteId, config))
    return {}
  })
  app.post('/api/motion-panels/:id/ballots/:voteId/void', async (request) => {
    const params = parse(z.object({ id, voteId: id }), request.params)
    const { reason } = parse(voidBallotInput, request.body)
    await inTx((tx) => callOffBallot(tx, request.actor, params.id, params.voteId, reason))
    await discardVoided(db, params.voteId, config)
    return {}
  })
  app.post('/api/motion-panels/:id/finish', async (request) => {
    await inTx((tx) => finishByBallot(tx, request.actor, parse(byId, request.params).id, today()))
    return {}
  })
  app.post('/api/motion-panels/:id/awards', async (request) => {
    await inTx((tx) =>
      decideAwards(tx, request.actor, parse(byId, request.params).id, parse(awardInput, request.body), today()),
    )
    return {}
  })

  app.get('/api/motion-statistics', (request) => statisticsOf(db, request.actor, parse(period, request.query), today()))
  const reportQuery = z.object({
    unitId: id,
    from: day,
    to: day,
    congress: z.string().trim().min(1).max(60).default('职工代表大会'),
  })
  app.get('/api/motion-report.docx', async (request, reply) => {
    const query = parse(reportQuery, request.query)
    const document = await officialDocx(await handlingReport(db, request.actor, query, today()))
    return reply
      .type('application/vnd.openxmlformats-officedocument.wordprocessingml.document')
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent('提案办理情况报告.docx')}`)
      .send(document)
  })
  app.get('/api/motion-report', async (request) => ({
    html: officialHtml(await handlingReport(db, request.actor, parse(reportQuery, request.query), today())),
  }))
}
