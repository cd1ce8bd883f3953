import { z } from 'zod'
import type { Routes } from '../http/app.ts'
import { id, parse } from '../http/parse.ts'
import { markRead, noticesOf, unreadCount } from './notices.ts'

const noticeQuery = z.object({
  unread: z.enum(['true', 'false']).default('false'),
  before: id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})
const readInput = z.object({ ids: z.union([z.literal('all'), z.array(id).min(1).max(200)]) })

/** The bell: one's own messages. */
export const noticeRoutes: Routes = (app, { db }) => {
  app.get('/api/notices', async (request) => {
    const { unread, before, limit } = parse(noticeQuery, request.query)
    const [notices, unreadTotal] = await Promise.all([
      noticesOf(db, request.actor, { unreadOnly: unread === 'true', ...(before && { before }), limit }),
      unreadCount(db, request.actor),
    ])
    return { notices, unread: unreadTotal }
  })
  app.get('/api/notices/count', async (request) => ({ unread: await unreadCount(db, request.actor) }))
  app.post('/api/notices/read', async (request) => {
    const { ids } = parse(readInput, request.body)
    return { read: await markRead(db, request.actor, ids), unread: await unreadCount(db, request.actor) }
  })
}
