import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import type { Register } from '../kernel/register/declaration.ts'
import { builtInRegisters } from './registers.ts'
import { insertRecords } from '../kernel/register/store.ts'
import { crowdOf } from './crowd.ts'
import { fill, type Ledger } from './fill.ts'
import { plans } from './plans/index.ts'
import { keptBy } from './plans/others.ts'
import type { Roster } from './roster.ts'
import type { DemoUnit } from './units.ts'

/** The company's ledger with its branches as places; the smaller unions' without. */
export function ledgerOf(units: ReadonlyMap<string, DemoUnit>, roster: Roster, code: string, year: number): Ledger {
  const unit = units.get(code)!
  const own = roster.people.filter((one) => one.union === code)
  const outsiders = roster.outsiders.get(code)
  const crowd = crowdOf(own, outsiders, year)
  const branches = [...units.values()].filter((one) => one.type === 'branch' && code === 'demo')
  return {
    code,
    unitId: unit.id,
    name: unit.name,
    crowd,
    branches: branches.map((branch) => ({
      unitId: branch.id,
      name: branch.name,
      crowd: crowdOf(
        own.filter((one) => one.branch === branch.code),
        outsiders,
        year,
        crowd,
      ),
    })),
    scale: code === 'demo' ? 1 : Math.max(0.12, Math.min(0.4, own.length / 500)),
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
    const drafts = [...ledgers.values()]
      .filter((ledger) => ledger.code === 'demo' || keptBy(ledger.code, register))
      .flatMap((ledger) =>
        years(register).flatMap((one) => fill(register, plans[register.id] ?? {}, ledger, one, today)),
      )
    count += (await insertRecords(tx, actor, register, drafts, 'demo')).length
    progress(at + 1, registers.length)
  }
  return count
}
