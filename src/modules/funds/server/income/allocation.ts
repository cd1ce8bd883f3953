import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import type { allocationInput, MemoRow, payrollInput, shareInput, ShareRow } from '../../income-contract.ts'
import type { Book } from '../journal/books.ts'
import { lockBook } from '../journal/spend.ts'
import { openedBook } from '../opened-book.ts'
import { balanceOf } from '../purse.ts'
import { takeIn, type Receipt } from './receive.ts'
import { allocationDue, splitAllocation, type Split } from './share-rule.ts'

export async function sharesOf(db: Db | Tx, book: Book): Promise<ShareRow[]> {
  const { rows } = await sql<ShareRow>`
    select id, name, share, valid_from as "validFrom", valid_to as "validTo", document
    from funds.upper_share where book_id = ${book.id} order by valid_from desc, id`.execute(db)
  return rows
}

const sharesOn = (shares: readonly ShareRow[], on: string): ShareRow[] =>
  shares.filter((one) => one.validFrom <= on && (!one.validTo || on <= one.validTo)).toSorted((a, b) => a.id - b.id)

/** Sets the share of one upper union from a day on; the share in force before ends the day before. */
export async function saveShare(tx: Tx, actor: Actor, input: z.output<typeof shareInput>): Promise<{ id: number }> {
  const book = await openedBook(tx, actor, input.unitId, 'funds.close')
  await lockBook(tx, book.id)
  const known = await sharesOf(tx, book)
  const later = known.find((one) => one.name === input.name && one.validFrom >= input.validFrom)
  if (later)
    throw refused('share-later', `“${input.name}”已有自 ${later.validFrom} 起的比例，请填写更晚的日期。`, {
      validFrom: '请填写更晚的日期',
    })
  await sql`update funds.upper_share set valid_to = ${input.validFrom}::date - 1
    where book_id = ${book.id} and name = ${input.name} and valid_to is null`.execute(tx)
  const { rows } = await sql<{ id: number }>`
    insert into funds.upper_share (book_id, name, share, valid_from, document, created_by)
    values (${book.id}, ${input.name}, ${input.share}, ${input.validFrom}::date, ${input.document}, ${actor.accountId})
    returning id`.execute(tx)
  const sum = sharesOn(await sharesOf(tx, book), input.validFrom).reduce((all, one) => all + one.share, 0)
  if (sum > 10_000) throw refused('share-too-much', '各级上缴比例合计超过了 100%，请核对。', { share: '合计超过 100%' })
  await audit(tx, actor, {
    action: 'funds.share',
    objectKind: 'funds-book',
    objectId: book.id,
    unitId: book.unitId,
    summary: `登记上缴${input.name}的比例 ${input.share / 100}%，自 ${input.validFrom} 起，依据${input.document}`,
    detail: { ...input },
  })
  return rows[0]!
}

/** The employer's payroll of a month; entered again it puts the first entry right. */
export async function declarePayroll(tx: Tx, actor: Actor, input: z.output<typeof payrollInput>): Promise<void> {
  const book = await openedBook(tx, actor, input.unitId, 'funds.prepare')
  await sql`insert into funds.payroll (book_id, month, payroll_fen, declared_on, source, created_by)
    values (${book.id}, ${`${input.month}-01`}::date, ${input.payrollFen}, ${input.declaredOn}::date,
      ${input.source ?? null}, ${actor.accountId})
    on conflict (book_id, month) do update set payroll_fen = excluded.payroll_fen, declared_on = excluded.declared_on,
      source = excluded.source, created_by = excluded.created_by, created_at = now()`.execute(tx)
  await audit(tx, actor, {
    action: 'funds.payroll',
    objectKind: 'funds-book',
    objectId: book.id,
    unitId: book.unitId,
    summary: `登记 ${input.month} 职工工资总额 ${formatYuan(input.payrollFen)} 元`,
    detail: { ...input },
  })
}

/**
 * Receives the employer's two per cent: whole and then divided by the shares in force on the day (T2), or only our part
 * of it through the tax office (T2b). Each month is divided for itself, so that the memo ledger adds up.
 * @throws Problem 422 `months-twice` | `shares-missing`
 */
