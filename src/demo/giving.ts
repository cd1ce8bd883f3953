import { sql } from 'kysely'
import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import { reportEvent } from '../modules/care/server/events.ts'
import { takeBack } from '../modules/care/server/money.ts'
import { handOut } from '../modules/care/server/rounds/hand-out.ts'
import { planRound } from '../modules/care/server/rounds/plan.ts'
import { cancelRound, closeRound, openRound } from '../modules/care/server/rounds/run.ts'
import { recordVisit } from '../modules/care/server/visit.ts'
import { closeDrive, openDrive, recordGifts, thank } from '../modules/charity/server/drives.ts'
import { askUse, decideUse, deposit, payUse } from '../modules/charity/server/money.ts'
import { addAid, addPair, endPair } from '../modules/charity/server/pairs.ts'
import { decide } from '../modules/funds/server/spending/decide.ts'
import { paySpending } from '../modules/funds/public.ts'
import { sayConsent } from '../modules/privacy/server/mine.ts'
import { attend, book, remind } from '../modules/welfare/server/attend.ts'
import { closeCheckUp, openCheckUp, planCheckUp } from '../modules/welfare/server/plan.ts'
import { addDays } from './days.ts'
import type { Roster } from './roster.ts'
import type { DemoUnit } from './units.ts'

const upTo = (n: number, from = 1): number[] => Array.from({ length: n }, (_, at) => from + at)

/** Festivals and birthdays of two years, a check-up done and one being booked, drives and pairs: by branches, to stay small. */
export async function roundsAndDrives(
  tx: Tx,
  actor: Actor,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  year: number,
  today: string,
): Promise<void> {
  const idOf = (code: string): number => units.get(code)!.id
  const round = async (code: string, more: object, share: number, end: 'close' | 'cancel' | null): Promise<void> => {
    const { id, people } = await planRound(tx, actor, {
      unitId: idOf(code),
      kind: 'festival',
      occasion: '春节',
      title: '春节慰问',
      roll: 'all',
      personIds: [],
      gift: '米面油一份',
      valueFen: 30_000,
      startOn: `${year - 1}-01-20`,
      untilOn: `${year - 1}-02-10`,
      place: '分会办公室',
      source: 'bought',
      perPerson: 1,
      ...more,
    } as Parameters<typeof planRound>[2])
    if (end === 'cancel') {
      await cancelRound(tx, actor, id, '供应商未能按期供货', today)
      return
    }
    const on = (more as { startOn?: string }).startOn ?? `${year - 1}-01-22`
    await openRound(tx, actor, id, { confirmed: true, overReason: '委员会集体研究决定' }, on)
    const taken = Math.floor((people * share) / 100)
    const most = Math.max(0, taken - 3)
    if (most) await handOut(tx, actor, id, { nos: upTo(most), how: 'self', on }, today)
    if (taken > most)
      await handOut(
        tx,
        actor,
        id,
        { nos: upTo(taken - most, most + 1), how: 'substitute', signedBy: '班组长', on },
        today,
      )
    if (end === 'close') await closeRound(tx, actor, id, today)
  }
  await round('D01', {}, 97, 'close')
  const autumn = { occasion: '中秋', title: '中秋慰问', gift: '月饼一盒', valueFen: 15_000 }
  await round('D02', { ...autumn, startOn: `${year - 1}-09-20`, untilOn: `${year - 1}-10-08` }, 94, 'close')
  await round(
    'D03',
    { ...autumn, title: '中秋慰问（取消）', startOn: `${year - 1}-09-20`, untilOn: `${year - 1}-10-08` },
    0,
    'cancel',
  )
  const begun = addDays(today, -6)
  await round(
    'D01',
    { ...autumn, occasion: '国庆', title: '国庆慰问', startOn: begun, untilOn: addDays(today, 10) },
    55,
    null,
  )
  await round(
    'D01',
    {
      kind: 'birthday',
      occasion: '蛋糕券',
      roll: 'birthday',
      title: '本月生日',
      gift: '蛋糕券一张',
      valueFen: 20_000,
      startOn: `${today.slice(0, 8)}01`,
      untilOn: today,
    },
    60,
    null,
  )

  const checkUp = async (code: string, startOn: string, untilOn: string, running: boolean): Promise<void> => {
    const { id, people } = await planCheckUp(tx, actor, {
      unitId: idOf(code),
      title: '年度职工体检',
      scope: '在职体检',
      hospital: '县人民医院体检中心',
      roll: 'all',
      personIds: [],
      startOn,
      untilOn,
      costFen: 42_000,
      note: '空腹前往，带身份证',
      slots: [
        { onDay: startOn, part: '上午', places: 2000 },
        { onDay: untilOn, part: '上午', places: 2000 },
      ],
    })
    await openCheckUp(tx, actor, id)
    const came = Math.floor((people * (running ? 30 : 92)) / 100)
    if (came) await attend(tx, actor, id, { nos: upTo(came), on: startOn, followUp: false }, today)
    await attend(tx, actor, id, { nos: [1, 2], on: startOn, followUp: true }, today)
    const { rows: due } = await sql<{ personId: number }>`
      select person_id as "personId" from welfare.check_up_entry where check_up_id = ${id} and no = 1`.execute(tx)
    await sayConsent(tx, { ...actor, personId: due[0]!.personId }, 'reminder', true)
    await remind(tx, actor, id, { no: 1, on: today }, today)
    if (!running) {
      await closeCheckUp(tx, actor, id)
      return
    }
    const { rows } = await sql<{ id: number }>`
      select id from welfare.check_up_slot where check_up_id = ${id} and on_day = ${untilOn}::date`.execute(tx)
    for (const no of upTo(6, came + 1)) await book(tx, actor, id, { slotId: rows[0]!.id, no }, today)
  }
  await checkUp('D02', `${year - 1}-05-10`, `${year - 1}-05-20`, false)
  await checkUp('D01', addDays(today, -3), addDays(today, 12), true)

  const old = await openDrive(tx, actor, {
    unitId: idOf('D04'),
    cause: 'society',
    title: '共建绿色林',
    purpose: '植树绿化',
    beneficiary: '县林场',
    startOn: `${year - 1}-03-05`,
    untilOn: `${year - 1}-03-20`,
  })
  const gifts = (people: number, fen: number) => upTo(Math.floor(people * 0.7)).map((no) => ({ no, amountFen: fen }))
  await recordGifts(
    tx,
    actor,
    old.id,
    { on: `${year - 1}-03-12`, gifts: gifts(old.people, 2_000).slice(0, 500) },
    today,
  )
  await thank(tx, actor, old.id, `${year - 1}-04-02`)
  await closeDrive(tx, actor, old.id)

  const helpers = roster.people.filter((one) => one.union === 'demo' && !one.retired)
  for (const [at, pupil] of ['林小北', '田小禾', '孟小雨'].entries()) {
    const { id } = await addPair(
      tx,
      actor,
      {
        unitId: idOf('D05'),
        kind: 'pupil',
        helperId: helpers[at * 91 + 7]!.id,
        pupil,
        classroom: '七年级二班',
        consentOn: `${year - 1}-02-20`,
        startOn: `${year - 1}-02-25`,
      },
      today,
    )
    await addAid(tx, actor, id, { on: `${year - 1}-03-01`, item: '学费', amountFen: 60_000 }, today)
    if (at === 2) await endPair(tx, actor, id, { on: `${year - 1}-12-31`, reason: '学生转学' })
    else if (today >= `${year}-03-01`)
      await addAid(tx, actor, id, { on: `${year}-03-01`, item: '学习用品', amountFen: 30_000 }, today)
  }
}

