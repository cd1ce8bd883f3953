import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchStatement, type Movement } from './matching.ts'
import { reconcileBalances } from './reconciliation.ts'

let last = 0
const move = (on: string, amountFen: number, text = '', reference = ''): Movement => ({
  id: ++last,
  on,
  amountFen,
  text,
  reference,
})
const pairs = (statement: Movement[], journal: Movement[]) =>
  matchStatement(statement, journal).map((found) => [
    found.statement.map((id) => statement.findIndex((one) => one.id === id)),
    found.journal.map((id) => journal.findIndex((one) => one.id === id)),
    found.confidence,
  ])

test('a number settles it, even against a nearer day', () => {
  const statement = [move('2026-03-05', -50_000, '转账', 'CK000731')]
  const journal = [move('2026-03-05', -50_000, '慰问金'), move('2026-02-26', -50_000, '支票 CK000731 场地费')]
  expect(pairs(statement, journal)).toEqual([[[0], [1], 'sure']])
})

test('amount and day are sure; twins are told apart by what they say', () => {
  const statement = [move('2026-03-05', -80_000, '王静 慰问'), move('2026-03-05', -80_000, '刘洋 慰问')]
  const journal = [move('2026-03-05', -80_000, '刘洋住院慰问'), move('2026-03-05', -80_000, '王静住院慰问')]
  expect(pairs(statement, journal)).toEqual([
    [[0], [1], 'likely'],
    [[1], [0], 'likely'],
  ])
  expect(pairs([move('2026-03-06', 100)], [move('2026-03-06', 100), move('2026-03-07', 100)])).toEqual([
    [[0], [0], 'sure'],
  ])
})

test('within a fortnight likely; beyond it, the other way round or another amount never', () => {
  expect(pairs([move('2026-03-12', -100)], [move('2026-03-02', -100)])).toEqual([[[0], [0], 'likely']])
  expect(pairs([move('2026-03-30', -100)], [move('2026-03-02', -100)])).toEqual([])
  expect(pairs([move('2026-03-02', 100)], [move('2026-03-02', -100)])).toEqual([])
  expect(pairs([move('2026-03-02', 100)], [move('2026-03-02', 101)])).toEqual([])
})

test('several together, and only when one way adds up', () => {
  expect(
    pairs([move('2026-03-05', -600)], [move('2026-03-05', -100), move('2026-03-05', -500), move('2026-03-05', -70)]),
  ).toEqual([[[0], [0, 1], 'check']])
  expect(
    pairs([move('2026-03-05', -600)], [move('2026-03-05', -100), move('2026-03-05', -500), move('2026-03-05', -500)]),
  ).toEqual([])
  expect(pairs([move('2026-03-05', 300), move('2026-03-06', 400)], [move('2026-03-05', 700)])).toEqual([
    [[0, 1], [0], 'check'],
  ])
})

const movements = fc.array(
  fc.record({
    on: fc.integer({ min: 1, max: 28 }).map((n) => `2026-03-${String(n).padStart(2, '0')}`),
    amountFen: fc.integer({ min: -5, max: 5 }).filter((n) => n !== 0),
  }),
  { maxLength: 12 },
)

test('whatever comes: no line is used twice, sums are equal, and the open rest reconciles', () => {
  fc.assert(
    fc.property(movements, movements, (bank, book) => {
      const statement = bank.map((one) => move(one.on, one.amountFen))
      const journal = book.map((one) => move(one.on, one.amountFen))
      const found = matchStatement(statement, journal)
      const used = found.flatMap((one) => [...one.statement, ...one.journal])
      expect(new Set(used).size).toBe(used.length)
      const sum = (from: Movement[], ids: number[]) =>
        from.filter((one) => ids.includes(one.id)).reduce((added, one) => added + one.amountFen, 0)
      for (const one of found) expect(sum(statement, one.statement)).toBe(sum(journal, one.journal))
      const rest = (from: Movement[]) => from.filter((one) => !used.includes(one.id))
      const all = (from: Movement[]) => from.reduce((added, one) => added + one.amountFen, 0)
      expect(
        reconcileBalances(1000 + all(journal), 1000 + all(statement), rest(statement), rest(journal)).differenceFen,
      ).toBe(0)
    }),
  )
})

test('a missing line shows as a difference, and each kind of open item stands in its place', () => {
  const table = reconcileBalances(
    100_000,
    130_000,
    [
      { on: '2026-03-31', text: '结息', amountFen: 500 },
      { on: '2026-03-31', text: '手续费', amountFen: -100 },
    ],
    [{ on: '2026-03-30', text: '支票', amountFen: -30_000 }],
  )
  expect(table).toMatchObject({ adjustedBookFen: 100_400, adjustedBankFen: 100_000, differenceFen: 400 })
  expect([table.bankReceived, table.bankPaid, table.bookReceived, table.bookPaid].map((items) => items.length)).toEqual(
    [1, 1, 0, 1],
  )
})
