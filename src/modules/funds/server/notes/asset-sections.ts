import { sql } from 'kysely'
import { ASSET_KINDS } from '../../asset-kinds.ts'
import { lineOf, money, yuan, type Tell } from './told.ts'

export const assets: Tell = async (db, book, { year, sheet }) => {
  const { rows } = await sql<{ kind: string; opening: number; added: number; gone: number; lost: number }>`
    select a.kind,
      coalesce(sum(a.cost_fen) filter (where a.acquired_on < make_date(${year}, 1, 1) or a.origin = 'opening'), 0)::bigint as opening,
      coalesce(sum(a.cost_fen) filter (where extract(year from a.acquired_on) = ${year} and a.origin <> 'opening'), 0)::bigint as added,
      coalesce(sum(a.cost_fen) filter (where extract(year from a.left_on) = ${year}), 0)::bigint as gone,
      coalesce(sum(a.lost_before_fen + coalesce((select sum(d.amount_fen) from funds.asset_depreciation d
        where d.asset_id = a.id and d.year <= ${year}), 0)) filter (where a.left_on is null or a.left_on > make_date(${year}, 12, 31)), 0)::bigint as lost
    from funds.asset a where a.book_id = ${book.id} and a.acquired_on <= make_date(${year}, 12, 31)
      and (a.left_on is null or a.left_on >= make_date(${year}, 1, 1)) group by a.kind order by a.kind`.execute(db)
  const held = (label: string, column: 0 | 1): number => lineOf(sheet, label, column)
  return {
    lines: [
      `固定资产原值年初 ${yuan(held('固定资产原值', 0))}、年末 ${yuan(held('固定资产原值', 1))}；累计折旧年初 ${yuan(held('减：累计折旧', 0))}、年末 ${yuan(held('减：累计折旧', 1))}。`,
      `库存物品年初 ${yuan(held('库存物品', 0))}、年末 ${yuan(held('库存物品', 1))}。`,
    ],
    ...(rows.length && {
      table: {
        columns: [
          { title: '资产类别' },
          money('年初原值'),
          money('本年增加'),
          money('本年减少'),
          money('年末原值'),
          money('年末累计折旧'),
        ],
        rows: rows.map((row) => [
          ASSET_KINDS.find((kind) => kind.id === row.kind)?.title ?? row.kind,
          row.opening,
          row.added,
          row.gone,
          row.opening + row.added - row.gone,
          row.lost,
        ]),
      },
    }),
  }
}

const HOW = { scrap: '报废', loss: '毁损、盘亏', sale: '出售' } as const
export const disposals: Tell = async (db, book, { year }) => {
  const { rows } = await sql<{
    name: string
    how: keyof typeof HOW
    on: string
    cost: number
    lost: number
    proceeds: number
    reason: string
  }>`select a.name, d.how, d.on_date as on, d.cost_fen as cost, d.lost_fen as lost, d.proceeds_fen as proceeds, d.reason
    from funds.asset_disposal d join funds.asset a on a.id = d.asset_id
    where a.book_id = ${book.id} and extract(year from d.on_date) = ${year} order by d.on_date, d.id`.execute(db)
  if (!rows.length) return { lines: ['本年度没有处置固定资产，没有重大资产损失。'] }
  return {
    lines: [`本年度处置固定资产 ${rows.length} 项，原值 ${yuan(rows.reduce((sum, row) => sum + row.cost, 0))}。`],
    table: {
      columns: [
        { title: '资产' },
        { title: '方式' },
        { title: '日期' },
        money('原值'),
        money('已提折旧'),
        money('处置收入'),
      ],
      rows: rows.map((row) => [row.name, HOW[row.how], row.on, row.cost, row.lost, row.proceeds]),
    },
  }
}

export const nominal: Tell = async (db, book, { year }) => {
  // 名义金额 is one yuan (工会会计制度 第三十四条).
  const { rows } = await sql<{ name: string; on: string; note: string }>`
    select name, acquired_on as on, note from funds.asset where book_id = ${book.id} and cost_fen = 100
      and acquired_on <= make_date(${year}, 12, 31) and (left_on is null or left_on > make_date(${year}, 12, 31))
    order by acquired_on, id`.execute(db)
  if (!rows.length) return { lines: ['年末没有以名义金额计量的资产。'] }
  return {
    lines: [`年末以名义金额 1 元计量的资产 ${rows.length} 项。`],
    table: {
      columns: [{ title: '资产' }, { title: '取得日期' }, { title: '理由' }],
      rows: rows.map((row) => [row.name, row.on, row.note]),
    },
  }
}
