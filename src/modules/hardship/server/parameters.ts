import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Parameters } from '../classify.ts'
import type { ParameterInput } from '../contract.ts'

export interface DatedParameters extends Parameters {
  id: number
  unitId: number
  unitName: string
  from: string
}

const columns = sql`p.id, p.unit_id as "unitId", u.name as "unitName", p.line_fen as "lineFen", p.deep_inclusive as "deepInclusive",
  p.relative_hundredths as "relativeHundredths", p.loss_share as "lossShare", p.ceiling_fen as "ceilingFen", p.document,
  p.valid_from as "from"`

/** The standards a unit works by: its own, and those of the units above; the newest first. */
export async function parametersOf(db: Db | Tx, unitId: number): Promise<DatedParameters[]> {
  const { rows } = await sql<DatedParameters>`
    select ${columns} from kernel.closure c join hardship.parameter p on p.unit_id = c.ancestor_id
    join kernel.unit_name u on u.id = p.unit_id
    where c.descendant_id = ${unitId} and c.valid_to = 'infinity' order by c.depth, p.valid_from desc`.execute(db)
  return rows
}

/** The standard in force on a day: the nearest unit's that has one; null where nobody entered any. */
export async function parametersOn(db: Db | Tx, unitId: number, day: string): Promise<DatedParameters | null> {
  return (await parametersOf(db, unitId)).find((one) => one.from <= day) ?? null
}

/** Enters a district's standard from a day on. @throws Problem 403 | 404, 409 `parameter-exists` */
export async function addParameters(tx: Tx, actor: Actor, draft: ParameterInput): Promise<{ id: number }> {
  await requirePermission(tx, actor, 'hardship.set-standard', draft.unitId, 'hardship.read')
  const { rows } = await sql<{ id: number }>`
    insert into hardship.parameter (unit_id, line_fen, deep_inclusive, relative_hundredths, loss_share, ceiling_fen, document,
      valid_from, created_by)
    values (${draft.unitId}, ${draft.lineFen}, ${draft.deepInclusive}, ${draft.relativeHundredths}, ${draft.lossShare},
      ${draft.ceilingFen}, ${draft.document}, ${draft.from}::date, ${actor.accountId})
    on conflict (unit_id, valid_from) do nothing returning id`.execute(tx)
  if (!rows[0]) throw conflict('parameter-exists', '这一天已经有一份标准。标准不能改写，请换一个执行日期。')
  await audit(tx, actor, {
    action: 'hardship.set-standard',
    objectKind: 'hardship-parameter',
    objectId: rows[0].id,
    unitId: draft.unitId,
    summary: `自 ${draft.from} 起执行困难标准：低保 ${draft.lineFen / 100} 元（${draft.document}）`,
  })
  return rows[0]
}
