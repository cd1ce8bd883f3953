import { expect, test } from 'vitest'
import { cellsOf, emptyLine, fenOf, fillOf, totalsOf } from './voucher-draft.ts'

test.each([
  ['1,234.5', 123_450],
  ['１２０．５０', 12_050],
  ['120+35.5-5', 15_050],
  ['800*12', 960_000],
  ['-80', -8000],
  ['', 0],
  ['12.345', null],
  ['abc', null],
  ['3*', null],
])('“%s” typed is %s fen', (text, fen) => {
  expect(fenOf(text)).toBe(fen)
})

test('= fills what is missing on its side; the balance shows what is open', () => {
  const lines = [
    { ...emptyLine('慰问'), debit: '800' },
    { ...emptyLine('慰问'), debit: '200' },
    { ...emptyLine('慰问'), credit: '300' },
    emptyLine(),
  ]
  expect(totalsOf(lines)).toEqual({ debitFen: 100_000, creditFen: 30_000, differenceFen: 70_000, broken: false })
  expect(fillOf(lines, 3)).toEqual({ side: 'credit', text: '700.00' })
  expect(fillOf(lines, 0)).toEqual({ side: 'debit', text: '100.00' })
  expect(totalsOf([{ debit: 'x', credit: '' }]).broken).toBe(true)
})

test('Enter leaves the credit out once a debit stands, and asks for a project only where the account needs one', () => {
  expect(cellsOf({ ...emptyLine(), debit: '1' }, false)).toEqual(['summary', 'account', 'debit'])
  expect(cellsOf(emptyLine(), true)).toEqual(['summary', 'account', 'project', 'debit', 'credit'])
})
