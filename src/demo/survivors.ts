import type { Actor } from '../kernel/access/actor.ts'
import { openKeys } from '../kernel/crypto/keys.ts'
import type { Tx } from '../kernel/db/database.ts'
import { addClub, joinClub } from '../modules/retirees/server/clubs.ts'
import { addEvent, markEvent } from '../modules/retirees/server/events.ts'
import { askForMoney } from '../modules/retirees/server/money.ts'
import { planRetirement, recordFarewell, retireDue } from '../modules/retirees/server/retirements.ts'
import { eventInput, farewellInput } from '../modules/retirees/contract.ts'
import { retirementDay } from '../modules/retirees/retirement-age.ts'
import { survivorInput } from '../modules/survivors/contract.ts'
import { receiveHeld } from '../modules/survivors/server/held.ts'
import { openSurvivors } from '../modules/survivors/server/opening.ts'
import { approvePay, payById, payOut, preparePay } from '../modules/survivors/server/pay.ts'
import { recover } from '../modules/survivors/server/recover.ts'
import { closeRound, noteNotices, openRound } from '../modules/survivors/server/reviews.ts'
import { endSurvivor, recordReturn } from '../modules/survivors/server/settle.ts'
import { addStandard } from '../modules/survivors/server/standards.ts'
import { addSurvivor } from '../modules/survivors/server/survivors.ts'
import { addDays, yearOf } from './days.ts'
import type { Roster } from './roster.ts'
import type { DemoUnit } from './units.ts'

/** Invented families: survivor, relation, ground, born, where; the worker and when that was. */
const FAMILIES = [
  ['孟桂芝', '配偶', '年老无收入', '1949-03-11', '外地', '樊有田', 9],
  ['樊小满', '子女', '在校就读', '2006-05-20', '外地', '樊有田', 9],
  ['柳秀珍', '配偶', '年老无收入', '1953-08-02', '市内', '石长河', 6],
  ['石老太', '父母', '年老无收入', '1934-01-15', '市内', '石长河', 6],
  ['卓玉梅', '配偶', '丧失劳动能力', '1958-11-30', '市内', '褚建国', 4],
  ['褚小禾', '子女', '未成年', '2011-09-09', '市内', '褚建国', 4],
  ['温素英', '配偶', '年老无收入', '1946-06-06', '外地', '温大川', 12],
] as const

/**
 * Two years of survivors: last year's review closed (one suspended until the letter came), this year's under way; monthly lists
 * with arrears, this month's from money the employer handed over; a death learned late and the money that came back.
 */
export async function survivors(
  tx: Tx,
  dataDir: string,
  actorOf: (user: string) => Actor,
  units: ReadonlyMap<string, DemoUnit>,
  today: string,
): Promise<void> {
  const hand = (user: string): Actor => ({ ...actorOf(user), kind: 'operator' })
  const [officer, chair] = [hand('shenghuo'), hand('zhuxi')]
  const unitId = units.get('demo')!.id
  const year = yearOf(today)
  await openSurvivors(tx, officer)
  for (const [grade, on, monthlyFen] of [
    ['一档', year - 2, 98_000],
    ['二档', year - 2, 86_000],
    ['二档', year, 90_000],
  ] as const)
    await addStandard(tx, officer, {
      unitId,
      grade,
      monthlyFen,
      validFrom: `${on}-01-01`,
      document: `公司〔${on}〕7号`,
    })
  const ids: number[] = []
  for (const [name, relation, ground, bornOn, place, worker, years] of FAMILIES) {
    const draft = survivorInput.parse({
      unitId,
      name,
      relation,
      ground,
      bornOn,
      place,
      address: place === '外地' ? '邻省青石县河口镇' : '清河县城关镇',
      grade: relation === '配偶' ? '一档' : '二档',
      entitledFrom: `${year - years}-05-01`,
      untilOn: ground === '在校就读' ? `${year + 1}-06-30` : null,
      paidThrough: `${year - 2}-12`,
      deceased: { name: worker, bornOn: '1945-02-02', diedOn: `${year - years}-04-18`, wageFen: 620_000 },
    })
    ids.push((await addSurvivor(tx, officer, openKeys(dataDir), draft, `${year - years}-05-01`)).id)
  }
  const [first, , , old, , , far] = ids as [number, number, number, number, number, number, number]
  const review = async (at: number, answering: readonly number[], day: string): Promise<void> => {
    await openRound(tx, officer, { unitId, year: at, dueOn: `${at}-02-28` }, `${at}-01-05`)
    for (const [place, notice] of [
      ['外地', '函告'],
      ['市内', '电话通知'],
    ] as const)
      await noteNotices(tx, officer, { unitId, year: at, place, notice, noticedOn: `${at}-01-08` }, `${at}-01-08`)
    for (const id of answering)
      await recordReturn(tx, officer, id, at, { returnedOn: day, proof: '视频认证', result: '继续供养' }, day)
  }
  const pay = async (at: number, month: number): Promise<void> => {
    const on = `${at}-${String(month).padStart(2, '0')}-15`
    const { id } = await preparePay(tx, officer, { unitId, month: on.slice(0, 7), source: '行政' }, on)
    await approvePay(tx, chair, id)
    await payOut(tx, officer, id, on, on)
  }
  await review(
    year - 1,
    ids.filter((id) => id !== far),
    `${year - 1}-01-20`,
  )
  await pay(year - 1, 1)
  await pay(year - 1, 2)
  await closeRound(tx, officer, { unitId, year: year - 1 }, `${year - 1}-03-01`)
  await pay(year - 1, 3)
  // The letter came in April: what was withheld comes with the next list.
  const late = {
    returnedOn: `${year - 1}-04-06`,
    proof: '公安户籍证明',
    result: '继续供养',
    words: '回函延误',
  } as const
  await recordReturn(tx, officer, far, year - 1, late, late.returnedOn)
  for (let month = 4; month <= 12; month++) await pay(year - 1, month)
  if (today > `${year}-01-20`)
    await review(
      year,
      ids.filter((id) => id !== first),
      `${year}-01-20`,
    )
  const thisMonth = Number(today.slice(5, 7))
  for (let month = 1; month < thisMonth; month++) await pay(year, month)
  // She died a month ago, as the family said only now: last month was paid in vain once more and came back.
  if (thisMonth > 2) {
    const died = addDays(`${today.slice(0, 7)}-01`, -40)
    await endSurvivor(tx, officer, old, { exitReason: '去世', exitOn: died, words: '家属来电' }, today)
    await recover(tx, officer, old, today, today)
  }
  await thisMonthsList(tx, officer, chair, unitId, today)
}

