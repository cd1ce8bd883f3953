import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { writeAct } from '../../../kernel/lifecycle/act.ts'
import { openTodo } from '../../../kernel/lifecycle/todos.ts'
import { awaitReview } from './decide.ts'
import { lockFile } from './files.ts'
import { KEEPING, withEveryFile } from './opening.ts'

/**
 * Sends a file on file after its person, to the unit where the roster has them now. The union that receives it looks at
 * the family again; what counted here stays counted here.
 * @throws Problem 403 | 404, 422 `not-now` | `own-file` | `not-moved`
 */
export async function transferFile(
  tx: Tx,
  actor: Actor,
  fileId: number,
  words: string,
  today: string,
): Promise<{ unitId: number; unitName: string }> {
  const file = await lockFile(tx, actor, fileId, today)
  await requirePermission(tx, actor, 'hardship.write', file.unitId)
  if (file.state !== 'on-file') throw refused('not-now', '只有在档的档案可以转移；正在办理的，请先办完或撤回。')
  if (actor.personId === file.personId) throw refused('own-file', '不能办理本人的档案，请由其他人办理。')
  const { rows } = await sql<{ unitId: number; unitName: string }>`
    select p.unit_id as "unitId", u.name as "unitName"
    from kernel.person_name p join kernel.unit_name u on u.id = p.unit_id where p.id = ${file.personId}`.execute(tx)
  const to = rows[0]!
  if (to.unitId === file.unitId)
    throw refused('not-moved', `${file.personName}的会籍还在${file.unitName}。请先办理会籍转移，档案随会籍走。`)
  // The file leaves the sender's sight with this statement; row security lets just this one through.
  await withEveryFile(tx, () =>
    sql`update hardship.file set unit_id = ${to.unitId}, moved_from = ${file.unitId} where id = ${fileId}`.execute(tx),
  )
  await openTodo(tx, {
    kind: 'hardship.received',
    objectKind: 'hardship-file',
    objectId: fileId,
    unitId: to.unitId,
    permission: KEEPING,
    title: `转入的困难档案待入户核查：${file.personName}`,
    link: `/hardship/files/${fileId}`,
  })
  // The yearly review is the new union's from now on.
  if (file.reviewOn) await awaitReview(tx, { ...file, unitId: to.unitId }, file.reviewOn)
  await writeAct(tx, actor, {
    objectKind: 'hardship-file',
    objectId: fileId,
    verb: '转移',
    from: 'on-file',
    to: 'on-file',
    words: `${file.unitName} → ${to.unitName}：${words}`,
  })
  await audit(tx, actor, {
    action: 'hardship.transfer',
    objectKind: 'hardship-file',
    objectId: fileId,
    unitId: file.unitId,
    summary: `困难档案 ${fileId} 转往${to.unitName}`,
  })
  return to
}
