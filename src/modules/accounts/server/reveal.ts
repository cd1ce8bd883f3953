import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'

const fields = {
  idNo: { column: 'id_no_sealed', title: '身份证号' },
  phone: { column: 'phone_sealed', title: '手机号' },
  bank: { column: 'bank_sealed', title: '银行卡号' },
} as const

/**
 * Shows one sealed number of one person, with a reason that goes to the audit together with who looked. One's own needs
 * no office.
 */
export async function reveal(
  tx: Tx,
  dataDir: string,
  actor: Actor,
  request: { personId: number; field: keyof typeof fields; reason: string },
): Promise<{ value: string }> {
  const { column, title } = fields[request.field]
  const { rows } = await sql<{ unitId: number; name: string; sealed: Buffer | null }>`
    select unit_id as "unitId", name, ${sql.ref(column)} as sealed from members.person
    where id = ${request.personId}`.execute(tx)
  const person = rows[0]
  if (!person) throw notFound('人员')
  if (actor.personId !== request.personId)
    await requirePermission(tx, actor, 'members.reveal', person.unitId, 'members.read')
  if (!person.sealed) throw refused('nothing-kept', `没有登记${person.name}的${title}。`)
  await audit(tx, actor, {
    action: 'members.reveal',
    objectKind: 'person',
    objectId: request.personId,
    unitId: person.unitId,
    summary: `查看${person.name}的${title}：${request.reason}`,
    detail: { field: request.field },
  })
  return { value: openKeys(dataDir).open(person.sealed, `members.person.${column}`) }
}
