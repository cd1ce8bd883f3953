import { sql } from 'kysely'
import { z } from 'zod'
import { allows, mayAnywhere, requirePermission } from '../../../kernel/access/access.ts'
import { byPart, type Actor } from '../../../kernel/access/actor.ts'
import { forbidden, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { id } from '../../../kernel/http/parse.ts'
import { act, actsOf } from '../../../kernel/lifecycle/act.ts'
import type { Verb } from '../../../kernel/lifecycle/machine.ts'
import type { changedInput, decideInput, suggestionInput } from '../contract.ts'
import type { SuggestionKind, SuggestionState } from '../words.ts'
import { callOf } from './calls.ts'
import { fileSuggestions } from './filing.ts'
import { suggestionMachine } from './machine.ts'
import { homeOf, suggestionsSeenBy } from './seeing.ts'

export interface Suggestion {
  id: number
  unitId: number
  unitName: string
  kind: SuggestionKind
  category: string | null
  title: string
  body: string
  remedy: string | null
  proposerId: number
  proposerName: string
  branch: string | null
  state: SuggestionState
  receivedOn: string
  grade: string | null
  rewardFen: number | null
  adopted: boolean | null
  decidedOn: string | null
  reason: string | null
  changed: string | null
  changedOn: string | null
  benefitFen: number | null
  callName: string | null
  createdBy: number
}

const columns = sql`s.id, s.unit_id as "unitId", u.name as "unitName", s.kind, s.category, s.title, s.body, s.remedy,
  s.proposer_id as "proposerId", p.name as "proposerName", s.branch, s.state, s.received_on as "receivedOn", s.grade, s.reward_fen as "rewardFen",
  s.adopted, s.decided_on as "decidedOn", s.reason, s.changed, s.changed_on as "changedOn", s.benefit_fen as "benefitFen",
  c.session as "callName", s.created_by as "createdBy"`
const tables = sql`motions.suggestion s join organisation.unit u on u.id = s.unit_id join members.person p on p.id = s.proposer_id
  left join motions.call c on c.id = s.call_id`

/** A suggestion the actor may see. @throws Problem 404 for everybody else */
export async function suggestionFor(db: Db | Tx, actor: Actor, suggestionId: number): Promise<Suggestion> {
  const { rows } = await sql<Suggestion>`
    select ${columns} from ${tables} where s.id = ${suggestionId} and ${suggestionsSeenBy(actor)}`.execute(db)
  if (!rows[0]) throw notFound('建议')
  return rows[0]
}

async function lockSuggestion(tx: Tx, actor: Actor, suggestionId: number): Promise<Suggestion> {
  await sql`select 1 from motions.suggestion where id = ${suggestionId} for update`.execute(tx)
  return suggestionFor(tx, actor, suggestionId)
}

const subjectOf = (suggestion: { id: number; unitId: number; title: string }) => ({
  id: suggestion.id,
  unitId: suggestion.unitId,
  title: suggestion.title,
  link: `/suggestions/${suggestion.id}`,
})

async function step(
  tx: Tx,
  actor: Actor,
  suggestion: Suggestion,
  verb: Verb,
  today: string,
  words?: string,
): Promise<void> {
  const { to } = await act(tx, actor, suggestionMachine, subjectOf(suggestion), verb, {
    today,
    ...(words && { words }),
  })
  await sql`update motions.suggestion set state = ${to}, version = version + 1 where id = ${suggestion.id}`.execute(tx)
  await fileSuggestions(tx, actor, [suggestion.id])
}

/** Hands in a suggestion: one's own, or for somebody else by the union. @throws Problem 403, 422 `no-such-person` | `call-closed` */
export async function suggest(
  tx: Tx,
  actor: Actor,
  draft: z.output<typeof suggestionInput>,
  today: string,
): Promise<number> {
  const onBehalf = draft.proposerId && draft.proposerId !== actor.personId
  const proposerId = draft.proposerId ?? actor.personId
  const home = proposerId === null ? null : await homeOf(tx, proposerId)
  if (!home || proposerId === null) throw refused('no-such-person', '请选择建议人。', { proposerId: '请选择建议人' })
  if (onBehalf) await requirePermission(tx, actor, 'motions.sort', home.unitId, 'motions.read')
  else if (!mayAnywhere(actor, 'motions.submit')) throw forbidden('提交提案、意见和合理化建议')
  const call = await callOf(tx, home.unitId, draft.callId ?? null, 'suggestion')
  if (call && (today > call.closesOn || today < call.opensOn))
    throw refused(
      'call-closed',
      `“${call.session}”只在 ${call.opensOn} 至 ${call.closesOn} 征集。可以不选活动直接提交。`,
      { callId: '不在征集期内' },
    )
  const { rows } = await sql<{ id: number }>`
    insert into motions.suggestion (unit_id, call_id, kind, category, title, body, remedy, proposer_id, proposer_unit_id, branch,
      received_on, created_by)
    values (${home.unitId}, ${call?.id ?? null}, ${draft.kind}, ${draft.category || null}, ${draft.title}, ${draft.body},
      ${draft.remedy || null}, ${proposerId}, ${home.personUnitId}, ${home.name}, ${today}, ${actor.accountId}) returning id`.execute(
    tx,
  )
  const made = { id: rows[0]!.id, unitId: home.unitId, title: draft.title }
  await act(tx, byPart(actor, 'motions.submit', home.unitId), suggestionMachine, subjectOf(made), '提交', { today })
  await fileSuggestions(tx, actor, [made.id])
  return made.id
}

export async function withdrawSuggestion(tx: Tx, actor: Actor, suggestionId: number, today: string): Promise<void> {
  const suggestion = await lockSuggestion(tx, actor, suggestionId)
  await step(tx, byPart(actor, 'motions.submit', suggestion.unitId), suggestion, '撤回', today)
}

/** Adopts or declines, with the panel's grade and the reward. @throws Problem 403, 404, 422 `words-missing` */
export async function decide(
  tx: Tx,
  actor: Actor,
  suggestionId: number,
  decision: z.output<typeof decideInput>,
  today: string,
): Promise<void> {
  const suggestion = await lockSuggestion(tx, actor, suggestionId)
  await requirePermission(tx, actor, 'motions.sort', suggestion.unitId)
  await sql`update motions.suggestion set adopted = ${decision.adopted}, decided_on = ${today}, reason = ${decision.words || null},
      grade = coalesce(${decision.grade ?? null}, grade), reward_fen = coalesce(${decision.rewardFen ?? null}, reward_fen)
    where id = ${suggestionId}`.execute(tx)
  const words = [decision.grade, decision.words].filter(Boolean).join('。')
  await step(tx, actor, suggestion, decision.adopted ? '同意' : '否决', today, words || undefined)
}

/** «Adopted → what changed»: what was done, from when, and what it saves or earns in a year. */
export async function recordChange(
  tx: Tx,
  actor: Actor,
  suggestionId: number,
  change: z.output<typeof changedInput>,
  today: string,
): Promise<void> {
  const suggestion = await lockSuggestion(tx, actor, suggestionId)
  await requirePermission(tx, actor, 'motions.supervise', suggestion.unitId)
  if (suggestion.state !== 'adopted') throw refused('not-now', '先采纳，再登记实施结果。')
  if (change.changedOn > today) throw refused('not-yet', '实施日期不能晚于今天。', { changedOn: '不能晚于今天' })
  await sql`update motions.suggestion set changed = ${change.changed}, changed_on = ${change.changedOn}, benefit_fen = ${change.benefitFen ?? null}
    where id = ${suggestionId}`.execute(tx)
  await step(tx, actor, suggestion, '同意', today, change.changed)
}

/** A grade or reward given by a panel. Callers have checked the permission. */
export async function grade(
  tx: Tx,
  actor: Actor,
  graded: readonly { suggestionId: number; grade: string | null; rewardFen: number | null }[],
): Promise<void> {
  if (!graded.length) return
  await sql`update motions.suggestion s set grade = t.grade, reward_fen = coalesce(t.reward, s.reward_fen), version = version + 1
    from unnest(${graded.map((one) => one.suggestionId)}::bigint[], ${graded.map((one) => one.grade)}::text[],
      ${graded.map((one) => one.rewardFen)}::bigint[]) as t (id, grade, reward) where s.id = t.id`.execute(tx)
  await fileSuggestions(
    tx,
    actor,
    graded.map((one) => one.suggestionId),
  )
}

export const suggestionQuery = z.object({
  unitId: id.optional(),
  state: z.enum(['received', 'adopted', 'implemented', 'declined']).optional(),
  mine: z.coerce.boolean().optional(),
  kind: z.enum(['suggestion', 'idea']).optional(),
  category: z.string().trim().max(60).optional(),
  q: z.string().trim().max(60).optional(),
  after: id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

export async function listSuggestions(
  db: Db,
  actor: Actor,
  query: z.output<typeof suggestionQuery>,
): Promise<{ rows: Suggestion[]; next: string | null; total: number; tabs: Record<string, number> }> {
  const words = query.q && `%${query.q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const where = sql`${suggestionsSeenBy(actor)} and s.state <> 'withdrawn'
    ${
      query.mine
        ? sql`and s.proposer_id = ${actor.personId ?? 0}`
        : query.unitId
          ? sql`and (s.unit_id = ${query.unitId} or s.proposer_unit_id = ${query.unitId}
      or s.unit_id in (select descendant_id from kernel.closure where ancestor_id = ${query.unitId} and valid_to > current_date))`
          : sql``
    }
    ${query.kind ? sql`and s.kind = ${query.kind}` : sql``} ${query.category ? sql`and s.category = ${query.category}` : sql``}
    ${words ? sql`and (s.title ilike ${words} or s.body ilike ${words} or p.name like ${words})` : sql``}`
  const [page, counts] = await Promise.all([
    sql<Suggestion>`select ${columns} from ${tables} where ${where} ${query.state ? sql`and s.state = ${query.state}` : sql``}
      and s.id < ${query.after ?? Number.MAX_SAFE_INTEGER} order by s.id desc limit ${query.limit + 1}`.execute(db),
    sql<{
      state: SuggestionState
      n: number
    }>`select s.state, count(*)::int as n from ${tables} where ${where} group by s.state`.execute(db),
  ])
  const rows = page.rows.slice(0, query.limit)
  const tabs = Object.fromEntries(counts.rows.map((row) => [row.state, row.n]))
  const total = query.state ? (tabs[query.state] ?? 0) : counts.rows.reduce((sum, row) => sum + row.n, 0)
  return { rows, next: page.rows.length > query.limit ? String(rows.at(-1)!.id) : null, total, tabs }
}

/** A suggestion with its scores and what the actor may do next. */
export async function suggestionDetail(db: Db, actor: Actor, suggestionId: number): Promise<object> {
  const suggestion = await suggestionFor(db, actor, suggestionId)
  const [acts, scores, sorts, supervises] = await Promise.all([
    actsOf(db, 'suggestion', suggestionId),
    sql<{ panelId: number; title: string; scored: number; points: number }>`
      select b.id as "panelId", b.title, count(c.points)::int as scored, coalesce(sum(c.points), 0)::int as points,
        (select count(*)::int from motions.judge j where j.panel_id = b.id) as judges
      from motions.entry e join motions.panel b on b.id = e.panel_id left join motions.score c on c.entry_id = e.id
      where e.suggestion_id = ${suggestionId} group by b.id, b.title order by b.id`.execute(db),
    allows(db, actor, 'motions.sort', suggestion.unitId),
    allows(db, actor, 'motions.supervise', suggestion.unitId),
  ])
  const mine = suggestion.proposerId === actor.personId
  return {
    ...suggestion,
    acts,
    // Scores are the panel's and the union's to see while they are being given.
    scores: sorts || suggestion.decidedOn ? scores.rows : [],
    may: {
      withdraw: suggestion.state === 'received' && suggestion.createdBy === actor.accountId,
      decide: sorts && suggestion.state === 'received',
      change: supervises && suggestion.state === 'adopted',
      attach: (mine && suggestion.state === 'received') || supervises,
    },
  }
}
