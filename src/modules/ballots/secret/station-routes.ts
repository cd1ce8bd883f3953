import QRCode from 'qrcode'
import { z } from 'zod'
import { requirePermission } from '../../../kernel/access/access.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import type { HallScreen } from '../contract.ts'
import { visibleVote } from '../server/vote.ts'
import { dutiesOf, standingOf } from './standing.ts'
import { drawAtKiosk, kioskPaper, lookUp, markDrawn, printSlips, stationVote } from './stations.ts'
import { hallCode } from './venue.ts'
import { nameWriteIn } from './write-ins.ts'

const voteParam = z.object({ id })
const text = z.string().max(2000)
const markInput = z.object({ personId: id, channel: z.string().min(1).max(40) })
const slipsInput = z.object({ count: z.int('请填写张数').min(1, '至少一张').max(500, '一次最多五百张') })
const kioskInput = z.object({
  code: z.string('请输入领票条上的字母和数字').trim().min(1, '请输入领票条上的字母和数字').max(40),
  papers: z
    .array(z.object({ eid: text, blinded: text }))
    .min(1)
    .max(500),
})
const writeInInput = z.object({ label: z.string().min(1).max(60), personId: id })
const lookInput = z.object({ q: z.string().trim().min(1).max(40) })

/** The hall's screen, the stations, the scrutineers' duties. */
export const stationRoutes: Routes = (app, { db, config }) => {
  app.get('/api/scrutiny', async (request) => ({ duties: await dutiesOf(db, request.actor) }))
  app.get('/api/votes/:id/secret', async (request) => {
    const vote = await visibleVote(db, request.actor, parse(voteParam, request.params).id)
    if (vote.mode !== 'secret') throw notFound('无记名电子投票')
    return standingOf(db, request.actor, vote)
  })
  app.get('/api/votes/:id/hall', async (request) => {
    const vote = await visibleVote(db, request.actor, parse(voteParam, request.params).id)
    if (vote.rule.secret?.venue !== 'hall') throw notFound('会场码')
    const { state, eids, drawn, notDrawn } = await standingOf(db, request.actor, vote)
    const screen: HallScreen = {
      title: vote.title,
      unitName: vote.unitName,
      state,
      expected: vote.expected,
      drawn: drawn.reduce((sum, one) => sum + one.papers, 0),
      notDrawn,
      eids,
      qr: await QRCode.toDataURL(`${config.publicUrl}/my-votes`, { margin: 1, width: 320 }),
      ...(state === 'open' && (await hallCode(db, vote, Date.now()))),
    }
    return screen
  })
  app.get('/api/votes/:id/station/roll', async (request) => {
    const vote = await stationVote(db, request.actor, parse(voteParam, request.params).id)
    return { lines: await lookUp(db, vote.id, parse(lookInput, request.query).q) }
  })
  app.post('/api/votes/:id/station/marks', async (request, reply) => {
    const { personId, channel } = parse(markInput, request.body)
    await markDrawn(db, request.actor, parse(voteParam, request.params).id, personId, channel)
    return reply.status(204).send()
  })
  app.post('/api/votes/:id/station/slips', async (request) => {
    const { count } = parse(slipsInput, request.body)
    const vote = await stationVote(db, request.actor, parse(voteParam, request.params).id)
    await requirePermission(db, request.actor, 'ballots.write', vote.unitId)
    return {
      title: vote.title,
      codes: await db.transaction().execute((tx) => printSlips(tx, request.actor, vote.id, count)),
    }
  })
  app.post('/api/votes/:id/write-ins', async (request, reply) => {
    const { label, personId } = parse(writeInInput, request.body)
    const vote = await visibleVote(db, request.actor, parse(voteParam, request.params).id)
    await requirePermission(db, request.actor, 'ballots.write', vote.unitId)
    await db.transaction().execute((tx) => nameWriteIn(tx, request.actor, vote.id, label, personId))
    return reply.status(204).send()
  })
  app.get('/api/votes/:id/station/paper', (request) =>
    kioskPaper(db, request.actor, parse(voteParam, request.params).id, config),
  )
  app.post('/api/votes/:id/station/draw', async (request) => {
    const { code, papers } = parse(kioskInput, request.body)
    return {
      papers: await drawAtKiosk(db, request.actor, parse(voteParam, request.params).id, code, papers, config),
    }
  })
}
