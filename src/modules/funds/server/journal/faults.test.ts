import { beforeAll, expect, test } from 'vitest'
import { bankRoutes } from '../bank/bank-routes.ts'
import { bookDesk } from '../book-for-tests.ts'
import { bookRoutes } from './routes.ts'
import { voucherRoutes } from './voucher-routes.ts'

/**
 * What somebody gets wrong, each with the sentence that says what to do. That nothing half-done stays when a session dies:
 * properties.test.ts (posting, closing, paying) and spending/dying.test.ts (approval).
 */
const desk = await bookDesk([bookRoutes, voucherRoutes, bankRoutes], '2026-01-01', '2026-03-20')
const { ask } = desk
let vouchers: string
const voucher = (change: object = {}) => ({
  onDate: '2026-03-10',
  summary: '付会议室租金',
  attachments: 1,
  entries: [
    { account: '50105', debitFen: 12_000 },
    { account: '102', creditFen: 12_000 },
  ],
  ...change,
})
const lines = (debit: object, credit: object) => ({
  entries: [
    { account: '50105', debitFen: 12_000, ...debit },
    { account: '102', creditFen: 12_000, ...credit },
  ],
})

beforeAll(async () => {
  vouchers = `/api/funds/books/${desk.book.id}/vouchers`
  await desk.post('2026-01-05', '102', '402', 1_000_000)
  await desk.closeMonths(2026, 1)
  const invoiced = await ask('会计', 'POST', vouchers, voucher({ invoices: [{ number: '26117000000001' }] }))
  expect(invoiced.status).toBe(201)
})

test.each<[string, object, string, string, string]>([
  ['unbalanced', lines({}, { creditFen: 11_000 }), 'unbalanced', 'entries', '相差 10.00 元'],
  ['zero', lines({ debitFen: 0 }, { creditFen: 0 }), 'zero-amount', 'entries.0.debitFen', '金额不能为零'],
  ['negative', lines({ debitFen: -5 }, { creditFen: -5 }), 'negative-amount', 'entries.0.debitFen', '红字冲销'],
  ['over-precise', lines({ debitFen: 0.5 }, {}), 'invalid-input', 'entries.0.debitFen', '金额最多到分'],
  ['before the book', { onDate: '2025-12-31' }, 'wrong-period', 'onDate', '本账套从 2026-01-01 起记账'],
  ['a month to come', { onDate: '2062-03-10' }, 'wrong-period', 'onDate', '还没有到'],
  ['closed period', { onDate: '2026-01-20' }, 'period-closed', 'onDate', '已经结账'],
  ['wrong class', lines({ account: '509' }, {}), 'account-class', 'entries.0.account', '县级以上工会的科目'],
  ['only closing moves it', lines({ account: '32203' }, {}), 'account-class', 'entries.0.account', '结账时自动结转'],
  ['a heading', lines({ account: '501' }, {}), 'account-has-details', 'entries.0.account', '请选择它的明细'],
  ['no such account', lines({ account: '999' }, {}), 'account-unknown', 'entries.0.account', '拼音首字母'],
  [
    'missing project',
    lines({ account: '102' }, { account: '40302' }),
    'project-missing',
    'entries.1.project',
    '请选择项目',
  ],
  [
    'duplicate invoice',
    { invoices: [{ number: '26117000000001' }] },
    'invoice-duplicate',
    'invoices.0.number',
    '不能重复报销',
  ],
  [
    'twice in one',
    { invoices: [{ number: '7' }, { number: '7' }] },
    'invoice-twice',
    'invoices.1.number',
    '出现了两次',
  ],
  ['capitals', { capitals: '壹佰贰拾壹元整' }, 'capitals-differ', 'capitals', '应写作“壹佰贰拾元整”'],
  ['no original', { attachments: 0 }, 'attachments-missing', 'attachments', '请附原始凭证'],
  ['half an asset', lines({ account: '162' }, {}), 'asset-pair', 'entries', '请补齐另一对分录'],
])('%s is refused at its field, in a sentence, and nothing is kept', async (_fault, change, code, field, words) => {
  const before = (await ask('会计', 'GET', vouchers)).body.vouchers.length
  const refusal = await ask('会计', 'POST', vouchers, voucher(change))
  expect([refusal.status, refusal.body.code]).toEqual([
    code.endsWith('duplicate') || code === 'period-closed' ? 409 : 422,
    code,
  ])
  expect(refusal.body.fields[field]).toContain(words)
  expect((await ask('会计', 'GET', vouchers)).body.vouchers).toHaveLength(before)
})

test('paper capitals that agree are taken, with 圆 and 正 and 人民币 too', async () => {
  expect((await ask('会计', 'POST', vouchers, voucher({ capitals: '人民币壹佰贰拾圆正' }))).status).toBe(201)
})

test('a bank statement with shifted columns names its row, and no line of it comes in', async () => {
  const at = desk.book.unitId
  const cashier = desk.actor('出纳')
  const clerk = {
    ...cashier,
    grants: [...cashier.grants, { permission: 'funds.write', unitId: at, scope: 'below' as const }],
  }
  const known = async () => (await ask(clerk, 'GET', `/api/funds/bank/accounts?unitId=${at}`)).body.accounts[0]
  const before = await known()
  const send = (csv: string) => {
    const form = new FormData()
    form.set('unitId', String(desk.book.unitId))
    form.set('account', '102')
    form.set('file', new Blob([csv], { type: 'text/csv' }), '对账单.csv')
    return upload(form)
  }
  const upload = async (form: FormData) => {
    const request = new Request('http://test', { method: 'POST', body: form })
    const answer = await desk.app.inject({
      method: 'POST',
      url: '/api/funds/bank/statements',
      headers: { cookie: `as=actor-${clerk.accountId}`, 'content-type': request.headers.get('content-type')! },
      payload: Buffer.from(await request.arrayBuffer()),
    })
    return { status: answer.statusCode, body: answer.json() }
  }
  const head = '交易日期,摘要,收入,支出,余额'
  const shifted = await send(`${head}\n2026-03-02,利息,12.50,,10012.50\n利息,2026-03-03,,3.00,10009.50\n`)
  expect(shifted).toMatchObject({ status: 422, body: { code: 'statement-shifted' } })
  expect(Object.keys(shifted.body.fields)).toEqual(['第 3 行'])
  expect(await known()).toEqual(before)
})
