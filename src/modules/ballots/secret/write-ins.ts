import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { lockVote } from '../server/vote.ts'
import type { Count } from '../verdict/count.ts'

/** Names out of the electronic box whom nobody has told apart yet: borne by nobody of the roll, or by several. */
export async function unnamedWriteIns(db: Db | Tx, voteId: number): Promise<{ label: string; yes: number }[]> {
  const { rows } = await sql<{ sheet: Count }>`
    select s.sheet from ballots.count_sheet s join ballots.vote v on v.id = s.vote_id and v.state = 'issuing'
    where s.vote_id = ${voteId} and s.channel = 'booth'`.execute(db)
  return (rows[0]?.sheet.items ?? [])
    .filter((item) => item.writtenIn && !item.key.startsWith('p'))
    .map(({ label, yes }) => ({ label, yes }))
}

/**
 * Says who a written-in name is, before the result is declared: without that nobody can be elected by it. The published
 * ballots stay as they are. Callers check their permission.
 * @throws Problem 404, 409 `not-counting` | `named-already`, 422 `other-name`
 */
export async function nameWriteIn(
  tx: Tx,
  actor: Actor,
  voteId: number,
  label: string,
  personId: number,
): Promise<void> {
  const vote = await lockVote(tx, voteId)
  if (vote.state !== 'issuing') throw conflict('not-counting', '结果已经宣布，不能再更改。')
  const { rows } = await sql<{ sheet: Count; name: string | null }>`
    select s.sheet, (select p.name from members.person p where p.id = ${personId}) as name
    from ballots.count_sheet s where s.vote_id = ${voteId} and s.channel = 'booth'`.execute(tx)
  const sheet = rows[0]?.sheet
  if (!sheet?.items.some((item) => item.key === `w-${label}`)) throw notFound('另选的人')
  if (rows[0]!.name !== label)
    throw refused('other-name', `选票上写的是“${label}”，请选定同名的人。`, { personId: '姓名不同' })
  if (vote.items.some((item) => item.personId === personId) || sheet.items.some((item) => item.key === `p${personId}`))
    throw conflict('named-already', '这个人已在候选人或另选名单里，请核对是不是另一位同名的人。')
  const items = sheet.items.map((item) => (item.key === `w-${label}` ? { ...item, key: `p${personId}` } : item))
  await sql`update ballots.count_sheet set sheet = ${JSON.stringify({ ...sheet, items })}::jsonb
    where vote_id = ${voteId} and channel = 'booth'`.execute(tx)
  await audit(tx, actor, {
    action: 'ballots.name-write-in',
    objectKind: 'vote',
    objectId: voteId,
    unitId: vote.unitId,
    summary: `确定“${vote.title}”另选的“${label}”是哪一位`,
    detail: { personId },
  })
}
