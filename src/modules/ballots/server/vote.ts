import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { allows, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Kind, Rule } from '../verdict/rule.ts'
import type { Mode, VoteState } from '../words.ts'

export interface Item {
  key: string
  label: string
  personId: number | null
  position: number
  /** false: written in by voters. */
  listed: boolean
  barred: string | null
}

export interface Teller {
  personId: number
  name: string
  duty: '总监票人' | '监票人' | '计票人'
}

export interface Vote {
  id: number
  unitId: number
  unitName: string
  subjectKind: string
  subjectPath: string
  title: string
  kind: Kind
  mode: Mode
  rule: Rule
  state: VoteState
  heldOn: string
  round: number
  revoteOf: number | null
  channels: string[]
  /** People on the roll who may vote: 应到会. */
  expected: number
  all: number | null
  unit: number | null
  present: number | null
  hash: string | null
  items: Item[]
  tellers: Teller[]
}

export interface NewVote {
  unitId: number
  /** Kind of the thing decided (`elections`) and its address in the app without the leading slash (`elections/12`). */
  subject: { kind: string; path: string }
  title: string
  kind: Kind
  mode: Mode
  rule: Rule
  /** `YYYY-MM-DD` */
  heldOn: string
  /** Lines of the sheet in their order; candidates in stroke order. */
  items: readonly { key: string; label: string; personId?: number | null }[]
  /** Who may vote. */
  roll: readonly number[]
  /** The body with its vacant places (全体), and the electoral unit, where they differ from the roll. */
  all?: number
  unit?: number
  /** Where papers are handed out and counted; `main` alone when left out. */
  channels?: readonly string[]
  tellers?: readonly { personId: number; duty: Teller['duty'] }[]
  round?: number
  revoteOf?: number
}

const columns = sql`v.id, v.unit_id as "unitId", u.name as "unitName", v.subject_kind as "subjectKind", v.subject_path as "subjectPath",
  v.title, v.kind, v.mode, v.rule, v.state, v.held_on as "heldOn", v.round, v.revote_of as "revoteOf", v.channels,
  v.all_count as "all", v.unit_count as "unit", v.present, v.hash,
  (select count(*) from ballots.roll_line l where l.vote_id = v.id and not l.struck) as expected,
  coalesce((select jsonb_agg(jsonb_build_object('key', i.key, 'label', i.label, 'personId', i.person_id, 'position', i.position,
    'listed', i.listed, 'barred', i.barred) order by i.listed desc, i.position) from ballots.vote_item i where i.vote_id = v.id), '[]') as items,
  coalesce((select jsonb_agg(jsonb_build_object('personId', t.person_id, 'name', t.name, 'duty', t.duty)
    order by array_position(array['总监票人', '监票人', '计票人'], t.duty), t.person_id)
    from ballots.teller t where t.vote_id = v.id), '[]') as tellers
  from ballots.vote v join organisation.unit u on u.id = v.unit_id`

/** A vote as it stands. @throws Problem 404 */
export async function voteById(db: Db | Tx, id: number): Promise<Vote> {
  const { rows } = await sql<Vote>`select ${columns} where v.id = ${id}`.execute(db)
  if (!rows[0]) throw notFound('表决')
  return rows[0]
}

/** The same, held until the transaction ends: two officers acting at once queue up. */
export async function lockVote(tx: Tx, id: number): Promise<Vote> {
  await sql`select 1 from ballots.vote where id = ${id} for update`.execute(tx)
  return voteById(tx, id)
}

/** Votes about one thing, oldest first. Callers check who may see the thing. */
export async function votesAbout(db: Db | Tx, path: string): Promise<Vote[]> {
  return (await sql<Vote>`select ${columns} where v.subject_path = ${path} order by v.id`.execute(db)).rows
}

/** Votes the actor may see, the newest first. */
export async function votesOf(
  db: Db,
  actor: Actor,
  query: { unitId?: number | undefined; subject?: string | undefined },
): Promise<Vote[]> {
  const { rows } = await sql<Vote>`select ${columns} where ${visibleTo(actor, 'ballots.read', 'v.unit_id')}
    and (${query.unitId ?? null}::bigint is null or v.unit_id = ${query.unitId ?? null})
    and (${query.subject ?? null}::text is null or v.subject_path = ${query.subject ?? null})
    order by v.id desc limit 200`.execute(db)
  return rows
}

/** Whether the actor is one of the vote's tellers. */
export const isTeller = (vote: Vote, actor: Actor): boolean =>
  actor.personId !== null && vote.tellers.some((teller) => teller.personId === actor.personId)

/** A vote its officers and its own tellers may see. @throws Problem 404 */
export async function visibleVote(db: Db | Tx, actor: Actor, id: number): Promise<Vote> {
  const vote = await voteById(db, id)
  if (isTeller(vote, actor) || (await allows(db, actor, 'ballots.read', vote.unitId))) return vote
  throw notFound('表决')
}

