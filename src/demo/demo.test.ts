import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '../kernel/db/database.ts'
import { reconcile } from '../kernel/facts/reconcile.ts'
import type { Services } from '../kernel/http/services.ts'
import { checkDraft } from '../kernel/register/draft.ts'
import { catalogue } from '../kernel/register/registry.ts'
import { testDatabase } from '../kernel/testing/database.ts'
import { roleOf } from '../modules/accounts/public.ts'
import type { Body } from '../modules/reports/body.ts'
import { accountsFile, type DemoAccount } from './accounts.ts'
import { loadDemo } from './index.ts'
import { builtInRegisters } from './registers.ts'

const dataDir = mkdtempSync(path.join(tmpdir(), 'zhijia-demo-'))
afterAll(() => rmSync(dataDir, { recursive: true }))
const today = '2026-11-21'
const { db } = await testDatabase()
const { db: again } = await testDatabase()

async function load(into: Db): Promise<void> {
  const config = { dataDir, publicUrl: '', host: '', port: 0, tls: null, webDir: null }
  const services: Services = { db: into, config, today: () => today }
  await loadDemo(services, (line) => process.stdout.write(`${line}\n`))
}

beforeAll(() => load(db), 300_000)

const inDemo = sql`(select descendant_id from kernel.closure c join organisation.unit u on u.id = c.ancestor_id where u.code = 'demo')`

test('the company has its size', async () => {
  const { rows } = await sql`
    select count(*) filter (where type = 'branch' and dissolved_on is null)::int as branches,
      count(*) filter (where type = 'subbranch' and dissolved_on is null)::int as subs,
      (select count(*)::int from members.membership where left_on is null and unit_id in ${inDemo}) as members
    from organisation.unit where id in ${inDemo}`.execute(db)
  expect(rows).toEqual([{ branches: 29, subs: 80, members: 6000 }])
})

test('what the ledgers say and what was counted agree', async () => {
  const { measures, differences } = await reconcile(db, await catalogue(db))
  expect(measures).toBeGreaterThan(300)
  expect(differences).toEqual([])
}, 180_000)

test('every register has rows of the company in both years', async () => {
  const { rows } = await sql<{ register: string; years: number[] }>`
    select register, array_agg(distinct extract(year from happened_on)::int order by extract(year from happened_on)::int) as years
    from kernel.record where state = 'recorded' and unit_id in ${inDemo} group by register`.execute(db)
  const years = new Map(rows.map((row) => [row.register, row.years]))
  const short = builtInRegisters().filter((register) => {
    const kept = years.get(register.id) ?? []
    // What is kept as history only has its rows where history is.
    return register.historyOnly ? !kept.length : !(kept.includes(2025) && kept.includes(2026))
  })
  expect(short.map((register) => register.id)).toEqual([])
})

test('every row would have passed its form', async () => {
  const known = await catalogue(db)
  interface Kept {
    id: number
    register: string
    title: string | null
    lines: { personId: number | null; fields: Record<string, unknown> }[]
  }
  const { rows } = await sql<Kept>`
    select r.id, register, unit_id as "unitId", happened_on as "happenedOn", ended_on as "endedOn", title,
      person_id as "personId", household_id as "householdId", fields,
      coalesce((select jsonb_agg(jsonb_build_object('personId', person_id, 'householdId', household_id, 'fields', fields))
        from kernel.record_line l where l.record_id = r.id and line_no <= 12), '[]') as lines
    from kernel.record r where state = 'recorded'`.execute(db)
  const wrong = new Map<string, string>()
  for (const { id, register, ...row } of rows)
    try {
      checkDraft(known.register(register), row, true)
    } catch (error) {
      wrong.set(register, `${id} ${JSON.stringify((error as { fields?: unknown }).fields ?? String(error))}`)
    }
  expect(rows.length).toBeGreaterThan(10_000)
  expect(Object.fromEntries(wrong)).toEqual({})
}, 120_000)

test('no placeholder stands in a title', async () => {
  const { rows } =
    await sql`select register, title from kernel.record where title ~ '[{}]|undefined|示例|文字[0-9]' limit 5`.execute(
      db,
    )
  expect(rows).toEqual([])
})

test('last year’s report is frozen with its figures, this half-year’s waits with remarks', async () => {
  const { rows } = await sql<{ genre: string; state: string; body: Body; remarks: number }>`
    select genre, state, body, (select count(*)::int from reports.comment c where c.report_id = r.id) as remarks
    from reports.report r join reports.version v on v.report_id = r.id and v.no = r.version order by r.id`.execute(db)
  expect(rows.map(({ genre, state, remarks }) => ({ genre, state, remarks }))).toEqual([
    { genre: 'annual', state: 'frozen', remarks: 0 },
    { genre: 'half-year', state: 'draft', remarks: 3 },
  ])
  expect(Object.keys(rows[0]!.body.figures).length).toBeGreaterThan(150)
})

test('somebody has something to do', async () => {
  const { rows } = await sql`
    select (select count(*)::int from members.application where state in ('submitted', 'seconded')) as applications,
      (select count(*)::int from members.transfer where state = 'requested') as transfers,
      (select count(*)::int from kernel.record where state = 'draft') as drafts,
      (select count(*)::int from kernel.record where state = 'void') as voided,
      (select count(*)::int from kernel.notice) as notices`.execute(db)
  expect(rows).toEqual([{ applications: 3, transfers: 1, drafts: 3, voided: 7, notices: 48 }])
})

test('the accounts are for the operator alone, with a second factor where the role asks for one', async () => {
  expect(statSync(accountsFile(dataDir)).mode & 0o777).toBe(0o600)
  const accounts = JSON.parse(readFileSync(accountsFile(dataDir), 'utf8')) as DemoAccount[]
  expect(accounts).toHaveLength(15)
  expect(new Set(accounts.map((one) => one.password)).size).toBe(15)
  const { rows } = await sql<{ login: string; role: string; totp: boolean }>`
    select login, role, totp_confirmed_at is not null as totp from accounts.account a join accounts.office o on o.account_id = a.id`.execute(
    db,
  )
  for (const { login, role, totp } of rows) {
    expect({ login, totp }).toEqual({ login, totp: roleOf(role)!.needsSecondFactor === true })
    expect(accounts.find((one) => one.user === login)!.totp !== undefined).toBe(totp)
  }
})

test('another installation gets the same county', async () => {
  await load(again)
  const figures = async (from: Db): Promise<unknown> =>
    (
      await sql`
        select count(*)::int as kinds, md5(string_agg(line, ',' order by line)) as digest from (
          select measure || code || on_date || dims::text || sum(quantity) || count(distinct person_id) as line
          from kernel.fact f join organisation.unit u on u.id = f.unit_id
          where reversal_of is null and reversed_by is null group by measure, code, on_date, dims) lines`.execute(from)
    ).rows
  expect(await figures(again)).toEqual(await figures(db))
}, 300_000)
