import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { loadCalendar } from '../../../kernel/calendar/calendar-days.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { requirePermission } from '../../../kernel/access/access.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import type { Entitlement, Terms } from '../contract.ts'
import type { Appeal, MyCycle } from '../member-contract.ts'
import { judged } from './eligibility.ts'
import { factsNow, factsOfFamily } from './facts.ts'
import { fileAppeal } from './fared.ts'
import { acrossUnions, openAid } from './opening.ts'
import { entitlementColumns, entitlementJoins } from './pay.ts'
import { JUDGED } from './preview.ts'
import { conditionsOf, reasonsOf, type JudgedFacts } from './reasons.ts'

/** Working days in which an appeal is answered. */
const ANSWER_DAYS = 10

/** Every cycle of a year of the person's own union and those above, each with its conditions ticked off for this person. */
export async function myCycles(tx: Tx, actor: Actor, today: string): Promise<MyCycle[]> {
  if (actor.personId === null) return []
  await openAid(tx, actor)
  const { rows } = await sql<MyCycle & { terms: Terms; frozenOn: string | null }>`
    select c.id as "cycleId", g.id as "programmeId", g.title as programme, g.kind, g.need, c.title as cycle, c.unit_id as "unitId",
      u.name as "unitName", r.document, r.terms, r.terms ->> 'pool' as pool, c.opens_on as "opensOn", c.closes_on as "closesOn", c.state,
      c.frozen_on as "frozenOn", a.id as "applicationId", a.state as "applicationState",
      case when q.id is null then null else jsonb_build_object('id', q.id, 'state', q.state, 'words', q.words, 'answer', q.answer,
        'dueOn', q.due_on::text) end as appeal
    from members.person me join kernel.closure k on k.descendant_id = me.unit_id and k.valid_to = 'infinity'
      join aid.cycle c on c.unit_id = k.ancestor_id join aid.programme g on g.id = c.programme_id
      join aid.rule r on r.id = c.rule_id join kernel.unit_name u on u.id = c.unit_id
      left join aid.application a on a.cycle_id = c.id and a.person_id = me.id and a.state <> 'withdrawn'
      left join aid.appeal q on q.cycle_id = c.id and q.person_id = me.id
    where me.id = ${actor.personId} and c.state <> 'ended'
      and (c.supplements_id is null or exists (select from aid.appeal o where o.cycle_id = c.supplements_id and o.person_id = me.id and o.state = 'upheld'))
      and c.opens_on > ${today}::date - 400
    order by c.state = 'draft' desc, c.id desc limit 20`.execute(tx)
  const cycles: MyCycle[] = []
  for (const { terms, frozenOn, ...cycle } of rows) {
    const row = await acrossUnions(tx, () => judgedFor(tx, actor.personId!, { ...cycle, frozenOn }, terms, today))
    // Nobody looked at this person when the list was drawn up.
    if (frozenOn && !row) continue
    const decided = frozenOn && row
    cycles.push({
      ...cycle,
      mayApply:
        cycle.pool === 'applications' &&
        cycle.state === 'draft' &&
        today >= cycle.opensOn &&
        today <= cycle.closesOn &&
        !cycle.applicationId,
      conditions: row ? conditionsOf(row, terms) : [],
      verdict: decided ? row.verdict : null,
      reasons: decided ? reasonsOf(row, terms) : [],
      mayAppeal: Boolean(decided && row.verdict !== 'eligible' && !cycle.appeal && cycle.state === 'published'),
    })
  }
  return cycles
}

async function judgedFor(
  tx: Tx,
  personId: number,
  cycle: { cycleId: number; programmeId: number; unitId: number; need: string; frozenOn: string | null },
  terms: Terms,
  today: string,
): Promise<JudgedFacts | null> {
  const facts = cycle.frozenOn
    ? factsOfFamily(cycle.cycleId, personId)
    : factsNow({ ...cycle, pool: 'persons', persons: [personId], onDay: today })
  // A whole family is weighed together, so that the frozen list says who of it receives.
  const { rows } =
    await sql<JudgedFacts>`select ${JUDGED} from (${judged(terms, facts)}) j where j.person_id = ${personId}`.execute(
      tx,
    )
  return rows[0] ?? null
}

/** What the person was given, the newest first. */
export async function myEntitlements(
  tx: Tx,
  actor: Actor,
): Promise<(Entitlement & { programme: string; cycle: string })[]> {
  const { rows } = await sql<Entitlement & { programme: string; cycle: string }>`
    select ${entitlementColumns}, g.title as programme, c.title as cycle
    from ${entitlementJoins} join aid.cycle c on c.id = e.cycle_id join aid.programme g on g.id = c.programme_id
    where e.person_id = ${actor.personId} and e.state in ('paid', 'refunded', 'approved') order by e.id desc limit 50`.execute(
    tx,
  )
  return rows
}

