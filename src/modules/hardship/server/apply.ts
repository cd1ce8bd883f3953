import { sql } from 'kysely'
import { allows } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, forbidden, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { act, writeAct } from '../../../kernel/lifecycle/act.ts'
import { openTodo } from '../../../kernel/lifecycle/todos.ts'
import type { ApplicationInput } from '../contract.ts'
import { fileLife } from './machine.ts'
import { addVersion } from './versions.ts'
import { KEEPING } from './opening.ts'

export const subjectOf = (file: { id: number; unitId: number; personName: string }) => ({
  id: file.id,
  unitId: file.unitId,
  title: `${file.personName}的困难建档申请`,
  link: `/hardship/files/${file.id}`,
})

/**
 * Applies for a file: for oneself from a phone, or an officer for a member. It goes to the union's welfare officer at once.
 * @throws Problem 403, 409 `file-open`, 422 `person-unknown` and those of `addVersion`
 */
export async function apply(
  tx: Tx,
  actor: Actor,
  dataDir: string,
  draft: ApplicationInput,
  today: string,
): Promise<{ id: number }> {
  const { rows } = await sql<{ unitId: number; name: string; liftedId: number | null }>`
    select p.unit_id as "unitId", p.name,
      (select max(f.id) from hardship.file f where f.person_id = p.id and f.state = 'lifted') as "liftedId"
    from kernel.person_name p where p.id = ${draft.personId} and p.merged_into is null and p.kind = 'member'`.execute(
    tx,
  )
  const [person] = rows
  const own = actor.personId === draft.personId
  if (!person || (!own && !(await allows(tx, actor, 'hardship.read', person.unitId))))
    throw refused('person-unknown', '会员名册里没有这个人，请从名册中选择。', { personId: '请从名册中选择' })
  const officer =
    (await allows(tx, actor, 'hardship.write', person.unitId)) &&
    (await allows(tx, actor, 'hardship.read-confidential', person.unitId))
  if (!own && !officer) throw forbidden('登记困难帮扶')
  const made = await sql<{ id: number }>`
    insert into hardship.file (unit_id, person_id, previous_id, created_by)
    values (${person.unitId}, ${draft.personId}, ${person.liftedId}, ${actor.accountId})
    on conflict (person_id) where state not in ('rejected', 'withdrawn', 'lifted') do nothing returning id`.execute(tx)
  const fileId = made.rows[0]?.id
  if (!fileId) throw conflict('file-open', `${person.name}已有在办或在档的困难档案，不能重复申请。`)
  const file = { id: fileId, unitId: person.unitId, personName: person.name }
  await addVersion(tx, actor, dataDir, file, draft, 'application', today)
  await audit(tx, actor, {
    action: 'hardship.apply',
    objectKind: 'hardship-file',
    objectId: fileId,
    unitId: person.unitId,
    summary: `申请困难建档（档案 ${fileId}）`,
  })
  const subject = subjectOf(file)
  if (!officer) {
    // One's own application needs no office; from here on the machine has it.
    await writeAct(tx, actor, {
      objectKind: 'hardship-file',
      objectId: fileId,
      verb: '提交',
      from: 'draft',
      to: 'applied',
    })
    await openTodo(tx, {
      kind: fileLife.id,
      objectKind: 'hardship-file',
      objectId: fileId,
      unitId: person.unitId,
      permission: KEEPING,
      title: `待入户核查：${subject.title}`,
      link: subject.link,
    })
  } else await act(tx, actor, fileLife, subject, '提交', { today })
  await sql`update hardship.file set state = 'applied' where id = ${fileId}`.execute(tx)
  return { id: fileId }
}
