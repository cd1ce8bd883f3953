import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import { addObligation } from '../modules/care/server/obligations.ts'
import { reportEvent, waiveEvent } from '../modules/care/server/events.ts'
import { recordVisit } from '../modules/care/server/visit.ts'
import { apply } from '../modules/hardship/server/apply.ts'
import { moveFile, recordCheck, reviewFile } from '../modules/hardship/server/decide.ts'
import { openFiles } from '../modules/hardship/server/opening.ts'
import { addParameters } from '../modules/hardship/server/parameters.ts'
import { addDays } from './days.ts'
import { random } from './random.ts'
import type { Roster } from './roster.ts'
import type { DemoUnit } from './units.ts'

const occasions = ['住院', '住院', '生育', '结婚', '直系亲属去世', '住院'] as const
const relations = ['本人', '父母', '本人', '本人', '父母', '子女'] as const

/** What happened to colleagues: visited in time, too late, not yet, never. */
export async function careEvents(
  tx: Tx,
  actor: Actor,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  today: string,
): Promise<void> {
  const unitId = units.get('demo')!.id
  for (const [occasion, days, visitor] of [
    ['住院', 3, '分会主席'],
    ['生育', 10, '女工委员'],
    ['结婚', 10, '分会主席'],
    ['直系亲属去世', 2, '工会主席'],
    ['职工去世', 1, '工会主席'],
    ['退休', 5, '分会主席'],
  ] as const)
    await addObligation(tx, actor, {
      unitId,
      system: '六必访',
      occasion,
      days,
      visitor,
      document: '工会慰问办法',
      from: `${Number(today.slice(0, 4)) - 1}-01-01`,
    })
  const draw = random('care events')
  const people = roster.people.filter((person) => person.union === 'demo')
  for (let at = 0; at < 36; at++) {
    const person = people[(at * 157) % people.length]!
    const happenedOn = addDays(today, -1 - Math.floor((at * 340) / 36))
    const event = await reportEvent(
      tx,
      actor,
      {
        personId: person.id,
        status: '在职',
        occasion: occasions[at % occasions.length]!,
        relation: relations[at % relations.length]!,
        happenedOn,
        knownOn: happenedOn,
        ...(at % 6 === 0 && { place: '县人民医院' }),
      },
      today,
    )
    // The last few still wait; one was forgotten, one declined.
    if (at < 4 || at === 9) continue
    if (at === 14) {
      await waiveEvent(tx, actor, event.id, '本人谢绝探望', today)
      continue
    }
    const visitedOn = addDays(happenedOn, at % 11 === 5 ? 24 : draw.between(0, 2))
    await recordVisit(
      tx,
      actor,
      event.id,
      {
        visitedOn: visitedOn > today ? today : visitedOn,
        amountFen: 20_000,
        giftValueFen: 0,
        giftBought: false,
        method: 'transfer',
        confirmed: true,
        ledBy: '分会主席',
        visitors: '分会主席、工会小组长',
        ...(at % 7 === 0 && { followUp: '协助办理医疗互助申请' }),
      },
      today,
    )
  }
}

/** Families' files in every state: waiting for a visit, hanging out, on file, overdue for review, lifted, refused. */
export async function hardshipFiles(
  tx: Tx,
  actor: Actor,
  dataDir: string,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  today: string,
): Promise<void> {
  await openFiles(tx, actor)
  const year = Number(today.slice(0, 4))
  for (const [on, lineFen] of [
    [year - 2, 76_000],
    [year, 80_000],
  ] as const)
    await addParameters(tx, actor, {
      unitId: units.get('county')!.id,
      lineFen,
      deepInclusive: true,
      relativeHundredths: 200,
      lossShare: 8_000,
      ceilingFen: null,
      document: `清河县民政局〔${on}〕3号`,
      from: `${on}-01-01`,
    })
  const people = roster.people.filter((person) => person.union === 'demo')
  const grounds = ['本人大病', '子女上学', '家属大病', '单亲抚养', '意外灾害'] as const
  const family = (at: number, onDay: string) => ({
    onDay,
    ground: grounds[at % grounds.length]!,
    relatives: [
      { name: `${people[at * 211]!.name.slice(0, 1)}小宝`, relation: '子女' as const, incomeFen: 0 },
      { name: `${people[at * 211 + 1]!.name.slice(0, 1)}桂英`, relation: '母亲' as const, incomeFen: 20_000 },
    ],
    incomeFen: 5_200_000 + at * 90_000,
    rigidFen: 2_600_000 + at * 10_000,
    lossFen: 0,
    accident: false,
    exclusions: [] as [],
    ...(grounds[at % grounds.length] === '本人大病' && { diagnosis: '慢性肾病' }),
  })
  for (let at = 0; at < 9; at++) {
    // One was filed over a year ago and waits for its review.
    const begun = addDays(today, at === 4 ? -430 : -30)
    const { id } = await apply(tx, actor, dataDir, { ...family(at, begun), personId: people[at * 211]!.id }, begun)
    if (at === 0) continue
    const go = (verb: '同意' | '公示' | '否决', after: number, words?: string) =>
      moveFile(tx, actor, dataDir, id, { verb, ...(words && { words }) }, addDays(begun, after))
    const checked = { ...family(at, addDays(begun, 2)), visitors: '生活保障委员、分会主席' }
    await recordCheck(tx, actor, dataDir, id, checked, addDays(begun, 2))
    if (at === 1) {
      await go('否决', 3, '入户核查发现家庭另有经营收入，与申请不符')
      continue
    }
    await go('同意', 3)
    if (at === 2) continue
    await go('公示', at === 3 ? 29 : 4)
    if (at === 3) continue
    await go('同意', 22, '同意建档')
    if (at === 8) {
      const better = { ...family(at, today), incomeFen: 9_600_000, rigidFen: 0, visitors: '生活保障委员、分会主席' }
      await recordCheck(tx, actor, dataDir, id, better, today)
      await reviewFile(tx, actor, dataDir, id, { decision: 'lift', words: '子女就业，收入稳定' }, today)
    }
  }
}
