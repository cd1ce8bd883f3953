import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import { enterCount, rollOf } from '../modules/ballots/public.ts'
import {
  addPaper,
  addRemark,
  addVersion,
  announce,
  answerRemark,
  askLeave,
  callVote,
  closeSession,
  concludeItem,
  constituenciesOf,
  delegatesOf,
  openSession,
  openTerm,
  passAtDesk,
  prepareSession,
  resolve,
  savePanel,
  saveItem,
  seatDelegates,
  sendNotice,
  setConstituencies,
} from '../modules/congress/public.ts'
import { addDays, workday } from './days.ts'
import { random } from './random.ts'
import type { DemoPerson, Roster } from './roster.ts'
import type { DemoUnit } from './units.ts'

/** Two different officers of the union enter every count. */
type Officer = (user: string) => Actor
const deputy = (officer: Actor): Actor => ({ ...officer, kind: 'operator' })

/** A members' congress that was held, with two votes and minutes, and a staff congress that is being prepared. */
export async function congresses(
  tx: Tx,
  actor: Actor,
  officer: Officer,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  year: number,
  today: string,
): Promise<void> {
  const unitId = units.get('demo')!.id
  const people = roster.people.filter((one) => one.union === 'demo' && !one.retired)
  const members = await seatTerm(
    tx,
    actor,
    unitId,
    people,
    { kind: 'members-congress', ordinal: 5, seats: 96 },
    year,
    0,
  )
  await held(tx, actor, officer, members, today)
  const staff = await seatTerm(tx, actor, unitId, people, { kind: 'staff-congress', ordinal: 9, seats: 120 }, year, 4)
  await prepared(tx, actor, staff, year, today)
}

/** Electoral units are the branches; each takes its seats' number of its people, from a place of its own in the roster. */
async function seatTerm(
  tx: Tx,
  actor: Actor,
  unitId: number,
  people: readonly DemoPerson[],
  term: { kind: 'members-congress' | 'staff-congress'; ordinal: number; seats: number },
  year: number,
  skip: number,
): Promise<number> {
  const byBranch = Map.groupBy(people, (one) => one.branch)
  const branches = [...byBranch].filter(([, own]) => own.length > skip + 12)
  const electedOn = `${year - 2}-03-28`
  const termId = await openTerm(tx, actor, {
    unitId,
    ...term,
    startsOn: `${year - 2}-04-18`,
    dueOn: `${year + 3}-04-18`,
    people: branches.reduce((sum, [, own]) => sum + own.length, 0),
    women: branches.reduce((sum, [, own]) => sum + own.filter((one) => one.gender === 'f').length, 0),
    document: '县总工会批复',
  })
  await setConstituencies(
    tx,
    actor,
    termId,
    branches.map(([, own]) => ({ name: own[0]!.branchName, people: own.length })),
  )
  const draw = random(`congress ${term.kind}`)
  const seats = await constituenciesOf(tx, termId)
  await seatDelegates(
    tx,
    actor,
    termId,
    electedOn,
    seats.flatMap((seat, index) =>
      branches[index]![1].slice(skip, skip + seat.seats).map((person, place) => ({
        personId: person.id,
        constituencyId: seat.id,
        category: place === 0 ? (index % 2 ? ('manager' as const) : ('technical' as const)) : ('front-line' as const),
        votes: draw.between(Math.ceil(seat.people / 2) + 1, seat.people),
      })),
    ),
  )
  const delegates = await delegatesOf(tx, termId)
  for (const [name, from, to] of [
    ['第一代表团', 0, Math.ceil(seats.length / 3)],
    ['第二代表团', Math.ceil(seats.length / 3), Math.ceil((2 * seats.length) / 3)],
    ['第三代表团', Math.ceil((2 * seats.length) / 3), seats.length],
  ] as const) {
    const own = delegates.filter((one) => seats.slice(from, to).some((seat) => seat.id === one.constituencyId))
    await savePanel(tx, actor, termId, {
      kind: 'delegation',
      name,
      delegateIds: own.map((one) => one.id),
      headId: own[0]!.id,
    })
  }
  return termId
}

