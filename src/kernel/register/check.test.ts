import { describe, expect, test } from 'vitest'
import { checkRegister } from './check.ts'
import { field, register, type Clause, type Metric, type Register } from './declaration.ts'

const gift = register({
  id: 'care.gift',
  title: '礼品发放',
  domain: 'WW',
  mechanisms: ['WW-18'],
  help: '一人一行。',
  titleLabel: '批次',
  fields: [field.choice('festival', '节日', ['春节', '中秋'], { required: true })],
  lines: {
    title: '领取人员',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.yesno('done', '已领'),
      field.money('value', '折价（元）'),
    ],
  },
  metrics: [
    { id: 'care.gift.due', label: '应领人数', unit: '人', aggregate: { distinct: 'person', of: 'line' } },
    {
      id: 'care.gift.done',
      label: '已领人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { done: '是' } },
    },
    {
      id: 'care.gift.rate',
      label: '领取率',
      unit: '%',
      aggregate: { ratio: { numerator: 'care.gift.done', denominator: 'care.gift.due' } },
    },
    { id: 'care.gift.value', label: '折价金额', unit: '元', aggregate: { sum: 'value', where: { festival: '春节' } } },
  ],
  clauses: [{ text: '{period}，向{care.gift.done}发放礼品[，折合{care.gift.value}]。' }],
  sample: { date: '2026-02-10', title: '春节礼品', festival: '春节', person: '李强', done: '是', value: '120.00' },
})

const withMetric = (aggregate: Metric['aggregate'], unit = '人次'): Register => ({
  ...gift,
  metrics: [...gift.metrics, { id: 'care.gift.extra', label: '其他', unit, aggregate }],
})
const withClause = (clause: Clause): Register => ({ ...gift, clauses: [clause] })

describe('the check of a declaration', () => {
  test('lets a sound register pass', () => expect(checkRegister(gift, [])).toEqual([]))

  test.each<[string, Register, string]>([
    [
      'a value that is never offered',
      withMetric({ sum: 'line', where: { festival: '国庆' } }),
      '国庆, which is never a value',
    ],
    ['a filter that is no dimension', withMetric({ sum: 'line', where: { value: '1' } }), 'not a dimension'],
    ['records filtered by a line', withMetric({ sum: 'record', where: { done: '是' } }), 'belongs to lines'],
    ['a sum of no number', withMetric({ sum: 'festival' }), 'not a number'],
    ['persons who come twice', withMetric({ sum: 'line' }, '人'), 'count distinct or say 人次'],
    ['money without its measure', withMetric({ sum: 'value' }, '件'), 'measure of money'],
    ['a household nobody entered', withMetric({ distinct: 'household', of: 'line' }, '户'), 'no household field'],
    [
      'a ratio over nothing',
      withMetric({ ratio: { numerator: 'care.x', denominator: 'care.gift.due' } }, '%'),
      'care.x',
    ],
    ['a clause with an unknown figure', withClause({ text: '{period}，{care.gift.dnoe}。' }), 'is no metric'],
    ['a typed figure', withClause({ text: '{period}，3次发放，共{care.gift.done}。' }), 'outside a chip'],
    ['a title outside each', withClause({ text: '{period}，{title}{care.gift.done}。' }), 'each'],
    ['an unlicensed universal', withClause({ text: '{period}，为每位职工发放，共{care.gift.done}。' }), '每位'],
    ['a lost bracket', withClause({ text: '{period}，[共{care.gift.done}。' }), 'brackets'],
    ['a column for a total', { ...gift, fields: [...gift.fields, field.integer('all', '参加人数')] }, 'takes a total'],
    [
      'a sample that lacks what is required',
      { ...gift, sample: { date: '2026-02-10', title: '春节礼品', person: '李强' } },
      'lacks festival',
    ],
  ])('names %s', (_, declared, sentence) => {
    const defects = checkRegister(declared, [])
    expect(defects).toHaveLength(1)
    expect(defects[0]).toContain(sentence)
  })
})
