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
export const kindTitle = (kind: string): string =>
  kind === 'members' ? '会员花名册' : kind === 'ledger' ? '工作台账' : kind
export const statusTitles = {
  uploaded: '正在检查',
  checked: '待入库',
  committed: '已入库',
  failed: '未通过读取',
  discarded: '已放弃',
} as const
