import { refused } from '../../../kernel/contract/problem.ts'
import { shareTitle } from '../../../kernel/rules/arithmetic.ts'
import { USUAL_SMALLEST } from '../../../kernel/small-groups/threshold.ts'
import { seatsFault, sheetFaults, type Count, type Tally } from './count.ts'
import { BASES, type Rule } from './rule.ts'
import { baseOf, decisive, Derivation, doubts, type Step } from './step.ts'

/**
 * passed, failed: a motion. elected: every seat is filled. tied: a ballot among the tied must follow. short: fewer than the
 * seats. reported: grades without a threshold. hidden: too few sheets to show. void: the vote doesn't count.
 */
export type Outcome = 'passed' | 'failed' | 'elected' | 'tied' | 'short' | 'reported' | 'hidden' | 'void'

export interface ItemVerdict {
  key: string
  label: string
  outcome: 'elected' | 'not-elected' | 'tied' | 'barred' | 'passed' | 'failed' | 'reported' | 'hidden'
  yes: number
  no: number
  abstain: number
  grades?: readonly number[]
  writtenIn?: boolean
  /** Order by votes, 1 the most; equal votes share it. */
  rank?: number
}

export interface BallotVerdict {
  outcome: Outcome
  /** Election: keys of those elected, the most votes first. */
  elected: readonly string[]
  /** Election: keys between whom another ballot decides, and for how many seats. */
  tied: readonly string[]
  /** Seats that neither the elected nor the tied fill. */
  vacant: number
  tiedSeats: number
  items: readonly ItemVerdict[]
  steps: readonly Step[]
  notes: readonly string[]
}

const nobody = { elected: [], tied: [], vacant: 0, tiedSeats: 0 }

/**
 * The verdict on a count: a pure function of rule and count, with every comparison written out.
 * @throws Problem 422 `count-wrong` (fields) when the sheet doesn't add up, `electorate-too-small` for a body of one
 */
export function evaluate(rule: Rule, count: Count): BallotVerdict {
  const faults = sheetFaults(rule.kind, count)
  const seats = seatsFault(rule, count)
  if (seats) faults['items'] = seats
  if (Object.keys(faults).length) throw refused('count-wrong', '计票单的数字对不上，请逐项核对后重填。', faults)
  if (count.expected < 2)
    throw refused('electorate-too-small', `应到会只有 ${count.expected} 人，不能表决。请核对名册。`)
  const derivation = new Derivation()
  const stands = gates(derivation, rule, count)
  const judged = !stands
    ? { outcome: 'void' as const, ...nobody, items: count.items.map((item) => plain(item, 'not-elected')) }
    : rule.kind === 'election'
      ? elect(derivation, rule, count)
      : rule.kind === 'motion'
        ? decide(derivation, rule, count)
        : grade(derivation, rule, count)
  return { ...judged, steps: derivation.steps, notes: derivation.notes }
}

const plain = (item: Tally, outcome: ItemVerdict['outcome']): ItemVerdict => ({
  key: item.key,
  label: item.label,
  outcome,
  yes: item.yes,
  no: item.no,
  abstain: item.abstain,
  ...(item.grades && { grades: item.grades }),
  ...(item.writtenIn && { writtenIn: true }),
})

/** What must hold before any vote is looked at: who was there, and as many papers back as went out at most. */
function gates(derivation: Derivation, rule: Rule, count: Count): boolean {
  let stands = true
  const gate = (holds: boolean, blocks: boolean, otherwise: string): void => {
    if (holds) return
    if (blocks) stands = false
    else derivation.note(`${otherwise}依据待核，只作提醒。`)
  }
  if (rule.presence) {
    const article = rule.articles.presence
    const here = derivation.share('到会', '人', count.present, '应到会', count.expected, rule.presence, article)
    gate(here, article?.blocks ?? true, '到会人数不足。')
    // People leave between signing in and voting: the papers handed out show who was there when it counted.
    if (rule.papers !== false && count.issued !== count.present) {
      const held = derivation.share('发出选票', '张', count.issued, '应到会', count.expected, rule.presence, article)
      gate(held, article?.blocks ?? true, '发票时到会人数不足。')
    }
  }
  const returned = rule.papers === false || count.returned <= count.issued
  if (rule.papers === false)
    derivation.say(
      `到会${count.present}人，表态${count.valid}人。`,
      { present: count.present, valid: count.valid },
      null,
    )
  else
    derivation.say(
      `发出${count.issued}张，收回${count.returned}张（有效${count.valid}张，无效${count.invalid}张），${
        returned
          ? `收回不多于发出${count.issued === count.returned ? '' : `，未收回${count.issued - count.returned}张`}`
          : '收回多于发出，本次投票无效，应当重新进行'
      }。`,
      { issued: count.issued, returned: count.returned, valid: count.valid, invalid: count.invalid },
      returned,
      rule.articles.returned,
    )
  // Impossible papers void a vote whatever the article's number.
  gate(returned, true, '')
  if (rule.turnout)
    gate(
      derivation.share('收回', '张', count.returned, '应到会', count.expected, rule.turnout, rule.articles.turnout),
      rule.articles.turnout?.blocks ?? true,
      '参加投票的人数不足。',
    )
  return stands
}

