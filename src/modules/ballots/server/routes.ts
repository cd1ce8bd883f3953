import type { Routes } from '../../../kernel/http/app.ts'
import { parse } from '../../../kernel/http/parse.ts'
import {
  channelParam,
  correctionInput,
  correctionParam,
  namedInput,
  sheetInput,
  voteParam,
  votesQuery,
} from '../contract.ts'
import { channelsOf, enterCount, markNames } from './counting.ts'
import { resultOf } from './result.ts'
import { confirmCorrection, proposeCorrection, rollOf } from './roll.ts'
import { visibleVote, votesOf } from './vote.ts'

/**
 * Reading votes, correcting rolls and entering counts. Opening, issuing and closing are acts of the thing decided (an
 * election, a congress) and have their routes there.
 */
export const voteRoutes: Routes = (app, { db }) => {
  app.get('/api/votes', async (request) => ({
    votes: await votesOf(db, request.actor, parse(votesQuery, request.query)),
  }))
  app.get('/api/votes/:id', async (request) => {
    const vote = await visibleVote(db, request.actor, parse(voteParam, request.params).id)
    const [channels, result] = await Promise.all([channelsOf(db, request.actor, vote), resultOf(db, vote.id)])
    return { vote, channels, result }
  })
  app.get('/api/votes/:id/roll', async (request) => {
    const vote = await visibleVote(db, request.actor, parse(voteParam, request.params).id)
    return rollOf(db, vote.id)
  })
  app.post('/api/votes/:id/corrections', async (request, reply) => {
    const input = parse(correctionInput, request.body)
    const vote = await visibleVote(db, request.actor, parse(voteParam, request.params).id)
    const id = await db.transaction().execute((tx) => proposeCorrection(tx, request.actor, vote.id, input))
    return reply.status(201).send({ id })
  })
  app.post('/api/votes/:id/corrections/:correctionId/confirm', async (request) => {
    const params = parse(correctionParam, request.params)
    const vote = await visibleVote(db, request.actor, params.id)
    return db.transaction().execute((tx) => confirmCorrection(tx, request.actor, vote.id, params.correctionId))
  })
  app.put('/api/votes/:id/counts/:channel', (request) => {
    const { id, channel } = parse(channelParam, request.params)
    const input = parse(sheetInput, request.body)
    return db.transaction().execute((tx) => enterCount(tx, request.actor, id, channel, input))
  })
  app.put('/api/votes/:id/names', async (request, reply) => {
    const { marks } = parse(namedInput, request.body)
    const { id } = parse(voteParam, request.params)
    await db.transaction().execute((tx) => markNames(tx, request.actor, id, marks))
    return reply.status(204).send()
  })
}
