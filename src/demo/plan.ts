import type { Random } from './random.ts'
import type { DemoPerson } from './roster.ts'

/** Who a person field names. */
export type Who =
  | 'anyone'
  | 'active'
  | 'women'
  | 'retired'
  | 'needy'
  | 'officers'
  | 'delegates'
  | 'young'
  | 'frontline'
  | 'models'
  | 'newcomers'
  | 'children'
  | 'survivors'
  | 'villagers'
  | 'migrants'

/** What a value may be worked out from. */
export interface Row {
  draw: Random
  year: number
  date: string
  /** Name of the branch the record stands at, or of the union. */
  place: string
  /** The record's (or the line's) person, where there is one. */
  person?: Pick<DemoPerson, 'name'> & Partial<DemoPerson>
  /** Values of this row set before, money in yuan. */
  values: Record<string, unknown>
  /** 0-based within the record's lines or the register's year. */
  at: number
}

/**
 * A value: one of a list (repeat an entry to make it likelier), or worked out. Money in yuan, percentages in percent,
 * dates as days or as the number of days after the record's, persons are drawn by the plan. `undefined` leaves it out.
 */
export type Value = readonly unknown[] | ((row: Row) => unknown) | string | number | boolean | undefined
export type Values = Readonly<Record<string, Value>>

/** One yearly event: `07-15` or a month, its title, what it says differently from the rest. `{y}` is the year. */
export type Event = readonly [when: string, title?: string | undefined, values?: Values | undefined, lines?: number]

/** How a register of the demo is filled in a year. What it leaves out follows from the declaration. */
export interface Plan {
  /** Fixed points of the year; the rest of the numbers are drawn. */
  events?: readonly Event[]
  /** How many records a full year has beside the events: of titles drawn from `titles`. */
  many?: number | readonly [last: number, now: number]
  /** Instead of a number: one record for every such person, or for every branch (whose name goes into the field). */
  each?: Who
  eachBranch?: string
  /** A title may say differently from the rest, as an event does. */
  titles?: readonly (string | readonly [title: string, values: Values])[]
  months?: readonly number[]
  /** Where records stand: with the union itself (events by default) with the branches (`many` by default), or partly with the sub-branches. */
  at?: 'union' | 'branch' | 'sub'
  who?: Who
  values?: Values
  /** Days from the record to its end. */
  lasts?: number
  lines?: LinePlan
}
export interface LinePlan {
  who?: Who
  many?: readonly [number, number]
  /** Everybody of that kind, who also passes `only`. */
  all?: true
  only?: (somebody: Partial<DemoPerson>, row: Row) => boolean
  values?: Values
  /** The lines themselves, where they are not people. */
  rows?: readonly Values[]
  /** A line per branch, and per sub-branch with `subs`: its name goes into the field, its level into `level`. */
  branches?: string
  subs?: true
}
export type Plans = Readonly<Record<string, Plan>>

/** Likelier and rarer: `weighted({ 住院: 7, 结婚: 1 })`. */
export const weighted = (weights: Readonly<Record<string, number>>): string[] =>
  Object.entries(weights).flatMap(([value, weight]) => Array.from({ length: weight }, () => value))

/** True in so many of a hundred rows. */
export const share =
  (percent: number) =>
  (row: Row): boolean =>
    row.draw.chance(percent / 100)

/** Counts up by the year, so that the fifth contest is followed by the sixth. */
export const edition =
  (first: number, ofYear: number) =>
  (row: Row): number =>
    first + row.year - ofYear
