import { sql } from 'kysely'
import type { Expired, Retention } from '../../../kernel/module/retention.ts'

/** Claims that brought no money. A paid one stands behind a voucher or a hand-over and stays. */
export const unpaidClaims: Retention = {
  id: 'mutual-aid.unpaid-claims',
  title: '未赔付的互助保障申请',
  becomes: '删除医院、病种分类、发票号和全部材料；申请件数和拒赔件数等统计保留。',
  cardId: 'PI-KEEP-REFUSED',
  files: 'mutual-aid-claim',
  async expired(tx, unitId, before, only) {
    const { rows } = await sql<Expired>`
      select m.id, m.unit_id as "unitId", case
          when exists (select from mutual_aid.appeal p where p.claim_id = m.id and p.outcome is null) then '申诉未办结'
          when exists (select from mutual_aid.claim n where n.previous_id = m.id
            and n.state in ('filed', 'examined', 'approved', 'appealed') and n.paid_on is null) then '重新提交的申请未办结'
        end as held
      from mutual_aid.claim m
      where m.forgotten_on is null and m.paid_on is null and m.state in ('refused', 'withdrawn', 'returned')
        and coalesce(m.decided_on, m.filed_on) <= ${before}::date
        and exists (select from kernel.closure c where c.ancestor_id = ${unitId} and c.descendant_id = m.unit_id and c.valid_to = 'infinity')
        ${only ? sql`and m.id = any(${only}::bigint[])` : sql``}
      order by m.id limit 2000 ${only ? sql`for update of m` : sql``}`.execute(tx)
    return rows
  },
  async forget(tx, ids, today) {
    await sql`update mutual_aid.claim set hospital = '', category = null, invoice_no = '', papers = '[]', adjustment = null,
      forgotten_on = ${today}::date where id = any(${ids}::bigint[])`.execute(tx)
  },
}