/** The running month's list: from what the employer handed over this month, of which something is left. */
async function thisMonthsList(tx: Tx, officer: Actor, chair: Actor, unitId: number, today: string): Promise<void> {
  const { id } = await preparePay(tx, officer, { unitId, month: today.slice(0, 7), source: '代管经费' }, today)
  const { totalFen } = await payById(tx, officer, id)
  const handed = {
    unitId,
    amountFen: totalFen + 90_000,
    receivedOn: today,
    payer: '公司人力资源部',
    reference: `拨款单 ${today.slice(0, 7)}`,
  }
  await receiveHeld(tx, officer, handed, today)
  await approvePay(tx, chair, id)
  await payOut(tx, officer, id, today, today)
}

/** Three whose day came this year, one seen off, two still waiting; a group; an outing in each year and a round of visits. */
export async function retired(
  tx: Tx,
  actorOf: (user: string) => Actor,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  today: string,
): Promise<void> {
  const officer: Actor = { ...actorOf('shenghuo'), kind: 'operator' }
  const unitId = units.get('demo')!.id
  const year = yearOf(today)
  const due = roster.people
    .filter((one) => one.union === 'demo' && !one.retired)
    .map((one) => {
      const category = one.gender === 'm' ? ('m60' as const) : ('f55' as const)
      return { one, category, dueOn: retirementDay(category, one.bornOn).statutory }
    })
    .filter(({ dueOn }) => dueOn > addDays(today, -200) && dueOn <= addDays(today, 60))
    .slice(0, 4)
  const planned: number[] = []
  for (const { one, category } of due) {
    const made = await planRetirement(tx, officer, { personId: one.id, category, basis: '法定' })
    planned.push(made.id)
  }
  await retireDue(tx, officer, today)
  const came = due.findIndex(({ dueOn }) => dueOn <= today)
  if (came >= 0)
    await recordFarewell(
      tx,
      officer,
      planned[came]!,
      farewellInput.parse({ heldOn: due[came]!.dueOn, party: true, flowers: true, gift: '纪念相册', costFen: 26_000 }),
      today,
    )
  const people = roster.people.filter((one) => one.union === 'demo' && one.retired)
  const { id: clubId } = await addClub(tx, officer, { unitId, name: '河东退休小组', leaderId: people[0]!.id })
  await joinClub(
    tx,
    officer,
    clubId,
    people.slice(0, 24).map((one) => one.id),
  )
  for (const at of [year - 1, year]) {
    const onDay = at === year && today < `${year}-10-11` ? today : `${at}-10-11`
    const outing = eventInput.parse({
      unitId,
      kind: 'activity',
      title: '河东小组重阳参观',
      onDay,
      clubId,
      occasion: '重阳（老年）节活动',
      form: '参观',
      place: '清河湿地',
    })
    const { id } = await addEvent(tx, officer, outing)
    await markEvent(tx, officer, id, {
      marks: people.slice(0, 24).map((one, index) => ({ personId: one.id, invited: true, done: index % 5 !== 0 })),
    })
    // Asked for this year and waiting for the accountant; last year's was paid by the retirees' department.
    if (at === year) {
      const draft = { amountFen: 96_000, payee: '清河客运公司', method: 'transfer', confirmed: true } as const
      await askForMoney(tx, officer, id, draft, today)
    }
  }
  const visit = eventInput.parse({
    unitId,
    kind: 'visit',
    title: '河东小组春节走访',
    onDay: today < `${year}-02-08` ? today : `${year}-02-08`,
    clubId,
    festival: '春节',
    ledBy: '工会主席',
  })
  const { id } = await addEvent(tx, officer, visit)
  await markEvent(tx, officer, id, {
    marks: people
      .slice(0, 9)
      .map((one) => ({ personId: one.id, done: true, form: '上门走访' as const, amountFen: 30_000 })),
  })
}
