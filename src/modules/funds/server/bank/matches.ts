import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import type { Book } from '../journal/books.ts'
import { numberText } from '../journal/post.ts'
import { openEntries, type BankAccount } from './bank-accounts.ts'
import { matchStatement } from './matching.ts'
import { reconcileBalances } from './reconciliation.ts'
import type { Match, Matching, OpenEntry, OpenLine, ReconciliationTable } from '../../bank-contract.ts'

const linesUpTo = (book: Book, account: BankAccount, upTo: string | null) => sql<OpenLine>`
  select l.id, l.on_date as "onDate", l.amount_fen as "amountFen", l.summary, l.party, l.reference
  from funds.bank_line l where l.book_id = ${book.id} and l.account_id = ${account.id}
    and (${upTo}::date is null or l.on_date <= ${upTo}::date)
    and not exists (select from funds.bank_match_line m where m.bank_line_id = l.id and not m.undone)
  order by l.on_date, l.id`

const entriesUpTo = (book: Book, account: BankAccount, upTo: string | null) => sql<OpenEntry>`
  select voucher_id || '.' || line as key, voucher_id as "voucherId", line, no, month, on_date as "onDate",
    amount_fen as "amountFen", summary, party
  from (${openEntries(book.id, account.id, upTo)}) open order by on_date, voucher_id, line`

/** What is open on both sides, and what probably belongs together. */
export async function openMatching(db: Db | Tx, book: Book, account: BankAccount): Promise<Matching> {
  const { rows: lines } = await linesUpTo(book, account, null).execute(db)
  const { rows: entries } = await entriesUpTo(book, account, account.statedTo).execute(db)
  const suggestions = matchStatement(
    lines.map((line) => ({
      id: line.id,
      on: line.onDate,
      amountFen: line.amountFen,
      text: `${line.party} ${line.summary}`,
      reference: line.reference,
    })),
    entries.map((entry, at) => ({
      id: at,
      on: entry.onDate,
      amountFen: entry.amountFen,
      text: `${entry.summary} ${entry.party}`,
    })),
  )
  return {
    lines,
    entries,
    suggestions: suggestions.map(({ journal, ...rest }) => ({
      ...rest,
      entries: journal.map((at) => entries[at]!.key),
    })),
  }
}

export interface NewMatch {
  lines: readonly number[]
  entries: readonly { voucherId: number; line: number }[]
  reason: string
}

/**
 * Confirms that lines of the bank are entries of the journal, many matches at once.
 * @throws Problem 409 `matched-meanwhile`, 422 `sums-differ` (names the match), 404 for a line of another account
 */
export async function confirmMatches(
  tx: Tx,
  actor: Actor,
  book: Book,
  account: BankAccount,
  matches: readonly NewMatch[],
): Promise<number> {
  // One lane an account, so that two cashiers can't match one line twice.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`bank:${book.id}:${account.id}`}, 0))`.execute(tx)
  const open = await openMatching(tx, book, account)
  const lines = new Map(open.lines.map((line) => [line.id, line]))
  const entries = new Map(open.entries.map((entry) => [entry.key, entry]))
  for (const [at, match] of matches.entries()) {
    const keys = match.entries.map((entry) => `${entry.voucherId}.${entry.line}`)
    if (match.lines.some((id) => !lines.has(id)) || keys.some((key) => !entries.has(key)))
      throw conflict('matched-meanwhile', '有一笔已被他人勾对，或不属于这个账户。请刷新后再勾对。')
    const banked = match.lines.reduce((sum, id) => sum + lines.get(id)!.amountFen, 0)
    const booked = keys.reduce((sum, key) => sum + entries.get(key)!.amountFen, 0)
    if (!match.lines.length || !keys.length || banked !== booked)
      throw refused('sums-differ', '勾选的两边金额不相等，不能勾对。请核对后重选。', {
        [`matches.${at}`]: '金额不相等',
      })
    for (const id of match.lines) lines.delete(id)
    for (const key of keys) entries.delete(key)
  }
  const { rows } = await sql<{ id: number }>`
    insert into funds.bank_match (book_id, account_id, reason, made_by, made_name)
    select ${book.id}, ${account.id}, t.reason, ${actor.accountId}, ${actor.name}
    from unnest(${matches.map((match) => match.reason)}::text[]) with ordinality as t (reason, place) order by place
    returning id`.execute(tx)
  const flat = <Part>(parts: (match: NewMatch) => readonly Part[]): { id: number; part: Part }[] =>
    matches.flatMap((match, at) => parts(match).map((part) => ({ id: rows[at]!.id, part })))
  const banked = flat((match) => match.lines)
  const booked = flat((match) => match.entries)
  await sql`insert into funds.bank_match_line (match_id, bank_line_id)
    select * from unnest(${banked.map((one) => one.id)}::bigint[], ${banked.map((one) => one.part)}::bigint[])`.execute(
    tx,
  )
  await sql`insert into funds.bank_match_entry (match_id, voucher_id, line)
    select * from unnest(${booked.map((one) => one.id)}::bigint[], ${booked.map((one) => one.part.voucherId)}::bigint[],
      ${booked.map((one) => one.part.line)}::smallint[])`.execute(tx)
  await audit(tx, actor, {
    action: 'funds.match-bank',
    objectKind: 'bank-account',
    objectId: account.id,
    unitId: book.unitId,
    summary: `${account.name}勾对 ${matches.length} 笔`,
  })
  return matches.length
}

