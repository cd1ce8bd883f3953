import { sql } from 'kysely'
import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import type { Verb } from '../kernel/lifecycle/machine.ts'
import { fileCoverage } from '../modules/openness/server/coverage.ts'
import { adoptEntries, duesBetween } from '../modules/openness/server/duties.ts'
import { fix, inspect } from '../modules/openness/server/inspections.ts'
import { actOnItem, draftItem } from '../modules/openness/server/items.ts'
import { remind } from '../modules/openness/server/overdue.ts'
import { publish } from '../modules/openness/public.ts'
import { answerQuestion, ask } from '../modules/openness/server/questions.ts'
import { addDays } from './days.ts'
import type { Roster } from './roster.ts'
import type { DemoUnit } from './units.ts'
import { periodText } from '../modules/openness/words.ts'

interface Items {
  tx: Tx
  actor: Actor
  unitId: number
}

/** An item as it went through hands, on the days on which it did. */
async function item(
  { tx, actor, unitId }: Items,
  title: string,
  category: string,
  body: string,
  days: { from: string; until: string },
  verbs: readonly (readonly [Verb, string] | readonly [Verb, string, string])[],
  more: { dutyId?: number; period?: string; publicity?: boolean; kind?: '厂务公开' | '校务公开' | '院务公开' } = {},
): Promise<number> {
  const id = await draftItem(tx, actor, {
    unitId,
    kind: more.kind ?? '厂务公开',
    category,
    title,
    body,
    channel: '公开栏',
    audience: 'layer',
    fromOn: days.from,
    untilOn: days.until,
    publicity: more.publicity ?? false,
    dutyId: more.dutyId ?? null,
    period: more.period ?? null,
  })
  for (const [verb, on, words] of verbs) await actOnItem(tx, actor, id, { verb, words }, on)
  return id
}

/**
 * Disclosure as it is in a working company: a catalogue with two years of what it asks, of which the last is late; an item in
 * every state; a publicity period with an objection; questions answered and overdue; an inspection half mended.
 */
export async function discloseAffairs(
  tx: Tx,
  actor: Actor,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  year: number,
  today: string,
): Promise<void> {
  const demo = { tx, actor, unitId: units.get('demo')!.id }
  const begun = `${year - 1}-01-01`
  await adoptEntries(
    tx,
    actor,
    demo.unitId,
    [
      'factory-safety',
      'factory-operation',
      'factory-insurance',
      'factory-training',
      'factory-congress',
      'factory-contract',
    ],
    begun,
  )
  const school = { tx, actor, unitId: units.get('school')!.id }
  await adoptEntries(tx, actor, school.unitId, ['school-finance', 'school-logistics', 'school-titles'], begun)
  await answerDues(demo, today)
  await answerDues(school, today)
  await states(demo, today)
  await questions(demo, roster, today)
  await inspections(tx, actor, units, roster, today)
  await fileCoverage(tx, actor, { unitId: units.get('county')!.id, kind: '厂务公开', target: 10_000 }, today)
  await remind(tx, actor, today)
}

/** What the calendar asked for was published on its day, but for the two that fell due last. */
async function answerDues(of: Items, today: string): Promise<void> {
  const dues = await duesBetween(of.tx, of.actor, of.unitId, addDays(today, -500), addDays(today, -1), today)
  const own = dues.filter((due) => due.unitId === of.unitId)
  for (const due of own.slice(0, -2)) {
    const from = addDays(due.dueOn, -3)
    const until = addDays(from, 15)
    await item(
      of,
      `${periodText(due.period)}${due.title}`,
      due.category,
      `${due.title}（${periodText(due.period)}）已由承办部门核对，现予公开，欢迎职工询问。`,
      { from, until },
      [['提交', addDays(from, -2)], ['同意', from], ...(until < today ? [['终止', until, '公开期满'] as const] : [])],
      {
        dutyId: due.dutyId,
        period: due.period,
        kind: due.kind === '校务公开' ? '校务公开' : '厂务公开',
      },
    )
  }
}

