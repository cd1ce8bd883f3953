import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Problem } from '../contract/problem.ts'
import { type Cell, cellText, columnName, dateToSerial, type Row, serialToDate } from './cell.ts'
import type { Limits } from './container.ts'
import { forgeOle, forgeWorkbook, sheetPart, workbookPart } from './forge.ts'
import { allRows, openWorkbook } from './read.ts'
import { meaningOfFormat } from './styles.ts'

async function rowsOf(source: Buffer | string, limits?: Partial<Limits>): Promise<Row[]> {
  const workbook = await openWorkbook(source, limits)
  try {
    return await allRows(workbook.sheets[0]!)
  } finally {
    workbook.close()
  }
}

const firstRow = async (cells: string, parts: Record<string, string> = {}): Promise<(Cell | undefined)[]> =>
  (
    await rowsOf(await forgeWorkbook({ 'xl/worksheets/sheet1.xml': sheetPart(`<row r="1">${cells}</row>`), ...parts }))
  )[0]?.cells ?? []

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Problem ? error.code : `not a Problem: ${String(error)}`),
  )

const styles = (formats: string, cells: string): Record<string, string> => ({
  'xl/styles.xml': `<styleSheet><numFmts>${formats}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${cells}</cellXfs></styleSheet>`,
})

describe('cells', () => {
  test('keep their types', async () => {
    expect(
      await firstRow(
        '<c r="A1"><v>3.50</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="e"><v>#N/A</v></c><c r="D1" t="inlineStr"><is><r><t>王</t></r><r><t xml:space="preserve"> 芳</t></r></is></c><c r="F1" t="d"><v>2026-03-05T08:30:00</v></c>',
      ),
    ).toEqual([
      { kind: 'number', value: 3.5, text: '3.50' },
      { kind: 'boolean', value: true },
      { kind: 'error', code: '#N/A' },
      { kind: 'text', text: '王 芳' },
      undefined,
      { kind: 'date', date: '2026-03-05', time: '08:30:00' },
    ])
  })

  test('a formula gives its last value and says it is one', async () => {
    expect(
      await firstRow(
        '<c r="A1"><f>SUM(B1:B9)</f><v>42</v></c><c r="B1" t="str"><f>A1&amp;"人"</f><v>42人</v></c><c r="C1"><f>NOW()</f></c>',
      ),
    ).toEqual([
      { kind: 'number', value: 42, text: '42', formula: true },
      { kind: 'text', text: '42人', formula: true },
    ])
  })

  test('shared strings leave out the reading above the characters and decode control characters', async () => {
    const strings =
      '<sst><si><t>王芳</t><rPh sb="0" eb="2"><t>wang fang</t></rPh><phoneticPr fontId="1"/></si><si><r><t>甲_x000D_</t></r><r><t>乙</t></r></si><si><t/></si></sst>'
    expect(
      await firstRow('<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>', {
        'xl/sharedStrings.xml': strings,
      }),
    ).toEqual([
      { kind: 'text', text: '王芳' },
      { kind: 'text', text: '甲\r乙' },
    ])
  })

  test('a number is a date where its style says so', async () => {
    const parts = styles(
      '<numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="171" formatCode="0.00&quot;day&quot;"/>',
      '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="31"/><xf numFmtId="10"/><xf numFmtId="20"/>',
    )
    const cells = [0, 1, 2, 3, 4, 5, 6]
      .map((style) => `<c s="${style}"><v>${style === 5 ? '0.125' : style === 6 ? '0.5' : '46086'}</v></c>`)
      .join('')
    expect((await firstRow(cells, parts)).map((cell) => `${cell!.kind} ${cellText(cell)}`)).toEqual([
      'number 46086',
      'date 2026-03-05',
      'date 2026-03-05',
      'number 46086',
      'date 2026-03-05',
      'number 12.5%',
      'text 12:00:00',
    ])
  })

  test('the 1904 system counts from another day', async () => {
    const parts = {
      ...styles('', '<xf numFmtId="0"/><xf numFmtId="14"/>'),
      'xl/workbook.xml': workbookPart('<sheet name="表一" sheetId="1" r:id="rId1"/>', '<workbookPr date1904="1"/>'),
    }
    expect(await firstRow('<c s="1"><v>44624</v></c>', parts)).toEqual([{ kind: 'date', date: '2026-03-05' }])
  })

  test('digits of a long number stay as written', async () => {
    expect(await firstRow('<c r="A1"><v>6.2220219001011234E+18</v></c>')).toEqual([
      { kind: 'number', value: 6.2220219001011234e18, text: '6.2220219001011234E+18' },
    ])
  })
})

