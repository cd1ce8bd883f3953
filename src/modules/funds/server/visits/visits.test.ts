import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { operator } from '../../../../kernel/access/actor.ts'
import { fileRoutes } from '../../../../kernel/files/routes.ts'
import { sessionOf } from '../../../accounts/testing.ts'
import { openBook, postVoucher } from '../../public.ts'
import { auditRoutes } from '../audit/audit-routes.ts'
import { bookDesk } from '../book-for-tests.ts'
import { bankRoutes } from '../bank/bank-routes.ts'
import { bookRoutes } from '../journal/routes.ts'
import { voucherFiles, voucherRoutes } from '../journal/voucher-routes.ts'
import { publicationRoutes } from '../publication/routes.ts'
import { statementRoutes } from '../statements/statement-routes.ts'
import { visitRoutes } from './routes.ts'

const desk = await bookDesk(
  [
    bookRoutes,
    voucherRoutes,
    statementRoutes,
    publicationRoutes,
    bankRoutes,
    auditRoutes,
    visitRoutes,
    fileRoutes([voucherFiles]),
  ],
  '2024-01-01',
  '2026-03-01',
)
const { ask } = desk
let audited: number
let before: number
let elsewhere: number
let audit: string
let auditId: number
let outsider: { token: string }
let visit: string

beforeAll(async () => {
  before = await desk.post('2024-12-31', '102', '405', 900_000)
  audited = await desk.post('2025-05-10', '50105', '102', 80_000)
  await desk.post('2026-01-10', '50105', '102', 70_000)
  elsewhere = await desk.db.transaction().execute(async (tx) => {
    await openBook(tx, operator(), { unitId: desk.world.unit('south'), openedOn: '2025-01-01' })
    const posted = await postVoucher(tx, operator(), desk.world.unit('south'), {
      onDate: '2025-05-11',
      summary: '别家的账',
      attachments: 1,
      entries: [
        { account: '102', debitFen: 100 },
        { account: '405', creditFen: 100 },
      ],
    })
    return posted.voucherId
  })
  const planned = await ask('经审', 'POST', '/api/funds/audits', {
    unitId: desk.book.unitId,
    title: '2025 年度审计',
    kind: 'yearly',
    fromOn: '2025-01-01',
    toOn: '2025-12-31',
    startsOn: '2026-03-09',
    endsOn: '2026-03-20',
    lead: '王芳',
  })
  auditId = planned.body.id
  audit = `/api/funds/audits/${auditId}`
})
const wanted = () => ({
  unitId: desk.book.unitId,
  kind: 'audit',
  auditId,
  person: '钱明远',
  firm: '清河诚信会计师事务所',
  document: '审计业务约定书 2026-3',
  login: 'qianmingyuan',
  opensOn: '2026-03-09',
  closesOn: '2026-03-20',
})

test('only the chair opens the books, after the notice, for days that end', async () => {
  const open = (who: Parameters<typeof ask>[0], change: object = {}) =>
    ask(who, 'POST', '/api/funds/outsiders', { ...wanted(), ...change })
  expect((await open('主席')).body.code).toBe('audit-not-noticed')
  await ask('经审', 'POST', `${audit}/notice`, { on: '2026-03-02' })
  expect((await open('会计')).status).toBe(403)
  expect((await open('外人')).status).toBe(404)
  expect((await open('主席', { closesOn: '2026-03-01' })).body.fields).toHaveProperty('closesOn')
  expect((await open('主席', { closesOn: '2027-03-20' })).body.code).toBe('too-long')
  expect((await open('主席', { kind: 'bookkeeping' })).body.code).toBe('not-small')
  const made = await open('主席')
  expect(made).toMatchObject({ status: 201, body: { fresh: true } })
  expect((await open('主席')).body.code).toBe('outsider-open')
  visit = `/api/funds/visits/${made.body.id}`
  outsider = { token: await sessionOf(desk.ownerPool, made.body.accountId) }
})

test('before the first day and after the last one nothing is there', async () => {
  for (const day of ['2026-03-08', '2026-03-21', '2027-03-10']) {
    desk.today = day
    expect((await ask(outsider, 'GET', '/api/funds/visits')).body).toEqual({ visits: [] })
    for (const path of ['', '/vouchers', `/vouchers/${audited}`, '/statements?month=2025-12'])
      expect((await ask(outsider, 'GET', `${visit}${path}`)).status).toBe(404)
  }
  desk.today = '2026-03-20'
  expect((await ask(outsider, 'GET', '/api/funds/visits')).body.visits).toMatchObject([{ booksTo: '2025-12-31' }])
  desk.today = '2026-03-10'
})

