import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cellText } from './cell.ts'
import { allRows, openWorkbook } from './read.ts'
import { sheetNameOf, type SheetSpec, writeWorkbook } from './write.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xlsx-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function readBack(
  sheets: SheetSpec[],
): Promise<{ name: string; hidden: boolean; rows: string[][]; merges: number }[]> {
  const file = path.join(folder, `${crypto.randomUUID()}.xlsx`)
  await writeWorkbook(file, sheets)
  const workbook = await openWorkbook(file)
  const found = []
  for (const sheet of workbook.sheets) {
    const rows = (await allRows(sheet)).map((row) => Array.from(row.cells, cellText))
    found.push({ name: sheet.name, hidden: sheet.hidden, rows, merges: sheet.merges.length })
  }
  workbook.close()
  return found
}

const ledger: SheetSpec = {
  name: '走访慰问',
  title: '走访慰问台账',
  lead: ['带 * 的列必填'],
  columns: [
    { header: '*姓名', required: true },
    { header: '工号', prompt: '可不填' },
    { header: '日期', kind: 'date' },
    { header: '慰问金（元）', kind: 'money' },
    { header: '人数', kind: 'integer' },
    { header: '占比', kind: 'percent' },
    { header: '情况', kind: 'longtext' },
    { header: '状态', choices: ['住院', '去世'] },
  ],
  rows: [
    ['王芳', '=1+2', '2026-03-05', 123450, 3, 1250, '第一行\n第二行', '住院'],
    { style: 'sample', cells: ['李强', '示例', '2026-03-05', '500.00'] },
    ['  两端空格 ', '+86', '2026年春', -1, -7, 33, 'a<b>&"c" _x000D_ \u0001\ud800', null],
    [true, 12345678901234567890n.toString(), null, 0],
  ],
  footer: ['王芳 于 2026-11-21 导出'],
  filter: true,
}

test('what is written is read back with its types', async () => {
  const [sheet] = await readBack([ledger])
  expect(sheet!.rows).toEqual([
    ['走访慰问台账'],
    ['带 * 的列必填'],
    ledger.columns.map((column) => column.header),
    ['王芳', '=1+2', '2026-03-05', '1234.50', '3', '12.5%', '第一行\n第二行', '住院'],
    ['李强', '示例', '2026-03-05', '500.00'],
    ['  两端空格 ', '+86', '2026年春', '-0.01', '-7', '0.33%', 'a<b>&"c" _x000D_ '],
    ['是', '12345678901234567890', '', '0.00'],
    ['王芳 于 2026-11-21 导出'],
  ])
  expect(sheet!.merges).toBe(3)
})

test('any text comes back as the same text and never as a formula', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 20 }),
      async (texts) => {
        const [sheet] = await readBack([
          { name: '表', columns: [{ header: '甲' }], rows: texts.map((text) => [`=${text}`]) },
        ])
        // XML has no place for most control characters; a line end is a line end.
        // eslint-disable-next-line no-control-regex
        const expected = texts.map((text) =>
          `=${text}`.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/\r\n?/g, '\n'),
        )
        expect(sheet!.rows.slice(1).map((row) => row[0])).toEqual(expected)
      },
    ),
    { numRuns: 25 },
  )
})

test('a list too long for a validation goes to a hidden sheet', async () => {
  const choices = Array.from({ length: 90 }, (_, index) => `第${index + 1}种情形，含逗号`)
  const sheets = await readBack([{ name: '甲', columns: [{ header: '情形', choices }], rows: [] }])
  expect(sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
    ['甲', false],
    ['选项', true],
  ])
  expect(sheets[1]!.rows[90]).toEqual(['第90种情形，含逗号'])
})

test('a file that could not be finished is not left behind, and the error reaches the caller', async () => {
  async function* broken() {
    yield ['一']
    throw new Error('the cursor broke')
  }
  const file = path.join(folder, 'half.xlsx')
  await expect(writeWorkbook(file, [{ name: '甲', columns: [{ header: '甲' }], rows: broken() }])).rejects.toThrow(
    'the cursor broke',
  )
  expect(await readdir(folder)).not.toContain('half.xlsx')
})

test('sheet names are made fit for Excel', () => {
  expect(sheetNameOf('收/支:明细[一]')).toBe('收 支 明细 一')
  const long = '职'.repeat(40)
  expect(sheetNameOf(long)).toBe('职'.repeat(31))
  expect(sheetNameOf(long, new Set(['职'.repeat(31)]))).toBe(`${'职'.repeat(30)}2`)
})

const office = ['/usr/bin/soffice', '/usr/bin/libreoffice', '/opt/libreoffice/program/soffice'].find((file) =>
  existsSync(file),
)

test.skipIf(!office)(
  'LibreOffice reads it too (install libreoffice-calc to run this)',
  { timeout: 120_000 },
  async () => {
    const file = path.join(folder, 'office.xlsx')
    await writeWorkbook(file, [
      ledger,
      {
        ...ledger,
        name: '第二表',
        columns: [...ledger.columns, { header: '长列表', choices: Array.from({ length: 99 }, (_, n) => `选项,${n}`) }],
      },
    ])
    await promisify(execFile)(office!, [
      `-env:UserInstallation=file://${folder}/profile`,
      '--headless',
      '--convert-to',
      'csv:Text - txt - csv (StarCalc):44,34,76,1',
      '--outdir',
      folder,
      file,
    ])
    expect((await readFile(path.join(folder, 'office.csv'), 'utf8')).split('\n').slice(2, 5)).toEqual([
      '"*姓名","工号","日期","慰问金（元）","人数","占比","情况","状态"',
      '"王芳","=1+2",2026-03-05,"1,234.50",3,12.50%,"第一行',
      '第二行","住院"',
    ])
  },
)
