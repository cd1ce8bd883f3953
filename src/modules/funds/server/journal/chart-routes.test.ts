import { beforeAll, expect, test } from 'vitest'
import { bookDesk } from '../book-for-tests.ts'
import { bookRoutes } from './routes.ts'
import { voucherRoutes } from './voucher-routes.ts'

const desk = await bookDesk([bookRoutes, voucherRoutes], '2025-01-01', '2025-06-30')
const { ask } = desk
let books: string
let voucherId: number

beforeAll(async () => {
  books = `/api/funds/books/${desk.book.id}`
  voucherId = await desk.post('2025-03-31', '102', '401', 735_600)
})
const dues = (change: object = {}) => ({
  onDate: '2025-03-31',
  summary: '收一季度会员会费',
  attachments: 2,
  entries: [
    { account: '102', debitFen: 735_600 },
    { account: '401', creditFen: 735_600 },
  ],
  ...change,
})

test('accounts are found by code, name and initials, with what stands on them; details are one’s own', async () => {
  const find = async (q: string) =>
    (await ask('会计', 'GET', `${books}/accounts?q=${encodeURIComponent(q)}`)).body.accounts.map(
      (account: { code: string }) => account.code,
    )
  expect(await find('5010')).toEqual(['50101', '50102', '50103', '50104', '50105', '50106'])
  expect(await find('会员活动')).toEqual(['50105'])
  expect(await find('hyhd')).toEqual(['50105'])
  expect(await find('上缴收入')).toEqual([])
  const url = `${books}/accounts`
  expect(await ask('会计', 'POST', url, { parent: '501', code: '50107', name: '新增活动' })).toMatchObject({
    status: 422,
    body: { code: 'details-prescribed' },
  })
  expect(await ask('会计', 'POST', url, { parent: '102', code: '10201', name: '工行基本户' })).toMatchObject({
    status: 422,
    body: { code: 'parent-used' },
  })
  expect(
    await ask('会计', 'POST', url, { parent: '102', code: '10201', name: '代管经费', beside: true }),
  ).toMatchObject({
    status: 201,
    body: { code: '10201', fullName: '银行存款—代管经费' },
  })
  expect(await ask('会计', 'POST', url, { parent: '135', code: '13501', name: '刘洋' })).toMatchObject({ status: 201 })
  expect(
    await ask('会计', 'POST', `${books}/vouchers`, {
      ...dues({ summary: '借备用金' }),
      entries: [
        { account: '135', debitFen: 100 },
        { account: '102', creditFen: 100 },
      ],
    }),
  ).toMatchObject({ status: 422, body: { code: 'account-has-details' } })
  expect(await find('dgjf')).toContain('10201')
})

test('a project ends once its last money has moved; its code is its own', async () => {
  const url = `${books}/projects`
  const project = { code: 'JS2025', name: '劳动竞赛专项', fundKind: 'tied', openedOn: '2025-01-01' }
  const added = await ask('会计', 'POST', url, project)
  expect(added.status).toBe(201)
  expect(await ask('会计', 'POST', url, project)).toMatchObject({ status: 409, body: { code: 'project-exists' } })
  const receive = (account: string, tied: string | null) =>
    ask('会计', 'POST', `${books}/vouchers`, {
      ...dues({ onDate: '2025-06-20', summary: '收上级专项补助' }),
      entries: [
        { account: '102', debitFen: 100_000 },
        { account, creditFen: 100_000, project: tied },
      ],
    })
  expect(await receive('40302', null)).toMatchObject({ status: 422, body: { code: 'project-missing' } })
  expect(await receive('401', 'JS2025')).toMatchObject({ status: 422, body: { code: 'project-wrong' } })
  expect(await receive('405', 'XX')).toMatchObject({ status: 422, body: { code: 'project-unknown' } })
  const income = await receive('40302', 'JS2025')
  await ask('主管', 'POST', `/api/funds/vouchers/${income.body.id}/review`)
  await ask('会计', 'POST', '/api/funds/vouchers/post', { ids: [income.body.id] })
  expect((await ask('经审', 'GET', url)).body.projects).toMatchObject([{ code: 'JS2025', balanceFen: 100_000 }])
  const finish = (finishedOn: string) => ask('会计', 'POST', `${url}/${added.body.id}/finish`, { finishedOn })
  expect(await finish('2025-06-01')).toMatchObject({ status: 422, body: { code: 'finished-too-early' } })
  expect((await finish('2025-06-25')).status).toBe(204)
  expect(await finish('2025-06-26')).toMatchObject({ status: 409, body: { code: 'project-finished' } })
})

test('who is of another union finds no book, no voucher and no ledger', async () => {
  expect((await ask('外人', 'GET', '/api/funds/books')).body.books).toEqual([])
  for (const url of [
    books,
    `${books}/vouchers`,
    `${books}/ledger/102`,
    `${books}/statements?year=2025&month=3`,
    `${books}/export?year=2025`,
    `/api/funds/vouchers/${voucherId}`,
  ])
    expect([url, (await ask('外人', 'GET', url)).status]).toEqual([url, 404])
  for (const url of [`/api/funds/vouchers/${voucherId}/reverse`, `${books}/vouchers`])
    expect((await ask('外人', 'POST', url, { ...dues(), onDate: '2025-05-01' })).status).toBe(404)
  expect((await ask('外人', 'POST', '/api/funds/vouchers/post', { ids: [voucherId] })).status).toBe(404)
})
