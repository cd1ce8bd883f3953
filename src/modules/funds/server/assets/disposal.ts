import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { addMonths } from '../../../../kernel/calendar/days.ts'
import { notFound, refused } from '../../../../kernel/contract/problem.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import type { z } from 'zod'
import type { DisposalInput, settleInput } from '../../asset-contract.ts'
import type { Book } from '../journal/books.ts'
import type { EntryDraft } from '../journal/draft.ts'
import { postInBook } from '../journal/post.ts'
import type { Asset } from '../../asset-contract.ts'
import { assetById } from './cards.ts'
import { dueBy } from './month-depreciation.ts'
import { pendingAccounts } from './pending.ts'

const WORDS = { scrap: '报废', loss: '盘亏（毁损）', sale: '出售' } as const

/** Lines without a zero amount. */
const moved = (entries: readonly EntryDraft[]): EntryDraft[] =>
  entries.filter((entry) => (entry.debitFen ?? 0) !== 0 || (entry.creditFen ?? 0) !== 0)

/**
 * Takes an asset out of use. A sale leaves the books at once; scrap and loss go to 待处理财产损溢 and wait for approval.
 * @throws Problem 422 `asset-gone`, `depreciate-first`, and what posting refuses
 */
export async function disposeAsset(
  tx: Tx,
  actor: Actor,
  book: Book,
  assetId: number,
  input: DisposalInput,
): Promise<Asset> {
  await sql`select 1 from funds.asset where id = ${assetId} for update`.execute(tx)
  const asset = await assetById(tx, book, assetId)
  if (asset.state !== 'in-use') throw refused('asset-gone', `${asset.name}已经处置过了。`)
  if (input.onDate < asset.acquiredOn)
    throw refused('before-acquired', '处置日期不能早于取得日期。', { onDate: '早于取得日期' })
  const lastMonth = addMonths(`${input.onDate.slice(0, 7)}-01`, -1).slice(0, 7)
  if (dueBy(asset, lastMonth))
    throw refused('depreciate-first', `请先把折旧计提到 ${lastMonth}，再办理处置（当月减少，当月不提）。`)
  await pendingAccounts(tx, book)
  const { costFen, lostFen } = asset
  const net = costFen - lostFen
  const sale = input.how === 'sale'
  const { voucherId } = await postInBook(tx, actor, book, {
    onDate: input.onDate,
    summary: `${WORDS[input.how]}${asset.name}（${asset.code}）${sale ? '' : '转待处理'}`,
    attachments: input.attachments,
    entries: moved([
      { account: sale ? '30104' : '18201', debitFen: net },
      { account: '163', debitFen: lostFen },
      { account: '162', creditFen: costFen },
      ...(sale
        ? [
            { account: input.account, debitFen: input.proceedsFen },
            { account: '408', creditFen: input.proceedsFen },
            { account: '510', debitFen: input.expensesFen, spendingKind: 'basic' as const },
            { account: input.account, creditFen: input.expensesFen },
          ]
        : []),
    ]),
    source: `funds/assets/${assetId}/disposal`,
  })
  await sql`insert into funds.asset_disposal (asset_id, how, on_date, reason, document, cost_fen, lost_fen, voucher_id,
      proceeds_fen, expenses_fen, settled_on, settled_by, settled_voucher_id, made_by)
    values (${assetId}, ${input.how}, ${input.onDate}::date, ${input.reason}, ${input.document}, ${costFen}, ${lostFen}, ${voucherId},
      ${sale ? input.proceedsFen : 0}, ${sale ? input.expensesFen : 0}, ${sale ? input.onDate : null}::date,
      ${sale ? actor.accountId : null}, ${sale ? voucherId : null}, ${actor.accountId})`.execute(tx)
  await sql`update funds.asset set state = ${sale ? 'left' : 'pending'}, left_on = ${input.onDate}::date, version = version + 1
    where id = ${assetId}`.execute(tx)
  await audit(tx, actor, {
    action: 'funds.dispose-asset',
    objectKind: 'asset',
    objectId: assetId,
    unitId: book.unitId,
    summary: `${WORDS[input.how]}固定资产 ${asset.code} ${asset.name}：${input.reason}`,
    detail: { costFen, lostFen },
  })
  return assetById(tx, book, assetId)
}

/**
 * Approved: the asset leaves the books; proceeds and expenses go through 处理净收入, a surplus to 其他收入, a loss to
 * 其他支出. One voucher.
 * @throws Problem 404 when nothing waits
 */
export async function settleDisposal(
  tx: Tx,
  actor: Actor,
  book: Book,
  assetId: number,
  input: z.output<typeof settleInput>,
): Promise<Asset> {
  const { rows } = await sql<{ id: number; netFen: number; on: string }>`
    select d.id, d.cost_fen - d.lost_fen as "netFen", d.on_date as on from funds.asset_disposal d
    join funds.asset a on a.id = d.asset_id
    where d.asset_id = ${assetId} and a.book_id = ${book.id} and d.settled_on is null for update of d`.execute(tx)
  const waiting = rows[0]
  if (!waiting) throw notFound('待处理资产')
  if (input.onDate < waiting.on)
    throw refused('before-disposal', '核销日期不能早于转入待处理的日期。', { onDate: '早于转入待处理的日期' })
  const asset = await assetById(tx, book, assetId)
  const { proceedsFen, expensesFen } = input
  const result = proceedsFen - expensesFen
  const entries = moved([
    { account: '30104', debitFen: waiting.netFen },
    { account: '18201', creditFen: waiting.netFen },
    { account: input.account, debitFen: proceedsFen },
    { account: '18202', creditFen: proceedsFen },
    { account: '18202', debitFen: expensesFen },
    { account: input.account, creditFen: expensesFen },
    ...(result > 0
      ? [
          { account: '18202', debitFen: result },
          { account: '408', creditFen: result },
        ]
      : [
          { account: '510', debitFen: -result, spendingKind: 'basic' as const },
          { account: '18202', creditFen: -result },
        ]),
  ])
  // What was worth nothing any more and brought nothing leaves no trace in money.
  const posted = entries.length
    ? await postInBook(tx, actor, book, {
        onDate: input.onDate,
        summary: `核销${asset.name}（${asset.code}）`,
        attachments: input.attachments,
        entries,
        source: `funds/assets/${assetId}/settlement`,
      })
    : null
  await sql`update funds.asset_disposal set settled_on = ${input.onDate}::date, settled_by = ${actor.accountId},
      settled_voucher_id = ${posted?.voucherId ?? null}, proceeds_fen = ${proceedsFen}, expenses_fen = ${expensesFen},
      document = coalesce(nullif(${input.document}, ''), document) where id = ${waiting.id}`.execute(tx)
  await sql`update funds.asset set state = 'left', version = version + 1 where id = ${assetId}`.execute(tx)
  await audit(tx, actor, {
    action: 'funds.settle-disposal',
    objectKind: 'asset',
    objectId: assetId,
    unitId: book.unitId,
    summary: `核销固定资产 ${asset.code} ${asset.name}`,
    detail: { proceedsFen, expensesFen },
  })
  return assetById(tx, book, assetId)
}
