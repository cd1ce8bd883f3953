import { z } from 'zod'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import { clearUrns } from '../../ballots/public.ts'
import { ratersInput } from '../contract.ts'
import { closeBoxes, nameRaters, recordRaters } from './accounts.ts'
import { roundFor } from './rounds.ts'

const byId = z.object({ id })

/** Raters with accounts; drawing and casting are the booth's (`/api/my-votes`). */
export const accountRoutes: Routes = (app, services) => {
  const { db, config } = services
  app.put('/api/appraisal/rounds/:id/raters/:groupId', async (request) => {
    const params = parse(z.object({ id, groupId: id }), request.params)
    const input = parse(ratersInput, request.body)
    const round = await roundFor(db, request.actor, params.id)
    const people = await db.transaction().execute(async (tx) => {
      const named = await nameRaters(tx, request.actor, params.id, params.groupId, input)
      await recordRaters(tx, request.actor, round, named)
      return named
    })
    return { people }
  })
  app.post('/api/appraisal/rounds/:id/close-boxes', async (request, reply) => {
    const roundId = parse(byId, request.params).id
    await roundFor(db, request.actor, roundId)
    await db.transaction().execute((tx) => closeBoxes(services, tx, request.actor, roundId))
    await clearUrns(db, config)
    return reply.status(204).send()
  })
}
