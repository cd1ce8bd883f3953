import { expect, test } from 'vitest'
import { Problem } from '../contract/problem.ts'
import { checkRegister } from './check.ts'
import { field, register } from './declaration.ts'
import { checkDraft } from './draft.ts'

const forms = register({
  id: 'test.form',
  title: '测评表',
  domain: 'DM',
  mechanisms: ['DM-24'],
  help: '每批一行。',
  fields: [field.integer('issued', '发出份数'), field.integer('returned', '收回份数', { atMost: 'issued' })],
  lines: {
    title: '分组',
    fields: [field.money('quota', '额度（元）'), field.money('spent', '已用（元）', { atMost: 'quota' })],
  },
  metrics: [{ id: 'test.form.issued', label: '发出', unit: '份', aggregate: { sum: 'issued' } }],
  clauses: [{ text: '{period}发出{test.form.issued}。' }],
  sample: { date: '2026-03-05' },
})
const drafted = (fields: object, line: object = {}, complete = true) =>
  checkDraft(forms, { unitId: 1, happenedOn: '2026-03-05', fields, lines: [{ fields: line }] }, complete)
const refusal = (make: () => unknown): Record<string, string> => {
  try {
    make()
  } catch (error) {
    return (error as Problem).fields
  }
  return {}
}

test('a part larger than its whole is refused at its own field, naming both, in a draft too', () => {
  expect(refusal(() => drafted({ issued: 25, returned: 30 }))).toEqual({
    'fields.returned': '“收回份数”填了 30，大于“发出份数”的 25，请核对。',
  })
  expect(refusal(() => drafted({}, { quota: 10_000, spent: 10_050 }, false))).toEqual({
    'lines.0.fields.spent': '“已用（元）”填了 100.5，大于“额度（元）”的 100，请核对。',
  })
})

test('a part may equal its whole, or stand alone while the whole is unknown', () => {
  expect(drafted({ issued: 25, returned: 25 }).fields).toEqual({ issued: 25, returned: 25 })
  expect(drafted({ returned: 30 }).fields).toEqual({ returned: 30 })
})

test('a declaration whose whole is not beside the part is a defect', () => {
  expect(checkRegister(forms, [])).toEqual([])
  const stray = { ...forms, fields: [field.integer('returned', '收回份数', { atMost: 'quota' })] }
  expect(checkRegister(stray, []).filter((defect) => defect.includes('at most'))).toEqual([
    'test.form: field returned: at most quota, which is no such number beside it',
  ])
})
