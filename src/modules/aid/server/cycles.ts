import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import { requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { Problem, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Cycle, cycleInput, Preview, Terms } from '../contract.ts'
import { factsNow, factsOf, type Facts, type Question } from './facts.ts'
import { leftFor, type Purse } from './money.ts'
import { acrossUnions, openAid } from './opening.ts'
import { weigh, type Asked } from './preview.ts'
import { programmeById } from './programmes.ts'

const columns = sql`c.id, c.programme_id as "programmeId", p.title as programme, p.kind, c.unit_id as "unitId", u.name as "unitName",
  c.title, c.rule_id as "ruleId", r.no as "ruleNo", (select max(x.no) from aid.rule x where x.programme_id = p.id) as "newestRuleNo",
  c.opens_on as "opensOn", c.closes_on as "closesOn", c.supplements_id as "supplementsId", c.state, c.frozen_on as "frozenOn",
  c.decided_name as "decidedName", c.approved_on as "approvedOn", c.approved_name as "approvedName", c.minutes, c.paid_on as "paidOn",
  coalesce(e.people, 0) as people, coalesce(e.families, 0) as families, coalesce(e.amount_fen, 0) as "amountFen",
  coalesce(e.refunded_fen, 0) as "refundedFen"`
const joins = sql`aid.cycle c join aid.programme p on p.id = c.programme_id join aid.rule r on r.id = c.rule_id
  join kernel.unit_name u on u.id = c.unit_id
  left join lateral (select * from aid.cycle_sum x where x.cycle_id = c.id) e on true`

/** A cycle with what its deeds need to know. */
export interface CycleRow extends Cycle {
  terms: Terms
  purse: Purse
  need: string
  decidedBy: number | null
  approvedBy: number | null
}

/** Cycles of a unit and below, the newest first, thirty a page. */
export async function listCycles(
  db: Db,
  actor: Actor,
  filter: { unitId: number; programmeId?: number | undefined; cursor?: number | undefined },
): Promise<{ cycles: Cycle[]; next: number | null }> {
  const size = 30
  const { rows } = await sql<Cycle>`
    select ${columns} from ${joins}
    where ${visibleTo(actor, 'aid.read', 'c.unit_id')}
      and exists (select from kernel.closure k where k.ancestor_id = ${filter.unitId} and k.descendant_id = c.unit_id and k.valid_to = 'infinity')
      ${filter.programmeId ? sql`and c.programme_id = ${filter.programmeId}` : sql``}
      ${filter.cursor ? sql`and c.id < ${filter.cursor}` : sql``}
    order by c.id desc limit ${size + 1}`.execute(db)
  const more = rows.length > size
  if (more) rows.pop()
  return { cycles: rows, next: more ? rows.at(-1)!.id : null }
}

const detail = (where: RawBuilder<unknown>) => sql<CycleRow>`
  select ${columns}, r.terms, p.need, c.decided_by as "decidedBy", c.approved_by as "approvedBy",
    jsonb_build_object('unitId', c.unit_id, 'accountCode', p.account_code, 'projectId', p.project_id) as purse
  from ${joins} where ${where}`

/** @throws Problem 404 when it isn't there or not to be seen */
export async function cycleById(db: Db | Tx, actor: Actor, cycleId: number): Promise<CycleRow> {
  const { rows } = await detail(sql`c.id = ${cycleId} and ${visibleTo(actor, 'aid.read', 'c.unit_id')}`).execute(db)
  if (!rows[0]) throw notFound('帮扶批次')
  return rows[0]
}

/** The same for deeds: the row is locked until the transaction ends. */
export async function lockCycle(tx: Tx, actor: Actor, cycleId: number): Promise<CycleRow> {
  await sql`select from aid.cycle where id = ${cycleId} for update`.execute(tx)
  return cycleById(tx, actor, cycleId)
}

/**
 * Opens a cycle by the rule that is the newest today. @throws Problem 403 | 404, 409 `cycle-open`,
 * 422 `programme-ended` | `dates-wrong` | `no-appeal-upheld`
 */
export async function openCycle(
  tx: Tx,
  actor: Actor,
  programmeId: number,
  draft: z.output<typeof cycleInput>,
  today: string,
): Promise<{ id: number }> {
  const programme = await programmeById(tx, actor, programmeId)
  await requirePermission(tx, actor, 'aid.manage', programme.unitId, 'aid.read')
  if (draft.closesOn < draft.opensOn)
    throw refused('dates-wrong', '截止日期不能早于开始日期。', { closesOn: '不能早于开始日期' })
  if (today < programme.startsOn || (programme.endsOn && today > programme.endsOn))
    throw refused(
      'programme-ended',
      `项目的期限是 ${programme.startsOn} 至 ${programme.endsOn ?? '长期'}，今天不能开新批次。`,
    )
  if (draft.supplementsId) {
    await openAid(tx, actor)
    const { rows } =
      await sql`select from aid.appeal a join aid.cycle c on c.id = a.cycle_id and c.programme_id = ${programmeId}
      where a.cycle_id = ${draft.supplementsId} and a.state = 'upheld'`.execute(tx)
    if (!rows.length) throw refused('no-appeal-upheld', '那一批次没有成立的申诉，不需要补办。')
  }
  const { rows } = await sql<{ id: number }>`
    insert into aid.cycle (programme_id, unit_id, rule_id, title, opens_on, closes_on, supplements_id, created_by)
    values (${programmeId}, ${programme.unitId}, ${programme.rule.id}, ${draft.title}, ${draft.opensOn}::date, ${draft.closesOn}::date,
      ${draft.supplementsId}, ${actor.accountId})
    on conflict (programme_id) where state in ('draft', 'decided', 'published') do nothing returning id`.execute(tx)
  if (!rows[0])
    throw new Problem(409, 'cycle-open', '这个项目还有一个批次没有办完。请先办完或终止，再开新批次，免得有人列两次。')
  await audit(tx, actor, {
    action: 'aid.open-cycle',
    objectKind: 'aid-cycle',
    objectId: rows[0].id,
    unitId: programme.unitId,
    summary: `开“${programme.title}”批次“${draft.title}”，按第 ${programme.rule.no} 版规则`,
  })
  return rows[0]
}

/** Whom a cycle that isn't decided yet looks at today. */
export async function questionOf(tx: Tx, cycle: CycleRow, today: string): Promise<Question> {
  const persons = cycle.supplementsId
    ? (
        await sql<{ personId: number }>`select person_id as "personId" from aid.appeal
          where cycle_id = ${cycle.supplementsId} and state = 'upheld'`.execute(tx)
      ).rows.map((row) => row.personId)
    : null
  return {
    programmeId: cycle.programmeId,
    unitId: cycle.unitId,
    need: cycle.need,
    pool: persons ? 'persons' : cycle.terms.pool,
    cycleId: cycle.id,
    supplementsId: cycle.supplementsId,
    persons,
    onDay: today,
  }
}

/**
 * Who qualifies: by today's files while the cycle is a draft, by what was frozen from then on.
 * @throws Problem 403 | 404
 */
export async function previewCycle(
  tx: Tx,
  actor: Actor,
  cycleId: number,
  asked: Asked,
  today: string,
): Promise<Preview> {
  const cycle = await cycleById(tx, actor, cycleId)
  await requirePermission(tx, actor, 'aid.read-confidential', cycle.unitId, 'aid.read')
  await openAid(tx, actor)
  const question = cycle.frozenOn ? null : await questionOf(tx, cycle, today)
  const facts: Facts = (page) => (question ? factsNow(question, page) : factsOf(cycleId, page))
  const look = () => weigh(tx, cycle.terms, facts, asked)
  const weighed = await (question ? acrossUnions(tx, look) : look())
  return { ...weighed, left: await leftFor(tx, cycle.purse, today) }
}