test('the audited year is open with vouchers, originals, ledgers and statements; every opening is written down', async () => {
  const list = await ask(outsider, 'GET', `${visit}/vouchers`)
  expect(list.body.vouchers.map((one: { id: number }) => one.id)).toEqual([audited])
  expect((await ask(outsider, 'GET', `${visit}/vouchers/${audited}`)).body).toMatchObject({
    state: 'posted',
    entries: [{ account: '50105', debitFen: 80_000 }, { account: '102' }],
  })
  expect((await ask(outsider, 'GET', `${visit}/statements?month=2025-12`)).body.income.columns).toEqual([
    '本年数',
    '上年数',
  ])
  const trial = await ask(outsider, 'GET', `${visit}/trial-balance?month=2025-05`)
  expect(trial.body.rows).toContainEqual(expect.objectContaining({ code: '102', balanceFen: 820_000 }))
  const ledger = await ask(outsider, 'GET', `${visit}/ledger/102`)
  expect(ledger.body).toMatchObject({ openingFen: 900_000, rows: [{ voucherId: audited }] })
  expect((await ask(outsider, 'GET', `/api/files?objectKind=voucher&objectId=${audited}`)).status).toBe(200)
  const { rows } = await sql<{
    summary: string
  }>`select summary from kernel.audit where action = 'funds.visit' order by id`.execute(desk.db)
  expect(rows.map((row) => row.summary.replace(/^清河诚信会计师事务所钱明远查看东风机械公司工会的?/, ''))).toEqual([
    '凭证目录',
    `凭证（编号 ${audited}）`,
    '财务报表（2025-12）',
    '科目余额表（2025-05）',
    '明细账（102）',
    `凭证（编号 ${audited}）的原始凭证`,
  ])
})

test('another year, another union and every other page of the books stay closed', async () => {
  for (const id of [before, elsewhere]) {
    expect((await ask(outsider, 'GET', `${visit}/vouchers/${id}`)).status).toBe(404)
    expect((await ask(outsider, 'GET', `/api/files?objectKind=voucher&objectId=${id}`)).status).toBe(404)
  }
  for (const month of ['2024-12', '2026-01']) {
    expect((await ask(outsider, 'GET', `${visit}/statements?month=${month}`)).body.code).toBe('not-audited')
    expect((await ask(outsider, 'GET', `${visit}/trial-balance?month=${month}`)).body.code).toBe('not-audited')
  }
  expect((await ask(outsider, 'GET', `${visit}/ledger/102?after=2023-12-31_1_1`)).status).toBe(404)
  expect((await ask(outsider, 'GET', `${visit}/ledger/102?after=2025-12-31_999999_1`)).body.rows).toEqual([])
  const books = `/api/funds/books/${desk.book.id}`
  for (const path of [
    books,
    `${books}/vouchers`,
    `${books}/statements?year=2025&month=5`,
    `${books}/archive.zip?year=2025`,
    `${books}/ledger/102`,
    `/api/funds/vouchers/${audited}`,
    `/api/funds/audits/${auditId}`,
  ])
    expect([path, (await ask(outsider, 'GET', path)).status]).toEqual([path, 404])
  expect((await ask(outsider, 'GET', `/api/funds/book?unitId=${desk.book.unitId}`)).status).toBe(403)
  expect((await ask(outsider, 'GET', '/api/funds/books')).body).toEqual({ books: [] })
})

test('an outsider writes nothing', async () => {
  const books = `/api/funds/books/${desk.book.id}`
  const entries = [
    { account: '50105', debitFen: 100 },
    { account: '102', creditFen: 100 },
  ]
  for (const [path, payload] of [
    [`${books}/vouchers`, { onDate: '2026-03-10', summary: '试', attachments: 1, entries }],
    [`/api/funds/vouchers/${audited}/reverse`, { onDate: '2025-06-01' }],
    [`/api/funds/vouchers/post`, { ids: [audited] }],
    [`${books}/close`, { year: 2024, month: 1 }],
    [`${audit}/start`, {}],
    [`${audit}/papers`, { subject: '试', observation: '试' }],
    [`${books}/publications`, { year: 2024, month: 1, fromOn: '2026-03-10', untilOn: '2026-04-10' }],
    ['/api/funds/outsiders', wanted()],
  ] as const) {
    const answer = await ask(outsider, 'POST', path, payload)
    expect([path, answer.status === 403 || answer.status === 404]).toEqual([path, true])
  }
})

test('taken back, it opens nothing from that moment; the chair alone takes it back, with a reason', async () => {
  const end = `/api/funds/outsiders/${visit.split('/').at(-1)}/end`
  expect((await ask('会计', 'POST', end, { words: '换人' })).status).toBe(403)
  expect((await ask('外人', 'POST', end, { words: '换人' })).status).toBe(404)
  expect((await ask('主席', 'POST', end, {})).body.fields).toHaveProperty('words')
  expect((await ask('主席', 'POST', end, { words: '事务所换人' })).status).toBe(204)
  expect((await ask(outsider, 'GET', `${visit}/vouchers`)).status).toBe(404)
  expect((await ask(outsider, 'GET', '/api/funds/visits')).body).toEqual({ visits: [] })
})
