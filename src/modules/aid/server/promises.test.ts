import { spawnSync } from 'node:child_process'
import path from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { balanceNow, bookOf } from '../../funds/public.ts'
import { termsInput } from '../contract.ts'
import { CATEGORIES } from '../words.ts'
import { AFTER, openDesk, TODAY } from './desk-for-tests.ts'
import { judged } from './eligibility.ts'
import { factsOf } from './facts.ts'

const desk = await openDesk()
const { ask, world, db, ownerPool } = desk

/** Two hundred families of all kinds, a third of them related to another, in both branches. */
await ownerPool.query(
  `insert into members.person (name, staff_no, unit_id) select '职工' || n, 'P' || n, case when n % 2 = 0 then $1::bigint else $2::bigint end
     from generate_series(1, 200) n`,
  [world.unit('east-1'), world.unit('east-2')],
)
await ownerPool.query(`
  insert into members.membership (person_id, unit_id, joined_on) select id, unit_id, '2020-01-01' from members.person where staff_no like 'P%';
  insert into members.household (unit_id, head_id) select unit_id, id from members.person where staff_no like 'P%';
  insert into members.kin (person_id, household_id, relation)
    select p.id, h.id, '配偶' from members.person p join members.person q on q.staff_no = 'P' || (substr(p.staff_no, 2)::int - 1)
      join members.household h on h.head_id = q.id where p.staff_no like 'P%' and substr(p.staff_no, 2)::int % 3 = 0;
  insert into hardship.file (unit_id, person_id, state, category, filed_on, review_on, created_by)
    select unit_id, id, 'on-file', (array['深度困难', '相对困难', '意外致困'])[1 + id % 3], '2025-06-01', '2027-01-01', 0
    from members.person where staff_no like 'P%';
  insert into hardship.version (file_id, no, reason, on_day, ground, family, income_fen, rigid_fen, loss_fen, accident, exclusions, verdict, created_by, created_name)
    select f.id, n, 'check', '2026-01-01', '其他', '[{"name": "小宝", "relation": "子女"}]', (f.id * 37) % 60 * 100000, 0, 0, false, '[]', '{}', 0, '试'
    from hardship.file f, generate_series(1, 2) n`)

const terms = fc.record({
  pool: fc.constant('files' as const),
  byFamily: fc.boolean(),
  categories: fc.subarray([...CATEGORIES]),
  incomeHundredths: fc.option(fc.integer({ min: 20, max: 300 })),
  apartMonths: fc.constantFrom(0, 6),
  oneANeed: fc.boolean(),
  baseFen: fc.integer({ min: 100, max: 100_000 }),
  perHeadFen: fc.integer({ min: 0, max: 5_000 }),
  perTimeFen: fc.option(fc.integer({ min: 1_000, max: 60_000 })),
  perYearFen: fc.option(fc.integer({ min: 60_000, max: 90_000 })),
})

interface Sums {
  people: number
  times: number
  families: number
  households: number
  fen: number
}

