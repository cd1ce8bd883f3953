import type { Verification } from '../calendar/holidays.ts'
import type { Share } from './arithmetic.ts'

/** block: the act is void or may not be approved without it; warn: passes with a reason; info; deadline: a clock. */
export type Strength = 'block' | 'warn' | 'info' | 'deadline'
type Level = 'national' | 'local' | 'unit'

export interface DeadlineRule {
  kind: 'deadline'
  n: number
  unit: 'day' | 'working-day' | 'month' | 'year'
  /** after: at the latest n … after the start; before: n whole … must lie between the deed and the event. */
  direction: 'after' | 'before'
  /** What starts the clock, or the event it runs up to: 收到申请之日, 会议召开日. */
  start: string
  /** «before» cards: how many days ahead of the event it may be done at the earliest. */
  opensDaysBefore?: number
  /** A last day that isn't worked moves to the next working day (民法典 第203条). Terms of office don't move. */
  moves?: boolean
}

/** What a card tests. Numbers are integers; a share names its denominator. */
export type RuleTest =
  | { kind: 'share'; share: Share; /** 应到会人数, 全体会员 … */ denominator: string; counted: string; unit?: string }
  /** From `least` on something must exist. */
  | { kind: 'trigger'; counted: string; unit: string; least: number; duty: string }
  | { kind: 'range'; counted: string; unit: string; least?: number; most?: number }
  | { kind: 'one-of'; counted: string; unit: string; values: readonly number[] }
  | { kind: 'brackets'; size: string; counted: string; unit: string; rows: readonly Bracket[] }
  | DeadlineRule
  /** A fact somebody must confirm. */
  | { kind: 'check'; question: string }

/** For a size from `from` to `to` (both included; no `to`: and beyond) the number lies between `least` and `most`. */
export interface Bracket {
  from: number
  to?: number
  least: number
  most: number
}

export interface RuleCard {
  /** Stable: `EL-QUORUM`. A later version of the same rule keeps the id and has other dates. */
  id: string
  title: string
  /** What it says, in our own words. */
  text: string
  /** Title of the statute or document. */
  source: string
  /** 文号, where it has one. */
  number?: string
  /** 第十七条, or what stands for it. */
  article: string
  level: Level
  /** Region, for local cards. */
  region?: string
  strength: Strength
  verification: Verification
  /** First day in force. */
  from: string
  /** Last day in force; none while it stands. */
  to?: string
  /** Groups cards on screens. */
  subject: string
  test?: RuleTest
  /** Known conflicts and doubts, for the reader. */
  note?: string
}

/** Identity with a type; refuses a card that could never be right. @throws Error naming the card */
export function rule(card: RuleCard): RuleCard {
  if (card.to && card.to < card.from) throw new Error(`${card.id}: ends before it begins`)
  if (card.strength === 'deadline' && card.test?.kind !== 'deadline')
    throw new Error(`${card.id}: a deadline without a clock`)
  if (card.strength === 'block' && !card.test) throw new Error(`${card.id}: blocks without a test`)
  if (card.level === 'local' && !card.region) throw new Error(`${card.id}: a local rule names its region`)
  return card
}

/** 《工会法》（文号）第十一条 */
export const citation = (card: Pick<RuleCard, 'source' | 'number' | 'article'>): string =>
  `《${card.source}》${card.number ? `（${card.number}）` : ''}${card.article}`

/** The cards in force on a day; of several versions of one rule, that day's. */
export const cardsOn = (cards: readonly RuleCard[], day: string): RuleCard[] =>
  cards.filter((card) => card.from <= day && (!card.to || day <= card.to))
