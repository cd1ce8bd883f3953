import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { Problem } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import type { collectionInput, ListedDues } from '../../income-contract.ts'
import { lockBook } from '../journal/spend.ts'
import type { Book } from '../journal/books.ts'
import { openedBook } from '../opened-book.ts'
import { membersDue } from './members-due.ts'
import { finderOf, readPastedList } from './pasted-list.ts'
import { takeIn, type Receipt } from './receive.ts'

/**
 * Takes in dues of several members and months at once: one receipt, one voucher, a row a member and month. More than a
 * month's open amount is refused, so that a list sent twice doesn't count twice.
 * @throws Problem 422 `dues-too-much` | `not-owing` with one sentence per row, keyed `rows.3`
 */
export async function collectDues(tx: Tx, actor: Actor, input: z.output<typeof collectionInput>): Promise<Receipt> {
  const book = await openedBook(tx, actor, input.unitId, 'funds.pay')
  await lockBook(tx, book.id)
  const months = input.rows.map((row) => row.month).toSorted()
  const due = new Map(
    (
      await membersDue(tx, book, {
        from: months[0]!,
        to: months.at(-1)!,
        persons: [...new Set(input.rows.map((row) => row.personId))],
      })
    ).map((row) => [`${row.personId} ${row.month}`, row]),
  )
  const fields: Record<string, string> = {}
  for (const [index, row] of input.rows.entries()) {
    const known = due.get(`${row.personId} ${row.month}`)
    if (!known) fields[`rows.${index}`] = `${row.month} 不在会籍，或名单里重复`
    else if (row.amountFen > known.dueFen - known.paidFen)
      fields[`rows.${index}`] =
        `${known.name} ${row.month} 应交 ${formatYuan(known.dueFen)} 元、已交 ${formatYuan(known.paidFen)} 元，多收了`
    due.delete(`${row.personId} ${row.month}`)
  }
  const wrong = Object.values(fields)
  if (wrong.length)
    throw new Problem(422, 'dues-too-much', `有 ${wrong.length} 行不能收：${wrong.slice(0, 3).join('；')}。`, fields)

  return collectRows(tx, actor, book, input)
}

/** Writes what was checked: one receipt and its rows. The caller has asked the permission, the lane and what is open. */
export async function collectRows(
  tx: Tx,
  actor: Actor,
  book: Book,
  input: z.output<typeof collectionInput>,
): Promise<Receipt> {
  const months = input.rows.map((row) => row.month).toSorted()
  const amountFen = input.rows.reduce((sum, row) => sum + row.amountFen, 0)
  const span = months[0] === months.at(-1) ? months[0]! : `${months[0]} 至 ${months.at(-1)}`
  const receipt = await takeIn(tx, actor, book, {
    unitId: input.unitId,
    kind: 'dues',
    receivedOn: input.receivedOn,
    amountFen,
    payer: input.payer,
    summary: `收 ${span} 会费（${new Set(input.rows.map((row) => row.personId)).size} 人）`,
    method: input.method,
  })
  await sql`insert into funds.dues_payment (income_id, book_id, person_id, month, amount_fen)
    select ${receipt.id}, ${book.id}, t.person, (t.month || '-01')::date, t.fen
    from unnest(${input.rows.map((row) => row.personId)}::bigint[], ${input.rows.map((row) => row.month)}::text[],
      ${input.rows.map((row) => row.amountFen)}::bigint[]) as t (person, month, fen)`.execute(tx)
  return receipt
}

/** Reads a pasted list against the month's members: who is meant, what is open, what is wrong. Writes nothing. */
export async function readDuesList(
  db: Db | Tx,
  actor: Actor,
  input: { unitId: number; month: string; text: string },
): Promise<{ rows: ListedDues[]; wrong: number; amountFen: number }> {
  const book = await openedBook(db, actor, input.unitId, 'funds.read')
  const members = await membersDue(db, book, { from: input.month, to: input.month, unitId: input.unitId })
  const byId = new Map(members.map((row) => [row.personId, row]))
  const find = finderOf(members)
  const seen = new Set<number>()
  const rows = readPastedList(input.text).map((row): ListedDues => {
    const blank = { line: row.line, who: row.who, personId: null, name: null, dueFen: null, openFen: null }
    if (row.error) return { ...blank, amountFen: null, error: row.error }
    const found = find(row.who)
    if (typeof found === 'string') return { ...blank, amountFen: row.amountFen, error: found }
    const member = byId.get(found.personId)!
    const twice = seen.has(found.personId)
    seen.add(found.personId)
    return {
      line: row.line,
      who: row.who,
      personId: found.personId,
      name: found.name,
      amountFen: row.amountFen,
      dueFen: member.dueFen,
      openFen: member.dueFen - member.paidFen,
      error: twice ? `${found.name}在名单里出现了两次` : null,
    }
  })
  return {
    rows,
    wrong: rows.filter((row) => row.error).length,
    amountFen: rows.reduce((sum, row) => sum + (row.error ? 0 : (row.amountFen ?? 0)), 0),
  }
}
