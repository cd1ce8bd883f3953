import { sql } from 'kysely'
import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import { openBook, type Book } from '../modules/funds/public.ts'
import { addAsset } from '../modules/funds/server/assets/cards.ts'
import { assetInput } from '../modules/funds/asset-contract.ts'
import { bookDepreciation } from '../modules/funds/server/assets/month-depreciation.ts'
import { closeMonth } from '../modules/funds/server/journal/closing.ts'
import { saveOpening } from '../modules/funds/server/journal/opening.ts'
import { addProject } from '../modules/funds/server/journal/projects.ts'
import { decideBudget, proposeBudget } from '../modules/funds/server/budget/budgets.ts'
import { yearOf } from './days.ts'
import { auditTheBooks, matchTheBank, payAnAdvance } from './funds-story.ts'
import { enter, type Hands } from './funds-entry.ts'
import { askForMoney, collect, monthBefore, setTerms } from './funds-money.ts'
import { holdAndCount, investInSpring } from './funds-till.ts'
import { monthOf, waitingOnes, type Scene } from './funds-vouchers.ts'
import type { Roster } from './roster.ts'
import type { DemoUnit } from './units.ts'

/** Cards that stood in the books when this installation took over: cost and what was lost, in yuan. */
const INHERITED = [
  ['GD-001', '职工活动中心音响设备', 'culture', 5, 86_400, '2021-05'],
  ['GD-002', '职工书屋书架', 'furniture', 15, 54_000, '2019-03'],
  ['GD-003', '乒乓球台（12 张）', 'sport', 5, 36_000, '2022-09'],
  ['GD-004', '工会办公计算机（6 台）', 'computer', 6, 32_400, '2022-01'],
] as const

const monthsBetween = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))

/** What other rooms pay in a month, before it closes. */
type InMonth = (year: number, month: number) => Promise<void>

/**
 * The company union's books: two years closed, the third open until today, with assets, an advance, a bank statement to
 * be matched, a finished audit and one with an open finding. The same books everywhere on the same day.
 */
export async function keepBooks(
  tx: Tx,
  actor: Actor,
  actorOf: (user: string) => Actor,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  today: string,
  inMonth: InMonth,
): Promise<void> {
  const year = yearOf(today)
  const unit = units.get('demo')!
  const hand = (user: string): Hands['cashier'] => ({ accountId: actorOf(user).accountId, name: actorOf(user).name })
  const hands: Hands = { accountant: hand('caiwu'), cashier: hand('chuna') }
  const branches = [...units.values()].filter((one) => one.type === 'branch')
  const book = await openBook(tx, actor, { unitId: unit.id, openedOn: `${year - 2}-01-01` })
  await bringIn(tx, actor, book, year)
  await setTerms(tx, actor, book)
  const scene: Scene = {
    branches: branches.map((one) => one.name),
    people: roster.people
      .filter((one) => one.union === 'demo' && !one.retired)
      .slice(40, 640)
      .map((one) => one.name),
    tied: '',
    quota: 'FH-D01',
    quotaBranch: branches[0]!.name,
    processesFrom: monthBefore(today),
  }
  await addProject(tx, actor, book, {
    code: scene.quota,
    name: `${scene.quotaBranch}分会活动额度`,
    fundKind: 'free',
    purpose: '分会在年度额度内自主开展活动，每年核定一次。',
    openedOn: book.openedOn,
  })
  for (let at = year - 2; at <= year; at++) {
    scene.tied = `LDJS-${at}`
    await addProject(tx, actor, book, {
      code: scene.tied,
      name: `${at} 年劳动竞赛专项`,
      fundKind: 'tied',
      document: `岚工发〔${at}〕12号`,
      openedOn: `${at}-01-01`,
    })
    if (at === year) await approveBudget(tx, actor, book, scene, year)
    await keepYear(tx, actor, book, hands, scene, at, today, inMonth)
  }
  const lists = branches.map(({ id, name, code }) => ({ id, name, units: new Set(below(units, code)) }))
  const asOperator = (user: string): Actor => ({ ...actorOf(user), kind: 'operator' })
  await collect(tx, asOperator('chuna'), book, hands, lists, today)
  await enter(tx, actor, book, hands, waitingOnes(scene, today).slice(0, 2), 'draft')
  await enter(tx, actor, book, hands, waitingOnes(scene, today).slice(2), 'reviewed')
  const unitOf = (user: string): number => units.get(user === 'fenhui' ? 'D01' : 'demo')!.id
  await askForMoney(tx, asOperator, unitOf, today)
  await payAnAdvance(tx, asOperator('caiwu'), book, scene, today)
  await holdAndCount(tx, asOperator, book, scene.people[3]!, today)
  await matchTheBank(tx, actor, book, today)
  await auditTheBooks(tx, asOperator('jingshen'), asOperator('caiwu'), book, today)
}

