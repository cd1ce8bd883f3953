import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import { applyChange, drawUpChange, saveHeadcounts, saveProfile, type Body } from '../modules/organisation/public.ts'
import { openTerm } from '../modules/organisation/server/terms.ts'
import { addDays } from './days.ts'
import type { DemoPerson, Roster } from './roster.ts'
import { JOINED_BRANCH, MERGED, type DemoUnit } from './units.ts'

interface About {
  kind: 'federation' | 'company-large' | 'school' | 'hospital' | 'court' | 'town' | 'village'
  upperUnion: string
  partyBody: string
  administration: string
  motto: string
  idea: string
  guiding: string
}
const about = (
  kind: About['kind'],
  upperUnion: string,
  partyBody: string,
  administration: string,
  motto: string,
  idea: string,
): About => ({
  kind,
  upperUnion,
  partyBody,
  administration,
  motto,
  idea,
  guiding: '把职工的事放在心上，把年初定的事做到底',
})

const profiles: Readonly<Record<string, About>> = {
  county: about('federation', '市总工会', '县委', '县政府', '面向基层、服务职工', '抓基层、强服务、促和谐'),
  demo: about(
    'company-large',
    '县总工会',
    '公司党委',
    '公司行政',
    '匠心聚力、和合共进',
    '围绕生产建功，贴近职工服务，依靠分会办事',
  ),
  school: about('school', '县总工会', '学校党支部', '学校行政', '以教工为本', '服务教学，关爱教工'),
  hospital: about('hospital', '县总工会', '医院党委', '医院行政', '暖心护佑', '服务临床，关爱医护'),
  court: about('court', '县总工会', '法院机关党委', '法院党组', '公正有温度', '服务审判，凝聚干警'),
  town: about('town', '县总工会', '镇党委', '镇政府', '服务到村、维权到人', '健全组织，服务务工人员'),
}
const villageProfile = about('village', '柳湾镇工会联合会', '村党支部', '村委会', '服务村民', '服务外出务工和留守家庭')

/** Who works in the smaller unions' houses, how many unions a federation counts among its employers. */
const staffOf: Readonly<
  Record<string, readonly [staff: number, women: number, dispatched: number, employers: number | null]>
> = {
  demo: [6240, 1960, 232, null],
  school: [192, 126, 4, null],
  hospital: [428, 294, 22, null],
  court: [99, 41, 12, null],
  town: [46, 17, 3, 18],
  county: [25, 11, 2, 14],
}

/** Profiles of both years, headcounts by half-years, terms of office (one running out in six weeks). */
export async function furnish(
  tx: Tx,
  actor: Actor,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  year: number,
  today: string,
): Promise<void> {
  for (const [code, unit] of units) {
    if (unit.type !== 'union' && unit.type !== 'federation') continue
    const profile = profiles[code] ?? villageProfile
    await saveProfile(tx, actor, unit.id, year - 1, { ...profile })
    await saveProfile(tx, actor, unit.id, year, { idea: `${profile.idea}，把职工满意作为标准` })
  }
  const counted = [`${year - 1}-01-01`, `${year - 1}-07-01`, `${year}-01-01`, `${year}-07-01`]
  await saveHeadcounts(
    tx,
    actor,
    Object.entries(staffOf).flatMap(([code, [staff, women, dispatched, employers]]) =>
      counted.map((countedOn, at) => ({
        unitId: units.get(code)!.id,
        countedOn,
        staff: Math.round(staff * (0.97 + at * 0.01)),
        women: Math.round(women * (0.97 + at * 0.01)),
        dispatched,
        employers,
        source: '劳资部门年报',
      })),
    ),
  )
  const officers = roster.people.filter((one) => one.union === 'demo' && !one.retired && one.tags.includes('党员'))
  const women = officers.filter((one) => one.gender === 'f')
  const named = (
    people: readonly DemoPerson[],
    first: string,
    second: string,
  ): { personId: number; name: string; post: string }[] =>
    people.map((one, at) => ({ personId: one.id, name: one.name, post: at === 0 ? first : at === 1 ? second : '委员' }))
  const term = (body: Body, ordinal: number, dueOn: string, holders: ReturnType<typeof named>) =>
    openTerm(tx, actor, {
      unitId: units.get('demo')!.id,
      body,
      ordinal,
      startsOn: addDays(dueOn, -1826),
      dueOn,
      document: `云工组〔${Number(dueOn.slice(0, 4)) - 5}〕1号`,
      officers: holders,
    })
  await term('committee', 9, `${year + 2}-04-18`, named(officers.slice(0, 15), '主席', '副主席'))
  await term('audit', 9, `${year + 2}-04-18`, named(officers.slice(15, 20), '主任', '副主任'))
  await term('women', 6, addDays(today, 40), named(women.slice(0, 7), '主任', '副主任'))
  await term('mediation', 5, `${year + 1}-09-30`, named(officers.slice(20, 27), '主任', '副主任'))
  const branches = [...units.values()].filter((unit) => unit.type === 'branch' && unit.code !== JOINED_BRANCH)
  for (const [at, branch] of branches.entries()) {
    const own = roster.people.filter((one) => one.branch === branch.code)
    // A few branches should have held their elections already.
    const dueOn = at % 9 === 4 ? addDays(today, -20 - at) : addDays(`${year + 1}-03-01`, at * 17)
    await openTerm(tx, actor, {
      unitId: branch.id,
      body: 'committee',
      ordinal: 4 + (at % 4),
      startsOn: addDays(dueOn, -1095),
      dueOn,
      officers: named(own.slice(0, 5), '主席', '副主席'),
    })
  }
}

/** The two documents of last summer: the foundry came over from the town, a small sub-branch was merged. */
export async function restructure(
  tx: Tx,
  actor: Actor,
  units: ReadonlyMap<string, DemoUnit>,
  year: number,
  today: string,
): Promise<void> {
  const effectiveOn = `${year - 1}-07-01`
  const documents = [
    { kind: 'move', unit: JOINED_BRANCH, toCode: 'demo', reason: '柳湾铸件厂并入云砺机械有限公司' },
    { kind: 'merge', unit: MERGED, toCode: 'D01-1', reason: '旧砂再生工段撤并' },
  ] as const
  for (const { kind, unit, toCode, reason } of documents) {
    const change = await drawUpChange(tx, actor, {
      kind,
      unitId: units.get(unit)!.id,
      toCode,
      effectiveOn,
      reason,
      document: `云工组〔${year - 1}〕${kind === 'move' ? 7 : 8}号`,
    })
    await applyChange(tx, actor, change.id, today)
  }
}
