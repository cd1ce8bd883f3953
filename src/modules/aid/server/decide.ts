import { sql } from 'kysely'
import type { z } from 'zod'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { loadCalendar } from '../../../kernel/calendar/calendar-days.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { act, writeAct } from '../../../kernel/lifecycle/act.ts'
import { formatYuan } from '../../../kernel/money/money.ts'
import { requiredFor, routeOn, routesOf } from '../../funds/public.ts'
import { maskedName } from '../../hardship/public.ts'
import { householdsOf } from '../../members/public.ts'
import { publicityOf, publish, takeDown } from '../../openness/public.ts'
import type { moveInput } from '../contract.ts'
import { lockCycle, questionOf, type CycleRow } from './cycles.ts'
import { judged } from './eligibility.ts'
import { dropApplications, fileApplications } from './fared.ts'
import { FACTS, factsNow, factsOf } from './facts.ts'
import { cycleLife } from './machine.ts'
import { reserve } from './money.ts'
import { acrossUnions, openAid } from './opening.ts'

export const sourceOf = (cycleId: number): string => `aid/cycles/${cycleId}`

export const subjectOf = (cycle: CycleRow) => ({
  id: cycle.id,
  unitId: cycle.unitId,
  title: `${cycle.programme}·${cycle.title}`,
  link: `/aid/cycles/${cycle.id}`,
})

/** 提交 公示 同意 终止: moves a cycle on. @throws Problem as `act` and the deeds below */
export async function moveCycle(
  tx: Tx,
  actor: Actor,
  cycleId: number,
  move: z.output<typeof moveInput>,
  today: string,
): Promise<{ state: string }> {
  await openAid(tx, actor)
  const cycle = await lockCycle(tx, actor, cycleId)
  // Paying is a deed of its own, with a day and a voucher.
  if (cycle.state === 'approved' && move.verb === '同意') throw refused('not-now', '已经批准，请由出纳办理发放。')
  const publicity = move.verb === '同意' ? await publicityOf(tx, sourceOf(cycleId), today) : null
  const { to } = await act(tx, actor, cycleLife, subjectOf(cycle), move.verb, {
    today,
    present: publicity?.passed ? ['publicity'] : [],
    ...(move.words && { words: move.words }),
  })
  if (to === 'decided') await freeze(tx, cycle, actor, today)
  if (to === 'published') await hang(tx, actor, cycle, today)
  if (to === 'approved') await approve(tx, actor, cycle, move.minutes ?? null, today)
  if (to === 'ended') await end(tx, actor, cycle, move.words!, today)
  else await sql`update aid.cycle set state = ${to} where id = ${cycleId}`.execute(tx)
  return { state: to }
}

/** From how many people on the planner's own round comes too late. */
const MANY = 1000
const refreshStatistics = (tx: Tx) => sql`select aid.refresh_statistics()`.execute(tx)

/**
 * Writes down what is known of everybody today and who is entitled by the cycle's rule; neither changes from here on.
 * @throws Problem 422 `nobody-qualifies` | `window-open`
 */