async function keepYear(
  tx: Tx,
  actor: Actor,
  book: Book,
  hands: Hands,
  scene: Scene,
  year: number,
  today: string,
  inMonth: InMonth,
): Promise<void> {
  const thisMonth = yearOf(today) === year ? Number(today.slice(5, 7)) : 13
  for (let month = 1; month <= 12 && month <= thisMonth; month++) {
    // The last days' vouchers still wait; see `waitingOnes`.
    const upTo =
      month === thisMonth
        ? today.slice(0, 8) + String(Math.max(0, Number(today.slice(8)) - 3)).padStart(2, '0')
        : `${year}-12-31`
    const vouchers = monthOf(scene, year, month, upTo)
    if (vouchers.length) await enter(tx, actor, book, hands, vouchers)
    if (year === yearOf(book.openedOn) && month === 6) await buyVan(tx, actor, book, year)
    if (month === 3 && month < thisMonth && year > yearOf(book.openedOn))
      await investInSpring(tx, actor, book, year, yearOf(today))
    await inMonth(year, month)
    if (month >= thisMonth) continue
    await bookDepreciation(tx, actor, book, `${year}-${String(month).padStart(2, '0')}`)
    // The month before this one waits for its closing; in January that is last year's December.
    if (`${year}-${String(month).padStart(2, '0')}` < monthBefore(today)) await closeMonth(tx, actor, book, year, month)
  }
}

async function bringIn(tx: Tx, actor: Actor, book: Book, year: number): Promise<void> {
  let [costFen, lostFen] = [0, 0]
  for (const [code, name, kind, years, yuan, from] of INHERITED) {
    const acquiredOn = `${Number(from.slice(0, 4)) + year - 2026}${from.slice(4)}-10`
    const cost = yuan * 100
    const lost = Math.min(cost, Math.round(cost / (years * 12)) * monthsBetween(acquiredOn, book.openedOn))
    costFen += cost
    lostFen += lost
    const card = {
      unitId: book.unitId,
      code,
      name,
      kind,
      years,
      costFen: cost,
      acquiredOn,
      origin: 'opening',
      lostBeforeFen: lost,
      bulk: true,
    }
    await addAsset(tx, actor, book, assetInput.parse({ ...card, place: '职工活动中心', keeper: '办公室' }))
  }
  await saveOpening(tx, actor, book, [
    { account: '101', balanceFen: 318_600, debitFen: 0, creditFen: 0, closingFen: 0 },
    { account: '102', balanceFen: 186_420_000, debitFen: 0, creditFen: 0, closingFen: 0 },
    { account: '162', balanceFen: costFen, debitFen: 0, creditFen: 0, closingFen: 0 },
    { account: '163', balanceFen: -lostFen, debitFen: 0, creditFen: 0, closingFen: 0 },
    { account: '211', balanceFen: -14_260_000, debitFen: 0, creditFen: 0, closingFen: 0 },
    { account: '30104', balanceFen: lostFen - costFen, debitFen: 0, creditFen: 0, closingFen: 0 },
    { account: '32205', balanceFen: -(318_600 + 186_420_000 - 14_260_000), debitFen: 0, creditFen: 0, closingFen: 0 },
  ])
}

const buyVan = async (tx: Tx, actor: Actor, book: Book, year: number): Promise<void> => {
  const card = {
    unitId: book.unitId,
    code: 'GD-005',
    name: '送清凉服务车',
    kind: 'vehicle',
    years: 8,
    costFen: 9_600_000,
  }
  const rest = {
    acquiredOn: `${year}-06-18`,
    origin: 'bought',
    spendingAccount: '50704',
    place: '车队',
    keeper: '运输公司',
  }
  await addAsset(tx, actor, book, assetInput.parse({ ...card, ...rest, attachments: 4 }))
}

/** This year's budget: last year's figures, and room for what the year's plan costs; through both bodies. */
async function approveBudget(tx: Tx, actor: Actor, book: Book, scene: Scene, year: number): Promise<void> {
  const on = `${year}-01-08`
  const { id } = await proposeBudget(tx, actor, { unitId: book.unitId, year })
  await sql`update funds.budget_line set amount_fen = (amount_fen * 103 / 100 + 99999) / 100000 * 100000 where budget_id = ${id}`.execute(
    tx,
  )
  await sql`delete from funds.budget_line l using funds.project p
    where l.budget_id = ${id} and p.id = l.project_id and p.code = ${`LDJS-${year - 1}`}`.execute(tx)
  const planned = Array.from({ length: 12 }, (_, at) => monthOf(scene, year, at + 1, `${year}-12-31`))
    .flat()
    .flatMap((voucher) => voucher.lines.filter((line) => line.account.startsWith('5')))
    .map((line) => ({ account: line.account, project: line.project ?? null, fen: line.debitFen ?? 0 }))
  await sql`insert into funds.budget_line (budget_id, direction, account_code, project_id, amount_fen)
    select ${id}, 'spending', t.account, p.id, (sum(t.fen) * 106 / 100 + 99999)::bigint / 100000 * 100000
    from json_to_recordset(${JSON.stringify(planned)}::json) as t (account text, project text, fen bigint)
      left join funds.project p on p.book_id = ${book.id} and p.code = t.project
    group by t.account, p.id
    on conflict (budget_id, direction, account_code, coalesce(project_id, 0))
      do update set amount_fen = greatest(excluded.amount_fen, funds.budget_line.amount_fen)`.execute(tx)
  await decideBudget(tx, actor, id, { verb: '提交' }, on)
  await decideBudget(tx, actor, id, { verb: '同意', minutes: `第 ${year - 2015} 次全委会会议纪要`, minutesOn: on }, on)
  await decideBudget(tx, actor, id, { verb: '同意' }, `${year}-01-16`)
}

/** Ids of a unit and everything under it. */
const below = (units: ReadonlyMap<string, DemoUnit>, code: string): number[] => [
  units.get(code)!.id,
  ...[...units.values()].filter((one) => one.parent === code).flatMap((one) => below(units, one.code)),
]
