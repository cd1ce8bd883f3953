import type { Actor } from '../kernel/access/actor.ts'
import type { Services } from '../kernel/http/services.ts'
import type { Tx } from '../kernel/db/database.ts'
import { sql } from 'kysely'
import type { RoundInput } from '../modules/appraisal/contract.ts'
import { closeWithin } from '../modules/appraisal/server/closing.ts'
import { issue, openRound } from '../modules/appraisal/server/issuing.ts'
import { reportUp } from '../modules/appraisal/server/reporting.ts'
import { saveRound, type Round } from '../modules/appraisal/server/rounds.ts'
import { appointPanel, decide, panelMet, suggest } from '../modules/appraisal/server/suggestions.ts'
import { readUrn, writeUrn } from '../modules/appraisal/server/urn.ts'
import { PRESETS, ROUND_KINDS, scaleAt, SCALES, scored, type RoundKind } from '../modules/appraisal/words.ts'
import { addDays } from './days.ts'
import { random, type Random } from './random.ts'
import type { DemoPerson, Roster } from './roster.ts'
import type { DemoUnit } from './units.ts'

interface World {
  services: Services
  tx: Tx
  actor: Actor
}

const plan = (
  unitId: number,
  kind: RoundKind,
  year: number,
  days: { heldOn: string; closesOn: string },
  planned: readonly number[],
  subjects: RoundInput['subjects'],
): RoundInput => {
  const preset = PRESETS[kind]
  const scale = SCALES[preset.scale]
  return {
    unitId,
    kind,
    title: `${year}年度${ROUND_KINDS[kind]}`,
    year,
    ...days,
    grades: [...scale.grades],
    goodGrades: scale.good,
    criteria: [...preset.criteria],
    scales: [],
    groups: preset.groups.map((group, at) => ({ ...group, planned: planned[at]!, channel: 'slip' as const })),
    subjects,
    least: 10,
    remarks: true,
    whole: 'overall',
    topMost: null,
    formYears: kind === 'leaders' ? 4 : null,
    resultsAt: 'unit',
  }
}

/** Opens a round on its first day and prints the slips of every group. */
async function opened({ services, tx, actor }: World, input: RoundInput): Promise<Round> {
  const id = await saveRound(tx, actor, input)
  const round = await openRound({ ...services, today: () => input.heldOn }, tx, actor, id)
  for (const group of round.groups) await issue(services, tx, actor, id, group.id)
  return round
}

/** Puts sheets into the urn as so many people would: mostly good, some blank, a few remarks. */
async function filled(
  { services, tx }: World,
  round: Round,
  share: number,
  draw: Random,
  words: readonly string[],
): Promise<void> {
  const { dataDir } = services.config
  const urn = readUrn(dataDir, round.id)
  const chosen = (subject: Round['subjects'][number]): number[] =>
    round.criteria.map((_, at) => {
      const { grades } = scaleAt(round, at)
      const chance = draw.next()
      if (subject.seats !== null) return chance < 0.85 ? 0 : 1
      // Choices are spread, a question of yes and no is nearly one of yes.
      if (!scored(grades)) return Math.floor(chance * grades.length)
      if (grades.length === 2) return chance < 0.95 ? 0 : chance < 0.97 ? 1 : -1
      return chance < 0.62 ? 0 : chance < 0.92 ? 1 : chance < 0.97 ? 2 : -1
    })
  for (const group of round.groups) {
    const { rows } = await sql<{ hash: Buffer }>`select hash from appraisal.code where group_id = ${group.id}
      order by hash limit ${Math.round(group.planned * share)}`.execute(tx)
    for (const { hash } of rows) {
      urn.used.push(hash.toString('hex'))
      for (const subject of round.subjects) {
        const marks = chosen(subject)
        urn.sheets.push([group.id, subject.id, ...marks])
        if (subject.seats === null || marks[0] !== 0) continue
        // Most name people of the list; a few write somebody else.
        const names = draw.chance(0.06)
          ? ['白一帆']
          : draw.sample(subject.nominees.map((one) => one.name).slice(0, 2 + draw.between(0, 1)), subject.seats)
        urn.names = [
          ...(urn.names ?? []),
          ...names.map((name): [number, number, string] => [group.id, subject.id, name]),
        ]
      }
    }
  }
  for (const text of words) urn.remarks.push([draw.pick(round.subjects).id, text])
  writeUrn(dataDir, round.id, urn)
}

const named = (people: readonly DemoPerson[], posts: readonly string[]): RoundInput['subjects'] =>
  posts.map((post, at) => ({
    personId: people[at]!.id,
    name: people[at]!.name,
    post,
    report:
      at < 3
        ? '一年来，本人认真履行岗位职责，抓安全、保质量、促生产，完成全年任务。不足之处是深入班组还不够多，今后改进。'
        : null,
    classes: [],
  }))

/**
 * Appraisal as it is: leaders rated last year and this year and reported upward, parents rating the school, members rating
 * their union open now, a batch of commentators with what their words changed.
 */
