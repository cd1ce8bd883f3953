import { z } from 'zod'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import { visibleVote } from '../server/vote.ts'
import { printVoterCodes, voterOfCode } from './codes.ts'
import { drawPapers, myPaper } from './draw.ts'
import { requireHallCode } from './venue.ts'

const voteParam = z.object({ id })
const text = z.string().max(2000)
const code = z.string('请输入领票码').trim().min(1, '请输入领票码').max(40)
const printInput = z.object({ personIds: z.array(id).max(200_000).default([]) })
const lookInput = z.object({ code })
const drawInput = z.object({
  code,
  /** What the hall's screen shows, where the vote is in the hall. */
  hall: z.string().max(40).optional(),
  papers: z
    .array(z.object({ eid: text, blinded: text }))
    .min(1)
    .max(500),
})

/** Nobody is signed in, and a whole hall comes from one address; a code's 50 bits keep guessing hopeless. */
const ofAHall = { open: true, hall: true }

/** Voters without an account: codes printed for them, and drawing with a code. */
export const codeRoutes: Routes = (app, { db, config }) => {
  app.post('/api/votes/:id/voter-codes', async (request) => {
    const { personIds } = parse(printInput, request.body ?? {})
    const vote = await visibleVote(db, request.actor, parse(voteParam, request.params).id)
    await requirePermission(db, request.actor, 'ballots.write', vote.unitId)
    return {
      title: vote.title,
      slips: await db.transaction().execute((tx) => printVoterCodes(tx, request.actor, vote, personIds, config)),
    }
  })
  // Nobody is signed in here; the code says whose paper it is.
  app.post('/api/votes/:id/code/paper', { config: ofAHall }, async (request) => {
    const { id: voteId } = parse(voteParam, request.params)
    const voter = await voterOfCode(db, voteId, parse(lookInput, request.body).code, config)
    return myPaper(db, voter, voteId, config)
  })
  app.post('/api/votes/:id/code/draw', { config: ofAHall }, async (request) => {
    const { id: voteId } = parse(voteParam, request.params)
    const asked = parse(drawInput, request.body)
    const voter = await voterOfCode(db, voteId, asked.code, config)
    // Attempts at the hall's code are counted by person; accounts count upwards from one.
    await requireHallCode(db, { ...voter, accountId: -voter.personId! }, voteId, asked.hall, Date.now())
    return { papers: await drawPapers(db, voter, voteId, asked.papers, config) }
  })
}
