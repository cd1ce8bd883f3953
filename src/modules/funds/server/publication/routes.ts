import { z } from 'zod'
import { allows } from '../../../../kernel/access/access.ts'
import type { Routes } from '../../../../kernel/http/app.ts'
import { id, parse } from '../../../../kernel/http/parse.ts'
import { actsOf } from '../../../../kernel/lifecycle/act.ts'
import { statementQuery } from '../../contract.ts'
import { publicationAct, publicationInput } from '../../publication-contract.ts'
import { readBook } from '../journal/access.ts'
import { accountText } from './account-text.ts'
import { askPublication, decidePublication, isClosed, publicationById, publicationsOf } from './publications.ts'

const byId = z.object({ id })

/** Accounts published to the members. */
export const publicationRoutes: Routes = (app, { db, today }) => {
  app.get('/api/funds/books/:id/publication', async (request) => {
    const query = parse(statementQuery, request.query)
    const period = { ...query, month: query.yearly ? 12 : query.month }
    const book = await readBook(db, request.actor, parse(byId, request.params).id)
    const [closed, known, asks] = await Promise.all([
      isClosed(db, book, period),
      publicationsOf(db, book, period),
      allows(db, request.actor, 'funds.close', book.unitId),
    ])
    const standing = known.find((one) => one.state === 'submitted' || one.state === 'published')
    return {
      closed,
      publications: known,
      mayAsk: asks && closed && !standing,
      preview: asks && closed && !standing ? await accountText(db, book, period) : null,
    }
  })
  app.post('/api/funds/books/:id/publications', async (request, reply) => {
    const input = parse(publicationInput, request.body)
    const made = await db
      .transaction()
      .execute(async (tx) =>
        askPublication(
          tx,
          request.actor,
          await readBook(tx, request.actor, parse(byId, request.params).id),
          input,
          today(),
        ),
      )
    return reply.status(201).send(made)
  })
  app.get('/api/funds/publications/:id', async (request) => {
    const publication = await publicationById(db, request.actor, parse(byId, request.params).id)
    const [acts, approves, asks] = await Promise.all([
      actsOf(db, 'funds-publication', publication.id),
      allows(db, request.actor, 'funds.approve', publication.unitId),
      allows(db, request.actor, 'funds.close', publication.unitId),
    ])
    const own = publication.askedBy === request.actor.accountId
    return {
      publication,
      acts,
      may: {
        approve: approves && !own && publication.state === 'submitted',
        takeDown: approves && publication.state === 'published',
        withdraw: asks && own && publication.state === 'submitted',
      },
    }
  })
  app.post('/api/funds/publications/:id/acts', (request) => {
    const input = parse(publicationAct, request.body)
    return db
      .transaction()
      .execute((tx) => decidePublication(tx, request.actor, parse(byId, request.params).id, input, today()))
  })
}
