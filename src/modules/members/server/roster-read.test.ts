import { expect, test } from 'vitest'
import type { Cell, Row } from '../../../kernel/xlsx/cell.ts'
import { readDay, readHeader, readRow } from './roster-read.ts'

const text = (value: string): Cell => ({ kind: 'text', text: value })
const row = (...cells: (Cell | string | undefined)[]): Row => ({
  rowNo: 2,
  cells: cells.map((cell) => (typeof cell === 'string' ? text(cell) : cell)),
})
const today = '2026-06-30'
const read = (headers: string[], ...cells: (Cell | string | undefined)[]) =>
  readRow(row(...cells), readHeader(row(...headers))!, today)

test('columns are found by header, renamed, reordered and explained', () => {
  const layout = readHeader(row('序号', '身份证号', '姓名*', '家属（姓名/关系，多人用顿号）', '所属分会', '爱好'))!
  expect(layout.places).toEqual({ idNo: 1, name: 2, kin: 3, unit: 4 })
  expect(layout.unknown).toEqual(['序号', '爱好'])
  expect(readHeader(row('2026年花名册'))).toBeNull()
})

test('gender and birthday come from the number', () => {
  const person = read(['姓名', '证件号码', '手机号'], '王 芳', '11010519491231002x', {
    kind: 'number',
    value: 13812345678,
    text: '13812345678',
  })
  expect(person).toMatchObject({
    name: '王芳',
    idNo: '11010519491231002X',
    bornOn: '1949-12-31',
    gender: 'f',
    phone: '13812345678',
    errors: [],
  })
})

test.each([
  [['姓名', '性别', '证件号码'], ['王芳', '男', '11010519491231002X'], '性别', '不一致'],
  [['姓名', '出生日期', '证件号码'], ['王芳', '1950-12-31', '11010519491231002X'], '出生日期', '不一致'],
  [['姓名', '入会日期'], ['王芳', '2026-13-01'], '入会日期', '不是日期'],
  [['姓名', '入会日期'], ['王芳', '2026-07-01'], '入会日期', '今天之后'],
  [['姓名', '会籍状态'], ['王芳', '待定'], '会籍状态', '保留会籍'],
  [['姓名', '家属'], ['王芳', '李强'], '家属', '姓名/关系'],
  [['姓名', '工号'], ['', '001'], '姓名', '请填写姓名'],
  [['姓名', '标签', '性别'], ['李强', '女职工', '男'], '标签', '男性'],
] as const)('%s %s is refused at %s', (headers, cells, column, sentence) => {
  const { errors } = read([...headers], ...cells)
  expect(errors).toEqual([{ column, message: expect.stringContaining(sentence) }])
})

test('a number gone scientific and an error cell are told apart from wrong digits', () => {
  const big: Cell = { kind: 'number', value: 1.1010519491231e17, text: '1.1010519491231E+17' }
  expect(read(['姓名', '证件号码'], '王芳', big).errors[0]!.message).toContain('科学计数')
  expect(read(['姓名', '工号'], '王芳', { kind: 'error', code: '#REF!' }).errors[0]!.message).toContain('#REF!')
})

test('tags are one spelling each, and being retired is one', () => {
  const person = read(
    ['姓名', '身份标签', '在职状态', '家属'],
    '王芳',
    '劳动模范，中共党员、劳模',
    '退休',
    '李强/配偶、李小明(儿子)',
  )
  expect(person.tags).toEqual(['劳模', '党员', '退休'])
  expect(person.kin).toEqual([
    { name: '李强', relation: '配偶' },
    { name: '李小明', relation: '儿子' },
  ])
})

test.each([
  ['2020.3.5', '2020-03-05'],
  ['2020年3月5日', '2020-03-05'],
  ['２０２０/03/05', '2020-03-05'],
  ['20200305', '2020-03-05'],
  ['2020年3月', '2020-03-01'],
  ['2021-02-29', null],
  ['去年', null],
])('%s is the day %s', (written, day) => expect(readDay(written)).toBe(day))
