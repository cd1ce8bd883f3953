import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { refused } from '../../../../kernel/contract/problem.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import type { baseInput, exemptionInput } from '../../income-contract.ts'
import type { Book } from '../journal/books.ts'
import { openedBook } from '../opened-book.ts'
import { EXEMPTIONS } from '../../income-words.ts'

/** @throws Problem 422 `not-members` when somebody never belonged to the union */
async function requireMembers(tx: Tx, book: Book, personIds: readonly number[]): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select distinct m.person_id as id from members.membership m join organisation.unit u on u.id = m.unit_id
    where u.layer_id = ${book.unitId} and m.person_id = any(${personIds}::bigint[])`.execute(tx)
  const known = new Set(rows.map((row) => row.id))
  const strange = new Set(personIds.filter((one) => !known.has(one))).size
  if (strange) throw refused('not-members', `有 ${strange} 人不是本工会的会员，请核对名单。`)
}

/** Sets wage bases from a month on; a second entry for the same month puts the first right. @returns how many */
export async function saveBases(tx: Tx, actor: Actor, input: z.output<typeof baseInput>): Promise<{ saved: number }> {
  const book = await openedBook(tx, actor, input.unitId, 'funds.prepare')
  const { rows } = input
  await requireMembers(
    tx,
    book,
    rows.map((row) => row.personId),
  )
  await sql`insert into funds.dues_base (book_id, person_id, base_fen, fixed_fen, valid_from, source, created_by)
    select ${book.id}, t.person, case when t.fixed is null then t.base end, t.fixed, ${`${input.from}-01`}::date,
      ${input.source ?? null}, ${actor.accountId}
    from unnest(${rows.map((row) => row.personId)}::bigint[], ${rows.map((row) => row.baseFen ?? null)}::bigint[],
      ${rows.map((row) => row.fixedFen ?? null)}::bigint[]) as t (person, base, fixed)
    on conflict (person_id, valid_from) do update set base_fen = excluded.base_fen, fixed_fen = excluded.fixed_fen,
      source = excluded.source, book_id = excluded.book_id, created_by = excluded.created_by, created_at = now()`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'funds.dues-base',
    objectKind: 'funds-book',
    objectId: book.id,
    unitId: book.unitId,
    summary: `登记 ${rows.length} 名会员自 ${input.from} 起的会费缴费基数`,
    detail: { from: input.from, people: rows.length },
  })
  return { saved: rows.length }
}

/** Grants an exemption for a span of months. */
export async function grantExemption(
  tx: Tx,
  actor: Actor,
  input: z.output<typeof exemptionInput>,
): Promise<{ id: number }> {
  const book = await openedBook(tx, actor, input.unitId, 'funds.prepare')
  await requireMembers(tx, book, [input.personId])
  const { rows } = await sql<{ id: number }>`
    insert into funds.dues_exemption (book_id, person_id, kind, from_month, to_month, reason, created_by)
    values (${book.id}, ${input.personId}, ${input.kind}, ${`${input.fromMonth}-01`}::date,
      ${input.toMonth ? `${input.toMonth}-01` : null}::date, ${input.reason}, ${actor.accountId}) returning id`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'funds.dues-exemption',
    objectKind: 'person',
    objectId: input.personId,
    unitId: book.unitId,
    summary: `登记一名会员自 ${input.fromMonth} 起会费减免（${EXEMPTIONS[input.kind]}）`,
    detail: { ...input },
  })
  return rows[0]!
}
