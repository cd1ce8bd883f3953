import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../../kernel/access/access.ts'
import { operator } from '../../../../kernel/access/actor.ts'
import { declareRecompute, reconcile } from '../../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../../kernel/http/app.ts'
import { catalogue, declareRegisters } from '../../../../kernel/register/registry.ts'
import { testDatabase } from '../../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../../kernel/testing/world.ts'
import module from '../../module.ts'
import { openBook, postVoucher } from '../../public.ts'
import { recomputes } from '../journal/facts.ts'
import { docxText } from '../docx-for-tests.ts'
import { auditRoutes } from './audit-routes.ts'

declarePermissions([...module.permissions])
declareRegisters(module.registers!, module.metrics)
for (const [measure, recompute] of Object.entries(recomputes)) declareRecompute(measure, recompute)
const { db, ownerPool } = await testDatabase()
let world: World
let app: App
let voucher: number
let early: number

/** 王芳 audits the county, 李强 keeps the books of 东风, 周婷 works elsewhere. */
const offices: Partial<Record<PersonName, string[]>> = {
  王芳: ['funds.read', 'funds.audit'],
  李强: ['funds.read', 'funds.write', 'funds.post', 'funds.audit'],
  周婷: ['funds.read', 'funds.audit'],
}

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  await db.transaction().execute(async (tx) => {
    const unitId = world.unit('east')
    await openBook(tx, operator(), { unitId, openedOn: '2025-01-01' })
    const post = (onDate: string, debit: string, credit: string, fen: number) =>
      postVoucher(tx, operator(), unitId, {
        onDate,
        summary: '节日慰问',
        attachments: 1,
        entries: [
          { account: debit, debitFen: fen },
          { account: credit, creditFen: fen },
        ],
      })
    early = (await post('2025-12-31', '102', '405', 900_000)).voucherId
    voucher = (await post('2026-02-10', '50105', '102', 360_000)).voucherId
  })
  app = await buildApp(
    {
      db,
      today: () => '2026-06-30',
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => {
      const name = cookies.as ? (decodeURIComponent(cookies.as) as PersonName) : null
      return name ? world.as(name, offices[name] ?? []) : null
    },
    [auditRoutes],
  )
})
afterAll(() => app.close())
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

async function ask(who: PersonName, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url: `/api/funds/${url}`,
    headers: { cookie: `as=${encodeURIComponent(who)}` },
    ...(payload && { payload }),
  })
  const json = answer.headers['content-type']?.toString().startsWith('application/json')
  return { status: answer.statusCode, body: json ? answer.json() : answer.rawPayload }
}
const plan = () => ({
  unitId: world.unit('east'),
  title: '2026 年上半年经费审查',
  kind: 'half',
  fromOn: '2026-01-01',
  toOn: '2026-06-30',
  startsOn: '2026-07-06',
  endsOn: '2026-07-10',
  lead: '王芳',
  fromAbove: true,
})
const waiting = async (kind: string) =>
  (
    await sql<{
      dueOn: string | null
    }>`select due_on as "dueOn" from kernel.todo where kind = ${kind} and done_at is null`.execute(db)
  ).rows

