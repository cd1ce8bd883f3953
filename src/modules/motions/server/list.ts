import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { allows, mayAnywhere, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Db } from '../../../kernel/db/database.ts'
import { day, id } from '../../../kernel/http/parse.ts'
import { actsOf } from '../../../kernel/lifecycle/act.ts'
import type { Channel, Kind, MotionState, Source, Verdict } from '../words.ts'
import { callOf, practiceOf } from './calls.ts'
import { motionFor } from './load.ts'
import { departmentOf, handledBy, motionsSeenBy } from './seeing.ts'

/** Tabs of the list, each a set of states. */
const TABS: Readonly<Record<string, readonly MotionState[]>> = {
  draft: ['draft', 'returned'],
  received: ['received'],
  filed: ['filed'],
  handling: ['handling'],
  replied: ['replied'],
  closed: ['closed'],
  other: ['rejected', 'settled'],
}

export const listQuery = z.object({
  unitId: id.optional(),
  tab: z.enum(['draft', 'received', 'filed', 'handling', 'replied', 'closed', 'other']).optional(),
  /** mine: moved by me; seconding: I was asked; desk: my department's; all: whatever I may see. */
  whose: z.enum(['all', 'mine', 'seconding', 'desk']).default('all'),
  q: z.string().trim().max(60).optional(),
  session: z.string().trim().max(60).optional(),
  category: z.string().trim().max(60).optional(),
  departmentId: id.optional(),
  kind: z.enum(['motion', 'bill', 'opinion']).optional(),
  late: z.coerce.boolean().optional(),
  from: day.optional(),
  to: day.optional(),
  after: id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})
type Query = z.output<typeof listQuery>

export interface MotionRow {
  id: number
  unitId: number
  unitName: string
  kind: Kind
  title: string
  category: string | null
  state: MotionState
  series: string | null
  number: number | null
  session: string | null
  channel: Channel
  source: Source
  receivedOn: string | null
  moverName: string | null
  delegation: string | null
  department: string | null
  dueOn: string | null
  repliedOn: string | null
  late: boolean
  verdict: Verdict | null
  mergedInto: number | null
}

