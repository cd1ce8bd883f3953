import { expect, test } from 'vitest'
import { counting } from './counting.ts'

test('persons on lines count once and rates name both sides in full', () => {
  const count = counting('care.gift', 'line')
  expect(count.people('done', '已领人数', { done: '是' })).toEqual({
    id: 'care.gift.done',
    label: '已领人数',
    unit: '人',
    aggregate: { distinct: 'person', of: 'line', where: { done: '是' } },
  })
  expect(count.rate('rate', '领取率', 'done', 'due', '占应领人数')).toMatchObject({
    unit: '%',
    aggregate: { ratio: { numerator: 'care.gift.done', denominator: 'care.gift.due' } },
    definition: '占应领人数',
  })
  expect(count.every('monthly', '活动频次', 'month').unit).toBe('次/月')
})
