import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { loadCalendar } from '../calendar/calendar-days.ts'
import type { Tx } from '../db/database.ts'
import { notify } from '../notices/notices.ts'
import { deadlineOf } from '../rules/evaluate.ts'
import type { Machine, Move, State, Waiting } from './machine.ts'
import { closeTodo, openTodo } from './todos.ts'

/** The thing that is acted on, as its module describes it. */
export interface Subject {
  id: number
  unitId: number
  /** 李强的困难补助申请: stands in to-dos, notices and the audit. No secret. */
  title: string
  link: string
}

export interface ActOptions {
  /** `YYYY-MM-DD`; deadlines run from it. */
  today: string
  words?: string
  /** 转办, 加签: to whom. Callers make sure that the account exists and may see the thing. */
  toAccountId?: number
  /** Which of the move's requirements are met. */
  present?: readonly string[]
  /** The state the person saw; refused when somebody moved it meanwhile. */
  expected?: string
}

/** One act with all its circumstances. */
export interface Doing {
  tx: Tx
  actor: Actor
  machine: Machine
  subject: Subject
  /** State before the act. */
  from: string
  move: Move
  options: ActOptions
}

export const thingOf = ({ machine, subject }: Doing) => ({ objectKind: machine.objectKind, objectId: subject.id })

const cosignPrefix = (machine: Machine): string => `${machine.id}:cosign:`

/** Kind of the to-do of a person asked by 加签. */
export const cosignKind = ({ machine }: Doing, accountId: number): string => `${cosignPrefix(machine)}${accountId}`

/** Moves the to-dos and tells those concerned, after the act was written. */
export async function followUp(doing: Doing, to: string): Promise<void> {
  switch (doing.move.verb) {
    case '转办':
      return handOver(doing, doing.options.toAccountId!)
    case '加签':
      return askCosigner(doing, doing.options.toAccountId!)
    case '会签':
      await closeTodo(doing.tx, doing.actor, { ...thingOf(doing), kind: cosignKind(doing, doing.actor.accountId) })
      return
    case '催办':
      return remind(doing)
    default:
      await closeWaiting(doing)
      await wait(doing, doing.machine.states[to]!)
      return tellSubmitter(doing, to)
  }
}

/** Closes what the machine opened for the thing, requests to cosign included; other to-dos on it aren't ours. */
async function closeWaiting(doing: Doing): Promise<void> {
  await sql`update kernel.todo set done_at = now(), done_by = ${doing.actor.accountId}
    where object_kind = ${doing.machine.objectKind} and object_id = ${doing.subject.id} and done_at is null
      and (kind = ${doing.machine.id} or starts_with(kind, ${cosignPrefix(doing.machine)}))`.execute(doing.tx)
}

/** Opens what the new state waits for. */
async function wait(doing: Doing, state: State): Promise<void> {
  if (!state.waiting) return
  const { waiting } = state
  const accountId = waiting.for === 'submitter' ? await submitterOf(doing) : null
  if (waiting.for === 'submitter' && accountId === null) return
  await openTodo(doing.tx, {
    kind: doing.machine.id,
    ...thingOf(doing),
    unitId: doing.subject.unitId,
    accountId,
    permission: waiting.for === 'submitter' ? null : waiting.for.permission,
    title: `${waiting.title}：${doing.subject.title}`,
    link: doing.subject.link,
    dueOn: await due(doing, waiting),
  })
}

async function due(doing: Doing, waiting: Waiting): Promise<string | null> {
  if (!waiting.deadline) return null
  return deadlineOf(waiting.deadline, doing.options.today, await loadCalendar(doing.tx)).due
}

async function handOver(doing: Doing, accountId: number): Promise<void> {
  await sql`update kernel.todo set account_id = ${accountId}
    where kind = ${doing.machine.id} and object_kind = ${doing.machine.objectKind} and object_id = ${doing.subject.id}
      and done_at is null`.execute(doing.tx)
  await tell(doing, [accountId], `${doing.actor.name}把“${doing.subject.title}”转给您办理`)
}

async function askCosigner(doing: Doing, accountId: number): Promise<void> {
  await openTodo(doing.tx, {
    kind: cosignKind(doing, accountId),
    ...thingOf(doing),
    unitId: doing.subject.unitId,
    accountId,
    title: `待会签：${doing.subject.title}`,
    link: doing.subject.link,
  })
  await tell(doing, [accountId], `${doing.actor.name}请您会签“${doing.subject.title}”`)
}

/** Reminds the accounts it waits for; a to-do that waits for an office is already on every holder's desk. */
async function remind(doing: Doing): Promise<void> {
  const { rows } = await sql<{ accountId: number }>`
    select distinct account_id as "accountId" from kernel.todo
    where object_kind = ${doing.machine.objectKind} and object_id = ${doing.subject.id} and done_at is null
      and account_id is not null`.execute(doing.tx)
  await tell(
    doing,
    rows.map((row) => row.accountId),
    `${doing.actor.name}催办“${doing.subject.title}”`,
  )
}

async function tellSubmitter(doing: Doing, to: string): Promise<void> {
  if (doing.move.verb === '提交' || doing.move.verb === '撤回') return
  const submitter = await submitterOf(doing)
  if (submitter === null || submitter === doing.actor.accountId) return
  const words = doing.options.words?.trim()
  await tell(
    doing,
    [submitter],
    `“${doing.subject.title}”${doing.machine.states[to]!.title}`,
    `${doing.actor.name}${doing.move.verb}${words ? `：${words}` : ''}`,
  )
}

function tell(doing: Doing, accountIds: readonly number[], title: string, body?: string): Promise<void> {
  return notify(doing.tx, {
    accountIds,
    title,
    body: body ?? doing.options.words?.trim() ?? null,
    link: doing.subject.link,
  })
}

/** Account of the last 提交; null while nobody submitted, or when the operator did. */
export async function submitterOf(doing: Doing): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select actor_id as id from kernel.act
    where object_kind = ${doing.machine.objectKind} and object_id = ${doing.subject.id} and verb = '提交'
    order by id desc limit 1`.execute(doing.tx)
  return rows[0]?.id || null
}

/** True while somebody asked by 加签 has not answered. */
export async function cosigning(doing: Doing): Promise<boolean> {
  const { rows } = await sql`
    select 1 from kernel.todo where object_kind = ${doing.machine.objectKind} and object_id = ${doing.subject.id} and done_at is null
      and starts_with(kind, ${cosignPrefix(doing.machine)}) limit 1`.execute(doing.tx)
  return rows.length > 0
}