test('from plan to the last finding mended; what counts is one record of the register', async () => {
  expect((await ask('李强', 'POST', 'audits', plan())).body.code).toBe('own-books')
  expect((await ask('周婷', 'POST', 'audits', plan())).status).toBe(404)
  expect((await ask('王芳', 'POST', 'audits', { ...plan(), toOn: '2025-01-01' })).body.fields).toHaveProperty('toOn')
  const made = await ask('王芳', 'POST', 'audits', plan())
  expect(made).toMatchObject({ status: 201, body: { state: 'planned', byUnitName: '清河县总工会' } })
  const at = `audits/${made.body.id}`

  expect((await ask('王芳', 'POST', `${at}/start`)).body.code).toBe('not-now')
  // Three working days before Monday 6 July is Wednesday the 1st.
  const late = await ask('王芳', 'POST', `${at}/notice`, { on: '2026-07-02' })
  expect(late.body.remark).toContain('2026年7月1日')
  expect(await waiting('funds.audit-notice')).toEqual([{ dueOn: '2026-07-06' }])
  await ask('王芳', 'POST', `${at}/start`)
  expect(await waiting('funds.audit-notice')).toEqual([])

  const paper = {
    subject: '节日慰问',
    observation: '抽查凭证 1 张，缺少签领表。',
    basis: '基层工会经费收支管理办法',
    amountFen: 360_000,
  }
  expect((await ask('王芳', 'POST', `${at}/papers`, { ...paper, voucherIds: [early] })).body.code).toBe(
    'voucher-outside',
  )
  expect((await ask('李强', 'POST', `${at}/papers`, paper)).body.code).toBe('own-books')
  const { body: written } = await ask('王芳', 'POST', `${at}/papers`, { ...paper, voucherIds: [voucher] })
  const finding = {
    paperId: written.id,
    title: '慰问品发放没有签领表',
    amountFen: 360_000,
    demand: '补齐实名签领表',
    workingDays: 10,
  }
  const { body: first } = await ask('王芳', 'POST', `${at}/findings`, finding)
  // The audited union reads neither papers nor findings before the opinion.
  expect((await ask('李强', 'GET', at)).body).toMatchObject({
    papers: [],
    findings: [],
    may: { audit: false, mend: true },
  })

  const opinion = { on: '2026-07-10', conclusion: '合规', opinion: '收支基本真实、合规。' }
  expect((await ask('王芳', 'POST', `${at}/opinion`, opinion)).body.code).toBe('conclusion-differs')
  expect((await ask('王芳', 'POST', `${at}/opinion`, { ...opinion, conclusion: '基本合规' })).body.state).toBe(
    'mending',
  )
  expect(await waiting('funds.audit-finding')).toEqual([{ dueOn: '2026-07-24' }])
  expect((await ask('李强', 'GET', at)).body).toMatchObject({
    papers: [{ no: 1, vouchers: [{ id: voucher, no: 1 }] }],
    findings: [{ no: 1, state: 'open', dueOn: '2026-07-24' }],
  })

  const answer = { on: '2026-07-20', answer: '已补齐 12 人签领表。' }
  expect((await ask('王芳', 'POST', `findings/${first.id}/answer`, answer)).status).toBe(403)
  await ask('李强', 'POST', `findings/${first.id}/answer`, answer)
  expect(
    (await ask('李强', 'POST', `findings/${first.id}/judge`, { on: '2026-07-21', accepted: true })).body.code,
  ).toBe('own-books')
  expect(
    (await ask('王芳', 'POST', `findings/${first.id}/judge`, { on: '2026-07-21', accepted: false })).body.fields,
  ).toHaveProperty('words')
  await ask('王芳', 'POST', `findings/${first.id}/judge`, { on: '2026-07-21', accepted: false, words: '缺 2 人签名' })
  expect((await ask('李强', 'GET', at)).body.findings).toMatchObject([{ state: 'open', returned: '缺 2 人签名' }])
  await ask('李强', 'POST', `findings/${first.id}/answer`, { ...answer, on: '2026-07-22' })
  expect(
    (await ask('王芳', 'POST', `findings/${first.id}/judge`, { on: '2026-07-23', accepted: true })).body,
  ).toMatchObject({
    state: 'closed',
    closedOn: '2026-07-23',
  })
  expect([...(await waiting('funds.audit-finding')), ...(await waiting('funds.audit-judge'))]).toEqual([])

  await ask('王芳', 'POST', `${at}/report`, { on: '2026-08-01', to: '职工代表大会' })
  const { rows } = await sql<{ keptBy: string; kind: string; findings: number; mended: number }>`
    select kept_by as "keptBy", fields ->> 'kind' as kind, (fields ->> 'findings')::int as findings, (fields ->> 'mended')::int as mended
    from kernel.record where register = 'funds.audit' and state = 'recorded' order by id`.execute(db)
  expect(rows).toEqual([
    { keptBy: `funds/${at}`, kind: '上级审查', findings: 1, mended: 1 },
    { keptBy: `funds/${at}/report`, kind: '向职代会报告', findings: null, mended: null },
  ])
  const paperwork = await docxText((await ask('李强', 'GET', `${at}/report.docx`)).body)
  // Of the audited days alone: what was booked on the last day of the year before is no part of it.
  expect(paperwork).toContain('审查期间经费收入0.00元，支出3,600.00元，期末货币资金5,400.00元，共审查记账凭证1张')
  expect(paperwork).toContain('（一）慰问品发放没有签领表，涉及金额3,600.00元')
  expect(await docxText((await ask('李强', 'GET', `${at}/notice.docx`)).body)).toContain('2026年1月1日')
})

test('an audit without findings ends with its opinion; another union’s audits are not to be seen', async () => {
  const { body: made } = await ask('王芳', 'POST', 'audits', { ...plan(), title: '专项审查', kind: 'special' })
  await ask('王芳', 'POST', `audits/${made.id}/notice`, { on: '2026-06-29' })
  await ask('王芳', 'POST', `audits/${made.id}/start`)
  expect(
    (
      await ask('王芳', 'POST', `audits/${made.id}/opinion`, {
        on: '2026-07-10',
        conclusion: '合规',
        opinion: '合规。',
      })
    ).body,
  ).toMatchObject({
    state: 'closed',
  })
  expect((await ask('周婷', 'GET', `audits/${made.id}`)).status).toBe(404)
  expect((await ask('周婷', 'GET', `audits?unitId=${world.unit('east')}`)).body.audits).toEqual([])
  expect((await ask('王芳', 'GET', `audits?unitId=${world.unit('county')}`)).body.audits).toHaveLength(2)
})
