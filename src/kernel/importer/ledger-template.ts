import type { Writable } from 'node:stream'
import type { Field, Register } from '../register/declaration.ts'
import { sheetNameOf, writeWorkbook, type ColumnSpec, type OutputRow, type SheetSpec } from '../xlsx/write.ts'
import { columnsOf, type LedgerColumn } from './layout.ts'

export const guideSheet = '填写说明'
/** A row with such a cell is the template's own and never imported. */
export const sampleMark = '示例'

const kindWords: Record<Field['kind'], string> = {
  text: '文字',
  longtext: '长文字',
  integer: '整数',
  money: '金额，单位元，最多两位小数',
  percent: '百分比，如 82 或 82%',
  date: '日期，如 2026-03-05',
  choice: '从列表中选',
  yesno: '是 或 否',
  person: '姓名',
  household: '户主姓名',
  unit: '单位名称',
}

/** What a column takes, in words. */
export function describeColumn(column: LedgerColumn): { type: string; choices: string; help: string } {
  if (column.role === 'unit') return { type: '单位名称或编号', choices: '', help: '不填表示导入时所选的单位' }
  if (column.role === 'date' || column.role === 'endDate') return { type: kindWords.date, choices: '', help: '' }
  if (column.role === 'number') return { type: '工号', choices: '', help: '有同名的人时填写，用来区分' }
  if (column.role !== 'field') return { type: '文字', choices: '', help: '' }
  const { field } = column
  return {
    type: kindWords[field.kind],
    choices: field.choices ? `${field.choices.join('、')}${field.open ? '（也可填其他）' : ''}` : '',
    help: [field.help, field.kind === 'person' && field.memberOnly ? '须是名册中的会员' : '']
      .filter(Boolean)
      .join('；'),
  }
}

const kindOf = (column: LedgerColumn): ColumnSpec['kind'] => {
  if (column.role === 'date' || column.role === 'endDate') return 'date'
  if (column.role !== 'field') return 'text'
  const { kind } = column.field
  return kind === 'integer' || kind === 'money' || kind === 'percent' || kind === 'date' || kind === 'longtext'
    ? kind
    : 'text'
}

export const columnSpecs = (register: Register): ColumnSpec[] =>
  columnsOf(register).map((column) => {
    const words = describeColumn(column)
    const choices =
      column.role === 'field' ? (column.field.kind === 'yesno' ? ['是', '否'] : column.field.choices) : undefined
    return {
      header: `${column.required ? '*' : ''}${column.header}`,
      kind: kindOf(column),
      required: column.required,
      width: Math.max(12, column.header.length * 2 + 4),
      ...(choices && { choices, openChoices: column.role === 'field' && (column.field.open ?? false) }),
      prompt: [words.type, words.help].filter(Boolean).join('；').slice(0, 200),
    }
  })

function sampleRow(register: Register): OutputRow {
  const cells = columnsOf(register).map((column) => {
    if (column.role === 'unit') return `${sampleMark}（本行不导入）`
    if (column.role === 'date') return register.sample['date'] ?? '2026-03-05'
    if (column.role === 'endDate') return register.sample['endDate'] ?? ''
    if (column.role === 'title') return register.sample['title'] ?? ''
    // A sample is text as it would be typed, whatever the column's own format.
    return column.role === 'field' ? (register.sample[column.field.id] ?? '') : ''
  })
  return { style: 'sample', cells }
}

/** Writes the empty ledger workbook: how to fill it in, then one sheet per register with drop-downs and a sample row. */
export async function writeLedgerTemplate(out: string | Writable, registers: readonly Register[]): Promise<void> {
  const taken = new Set([guideSheet])
  const sheets = registers.map((register): SheetSpec => {
    const name = sheetNameOf(register.title, taken)
    taken.add(name)
    return { name, columns: columnSpecs(register), rows: [sampleRow(register)] }
  })
  const guide: OutputRow[] = registers.flatMap((register) => [
    [register.title, '', '', '', '', register.help],
    ...columnsOf(register).map((column): OutputRow => {
      const words = describeColumn(column)
      return ['', column.header, column.required ? '必填' : '', words.type, words.choices, words.help]
    }),
  ])
  await writeWorkbook(out, [
    {
      name: guideSheet,
      lead: [
        '一张工作表对应一本登记簿，工作表名称和表头请不要改动；列的先后可以调换，不用的列可以留空。',
        '一件事、一个人、一件物品或一笔款一行，不要填合计。带明细（如参加人员）的登记簿，同一次活动一人一行，日期和名称相同的行合成一条记录。',
        `带 * 的列必填；含“${sampleMark}”字样的行不会导入。`,
      ],
      columns: [
        { header: '登记簿', width: 24 },
        { header: '列', width: 20 },
        { header: '是否必填', width: 10 },
        { header: '填写内容', width: 28 },
        { header: '可选值', kind: 'longtext', width: 50 },
        { header: '说明', kind: 'longtext', width: 50 },
      ],
      rows: guide,
    },
    ...sheets,
  ])
}