async function freeze(tx: Tx, cycle: CycleRow, actor: Actor, today: string): Promise<void> {
  if (cycle.terms.pool === 'applications' && !cycle.supplementsId && today <= cycle.closesOn)
    throw refused('window-open', `申请到 ${cycle.closesOn} 截止，截止后才能拟定名单。`)
  const question = await questionOf(tx, cycle, today)
  const looked = await acrossUnions(tx, () =>
    sql`insert into aid.candidate (cycle_id, ${FACTS})
      select ${cycle.id}, ${FACTS} from (${factsNow(question)}) f`.execute(tx),
  )
  const many = Number(looked.numAffectedRows) > MANY
  if (many) await refreshStatistics(tx)
  const chosen = sql`select j.* from (${judged(cycle.terms, factsOf(cycle.id))}) j where j.verdict = 'eligible'`
  // Somebody the roster knows no family of is a family of one.
  const { rows: alone } = await sql<{ personId: number; unitId: number }>`
    select person_id as "personId", unit_id as "unitId" from (${chosen}) j where family_id is null`.execute(tx)
  if (alone.length) await householdsOf(tx, alone)
  const { numAffectedRows } = await sql`
    insert into aid.entitlement (cycle_id, programme_id, unit_id, need, year, person_id, household_id, by_family, student_hash, amount_fen)
    select ${cycle.id}, ${cycle.programmeId}, j.unit_id, ${cycle.need}, extract(year from j.on_day), j.person_id,
      coalesce(j.family_id, h.id), ${cycle.terms.byFamily}, j.student_hash, j.amount_fen
    from (${chosen}) j left join members.household h on h.head_id = j.person_id`.execute(tx)
  if (!numAffectedRows)
    throw refused('nobody-qualifies', '按规则没有人符合，没有拟定名单。请先看预览里各人的原因，补齐资料或修改规则。')
  if (many) await refreshStatistics(tx)
  await sql`update aid.cycle set frozen_on = ${today}::date, decided_by = ${actor.accountId}, decided_name = ${actor.name}
    where id = ${cycle.id}`.execute(tx)
  await fileApplications(tx, actor, cycle, today)
}

/** The list as it may hang: masked names by branch, no class of hardship, no ground; the amount as a total. */
async function hang(tx: Tx, actor: Actor, cycle: CycleRow, today: string): Promise<void> {
  const { rows } = await sql<{ unitName: string; names: string[] }>`
    select u.name as "unitName", array_agg(p.name order by e.id) as names
    from aid.entitlement e join kernel.person_name p on p.id = e.person_id join kernel.unit_name u on u.id = e.unit_id
    where e.cycle_id = ${cycle.id} and e.state = 'proposed' group by u.id, u.name order by u.id`.execute(tx)
  if (!rows.length) throw refused('nobody-left', '名单上已经没有人，请终止本批次。')
  const days = cycle.terms.publicityDays
  const list = rows.map((row) => `${row.unitName}：${row.names.map(maskedName).join('、')}`).join('\n')
  await publish(tx, actor, {
    unitId: cycle.unitId,
    title: `${cycle.programme}（${cycle.title}）拟发放名单公示`,
    category: '职工福利',
    body: `经审核，拟对以下 ${cycle.people} 人发放${cycle.programme}，共 ${formatYuan(cycle.amountFen)} 元，现予公示。\n\n${list}\n\n如有异议，请在公示期内在本页提出，或向工会反映；对提出异议的人，工会予以保密。`,
    from: today,
    until: (await loadCalendar(tx)).addWorkingDays(today, days),
    publicity: { workingDays: days },
    source: sourceOf(cycle.id),
  })
}

/**
 * Signs a cycle by its amount, in the lane of the money it takes.
 * @throws Problem 403, 409 `not-enough` | `listed-elsewhere` | `appeals-open`, 422 `same-hand` | `own-entitlement` | `minutes-missing`
 */
async function approve(tx: Tx, actor: Actor, cycle: CycleRow, minutes: string | null, today: string): Promise<void> {
  if (cycle.decidedBy === actor.accountId) throw refused('same-hand', '名单是您拟定的，请由另一人审批。')
  const { rows: own } = await sql`select from aid.entitlement
    where cycle_id = ${cycle.id} and person_id = ${actor.personId} and state = 'proposed'`.execute(tx)
  if (own.length) throw refused('own-entitlement', '名单里有您本人，请由其他领导审批。')
  const { bookId } = await reserve(tx, cycle.purse, cycle.amountFen, today)
  const kind =
    cycle.purse.accountCode === '50404' ? 'hardship' : cycle.purse.accountCode === '50405' ? 'warmth' : 'festival'
  const required = requiredFor(routeOn(await routesOf(tx, bookId), kind, today), cycle.amountFen)
  if (required.signer === 'chair') await requirePermission(tx, actor, 'aid.approve', cycle.unitId, 'aid.read')
  if (required.collective && !minutes?.trim())
    throw refused('minutes-missing', `${required.sentence}请填写会议纪要的名称和日期。`, {
      minutes: '请填写会议纪要的名称和日期',
    })
  await acrossUnions(tx, () => refuseListedElsewhere(tx, cycle))
  const { rows: appeals } = await sql`select from aid.appeal where cycle_id = ${cycle.id} and state = 'open'`.execute(
    tx,
  )
  if (appeals.length) throw conflict('appeals-open', `还有 ${appeals.length} 件申诉没有答复，请答复后再审批。`)
  await sql`update aid.entitlement set state = 'approved' where cycle_id = ${cycle.id} and state = 'proposed'`.execute(
    tx,
  )
  await sql`update aid.cycle set approved_on = ${today}::date, approved_by = ${actor.accountId}, approved_name = ${actor.name},
    minutes = ${minutes?.trim() || null}, book_id = ${bookId} where id = ${cycle.id}`.execute(tx)
}

