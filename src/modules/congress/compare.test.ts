import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clausesOf, compareVersions, compareWords, keyed } from './compare.ts'

test('a clause keeps its key, so that a change is a change and not a removal and an addition', () => {
  const first = clausesOf('第一条 总则。\n\n第二条 夜班津贴每班10元。\n第三条 附则。')
  const second = keyed(
    [
      { key: 'c1', text: '第一条 总则。' },
      { key: 'c2', text: '第二条 夜班津贴每班15元。' },
      { text: '第三条 高温津贴照国家规定。' },
    ],
    new Set(first.map((clause) => clause.key)),
  )
  expect(second.map((clause) => clause.key)).toEqual(['c1', 'c2', 'c4'])
  const changes = compareVersions(first, second)
  expect(changes.map((change) => [change.key, change.kind])).toEqual([
    ['c1', 'same'],
    ['c2', 'changed'],
    ['c4', 'added'],
    ['c3', 'removed'],
  ])
  expect(changes[1]!.pieces).toEqual([
    { kind: 'same', text: '第二条 夜班津贴每班1' },
    { kind: 'removed', text: '0' },
    { kind: 'added', text: '5' },
    { kind: 'same', text: '元。' },
  ])
})

test('nobody brings a key of their own, nor one twice', () => {
  expect(
    keyed(
      [
        { key: 'c9', text: '甲' },
        { key: 'c1', text: '乙' },
        { key: 'c1', text: '丙' },
      ],
      new Set(['c1']),
    ),
  ).toEqual([
    { key: 'c2', text: '甲' },
    { key: 'c1', text: '乙' },
    { key: 'c3', text: '丙' },
  ])
})

test('the pieces read as both texts, whatever they are', () => {
  const words = fc.string({ unit: fc.constantFrom('夜', '班', '津', '贴', '1', '0', '。'), maxLength: 40 })
  fc.assert(
    fc.property(words, words, (before, after) => {
      const pieces = compareWords(before, after)
      const read = (without: string): string =>
        pieces
          .filter((piece) => piece.kind !== without)
          .map((piece) => piece.text)
          .join('')
      expect([read('added'), read('removed')]).toEqual([before, after])
    }),
  )
})