function conditions(actor: Actor, query: Query, today: string, tab: boolean): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [motionsSeenBy(actor)]
  const person = actor.personId ?? 0
  if (query.whose === 'mine') parts.push(sql`m.mover_id = ${person}`)
  if (query.whose === 'seconding')
    parts.push(sql`exists (select from motions.seconder s where s.motion_id = m.id and s.person_id = ${person})`)
  if (query.whose === 'desk') parts.push(handledBy(actor))
  // A member's own list needs no unit; an officer's is of the unit chosen and what lies below it.
  if (query.unitId && query.whose === 'all')
    parts.push(sql`(m.unit_id = ${query.unitId} or m.mover_unit_id = ${query.unitId} or m.unit_id in (select descendant_id from kernel.closure
      where ancestor_id = ${query.unitId} and valid_from <= current_date and valid_to > current_date))`)
  if (tab && query.tab) parts.push(sql`m.state = any(${TABS[query.tab]!}::text[])`)
  else parts.push(sql`m.state <> 'dropped'`)
  if (query.q) {
    const words = `%${query.q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    parts.push(sql`(m.title ilike ${words} or m.body ilike ${words} or p.name like ${words})`)
  }
  if (query.session) parts.push(sql`m.session = ${query.session}`)
  if (query.category) parts.push(sql`m.category = ${query.category}`)
  if (query.kind) parts.push(sql`m.kind = ${query.kind}`)
  if (query.from) parts.push(sql`m.received_on >= ${query.from}`)
  if (query.to) parts.push(sql`m.received_on <= ${query.to}`)
  if (query.departmentId)
    parts.push(
      sql`exists (select from motions.assignment a where a.motion_id = m.id and a.department_id = ${query.departmentId} and a.ended_on is null)`,
    )
  if (query.late) parts.push(sql`${lateSql(today)}`)
  return sql.join(parts, sql` and `)
}

/** Answered after the day it was due, or not answered and past it. */
const lateSql = (today: string): RawBuilder<boolean> =>
  sql<boolean>`(m.due_on is not null and m.state in ('handling', 'replied', 'closed')
    and coalesce((select max(a.replied_on) from motions.assignment a where a.motion_id = m.id and a.part = 'lead'
      and a.round = m.round and a.ended_on is null), ${today}::date) > m.due_on)`

/** A page of motions, newest first, with how many stand in each tab. */
export async function listMotions(
  db: Db,
  actor: Actor,
  query: Query,
  today: string,
): Promise<{ rows: MotionRow[]; next: string | null; total: number; tabs: Record<string, number> }> {
  const from = sql`motions.motion m left join members.person p on p.id = m.mover_id`
  const [page, counts] = await Promise.all([
    sql<MotionRow>`
      select m.id, m.unit_id as "unitId", u.name as "unitName", m.kind, m.title, m.category, m.state, m.series, m.number, m.session,
        m.channel, m.source, m.received_on as "receivedOn", p.name as "moverName", m.delegation, m.due_on as "dueOn", m.replied_on as "repliedOn",
        m.merged_into as "mergedInto", ${lateSql(today)} as late,
        (select d.name from motions.assignment a join motions.department d on d.id = a.department_id
          where a.motion_id = m.id and a.part = 'lead' and a.ended_on is null order by a.round desc limit 1) as department,
        (select verdict from motions.verdict v where v.motion_id = m.id order by round desc limit 1) as verdict
      from ${from} join organisation.unit u on u.id = m.unit_id
      where ${conditions(actor, query, today, true)} and m.id < ${query.after ?? Number.MAX_SAFE_INTEGER}
      order by m.id desc limit ${query.limit + 1}`.execute(db),
    sql<{ state: MotionState; n: number }>`
      select m.state, count(*)::int as n from ${from} where ${conditions(actor, query, today, false)} group by m.state`.execute(
      db,
    ),
  ])
  const rows = page.rows.slice(0, query.limit)
  const tabs: Record<string, number> = {}
  for (const [tab, states] of Object.entries(TABS))
    tabs[tab] = counts.rows.reduce((sum, row) => sum + (states.includes(row.state) ? row.n : 0), 0)
  const total = query.tab ? tabs[query.tab]! : counts.rows.reduce((sum, row) => sum + row.n, 0)
  return { rows, next: page.rows.length > query.limit ? String(rows.at(-1)!.id) : null, total, tabs }
}

/** Everything about one motion that the actor may see, and what the actor may do next. */
export async function motionDetail(db: Db, actor: Actor, motionId: number, today: string): Promise<object> {
  const motion = await motionFor(db, actor, motionId)
  const one = { motionId, round: motion.round }
  const [names, seconders, assignments, verdicts, merged, urgings, acts, call, sorts, supervises] = await Promise.all([
    sql<{
      unitName: string
      moverName: string | null
      moverStaffNo: string | null
      intoTitle: string | null
      intoSeries: string | null
      intoNumber: number | null
    }>`
      select u.name as "unitName", p.name as "moverName", p.staff_no as "moverStaffNo", i.title as "intoTitle", i.series as "intoSeries", i.number as "intoNumber"
      from motions.motion m join organisation.unit u on u.id = m.unit_id left join members.person p on p.id = m.mover_id
        left join motions.motion i on i.id = m.merged_into where m.id = ${motionId}`.execute(db),
    sql<{ personId: number; name: string; unitName: string; agreed: boolean | null; answeredOn: string | null }>`
      select s.person_id as "personId", p.name, u.name as "unitName", s.agreed, s.answered_on as "answeredOn" from motions.seconder s
        join members.person p on p.id = s.person_id join organisation.unit u on u.id = p.unit_id
      where s.motion_id = ${motionId} order by p.id`.execute(db),
    sql<{
      id: number
      departmentId: number
      department: string
      part: string
      round: number
      dueOn: string
      repliedOn: string | null
      mine: boolean
      open: boolean
    }>`
      select a.id, d.id as "departmentId", d.name as department, d.head_id is not null or d.linked_unit_id is not null as "hasDesk", a.part, a.round,
        a.assigned_on as "assignedOn", a.due_on as "dueOn", a.plan, a.planned_on as "plannedOn", a.reply, a.outcome,
        a.replied_on as "repliedOn", ${departmentOf(actor)} as mine,
        a.round = ${motion.round} and a.replied_on is null as open, coalesce(a.replied_on, ${today}::date) > a.due_on as late
      from motions.assignment a join motions.department d on d.id = a.department_id
      where a.motion_id = ${motionId} and a.ended_on is null order by a.round, a.part desc, a.id`.execute(db),
    sql<{ round: number; verdict: Verdict; words: string | null; givenOn: string; onBehalf: boolean }>`
      select round, verdict, words, given_on as "givenOn", on_behalf as "onBehalf" from motions.verdict where motion_id = ${motionId} order by round`.execute(
      db,
    ),
    sql<{ id: number; title: string; moverName: string | null }>`
      select m.id, m.title, p.name as "moverName" from motions.motion m left join members.person p on p.id = m.mover_id
      where m.merged_into = ${motionId} order by m.id`.execute(db),
    sql<{ level: number; urgedOn: string }>`
      select level, urged_on as "urgedOn" from motions.urging where motion_id = ${motionId} order by id`.execute(db),
    actsOf(db, 'motion', motionId),
    callOf(db, motion.unitId, motion.callId),
    allows(db, actor, 'motions.sort', motion.unitId),
    allows(db, actor, 'motions.supervise', motion.unitId),
  ])
  const mover = motion.moverId !== null && motion.moverId === actor.personId
  const writer = mover || motion.createdBy === actor.accountId
  const draft = motion.state === 'draft' || motion.state === 'returned'
  const asked = seconders.rows.find((row) => row.personId === actor.personId)
  const { minSeconders } = practiceOf(call)
  const open = motion.state === 'handling' ? assignments.rows.filter((row) => row.open && (row.mine || supervises)) : []
  return {
    ...motion,
    ...names.rows[0]!,
    round: one.round,
    minSeconders: motion.kind === 'opinion' ? 0 : minSeconders,
    closesOn: call?.closesOn ?? null,
    seconders: seconders.rows,
    assignments: assignments.rows,
    verdicts: verdicts.rows,
    merged: merged.rows,
    urgings: urgings.rows,
    acts,
    may: {
      change: draft && writer,
      submit: draft && writer,
      withdraw: motion.state === 'received' && writer,
      second: draft && asked?.agreed === null && mayAnywhere(actor, 'motions.second'),
      sort: sorts && motion.state === 'received',
      merge: sorts && (motion.state === 'received' || motion.state === 'filed'),
      transfer: supervises && motion.state === 'filed',
      handle: open.map((row) => row.id),
      verdict: motion.state === 'replied' && (mover || (supervises && motion.moverId !== null)),
      close: supervises && motion.state === 'replied',
      urge: supervises && (motion.state === 'handling' || motion.state === 'replied'),
      outcome:
        motion.state === 'closed' &&
        motion.repliedOn !== null &&
        (supervises || assignments.rows.some((row) => row.mine && row.part === 'lead')),
      attach: (draft && writer) || open.length > 0 || (supervises && motion.state !== 'closed'),
    },
  }
}

/** Whether the handling desk has anything to offer the actor. */
export async function answersFor(db: Db, actor: Actor): Promise<{ id: number; name: string }[]> {
  const { rows } = await sql<{ id: number; name: string }>`
    select d.id, d.name from motions.department d where d.closed_on is null and (${departmentOf(actor)}
      or ${visibleTo(actor, 'motions.supervise', 'd.unit_id')}) order by d.name limit 200`.execute(db)
  return rows
}