/**
 * Puts a vote up as a draft: items, roll and rule may still change. Callers check their own permission.
 * @throws Problem 422 `nothing-to-vote` | `roll-too-small` | `teller-is-candidate`
 */
export async function openVote(tx: Tx, actor: Actor, draft: NewVote): Promise<Vote> {
  if (draft.items.length === 0) throw refused('nothing-to-vote', '没有可供表决的事项或候选人，请先填写。')
  const roll = [...new Set(draft.roll)]
  if (roll.length < 2) throw refused('roll-too-small', `有表决权的只有 ${roll.length} 人，不能表决。请核对名册。`)
  const { rows } = await sql<{ id: number }>`
    insert into ballots.vote (unit_id, subject_kind, subject_path, title, kind, mode, rule, held_on, round, revote_of, channels,
      all_count, unit_count, created_by)
    values (${draft.unitId}, ${draft.subject.kind}, ${draft.subject.path}, ${draft.title}, ${draft.kind}, ${draft.mode},
      ${JSON.stringify(draft.rule)}::jsonb, ${draft.heldOn}::date, ${draft.round ?? 1}, ${draft.revoteOf ?? null},
      ${[...(draft.channels ?? ['main'])]}::text[], ${draft.all ?? null}, ${draft.unit ?? null}, ${actor.accountId}) returning id`.execute(
    tx,
  )
  const id = rows[0]!.id
  await sql`insert into ballots.vote_item (vote_id, key, label, person_id, position)
    select ${id}, i.* from unnest(${draft.items.map((item) => item.key)}::text[], ${draft.items.map((item) => item.label)}::text[],
      ${draft.items.map((item) => item.personId ?? null)}::bigint[]) with ordinality i`.execute(tx)
  await sql`insert into ballots.roll_line (vote_id, person_id, unit_id, name)
    select ${id}, p.id, p.unit_id, p.name from members.person p where p.id = any(${roll}::bigint[])`.execute(tx)
  if (draft.tellers?.length) await setTellers(tx, actor, id, draft.tellers)
  await audit(tx, actor, {
    action: 'ballots.open',
    objectKind: 'vote',
    objectId: id,
    unitId: draft.unitId,
    summary: `提交表决“${draft.title}”，名册 ${roll.length} 人`,
    detail: { kind: draft.kind, mode: draft.mode, items: draft.items.length, round: draft.round ?? 1 },
  })
  return voteById(tx, id)
}

/**
 * Names who supervises and counts. A candidate never does (选举工作条例 第二十一条).
 * @throws Problem 409 `vote-frozen`, 422 `teller-is-candidate`
 */
export async function setTellers(
  tx: Tx,
  actor: Actor,
  voteId: number,
  tellers: NonNullable<NewVote['tellers']>,
): Promise<void> {
  const vote = await lockVote(tx, voteId)
  if (vote.state !== 'draft') throw conflict('vote-frozen', '已经开始发票，监票人、计票人不能再改。')
  const candidate = vote.items.find((item) => tellers.some((teller) => teller.personId === item.personId))
  if (candidate)
    throw refused('teller-is-candidate', `${candidate.label}是候选人，不能担任监票、计票工作，请另选他人。`, {
      tellers: '监票人、计票人不能是候选人',
    })
  await sql`delete from ballots.teller where vote_id = ${voteId}`.execute(tx)
  await sql`insert into ballots.teller (vote_id, person_id, name, duty)
    select ${voteId}, p.id, p.name, t.duty from unnest(${tellers.map((one) => one.personId)}::bigint[],
      ${tellers.map((one) => one.duty)}::text[]) t (id, duty) join members.person p on p.id = t.id`.execute(tx)
  // Whoever isn't a teller any more holds no key of the box.
  await sql`delete from ballots.scrutineer_key where vote_id = ${voteId}
    and person_id <> all(${tellers.map((one) => one.personId)}::bigint[])`.execute(tx)
  await audit(tx, actor, {
    action: 'ballots.tellers',
    objectKind: 'vote',
    objectId: voteId,
    unitId: vote.unitId,
    summary: `确定“${vote.title}”的监票人、计票人 ${tellers.length} 人`,
  })
}

/** Objects with their keys in order, so that the same content has one text and one hash. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value && typeof value === 'object')
    return `{${Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
      .join(',')}}`
  return JSON.stringify(value)
}

/** One hash over rule, items and roll: what was frozen can be compared with what was announced. */
export const frozenHash = (
  vote: Pick<Vote, 'title' | 'rule' | 'items' | 'all' | 'unit'>,
  roll: readonly number[],
): string =>
  createHash('sha256')
    .update(
      canonical({
        title: vote.title,
        rule: vote.rule,
        items: vote.items.filter((item) => item.listed).map((item) => [item.key, item.label]),
        roll: roll.toSorted((one, other) => one - other),
        all: vote.all,
        unit: vote.unit,
      }),
    )
    .digest('hex')
