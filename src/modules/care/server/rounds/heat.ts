import { sql } from 'kysely'
import { requirePermission } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { refused } from '../../../../kernel/contract/problem.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { keepRecords } from '../../../../kernel/register/kept.ts'
import type { HeatInput } from '../../rounds-contract.ts'
import { heatRelief } from '../../registers/rounds.ts'
import { takeFromStore } from './store.ts'

/**
 * Brings goods to people who work in the heat: what comes from the store leaves it in the same transaction, at its price
 * there, and the delivery is one line of 高温慰问.
 * @returns the record
 * @throws Problem 403 | 404, 422 `in-future` | `book-missing` | `not-enough`
 */
export async function deliverHeatRelief(
  tx: Tx,
  actor: Actor,
  delivery: HeatInput,
  today: string,
): Promise<{ recordId: number }> {
  await requirePermission(tx, actor, 'care.write', delivery.unitId, 'care.read')
  if (delivery.onDay > today) throw refused('in-future', '慰问日期不能晚于今天。', { onDay: '不能晚于今天' })
  const { rows } = await sql<{ id: number }>`
    insert into care.delivery (unit_id, on_day, post, created_by)
    values (${delivery.unitId}, ${delivery.onDay}::date, ${delivery.post}, ${actor.accountId}) returning id`.execute(tx)
  const deliveryId = rows[0]!.id
  const goods = []
  for (const line of delivery.goods) {
    const costFen = line.stockItemId
      ? await takeFromStore(tx, actor, delivery.unitId, line.stockItemId, {
          onDate: delivery.onDay,
          quantity: line.quantity,
          purpose: `高温慰问：${delivery.post}`,
        })
      : line.costFen
    goods.push({
      fields: {
        kind: line.kind,
        item: line.item,
        quantity: line.quantity,
        ...(line.measure && { measure: line.measure }),
        ...(costFen > 0 && { cost: costFen }),
      },
    })
  }
  const [recordId] = await keepRecords(tx, actor, heatRelief, [
    {
      keptBy: `care/deliveries/${deliveryId}`,
      draft: {
        unitId: delivery.unitId,
        happenedOn: delivery.onDay,
        title: delivery.post,
        fields: { place: delivery.place, ledBy: delivery.ledBy },
        lines: goods,
      },
    },
  ])
  await audit(tx, actor, {
    action: 'care.heat-relief',
    objectKind: 'care-delivery',
    objectId: deliveryId,
    unitId: delivery.unitId,
    summary: `高温慰问${delivery.post}：${delivery.goods.map((line) => `${line.item} ${line.quantity}${line.measure ?? ''}`).join('、')}`,
  })
  return { recordId: recordId! }
}
