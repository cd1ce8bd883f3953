import { sql } from 'kysely'
import { operator, type Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import { claimInput, planInput } from '../modules/mutual-aid/contract.ts'
import { appeal, moveClaim, reviewSample } from '../modules/mutual-aid/server/decide.ts'
import { fileClaim } from '../modules/mutual-aid/server/claims.ts'
import { enrolMembers, renewMembers } from '../modules/mutual-aid/server/enrolment.ts'
import { payClaim } from '../modules/mutual-aid/server/pay.ts'
import { addPlan } from '../modules/mutual-aid/server/plans.ts'
import { collectPremiums } from '../modules/mutual-aid/server/pool.ts'
import { addDays, yearOf } from './days.ts'
import type { DemoPerson, Roster } from './roster.ts'
import type { DemoUnit } from './units.ts'

interface Scene {
  tx: Tx
  today: string
  people: readonly DemoPerson[]
  /** 初审 and 支付, 审批, and whoever looks at what was picked. */
  examiner: Actor
  approver: Actor
  third: Actor
}

/**
 * Two years of mutual aid at one sub-branch: last year's inpatient plan, settled by the organisation, with a refusal; this year's
 * internal fund in the union's books, with one appeal won, one waiting, one claim filed again, and claims at every step.
 */
export async function mutualFund(
  tx: Tx,
  actorOf: (user: string) => Actor,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  today: string,
): Promise<void> {
  const hand = (user: string): Actor => ({ ...actorOf(user), kind: 'operator' })
  const branch = units.get('D01-1')!.id
  const scene: Scene = {
    tx,
    today,
    people: roster.people.filter((one) => one.unit === 'D01-1' && !one.retired),
    examiner: hand('shenghuo'),
    approver: hand('zhuxi'),
    third: hand('ganshi'),
  }
  const year = yearOf(today)
  const common = { unitId: units.get('demo')!.id, claimDays: 365, papers: ['出院小结', '费用发票或医保结算单'] }
  const inpatient = (at: number) =>
    planInput.parse({
      ...common,
      scheme: '职工医疗互助',
      title: `${at} 年职工医疗互助`,
      organiser: '清河市职工互助保障中心',
      startsOn: `${at}-01-01`,
      endsOn: `${at}-12-31`,
      premiumFen: 8_000,
      unionFen: 3_000,
      waitingDays: 30,
      causes: ['住院'],
      formula: {
        kind: 'tiers',
        thresholdFen: 100_000,
        inclusive: true,
        tiers: [
          { lowFen: 100_000, highFen: 500_000, rate: 5_000 },
          { lowFen: 500_000, highFen: 1_000_000, rate: 6_000 },
          { lowFen: 1_000_000, highFen: null, rate: 7_000 },
        ],
      },
      caps: { periodFen: 2_000_000 },
      document: `市职保〔${at - 1}〕11号`,
    })
  const last = await addPlan(tx, scene.examiner, inpatient(year - 1))
  const began = `${year - 1}-01-10`
  await enrolMembers(tx, scene.examiner, last.id, { unitId: branch, paidOn: began }, began)
  for (const [at, ownFen] of [840_000, 420_000, 96_000, 1_310_000].entries())
    await inpatientClaim(scene, last.id, at, ownFen)
  const next = await addPlan(tx, scene.examiner, inpatient(year))
  const renewedOn = today < `${year}-01-08` ? today : `${year}-01-08`
  await renewMembers(tx, scene.examiner, next.id, { unitId: branch }, renewedOn)
  await enrolMembers(tx, scene.examiner, next.id, { unitId: branch, paidOn: renewedOn }, renewedOn)
  await internalFund(scene, common, branch, year)
}

/** From their phones; they have no accounts that messages could go to. */
const claimants = operator('演示数据')

const filed = (planId: number, person: DemoPerson, eventOn: string, more: object) =>
  claimInput.parse({
    planId,
    personId: person.id,
    cause: '住院',
    eventOn,
    hospital: '三级',
    days: 8,
    totalFen: 2_600_000,
    ownFen: 800_000,
    invoiceNo: `清医${person.id}-${eventOn}`,
    papers: ['出院小结', '费用发票或医保结算单'],
    claimedFen: 800_000,
    ...more,
  })

async function inpatientClaim(scene: Scene, planId: number, at: number, ownFen: number): Promise<void> {
  const { tx, examiner, approver } = scene
  const eventOn = `${yearOf(scene.today) - 1}-0${at * 2 + 2}-12`
  const person = scene.people[at * 9 + 5]!
  const day = addDays(eventOn, 20)
  const { id, checked } = await fileClaim(
    tx,
    claimants,
    filed(planId, person, eventOn, { ownFen, claimedFen: ownFen }),
    day,
  )
  if (!checked.passes) {
    await moveClaim(tx, examiner, id, { verb: '否决', words: '自付没有达到起付线' }, addDays(day, 2))
    return
  }
  await moveClaim(tx, examiner, id, { verb: '同意' }, addDays(day, 2))
  await moveClaim(tx, approver, id, { verb: '同意' }, addDays(day, 4))
  await pay(scene, id, addDays(day, 15), 'direct')
}

/** Whatever the number picked is looked at first. */
async function pay(scene: Scene, id: number, on: string, through: 'account' | 'direct'): Promise<void> {
  const { rows } = await sql<{ sampled: boolean }>`select sampled from mutual_aid.claim where id = ${id}`.execute(
    scene.tx,
  )
  if (rows[0]!.sampled)
    await reviewSample(scene.tx, scene.third, id, { outcome: 'sound', words: '核对了出院小结和发票原件' })
  await payClaim(scene.tx, scene.examiner, id, { paidOn: on, through }, scene.today)
}

async function internalFund(
  scene: Scene,
  common: { unitId: number; claimDays: number },
  branch: number,
  year: number,
): Promise<void> {
  const { tx, today, examiner, approver, third, people } = scene
  const fund = await addPlan(
    tx,
    examiner,
    planInput.parse({
      ...common,
      scheme: '会员大病互助',
      title: `${year} 年会员大病互助金`,
      organiser: '公司工会',
      kind: 'internal',
      startsOn: `${year}-01-01`,
      endsOn: `${year}-12-31`,
      premiumFen: 15_000,
      waitingDays: 0,
      causes: ['大病', '身故'],
      papers: ['诊断证明'],
      formula: { kind: 'lump', amounts: { 一类大病: 300_000, 二类大病: 100_000, 身故: 200_000 }, lessPaid: true },
      caps: { periodFen: 300_000 },
      document: `公司工会〔${year}〕2号`,
    }),
  )
  // The books of earlier months are closed: this round is collected in the running one.
  const monthBegan = `${today.slice(0, 8)}01`
  await enrolMembers(tx, examiner, fund.id, { unitId: branch, paidOn: null }, `${year}-01-01`)
  const weeksBefore = addDays(monthBegan, -20)
  const happenedOn = yearOf(weeksBefore) === year ? weeksBefore : `${year}-01-01`
  const late = new Set(people.slice(-6).map((one) => one.id))
  await collectPremiums(
    tx,
    examiner,
    fund.id,
    {
      unitId: branch,
      receivedOn: monthBegan,
      personIds: people.filter((one) => !late.has(one.id)).map((one) => one.id),
    },
    today,
  )
  const claim = async (at: number, more: object = {}) => {
    const draft = filed(fund.id, people[at * 7 + 3]!, happenedOn, {
      cause: '大病',
      category: at % 3 === 0 ? '一类大病' : '二类大病',
      papers: ['诊断证明'],
      ...more,
    })
    return (await fileClaim(tx, claimants, draft, monthBegan)).id
  }
  const move = (actor: Actor, id: number, verb: '同意' | '否决', words?: string) =>
    moveClaim(tx, actor, id, { verb, ...(words && { words }) }, monthBegan)
  const agreed = async (id: number): Promise<void> => {
    await move(examiner, id, '同意')
    await move(approver, id, '同意')
  }
  for (const at of [0, 1]) {
    const id = await claim(at)
    await agreed(id)
    await pay(scene, id, monthBegan, 'account')
  }
  // Refused for a missing paper, filed again with it, paid.
  const refused = await claim(2, { papers: [] })
  await move(examiner, refused, '否决', '没有诊断证明')
  const mended = await claim(2, { previousId: refused })
  await agreed(mended)
  await pay(scene, mended, monthBegan, 'account')
  // An appeal that was right, and one that waits.
  const right = await claim(3)
  await move(examiner, right, '否决', '不属于一类大病')
  await appeal(tx, examiner, right, '附上三级医院的病理报告，属于一类', monthBegan)
  await move(approver, right, '同意', '病理报告属实')
  await move(third, right, '同意', '按申诉决定批准')
  await pay(scene, right, monthBegan, 'account')
  const waiting = await claim(4)
  await move(examiner, waiting, '否决', '发票与出院日期不符')
  await appeal(tx, examiner, waiting, '发票日期是结算日期，医院可以证明', monthBegan)
  // Approved and not yet paid; examined; just filed.
  await agreed(await claim(5))
  await move(examiner, await claim(7), '同意')
  await claim(8)
}
