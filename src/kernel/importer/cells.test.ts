import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { field } from '../register/declaration.ts'
import { dateToSerial, type Cell } from '../xlsx/cell.ts'
import {
  cleanText,
  readCell,
  readChoice,
  readDate,
  readInteger,
  readMoney,
  readNumber,
  readPercent,
  readYesNo,
  type Read,
} from './cells.ts'

const text = (written: string): Cell => ({ kind: 'text', text: written })
const number = (value: number, written = String(value)): Cell => ({ kind: 'number', value, text: written })
const shown = (read: Read): unknown => ('error' in read ? `refused: ${read.error}` : read.value)
const day = (instant: Date): string => instant.toISOString().slice(0, 10)

describe('text', () => {
  it.each([
    ['  王　芳 ', '王 芳'],
    ['ＡＢ１２－３', 'AB12-3'],
    ['甲\u200b乙\ufeff', '甲乙'],
    ['', ''],
  ])('%j is read as %j', (written, meant) => expect(cleanText(text(written))).toBe(meant))
})

describe('dates', () => {
  it.each([
    '2026-03-05',
    '2026-3-5',
    '2026/3/5',
    '2026.3.5',
    '2026年3月5日',
    '2026 年 3 月 5 日',
    '20260305',
    '２０２６－０３－０５',
    ' 2026-03-05 ',
    '2026-03-05 00:00:00',
    '2026/3/5 8:30',
    '2026-03-05T08:30:00+08:00',
    '2026-03-05T00:00:00.000Z',
  ])('%s is the fifth of March', (written) => expect(shown(readDate(text(written)))).toBe('2026-03-05'))

  it.each([
    ['2026-02-29', '没有“2026-02-29”这一天'],
    ['20261301', '没有'],
    ['2026-03', '不是日期'],
    ['2026年3月', '不是日期'],
    ['3月5日', '不是日期'],
    ['春节前', '不是日期'],
    ['26-3-5', '不是日期'],
    ['2026-03-05至2026-03-07', '不是日期'],
  ])('%s is refused: %s', (written, why) => expect(shown(readDate(text(written)))).toContain(why))

  it('a serial number without a style, eight digits as a number, and a date cell mean the same', () => {
    expect(
      [number(46_086), number(20_260_305), { kind: 'date', date: '2026-03-05', time: '08:30:00' } as Cell]
        .map(readDate)
        .map(shown),
    ).toEqual(['2026-03-05', '2026-03-05', '2026-03-05'])
    expect(shown(readDate(number(12)))).toContain('不是日期')
  })

  it('every day of two centuries survives every shape', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1955-01-01'), max: new Date('2100-12-31'), noInvalidDate: true }),
        (instant) => {
          const [year, month, date] = day(instant).split('-').map(Number)
          const shapes = [
            `${year}-${month}-${date}`,
            `${year}/${month}/${date}`,
            `${year}年${month}月${date}日`,
            `${year}.${month}.${date} 0:00`,
          ]
          for (const shape of shapes) expect(shown(readDate(text(shape)))).toBe(day(instant))
          expect(shown(readDate(number(dateToSerial(day(instant))!)))).toBe(day(instant))
        },
      ),
    )
  })
})

