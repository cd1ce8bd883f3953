import { sql } from 'kysely'
import type { Expired, Retention } from '../../../kernel/module/retention.ts'
import { acrossUnions } from './opening.ts'

/**
 * Applications from which nobody was paid. Where money went, the papers stand behind a voucher and stay as long as that
 * (会计档案管理办法: 30 years).
 */
export const unpaidApplications: Retention = {
  id: 'aid.unpaid-applications',
  title: '未获批准的帮扶申请',
  becomes: '删除申请理由、学生和学校信息及全部材料照片；申请人次等统计保留。',
  cardId: 'PI-KEEP-REFUSED',
  files: 'aid-application',
  async expired(tx, unitId, before, only) {
    // Whoever cleans up opens no list.
    const { rows } = await acrossUnions(tx, () =>
      sql<Expired>`
      select a.id, a.unit_id as "unitId", case
          when exists (select from aid.appeal p where p.cycle_id = a.cycle_id and p.person_id = a.person_id and p.state = 'open')
            then '申诉未办结'
          when exists (select from aid.entitlement e where e.cycle_id = a.cycle_id and e.person_id = a.person_id
            and e.state in ('proposed', 'withheld', 'approved')) then '待遇未付清'
        end as held
      from aid.application a join aid.cycle y on y.id = a.cycle_id
      where a.forgotten_on is null and y.closes_on <= ${before}::date
        and exists (select from kernel.closure c where c.ancestor_id = ${unitId} and c.descendant_id = a.unit_id and c.valid_to = 'infinity')
        and not exists (select from aid.entitlement e where e.cycle_id = a.cycle_id and e.person_id = a.person_id
          and (e.payment_id is not null or e.state in ('paid', 'refunded')))
        ${only ? sql`and a.id = any(${only}::bigint[])` : sql``}
      order by a.id limit 2000 ${only ? sql`for update of a` : sql``}`.execute(tx),
    )
    return rows
  },
  async forget(tx, ids, today) {
    await acrossUnions(tx, () =>
      sql`update aid.application set words = '', papers = '{}', student = null, stage = null, school = null, student_hash = null,
      returned_why = null, forgotten_on = ${today}::date where id = any(${ids}::bigint[])`.execute(tx),
    )
  },
}
