import { path, withQuery } from '../../path.ts'

export type RowStatus = 'new' | 'update' | 'same' | 'error'
export interface Preview {
  id: number
  kind: string
  unitId: number
  year: number | null
  fileName: string
  status: 'uploaded' | 'checked' | 'committed' | 'failed' | 'discarded'
  counts: Record<RowStatus, number>
  notices: string[]
  sheets: { name: string; headers: string[] }[]
  outcome: { sentence: string } | null
  author: string
  createdAt: string
}
export interface ImportRow {
  id: number
  sheet: string
  rowNo: number
  status: RowStatus
  errors: { column?: string; message: string }[]
  original: string[] | null
  summary: string | null
}
const KINDS: Readonly<Record<string, string>> = {
  members: '会员花名册',
  ledger: '工作台账',
  headcounts: '职工人数',
  delegates: '代表名单',
  survivors: '遗属名册',
  dues: '会费收缴',
  'dues-bases': '会费缴费基数',
  'funds-opening': '期初余额（科目余额表）',
  'funds-vouchers': '记账凭证',
}
export const kindTitle = (kind: string): string => KINDS[kind] ?? kind

/** Where a workbook of the kind is uploaded again. */
export const startOf = (kind: string): string =>
  kind.startsWith('dues')
    ? '/funds/income'
    : kind.startsWith('funds-')
      ? '/funds/opening'
      : withQuery(path.imports, { kind: kind === 'members' ? 'members' : '' })
export const statusTitles = {
  uploaded: '正在检查',
  checked: '待入库',
  committed: '已入库',
  failed: '未通过读取',
  discarded: '已放弃',
} as const