async function held(tx: Tx, actor: Actor, officer: Officer, termId: number, today: string): Promise<void> {
  const day = workday(addDays(today, -40))
  const on = await prepareSession(
    tx,
    actor,
    termId,
    {
      form: 'session',
      number: 3,
      startsOn: day,
      endsOn: day,
      place: '职工文化中心报告厅',
      host: officer('zhuxi').name,
      recorder: officer('ganshi').name,
    },
    day,
  )
  const items = []
  for (const item of [
    { title: '工会工作报告', duty: 'pass', category: '工会工作报告', reporter: officer('zhuxi').name },
    { title: '工会经费收支情况报告', duty: 'hear', category: '财务报告', reporter: officer('caiwu').name },
    { title: '会员福利慰问办法', duty: 'pass', category: '规章制度', important: true },
  ] as const)
    items.push(await saveItem(tx, actor, on, { important: false, candidateIds: [], ...item }))
  await sendNotice(tx, actor, on, workday(addDays(day, -18)), day)
  await openSession(tx, actor, on, day)
  const delegates = (await delegatesOf(tx, termId)).map((one) => one.personId)
  for (const away of delegates.slice(-3)) await askLeave(tx, actor, on, away, '出差')
  await passAtDesk(tx, actor, on, delegates.slice(0, -5), 'in')
  await concludeItem(tx, actor, items[1]!, { words: '代表对经费收支情况没有异议' }, day)
  for (const [itemId, mode, against] of [
    [items[0]!, 'hands', 0],
    [items[2]!, 'paper', 6],
  ] as const) {
    const vote = await callVote(tx, actor, itemId, { mode, tellerIds: delegates.slice(3, 6) }, day)
    const present = (await rollOf(tx, vote.id)).lines.filter((line) => line.present).length
    const sheet = {
      issued: present,
      returned: present,
      valid: present,
      invalid: 0,
      items: [{ key: 'motion', yes: present - against - 1, no: against, abstain: 1 }],
      writeIns: [],
    }
    for (const user of ['zhuxi', 'ganshi']) await enterCount(tx, deputy(officer(user)), vote.id, 'main', sheet)
    await announce(tx, actor, vote.id, day)
  }
  await resolve(tx, actor, items[2]!, {
    title: '关于会员福利慰问办法的决议',
    words: '大会审议通过《会员福利慰问办法》，由公司工会组织实施。',
    effectiveOn: addDays(day, 10),
  })
  await closeSession(tx, actor, on)
}

/** The number of the staff congress's next session: the ledgers hold two a year, in January and July. */
export const comingSession = (year: number, today: string): number =>
  Math.max(3, 3 + (year - 2025) * 2 + (today.slice(5) < '01-16' ? 0 : today.slice(5) < '07-18' ? 1 : 2))

async function prepared(tx: Tx, actor: Actor, termId: number, year: number, today: string): Promise<void> {
  const day = workday(addDays(today, 26))
  const on = await prepareSession(
    tx,
    actor,
    termId,
    { form: 'session', number: comingSession(year, today), startsOn: day, endsOn: day, place: '总装一分厂会议中心' },
    today,
  )
  const items = []
  for (const item of [
    { title: '行政工作报告', duty: 'hear', category: '行政工作报告' },
    { title: '提案处理情况报告', duty: 'hear', category: '提案处理情况报告' },
    { title: '倒班津贴办法', duty: 'pass', category: '工资与绩效办法', important: true },
    { title: '工资专项集体合同草案', duty: 'pass', category: '集体合同草案', agreement: 'wage' },
  ] as const)
    items.push(await saveItem(tx, actor, on, { important: false, candidateIds: [], ...item }))
  const paper = await addPaper(tx, actor, on, {
    title: '倒班津贴办法（草案）',
    itemId: items[2]!,
    text: '第一条　本办法适用于实行倒班的职工。\n第二条　夜班津贴每班二十元。\n第三条　津贴随当月工资发放。',
  })
  const remark = await addRemark(tx, actor, paper, {
    versionNo: 1,
    clause: 'c2',
    words: '第一代表团建议夜班津贴提高到三十元。',
  })
  await addRemark(tx, actor, paper, { versionNo: 1, clause: 'c1', words: '建议写明临时顶岗的职工是否适用。' })
  await addVersion(tx, actor, paper, {
    after: 1,
    note: '按代表团意见修改第二条',
    clauses: [
      { key: 'c1', text: '第一条　本办法适用于实行倒班的职工。' },
      { key: 'c2', text: '第二条　夜班津贴每班三十元。' },
      { key: 'c3', text: '第三条　津贴随当月工资发放。' },
    ],
  })
  await answerRemark(tx, actor, remark, { disposition: 'adopted', answer: '经与行政协商采纳。', becameNo: 2 })
}
