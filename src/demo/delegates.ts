import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import { enterCount } from '../modules/ballots/public.ts'
import {
  closeProject,
  decideOpinion,
  delegatesOf,
  endSeat,
  openProject,
  projectFor,
  runningTerm,
  saySomething,
} from '../modules/congress/public.ts'
import {
  announce,
  answerAnnulment,
  answerPlan,
  answerResult,
  ballotsOf,
  closeRace,
  convene,
  describeCandidate,
  drawUp,
  freezeRoll,
  issue,
  listCandidate,
  nameTellers,
  prepare,
  proposeAnnulment,
  publicise,
  racesOf,
  report,
  signIn,
  sittingsOf,
  submitPlan,
  takeSeats,
} from '../modules/elections/public.ts'
import { addDays, workday } from './days.ts'
import type { DemoPerson, Roster } from './roster.ts'
import type { DemoUnit } from './units.ts'

/**
 * What became of delegates since they were elected: one moved away; the one whom the branch elected instead lost the seat when
 * two people found that election invalid, so that it waits again; and three projects in which delegates took part.
 */
export async function sendDelegates(
  tx: Tx,
  actorOf: (user: string) => Actor,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  today: string,
): Promise<void> {
  const hand = (user: string): Actor => ({ ...actorOf(user), kind: 'operator' })
  const unitId = units.get('demo')!.id
  const term = (await runningTerm(tx, unitId, 'staff'))!
  const seated = await delegatesOf(tx, term.id)
  const branch = units.get('D06')!
  const seats = new Set(seated.map((one) => one.personId))
  const staff = roster.people.filter(
    (one) => one.branch === 'D06' && one.union === 'demo' && !one.retired && !seats.has(one.id),
  )
  const heldOn = workday(addDays(today, -70))
  const leaving = seated.find((one) => one.constituency === staff[0]!.branchName)!
  await endSeat(tx, hand('zuzhi'), leaving.id, addDays(heldOn, -20), '调到集团公司工作')
  const id = await elected(tx, hand, unitId, branch, staff, heldOn)
  await takeSeats(tx, hand('zuzhi'), id, {
    seats: [
      {
        personId: staff[2]!.id,
        category: 'technical',
        constituencyId: leaving.constituencyId,
        dispatched: false,
        replacesId: leaving.id,
      },
    ],
  })
  const found = workday(addDays(today, -16))
  await proposeAnnulment(
    tx,
    hand('zuzhi'),
    id,
    {
      words: '复查发现车间夜班四十余人没有接到开会通知，到会人数登记有误',
      document: `岚工组〔${found.slice(0, 4)}〕22号`,
      on: found,
    },
    found,
  )
  await answerAnnulment(tx, hand('xianzhuxi'), id, { confirm: true }, found)
  await projects(
    tx,
    hand('ganshi'),
    unitId,
    seated.map((one) => one.personId),
    today,
  )
}

