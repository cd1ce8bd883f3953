import type { Routes } from '../../../kernel/http/app.ts'
import { parse } from '../../../kernel/http/parse.ts'
import { annulmentAnswer, annulmentInput, byId, seatsInput } from '../contract.ts'
import { annulmentOf, answerAnnulment, proposeAnnulment } from './annulment.ts'
import { seatingOf, takeSeats } from './seating.ts'

/** Elected delegates take their seats in the congress, and lose them where two find their election invalid. */
export const seatingRoutes: Routes = (app, { db, today }) => {
  app.get('/api/elections/:id/seats', (request) => seatingOf(db, request.actor, parse(byId, request.params).id))
  app.post('/api/elections/:id/seats', (request) => {
    const input = parse(seatsInput, request.body ?? {})
    return db.transaction().execute((tx) => takeSeats(tx, request.actor, parse(byId, request.params).id, input))
  })
  app.post('/api/elections/:id/annulment', (request) => {
    const { id } = parse(byId, request.params)
    const input = parse(annulmentInput, request.body)
    return db.transaction().execute(async (tx) => {
      await proposeAnnulment(tx, request.actor, id, input, today())
      return annulmentOf(tx, request.actor, id)
    })
  })
  app.post('/api/elections/:id/annulment/answer', (request) => {
    const { id } = parse(byId, request.params)
    const answer = parse(annulmentAnswer, request.body)
    return db.transaction().execute(async (tx) => {
      await answerAnnulment(tx, request.actor, id, answer, today())
      return annulmentOf(tx, request.actor, id)
    })
  })
}
