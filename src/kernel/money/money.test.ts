import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundFigure, countFigure, moneyFigure, percent, roundedFigure } from './figure-text.ts'
import { capitalYuan, formatWanYuan, formatYuan, parseYuan, plainYuan } from './money.ts'

describe('formatting', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [123450, '1,234.50'],
    [-123450, '-1,234.50'],
    [100000000, '1,000,000.00'],
    [99999, '999.99'],
    [9007199254740991, '90,071,992,547,409.91'],
  ])('%d fen is %s', (fen, text) => expect(formatYuan(fen)).toBe(text))

  it.each([
    [288000, '2880元'],
    [123450, '1234.5元'],
    [5, '0.05元'],
    [-100, '-1元'],
  ])('%d fen reads %s', (fen, text) => expect(plainYuan(fen)).toBe(text))

  it.each([
    [128469135, 2, '128.47'],
    [128465000, 2, '128.47'],
    [128464999, 2, '128.46'],
    [1234567800000, 0, '1,234,568'],
    [1, 6, '0.000001'],
    [-1, 2, '0.00'],
    [-500000, 0, '-1'],
    [0, 2, '0.00'],
  ])('%d fen with %d decimals is %s 万元', (fen, decimals, text) => expect(formatWanYuan(fen, decimals)).toBe(text))

  it('refuses what is not fen', () => {
    expect(() => formatYuan(1.5)).toThrow(RangeError)
    expect(() => formatWanYuan(2 ** 53)).toThrow(RangeError)
  })
})

describe('capitals', () => {
  it.each([
    [0, '零元整'],
    [1, '壹分'],
    [10, '壹角整'],
    [50, '伍角整'],
    [5, '伍分'],
    [55, '伍角伍分'],
    [100, '壹元整'],
    [105, '壹元零伍分'],
    [150, '壹元伍角整'],
    [1000, '壹拾元整'],
    [1500, '壹拾伍元整'],
    [1050, '壹拾元零伍角整'],
    [10000, '壹佰元整'],
    [10100, '壹佰零壹元整'],
    [11000, '壹佰壹拾元整'],
    [100100, '壹仟零壹元整'],
    [101000, '壹仟零壹拾元整'],
    [110000, '壹仟壹佰元整'],
    [168032, '壹仟陆佰捌拾元零叁角贰分'],
    [1640902, '壹万陆仟肆佰零玖元零贰分'],
    [32504, '叁佰贰拾伍元零肆分'],
    [10700053, '壹拾万柒仟元零伍角叁分'],
    [140950, '壹仟肆佰零玖元伍角整'],
    [600714, '陆仟零柒元壹角肆分'],
    [1000000, '壹万元整'],
    [1000100, '壹万零壹元整'],
    [1010000, '壹万零壹佰元整'],
    [10050000, '壹拾万零伍佰元整'],
    [100000000, '壹佰万元整'],
    [100000001, '壹佰万元零壹分'],
    [1000000000, '壹仟万元整'],
    [1000000100, '壹仟万零壹元整'],
    [10000000000, '壹亿元整'],
    [10000000100, '壹亿零壹元整'],
    [10000100000, '壹亿零壹仟元整'],
    [10010000000, '壹亿零壹拾万元整'],
    [10001000000, '壹亿零壹万元整'],
    [11000000000, '壹亿壹仟万元整'],
    [1010000000000, '壹佰零壹亿元整'],
    [100000000000000, '壹万亿元整'],
    [100000001000000, '壹万亿零壹万元整'],
    [123456789012345, '壹万贰仟叁佰肆拾伍亿陆仟柒佰捌拾玖万零壹佰贰拾叁元肆角伍分'],
    [-12345, '负壹佰贰拾叁元肆角伍分'],
  ])('%d fen is %s', (fen, text) => expect(capitalYuan(fen)).toBe(text))

  it('never doubles 零, never ends a group with it, and is different for different amounts', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 46 }), (fen) => {
        const text = capitalYuan(fen)
        expect(text).not.toMatch(/零零|零[万亿元角分整]/)
        expect(seen.get(text) ?? fen).toBe(fen)
        seen.set(text, fen)
      }),
    )
  })
})

