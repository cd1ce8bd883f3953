import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import type { Book } from '../journal/books.ts'
import type { BankAccount } from './bank-accounts.ts'
import { statementGrid } from './statement-grid.ts'
import { readStatement, type Statement } from './statement-read.ts'
import type { Preview } from '../../bank-contract.ts'

export interface Upload {
  fileName: string
  bytes: Buffer
}

/** Numbers lines that look alike, in the bank's order, so that both coffees of one day count. */
function numbered(statement: Statement): { key: string; nth: number }[] {
  const seen = new Map<string, number>()
  return statement.lines.map((line) => {
    const key = [line.on, line.amountFen, line.balanceFen ?? '', line.reference].join('|')
    const nth = (seen.get(key) ?? 0) + 1
    seen.set(key, nth)
    return { key, nth }
  })
}

/** Rows of a statement as a table of SQL. */
function incoming(statement: Statement) {
  const { lines } = statement
  return sql`unnest(${lines.map((line) => line.on)}::date[], ${lines.map((line) => line.amountFen)}::bigint[],
    ${lines.map((line) => line.balanceFen)}::bigint[], ${lines.map((line) => line.summary)}::text[],
    ${lines.map((line) => line.party)}::text[], ${lines.map((line) => line.reference)}::text[],
    ${numbered(statement).map((one) => one.nth)}::int[]) with ordinality
    as t (on_date, amount_fen, balance_fen, summary, party, reference, nth, place)`
}

/** What an import would bring, nothing saved. @throws Problem 422 as `statementGrid` and `readStatement` */
export async function previewStatement(
  db: Db | Tx,
  book: Book,
  account: BankAccount,
  upload: Upload,
): Promise<Preview> {
  const statement = readStatement(await statementGrid(upload.bytes))
  const { rows } = await sql<{ known: number }>`
    select count(*)::int as known from ${incoming(statement)} where exists (
      select from funds.bank_line l where l.book_id = ${book.id} and l.account_id = ${account.id}
        and l.on_date = t.on_date and l.amount_fen = t.amount_fen and l.balance_fen is not distinct from t.balance_fen
        and l.reference = t.reference and l.nth = t.nth)`.execute(db)
  const { known } = rows[0]!
  const first = statement.lines[0]!
  const apart =
    known === 0 &&
    account.statedFen !== null &&
    statement.openingFen !== null &&
    first.on > account.statedTo! &&
    statement.openingFen !== account.statedFen
  return {
    ...statement,
    known,
    gap: apart
      ? `上次导入到 ${account.statedTo}，余额与这份对账单的期初余额不同，中间可能漏了几天。请补导入，或核对账户是否选对。`
      : null,
  }
}

/**
 * Brings a bank's statement in. Lines that are there already are left alone, so overlapping files do no harm.
 * @returns how many lines are new
 * @throws Problem 422 `statement-known` when none is, and what reading refuses
 */
export async function importStatement(
  tx: Tx,
  actor: Actor,
  book: Book,
  account: BankAccount,
  upload: Upload,
): Promise<{ id: number; added: number; known: number }> {
  const preview = await previewStatement(tx, book, account, upload)
  if (preview.known === preview.lines.length)
    throw refused('statement-known', '这份对账单的每一笔都已导入过，没有新的内容。')
  const [from, to] = [preview.lines[0]!.on, preview.lines.at(-1)!.on]
  const made = await sql<{ id: number }>`
    insert into funds.bank_statement (book_id, account_id, from_on, to_on, opening_fen, closing_fen, file_name, sha256, imported_by, imported_name)
    values (${book.id}, ${account.id}, ${from}::date, ${to}::date, ${preview.openingFen}, ${preview.closingFen},
      ${upload.fileName.slice(-120)}, ${createHash('sha256').update(upload.bytes).digest()}, ${actor.accountId}, ${actor.name})
    returning id`.execute(tx)
  const { id } = made.rows[0]!
  const inserted = await sql`
    insert into funds.bank_line (statement_id, book_id, account_id, on_date, amount_fen, balance_fen, summary, party, reference, nth)
    select ${id}, ${book.id}, ${account.id}, on_date, amount_fen, balance_fen, summary, party, reference, nth
    from ${incoming(preview)} order by place on conflict do nothing`.execute(tx)
  const added = Number(inserted.numAffectedRows ?? 0)
  await audit(tx, actor, {
    action: 'funds.import-statement',
    objectKind: 'bank-statement',
    objectId: id,
    unitId: book.unitId,
    summary: `导入${account.name}对账单 ${from} 至 ${to}，新增 ${added} 笔`,
    detail: { fileName: upload.fileName, known: preview.known },
  })
  return { id, added, known: preview.lines.length - added }
}
