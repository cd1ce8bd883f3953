import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { dropKept, keepRecords } from '../../../kernel/register/kept.ts'
import { survivorPay, survivorReviews } from '../../hardship/public.ts'
import { householdsOf } from '../../members/public.ts'

interface Filed {
  survivorId: number
  unitId: number
  personId: number
  year: number
  deceasedId: number
  deceased: string
  relation: string
  place: string
  notice: string
  noticedOn: string
  returnedOn: string | null
  result: string
  grade: string
  exitReason: string | null
  exitOn: string | null
}

interface Family {
  deceasedId: number
  /** the worker where the roster knew them, else the survivor entered first */
  headId: number
  unitId: number
}

/** The household of each worker's family: everybody who is provided for after one person is one family. */
async function familiesOf(tx: Tx, deceasedIds: readonly number[]): Promise<Map<number, number>> {
  const { rows } = await sql<Family>`
    select distinct on (d.id) d.id as "deceasedId", coalesce(d.person_id, s.person_id) as "headId", d.unit_id as "unitId"
    from survivors.deceased d join survivors.survivor s on s.deceased_id = d.id
    where d.id = any(${[...new Set(deceasedIds)]}::bigint[]) order by d.id, s.id`.execute(tx)
  const households = await householdsOf(
    tx,
    rows.map((row) => ({ personId: row.headId, unitId: row.unitId })),
  )
  return new Map(rows.map((row) => [row.deceasedId, households.get(row.headId)!]))
}

/** What reviews count as, in 遗属供养复核: a line from the day somebody was told, brought up to date by each later deed. */
export async function keepReviews(tx: Tx, actor: Actor, reviewIds: readonly number[]): Promise<void> {
  const { rows } = await sql<Filed>`
    select s.id as "survivorId", r.unit_id as "unitId", s.person_id as "personId", r.year, d.id as "deceasedId", d.name as deceased, s.relation, s.place,
      r.notice, r.noticed_on as "noticedOn", r.returned_on as "returnedOn", r.result, s.grade, s.end_reason as "exitReason",
      s.ended_on as "exitOn"
    from survivors.review r join survivors.survivor s on s.id = r.survivor_id join survivors.deceased d on d.id = s.deceased_id
    where r.id = any(${reviewIds}::bigint[]) and r.noticed_on is not null order by r.id`.execute(tx)
  const families = await familiesOf(
    tx,
    rows.map((row) => row.deceasedId),
  )
  await keepRecords(
    tx,
    actor,
    survivorReviews,
    rows.map((row) => ({
      keptBy: `survivors/${row.survivorId}/reviews/${row.year}`,
      draft: {
        unitId: row.unitId,
        happenedOn: row.noticedOn,
        personId: row.personId,
        householdId: families.get(row.deceasedId)!,
        fields: {
          deceased: row.deceased,
          relation: row.relation,
          place: row.place,
          notice: row.notice,
          noticedOn: row.noticedOn,
          returned: row.returnedOn !== null,
          result: row.result,
          grade: row.grade,
          ...(row.result === '退出供养' && { exitReason: row.exitReason, exitOn: row.exitOn }),
        },
      },
    })),
  )
}

/**
 * What a paid list counts as, in 遗属抚恤金发放: a line a person, without what came back. The union's own money that came back in
 * a later year stays in the year it was spent in, as in the journal. Money held for the employer is the employer's.
 */
export async function keepPay(tx: Tx, actor: Actor, payId: number): Promise<void> {
  const { rows } = await sql<{
    unitId: number
    month: string
    source: string
    paidOn: string
    personId: number | null
    deceasedId: number
    grade: string
    fen: number
  }>`
    select y.unit_id as "unitId", to_char(y.month, 'YYYY年FMMM月') as month, case y.source when '代管经费' then '行政' else y.source end as source, y.paid_on as "paidOn",
      s.person_id as "personId", s.deceased_id as "deceasedId", max(l.grade) as grade, sum(l.amount_fen)::bigint as fen
    from survivors.pay y left join survivors.pay_line l on l.pay_id = y.id and (l.recovery_id is null or l.later_year)
    left join survivors.survivor s on s.id = l.survivor_id
    where y.id = ${payId} and y.state = 'paid' group by y.id, s.person_id, s.deceased_id order by s.person_id`.execute(
    tx,
  )
  const lines = rows.filter((row) => row.personId !== null)
  const keptBy = `survivors/pay/${payId}`
  if (!lines.length) return dropKept(tx, actor, survivorPay, [keptBy], '已全部追回')
  const families = await familiesOf(
    tx,
    lines.map((row) => row.deceasedId),
  )
  const [{ unitId, month, source, paidOn }] = lines as [(typeof lines)[number]]
  await keepRecords(tx, actor, survivorPay, [
    {
      keptBy,
      draft: {
        unitId,
        happenedOn: paidOn,
        title: `${month}抚恤金`,
        fields: { source },
        lines: lines.map((row) => ({
          personId: row.personId!,
          householdId: families.get(row.deceasedId)!,
          fields: { grade: row.grade, amount: row.fen },
        })),
      },
    },
  ])
}
