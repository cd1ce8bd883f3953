import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import { chineseOrdinal } from '../kernel/documents/model.ts'
import {
  createMotion,
  fileMotion,
  giveVerdict,
  mergeMotion,
  openCall,
  planHandling,
  rejectMotion,
  reply,
  returnMotion,
  saveDepartment,
  tellProgress,
  toOpinion,
  transferMotion,
  urgeAll,
} from '../modules/motions/public.ts'
import { namedSessions } from '../modules/congress/public.ts'
import { holdersOf } from './accounts.ts'
import { comingSession } from './congress.ts'
import { addDays, workday } from './days.ts'
import { chooseBest, suggestions, type Arranged } from './motion-panels.ts'
import type { Roster } from './roster.ts'
import type { DemoUnit } from './units.ts'

type Outcome = '已落实' | '正在落实' | '列入计划' | '暂不具备条件'
type Verdict = 'satisfied' | 'basically' | 'dissatisfied'

interface Story {
  title: string
  body: string
  category: string
  department: string
  joint?: string
  outcome: Outcome
  verdict: Verdict
}

const finished: readonly Story[] = [
  {
    title: '关于总装厂房加装工业风扇的提案',
    body: '总装厂房夏季午后温度高，工位通风不足。',
    category: '劳动保护',
    department: '安全环保部',
    outcome: '已落实',
    verdict: 'satisfied',
  },
  {
    title: '关于夜班食堂供应热菜的提案',
    body: '夜班只有冷餐，职工反映较多。',
    category: '生活后勤',
    department: '行政后勤部',
    outcome: '已落实',
    verdict: 'satisfied',
  },
  {
    title: '关于公开班组奖金分配办法的提案',
    body: '各班组办法不一，职工看不到分配依据。',
    category: '薪酬福利',
    department: '人力资源部',
    joint: '行政后勤部',
    outcome: '正在落实',
    verdict: 'basically',
  },
  {
    title: '关于设立技能等级补贴的提案',
    body: '取得高级工以上证书的职工流失较多。',
    category: '薪酬福利',
    department: '人力资源部',
    outcome: '列入计划',
    verdict: 'satisfied',
  },
]

/** Motions as in a working year: last year's finished ones, this year's, and one in every state; suggestions before a panel. */
export async function followMotions(
  tx: Tx,
  actor: Actor,
  actorOf: (user: string) => Actor,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  year: number,
  today: string,
): Promise<void> {
  const unitId = units.get('demo')!.id
  const member = actorOf('huiyuan')
  const head = actorOf('xiaozu')
  const people = roster.people.filter((one) => one.union === 'demo' && !one.retired)
  const delegates = people.filter((one) => one.tags.includes('职工代表')).map((one) => one.id)
  const departments = new Map<string, number>()
  const department = async (name: string, rest: { headId?: number; linkedUnitId?: number } = {}): Promise<void> => {
    departments.set(name, await saveDepartment(tx, actor, { unitId, name, ...rest }))
  }
  await department('行政后勤部', { headId: head.personId! })
  await department('人力资源部')
  await department('安全环保部', { linkedUnitId: units.get('D01')!.id })
  const holders = holdersOf(actorOf)
  const arranged = {
    tx,
    actor,
    unitId,
    departments,
    // Who has an account gives the verdict with it, and not the officer who files the paper of one who has none.
    delegates: delegates.filter((id) => !holders.has(id)),
  }

  const call = (session: string, opensOn: string, closesOn: string, meetsOn: string): Promise<number> =>
    openCall(tx, actor, { unitId, kind: 'motion', session, opensOn, closesOn, meetsOn, minSeconders: 2, replyDays: 30 })
  // The session in preparation is the one that motions are called for.
  const coming = (await namedSessions(tx, { unitId })).find((one) => one.body === 'staff' && one.state === 'preparing')
  const number = comingSession(year, today)
  const named = (session: number): string => `九届${chineseOrdinal(session)}次`
  const before = await call(named(number - 2), `${year - 2}-12-01`, `${year - 1}-01-10`, `${year - 1}-01-16`)
  const last = await call(named(number - 1), `${year - 1}-12-01`, `${year}-01-10`, `${year}-01-16`)
  const next = await openCall(tx, actor, {
    unitId,
    kind: 'motion',
    sessionId: coming?.id ?? null,
    session: named(number),
    opensOn: addDays(today, -25),
    closesOn: coming ? addDays(coming.startsOn, -7) : addDays(today, 30),
    meetsOn: addDays(today, 45),
    minSeconders: 2,
    replyDays: 30,
  })

  const closed: number[] = []
  for (const [at, story] of finished.entries()) {
    await finish(arranged, story, before, workday(`${year - 1}-01-0${at + 4}`), at)
    const own = {
      ...story,
      title: story.title.replace('关于', '关于继续'),
      body: `${story.body}上年提案办理后仍有不足。`,
    }
    if (at < 3) closed.push(await finish(arranged, own, last, workday(`${year}-01-0${at + 4}`), at + 7))
  }
  await everyState(arranged, head, next, today)
  await membersOwn(arranged, member, next, today)
  await urgeAll(tx, today)
  await chooseBest(arranged, closed, units, year)
  await suggestions(arranged, member, year, today)
}

async function paper(
  { tx, actor, unitId, delegates }: Arranged,
  draft: { title: string; body: string; category?: string },
  callId: number | null,
  on: string,
  turn: number,
): Promise<number> {
  const who = (offset: number): number => delegates[(turn * 5 + offset) % delegates.length]!
  return createMotion(
    tx,
    actor,
    {
      kind: 'motion',
      title: draft.title,
      body: draft.body,
      remedy: '请责任部门提出方案，年内实施，并向职工公布进展。',
      category: draft.category ?? null,
      callId,
      unitId,
      moverId: who(0),
      source: 'paper',
      receivedOn: on,
      seconderIds: [who(1), who(2)],
      submit: true,
    },
    on,
  )
}