/**
 * Says that a list is wrong about oneself, while it hangs. It is answered in ten working days and before the approval.
 * @throws Problem 404, 409 `appealed-already`, 422 `not-now` | `on-the-list`
 */
export async function appeal(
  tx: Tx,
  actor: Actor,
  cycleId: number,
  words: string,
  today: string,
): Promise<{ id: number; dueOn: string }> {
  await openAid(tx, actor)
  const { rows } = await sql<{ unitId: number; state: string; title: string; listed: boolean }>`
    select c.unit_id as "unitId", c.state, g.title || '·' || c.title as title,
      exists (select from aid.entitlement e where e.cycle_id = c.id and e.person_id = k.person_id and e.state <> 'withheld') as listed
    from aid.cycle c join aid.programme g on g.id = c.programme_id
      join aid.candidate k on k.cycle_id = c.id and k.person_id = ${actor.personId} where c.id = ${cycleId}`.execute(tx)
  const cycle = rows[0]
  if (!cycle) throw notFound('帮扶批次')
  if (cycle.state !== 'published') throw refused('not-now', '名单公示期间可以申诉，现在不在公示期。')
  if (cycle.listed) throw refused('on-the-list', '您在拟发放名单上，不需要申诉；对别人有异议的，请在公示页提出。')
  const dueOn = (await loadCalendar(tx)).addWorkingDays(today, ANSWER_DAYS)
  const made = await sql<{ id: number }>`
    insert into aid.appeal (cycle_id, unit_id, person_id, words, filed_on, due_on)
    values (${cycleId}, ${cycle.unitId}, ${actor.personId}, ${words}, ${today}::date, ${dueOn}::date)
    on conflict (cycle_id, person_id) do nothing returning id`.execute(tx)
  const id = made.rows[0]?.id
  if (!id) throw conflict('appealed-already', '这一批次您已经申诉过，请等待答复。')
  await fileAppeal(tx, actor, id)
  await openTodo(tx, {
    kind: 'aid.appeal',
    objectKind: 'aid-appeal',
    objectId: id,
    unitId: cycle.unitId,
    permission: 'aid.sign',
    title: `待答复申诉：${cycle.title}`,
    link: `/aid/cycles/${cycleId}?tab=appeals`,
    dueOn,
  })
  await audit(tx, actor, {
    action: 'aid.appeal',
    objectKind: 'aid-appeal',
    objectId: id,
    unitId: cycle.unitId,
    summary: `对“${cycle.title}”提出申诉`,
  })
  return { id, dueOn }
}

/** Appeals of a cycle. The caller has checked that names may be seen. */
export async function appealsOf(tx: Tx, cycleId: number, today: string): Promise<Appeal[]> {
  const { rows } = await sql<Appeal>`
    select a.id, a.person_id as "personId", p.name as "personName", a.words, a.filed_on as "filedOn", a.due_on as "dueOn",
      coalesce(a.answered_on, ${today}::date) > a.due_on as late, a.state, a.answer, a.answered_on as "answeredOn", a.answered_name as "answeredName"
    from aid.appeal a join kernel.person_name p on p.id = a.person_id where a.cycle_id = ${cycleId} order by a.id`.execute(
    tx,
  )
  return rows
}

/**
 * Answers an appeal. What the cycle was decided on isn't changed: who was right comes into a supplement, judged anew.
 * @throws Problem 403 | 404, 422 `not-now` | `own-appeal`
 */
export async function answerAppeal(
  tx: Tx,
  actor: Actor,
  appealId: number,
  said: { outcome: 'upheld' | 'dismissed'; answer: string },
  today: string,
): Promise<void> {
  await openAid(tx, actor)
  const { rows } = await sql<{ unitId: number; personId: number; state: string }>`
    select unit_id as "unitId", person_id as "personId", state from aid.appeal where id = ${appealId} for update`.execute(
    tx,
  )
  const found = rows[0]
  if (!found) throw notFound('申诉')
  await requirePermission(tx, actor, 'aid.sign', found.unitId, 'aid.read-confidential')
  if (found.personId === actor.personId) throw refused('own-appeal', '不能答复本人的申诉，请由其他领导答复。')
  if (found.state !== 'open') throw refused('not-now', '这件申诉已经答复。')
  await sql`update aid.appeal set state = ${said.outcome}, answer = ${said.answer}, answered_on = ${today}::date,
    answered_by = ${actor.accountId}, answered_name = ${actor.name} where id = ${appealId}`.execute(tx)
  await fileAppeal(tx, actor, appealId)
  await closeTodo(tx, actor, { objectKind: 'aid-appeal', objectId: appealId })
  await audit(tx, actor, {
    action: 'aid.answer-appeal',
    objectKind: 'aid-appeal',
    objectId: appealId,
    unitId: found.unitId,
    summary: said.outcome === 'upheld' ? '申诉成立，列入补办' : '维持原决定',
  })
}