describe('money', () => {
  it.each([
    ['800', 80_000],
    ['1,234.50', 123_450],
    ['¥800', 80_000],
    ['￥ 1,000.5', 100_050],
    ['800元', 80_000],
    ['1.5万元', 1_500_000],
    ['2万', 2_000_000],
    ['１２．３０', 1230],
    ['-50', -5000],
    ['0', 0],
    ['0.00', 0],
    ['12.500', 1250],
    ['1.234567万', 1_234_567],
  ])('%s is %d fen', (written, fen) => expect(shown(readMoney(text(written)))).toBe(fen))

  it.each([
    ['12.345', '超过两位小数'],
    ['1.2345678万', '超过两位小数'],
    ['12,34', '不是金额'],
    ['1,2345.00', '不是金额'],
    ['约800', '不是金额'],
    ['800元/人', '不是金额'],
    ['八百', '不是金额'],
    ['6.22E+18', '科学计数'],
    ['99999999999999999', '过大'],
  ])('%s is refused: %s', (written, why) => expect(shown(readMoney(text(written)))).toContain(why))

  it('a number cell loses its binary dust and nothing else', () => {
    expect(shown(readMoney(number(0.1 + 0.2)))).toBe(30)
    expect(shown(readMoney(number(1.005)))).toContain('超过两位小数')
    expect(shown(readMoney(number(1000.001)))).toContain('超过两位小数')
    expect(shown(readMoney(number(1_234_567.891)))).toContain('超过两位小数')
    expect(shown(readMoney(number(6.22e18)))).toContain('科学计数')
  })

  it('any amount up to ten milliards comes back exactly, as a number and as text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (fen) => {
        const yuan = `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
        expect(shown(readMoney(text(yuan)))).toBe(fen)
        expect(shown(readMoney(number(Number(yuan), yuan)))).toBe(fen)
      }),
    )
  })

  it('a third decimal is never rounded away', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_000 }), fc.integer({ min: 1, max: 9 }), (fen, tenth) => {
        const value = Number(`${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}${tenth}`)
        expect(shown(readMoney(number(value)))).toContain('超过两位小数')
      }),
    )
  })
})

describe('integers', () => {
  it.each([
    [text('12'), 12],
    [text('１，２００'), 1200],
    [text('12人'), 12],
    [text('第3届'), 3],
    [text('5.0'), 5],
    [number(7), 7],
  ])('%j is %d', (cell, value) => expect(shown(readInteger(cell))).toBe(value))

  it.each(['3.5', '3万', '两', '12-15', '80%', '1千', '十二', '30余人次等'])('%s is refused', (written) =>
    expect(shown(readInteger(text(written)))).toContain('refused'),
  )

  it('twenty digits that went scientific are refused with what to do', () => {
    expect(shown(readInteger(text('6.22E+18')))).toContain('文本')
    expect(shown(readInteger(number(6.2220219001011234e18, '6.2220219001011234E+18')))).toContain('文本')
  })
})

describe('numbers that name something', () => {
  it('keep all their digits or are refused', () => {
    expect(shown(readNumber(text(' ００１ ')))).toBe('001')
    expect(shown(readNumber(number(10_086)))).toBe('10086')
    expect(shown(readNumber(undefined))).toBe(null)
    expect(shown(readNumber(text('6.22E+18')))).toContain('文本')
    expect(shown(readNumber(number(6.22e18, '6.22E+18')))).toContain('文本')
    expect(shown(readNumber(number(62_202_190_010_112_340, '62202190010112340')))).toContain('文本')
  })
})

describe('percentages', () => {
  it.each([
    [text('82'), 8200],
    [text('82%'), 8200],
    [text('82.5%'), 8250],
    [text('100％'), 10_000],
    [number(82), 8200],
    [{ kind: 'number', value: 0.825, text: '0.825', percent: true } as Cell, 8250],
  ])('%j is %d hundredths', (cell, value) => expect(shown(readPercent(cell))).toBe(value))

  it.each(['82.555%', '八成', '-3%'])('%s is refused', (written) =>
    expect(shown(readPercent(text(written)))).toContain('refused'),
  )
})

describe('yes and no', () => {
  it.each(['是', '有', '√', 'Y', '1', 'TRUE', '已参加'])('%s is yes', (written) =>
    expect(shown(readYesNo(text(written)))).toBe(true),
  )
  it.each(['否', '无', '×', 'n', '0', '未参加'])('%s is no', (written) =>
    expect(shown(readYesNo(text(written)))).toBe(false),
  )
  it('an empty cell is neither, and anything else is refused', () => {
    expect(shown(readYesNo(undefined))).toBe(null)
    expect(shown(readYesNo({ kind: 'boolean', value: false }))).toBe(false)
    expect(shown(readYesNo(text('也许')))).toContain('是')
  })
})

describe('choices', () => {
  const closed = field.choice('kind', '类别', ['工伤（亡）', '住院'])
  it('are found whatever the width of their brackets', () => {
    expect(shown(readChoice(text(' 工伤(亡) '), closed))).toBe('工伤（亡）')
    expect(shown(readChoice(text('感冒'), closed))).toBe('refused: “感冒”不在可选范围内，请填写：工伤（亡）、住院。')
    expect(shown(readChoice(text('感冒'), { ...closed, open: true }))).toBe('感冒')
  })
})

describe('by kind', () => {
  const cases: [string, ReturnType<typeof field.text>, Cell | undefined, unknown][] = [
    ['a missing cell is empty', field.text('a', '甲'), undefined, null],
    [
      'an error value names itself',
      field.text('a', '甲'),
      { kind: 'error', code: '#N/A' },
      'refused: 单元格显示 #N/A，请改为实际内容。',
    ],
    ['money below nothing', field.money('a', '金额'), text('-5'), 'refused: 金额不能小于 0。'],
    [
      'a bound in its own measure',
      field.money('a', '金额', { max: 100_000 }),
      text('1000.01'),
      'refused: 金额不能大于 1000。',
    ],
    [
      'a number where a name belongs',
      field.person('a', '姓名'),
      text('123'),
      'refused: “123”不是姓名，请核对是否填错了列。',
    ],
    ['a name with a gap', field.person('a', '姓名'), text('王　芳'), '王芳'],
    ['text that would be a formula elsewhere', field.text('a', '甲'), text('=1+1'), '=1+1'],
  ]
  it.each(cases)('%s', (_, declared, cell, expected) => expect(shown(readCell(cell, declared))).toBe(expected))
  it('text too long to keep is refused', () =>
    expect(shown(readCell(text('长'.repeat(201)), field.text('a', '甲')))).toBe('refused: 甲过长，请缩短后再导入。'))
})
