import { sql } from 'kysely'
import { requirePermission } from '../access/access.ts'
import type { Actor } from '../access/actor.ts'
import { audit } from '../audit/audit.ts'
import { conflict, refused } from '../contract/problem.ts'
import type { Db, Tx } from '../db/database.ts'
import {
  cosigning,
  cosignKind,
  followUp,
  submitterOf,
  thingOf,
  type ActOptions,
  type Doing,
  type Subject,
} from './follow-up.ts'
import { needsWords, staysPut, type Machine, type Verb } from './machine.ts'
import { openTodoOf } from './todos.ts'

export interface Acted {
  from: string
  to: string
}

export interface Act {
  id: number
  verb: string
  fromState: string | null
  toState: string | null
  words: string | null
  actorId: number
  actorName: string
  office: string
  at: Date
}

/**
 * Writes one act, for things that keep their state themselves and have no machine (a record, a report). Whoever has a
 * machine calls `act`.
 */
export async function writeAct(
  tx: Tx,
  actor: Actor,
  done: {
    objectKind: string
    objectId: number
    verb: string
    from: string | null
    to: string | null
    words?: string | null
  },
): Promise<void> {
  await sql`insert into kernel.act (object_kind, object_id, verb, from_state, to_state, words, actor_id, actor_name, office)
    values (${done.objectKind}, ${done.objectId}, ${done.verb}, ${done.from}, ${done.to}, ${done.words?.trim() || null},
      ${actor.accountId}, ${actor.name}, ${actor.office})`.execute(tx)
}

/** Every act on a thing, oldest first. */
export async function actsOf(db: Db | Tx, objectKind: string, objectId: number): Promise<Act[]> {
  const { rows } = await sql<Act>`
    select id, verb, from_state as "fromState", to_state as "toState", words, actor_id as "actorId", actor_name as "actorName", office, at
    from kernel.act where object_kind = ${objectKind} and object_id = ${objectId} order by id`.execute(db)
  return rows
}

/** Where a thing stands: the state its last act led to. Nothing else stores it, so nothing can disagree. */
export async function stateOf(db: Db | Tx, machine: Machine, objectId: number): Promise<string> {
  const { rows } = await sql<{ state: string }>`
    select to_state as state from kernel.act
    where object_kind = ${machine.objectKind} and object_id = ${objectId} and to_state is not null
    order by id desc limit 1`.execute(db)
  return rows[0]?.state ?? machine.initial
}

/**
 * Does one verb to one thing: checks permission, state, words and what must be there; writes the act, moves the to-dos and
 * the clock, tells those concerned, audits. In the caller's transaction; two people acting at once queue up.
 * @throws Problem 403 | 404, 409 `moved-on`, 422 `not-now` | `words-missing` | `not-ready` | `nobody-named` | `not-yours` |
 *   `cosigning` | `not-asked`
 */
export async function act(
  tx: Tx,
  actor: Actor,
  machine: Machine,
  subject: Subject,
  verb: Verb,
  options: ActOptions,
): Promise<Acted> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${machine.objectKind}:${subject.id}`}, 0))`.execute(tx)
  const from = await stateOf(tx, machine, subject.id)
  const state = machine.states[from]
  if (!state) throw new Error(`machine ${machine.id} has no state ${from}`)
  if (options.expected !== undefined && options.expected !== from)
    throw conflict('moved-on', `“${subject.title}”已被其他人办理，现在是“${state.title}”。请刷新后再操作。`)
  const move = state.moves.find((offered) => offered.verb === verb)
  if (!move) throw refused('not-now', `“${subject.title}”现在是“${state.title}”，不能${verb}。`)

  const doing: Doing = { tx, actor, machine, subject, from, move, options }
  await check(doing)
  const to = move.to ?? from
  await write(doing, to)
  await followUp(doing, to)
  return { from, to }
}

async function check(doing: Doing): Promise<void> {
  const { verb, permission } = doing.move
  const words = doing.options.words?.trim()
  // Whoever was asked to cosign answers by that request and needs no permission of the office.
  if (verb === '会签') {
    if (!(await openTodoOf(doing.tx, { kind: cosignKind(doing, doing.actor.accountId), ...thingOf(doing) })))
      throw refused('not-asked', '没有请您会签，或您已经会签过。')
  } else if (verb === '撤回') {
    if ((await submitterOf(doing)) !== doing.actor.accountId) throw refused('not-yours', '只有提交人本人可以撤回。')
  } else await requirePermission(doing.tx, doing.actor, permission, doing.subject.unitId)

  if (needsWords(doing.move) && !words)
    throw refused('words-missing', `请写明${verb}的理由。`, { words: `请写明${verb}的理由` })
  const missing = Object.entries(doing.move.requires ?? {}).filter(([key]) => !doing.options.present?.includes(key))
  if (missing.length) throw refused('not-ready', `还不能${verb}，缺少：${missing.map(([, what]) => what).join('、')}。`)
  if ((verb === '转办' || verb === '加签') && !doing.options.toAccountId)
    throw refused('nobody-named', `请选择${verb}给谁。`)
  if (['同意', '退回', '否决', '公示'].includes(verb)) {
    const open = await openTodoOf(doing.tx, { kind: doing.machine.id, ...thingOf(doing) })
    if (open?.accountId && open.accountId !== doing.actor.accountId)
      throw refused('not-yours', '这件事已经转给其他人办理，请由他办理。')
  }
  if ((verb === '同意' || verb === '公示') && (await cosigning(doing)))
    throw refused('cosigning', '还有人没有会签，请等会签完成后再办理。')
}

async function write(doing: Doing, to: string): Promise<void> {
  const { verb } = doing.move
  await writeAct(doing.tx, doing.actor, {
    ...thingOf(doing),
    verb,
    from: doing.from,
    to: staysPut(verb) ? null : to,
    ...(doing.options.words && { words: doing.options.words }),
  })
  await audit(doing.tx, doing.actor, {
    action: `${doing.machine.id}.act`,
    objectKind: doing.machine.objectKind,
    objectId: doing.subject.id,
    unitId: doing.subject.unitId,
    summary: `${verb}“${doing.subject.title}”`,
    detail: {
      verb,
      from: doing.from,
      to,
      ...(doing.options.toAccountId && { toAccountId: doing.options.toAccountId }),
    },
  })
}
