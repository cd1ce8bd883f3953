import type { Who } from './plan.ts'
import type { DemoPerson, Outsiders } from './roster.ts'

export type Somebody = { id: number; name: string; householdId?: number } & Partial<
  Omit<DemoPerson, 'id' | 'name' | 'householdId'>
>

/** The people of a unit by what a ledger may want them for. */
export interface Crowd {
  of(who: Who): readonly Somebody[]
}

const nobody: Outsiders = { children: [], survivors: [], villagers: [], migrants: [] }

/** @param wide lends people where the unit has none of a kind: a branch without delegates asks its union */
export function crowdOf(
  people: readonly DemoPerson[],
  outsiders: Outsiders = nobody,
  year: number,
  wide?: Crowd,
): Crowd {
  const known = new Map<Who, readonly Somebody[]>()
  const tagged = (tag: string): DemoPerson[] => people.filter((one) => one.tags.includes(tag))
  const active = people.filter((one) => !one.retired)
  const build = (who: Who): readonly Somebody[] => {
    switch (who) {
      case 'anyone':
        return people
      case 'active':
        return active
      case 'women':
        return active.filter((one) => one.gender === 'f')
      case 'retired':
        return people.filter((one) => one.retired)
      case 'needy':
        return tagged('困难').filter((one) => one.householdId)
      case 'models':
        return tagged('劳模')
      case 'delegates':
        return tagged('职工代表')
      case 'frontline':
        return tagged('一线')
      case 'newcomers':
        return tagged('新入职')
      case 'young':
        return active.filter((one) => Number(one.bornOn.slice(0, 4)) > year - 33)
      // Whoever is of an age and standing to hold a post; the same few everywhere.
      case 'officers':
        return active
          .filter((one) => one.tags.includes('党员') && Number(one.bornOn.slice(0, 4)) < year - 34)
          .slice(0, 40)
      case 'children':
      case 'survivors':
      case 'villagers':
      case 'migrants':
        return outsiders[who]
    }
  }
  return {
    of(who) {
      let found = known.get(who)
      if (!found) {
        found = build(who)
        if (!found.length) found = wide?.of(who) ?? []
        // A loan between kinds would put a person into a ledger of hardship who has none.
        if (!found.length && who !== 'active' && who !== 'anyone' && who !== 'needy')
          found = active.length ? active : (wide?.of('active') ?? [])
        known.set(who, found)
      }
      return found
    },
  }
}