function elect(derivation: Derivation, rule: Rule, count: Count): Omit<BallotVerdict, 'steps' | 'notes'> {
  const seats = rule.seats ?? 1
  const share = decisive(rule)
  const total = baseOf(rule.base, count)
  const reached = new Set<string>()
  for (const item of byVotes(count.items)) {
    const holds = derivation.share(
      `${item.label}得赞成`,
      '票',
      item.yes,
      BASES[rule.base],
      total,
      share,
      rule.articles.threshold,
    )
    doubts(derivation, rule, count, item.label, item.yes)
    if (item.barred) derivation.say(`${item.label}不得当选：${item.barred}。`, { yes: item.yes }, false)
    else if (holds) reached.add(item.key)
  }
  const qualified = byVotes(count.items).filter((item) => reached.has(item.key))
  const cut = qualified[seats - 1]?.yes ?? 0
  const above = qualified.filter((item) => item.yes > cut)
  const atCut = qualified.filter((item) => item.yes === cut)
  const free = seats - above.length
  const tie = qualified.length > seats && atCut.length > free
  const elected = qualified.length <= seats ? qualified : tie ? above : [...above, ...atCut]
  const tied = tie ? atCut : []
  const vacant = tie ? 0 : seats - elected.length
  derivation.say(
    `应选${seats}名，${shareTitle(share)}的${qualified.length}人${
      tie
        ? `；${tied.map((item) => item.label).join('、')}得票相等（各${cut}票）而只余${free}个名额，应就票数相等的候选人再次投票`
        : qualified.length > seats
          ? `，按得赞成票多少当选${elected.length}人`
          : vacant
            ? `，全部当选，缺${vacant}名`
            : '，全部当选'
    }。`,
    { seats, qualified: qualified.length, elected: elected.length, vacant },
    !tie && vacant === 0,
    tie ? rule.articles.tie : rule.articles.threshold,
  )
  if (vacant)
    derivation.note(
      '当选人数少于应选名额的，不足名额可以另行选举；接近名额、仍在规定的人数范围内的，经过半数到会有表决权的人同意，也可以减少名额，不再选举。',
    )
  return {
    outcome: tie ? 'tied' : vacant ? 'short' : 'elected',
    elected: elected.map((item) => item.key),
    tied: tied.map((item) => item.key),
    tiedSeats: tie ? free : 0,
    vacant,
    items: byVotes(count.items).map((item) => ({
      ...plain(
        item,
        item.barred ? 'barred' : elected.includes(item) ? 'elected' : tied.includes(item) ? 'tied' : 'not-elected',
      ),
      rank: 1 + count.items.filter((other) => other.yes > item.yes).length,
    })),
  }
}

/** The most votes first; equal votes keep the order of the sheet. */
const byVotes = (items: readonly Tally[]): Tally[] => items.toSorted((one, other) => other.yes - one.yes)

function decide(derivation: Derivation, rule: Rule, count: Count): Omit<BallotVerdict, 'steps' | 'notes'> {
  const share = decisive(rule)
  const total = baseOf(rule.base, count)
  const items = count.items.map((item) => {
    const what = count.items.length === 1 ? '赞成' : `“${item.label}”赞成`
    const holds = derivation.share(what, '票', item.yes, BASES[rule.base], total, share, rule.articles.threshold)
    doubts(derivation, rule, count, item.label, item.yes)
    return plain(item, holds ? 'passed' : 'failed')
  })
  const passed = items.length > 0 && items.every((item) => item.outcome === 'passed')
  return { outcome: passed ? 'passed' : 'failed', ...nobody, items }
}

function grade(derivation: Derivation, rule: Rule, count: Count): Omit<BallotVerdict, 'steps' | 'notes'> {
  const smallest = rule.smallest ?? USUAL_SMALLEST
  if (count.valid < smallest) {
    derivation.say(
      `有效票${count.valid}张，少于${smallest}张，为保护填表人不公布各项票数。`,
      { valid: count.valid, smallest },
      false,
    )
    return {
      outcome: 'hidden',
      ...nobody,
      items: count.items.map((item) => ({ ...plain(item, 'hidden'), grades: [] })),
    }
  }
  const names = rule.grades ?? []
  const items = count.items.map((item) => {
    const grades = item.grades ?? []
    derivation.say(
      `${item.label}：${names.map((name, index) => `${name}${grades[index] ?? 0}`).join('、')}，有效${count.valid}张。`,
      Object.fromEntries(names.map((name, index) => [name, grades[index] ?? 0])),
      null,
    )
    if (!rule.threshold || !rule.favourable) return plain(item, 'reported')
    const good = grades.slice(0, rule.favourable).reduce((sum, n) => sum + n, 0)
    const what = `${item.label}得“${names.slice(0, rule.favourable).join('、')}”`
    const holds = derivation.share(
      what,
      '票',
      good,
      BASES[rule.base],
      baseOf(rule.base, count),
      decisive(rule),
      rule.articles.threshold,
    )
    return plain(item, holds ? 'passed' : 'failed')
  })
  const outcome = items.every((item) => item.outcome === 'reported')
    ? 'reported'
    : items.every((item) => item.outcome === 'passed')
      ? 'passed'
      : 'failed'
  return { outcome, ...nobody, items }
}