describe('reading', () => {
  it.each([
    ['1,234.50', 123450],
    ['1234.5', 123450],
    ['￥1234.5元', 123450],
    ['12.8万元', 12800000],
    ['１，２３４．５０', 123450],
    ['-30', -3000],
    ['¥-30', -3000],
    [' 500 元整 ', 50000],
    ['0.00', 0],
    ['-0', 0],
    ['1.2345万', 1234500],
    ['1.50000', 150],
    ['1亿元', 10000000000],
  ])('%s is %d fen', (text, fen) => expect(parseYuan(text)).toBe(fen))

  it.each([
    '',
    '元',
    '1.234',
    '1,23.4',
    '12,34',
    'abc',
    '1e5',
    '--1',
    '-¥-1',
    '1.2.3',
    '0.0000001万',
    '99999999999999999',
    '五百',
  ])('%s is no amount', (text) => expect(parseYuan(text)).toBeNull())

  it('reads back whatever it writes', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (fen) => {
        expect(parseYuan(formatYuan(fen))).toBe(fen)
        expect(parseYuan(plainYuan(fen))).toBe(fen)
        expect(parseYuan(`${formatWanYuan(fen, 6)}万元`)).toBe(fen)
      }),
    )
  })
})

describe('money in a sentence', () => {
  it.each([
    [288000, '2880元', 'exact', 288000],
    [9999999, '99999.99元', 'exact', 9999999],
    [10000000, '10万元', 'exact', 10000000],
    [10000001, '10万余元', '余', 10000000],
    [146500000, '146万余元', '余', 146000000],
    [146000000, '146万元', 'exact', 146000000],
    [-12345678, '-12万余元', '余', -12000000],
  ])('%d fen reads %s', (fen, text, qualifier, printedValue) =>
    expect(moneyFigure(fen)).toEqual({ text, qualifier, printedValue }),
  )

  it('never prints more than there is', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 31 }), (fen) => {
        const { printedValue, qualifier } = moneyFigure(fen)
        expect(printedValue).toBeLessThanOrEqual(fen)
        expect(qualifier === 'exact').toBe(printedValue === fen)
      }),
    )
  })
})

describe('counts', () => {
  it('stay exact or say how they were rounded', () => {
    expect(countFigure(2306, '人次')).toEqual({ text: '2306人次', qualifier: 'exact', printedValue: 2306 })
    expect(roundedFigure(236, 230, '件')).toEqual({ text: '230余件', qualifier: '余', printedValue: 230 })
    expect(roundedFigure(196, 200, '件')).toEqual({ text: '近200件', qualifier: '近', printedValue: 200 })
    expect(roundedFigure(200, 200, '件')).toEqual({ text: '200件', qualifier: 'exact', printedValue: 200 })
    expect(boundFigure(50, '%')).toEqual({ text: '50%以上', qualifier: '以上', printedValue: 50 })
    expect(() => countFigure(1.5, '件')).toThrow(RangeError)
  })
})

describe('percent', () => {
  it.each([
    [86, 105, 1, '81.9%', 8190],
    [197, 200, 1, '98.5%', 9850],
    [1, 3, 2, '33.33%', 3333],
    [2, 3, 2, '66.67%', 6667],
    [1, 8, 1, '12.5%', 1250],
    [1, 8, 0, '13%', 1300],
    [0, 5, 1, '0%', 0],
    [5, 5, 2, '100%', 10000],
    [99999, 100000, 1, '99.9%', 9990],
    [99999, 100000, 2, '99.99%', 9999],
    [999, 1000, 0, '99%', 9900],
    [1, 100000, 1, '不足0.1%', 0],
    [1, 1000, 0, '不足1%', 0],
    [1, 2000, 1, '0.1%', 10],
    [11, 10, 1, '110%', 11000],
    [100001, 100000, 1, '100.1%', 10010],
  ] as const)('%d of %d with %d decimals is %s', (numerator, denominator, decimals, text, hundredths) =>
    expect(percent(numerator, denominator, decimals)).toEqual({ text, hundredths }),
  )

  it('has no rate of nothing and takes only counts', () => {
    expect(percent(0, 0)).toBeNull()
    expect(() => percent(-1, 2)).toThrow(RangeError)
    expect(() => percent(0.5, 2)).toThrow(RangeError)
  })

  it('says 100% only when all are there and 0% only when none is', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1 }),
        fc.constantFrom<0 | 1 | 2>(0, 1, 2),
        (numerator, denominator, decimals) => {
          const { text } = percent(numerator, denominator, decimals)!
          expect(text === '100%').toBe(numerator === denominator)
          expect(text === '0%').toBe(numerator === 0)
        },
      ),
    )
  })
})
