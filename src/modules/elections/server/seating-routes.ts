import type { Routes } from '../../../kernel/http/app.ts'
import { parse } from '../../../kernel/http/parse.ts'
import { byId, seatsInput } from '../contract.ts'
import { seatingOf, takeSeats } from './seating.ts'

/** Elected delegates take their seats in the congress. */
export const seatingRoutes: Routes = (app, { db }) => {
  app.get('/api/elections/:id/seats', (request) => seatingOf(db, request.actor, parse(byId, request.params).id))
  app.post('/api/elections/:id/seats', (request) => {
    const input = parse(seatsInput, request.body ?? {})
    return db.transaction().execute((tx) => takeSeats(tx, request.actor, parse(byId, request.params).id, input))
  })
}
