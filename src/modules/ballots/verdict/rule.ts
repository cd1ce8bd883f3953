import type { Share } from '../../../kernel/rules/arithmetic.ts'
import { citation, type RuleCard } from '../../../kernel/rules/card.ts'
import { strengthOf } from '../../../kernel/rules/evaluate.ts'

/**
 * By what a vote is decided, as data. It is frozen with the roll under one hash when issuing opens; the verdict is a pure
 * function of it and of the count. Every share names its base; nothing is ever divided.
 */

/** elect: N of M; motion: yes, no, abstain; appraisal: grades per person and criterion; satisfaction: three grades. */
export type Kind = 'election' | 'motion' | 'appraisal' | 'satisfaction'

/**
 * What a share is of. expected: 应到会, the frozen roll; all: the whole body with its vacant places; unit: everybody of an
 * electoral unit; present: who signed in; valid: valid ballots. Union law never elects by those present.
 */
export type Base = 'expected' | 'all' | 'unit' | 'present' | 'valid'

export const BASES: Readonly<Record<Base, string>> = {
  expected: '应到会人数',
  all: '全体人数',
  unit: '本选举单位全体人数',
  present: '到会人数',
  valid: '有效票数',
}

/** Where a number of the rule comes from. `blocks` is settled at the opening: a card from memory only warns. */
export interface Article {
  cardId: string
  /** 《工会基层组织选举工作条例》（总工发〔2016〕27号）第十七条 */
  text: string
  verification: RuleCard['verification']
  blocks: boolean
}

/** How a secret vote is held: part of the rule, so it is frozen and hashed with it. */
export interface SecretTerms {
  /** hall: a paper is drawn only with the code on the hall's screen, or at a station; remote: from anywhere. */
  venue: 'hall' | 'remote'
  /** meeting: drawn and cast in one sitting; days: drawn from the notice on, cast later. */
  profile: 'meeting' | 'days'
  /** Scrutineers' keys that open the box; 0 for a motion in a meeting. */
  threshold: number
  /** Names that may be written in where 不赞成 is marked. */
  writeIns: number
  /** Remote only: who answers for it, with the document that allows it (MC-ONLINE is known from memory). */
  allowed?: { document: string; name: string; office: string }
}

export interface Rule {
  kind: Kind
  base: Base
  /** What must be reached to be elected or passed; none where grades are only reported. */
  threshold: Share | null
  /** A second text that applies to the same vote; the stricter decides, and a difference is said. */
  also?: Share
  /** Present (or holding a ballot) of those expected; below it nothing may be voted. */
  presence?: Share
  /** Ballots returned of those expected. */
  turnout?: Share
  /** Election: places to fill. */
  seats?: number
  /** Election: candidates beyond the seats, as a share of the seats (5/100); none where equal numbers are allowed. */
  margin?: Share
  /** A tie at the cut goes to another ballot among the tied. There is no lot and no «fewer against». */
  tie: 'revote' | 'open'
  /** Appraisal, satisfaction: grades from best to worst, and how many of the first count towards the threshold. */
  grades?: readonly string[]
  /** Appraisal by sheets: questions with answers of their own, by the item's key. */
  scales?: Readonly<Record<string, readonly string[]>>
  favourable?: number
  /** Below so many valid sheets no figure is shown. */
  smallest?: number
  /** false: hands or names, no papers to hand out and collect. */
  papers?: false
  /** Mode secret: where and how papers are drawn. The verdict doesn't read it. */
  secret?: SecretTerms
  articles: Readonly<Partial<Record<'presence' | 'turnout' | 'threshold' | 'margin' | 'tie' | 'returned', Article>>>
}

/** A card as the source of a number. @param confirmed cards from memory that an officer vouched for, by id */
export const articleOf = (card: RuleCard, confirmed: ReadonlyMap<string, string> = new Map()): Article => ({
  cardId: card.id,
  text: citation(card),
  verification: card.verification,
  blocks: strengthOf(card, confirmed) === 'block',
})

/** Satisfaction as the regulations name it; appraisals bring their own scale. */
export const SATISFACTION_GRADES = ['满意', '基本满意', '不满意'] as const
/** The usual scale of an appraisal of leaders; no regulation fixes it. */
export const APPRAISAL_GRADES = ['优秀', '称职', '基本称职', '不称职'] as const

/** Candidates a list must at least hold: 5 % of 21 seats is two more, never fewer than one. */
export function candidatesNeeded(seats: number, margin: Share | undefined): number {
  if (!margin) return seats
  const { p, q, strict } = margin
  const product = p * seats
  const more = strict ? Math.floor(product / q) + 1 : Math.floor((product + q - 1) / q)
  return seats + Math.max(1, more)
}