describe('sheets', () => {
  test('are listed in order with what is hidden', async () => {
    const workbook = await openWorkbook(
      await forgeWorkbook({
        'xl/workbook.xml': workbookPart(
          '<sheet name="走访慰问" sheetId="1" r:id="rId1"/><sheet name="暗账" sheetId="2" state="veryHidden" r:id="rId2"/>',
        ),
        'xl/worksheets/sheet2.xml': sheetPart('<row r="1"><c r="A1"><v>1</v></c></row>'),
      }),
    )
    expect(workbook.sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['走访慰问', false],
      ['暗账', true],
    ])
    workbook.close()
  })

  test('give row numbers as the officer sees them and report merged cells', async () => {
    const workbook = await openWorkbook(
      await forgeWorkbook({
        'xl/worksheets/sheet1.xml': sheetPart(
          '<row r="2"><c r="B2"><v>1</v></c></row><row r="3"/><row r="4"><c r="A4" s="1"/></row><row r="9"><c r="A9"><v>2</v></c></row>',
          '<mergeCells count="1"><mergeCell ref="A2:AB3"/></mergeCells>',
        ),
      }),
    )
    const sheet = workbook.sheets[0]!
    expect((await allRows(sheet)).map((row) => row.rowNo)).toEqual([2, 9])
    expect(sheet.merges).toEqual([{ fromRow: 1, fromColumn: 0, toRow: 2, toColumn: 27 }])
    // Reading again starts over.
    expect((await allRows(sheet)).length).toBe(2)
    expect(sheet.merges.length).toBe(1)
    workbook.close()
  })

  test('with namespace prefixes and without references are read all the same', async () => {
    const sheet =
      '<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
    expect(await rowsOf(await forgeWorkbook({ 'xl/worksheets/sheet1.xml': sheet }))).toEqual([
      {
        rowNo: 1,
        cells: [
          { kind: 'number', value: 1, text: '1' },
          { kind: 'text', text: '甲' },
        ],
      },
    ])
  })
})

describe('what is refused', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'xlsx-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const cases: [string, string, () => Promise<Buffer>][] = [
    ['an empty file', 'workbook-empty', async () => Buffer.alloc(0)],
    ['a text file', 'workbook-not-xlsx', async () => Buffer.from('姓名,性别\n王芳,女\n')],
    ['a renamed .xls', 'workbook-old-format', async () => forgeOle('Workbook')],
    ['an encrypted workbook', 'workbook-encrypted', async () => forgeOle('EncryptedPackage')],
    ['an upload cut in the middle', 'workbook-truncated', async () => (await forgeWorkbook()).subarray(0, 600)],
    [
      'a Word document',
      'workbook-not-xlsx',
      async () => forgeWorkbook({ 'xl/workbook.xml': '', '_rels/.rels': '', 'word/document.xml': '<a/>' }),
    ],
    [
      'XML that breaks off',
      'workbook-damaged',
      async () => forgeWorkbook({ 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1">' }),
    ],
    ['bytes that are no text', 'workbook-damaged', async () => corrupt(await forgeWorkbook())],
    [
      'an entity declaration',
      'workbook-doctype',
      async () =>
        forgeWorkbook({
          'xl/worksheets/sheet1.xml':
            '<!DOCTYPE a [<!ENTITY b "bb">]><worksheet><sheetData><row r="1"><c t="str"><v>&b;</v></c></row></sheetData></worksheet>',
        }),
    ],
    [
      'an external entity',
      'workbook-doctype',
      async () => forgeWorkbook({ 'xl/workbook.xml': '<!DOCTYPE a SYSTEM "file:///etc/passwd"><workbook/>' }),
    ],
    [
      'an undeclared entity',
      'workbook-damaged',
      async () =>
        forgeWorkbook({ 'xl/worksheets/sheet1.xml': sheetPart('<row r="1"><c t="str"><v>&b;</v></c></row>') }),
    ],
    [
      'a row number that goes backwards',
      'workbook-damaged',
      async () => forgeWorkbook({ 'xl/worksheets/sheet1.xml': sheetPart('<row r="5"/><row r="2"/>') }),
    ],
    [
      'a string index out of range',
      'workbook-damaged',
      async () => forgeWorkbook({ 'xl/worksheets/sheet1.xml': sheetPart('<row r="1"><c t="s"><v>7</v></c></row>') }),
    ],
    ['a workbook without sheets', 'workbook-empty', async () => forgeWorkbook({ 'xl/workbook.xml': workbookPart('') })],
  ]
  test.each(cases)('%s → %s, from bytes and from a file', async (_, code, forge) => {
    const bytes = await forge()
    expect(await codeOf(rowsOf(bytes))).toBe(code)
    const file = path.join(folder, `${crypto.randomUUID()}.xlsx`)
    await writeFile(file, bytes)
    expect(await codeOf(rowsOf(file))).toBe(code)
  })

  test('a zip bomb, before it is unpacked', async () => {
    const bomb = await forgeWorkbook({ 'xl/worksheets/sheet1.xml': sheetPart(' '.repeat(31 * 1024 * 1024)) })
    expect(bomb.length).toBeLessThan(200_000)
    expect(await codeOf(openWorkbook(bomb))).toBe('workbook-too-big')
  })

  test('a zip bomb that lies about its size', async () => {
    const bomb = await forgeWorkbook({
      'xl/worksheets/sheet1.xml': sheetPart(`<row r="1"/>${' '.repeat(31 * 1024 * 1024)}`),
    })
    const name = Buffer.from('xl/worksheets/sheet1.xml')
    // Central directory: the unpacked size stands 22 bytes before the name.
    bomb.writeUInt32LE(1000, bomb.lastIndexOf(name) - 22)
    expect(await codeOf(rowsOf(bomb))).toBe('workbook-damaged')
  })

  test('more than the limits allow, each by its own sentence', async () => {
    const three = await forgeWorkbook({
      'xl/worksheets/sheet1.xml': sheetPart([1, 2, 3].map((row) => `<row r="${row}"><c><v>1</v></c></row>`).join('')),
    })
    expect((await rowsOf(three, { maxRows: 3 })).length).toBe(3)
    expect(await codeOf(rowsOf(three, { maxRows: 2 }))).toBe('workbook-too-many-rows')
    const wide = await forgeWorkbook({
      'xl/worksheets/sheet1.xml': sheetPart('<row r="1"><c r="XFD1"><v>1</v></c></row>'),
    })
    expect(await codeOf(rowsOf(wide))).toBe('workbook-too-wide')
    expect(await codeOf(openWorkbook(three, { maxEntries: 2 }))).toBe('workbook-too-big')
    expect(await codeOf(openWorkbook(three, { maxTotal: 500 }))).toBe('workbook-too-big')
  })

  test('an empty styled cell far to the right is no content', async () => {
    expect(await firstRow('<c r="A1"><v>1</v></c><c r="XFD1" s="1"/>')).toHaveLength(1)
  })
})