test('whatever the rule: nobody twice in a cycle, a family once, no more than is left, and what was decided stays', async () => {
  const book = (await bookOf(db, world.unit('east')))!
  let day = 0
  await fc.assert(
    fc.asyncProperty(terms, fc.constantFrom('living', 'medical', 'heat'), async (draft, kind) => {
      const on = new Date(Date.UTC(2026, 2, 5) + (day += 9) * 86_400_000).toISOString().slice(0, 10)
      const later = new Date(Date.parse(on) + 16 * 86_400_000).toISOString().slice(0, 10)
      desk.day(on)
      const before = await balanceNow(db, book.id, '102')
      const programmeId = await desk.programme(draft, { kind, title: `项目${day}` })
      const { body } = await ask('杨帆', 'POST', `/aid/programmes/${programmeId}/cycles`, {
        title: '批',
        opensOn: on,
        closesOn: on,
      })
      const move = (verb: string, who: '杨帆' | '李强') =>
        ask(who, 'POST', `/aid/cycles/${body.id}/moves`, { verb, minutes: '纪要', words: '无人符合' })
      const preview = (await ask('杨帆', 'GET', `/aid/cycles/${body.id}/preview`)).body
      if ((await move('提交', '杨帆')).status !== 200) {
        expect(preview.eligible).toBe(0)
        await move('终止', '杨帆')
        return
      }
      const { rows } = await desk.behind(sql<Sums>`
        select count(distinct person_id)::int as people, count(*)::int as times, count(distinct household_id)::int as families,
          count(household_id)::int as households, sum(amount_fen)::bigint as fen from aid.entitlement where cycle_id = ${body.id}`)
      const sums = rows[0]!
      // Preview and decision are one definition.
      expect([sums.times, sums.fen]).toEqual([preview.eligible, preview.needFen])
      expect(sums.people).toBe(sums.times)
      expect(sums.households).toBe(sums.times)
      if (draft.byFamily) expect(sums.families).toBe(sums.times)
      // Every row that isn't on the list has its reason, none that is has one.
      const { rows: odd } = await desk.behind(sql<{ n: number }>`
        select count(*)::int as n from (${judged(termsInput.parse({ ...draft }), factsOf(body.id))}) j
        where (j.verdict = 'eligible') <> (cardinality(j.refusals) + cardinality(j.duplicates) + cardinality(j.missing) = 0)
          or (j.verdict = 'eligible' and (j.amount_fen <= 0 or j.amount_fen > coalesce(${draft.perTimeFen}::bigint, j.amount_fen)))`)
      expect(odd[0]!.n).toBe(0)
      const frozen = await desk.behind(
        sql`select md5(string_agg(c::text, '|' order by person_id)) as hash from aid.candidate c where cycle_id = ${body.id}`,
      )
      await move('公示', '杨帆')
      desk.day(later)
      const approved = await move('同意', '李强')
      if (approved.status === 200) {
        const paid = await ask('张敏', 'POST', `/aid/cycles/${body.id}/pay`, { paidOn: later })
        expect(paid.body).toMatchObject({ people: sums.people, amountFen: sums.fen })
        expect(await balanceNow(db, book.id, '102')).toBe(before - sums.fen)
      } else {
        expect(['not-enough', 'listed-elsewhere']).toContain(approved.body.code)
        await move('终止', '李强')
      }
      const after = await desk.behind(
        sql`select md5(string_agg(c::text, '|' order by person_id)) as hash from aid.candidate c where cycle_id = ${body.id}`,
      )
      expect(after.rows).toEqual(frozen.rows)
    }),
    { numRuns: 8, seed: 20261121, endOnFailure: true },
  )
  // Persons ≤ 人次, families ≤ persons' households, and the yuan are those of the journal.
  const names = ['aid.grant.people', 'aid.grant.times', 'aid.grant.households', 'aid.grant.amount']
  const scope = { unitId: world.unit('east'), from: '2026-01-01', to: '2026-12-31' }
  const values = (await figuresOf(db, await catalogue(db), scope, names)).map((figure) => figure.value ?? 0)
  expect(values[0]!).toBeGreaterThan(0)
  expect(values[0]!).toBeLessThanOrEqual(values[1]!)
  expect(values[2]!).toBeLessThanOrEqual(values[1]!)
  const { rows: journal } = await sql<{ fen: number }>`
    select sum(e.debit_fen)::bigint as fen from funds.voucher v join funds.entry e on e.voucher_id = v.id join funds.account a on a.id = e.account_id
    where v.source like 'aid/%' and a.class = 'expense'`.execute(db)
  expect(values[3]).toBe(journal[0]!.fen)
  expect(await balanceNow(db, book.id, '102')).toBeGreaterThanOrEqual(0)
}, 240_000)

test('killed between the approval and the payment: nobody was paid, and asked again everybody is paid once', async () => {
  desk.day(TODAY)
  const programmeId = await desk.programme({ baseFen: 1_000, oneANeed: false }, { kind: 'school', title: '断电' })
  const cycleId = await desk.published(programmeId)
  desk.day(AFTER)
  expect((await ask('李强', 'POST', `/aid/cycles/${cycleId}/moves`, { verb: '同意', minutes: '纪要' })).status).toBe(
    200,
  )
  // A process of its own pays and is killed with the work done and nothing committed.
  const root = path.resolve(import.meta.dirname, '../../../..')
  const killed = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import './src/modules.ts'
       const { connect } = await import('./src/kernel/db/database.ts')
       const { payCycle } = await import('./src/modules/aid/public.ts')
       const { db } = connect(process.env.DB, { max: 1 })
       await db.transaction().execute(async (tx) => {
         const paid = await payCycle(tx, JSON.parse(process.env.ACTOR), ${cycleId}, '${AFTER}', '${AFTER}')
         process.stdout.write(paid.voucherNumber)
         process.kill(process.pid, 'SIGKILL')
         await new Promise(() => {})
       })`,
    ],
    {
      cwd: root,
      env: { ...process.env, DB: desk.appUrl, ACTOR: JSON.stringify(desk.actor('张敏')) },
      encoding: 'utf8',
    },
  )
  expect([killed.signal, killed.stdout.slice(0, 2), killed.stderr]).toEqual(['SIGKILL', '记-', ''])
  const state = async () =>
    (
      await desk.behind(sql<{ paid: number; vouchers: number }>`
        select (select count(*)::int from aid.entitlement where cycle_id = ${cycleId} and state = 'paid') as paid,
          (select count(*)::int from funds.voucher where source = ${`aid/cycles/${cycleId}`}) as vouchers`)
    ).rows[0]
  expect(await state()).toEqual({ paid: 0, vouchers: 0 })
  const paid = await ask('张敏', 'POST', `/aid/cycles/${cycleId}/pay`, { paidOn: AFTER })
  expect(paid.status).toBe(200)
  expect(await state()).toEqual({ paid: paid.body.people, vouchers: 1 })
  expect((await ask('张敏', 'POST', `/aid/cycles/${cycleId}/pay`, { paidOn: AFTER })).body.code).toBe('not-now')
  expect(await state()).toEqual({ paid: paid.body.people, vouchers: 1 })
}, 60_000)
