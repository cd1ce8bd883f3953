import { sql, type RawBuilder } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { formatYuan } from '../../../kernel/money/money.ts'
import type { Standard, StandardInput } from '../contract.ts'

/** The standards a unit pays by: its own and those of the units above, the newest first. */
export async function standardsOf(db: Db | Tx, unitId: number): Promise<Standard[]> {
  const { rows } = await sql<Standard>`
    select s.id, u.name as "unitName", s.grade, s.monthly_fen as "monthlyFen", s.valid_from as "validFrom", s.document
    from kernel.closure k join survivors.standard s on s.unit_id = k.ancestor_id join kernel.unit_name u on u.id = s.unit_id
    where k.descendant_id = ${unitId} and k.valid_to = 'infinity' order by s.grade, s.valid_from desc, k.depth`.execute(
    db,
  )
  return rows
}

/** SQL: what a grade pays in a month at a unit: by the nearest unit's standard that is in force on its first day. */
export const standardIn = (
  unit: RawBuilder<unknown>,
  grade: RawBuilder<unknown>,
  month: RawBuilder<unknown>,
): RawBuilder<number | null> => sql<number | null>`(
  select st.monthly_fen from kernel.closure sk join survivors.standard st on st.unit_id = sk.ancestor_id
  where sk.descendant_id = ${unit} and sk.valid_to = 'infinity' and st.grade = ${grade} and st.valid_from <= ${month}
  order by sk.depth, st.valid_from desc limit 1)`

/** Enters what a grade pays from a day on. @throws Problem 403 | 404, 409 `standard-exists` */
export async function addStandard(tx: Tx, actor: Actor, draft: StandardInput): Promise<{ id: number }> {
  await requirePermission(tx, actor, 'survivors.approve', draft.unitId, 'survivors.read')
  const { rows } = await sql<{ id: number }>`
    insert into survivors.standard (unit_id, grade, monthly_fen, valid_from, document, created_by)
    values (${draft.unitId}, ${draft.grade}, ${draft.monthlyFen}, ${draft.validFrom}::date, ${draft.document}, ${actor.accountId})
    on conflict do nothing returning id`.execute(tx)
  if (!rows[0]) throw conflict('standard-exists', '这一档在这一天已有标准，不能改写。请核对执行日期。')
  await audit(tx, actor, {
    action: 'survivors.standard',
    objectKind: 'survivors-standard',
    objectId: rows[0].id,
    unitId: draft.unitId,
    summary: `遗属供养标准“${draft.grade}”自 ${draft.validFrom} 起每月 ${formatYuan(draft.monthlyFen)} 元`,
  })
  return rows[0]
}