/** Takes a match back; both sides are open again. */
export async function undoMatch(tx: Tx, actor: Actor, book: Book, matchId: number): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    update funds.bank_match set undone_by = ${actor.accountId}, undone_at = now()
    where id = ${matchId} and book_id = ${book.id} and undone_at is null returning id`.execute(tx)
  if (!rows[0]) throw notFound('勾对')
  await sql`update funds.bank_match_line set undone = true where match_id = ${matchId}`.execute(tx)
  await sql`update funds.bank_match_entry set undone = true where match_id = ${matchId}`.execute(tx)
  await audit(tx, actor, {
    action: 'funds.undo-match',
    objectKind: 'bank-match',
    objectId: matchId,
    unitId: book.unitId,
    summary: '撤销一笔银行勾对',
  })
}

/** The matches made last, newest first, to be looked over and taken back. */
export async function matchesOf(db: Db | Tx, book: Book, account: BankAccount): Promise<Match[]> {
  const { rows } = await sql<Match>`
    select m.id, m.reason, m.made_name as "madeName", m.made_at as "madeAt",
      (select sum(l.amount_fen)::bigint from funds.bank_match_line x join funds.bank_line l on l.id = x.bank_line_id where x.match_id = m.id) as "amountFen",
      (select min(l.on_date) from funds.bank_match_line x join funds.bank_line l on l.id = x.bank_line_id where x.match_id = m.id) as "onDate",
      (select string_agg(nullif(concat_ws(' ', nullif(l.party, ''), nullif(l.summary, '')), ''), '；')
        from funds.bank_match_line x join funds.bank_line l on l.id = x.bank_line_id where x.match_id = m.id) as summary,
      (select json_agg(distinct jsonb_build_object('id', v.id, 'month', v.month, 'no', v.no))
        from funds.bank_match_entry x join funds.voucher v on v.id = x.voucher_id where x.match_id = m.id) as vouchers
    from funds.bank_match m where m.book_id = ${book.id} and m.account_id = ${account.id} and m.undone_at is null
    order by m.id desc limit 200`.execute(db)
  return rows
}

/** 银行存款余额调节表 on a day: both balances, what is open on each side as of that day, and whether they then agree. */
export async function reconciliationOn(
  db: Db | Tx,
  book: Book,
  account: BankAccount,
  on: string,
): Promise<ReconciliationTable> {
  const { rows } = await sql<{ bookFen: number; bankFen: number | null }>`
    select
      coalesce((select sum(s.debit_fen - s.credit_fen)::bigint from funds.month_sum s where s.book_id = ${book.id}
        and s.account_id = ${account.id} and make_date(s.year, greatest(s.month, 1)::int, 1) <= ${on}::date), 0)
      - coalesce((select sum(e.debit_fen - e.credit_fen)::bigint from funds.entry e join funds.voucher v on v.id = e.voucher_id
          where v.book_id = ${book.id} and v.state = 'posted' and e.account_id = ${account.id}
            and v.on_date > ${on}::date and v.year = extract(year from ${on}::date) and v.month = extract(month from ${on}::date)), 0)
        as "bookFen",
      coalesce(
        (select balance_fen from funds.bank_line where book_id = ${book.id} and account_id = ${account.id} and on_date <= ${on}::date
          order by on_date desc, id desc limit 1),
        (select opening_fen from funds.bank_statement where book_id = ${book.id} and account_id = ${account.id} order by from_on, id limit 1))
        as "bankFen"`.execute(db)
  const { bookFen, bankFen } = rows[0]!
  // Matched after the day still was open on the day: a cheque written in March and cashed in April.
  const { rows: lines } = await sql<{ on: string; text: string; amountFen: number }>`
    select l.on_date as on, concat_ws(' ', nullif(l.party, ''), nullif(l.summary, '')) as text, l.amount_fen as "amountFen"
    from funds.bank_line l where l.book_id = ${book.id} and l.account_id = ${account.id} and l.on_date <= ${on}::date
      and not exists (select from funds.bank_match_line m join funds.bank_match_entry e on e.match_id = m.match_id
        join funds.voucher v on v.id = e.voucher_id
        where m.bank_line_id = l.id and not m.undone and v.on_date <= ${on}::date)
    order by l.on_date, l.id`.execute(db)
  const { rows: entries } = await sql<{ on: string; text: string; amountFen: number }>`
    with open as (${openEntries(book.id, account.id, on)}
      union all
      select e.voucher_id, e.line, v.on_date, v.no, v.month, e.debit_fen - e.credit_fen, coalesce(nullif(e.summary, ''), v.summary), ''
      from funds.bank_match_entry m join funds.entry e on e.voucher_id = m.voucher_id and e.line = m.line
      join funds.voucher v on v.id = e.voucher_id
      where v.book_id = ${book.id} and e.account_id = ${account.id} and not m.undone and v.on_date <= ${on}::date
        and not exists (select from funds.bank_match_line x join funds.bank_line l on l.id = x.bank_line_id
          where x.match_id = m.match_id and l.on_date <= ${on}::date))
    select on_date as on, ${numberText} || ' ' || summary as text, amount_fen as "amountFen"
    from open order by on_date, voucher_id, line`.execute(db)
  return {
    ...reconcileBalances(bookFen, bankFen ?? 0, lines, entries),
    on,
    account: { code: account.code, name: account.name },
    unitName: book.unitName,
    stated: bankFen !== null,
  }
}
