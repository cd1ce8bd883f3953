import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { dropKept, keepRecords } from '../../../kernel/register/kept.ts'
import { appeals, applications } from '../registers/applications.ts'
import { APPEAL_STATES, KINDS, OUTCOMES, type Kind } from '../words.ts'
import type { CycleRow } from './cycles.ts'
import { judged } from './eligibility.ts'
import { factsOf } from './facts.ts'

interface Fared {
  unitId: number
  personId: number
  outcome: keyof typeof OUTCOMES
  askedFen: number | null
}

const path = (cycleId: number, unitId: number): string => `aid/cycles/${cycleId}/${unitId}`

/**
 * How everybody who applied to a decided cycle fared, in 帮扶申请审核台账: by what was frozen, without those who were only
 * looked at; whoever was sent back for papers and never came again is one of them.
 * @param onDay `YYYY-MM-DD` on which the list was drawn up
 */
export async function fileApplications(tx: Tx, actor: Actor, cycle: CycleRow, onDay: string): Promise<void> {
  const { rows } = await sql<Fared>`
    select j.unit_id as "unitId", j.person_id as "personId",
      case when e.state = 'withheld' then 'withheld' else j.verdict end as outcome, j.asked_fen as "askedFen"
    from (${judged(cycle.terms, factsOf(cycle.id))}) j
      left join aid.entitlement e on e.cycle_id = ${cycle.id} and e.person_id = j.person_id
    where j.application_id is not null
    union all
    select a.unit_id, a.person_id, 'returned', a.asked_fen from aid.application a
    where a.cycle_id = ${cycle.id} and a.state = 'returned'
    order by 1, 2`.execute(tx)
  await keepRecords(
    tx,
    actor,
    applications,
    [...Map.groupBy(rows, (row) => row.unitId)].map(([unitId, all]) => ({
      keptBy: path(cycle.id, unitId),
      draft: {
        unitId,
        happenedOn: onDay,
        title: `${cycle.programme}·${cycle.title}`,
        fields: { kind: KINDS[cycle.kind].title },
        lines: all.map((one) => ({
          personId: one.personId,
          fields: { outcome: OUTCOMES[one.outcome], ...(one.askedFen !== null && { asked: one.askedFen }) },
        })),
      },
    })),
  )
}

/** A list that was ended decided nothing. */
export async function dropApplications(tx: Tx, actor: Actor, cycleId: number): Promise<void> {
  const { rows } = await sql<{ unitId: number }>`
    select unit_id as "unitId" from aid.candidate where cycle_id = ${cycleId} and application_id is not null
    union select unit_id from aid.application where cycle_id = ${cycleId} and state = 'returned'`.execute(tx)
  await dropKept(
    tx,
    actor,
    applications,
    rows.map((row) => path(cycleId, row.unitId)),
    '批次终止',
  )
}

/** An appeal and its answer, in 帮扶名单申诉台账. */
export async function fileAppeal(tx: Tx, actor: Actor, appealId: number): Promise<void> {
  const { rows } = await sql<{
    cycleId: number
    unitId: number
    personId: number
    state: keyof typeof APPEAL_STATES
    filedOn: string
    answeredOn: string | null
    kind: Kind
    title: string
  }>`
    select a.cycle_id as "cycleId", a.unit_id as "unitId", a.person_id as "personId", a.state, a.filed_on as "filedOn",
      a.answered_on as "answeredOn", g.kind, g.title || '·' || c.title as title
    from aid.appeal a join aid.cycle c on c.id = a.cycle_id join aid.programme g on g.id = c.programme_id
    where a.id = ${appealId}`.execute(tx)
  const one = rows[0]!
  await keepRecords(tx, actor, appeals, [
    {
      keptBy: `aid/cycles/${one.cycleId}/appeals/${appealId}`,
      draft: {
        unitId: one.unitId,
        happenedOn: one.filedOn,
        title: one.title,
        personId: one.personId,
        fields: {
          kind: KINDS[one.kind].title,
          outcome: APPEAL_STATES[one.state],
          ...(one.answeredOn && { answeredOn: one.answeredOn }),
        },
      },
    },
  ])
}
