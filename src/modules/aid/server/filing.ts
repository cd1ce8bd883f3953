import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { dropKept, keepRecords, type Kept } from '../../../kernel/register/kept.ts'
import type { LineDraft } from '../../../kernel/register/draft.ts'
import { reliefs, warmthRounds } from '../../hardship/public.ts'
import { grants } from '../registers/grants.ts'
import { refunds } from '../registers/refunds.ts'
import { KINDS } from '../words.ts'
import type { CycleRow } from './cycles.ts'

interface Granted {
  id: number
  unitId: number
  personId: number
  householdId: number
  /** What is left of it after what came back in the year it was paid. */
  amountFen: number
  paidOn: string
  category: string | null
  student: string | null
  stage: string | null
  school: string | null
}

/** A festival that a cycle's title names. */
const festivalOf = (cycle: CycleRow): string => {
  const kind = KINDS[cycle.kind]
  const named = /元旦|春节|中秋|国庆/.exec(cycle.title)?.[0]
  return named ?? (kind.ledger === 'warmth' ? kind.festival : '日常')
}

/** Who a warmth round went to, in the ledger's words. */
const warmthLine = (one: Granted, cycle: CycleRow): Record<string, unknown> => ({
  facing: one.category ? '困难职工' : '广大职工',
  category: one.category ? '困难职工' : cycle.kind === 'heat' ? '一线职工' : '其他',
  amount: one.amountFen,
})

/**
 * What a cycle's payments count as, one line a person: in 帮扶项目发放台账 and in the ledger of the first issue that its kind
 * belongs to, so that their figures stay. What came back in the year of the payment counts nowhere; what came back later
 * leaves that year's figures as they were.
 * @param unitIds only these units' records; all of the cycle's when left out
 */
export async function filePaid(
  tx: Tx,
  actor: Actor,
  cycle: CycleRow & { source: string },
  unitIds: readonly number[] | null = null,
): Promise<void> {
  const { rows } = await sql<Granted>`
    select e.id, e.unit_id as "unitId", e.person_id as "personId", e.household_id as "householdId",
      e.amount_fen - coalesce((select sum(b.amount_fen) from aid.refund b where b.entitlement_id = e.id and not b.later_year), 0)::bigint
        as "amountFen",
      e.paid_on as "paidOn", c.category, a.student, a.stage, a.school
    from aid.entitlement e join aid.candidate c on c.cycle_id = e.cycle_id and c.person_id = e.person_id
      left join aid.application a on a.id = c.application_id
    where e.cycle_id = ${cycle.id} and e.state in ('paid', 'refunded')
      and (${unitIds === null} or e.unit_id = any(${[...(unitIds ?? [])]}::bigint[]))
    order by e.id`.execute(tx)
  const kept = rows.filter((row) => row.amountFen > 0)
  const units = Map.groupBy(rows, (row) => row.unitId)
  const path = (unitId: number): string => `aid/cycles/${cycle.id}/${unitId}`
  const kind = KINDS[cycle.kind]

  const byUnit = (line: (one: Granted) => Record<string, unknown>, fields: Record<string, unknown>): Kept[] =>
    [...units].flatMap(([unitId, all]) => {
      const lines: LineDraft[] = all
        .filter((one) => one.amountFen > 0)
        .map((one) => ({ personId: one.personId, householdId: one.householdId, fields: line(one) }))
      if (!lines.length) return []
      return [
        {
          keptBy: path(unitId),
          draft: { unitId, happenedOn: all[0]!.paidOn, title: `${cycle.programme}·${cycle.title}`, fields, lines },
        },
      ]
    })
  const emptied = [...units]
    .filter(([, all]) => all.every((one) => one.amountFen === 0))
    .map(([unitId]) => path(unitId))

  await keepRecords(
    tx,
    actor,
    grants,
    byUnit((one) => ({ amount: one.amountFen }), { kind: kind.title, source: cycle.source }),
  )
  await dropKept(tx, actor, grants, emptied, '全部退回')
  if (kind.ledger === 'warmth') {
    await keepRecords(
      tx,
      actor,
      warmthRounds,
      byUnit((one) => ({ ...warmthLine(one, cycle), source: cycle.source }), { festival: festivalOf(cycle) }),
    )
    await dropKept(tx, actor, warmthRounds, emptied, '全部退回')
    return
  }
  const relief = (one: { id: number }): string => `aid/entitlements/${one.id}`
  await keepRecords(
    tx,
    actor,
    reliefs,
    kept.map((one) => ({
      keptBy: relief(one),
      draft: {
        unitId: one.unitId,
        happenedOn: one.paidOn,
        personId: one.personId,
        householdId: one.householdId,
        fields: {
          programme: kind.programme,
          amount: one.amountFen,
          source: cycle.source,
          ...(cycle.approvedName && { approvedBy: cycle.approvedName }),
          ...(one.student && { student: one.student }),
          ...(one.stage && { stage: one.stage }),
          ...(one.school && { school: one.school }),
        },
      },
    })),
  )
  await dropKept(tx, actor, reliefs, rows.filter((row) => row.amountFen === 0).map(relief), '退回')
}

/** What came back counts as, on the day and in the year it came: in 帮扶款退回台账. */
export async function fileRefund(tx: Tx, actor: Actor, cycle: CycleRow, refundId: number): Promise<void> {
  const { rows } = await sql<{
    entitlementId: number
    unitId: number
    personId: number
    householdId: number
    amountFen: number
    onDay: string
    paidOn: string
    laterYear: boolean
  }>`
    select e.id as "entitlementId", e.unit_id as "unitId", e.person_id as "personId", e.household_id as "householdId",
      b.amount_fen as "amountFen", b.refunded_on as "onDay", e.paid_on as "paidOn", b.later_year as "laterYear"
    from aid.refund b join aid.entitlement e on e.id = b.entitlement_id where b.id = ${refundId}`.execute(tx)
  const one = rows[0]!
  await keepRecords(tx, actor, refunds, [
    {
      keptBy: `aid/entitlements/${one.entitlementId}/refunds/${refundId}`,
      draft: {
        unitId: one.unitId,
        happenedOn: one.onDay,
        title: `${cycle.programme}·${cycle.title}`,
        personId: one.personId,
        householdId: one.householdId,
        fields: {
          kind: KINDS[cycle.kind].title,
          amount: one.amountFen,
          paidOn: one.paidOn,
          earlier: one.laterYear,
        },
      },
    },
  ])
}
