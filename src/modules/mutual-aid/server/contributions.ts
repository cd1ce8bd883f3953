import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { dropKept, keepRecords, type Kept } from '../../../kernel/register/kept.ts'
import type { Plan } from '../contract.ts'
import { contributions } from '../registers/insurance.ts'
import { rosterOf } from './enrolment.ts'

interface Payer {
  unitId: number
  personId: number
  paidOn: string
}

/**
 * What members paid into a fund that the union keeps itself, in 大病互助金收取: a record for each unit and day of collecting, so that
 * the sum of a year is that of 代管经费, and one of those who ought to pay and haven't. What the union adds is its own spending.
 * @param onDay `YYYY-MM-DD` under which those who haven't paid stand
 */
export async function keepContributions(
  tx: Tx,
  actor: Actor,
  plan: Plan,
  unitId: number,
  onDay: string,
): Promise<void> {
  const { rows: paid } = await sql<Payer>`
    select e.unit_id as "unitId", e.person_id as "personId", e.paid_on as "paidOn"
    from mutual_aid.enrolment e join kernel.closure k on k.descendant_id = e.unit_id and k.ancestor_id = ${unitId} and k.valid_to = 'infinity'
    where e.plan_id = ${plan.id} and e.paid_on is not null order by e.unit_id, e.paid_on, e.person_id`.execute(tx)
  const { rows: open } = await sql<{ unitId: number; personId: number }>`
    select p.unit_id as "unitId", p.id as "personId" from ${rosterOf(plan, unitId)}
      and not exists (select from mutual_aid.enrolment e where e.plan_id = ${plan.id} and e.person_id = p.id and e.paid_on is not null)
    order by p.unit_id, p.id`.execute(tx)
  const { rows: units } = await sql<{ unitId: number }>`
    select descendant_id as "unitId" from kernel.closure where ancestor_id = ${unitId} and valid_to = 'infinity'`.execute(
    tx,
  )
  const path = (unit: number): string => `mutual-aid/plans/${plan.id}/${unit}/premiums`
  const record = (
    unit: number,
    happenedOn: string,
  ): Pick<Kept['draft'], 'unitId' | 'happenedOn' | 'title' | 'fields'> => ({
    unitId: unit,
    happenedOn,
    title: plan.title,
    fields: { fund: plan.scheme === '会员大病互助' ? '会员大病互助金' : plan.scheme },
  })
  const amount = plan.premiumFen - plan.unionFen
  const collected = [...Map.groupBy(paid, (one) => `${path(one.unitId)}/${one.paidOn}`)].map(
    ([keptBy, payers]): Kept => ({
      keptBy,
      draft: {
        ...record(payers[0]!.unitId, payers[0]!.paidOn),
        lines: payers.map(({ personId }) => ({ personId, fields: { done: true, ...(amount > 0 && { amount }) } })),
      },
    }),
  )
  const waiting = Map.groupBy(open, (one) => one.unitId)
  const lacking = [...waiting].map(([unit, people]): Kept => ({
    keptBy: path(unit),
    draft: {
      ...record(unit, onDay),
      lines: people.map(({ personId }) => ({ personId, fields: { done: false } })),
    },
  }))
  await keepRecords(tx, actor, contributions, [...collected, ...lacking])
  const settled = units.filter((one) => !waiting.has(one.unitId)).map((one) => path(one.unitId))
  await dropKept(tx, actor, contributions, settled, '已全部缴纳')
}
