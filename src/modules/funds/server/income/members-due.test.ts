import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../../kernel/access/access.ts'
import { operator } from '../../../../kernel/access/actor.ts'
import { testDatabase } from '../../../../kernel/testing/database.ts'
import { smallWorld } from '../../../../kernel/testing/world.ts'
import module from '../../module.ts'
import { openBook, type Book } from '../journal/books.ts'
import { judgeDues } from './dues-rule.ts'
import { membersDue } from './members-due.ts'

declarePermissions([...module.permissions, { name: 'organisation.read', title: '' }])
const { db, ownerPool } = await testDatabase()
const MEMBERS = 3000
let book: Book

beforeAll(async () => {
  const world = await smallWorld(ownerPool)
  const unit = world.unit('east')
  book = await db.transaction().execute((tx) => openBook(tx, operator(), { unitId: unit, openedOn: '2025-01-01' }))
  await ownerPool.query(`alter table funds.dues_base set (autovacuum_enabled = off)`)
  await ownerPool.query(`alter table funds.dues_payment set (autovacuum_enabled = off)`)
  await sql`insert into members.person (name, staff_no, unit_id, status)
    select '职工' || n, 'M' || n, ${unit}, case when n % 40 = 0 then 'retired' else 'active' end from generate_series(1, ${MEMBERS}::int) n`.execute(
    db,
  )
  await sql`insert into members.membership (person_id, unit_id, joined_on, left_on, leave_kind)
    select id, ${unit}, case when id % 7 = 0 then '2025-04-10' else '2020-01-01' end::date,
      case when id % 11 = 0 then '2026-02-03'::date end, case when id % 11 = 0 then 'leave' end
    from members.person where staff_no like 'M%'`.execute(db)
  // From the second base on it counts; some have only a fixed amount, some nothing.
  await sql`insert into funds.dues_base (book_id, person_id, valid_from, base_fen, fixed_fen, created_by)
    select ${book.id}, p.id, b.since, case when p.id % 13 > 0 then 400000 + p.id * 7 + b.more end,
      case when p.id % 13 = 0 then 300 end, 1
    from members.person p, (values ('2025-03-01'::date, 0), ('2025-11-01'::date, 50000)) b (since, more)
    where p.staff_no like 'M%' and p.id % 17 > 0`.execute(db)
  await sql`insert into funds.dues_exemption (book_id, person_id, kind, from_month, to_month, reason, created_by)
    select ${book.id}, p.id, e.kind, e.since, e.upto, '试验', 1
    from members.person p, (values ('hardship', '2025-05-01'::date, '2025-09-01'::date), ('other', '2025-09-01', null)) e (kind, since, upto)
    where p.staff_no like 'M%' and p.id % 29 = 0`.execute(db)
})

type Session = Parameters<typeof membersDue>[0]
const counted = async (tx: Session) =>
  (
    await sql<{ table: string; scanned: number; fetched: number }>`
      select relname as table, seq_tup_read as scanned, idx_tup_fetch as fetched from pg_stat_xact_user_tables
      where schemaname = 'funds' and relname in ('dues_base', 'dues_payment') order by 1`.execute(tx)
  ).rows

/** What the work read of the tables, counted by the database itself. */
const reading = <Found>(work: (tx: Session) => Promise<Found>) =>
  db.transaction().execute(async (tx) => {
    const before = await counted(tx)
    const found = await work(tx)
    const after = await counted(tx)
    const read = after.map(({ table, scanned, fetched }, at) => ({
      table,
      scanned: scanned - before[at]!.scanned,
      fetched: fetched - before[at]!.fetched,
    }))
    return { found, read }
  })

test('two years of thousands of members are found by index, each row once, before the tables are counted and after', async () => {
  const whole = () => reading((tx) => membersDue(tx, book, { from: '2025-01', to: '2026-12' }))
  const before = await whole()
  const { rows: bases } = await sql<{ n: number }>`select count(*)::int as n from funds.dues_base`.execute(db)
  expect(before.read).toEqual([
    { table: 'dues_base', scanned: 0, fetched: bases[0]!.n },
    { table: 'dues_payment', scanned: 0, fetched: 0 },
  ])
  await ownerPool.query('analyze')
  const after = await whole()
  expect(after.read).toEqual(before.read)
  expect(after.found).toEqual(before.found)
  expect(before.found.length).toBeGreaterThan(MEMBERS * 20)
})

test('every month says what the rule says, whatever base, exemption, entry and leaving it has', async () => {
  const everybody = await membersDue(db, book, { from: '2025-01', to: '2026-12' })
  const rows = everybody.filter((row) => row.staffNo?.startsWith('M'))
  expect(rows.filter((row) => row.dueFen !== judgeDues(row).dueFen)).toEqual([])
  const of = (rest: number, divisor: number) => rows.filter((row) => row.personId % divisor === rest)
  // Who joined in April owes from April, who left in February owes to January.
  expect(of(0, 7).every((row) => row.month >= '2025-04')).toBe(true)
  expect(of(0, 11).every((row) => row.month <= '2026-01')).toBe(true)
  // A base of March counts from March, the next one from November.
  const one = of(1, 2).find((row) => row.personId % 13 > 0 && row.personId % 17 > 0 && row.personId % 7 > 0)!.personId
  const baseOf = Object.fromEntries(rows.filter((row) => row.personId === one).map((row) => [row.month, row.baseFen]))
  expect(baseOf['2025-02']).toBeNull()
  expect(baseOf['2025-10']).toBe(400_000 + one * 7)
  expect(baseOf['2025-11']).toBe(450_000 + one * 7)
  // The later exemption wins where two overlap.
  const free = of(0, 29).filter((row) => ['2025-04', '2025-08', '2025-09', '2026-01'].includes(row.month))
  expect(new Set(free.filter((row) => row.month === '2025-08').map((row) => row.exemption))).toEqual(
    new Set(['hardship']),
  )
  expect(new Set(free.filter((row) => row.month === '2025-09').map((row) => row.exemption))).toEqual(new Set(['other']))
  expect(free.some((row) => row.month === '2025-04' && row.dueFen > 0)).toBe(true)
})