/** Spoils bytes inside the first compressed part that is longer than the rest. */
function corrupt(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  const start = copy.indexOf(Buffer.from('xl/worksheets/sheet1.xml')) + 30
  copy.fill(0xff, start, start + 40)
  return copy
}

describe('days', () => {
  test.each([
    [1, '1900-01-01'],
    [59, '1900-02-28'],
    [60, undefined],
    [61, '1900-03-01'],
    [46086, '2026-03-05'],
    [2958465, '9999-12-31'],
    [2958466, undefined],
    [-1, undefined],
  ])('serial %d is %s', (serial, date) => expect(serialToDate(serial)?.date).toBe(date))

  test('a time that rounds to midnight belongs to the next day', () => {
    expect(serialToDate(46086.999999)).toEqual({ date: '2026-03-06' })
    expect(serialToDate(46086.5)).toEqual({ date: '2026-03-05', time: '12:00:00' })
  })

  test.each([
    ['2026-03-05', 46086],
    ['1900-03-01', 61],
    ['1900-02-28', null],
    ['2026-02-30', null],
    ['2026-3-5', null],
    ['', null],
  ])('%s is serial %s', (date, serial) => expect(dateToSerial(date)).toBe(serial))

  test.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [701, 'ZZ'],
    [702, 'AAA'],
    [16383, 'XFD'],
  ])('column %d is %s', (index, name) => expect(columnName(index)).toBe(name))
})

test.each([
  ['General', 'number'],
  ['0.00E+00', 'number'],
  ['#,##0.00;[Red]-#,##0.00', 'number'],
  ['0%', 'percent'],
  ['yyyy-mm-dd', 'date'],
  ['[$-804]yyyy"年"m"月"', 'date'],
  ['m/d/yy h:mm', 'date'],
  ['h:mm:ss', 'time'],
  ['[h]:mm', 'time'],
  ['@', 'number'],
  ['0"天"', 'number'],
  ['[DBNum1][$-804]yyyy"年"m"月"d"日"', 'date'],
  ['mmm', 'date'],
  ['G/通用格式', 'number'],
  ['\\d0', 'number'],
])('the number format %s means %s', (code, meaning) => expect(meaningOfFormat(code)).toBe(meaning))
