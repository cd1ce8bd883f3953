import type { Routes } from '../../../kernel/http/app.ts'
import { parse } from '../../../kernel/http/parse.ts'
import { closeProjectInput, decideInput, idParam, opinionInput, projectInput, termsQuery } from '../contract.ts'
import { closeProject, decideOpinion, openProject, projectFor, projectsOf, say } from './projects.ts'

const idOf = (params: unknown): number => parse(idParam, params).id

/** Where delegates take part and supervise: who was sent, what they said, what became of it. */
export const projectRoutes: Routes = (app, { db }) => {
  app.get('/api/congress/projects', async (request) => ({
    projects: await projectsOf(db, request.actor, parse(termsQuery, request.query).unitId),
  }))
  app.post('/api/congress/projects', async (request, reply) => {
    const input = parse(projectInput, request.body)
    const id = await db.transaction().execute((tx) => openProject(tx, request.actor, input))
    return reply.status(201).send({ id })
  })
  app.get('/api/congress/projects/:id', (request) => projectFor(db, request.actor, idOf(request.params)))
  app.post('/api/congress/projects/:id/opinions', async (request, reply) => {
    const input = parse(opinionInput, request.body)
    await db.transaction().execute((tx) => say(tx, request.actor, idOf(request.params), input))
    return reply.status(201).send({})
  })
  app.post('/api/congress/opinions/:id/decide', async (request) => {
    const input = parse(decideInput, request.body)
    await db.transaction().execute((tx) => decideOpinion(tx, request.actor, idOf(request.params), input))
    return {}
  })
  app.post('/api/congress/projects/:id/close', async (request) => {
    const input = parse(closeProjectInput, request.body)
    await db.transaction().execute((tx) => closeProject(tx, request.actor, idOf(request.params), input))
    return {}
  })
}
