import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import type { Book } from '../journal/books.ts'
import type { Inventory } from '../../asset-contract.ts'

/** Starts the yearly count (at least once a year for what isn't money): a line for each asset in use. @throws 409 `count-open` */
export async function startCount(
  tx: Tx,
  actor: Actor,
  book: Book,
  input: { onDate: string; counters: string },
): Promise<Inventory> {
  const { rows } = await sql<{ id: number }>`
    insert into funds.asset_count (book_id, on_date, counters, made_by)
    values (${book.id}, ${input.onDate}::date, ${input.counters}, ${actor.accountId})
    on conflict (book_id) where closed_at is null do nothing returning id`.execute(tx)
  if (!rows[0]) throw conflict('count-open', '上一次盘点还没有结束。请先填完并结束盘点。')
  await sql`insert into funds.asset_count_line (count_id, asset_id, expected)
    select ${rows[0].id}, id, quantity from funds.asset where book_id = ${book.id} and state = 'in-use'
      and acquired_on <= ${input.onDate}::date`.execute(tx)
  await audit(tx, actor, {
    action: 'funds.start-count',
    objectKind: 'asset-count',
    objectId: rows[0].id,
    unitId: book.unitId,
    summary: `开始固定资产盘点（${input.onDate}）`,
  })
  return countById(tx, book, rows[0].id)
}

export async function countById(db: Db | Tx, book: Book, countId: number): Promise<Inventory> {
  const { rows } = await sql<Inventory>`
    select c.id, c.on_date as "onDate", c.counters, c.closed_at is not null as closed,
      coalesce((select json_agg(json_build_object('assetId', a.id, 'code', a.code, 'name', a.name, 'place', a.place, 'keeper', a.keeper,
        'expected', l.expected, 'found', l.found, 'remark', l.remark) order by a.code)
        from funds.asset_count_line l join funds.asset a on a.id = l.asset_id where l.count_id = c.id), '[]') as lines
    from funds.asset_count c where c.id = ${countId} and c.book_id = ${book.id}`.execute(db)
  if (!rows[0]) throw notFound('盘点')
  return rows[0]
}

export async function countsOf(
  db: Db | Tx,
  book: Book,
): Promise<{ id: number; onDate: string; counters: string; closed: boolean; assets: number; differing: number }[]> {
  const { rows } = await sql<Awaited<ReturnType<typeof countsOf>>[number]>`
    select c.id, c.on_date as "onDate", c.counters, c.closed_at is not null as closed, count(l.asset_id)::int as assets,
      count(*) filter (where l.found is distinct from l.expected and l.found is not null)::int as differing
    from funds.asset_count c left join funds.asset_count_line l on l.count_id = c.id
    where c.book_id = ${book.id} group by c.id order by c.on_date desc, c.id desc`.execute(db)
  return rows
}

/**
 * Writes what was found; closing needs every line counted. A shortage is then booked as 盘亏 from the card.
 * @throws Problem 409 `count-closed`, 422 `count-incomplete`
 */
export async function fillCount(
  tx: Tx,
  actor: Actor,
  book: Book,
  countId: number,
  input: { lines: readonly { assetId: number; found: number | null; remark: string }[]; close: boolean },
): Promise<Inventory> {
  const before = await countById(tx, book, countId)
  if (before.closed) throw conflict('count-closed', '这次盘点已经结束，不能再改。')
  await sql`update funds.asset_count_line l set found = t.found, remark = t.remark
    from unnest(${input.lines.map((line) => line.assetId)}::bigint[], ${input.lines.map((line) => line.found)}::int[],
      ${input.lines.map((line) => line.remark)}::text[]) as t (asset_id, found, remark)
    where l.count_id = ${countId} and l.asset_id = t.asset_id`.execute(tx)
  const after = await countById(tx, book, countId)
  if (input.close) {
    const missing = after.lines.filter((line) => line.found === null)
    if (missing.length)
      throw refused(
        'count-incomplete',
        `还有 ${missing.length} 项没有填实有数（如 ${missing[0]!.code} ${missing[0]!.name}）。填完再结束盘点。`,
      )
    await sql`update funds.asset_count set closed_at = now(), closed_by = ${actor.accountId} where id = ${countId}`.execute(
      tx,
    )
    await audit(tx, actor, {
      action: 'funds.close-count',
      objectKind: 'asset-count',
      objectId: countId,
      unitId: book.unitId,
      summary: `结束固定资产盘点（${before.onDate}），${after.lines.filter((line) => line.found !== line.expected).length} 项不符`,
    })
  }
  return countById(tx, book, countId)
}
