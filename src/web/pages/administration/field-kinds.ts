/** Kinds of field that may be added on screen. */
export const kindTitles = {
  text: '一行文字',
  longtext: '多行文字',
  integer: '整数',
  money: '金额（元）',
  percent: '百分比',
  date: '日期',
  choice: '从列表选',
  yesno: '是 / 否',
  person: '人员',
  household: '家庭',
} as const
export type CustomKind = keyof typeof kindTitles

export interface FieldDraft {
  label: string
  kind: CustomKind
  required: boolean
  choices: string[]
  help?: string
}

export const emptyField = (): FieldDraft => ({ label: '', kind: 'text', required: false, choices: [] })
