import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { dayOf, monthLength } from '../../../../kernel/calendar/days.ts'
import { refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import type { Book } from '../journal/books.ts'
import { postInBook } from '../journal/post.ts'
import { assetsOf } from './cards.ts'
import { accumulatedBy } from './depreciation.ts'
import type { Asset, DepreciationLine } from '../../asset-contract.ts'

/** What an asset must have lost by the end of a month and hasn't; 0 for one that needs nothing. */
export function dueBy(asset: Asset, month: string): number {
  if (asset.years === null) return 0
  const clock = {
    kind: asset.kind,
    costFen: asset.costFen,
    years: asset.years,
    acquiredOn: asset.acquiredOn,
    leftOn: asset.leftOn,
  }
  return Math.max(0, accumulatedBy(clock, month) - asset.lostFen)
}

/** The table of a month's depreciation as it would be booked now; empty when nothing is due. */
export async function depreciationDue(db: Db | Tx, book: Book, month: string): Promise<DepreciationLine[]> {
  const { assets } = await assetsOf(db, book, 'kept')
  return assets.flatMap((asset) => {
    const amountFen = dueBy(asset, month)
    const { id, code, name, kind, costFen, lostFen } = asset
    return amountFen ? [{ assetId: id, code, name, kind, costFen, beforeFen: lostFen, amountFen }] : []
  })
}

/**
 * Books a month's depreciation (借 资产基金—固定资产 贷 累计折旧): never an expenditure. Run again, it books what was
 * added since.
 * @throws Problem 422 `nothing-due`, 409 `period-closed`
 */
export async function bookDepreciation(
  tx: Tx,
  actor: Actor,
  book: Book,
  month: string,
): Promise<{ voucherId: number; number: string; amountFen: number; assets: number }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`depreciation:${book.id}`}, 0))`.execute(tx)
  const lines = await depreciationDue(tx, book, month)
  if (!lines.length) throw refused('nothing-due', `${month} 没有要计提的折旧：都已提过，或没有在用的固定资产。`)
  const [year, monthOfYear] = month.split('-').map(Number) as [number, number]
  const amountFen = lines.reduce((sum, line) => sum + line.amountFen, 0)
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from funds.voucher where book_id = ${book.id} and starts_with(source, ${`funds/depreciation/${month}`})`.execute(
    tx,
  )
  const posted = await postInBook(tx, actor, book, {
    onDate: dayOf(year, monthOfYear, monthLength(year, monthOfYear)),
    kind: 'depreciation',
    summary: `计提 ${monthOfYear} 月固定资产折旧`,
    // the table of depreciation is its own original
    attachments: 1,
    entries: [
      { account: '30104', debitFen: amountFen },
      { account: '163', creditFen: amountFen },
    ],
    source: `funds/depreciation/${month}${rows[0]!.n ? `/${rows[0]!.n + 1}` : ''}`,
  })
  await sql`insert into funds.asset_depreciation (asset_id, year, month, amount_fen, voucher_id)
    select asset, ${year}, ${monthOfYear}, amount, ${posted.voucherId}
    from unnest(${lines.map((line) => line.assetId)}::bigint[], ${lines.map((line) => line.amountFen)}::bigint[]) as t (asset, amount)
    on conflict (asset_id, year, month) do update set amount_fen = funds.asset_depreciation.amount_fen + excluded.amount_fen`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'funds.depreciate',
    objectKind: 'voucher',
    objectId: posted.voucherId,
    unitId: book.unitId,
    summary: `计提 ${month} 折旧 ${lines.length} 项`,
    detail: { amountFen },
  })
  return { ...posted, amountFen, assets: lines.length }
}
