import { sql } from 'kysely'
import { operator, type Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import { termsInput } from '../modules/aid/contract.ts'
import {
  addProgramme,
  answerAppeal,
  appeal,
  beginApplication,
  moveCycle,
  openCycle,
  payCycle,
  refundOne,
  returnApplication,
  signReceipt,
  submitApplication,
} from '../modules/aid/public.ts'
import type { Kind } from '../modules/aid/words.ts'
import { holdersOf } from './accounts.ts'
import { addDays, workday, yearOf } from './days.ts'
import type { Roster } from './roster.ts'
import type { DemoUnit } from './units.ts'

interface Scene {
  tx: Tx
  dataDir: string
  unitId: number
  today: string
  /** 拟定, 审批, 发放: three people. */
  officer: Actor
  chair: Actor
  cashier: Actor
  /** Members of years' standing, each alone in the family known here; nobody approves a list that oneself is on. */
  people: Roster['people']
}

/**
 * Two years of programmes of the company union, in the months in which the books are still open: paid, refunded, one left
 * out for papers who appealed and was right, and, today, a list with an appeal past its day and applications coming in.
 * @returns what the books call at the end of each month
 */
export function aidCycles(
  tx: Tx,
  dataDir: string,
  actorOf: (user: string) => Actor,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  today: string,
): (year: number, month: number) => Promise<void> {
  const hand = (user: string): Actor => ({ ...actorOf(user), kind: 'operator' })
  const holders = holdersOf(actorOf)
  const scene: Scene = {
    tx,
    dataDir,
    unitId: units.get('demo')!.id,
    today,
    officer: hand('shenghuo'),
    chair: hand('zhuxi'),
    cashier: hand('chuna'),
    people: roster.people.filter(
      (one) =>
        one.union === 'demo' &&
        !one.retired &&
        !holders.has(one.id) &&
        one.householdId === undefined &&
        one.joinedOn < `${yearOf(today) - 3}-01-01`,
    ),
  }
  const programmes = new Map<Kind, number>()
  const year = yearOf(today)
  return async (at, month) => {
    if (at === year - 1 && month === 1) await foundProgrammes(scene, programmes, at)
    if (at < year - 1) return
    if (month === 1) await warmth(scene, programmes.get('warmth')!, at)
    if (month === 9) await scholarship(scene, programmes.get('school')!, at)
    if (at === year && month === Number(today.slice(5, 7))) await inHand(scene, programmes)
  }
}

async function foundProgrammes(scene: Scene, programmes: Map<Kind, number>, year: number): Promise<void> {
  const rules = {
    warmth: { pool: 'members', tags: ['劳模'], baseFen: 80_000, perTimeFen: 300_000, perYearFen: 600_000 },
    living: {
      pool: 'files',
      byFamily: true,
      baseFen: 150_000,
      perHeadFen: 20_000,
      apartMonths: 3,
      perYearFen: 600_000,
    },
    school: { pool: 'applications', memberMonths: 12, baseFen: 300_000, papers: ['录取通知书', '户口簿'] },
    medical: { pool: 'applications', memberMonths: 12, baseFen: 300_000, papers: ['出院小结', '医保结算单'] },
  } as const
  for (const [kind, terms] of Object.entries(rules) as [keyof typeof rules, object][]) {
    const title = { warmth: '劳模送温暖', living: '困难职工生活救助', school: '金秋助学', medical: '医疗救助' }[kind]
    const { id } = await addProgramme(
      scene.tx,
      scene.officer,
      {
        unitId: scene.unitId,
        kind,
        title,
        source: '本级工会经费',
        projectId: null,
        startsOn: `${year}-01-01`,
        endsOn: null,
        document: `岚工发〔${year}〕3号`,
        terms: termsInput.parse(terms),
      },
      `${year}-01-02`,
    )
    programmes.set(kind, id)
  }
}

const move = (scene: Scene, who: Actor, cycleId: number, verb: '提交' | '公示' | '同意', on: string) =>
  moveCycle(scene.tx, who, cycleId, { verb, ...(verb === '同意' && { minutes: '工会委员会会议纪要' }) }, on)

async function begin(
  scene: Scene,
  programmeId: number,
  title: string,
  on: string,
  until: string,
  of?: number,
): Promise<number> {
  const window = { title, opensOn: on, closesOn: until, supplementsId: of ?? null }
  return (await openCycle(scene.tx, scene.officer, programmeId, window, on)).id
}

/** Approves and pays a list that has hung; half of them have signed for it. */
async function pay(scene: Scene, cycleId: number, on: string): Promise<number[]> {
  await move(scene, scene.chair, cycleId, '同意', on)
  const paidOn = workday(addDays(on, 1))
  await payCycle(scene.tx, scene.cashier, cycleId, paidOn, paidOn)
  const { rows } = await sql<{ id: number }>`
    select id from aid.entitlement where cycle_id = ${cycleId} and state = 'paid' order by id`.execute(scene.tx)
  const ids = rows.map((row) => row.id)
  for (const id of ids.slice(0, Math.ceil(ids.length / 2)))
    await signReceipt(scene.tx, scene.officer, id, 'paper', workday(addDays(paidOn, 3)))
  return ids
}

/** 春节前: by roster; one came back, because the account was closed, and of another a part; this year one of last year's. */
async function warmth(scene: Scene, programmeId: number, year: number): Promise<void> {
  const cycleId = await begin(scene, programmeId, `${year} 年春节`, `${year}-01-05`, `${year}-01-05`)
  await move(scene, scene.officer, cycleId, '提交', `${year}-01-06`)
  await move(scene, scene.officer, cycleId, '公示', `${year}-01-06`)
  const ids = await pay(scene, cycleId, workday(`${year}-01-20`))
  const back = { reason: '银行卡已注销，款项被退回', refundedOn: workday(`${year}-01-27`) }
  await refundOne(scene.tx, scene.cashier, ids.at(-1)!, back, back.refundedOn)
  const part = { reason: '标准核错，退回多发的部分', refundedOn: back.refundedOn, amountFen: 20_000 }
  await refundOne(scene.tx, scene.cashier, ids.at(-2)!, part, part.refundedOn)
  if (year < yearOf(scene.today)) return
  const { rows } = await sql<{ id: number }>`
    select e.id from aid.entitlement e join aid.cycle c on c.id = e.cycle_id join aid.programme g on g.id = c.programme_id
    where g.kind = 'school' and e.state = 'paid' order by e.id limit 1`.execute(scene.tx)
  const earlier = { reason: '学生休学，退回一半', refundedOn: back.refundedOn, amountFen: 150_000 }
  if (rows[0]) await refundOne(scene.tx, scene.cashier, rows[0].id, earlier, earlier.refundedOn)
}

async function apply(
  scene: Scene,
  cycleId: number,
  personId: number,
  at: number,
  on: string,
  papers: readonly string[],
): Promise<number> {
  const student = ['赵思远', '钱一诺', '孙雨桐', '李浩然', '周子墨', '吴欣怡', '郑嘉树'][at % 7]!
  const { id } = await beginApplication(
    scene.tx,
    scene.officer,
    {
      cycleId,
      personId,
      words: '孩子考上大学，学费和住宿费有困难',
      askedFen: null,
      papers: [...papers],
      student,
      stage: '大学',
      school: '省工业大学',
      studentNo: `9${on.slice(0, 4)}${String(at).padStart(6, '0')}`,
    },
    scene.dataDir,
    on,
  )
  await submitApplication(scene.tx, scene.officer, id, on)
  return id
}

/** 七八月申请, 九月发放. Last year one lacked a paper, appealed, was right and was made good. */
async function scholarship(scene: Scene, programmeId: number, year: number): Promise<void> {
  const people = scene.people
  const cycleId = await begin(scene, programmeId, `${year} 年`, `${year}-07-01`, `${year}-08-26`)
  const offset = year % 7
  for (let at = 0; at < 7; at++) {
    const papers = at === 5 ? ['户口簿'] : ['录取通知书', '户口簿']
    const id = await apply(scene, cycleId, people[at * 301 + offset]!.id, at, `${year}-07-${10 + at}`, papers)
    if (at === 4) {
      await returnApplication(scene.tx, scene.officer, id, '户口簿照片看不清，请重拍')
      await submitApplication(scene.tx, scene.officer, id, `${year}-07-20`)
    }
  }
  await move(scene, scene.officer, cycleId, '提交', `${year}-08-27`)
  await move(scene, scene.officer, cycleId, '公示', `${year}-08-27`)
  const missed = people[5 * 301 + offset]!
  const self: Actor = { ...operator(missed.name), personId: missed.id }
  const filed = await appeal(scene.tx, self, cycleId, '录取通知书八月二十日已交到分会', `${year}-08-31`)
  const upheld = year < yearOf(scene.today)
  const answer = upheld ? '分会漏录，情况属实，另行补办' : '分会没有收到，请本人明年补交材料再申请'
  await answerAppeal(
    scene.tx,
    scene.chair,
    filed.id,
    { outcome: upheld ? 'upheld' : 'dismissed', answer },
    `${year}-09-04`,
  )
  await pay(scene, cycleId, workday(`${year}-09-08`))
  if (!upheld) return
  const supplement = await begin(scene, programmeId, `${year} 年补办`, `${year}-09-09`, `${year}-09-10`, cycleId)
  await apply(scene, supplement, missed.id, 5, `${year}-09-10`, ['录取通知书', '户口簿'])
  await move(scene, scene.officer, supplement, '提交', `${year}-09-11`)
  await move(scene, scene.officer, supplement, '公示', `${year}-09-11`)
  await pay(scene, supplement, workday(`${year}-09-23`))
}

/** What waits today: a list with an appeal past its day, and a cycle that takes applications, one sent back. */
async function inHand(scene: Scene, programmes: ReadonlyMap<Kind, number>): Promise<void> {
  const { tx, today, officer } = scene
  const begun = workday(addDays(today, -24))
  const listed = await begin(scene, programmes.get('living')!, '第四季度', begun, begun)
  await move(scene, officer, listed, '提交', today)
  await move(scene, officer, listed, '公示', begun)
  const { rows } = await sql<{ personId: number; name: string }>`
    select c.person_id as "personId", p.name from aid.candidate c join kernel.person_name p on p.id = c.person_id
    where c.cycle_id = ${listed} and not exists (select from aid.entitlement e where e.cycle_id = c.cycle_id and e.person_id = c.person_id)
    order by c.person_id limit 1`.execute(tx)
  if (rows[0])
    await appeal(
      tx,
      { ...operator(rows[0].name), personId: rows[0].personId },
      listed,
      '年度复核的材料上月已经交齐',
      addDays(begun, 2),
    )
  const medical = await begin(
    scene,
    programmes.get('medical')!,
    `${yearOf(today)} 年第四季度`,
    begun,
    addDays(today, 20),
  )
  const people = scene.people
  for (let at = 0; at < 4; at++) {
    const draft = {
      cycleId: medical,
      personId: people[at * 409 + 11]!.id,
      words: ['本人手术住院，自付费用较多', '爱人长期透析', '父亲住院三次', '孩子住院'][at]!,
      askedFen: [300_000, 250_000, null, 200_000][at]!,
      papers: at === 3 ? ['出院小结'] : ['出院小结', '医保结算单'],
      student: null,
      stage: null,
      school: null,
      studentNo: null,
    }
    const { id } = await beginApplication(tx, officer, draft, scene.dataDir, addDays(begun, at + 1))
    if (at === 2) continue
    await submitApplication(tx, officer, id, addDays(begun, at + 2))
    if (at === 3) await returnApplication(tx, officer, id, '缺医保结算单')
  }
}
