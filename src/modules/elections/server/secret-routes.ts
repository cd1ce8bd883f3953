import type { Routes } from '../../../kernel/http/app.ts'
import { parse } from '../../../kernel/http/parse.ts'
import { ballotModeInput, byId } from '../contract.ts'
import { setBallotMode } from './secret-round.ts'

/** How a sitting votes. */
export const secretRoundRoutes: Routes = (app, { db }) => {
  app.put('/api/sittings/:id/ballot-mode', async (request) => {
    const { id } = parse(byId, request.params)
    const choice = parse(ballotModeInput, request.body)
    return { secret: await db.transaction().execute((tx) => setBallotMode(tx, request.actor, id, choice)) }
  })
}