async function states(demo: Items, today: string): Promise<void> {
  const coming = { from: addDays(today, 2), until: addDays(today, 20) }
  const before = (days: number): string => addDays(today, -days)
  await item(demo, '四季度劳保用品采购计划', '基建与大宗采购', '防尘口罩、防砸鞋等六类，预算 86 万元。', coming, [])
  await item(demo, '食堂承包商续签方案', '后勤管理', '拟续签一年，菜价上限不变。', coming, [['提交', before(1)]])
  await item(demo, '中层岗位竞聘结果', '干部选拔任用', '铸造一分厂副厂长等三个岗位。', coming, [
    ['提交', before(4)],
    ['退回', before(3), '请写明竞聘程序和得票情况'],
  ])
  await item(demo, '办公楼外墙广告招租', '其他', '拟招租两处。', coming, [
    ['提交', before(9)],
    ['否决', before(8), '不属于厂务公开内容'],
  ])
  await item(
    demo,
    '夏季高温津贴发放标准',
    '工资奖金分配',
    '六月至九月，室外每人每月 300 元，室内每人每月 200 元。',
    { from: before(40), until: before(6) },
    [
      ['提交', before(42)],
      ['同意', before(40)],
    ],
  )
  await publish(demo.tx, demo.actor, {
    unitId: demo.unitId,
    title: '拟推荐市级劳动模范人选公示',
    category: '评先评优',
    body: '经班组推荐、分会评议，拟推荐铸造一分厂、装配分厂各一名职工为市级劳动模范人选。公示期内对人选有异议的，请在本页提出或到工会反映。',
    from: before(2),
    until: addDays(today, 12),
    publicity: { workingDays: 5 },
    source: 'registers/honours.award',
  })
}

async function questions(demo: Items, roster: Roster, today: string): Promise<void> {
  const { tx, actor, unitId } = demo
  const from = addDays(today, -35)
  const benefits = await item(
    demo,
    '三季度职工福利费支出情况',
    '职工福利',
    '中秋慰问 412,600 元，生日慰问 58,300 元，困难补助 36,000 元，合计 506,900 元。',
    { from, until: addDays(today, 25) },
    [
      ['提交', addDays(from, -2)],
      ['同意', from],
    ],
  )
  const members = roster.people.filter((person) => person.union === 'demo' && !person.retired)
  const as = (at: number): Actor => {
    const person = members[at]!
    return {
      accountId: 0,
      personId: person.id,
      name: person.name,
      office: '会员本人',
      kind: 'person',
      grants: [{ permission: 'openness.board', unitId: 0, scope: 'own' }],
    }
  }
  await ask(
    tx,
    as(40),
    benefits,
    { kind: 'question', words: '生日慰问的标准是多少？', named: true },
    addDays(today, -30),
  )
  await ask(
    tx,
    as(90),
    benefits,
    { kind: 'question', words: '退休职工的慰问在不在这里面？', named: false },
    addDays(today, -28),
  )
  await ask(
    tx,
    as(120),
    benefits,
    { kind: 'objection', words: '困难补助的户数没有写。', named: false },
    addDays(today, -3),
  )
  const { rows } = await sql<{
    id: number
  }>`select id from openness.question where item_id = ${benefits} order by id`.execute(tx)
  await answerQuestion(
    tx,
    actor,
    rows[0]!.id,
    { answer: '每人 300 元，以蛋糕券发放。', outcome: 'explained', shown: true },
    addDays(today, -26),
  )
  const { rows: period } = await sql<{ id: number }>`
    select id from openness.item where unit_id = ${unitId} and source = 'registers/honours.award'`.execute(tx)
  await ask(
    tx,
    as(200),
    period[0]!.id,
    { kind: 'objection', words: '其中一人今年有一次安全违章，请核实。', named: false },
    addDays(today, -1),
  )
}

async function inspections(
  tx: Tx,
  actor: Actor,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  today: string,
): Promise<void> {
  const onDate = addDays(today, -32)
  const leader = roster.people.find((person) => person.union === 'demo' && !person.retired)!
  await inspect(tx, actor, {
    unitId: units.get('demo')!.id,
    targetId: units.get('D01')!.id,
    kind: '定期检查',
    title: '厂务公开三季度检查',
    onDate,
    leaderId: leader.id,
    findings: [
      { finding: '车间公开栏内容两个月未更新', itemId: null, dueOn: addDays(onDate, 15) },
      { finding: '奖金分配表未写明计算办法', itemId: null, dueOn: addDays(onDate, 20) },
    ],
  })
  const { rows } = await sql<{ id: number }>`select id from openness.finding order by id limit 1`.execute(tx)
  await fix(tx, actor, rows[0]!.id, { words: '已更换为本月内容，指定专人每月更新', fixedOn: addDays(onDate, 6) })
}
