import { sql } from 'kysely'
import type { Expired, Retention } from '../../../kernel/module/retention.ts'
import { withEveryFile } from './opening.ts'

/** Files that ended: diagnoses, names of relatives and who visited go, the arithmetic stays. */
export const endedFiles: Retention = {
  id: 'hardship.ended-files',
  title: '已退出或未批准的困难档案',
  becomes: '删除诊断信息、家属姓名和备注、致困说明、入户人；类别、收入核算和各年统计保留。',
  cardId: 'PI-KEEP-HARDSHIP',
  async expired(tx, unitId, before, only) {
    const { rows } = await withEveryFile(tx, () =>
      sql<Expired>`
      select f.id, f.unit_id as "unitId", case
          when exists (select from hardship.file n where n.previous_id = f.id and n.state not in ('rejected', 'withdrawn', 'lifted'))
            then '本人又有在办或在档的档案'
        end as held
      from hardship.file f
      where f.forgotten_on is null and f.state in ('rejected', 'withdrawn', 'lifted')
        and coalesce(f.lifted_on, (select max(v.on_day) from hardship.version v where v.file_id = f.id), f.created_at::date) <= ${before}::date
        and exists (select from kernel.closure c where c.ancestor_id = ${unitId} and c.descendant_id = f.unit_id and c.valid_to = 'infinity')
        ${only ? sql`and f.id = any(${only}::bigint[])` : sql``}
      order by f.id limit 2000 ${only ? sql`for update of f` : sql``}`.execute(tx),
    )
    return rows
  },
  async forget(tx, ids, today) {
    await withEveryFile(tx, async () => {
      await sql`update hardship.version set diagnosis_sealed = null, visitors = null, ground = '', family = coalesce(
        (select jsonb_agg(jsonb_build_object('name', '', 'relation', r -> 'relation', 'incomeFen', r -> 'incomeFen') order by at)
         from jsonb_array_elements(family) with ordinality as each (r, at)), '[]')
      where file_id = any(${ids}::bigint[])`.execute(tx)
      await sql`update hardship.file set lift_reason = null, forgotten_on = ${today}::date where id = any(${ids}::bigint[])`.execute(
        tx,
      )
    })
  },
}
