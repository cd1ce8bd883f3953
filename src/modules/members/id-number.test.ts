import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkDigit, readIdNumber } from './id-number.ts'

const today = '2026-06-30'
const numbered = (first17: string): string => first17 + checkDigit(first17)

test('the number of GB 11643’s own example is read', () => {
  expect(readIdNumber('11010519491231002X', today)).toEqual({
    kind: 'citizen',
    number: '11010519491231002X',
    bornOn: '1949-12-31',
    gender: 'f',
  })
})

test.each([
  ['１１０１０５１９４９１２３１００２ｘ', 'full-width digits'],
  [' 110105 19491231 002x ', 'spaces'],
])('%s is the same number (%s)', (text) => {
  expect(readIdNumber(text, today)).toMatchObject({ number: '11010519491231002X' })
})

test.each([
  ['110105194912310021', '校验码'],
  [numbered('11010520230229001'), '出生日期'],
  [numbered('11010520260701001'), '出生日期'],
  ['1.10105E+17', '科学计数'],
  ['110105491231002', '15 位'],
  ['11010519491231002', '现有 17 位'],
  ['11010519491231002000', '现有 20 位'],
  ['王芳', '格式'],
  ['12345', '格式'],
])('%s is refused: %s', (text, sentence) => {
  expect(readIdNumber(text, today)).toContain(sentence)
})

test('a passport or a permit is kept as written', () => {
  expect(readIdNumber('e12345678', today)).toEqual({ kind: 'other', number: 'E12345678' })
})

test('one wrong digit is always noticed', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 16 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 999 }),
      (place, add, serial) => {
        const number = numbered(`11010519800101${String(serial).padStart(3, '0')}`)
        const wrong = number.slice(0, place) + ((Number(number[place]) + add) % 10) + number.slice(place + 1)
        expect(typeof readIdNumber(wrong, today)).toBe('string')
      },
    ),
  )
})
