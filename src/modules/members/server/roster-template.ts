import type { Writable } from 'node:stream'
import { writeWorkbook, type ColumnSpec } from '../../../kernel/xlsx/write.ts'
import { TAGS } from '../words.ts'
import { COLUMNS, columnNames, type Column } from './roster-read.ts'

const specs: Record<Column, Omit<ColumnSpec, 'header'>> = {
  name: { required: true, width: 12, prompt: '必填。与证件上的姓名一致。' },
  gender: { width: 8, choices: ['男', '女'], prompt: '填了 18 位身份证号码可不填。' },
  idNo: { width: 24, prompt: '18 位身份证号码，或护照等证件号码。加密保存，界面只显示后四位。' },
  bornOn: { kind: 'date', width: 14, prompt: '如 1985-03-05；填了身份证号码可不填。' },
  staffNo: { width: 14, prompt: '单位内不重复的编号。' },
  phone: { width: 16, prompt: '手机号或带区号的电话。' },
  unit: { width: 26, prompt: '会员所在的分会、小组：填组织机构中的名称或编号；不填则归入导入时选定的单位。' },
  joinedOn: { kind: 'date', width: 14, prompt: '如 2026-03-05；不填按期初会员处理，不计入当年新发展会员。' },
  state: { width: 12, choices: ['正常', '保留会籍'], prompt: '不填为“正常”。' },
  tags: { width: 26, prompt: `多个用“、”隔开，如：${TAGS.slice(0, 8).join('、')}。女职工由性别得出，不必填。` },
  employment: {
    width: 12,
    choices: ['在职', '内退', '离岗', '退休', '离休'],
    openChoices: true,
    prompt: '不填为“在职”。',
  },
  kin: { width: 30, prompt: '姓名/关系，多人用“、”隔开，如：李明/配偶、李小芳/女儿。' },
  bank: { width: 26, prompt: '发放补助用。加密保存。' },
}

const sample: Record<Column, string> = {
  name: '（示例）王小芳',
  gender: '女',
  idNo: '',
  bornOn: '1985-03-05',
  staffNo: 'A0001',
  phone: '13800000000',
  unit: '',
  joinedOn: '2008-07-01',
  state: '正常',
  tags: '党员、一线',
  employment: '在职',
  kin: '李明/配偶、李小芳/女儿',
  bank: '',
}

/** Writes the empty roster workbook: drop-downs, notes, and a sample row that the import passes over. */
export const writeRosterTemplate = (out: string | Writable): Promise<void> =>
  writeWorkbook(out, [
    {
      name: '会员花名册',
      columns: columnNames.map((column) => ({ header: COLUMNS[column].header, ...specs[column] })),
      rows: [{ style: 'sample', cells: columnNames.map((column) => sample[column]) }],
      lead: ['一人一行；表头可增减、可换顺序，但请保留“姓名”。以“（示例）”开头的一行不会导入。'],
    },
  ])