async function given(
  arranged: Arranged,
  id: number,
  story: { category: string; department: string; joint?: string },
  on: string,
  dueOn?: string,
): Promise<void> {
  const { tx, actor, departments } = arranged
  await fileMotion(tx, actor, id, { category: story.category, kind: 'motion' }, on)
  await transferMotion(
    tx,
    actor,
    id,
    {
      leader: '分管副总经理',
      leadId: departments.get(story.department)!,
      jointIds: story.joint ? [departments.get(story.joint)!] : [],
      ...(dueOn && { dueOn }),
    },
    on,
  )
}

async function finish(arranged: Arranged, story: Story, callId: number, on: string, turn: number): Promise<number> {
  const { tx, actor } = arranged
  const id = await paper(arranged, story, callId, on, turn)
  await given(arranged, id, story, workday(addDays(on, 14)))
  const answered = workday(addDays(on, 50))
  if (story.joint)
    await reply(
      tx,
      actor,
      id,
      undefined,
      { reply: '配合主办部门提供数据，没有其他意见。', outcome: '已落实' },
      answered,
    )
  await reply(
    tx,
    actor,
    id,
    undefined,
    { reply: '已现场核实，按提案人的建议制定方案并组织实施，情况已在公开栏公布。', outcome: story.outcome },
    answered,
  )
  await giveVerdict(tx, actor, id, { verdict: story.verdict }, workday(addDays(answered, 5)))
  return id
}

/** One in each state that a motion may stand in. */
async function everyState(arranged: Arranged, head: Actor, callId: number, today: string): Promise<void> {
  const { tx, actor } = arranged
  const ago = (days: number): string => workday(addDays(today, -days))
  const make = (title: string, body: string, days: number, turn: number): Promise<number> =>
    paper(arranged, { title, body }, days > 25 ? null : callId, ago(days), turn)

  const received = await make('关于厂区道路增设照明的提案', '北区道路夜间照明不足，下夜班有隐患。', 3, 20)
  const alike = await make('关于北区道路增加照明的提案', '北门到铸造车间的路夜里看不清。', 2, 21)
  await mergeMotion(tx, actor, alike, received, '反映的是同一条路', ago(1))
  const refused = await make('关于调整国家法定假日的提案', '建议调整法定假日安排。', 8, 22)
  await rejectMotion(tx, actor, refused, '超出公司职权范围，建议向有关部门反映。', ago(6))
  const passed = await make('关于更换更衣室门锁的提案', '二车间更衣室三个柜门锁坏。', 9, 23)
  await toOpinion(tx, actor, passed, '已转行政后勤部即办，三日内修好。', ago(7))
  const returned = await make('关于改善工作环境的提案', '希望改善工作环境。', 6, 24)
  await returnMotion(tx, actor, returned, '请写明哪个车间、什么问题。', ago(4))
  const filed = await make('关于增设母婴室的提案', '哺乳期女职工没有合适的地方。', 7, 25)
  await fileMotion(tx, actor, filed, { category: '生活后勤', kind: 'motion' }, ago(2))
  const handled = await make('关于班车增开晚班的提案', '加班后没有班车回县城。', 20, 26)
  await given(arranged, handled, { category: '生活后勤', department: '行政后勤部', joint: '安全环保部' }, ago(16))
  const handling: Actor = { ...head, grants: [{ permission: 'motions.handle', unitId: 0, scope: 'own' }] }
  await planHandling(tx, handling, handled, undefined, '本月统计晚班人数，下月试开一班。', ago(14))
  await tellProgress(tx, handling, handled, undefined, '已完成两个车间的问卷。')
  // Late enough to have been brought before the leader.
  const late = await make('关于更新焊工防护面罩的提案', '现用面罩变光慢，眼睛疲劳。', 90, 27)
  await given(arranged, late, { category: '劳动保护', department: '安全环保部' }, ago(84), ago(30))
}

/** What the member of the demo accounts finds: one's own draft, and one that waits for one's word. */
async function membersOwn(arranged: Arranged, member: Actor, callId: number, today: string): Promise<void> {
  const { tx, actor, unitId, delegates } = arranged
  const own: Actor = { ...member, grants: [{ permission: 'motions.submit', unitId: 0, scope: 'own' }] }
  const ago = (days: number): string => workday(addDays(today, -days))
  await createMotion(
    tx,
    own,
    {
      kind: 'motion',
      title: '关于设置电动车充电桩的提案',
      body: '南门停车场无处充电。',
      category: '生活后勤',
      callId,
      source: 'phone',
      seconderIds: delegates.slice(0, 2),
      submit: false,
    },
    today,
  )
  const id = await createMotion(
    tx,
    actor,
    {
      kind: 'motion',
      title: '关于增加职工书屋开放时间的提案',
      body: '书屋只在上班时间开放，下班后进不去。',
      category: '生活后勤',
      callId,
      unitId,
      moverId: member.personId,
      source: 'paper',
      receivedOn: ago(24),
      seconderIds: delegates.slice(2, 4),
      submit: true,
    },
    ago(24),
  )
  await given(arranged, id, { category: '生活后勤', department: '行政后勤部' }, ago(20))
  await reply(
    tx,
    actor,
    id,
    undefined,
    { reply: '自下周起书屋每日开放到二十一时，由值班志愿者管理。', outcome: '已落实' },
    ago(2),
  )
}
