import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import type { Register } from '../kernel/register/declaration.ts'
import { builtInRegisters } from './registers.ts'
import { insertRecords } from '../kernel/register/store.ts'
import { crowdOf, type Crowd } from './crowd.ts'
import { fill, type Ledger, type Place } from './fill.ts'
import { plans as companyPlans } from './plans/index.ts'
import { plansOf } from './plans/others.ts'
import type { DemoPerson, Roster } from './roster.ts'
import { MERGED, type DemoUnit } from './units.ts'

/** The company's ledger with its branches as places; the smaller unions' without. */
export function ledgerOf(units: ReadonlyMap<string, DemoUnit>, roster: Roster, code: string, year: number): Ledger {
  const unit = units.get(code)!
  const own = roster.people.filter((one) => one.union === code)
  const outsiders = roster.outsiders.get(code)
  const crowd = crowdOf(own, outsiders, year)
  const below = (type: 'branch' | 'subbranch', parent?: string): DemoUnit[] =>
    [...units.values()].filter(
      (one) => code === 'demo' && one.type === type && one.code !== MERGED && (!parent || one.parent === parent),
    )
  const place = (one: DemoUnit, people: readonly DemoPerson[], wide: Crowd): Place => {
    const there = crowdOf(people, outsiders, year, wide)
    return {
      code: one.code,
      unitId: one.id,
      name: one.name,
      crowd: there,
      subs: below('subbranch', one.code).map((sub) =>
        place(
          sub,
          people.filter((who) => who.unit === sub.code),
          there,
        ),
      ),
    }
  }
  return {
    code,
    unitId: unit.id,
    name: unit.name,
    crowd,
    subs: below('subbranch').map((one) => one.name),
    branches: below('branch').map((one) =>
      place(
        one,
        own.filter((who) => who.branch === one.code),
        crowd,
      ),
    ),
    scale: code === 'demo' ? 1 : Math.max(0.3, Math.min(1, own.length / 300)),
    plans: code === 'demo' ? companyPlans : plansOf(code),
  }
}

const HISTORY = 12

/** Fills both years of every ledger. @returns how many records there are now */
export async function fillLedgers(
  tx: Tx,
  actor: Actor,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  year: number,
  today: string,
  progress: (done: number, of: number) => void,
): Promise<number> {
  const registers = builtInRegisters()
  const ledgers = new Map(
    [...units.values()]
      .filter((unit) => unit.type === 'union' || unit.type === 'federation')
      .map((unit) => [unit.code, ledgerOf(units, roster, unit.code, year)]),
  )
  const years = (register: Register): number[] =>
    register.historyOnly ? [year - HISTORY - 1, year - HISTORY] : [year - 1, year]
  let count = 0
  for (const [at, register] of registers.entries()) {
    const drafts = [...ledgers.values()].flatMap((ledger) => {
      const plan = ledger.plans[register.id] ?? (ledger.code === 'demo' ? {} : null)
      return plan ? years(register).flatMap((one) => fill(register, plan, ledger, one, today)) : []
    })
    count += (await insertRecords(tx, actor, register, drafts, 'demo')).length
    progress(at + 1, registers.length)
  }
  return count
}