/** Another programme may have granted somebody the same need while this list hung: two lists, one need, one payment. */
async function refuseListedElsewhere(tx: Tx, cycle: CycleRow): Promise<void> {
  if (!cycle.terms.oneANeed) return
  await sql`select pg_advisory_xact_lock(hashtextextended('aid.approve', 0))`.execute(tx)
  const { rows } = await sql<{ name: string; title: string; n: number }>`
    select p.name, g.title, count(*) over ()::int as n
    from aid.entitlement e
      join aid.entitlement o on (o.person_id = e.person_id or o.household_id = e.household_id) and o.need = e.need and o.year = e.year
        and o.programme_id <> e.programme_id and o.state in ('approved', 'paid')
      join kernel.person_name p on p.id = e.person_id join aid.programme g on g.id = o.programme_id
    where e.cycle_id = ${cycle.id} and e.state = 'proposed' order by e.id limit 5`.execute(tx)
  if (rows[0])
    throw conflict(
      'listed-elsewhere',
      `名单公示期间，有 ${rows[0].n} 人（或其家庭）已由别的项目批准同类救助：${rows.map((row) => `${row.name}（${row.title}）`).join('、')}。请先移出再审批。`,
    )
}

async function end(tx: Tx, actor: Actor, cycle: CycleRow, words: string, today: string): Promise<void> {
  await sql`update aid.entitlement set state = 'ended', reason = ${words} where cycle_id = ${cycle.id} and state in ('proposed', 'approved')`.execute(
    tx,
  )
  await sql`update aid.cycle set state = 'ended' where id = ${cycle.id}`.execute(tx)
  await dropApplications(tx, actor, cycle.id)
  const publicity = await publicityOf(tx, sourceOf(cycle.id), today)
  if (publicity?.state === 'published') await takeDown(tx, actor, sourceOf(cycle.id), words, today)
}

/**
 * Takes one person off the list before the approval, with the reason: an objection was right, or somebody asked to be
 * left out. @throws Problem 403 | 404, 422 `not-now`
 */
export async function withhold(tx: Tx, actor: Actor, entitlementId: number, reason: string): Promise<void> {
  const { rows } = await sql<{ cycleId: number }>`
    select cycle_id as "cycleId" from aid.share where id = ${entitlementId}`.execute(tx)
  if (!rows[0]) throw notFound('发放名单')
  await openAid(tx, actor)
  const cycle = await lockCycle(tx, actor, rows[0].cycleId)
  await requirePermission(tx, actor, 'aid.manage', cycle.unitId, 'aid.read')
  const { numAffectedRows } = await sql`update aid.entitlement set state = 'withheld', reason = ${reason}
    where id = ${entitlementId} and state = 'proposed'`.execute(tx)
  if (!numAffectedRows) throw refused('not-now', '只有还没有审批的名单可以移出人员。')
  await fileApplications(tx, actor, cycle, cycle.frozenOn!)
  await writeAct(tx, actor, {
    objectKind: 'aid-cycle',
    objectId: cycle.id,
    verb: '移出',
    from: cycle.state,
    to: cycle.state,
    words: reason,
  })
}