export async function receiveAllocation(
  tx: Tx,
  actor: Actor,
  input: z.output<typeof allocationInput>,
): Promise<Receipt & { ownFen: number; upperFen: number }> {
  const book = await openedBook(tx, actor, input.unitId, 'funds.pay')
  await lockBook(tx, book.id)
  if (new Set(input.months.map((one) => one.month)).size !== input.months.length)
    throw refused('months-twice', '同一个月份写了两次，请合并成一行。')
  const shares = sharesOn(await sharesOf(tx, book), input.receivedOn)
  if (input.way === 'direct' && !shares.length)
    throw refused('shares-missing', '还没有登记上缴上级工会的比例。请先在“经费设置”里登记比例和文号。')
  const divided = input.months.map((one) => ({
    ...one,
    ...splitAllocation(one.totalFen, input.way === 'direct' ? shares : []),
  }))
  const sum = (of: (part: Split & { totalFen: number }) => number): number =>
    divided.reduce((all, part) => all + of(part), 0)
  const [totalFen, ownFen, upperFen] = [
    sum((one) => one.totalFen),
    sum((one) => one.ownFen),
    sum((one) => one.upperFen),
  ]
  const months = input.months.map((one) => one.month).toSorted()
  const receipt = await takeIn(tx, actor, book, {
    unitId: book.unitId,
    kind: 'allocation',
    receivedOn: input.receivedOn,
    amountFen: totalFen,
    ownFen,
    payer: input.payer,
    summary: `收 ${months.length > 1 ? `${months[0]} 至 ${months.at(-1)}` : months[0]} 拨缴经费`,
    method: 'transfer',
    credits: [
      ...(ownFen ? [{ account: '402', creditFen: ownFen, counterparty: input.payer }] : []),
      ...(upperFen
        ? [{ account: '211', creditFen: upperFen, counterparty: shares.map((one) => one.name).join('、') }]
        : []),
    ],
  })
  await sql`insert into funds.allocation (income_id, book_id, month, way, total_fen, own_fen, upper_fen)
    select ${receipt.id}, ${book.id}, (t.month || '-01')::date, ${input.way}, t.total, t.own, t.upper
    from unnest(${divided.map((one) => one.month)}::text[], ${divided.map((one) => one.totalFen)}::bigint[],
      ${divided.map((one) => one.ownFen)}::bigint[], ${divided.map((one) => one.upperFen)}::bigint[])
      as t (month, total, own, upper)`.execute(tx)
  return { ...receipt, ownFen, upperFen }
}

/** The memo ledger 应拨未拨 of a year. What arrived through the tax office is our share alone and is compared with it. */
export async function allocationMemo(
  db: Db | Tx,
  book: Book,
  year: number,
): Promise<{ rows: MemoRow[]; upperOwedFen: number }> {
  const { rows } = await sql<Omit<MemoRow, 'dueFen' | 'openFen'> & { passedOn: boolean }>`
    select to_char(m, 'YYYY-MM') as month, p.payroll_fen as "payrollFen", p.declared_on as "declaredOn",
      coalesce(a.total, 0) as "receivedFen", coalesce(a.own, 0) as "ownFen", coalesce(a.upper, 0) as "upperFen",
      coalesce(a.passed_on, false) as "passedOn"
    from generate_series(make_date(${year}, 1, 1), make_date(${year}, 12, 1), interval '1 month') m
      left join funds.payroll p on p.book_id = ${book.id} and p.month = m::date
      left join lateral (select sum(total_fen)::bigint as total, sum(own_fen)::bigint as own,
          sum(upper_fen)::bigint as upper, bool_or(way = 'passed-on') as passed_on
        from funds.allocation where book_id = ${book.id} and month = m::date) a on true
    order by 1`.execute(db)
  const shares = await sharesOf(db, book)
  return {
    rows: rows.map(({ passedOn, ...row }) => {
      const full = row.payrollFen === null ? null : allocationDue(row.payrollFen)
      const dueFen =
        full !== null && passedOn ? splitAllocation(full, sharesOn(shares, `${row.month}-01`)).ownFen : full
      return { ...row, dueFen, openFen: dueFen === null ? null : Math.max(0, dueFen - row.receivedFen) }
    }),
    upperOwedFen: -(await balanceOf(db, book.id, '211')),
  }
}