/** Money of visits and of a drive, in every state, through the hands the books ask for: after the books stand. */
export async function careMoney(
  tx: Tx,
  actorOf: (user: string) => Actor,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  today: string,
): Promise<void> {
  const hand = (user: string): Actor => ({ ...actorOf(user), kind: 'operator' })
  const [branch, accountant, chair, cashier] = [hand('fenhui'), hand('caiwu'), hand('zhuxi'), hand('chuna')]
  const people = roster.people.filter((one) => one.branch === 'D01' && !one.retired)
  for (let at = 0; at < 5; at++) {
    const event = await reportEvent(
      tx,
      branch,
      {
        personId: people[at * 7 + 60]!.id,
        status: '在职',
        occasion: '住院',
        relation: '本人',
        happenedOn: today,
      },
      today,
    )
    const { requestId } = await recordVisit(
      tx,
      branch,
      event.id,
      {
        visitedOn: today,
        amountFen: 50_000,
        giftValueFen: 0,
        giftBought: false,
        method: 'transfer',
        confirmed: true,
        overReason: '住院时间较长，分会研究同意',
        ledBy: '分会主席',
        visitors: '分会主席、工会小组长',
        signedBy: event.personName,
      },
      today,
    )
    // One waits for the accountant, one was turned down, one waits for the cashier, two are paid and one of them came back.
    if (!requestId || at === 0) continue
    if (at === 1) {
      await decide(tx, accountant, requestId, { verb: '否决', words: '与医保结算单不符，请核实' }, today)
      continue
    }
    await decide(tx, accountant, requestId, { verb: '同意' }, today)
    await decide(tx, chair, requestId, { verb: '同意' }, today)
    if (at === 2) continue
    await paySpending(tx, cashier, requestId, { paidOn: today }, today)
    if (at === 4)
      await takeBack(tx, cashier, event.id, { on: today, amountFen: 20_000, reason: '本人谢绝部分慰问金' }, today)
  }

  const drive = await openDrive(tx, branch, {
    unitId: units.get('D06')!.id,
    cause: 'hardship',
    title: '帮扶困难职工募捐',
    purpose: '困难职工子女上学',
    beneficiary: '本分会两户困难职工',
    targetFen: 1_000_000,
    startOn: addDays(today, -20),
    untilOn: addDays(today, 10),
  })
  const gifts = upTo(Math.min(500, Math.floor(drive.people * 0.8))).map((no) => ({
    no,
    amountFen: 5_000 + (no % 5) * 1_000,
  }))
  await recordGifts(tx, branch, drive.id, { on: today, gifts }, today)
  await deposit(tx, cashier, drive.id, { on: today, payInto: '102' }, today)
  for (const [at, amountFen] of [200_000, 80_000, 60_000].entries()) {
    const { useId } = await askUse(tx, branch, drive.id, { what: '子女学费', payee: '县第一中学', amountFen })
    if (at === 0) continue
    await decideUse(tx, chair, useId, at === 2 ? { granted: false, words: '学费已有助学金' } : { granted: true })
    if (at === 1) await payUse(tx, cashier, useId, { on: today, payFrom: '102' }, today)
  }
}