/** One seat of a branch, elected by its whole staff and approved. @returns the election's id */
async function elected(
  tx: Tx,
  hand: (user: string) => Actor,
  unitId: number,
  branch: DemoUnit,
  staff: readonly DemoPerson[],
  heldOn: string,
): Promise<number> {
  const [officer, clerk, county] = [hand('zuzhi'), hand('ganshi'), hand('xianzhuxi')]
  // Nobody is told of answers that are months old.
  const sender: Actor = { ...officer, accountId: 0 }
  const paper = (number: number): string => `岚工组〔${heldOn.slice(0, 4)}〕${number}号`
  const { id } = await drawUp(tx, officer, {
    unitId,
    kind: 'delegates',
    form: 'members',
    title: `${branch.name}增补职工代表选举`,
    heldOn,
    chairBy: 'committee',
    enterprise: true,
    reason: '一名职工代表调离',
    races: [{ post: 'staff-delegate', seats: 1, unitId: branch.id }],
  })
  await submitPlan(tx, sender, id, addDays(heldOn, -30))
  await answerPlan(tx, county, id, { verb: '同意', document: paper(16) }, addDays(heldOn, -26))
  const [race] = await racesOf(tx, id)
  const [sitting] = await sittingsOf(tx, id)
  const [watcher, counter, ...standing] = staff.slice(0, 4)
  for (const candidate of standing) {
    await listCandidate(tx, officer, race!.id, candidate.id)
    await describeCandidate(tx, officer, race!.id, candidate.id, { relation: 'none' }, addDays(heldOn, -20))
  }
  const { expected } = await freezeRoll(tx, officer, sitting!.id)
  await nameTellers(tx, officer, sitting!.id, [
    { personId: watcher!.id, duty: '监票人' },
    { personId: counter!.id, duty: '计票人' },
  ])
  await publicise(tx, officer, id, addDays(heldOn, -16), addDays(heldOn, -16))
  await convene(tx, officer, id, heldOn)
  const present = Math.ceil((expected * 3) / 4)
  await signIn(
    tx,
    officer,
    sitting!.id,
    staff.slice(0, present).map((one) => one.id),
    true,
  )
  await prepare(tx, officer, sitting!.id)
  await issue(tx, officer, sitting!.id, heldOn)
  const [ballot] = await ballotsOf(tx, id)
  const yes = [present - 15, 12]
  const sheet = {
    issued: present,
    returned: present,
    valid: present,
    invalid: 0,
    items: standing.map((one, at) => ({
      key: `p${one.id}`,
      yes: yes[at]!,
      no: present - yes[at]! - 3,
      abstain: 3,
    })),
    writeIns: [],
  }
  for (const teller of [clerk, officer]) await enterCount(tx, teller, ballot!.vote.id, 'main', sheet)
  await closeRace(tx, officer, race!.id, [])
  await announce(tx, officer, id, heldOn)
  await report(tx, sender, id, workday(addDays(heldOn, 2)))
  const on = workday(addDays(heldOn, 12))
  await answerResult(tx, county, id, { verb: '同意', document: paper(18), on }, on)
  return id
}

/** 源头参与: one ended with every word answered, one with a word that waits for its answer, one just begun. */
async function projects(
  tx: Tx,
  officer: Actor,
  unitId: number,
  delegates: readonly number[],
  today: string,
): Promise<void> {
  const begin = (
    project: Pick<Parameters<typeof openProject>[2], 'kind' | 'title' | 'right' | 'stage'>,
    startedOn: string,
    at: number,
  ): Promise<number> =>
    openProject(tx, officer, {
      unitId,
      startedOn,
      representativeId: delegates[at]!,
      personIds: delegates.slice(at + 1, at + 4),
      ...project,
    })
  const tender = workday(addDays(today, -62))
  const clothes = await begin(
    { kind: '采购与招标监督', title: '工作服和劳动防护用品采购', right: '监督权', stage: '源头参与' },
    tender,
    10,
  )
  const words = [
    ['焊工的防护服请先试穿再定标。', '采纳', '招标文件增加试穿一周的评分项。'],
    ['夏装改用透气面料。', '部分采纳', '本批次先在铸造、热处理分厂改用，明年全部更换。'],
  ] as const
  for (const [at, [said]] of words.entries())
    await saySomething(tx, officer, clothes, {
      personId: delegates[10 + at]!,
      words: said,
      saidOn: addDays(tender, 2 + at),
    })
  for (const [at, opinion] of (await projectFor(tx, officer, clothes)).opinions.entries())
    await decideOpinion(tx, officer, opinion.id, {
      outcome: words[at]![1],
      answer: words[at]![2],
      decidedOn: addDays(tender, 12),
    })
  await closeProject(tx, officer, clothes, {
    closedOn: addDays(tender, 30),
    written: true,
    conclusion: '两条意见都有答复，代表参加了开标和验收，结果在厂务公开栏公布。',
  })
  const pay = workday(addDays(today, -24))
  const supervised = await begin(
    { kind: '绩效工资监督', title: '三季度绩效工资分配', right: '知情权', stage: '过程监督' },
    pay,
    30,
  )
  await saySomething(tx, officer, supervised, {
    personId: delegates[31]!,
    words: '班组分配结果请在班前会上念一遍，不要只贴在办公室。',
    saidOn: addDays(pay, 3),
  })
  await begin(
    { kind: '人事制度改革', title: '技能等级与岗位工资挂钩方案', right: '参与权', stage: '源头参与' },
    workday(addDays(today, -6)),
    50,
  )
}
