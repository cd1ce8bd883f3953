import type { Actor } from '../kernel/access/actor.ts'
import type { Keys } from '../kernel/crypto/keys.ts'
import type { Tx } from '../kernel/db/database.ts'
import { addContacts, enrol, householdsOf, type Newcomer } from '../modules/members/public.ts'
import { sealNumbers } from '../modules/members/server/secrets.ts'
import { addDays } from './days.ts'
import { idNumberOf, nameOf, phoneOf } from './names.ts'
import { random, type Random } from './random.ts'
import { MERGED, type DemoUnit } from './units.ts'

export interface DemoPerson {
  id: number
  name: string
  gender: 'm' | 'f'
  bornOn: string
  unitId: number
  /** Code of the unit whose roster the person stands on, and of the branch above (the unit itself outside the company). */
  unit: string
  branch: string
  union: string
  /** As a ledger writes them: 铸造一分厂, 铸造一分厂造型. */
  branchName: string
  unitName: string
  joinedOn: string
  retired: boolean
  tags: readonly string[]
  kin: readonly { name: string; relation: string }[]
  householdId?: number
}

/** People a ledger names who are no members: children, survivors, villagers, people who work elsewhere. */
export interface Outsiders {
  children: Named[]
  survivors: Named[]
  villagers: Named[]
  migrants: Named[]
}
interface Named {
  id: number
  name: string
  householdId?: number
}

export interface Roster {
  people: DemoPerson[]
  outsiders: Map<string, Outsiders>
}

/** Members each union has, beside the company's 6,000. */
const SIZES: Readonly<Record<string, number>> = {
  county: 24,
  school: 186,
  hospital: 412,
  court: 96,
  town: 38,
  'village-1': 64,
  'village-2': 42,
  'village-3': 51,
  'village-4': 37,
  'village-5': 45,
  'village-6': 33,
}
const COMPANY = 6000
const RETIRED = 420

/** Where the company's members stand: retired people with the retirees' department, the others by the weight of their trade. */
function places(
  units: ReadonlyMap<string, DemoUnit>,
  draw: Random,
): { unit: DemoUnit; howMany: number; retired: boolean }[] {
  const subs = [...units.values()].filter((unit) => unit.type === 'subbranch')
  const home = subs.filter((unit) => unit.parent === 'D28')
  const shops = subs.filter((unit) => unit.parent !== 'D28')
  const weights = shops.map((unit) =>
    unit.code === MERGED ? 18 : Number(unit.parent!.slice(1)) <= 13 ? draw.between(84, 118) : draw.between(34, 62),
  )
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const active = COMPANY - RETIRED
  let left = active
  const placed = shops.map((unit, at) => {
    const howMany = at === shops.length - 1 ? left : Math.round((active * weights[at]!) / whole)
    left -= howMany
    return { unit, howMany, retired: false }
  })
  return [...placed, ...home.map((unit) => ({ unit, howMany: RETIRED / home.length, retired: true }))]
}

function tagsOf(
  draw: Random,
  born: number,
  gender: 'm' | 'f',
  retired: boolean,
  joinedOn: string,
  year: number,
): Newcomer['tags'] {
  const tags: { tag: string; since: string | null; evidence?: string }[] = []
  const give = (share: number, tag: string, since: string | null = null, evidence?: string): void => {
    if (draw.chance(share)) tags.push({ tag, since, ...(evidence && { evidence }) })
  }
  if (retired) tags.push({ tag: '退休', since: null })
  give(0.21, '党员')
  if (!retired && born > year - 28) give(0.4, '团员')
  give(0.0018, '劳模', null, '荣誉证书')
  give(0.0125, '困难', `${year - 1}-01-10`, '困难职工档案')
  give(0.006, '大病', `${year - 1}-03-01`)
  give(0.008, '残疾')
  give(0.004, '军转')
  give(0.015, '少数民族')
  if (!retired) {
    give(0.56, '一线')
    give(0.035, '职工代表', `${year - 2}-12-20`)
    give(0.04, '劳务派遣')
    give(0.07, '农民工')
    if (gender === 'f') give(0.016, '单亲')
    if (joinedOn >= `${year}-01-01`) tags.push({ tag: '新入职', since: joinedOn })
  }
  return tags
}

function kinOf(draw: Random, name: string, gender: 'm' | 'f', born: number): { name: string; relation: string }[] {
  const kin = [{ name: nameOf(draw, gender === 'm' ? 'f' : 'm', born), relation: '配偶' }]
  const child = draw.chance(0.5) ? 'm' : 'f'
  const childName = nameOf(draw, child, born + 26)
  const given = childName.slice(1)
  kin.push({ name: (gender === 'm' ? name[0] : kin[0]!.name[0]) + given, relation: child === 'm' ? '儿子' : '女儿' })
  if (draw.chance(0.5)) kin.push({ name: nameOf(draw, 'f', born - 25), relation: '母亲' })
  return kin
}

