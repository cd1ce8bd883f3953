import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { conflict, notFound } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { act } from '../../../kernel/lifecycle/act.ts'
import type { ActOptions } from '../../../kernel/lifecycle/follow-up.ts'
import type { Verb } from '../../../kernel/lifecycle/machine.ts'
import { notify } from '../../../kernel/notices/notices.ts'
import type { Channel, Kind, MotionState, Source } from '../words.ts'
import { fileRecords } from './filing.ts'
import { motionMachine } from './machine.ts'
import { accountOf, motionsSeenBy } from './seeing.ts'

export interface Motion {
  id: number
  unitId: number
  callId: number | null
  session: string | null
  channel: Channel
  source: Source
  kind: Kind
  category: string | null
  title: string
  body: string
  remedy: string | null
  moverId: number | null
  delegation: string | null
  state: MotionState
  receivedOn: string | null
  series: string | null
  number: number | null
  filedOn: string | null
  reason: string | null
  mergedInto: number | null
  leader: string | null
  transferredOn: string | null
  round: number
  dueOn: string | null
  repliedOn: string | null
  progress: string | null
  verdictDueOn: string | null
  urged: boolean
  closedOn: string | null
  version: number
  createdBy: number
}

const columns = sql`m.id, m.unit_id as "unitId", m.call_id as "callId", m.session, m.channel, m.source, m.kind, m.category, m.title,
  m.body, m.remedy, m.mover_id as "moverId", m.delegation, m.state, m.received_on as "receivedOn", m.series, m.number,
  m.filed_on as "filedOn", m.reason, m.merged_into as "mergedInto", m.leader, m.transferred_on as "transferredOn", m.round,
  m.due_on as "dueOn", m.replied_on as "repliedOn", m.progress, m.verdict_due_on as "verdictDueOn", m.urged,
  m.closed_on as "closedOn", m.version, m.created_by as "createdBy"`

/** A motion the actor may see. @throws Problem 404 for everybody else */
export async function motionFor(db: Db | Tx, actor: Actor, id: number): Promise<Motion> {
  const { rows } = await sql<Motion>`
    select ${columns} from motions.motion m where m.id = ${id} and ${motionsSeenBy(actor)}`.execute(db)
  if (!rows[0]) throw notFound('提案')
  return rows[0]
}

/** The same, locked for the rest of the transaction. */
export async function lockMotion(tx: Tx, actor: Actor, id: number): Promise<Motion> {
  await sql`select 1 from motions.motion where id = ${id} for update`.execute(tx)
  return motionFor(tx, actor, id)
}

/** @throws Problem 409 when somebody changed it since the page was read */
export function unchanged(motion: Motion, version: number | undefined): void {
  if (version !== undefined && version !== motion.version)
    throw conflict('edited-meanwhile', '这份提案刚被修改过。请刷新页面，核对后再操作。')
}

export const linkOf = (id: number): string => `/motions/${id}`
export const subjectOf = (motion: Motion) => ({
  id: motion.id,
  unitId: motion.unitId,
  title: motion.title,
  link: linkOf(motion.id),
})

/**
 * One act on a motion: the machine judges and writes it, the row takes the new state (and what else changed), the
 * register follows.
 */
export async function step(
  tx: Tx,
  actor: Actor,
  motion: Motion,
  verb: Verb,
  options: ActOptions,
  changes: Partial<Record<keyof typeof COLUMN, unknown>> = {},
): Promise<MotionState> {
  const { to } = await act(tx, actor, motionMachine, subjectOf(motion), verb, options)
  await write(tx, motion.id, { ...changes, state: to })
  await fileRecords(tx, actor, [motion.id])
  return to as MotionState
}

const COLUMN = {
  state: 'state',
  kind: 'kind',
  category: 'category',
  session: 'session',
  channel: 'channel',
  receivedOn: 'received_on',
  series: 'series',
  number: 'number',
  filedOn: 'filed_on',
  reason: 'reason',
  mergedInto: 'merged_into',
  leader: 'leader',
  transferredOn: 'transferred_on',
  round: 'round',
  dueOn: 'due_on',
  repliedOn: 'replied_on',
  progress: 'progress',
  verdictDueOn: 'verdict_due_on',
  urged: 'urged',
  closedOn: 'closed_on',
} as const

/** Writes columns of one motion. */
export async function write(tx: Tx, id: number, changes: Partial<Record<keyof typeof COLUMN, unknown>>): Promise<void> {
  const sets = Object.entries(changes).map(
    ([name, value]) => sql`${sql.ref(COLUMN[name as keyof typeof COLUMN])} = ${value}`,
  )
  await sql`update motions.motion set ${sql.join([...sets, sql`version = version + 1`])} where id = ${id}`.execute(tx)
}

/** Tells the mover, unless the mover did it or has no account. */
export async function tellMover(tx: Tx, actor: Actor, motion: Motion, title: string, body?: string): Promise<void> {
  const account = await accountOf(tx, motion.moverId)
  if (account === null || account === actor.accountId) return
  await notify(tx, { accountIds: [account], title, body: body ?? null, link: linkOf(motion.id) })
}
