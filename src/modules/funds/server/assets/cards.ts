import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import type { Asset, AssetInput, AssetList } from '../../asset-contract.ts'
import type { Book } from '../journal/books.ts'
import { postInBook } from '../journal/post.ts'
import { checkAsset } from './depreciation.ts'

const columns = sql`a.id, a.code, a.name, a.kind, a.quantity, a.cost_fen as "costFen", a.years, a.acquired_on as "acquiredOn",
  a.origin, a.lost_before_fen as "lostBeforeFen",
  a.lost_before_fen + coalesce((select sum(d.amount_fen) from funds.asset_depreciation d where d.asset_id = a.id), 0)::bigint as "lostFen",
  a.place, a.keeper, a.keeper_id as "keeperId", a.note, a.voucher_id as "voucherId", a.state, a.left_on as "leftOn", a.version`

export async function assetsOf(db: Db | Tx, book: Book, which: 'all' | 'kept' = 'all'): Promise<AssetList> {
  const { rows: assets } = await sql<Asset>`
    select ${columns} from funds.asset a where a.book_id = ${book.id}
      and (${which === 'all'} or a.state = 'in-use') order by a.code, a.id`.execute(db)
  const { rows } = await sql<{ costFen: number; lostFen: number }>`
    select coalesce(sum(s.debit_fen - s.credit_fen) filter (where a.code like '162%'), 0)::bigint as "costFen",
      coalesce(sum(s.credit_fen - s.debit_fen) filter (where a.code like '163%'), 0)::bigint as "lostFen"
    from funds.month_sum s join funds.account a on a.id = s.account_id
    where s.book_id = ${book.id} and a.code ~ '^16[23]'`.execute(db)
  const kept = assets.filter((asset) => asset.state === 'in-use')
  return {
    assets,
    cards: {
      costFen: kept.reduce((sum, asset) => sum + asset.costFen, 0),
      lostFen: kept.reduce((sum, asset) => sum + asset.lostFen, 0),
    },
    ledger: rows[0]!,
  }
}

/** @throws Problem 404 */
export async function assetById(db: Db | Tx, book: Book, assetId: number): Promise<Asset> {
  const { rows } = await sql<Asset>`select ${columns} from funds.asset a
    where a.id = ${assetId} and a.book_id = ${book.id}`.execute(db)
  if (!rows[0]) throw notFound('资产卡片')
  return rows[0]
}

/**
 * Makes a card. A purchase that wasn't booked yet is booked with it, both pairs in one voucher (507/银行, 162/301); what
 * was paid through a request gets its second pair; what stood in the books before gets no voucher.
 * @throws Problem 422 `not-fixed`, `years-too-few` and what posting refuses; 409 `code-taken`
 */
export async function addAsset(tx: Tx, actor: Actor, book: Book, input: AssetInput): Promise<Asset> {
  const kind = checkAsset({
    kind: input.kind,
    years: input.years ?? null,
    pieceFen: Math.floor(input.costFen / input.quantity),
    bulk: input.bulk,
    given: input.origin !== 'bought',
  })
  if (input.lostBeforeFen > input.costFen)
    throw refused('lost-too-much', '以前已提折旧不能超过原值。', { lostBeforeFen: '不能超过原值' })
  const made = await sql<{ id: number }>`
    insert into funds.asset (book_id, code, name, kind, quantity, cost_fen, years, acquired_on, origin, lost_before_fen, place,
      keeper, keeper_id, note, created_by)
    values (${book.id}, ${input.code}, ${input.name}, ${input.kind}, ${input.quantity}, ${input.costFen},
      ${kind.years === null ? null : input.years!}, ${input.acquiredOn}::date, ${input.origin},
      ${input.origin === 'opening' ? input.lostBeforeFen : 0}, ${input.place}, ${input.keeper}, ${input.keeperId ?? null},
      ${input.note}, ${actor.accountId}) on conflict (book_id, code) do nothing returning id`.execute(tx)
  const assetId = made.rows[0]?.id
  if (!assetId) throw conflict('code-taken', `资产编号 ${input.code} 已有卡片，请换一个编号。`)
  const pair = [
    { account: '162', debitFen: input.costFen },
    { account: '30104', creditFen: input.costFen },
  ]
  const paid =
    input.booking === 'full'
      ? [
          { account: input.spendingAccount, debitFen: input.costFen, spendingKind: 'basic' as const },
          { account: input.payFrom, creditFen: input.costFen },
        ]
      : []
  if (input.origin === 'given' || (input.origin === 'bought' && input.booking !== 'none')) {
    const { voucherId } = await postInBook(tx, actor, book, {
      onDate: input.acquiredOn,
      summary: `${input.origin === 'given' ? '接受捐赠（划拨）' : '购入'}${input.name}${input.quantity > 1 ? ` ${input.quantity} 件` : ''}`,
      attachments: input.attachments,
      entries: [...paid, ...pair],
      source: `funds/assets/${assetId}`,
    })
    await sql`update funds.asset set voucher_id = ${voucherId} where id = ${assetId}`.execute(tx)
  }
  await audit(tx, actor, {
    action: 'funds.add-asset',
    objectKind: 'asset',
    objectId: assetId,
    unitId: book.unitId,
    summary: `登记固定资产 ${input.code} ${input.name}`,
    detail: { costFen: input.costFen },
  })
  return assetById(tx, book, assetId)
}

/** Where it stands and who keeps it; amounts and days are the voucher's. @throws Problem 409 `edited-meanwhile` */
export async function moveAsset(
  tx: Tx,
  actor: Actor,
  book: Book,
  assetId: number,
  edit: { version: number; place: string; keeper: string; keeperId?: number | null | undefined; note: string },
): Promise<Asset> {
  const before = await assetById(tx, book, assetId)
  const { rows } = await sql<{ id: number }>`
    update funds.asset set place = ${edit.place}, keeper = ${edit.keeper}, keeper_id = ${edit.keeperId ?? null}, note = ${edit.note},
      version = version + 1 where id = ${assetId} and version = ${edit.version} returning id`.execute(tx)
  if (!rows[0]) throw conflict('edited-meanwhile', '这张卡片刚被别人修改过。请刷新后再改。')
  await audit(tx, actor, {
    action: 'funds.move-asset',
    objectKind: 'asset',
    objectId: assetId,
    unitId: book.unitId,
    summary: `资产 ${before.code} ${before.name} 的存放地点、保管人：${before.place}/${before.keeper} → ${edit.place}/${edit.keeper}`,
  })
  return assetById(tx, book, assetId)
}