/** Enrols everybody with sealed, invented numbers; returns them as the ledgers need them. */
export async function enrolEverybody(
  tx: Tx,
  actor: Actor,
  keys: Keys,
  units: ReadonlyMap<string, DemoUnit>,
  year: number,
  today: string,
): Promise<Roster> {
  const draw = random('roster')
  const newcomers: Newcomer[] = []
  const people: Omit<DemoPerson, 'id'>[] = []
  const add = (unit: DemoUnit, howMany: number, retired: boolean, womenShare: number, prefix: string): void => {
    for (let at = 0; at < howMany; at++) {
      const serial = people.length + 1
      const gender = draw.chance(womenShare) ? 'f' : 'm'
      const retiredLately = retired && at < 34
      const born = retired
        ? retiredLately
          ? year - (gender === 'm' ? 60 : 55) - (at % 2)
          : year - draw.between(gender === 'm' ? 62 : 57, 82)
        : year - draw.between(22, gender === 'm' ? 59 : 54)
      const bornOn = `${born}-${String(draw.between(1, 12)).padStart(2, '0')}-${String(draw.between(1, 28)).padStart(2, '0')}`
      // About a hundred and seventy joined in each of the two years; the others as they began to work.
      const fresh = !retired && unit.code !== MERGED && born > year - 34 && draw.chance(0.22)
      const lastDay = draw.chance(0.5) ? `${year - 1}-12-20` : today
      const since = fresh
        ? addDays(lastDay, -draw.between(3, 300))
        : `${Math.min(Math.max(born + draw.between(19, 25), 1962), year - 2 - (draw.chance(0.7) ? draw.between(0, 3) : 0))}-${String(draw.between(3, 9)).padStart(2, '0')}-01`
      const name = nameOf(draw, gender, born)
      const tags = tagsOf(draw, born, gender, retired, since, year)
      const needy = tags.some((tag) => tag.tag === '困难')
      const kin = needy || draw.chance(0.01) ? kinOf(draw, name, gender, born) : []
      const retainedOn = !retired
        ? null
        : retiredLately
          ? `${year - (at % 2)}-${String(draw.between(1, 10)).padStart(2, '0')}-28`
          : `${Math.min(born + (gender === 'm' ? 60 : 55), year - 2)}-06-30`
      newcomers.push({
        ...sealNumbers(keys, { idNo: idNumberOf(bornOn, gender, serial), phone: phoneOf(serial) }),
        name,
        gender,
        bornOn,
        staffNo: `${prefix}${String(serial).padStart(5, '0')}`,
        unitId: unit.id,
        joinedOn: since,
        joinKind: 'join',
        retainedOn,
        status: retired ? 'retired' : 'active',
        employment: retired ? '退休' : '在职',
        tags: retainedOn ? tags.map((tag) => (tag.tag === '退休' ? { ...tag, since: retainedOn } : tag)) : tags,
        kin,
      })
      const inCompany = unit.type === 'subbranch'
      people.push({
        name,
        gender,
        bornOn,
        unitId: unit.id,
        unit: unit.code,
        branch: inCompany ? unit.parent! : unit.code,
        union: inCompany ? 'demo' : unit.code,
        branchName: (inCompany ? units.get(unit.parent!)!.name : unit.name).replace(/分会$/, ''),
        unitName: unit.name.replace(/分会$/, ''),
        joinedOn: since,
        retired,
        tags: tags.map((tag) => tag.tag),
        kin,
      })
    }
  }
  for (const { unit, howMany, retired } of places(units, draw))
    add(
      unit,
      howMany,
      retired,
      /^D(21|22|23|24)/.test(unit.code) ? 0.74 : /^D(0|1)/.test(unit.code) ? 0.25 : 0.42,
      'YL',
    )
  for (const [code, howMany] of Object.entries(SIZES)) {
    const unit = units.get(code)!
    add(unit, howMany, false, code === 'hospital' || code === 'school' ? 0.68 : 0.42, code[0]!.toUpperCase())
    if (code === 'school' || code === 'hospital') add(unit, Math.round(howMany / 8), true, 0.5, code[0]!.toUpperCase())
  }
  const ids: number[] = []
  for (let start = 0; start < newcomers.length; start += 1500)
    ids.push(...(await enrol(tx, actor, newcomers.slice(start, start + 1500))))
  const known = people.map((person, at): DemoPerson => ({ ...person, id: ids[at]! }))

  const households = await householdsOf(
    tx,
    known.filter((one) => one.kin.length || one.retired).map((one) => ({ personId: one.id, unitId: one.unitId })),
  )
  for (const one of known) {
    const householdId = households.get(one.id)
    if (householdId) one.householdId = householdId
  }
  return { people: known, outsiders: await outsidersOf(tx, units, known) }
}

/** Children bear their parent's surname, where the parent is on the roster. */
async function outsidersOf(
  tx: Tx,
  units: ReadonlyMap<string, DemoUnit>,
  people: readonly DemoPerson[],
): Promise<Map<string, Outsiders>> {
  const outsiders = new Map<string, Outsiders>()
  for (const unit of units.values()) {
    if (unit.type !== 'union' && unit.type !== 'federation') continue
    const draw = random(`outsiders ${unit.code}`)
    const share = unit.code === 'demo' ? 1 : 0.2
    const parents = people.filter((one) => one.union === unit.code && !one.retired)
    const names = (howMany: number, born: readonly [number, number], surnameOf?: readonly DemoPerson[]): string[] =>
      Array.from({ length: Math.ceil(howMany * share) }, () => {
        const name = nameOf(draw, draw.chance(0.5) ? 'm' : 'f', draw.between(...born))
        return surnameOf?.length ? draw.pick(surnameOf).name[0]! + name.slice(1) : name
      })
    const groups = {
      children: names(320, [2008, 2022], parents),
      survivors: names(46, [1940, 1985]),
      villagers: names(90, [1948, 1980]),
      migrants: names(70, [1970, 2000]),
    }
    const entries = Object.entries(groups)
    const ids = await addContacts(
      tx,
      entries.flatMap(([, list]) => list.map((name) => ({ name, unitId: unit.id }))),
    )
    const households = await householdsOf(
      tx,
      ids.map((personId) => ({ personId, unitId: unit.id })),
    )
    let at = 0
    const named = Object.fromEntries(
      entries.map(([group, list]) => [
        group,
        list.map((name): Named => {
          const id = ids[at++]!
          return { id, name, householdId: households.get(id)! }
        }),
      ]),
    )
    outsiders.set(unit.code, named as unknown as Outsiders)
  }
  return outsiders
}
