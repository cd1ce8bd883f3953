import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Db, Tx } from '../db/database.ts'

export interface NoticeDraft {
  accountIds: readonly number[]
  /** One line; no secret, no other person's data. */
  title: string
  body?: string | null
  /** Path of the web app. */
  link?: string | null
}

export interface Notice {
  id: number
  title: string
  body: string | null
  link: string | null
  at: Date
  readAt: Date | null
}

/** Leaves an in-app message for each account, in the transaction of what it tells about. The operator gets none. */
export async function notify(tx: Tx, notice: NoticeDraft): Promise<void> {
  const accounts = [...new Set(notice.accountIds)].filter((account) => account > 0)
  if (!accounts.length) return
  await sql`insert into kernel.notice (account_id, title, body, link)
    select account, ${notice.title}, ${notice.body ?? null}, ${notice.link ?? null} from unnest(${accounts}::bigint[]) as account`.execute(
    tx,
  )
}

/** The actor's own messages, newest first. @param before only those with a smaller id: the next page */
export async function noticesOf(
  db: Db | Tx,
  actor: Actor,
  options: { unreadOnly?: boolean; before?: number; limit?: number } = {},
): Promise<Notice[]> {
  const { rows } = await sql<Notice>`
    select id, title, body, link, at, read_at as "readAt" from kernel.notice
    where account_id = ${actor.accountId}
      and (${options.before ?? null}::bigint is null or id < ${options.before ?? null})
      ${options.unreadOnly ? sql`and read_at is null` : sql``}
    order by id desc limit ${options.limit ?? 30}`.execute(db)
  return rows
}

export async function unreadCount(db: Db | Tx, actor: Actor): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from kernel.notice where account_id = ${actor.accountId} and read_at is null`.execute(db)
  return rows[0]!.n
}

/** Marks the actor's own messages read: these, or all. Others' ids change nothing. @returns how many were unread */
export async function markRead(db: Db | Tx, actor: Actor, ids: readonly number[] | 'all'): Promise<number> {
  const { numAffectedRows } = await sql`
    update kernel.notice set read_at = now()
    where account_id = ${actor.accountId} and read_at is null ${ids === 'all' ? sql`` : sql`and id = any(${ids}::bigint[])`}`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0)
}