export async function appraise(
  services: Services,
  tx: Tx,
  actor: Actor,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  year: number,
  today: string,
): Promise<void> {
  const world = { services, tx, actor }
  const unitId = units.get('demo')!.id
  const staff = roster.people.filter((person) => person.union === 'demo' && !person.retired)
  const leaders = named(staff.slice(300), ['总经理', '党委副书记', '副总经理', '总工程师'])
  const finish = async (input: RoundInput, share: number, words: readonly string[]): Promise<number> => {
    const round = await opened(world, input)
    await filled(world, round, share, random(`appraisal ${input.kind} ${input.year}`), words)
    await closeWithin(services, tx, actor, round.id, input.closesOn)
    return round.id
  }
  const remarks = ['多到一线听取意见。', '奖金分配请更透明。', '现场管理有明显改进。', '培训机会少。']
  for (const [at, of] of [year - 1, year].entries()) {
    const heldOn = at ? addDays(today, -60) : `${of}-12-08`
    const days = { heldOn, closesOn: addDays(heldOn, 4) }
    // The leading group is small: it is counted with the delegates.
    const id = await finish(plan(unitId, 'leaders', of, days, [8, 60, 40], leaders), at ? 0.95 : 0.9, remarks)
    await reportUp(tx, actor, id, { reportedTo: '云砺集团公司', reportedOn: addDays(days.closesOn, 5) })
  }
  const heldOn = `${year}-06-15`
  if (heldOn < today) {
    const school = units.get('school')!
    const days = { heldOn, closesOn: addDays(heldOn, 10) }
    const subjects = [{ personId: null, name: school.name.replace(/工会$/, ''), post: null, report: null, classes: [] }]
    await finish(plan(school.id, 'parents-school', year, days, [45], subjects), 0.82, ['放学时校门口太挤。'])
  }
  const open = await opened(
    world,
    plan(
      unitId,
      'union',
      year,
      { heldOn: addDays(today, -3), closesOn: addDays(today, 11) },
      [120],
      [{ personId: null, name: units.get('demo')!.name, post: null, report: null, classes: [] }],
    ),
  )
  await filled(world, open, 0.4, random('appraisal open'), ['体检项目能不能自己选？', '文体活动照顾一下倒班的。'])
  await appointing(finish, tx, actor, unitId, staff, year, today)
  await commentators(tx, actor, unitId, staff, today)
}

/** Filling a post: first who is recommended for it, then what people think of the one who is to get it, each question its own way. */
async function appointing(
  finish: (input: RoundInput, share: number, words: readonly string[]) => Promise<number>,
  tx: Tx,
  actor: Actor,
  unitId: number,
  staff: readonly DemoPerson[],
  year: number,
  today: string,
): Promise<void> {
  const nominees = staff
    .slice(610, 613)
    .map((person) => ({ name: person.name, post: `${person.branchName}副厂长`, personId: person.id }))
  const named = addDays(today, -46)
  const recommended = await finish(
    {
      ...plan(
        unitId,
        'recommendation',
        year,
        { heldOn: named, closesOn: named },
        [10, 60, 30],
        [{ personId: null, name: '生产部部长', seats: 1, nominees, classes: [] }],
      ),
      title: '生产部部长民主推荐',
      remarks: false,
    },
    0.97,
    [],
  )
  const asked = addDays(today, -33)
  const tested = await finish(
    {
      ...plan(
        unitId,
        'opinion-test',
        year,
        { heldOn: asked, closesOn: addDays(asked, 2) },
        [10, 60, 30],
        [{ personId: nominees[0]!.personId, name: nominees[0]!.name, post: '拟任生产部部长', classes: [] }],
      ),
      title: '拟任生产部部长民意测试',
      criteria: ['对拟任职务的意见', '工作实绩', '有无违纪反映', '最希望他先抓什么'],
      scales: [
        null,
        { grades: [...SCALES.leaders.grades], good: SCALES.leaders.good },
        {
          grades: [
            { title: '没有', points: 100 },
            { title: '有', points: 0 },
          ],
          good: 1,
        },
        {
          grades: ['交货期', '质量', '现场安全', '班组奖金分配'].map((title) => ({ title, points: null })),
          good: 0,
        },
      ],
    },
    0.93,
    ['希望多听倒班班组的意见。'],
  )
  for (const [id, on] of [
    [recommended, addDays(named, 3)],
    [tested, addDays(asked, 6)],
  ] as const)
    await reportUp(tx, actor, id, { reportedTo: '云砺集团公司党委', reportedOn: on })
}

async function commentators(
  tx: Tx,
  actor: Actor,
  unitId: number,
  staff: readonly DemoPerson[],
  today: string,
): Promise<void> {
  const people = staff.slice(500, 509).map((person) => person.id)
  const appointedOn = addDays(today, -200)
  const panelId = await appointPanel(tx, actor, {
    unitId,
    batch: 3,
    appointedOn,
    endsOn: addDays(today, 530),
    title: '第三批工会评论员聘任',
    personIds: people,
  })
  await panelMet(tx, actor, panelId, {
    kind: '会议',
    title: '评论员二季度会议',
    onDate: addDays(appointedOn, 40),
    personIds: people.slice(0, 7),
  })
  await panelMet(tx, actor, panelId, {
    kind: '参加大型活动',
    title: '职工运动会观摩评议',
    onDate: addDays(appointedOn, 90),
    personIds: people.slice(2, 8),
  })
  for (const [at, [words, changed]] of (
    [
      ['活动中心晚间多开一小时', '活动中心开放时间'],
      ['送温暖名单请分会先公示', '送温暖工作办法'],
      ['运动会增设趣味项目', null],
      ['困难职工回访太少', undefined],
    ] as const
  ).entries()) {
    const id = await suggest(tx, actor, {
      unitId,
      source: '评论员',
      panelId,
      personId: people[at]!,
      words,
      madeOn: addDays(appointedOn, 42 + at),
    })
    if (changed !== undefined)
      await decide(
        tx,
        actor,
        id,
        changed
          ? { adopted: true, outcome: '委员会讨论采纳', changed, link: '/registers' }
          : { adopted: false, outcome: '今年预算已定，明年一并考虑' },
        addDays(appointedOn, 60),
      )
  }
}
