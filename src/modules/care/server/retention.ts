import { sql } from 'kysely'
import type { Expired, Retention } from '../../../kernel/module/retention.ts'

/** Photos of visits and what was noted. Where a visit cost money, they stand behind its voucher and stay. */
export const visitPhotos: Retention = {
  id: 'care.visit-photos',
  title: '走访照片和情况说明',
  becomes: '删除照片、地点和情况说明；走访登记簿和走访人次保留。',
  cardId: 'PI-KEEP-VISIT',
  files: 'care-event',
  async expired(tx, unitId, before, only) {
    const { rows } = await sql<Expired>`
      select e.id, e.unit_id as "unitId", null as held from care.event e
      where e.forgotten_on is null and e.request_id is null and e.state <> 'open'
        and coalesce(e.visited_on, e.known_on) <= ${before}::date
        and exists (select from kernel.closure c where c.ancestor_id = ${unitId} and c.descendant_id = e.unit_id and c.valid_to = 'infinity')
        ${only ? sql`and e.id = any(${only}::bigint[])` : sql``}
      order by e.id limit 2000 ${only ? sql`for update of e` : sql``}`.execute(tx)
    return rows
  },
  async forget(tx, ids, today) {
    await sql`update care.event set place = null, note = null, forgotten_on = ${today}::date
      where id = any(${ids}::bigint[])`.execute(tx)
  },
}
