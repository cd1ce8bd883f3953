import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { declareRecompute } from '../../../../kernel/facts/reconcile.ts'
import { recount, rowsBehind } from '../../../../kernel/facts/drill.ts'
import { eachOf, figuresOf } from '../../../../kernel/facts/figures.ts'
import { declareRegisters, catalogue } from '../../../../kernel/register/registry.ts'
import { postFacts, reverseFacts } from '../../../../kernel/facts/post.ts'
import { operator } from '../../../../kernel/access/actor.ts'
import { keepRecords } from '../../../../kernel/register/kept.ts'
import members from '../../../members/module.ts'
import { textOf } from '../../../reports/body.ts'
import { generateReport } from '../../../reports/public.ts'
import { receipts } from '../../registers/funds.ts'
import { bookDesk } from '../book-for-tests.ts'
import { balances } from './balances.ts'

const desk = await bookDesk([], '2025-01-01', '2026-02-01')
declareRegisters([], members.metrics)
// The small world has no facts of its people: what a test posts, it takes back.
declareRecompute(
  'members.roster',
  () => sql`select id as unit_id, created_at::date as on_date, 0::bigint as quantity, null::bigint as person_id,
    null::bigint as household_id, '{}'::jsonb as dims from organisation.unit where false`,
)
const scope = () => ({ unitId: desk.book.unitId, from: '2025-01-01', to: '2025-12-31' })

beforeAll(async () => {
  await desk.post('2025-01-05', '102', '402', 1_000_000)
  await desk.post('2025-02-06', '50105', '102', 80_000)
  await desk.post('2025-03-06', '50404', '102', 30_000)
  await desk.post('2025-04-06', '50405', '102', 20_001)
  await desk.post('2026-01-15', '50405', '102', 9_999)
  await desk.closeMonths(2025, 12)
})

test.each([
  [130_001, 6, 21_667],
  [1, 2, 1],
  [1, 3, 0],
  [5, 2, 3],
  [600, 6, 100],
])('%i over %i is %i, rounded half up in integers', (numerator, denominator, each) => {
  expect(eachOf(numerator, denominator)).toBe(each)
})

test('income and spending by kind and purpose are the journal’s own sums; closing changes none of them', async () => {
  const known = await catalogue(desk.db)
  const figures = new Map((await figuresOf(desk.db, known, scope())).map((figure) => [figure.metric, figure]))
  const held = new Map((await balances(desk.db, desk.book.id, '2025-12-31', 'without')).map((row) => [row.code, row]))
  for (const [metric, code] of [
    ['funds.expense-members', '50105'],
    ['funds.expense-hardship', '50404'],
    ['funds.expense-warmth', '50405'],
  ] as const)
    expect([metric, figures.get(metric)!.value]).toEqual([metric, held.get(code)!.debitFen])
  expect(figures.get('funds.income-allocated')!.value).toBe(1_000_000)
  expect(figures.get('funds.aid')!.value).toBe(50_001)
  expect(figures.get('funds.expense')!.value).toBe(130_001)
  for (const metric of ['funds.aid', 'funds.expense', 'funds.income', 'funds.expense-members'])
    expect(await recount(desk.db, known, metric, scope())).toBe(figures.get(metric)!.value)
  const { rows } = await rowsBehind(desk.db, known, 'funds.aid', scope(), { limit: 10 })
  expect(rows.map((row) => [row.refKind, row.quantity])).toEqual([
    ['voucher', 20_001],
    ['voucher', 30_000],
  ])
})

test('money a member is fen a person, and both of its parts open', async () => {
  const known = await catalogue(desk.db)
  expect(await figuresOf(desk.db, known, scope(), ['funds.expense-per-member'])).toEqual([])
  // Six members at the end of the year.
  await desk.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: number }>`select id from members.person order by id limit 6`.execute(tx)
    await postFacts(
      tx,
      operator(),
      rows.map((row) => ({
        measure: 'members.roster',
        unitId: desk.book.unitId,
        onDate: '2025-06-01',
        quantity: 1,
        personId: row.id,
        dims: {},
        refKind: 'person',
        refId: row.id,
      })),
    )
  })
  const [figure] = await figuresOf(desk.db, known, scope(), ['funds.expense-per-member'])
  expect(figure).toMatchObject({ kind: 'each', unit: '元', numerator: 130_001, denominator: 6, value: 21_667 })
  expect(await recount(desk.db, known, 'funds.expense-per-member', scope())).toBe(21_667)
  const part = (which: 'numerator' | 'denominator') =>
    rowsBehind(desk.db, known, 'funds.expense-per-member', scope(), { limit: 10, part: which })
  expect((await part('numerator')).rows.map((row) => row.refKind)).toEqual(['voucher', 'voucher', 'voucher'])
  expect((await part('denominator')).rows).toHaveLength(6)
  expect(await told()).toContain('会员人均支出216.67元。')
  await desk.db.transaction().execute((tx) =>
    reverseFacts(
      tx,
      operator(),
      'person',
      Array.from({ length: 20 }, (_, at) => at + 1),
      '试',
    ),
  )
})

/** The sentences on money of the year's report. */
async function told(): Promise<string[]> {
  const body = await generateReport(desk.db, await catalogue(desk.db), {
    unit: { id: desk.book.unitId, code: 'east', name: desk.book.unitName, profile: null },
    year: 2025,
    genre: 'annual',
    from: '2025-01-01',
    to: '2025-12-31',
    today: '2026-02-01',
  })
  return body.blocks
    .filter((block) => block.section === 'CW')
    .flatMap((block) => textOf(block.runs, body.figures).split(/(?<=。)/))
}

test('the report tells the journal’s money once: the ledger’s own sentence steps back', async () => {
  const ledger = {
    keptBy: 'test/1',
    draft: {
      unitId: desk.book.unitId,
      happenedOn: '2025-01-05',
      title: '拨缴',
      fields: { kind: '拨缴经费', amount: 7 },
    },
  }
  await desk.db.transaction().execute((tx) => keepRecords(tx, operator(), receipts, [ledger]))
  const sentences = await told()
  expect(sentences).toContain('1月份收入工会经费10000元，其中拨缴经费10000元。')
  expect(sentences).toContain('上半年支出困难帮扶和送温暖经费500.01元，其中困难职工帮扶300元、送温暖200.01元。')
  expect(sentences.filter((sentence) => sentence.includes('收入工会经费'))).toHaveLength(1)
  // Where no book is kept, the ledger tells as before.
  const { rows } = await sql<{ id: number }>`select id from organisation.unit where code = 'south'`.execute(desk.db)
  const elsewhere = { ...ledger, keptBy: 'test/2', draft: { ...ledger.draft, unitId: rows[0]!.id } }
  await desk.db.transaction().execute((tx) => keepRecords(tx, operator(), receipts, [elsewhere]))
  expect(
    await figuresOf(desk.db, await catalogue(desk.db), { ...scope(), unitId: rows[0]!.id }, ['funds.income']),
  ).toEqual([])
})
