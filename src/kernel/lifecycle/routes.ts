import { z } from 'zod'
import { notFound } from '../contract/problem.ts'
import type { Routes } from '../http/app.ts'
import { id, parse } from '../http/parse.ts'
import { actsOf } from './act.ts'
import { mayReadActs } from './machine.ts'
import { todoCount, todosOf } from './todos.ts'

const todoQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
})
const actQuery = z.object({ kind: z.string().min(1).max(60), id })

/** The to-do centre and the timeline of a thing. */
export const lifecycleRoutes: Routes = (app, { db, today }) => {
  app.get('/api/todos', async (request) => {
    const page = parse(todoQuery, request.query)
    const [todos, count] = await Promise.all([
      todosOf(db, request.actor, today(), page),
      todoCount(db, request.actor, today()),
    ])
    return { todos, ...count }
  })
  app.get('/api/todos/count', async (request) => todoCount(db, request.actor, today()))
  app.get('/api/acts', async (request) => {
    const query = parse(actQuery, request.query)
    if (!(await mayReadActs(db, request.actor, query.kind, query.id))) throw notFound()
    return { acts: await actsOf(db, query.kind, query.id) }
  })
}
