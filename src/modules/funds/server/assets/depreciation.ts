import { refused } from '../../../../kernel/contract/problem.ts'
import { assetKindOf, NOMINAL_FEN, THRESHOLD_FEN, type AssetKind } from '../../asset-kinds.ts'

/** What the clock of an asset needs to know. Months are `YYYY-MM`. */
export interface Depreciable {
  kind: string
  costFen: number
  years: number
  /** The day it was put to use: the month itself counts (当月增加，当月提). */
  acquiredOn: string
  /** The day it left the books: that month no longer counts (当月减少，当月不提). */
  leftOn?: string | null
}

const monthsOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1

/** True for what loses value: not land, books, relics, plants and animals, nor what stands at one yuan (第三十五条). */
export const loses = (asset: Pick<Depreciable, 'kind' | 'costFen'>): boolean =>
  assetKindOf(asset.kind)?.years !== null && asset.costFen !== NOMINAL_FEN

/** Straight line without residual value; the last month takes what rounding left. @param nth 1 for the first month */
function amountOfMonth(costFen: number, months: number, nth: number): number {
  if (nth < 1 || nth > months) return 0
  const monthly = Math.floor((2 * costFen + months) / (2 * months))
  const before = Math.min(costFen, monthly * (nth - 1))
  return nth === months ? costFen - before : Math.min(monthly, costFen - before)
}

/** What the asset loses in one month, in fen; 0 before its first month, after its last, and from the month it leaves. */
export function depreciationOf(asset: Depreciable, month: string): number {
  if (!loses(asset)) return 0
  if (asset.leftOn && month >= asset.leftOn.slice(0, 7)) return 0
  return amountOfMonth(asset.costFen, asset.years * 12, monthsOf(month) - monthsOf(asset.acquiredOn) + 1)
}

/** What it has lost up to and including a month, in fen. */
export function accumulatedBy(asset: Depreciable, month: string): number {
  if (!loses(asset)) return 0
  const leaving = asset.leftOn ? monthsOf(asset.leftOn) - 1 : Number.POSITIVE_INFINITY
  const months = asset.years * 12
  const passed = Math.min(monthsOf(month), leaving) - monthsOf(asset.acquiredOn) + 1
  if (passed <= 0) return 0
  if (passed >= months) return asset.costFen
  const monthly = amountOfMonth(asset.costFen, months, 1)
  return Math.min(asset.costFen, monthly * passed)
}

/**
 * Whether a purchase is a fixed asset: a life of more than a year and the least price a piece, or a big batch of like
 * goods (第三十二条).
 */
export function isFixedAsset(group: AssetKind['group'], pieceFen: number, bulk: boolean): boolean {
  return bulk || pieceFen >= THRESHOLD_FEN[group]
}

/** @throws Problem 422 `years-too-few` | `not-fixed` | `no-kind` */
export function checkAsset(asset: {
  kind: string
  years: number | null
  pieceFen: number
  bulk: boolean
  /** Not bought by its price: given, or standing at one yuan. */
  given: boolean
}): AssetKind {
  const kind = assetKindOf(asset.kind)
  if (!kind) throw refused('no-kind', '请选择资产类别。', { kind: '请选择资产类别' })
  if (kind.years !== null && (asset.years ?? 0) < kind.years)
    throw refused('years-too-few', `${kind.title}的折旧年限不能少于 ${kind.years} 年（工会会计制度附录2）。`, {
      years: `不能少于 ${kind.years} 年`,
    })
  if (!asset.given && !isFixedAsset(kind.group, asset.pieceFen, asset.bulk))
    throw refused(
      'not-fixed',
      `单价 ${asset.pieceFen / 100} 元，未达到固定资产标准（${kind.group === 'special' ? '专用设备 1500' : '1000'} 元）。请按库存物品或直接支出处理；大批同类物资请勾选“大批同类”。`,
      { cost: '未达到固定资产标准' },
    )
  return kind
}
