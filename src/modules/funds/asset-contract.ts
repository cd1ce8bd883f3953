import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'

/** What can be asked about assets, goods in store and advances. Amounts are integer fen. */
const fen = z.number('请填写金额').int('金额最多到分').max(100_000_000_000_00, '金额过大')
const paid = fen.positive('金额应大于零')
const words = (most: number) => z.string().trim().max(most, `不能超过 ${most} 个字`)
const account = (sentence: string) =>
  z
    .string(sentence)
    .trim()
    .regex(/^[1-5][0-9]{2,11}$/, sentence)
const attachments = z.int('请填写附件张数').min(1, '请附原始凭证并填写附件张数').max(9999).default(1)

export const atBook = z.object({ unitId: id })

export const assetInput = z.object({
  unitId: id,
  code: words(40).min(1, '请填写资产编号'),
  name: words(100).min(1, '请填写资产名称'),
  kind: z.string('请选择资产类别'),
  quantity: z.int('请填写数量').min(1, '数量至少为 1').max(100_000).default(1),
  costFen: paid,
  years: z.int('请填写折旧年限').min(1).max(100).nullish(),
  /** A big batch of like goods below the threshold. */
  bulk: z.boolean().default(false),
  acquiredOn: day,
  origin: z.enum(['bought', 'given', 'opening'], '请选择来源'),
  lostBeforeFen: fen.min(0, '不能是负数').default(0),
  place: words(100).default(''),
  keeper: words(40).default(''),
  keeperId: id.nullish(),
  note: words(500).default(''),
  /** full: pay and book it now; pair: it was paid, book the asset; none: the voucher holds both pairs already. */
  booking: z.enum(['full', 'pair', 'none']).default('full'),
  spendingAccount: account('请选择支出科目').default('50702'),
  payFrom: account('请选择付款账户').default('102'),
  attachments,
})
export type AssetInput = z.output<typeof assetInput>

export const assetEdit = z.object({
  version: z.int(),
  place: words(100),
  keeper: words(40),
  keeperId: id.nullish(),
  note: words(500).default(''),
})

export const depreciationInput = z.object({
  unitId: id,
  month: z.string().regex(/^20[0-9]{2}-(0[1-9]|1[0-2])$/, '请选择月份'),
})

export const disposalInput = z.object({
  how: z.enum(['scrap', 'loss', 'sale'], '请选择处置方式'),
  onDate: day,
  reason: words(300).min(1, '请写明处置原因'),
  document: words(100).default(''),
  /** Sale only: what was received and spent on it. */
  proceedsFen: fen.min(0).default(0),
  expensesFen: fen.min(0).default(0),
  account: account('请选择收款账户').default('102'),
  attachments,
})
export type DisposalInput = z.output<typeof disposalInput>
export const settleInput = disposalInput.pick({
  onDate: true,
  document: true,
  proceedsFen: true,
  expensesFen: true,
  account: true,
  attachments: true,
})

export const countInput = z.object({ unitId: id, onDate: day, counters: words(100).min(1, '请填写盘点人') })
export const countLines = z.object({
  lines: z
    .array(z.object({ assetId: id, found: z.int('请填写实有数量').min(0).nullable(), remark: words(200).default('') }))
    .max(5000),
  close: z.boolean().default(false),
})

export const stockInInput = z.object({
  unitId: id,
  onDate: day,
  name: words(100).min(1, '请填写物品名称'),
  measure: words(10).min(1, '请填写计量单位'),
  quantity: z.int('请填写数量').min(1, '数量至少为 1').max(1_000_000),
  amountFen: paid,
  purpose: words(200).min(1, '请填写用途'),
  spendingAccount: account('请选择支出科目'),
  payFrom: account('请选择付款账户').default('102'),
  project: words(40).nullish(),
  attachments,
})
export const stockOutInput = z.object({
  onDate: day,
  quantity: z.int('请填写数量').min(1, '数量至少为 1').max(1_000_000),
  purpose: words(200).min(1, '请填写用途'),
  attachments,
})

export const advanceInput = z.object({
  unitId: id,
  onDate: day,
  payee: words(60).min(1, '请填写借款人'),
  personId: id.nullish(),
  amountFen: paid,
  purpose: words(200).min(1, '请填写用途'),
  dueOn: day,
  payFrom: account('请选择付款账户').default('102'),
  attachments,
})
export const advanceSettleInput = z.object({
  onDate: day,
  spentFen: fen.min(0, '不能是负数').default(0),
  returnedFen: fen.min(0, '不能是负数').default(0),
  spendingAccount: account('请选择支出科目').nullish(),
  project: words(40).nullish(),
  account: account('请选择账户').default('102'),
  attachments,
})

// What the server answers. Amounts are fen, days `YYYY-MM-DD`.

export interface Asset {
  id: number
  code: string
  name: string
  kind: string
  quantity: number
  costFen: number
  years: number | null
  acquiredOn: string
  origin: 'bought' | 'given' | 'opening'
  lostBeforeFen: number
  /** Everything it has lost in this book and before. */
  lostFen: number
  place: string
  keeper: string
  keeperId: number | null
  note: string
  voucherId: number | null
  state: 'in-use' | 'pending' | 'left'
  leftOn: string | null
  version: number
}

export interface AssetList {
  assets: Asset[]
  /** Cards against the ledger: what stands on 162 and 163. They differ only when somebody booked past the cards. */
  cards: { costFen: number; lostFen: number }
  ledger: { costFen: number; lostFen: number }
}

export interface DepreciationLine {
  assetId: number
  code: string
  name: string
  kind: string
  costFen: number
  /** Lost before this month, and in it (with months that were left out). */
  beforeFen: number
  amountFen: number
}

export interface StockItem {
  id: number
  name: string
  measure: string
  quantity: number
  amountFen: number
  moves: { onDate: string; quantity: number; amountFen: number; purpose: string; voucherId: number }[]
}

export interface InventoryLine {
  assetId: number
  code: string
  name: string
  place: string
  keeper: string
  expected: number
  found: number | null
  remark: string
}

export interface Inventory {
  id: number
  onDate: string
  counters: string
  closed: boolean
  lines: InventoryLine[]
}

export interface Advance {
  id: number
  payee: string
  purpose: string
  amountFen: number
  settledFen: number
  /** What is still owed. */
  openFen: number
  paidOn: string
  dueOn: string
  voucherId: number
}

export interface Entrusted {
  /** another room took it in and pays it out: mutual aid, a charity drive */
  elsewhere: boolean
  counterparty: string
  receivedFen: number
  paidFen: number
  balanceFen: number
}

/** What a project has taken in and spent. */
export interface ProjectBalance {
  projectId: number
  code: string
  name: string
  fundKind: 'tied' | 'free'
  finishedOn: string | null
  incomeFen: number
  expenseFen: number
  /** carried over + income − spending − what the year's end moved to the surplus */
  balanceFen: number
}

/** Money that isn't free: with a purpose, and somebody else's. */
export interface PurposeMoney {
  projects: ProjectBalance[]
  entrusted: Entrusted[]
}
