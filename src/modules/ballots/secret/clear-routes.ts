import { z } from 'zod'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { day, id, parse } from '../../../kernel/http/parse.ts'
import { visibleVote } from '../server/vote.ts'
import { clearSecret, complaintPeriod, extendComplaints } from './clear.ts'

const voteParam = z.object({ id })
const extendInput = z.object({
  endsOn: day,
  reason: z.string('请写明正在处理的异议').trim().min(1, '请写明正在处理的异议').max(200),
})

/** Until when complaints are taken, and what is destroyed afterwards. */
export const clearRoutes: Routes = (app, { db, today }) => {
  app.get('/api/votes/:id/complaints', async (request) => {
    const vote = await visibleVote(db, request.actor, parse(voteParam, request.params).id)
    return complaintPeriod(db, vote.id)
  })
  app.put('/api/votes/:id/complaints', async (request) => {
    const vote = await visibleVote(db, request.actor, parse(voteParam, request.params).id)
    await requirePermission(db, request.actor, 'ballots.write', vote.unitId)
    const { endsOn, reason } = parse(extendInput, request.body)
    await db.transaction().execute((tx) => extendComplaints(tx, request.actor, vote.id, endsOn, reason))
    return complaintPeriod(db, vote.id)
  })
  app.post('/api/votes/:id/secret/clear', async (request) => {
    const vote = await visibleVote(db, request.actor, parse(voteParam, request.params).id)
    await requirePermission(db, request.actor, 'ballots.write', vote.unitId)
    await db.transaction().execute((tx) => clearSecret(tx, request.actor, vote.id, today()))
    return complaintPeriod(db, vote.id)
  })
}
