import { daysBetween } from '../../../../kernel/calendar/days.ts'
import type { Suggestion } from '../../bank-contract.ts'

export type { Suggestion }

/** A movement on the bank's statement or in the bank journal; what came in is positive. */
export interface Movement {
  id: number
  on: string
  amountFen: number
  /** Everything that can be read: summary, counterparty, number. */
  text: string
  reference?: string
}

/** A cheque or a transfer may reach the bank this many days after (or before) the journal has it. */
const NEAR_DAYS = 15
/** Sums of several lines are looked for among at most so many, so that a month with a thousand lines stays quick. */
const MOST_SUMMED = 12

/** How many characters of a counterparty or number are found on the other side. */
function likeness(one: Movement, other: Movement): number {
  const words = one.text.split(/[\s,，、；;：:（）()]+/).filter((word) => word.length >= 2)
  return words.reduce((sum, word) => sum + (other.text.includes(word) ? word.length : 0), 0)
}

/**
 * Suggests which lines of the statement are which lines of the bank journal: first by number, then by day, then by
 * nearest day, then several together. Never pairs different amounts; never uses a line twice.
 */
export function matchStatement(statement: readonly Movement[], journal: readonly Movement[]): Suggestion[] {
  const open = {
    statement: new Map(statement.map((one) => [one.id, one])),
    journal: new Map(journal.map((one) => [one.id, one])),
  }
  const found: Suggestion[] = []
  const take = (suggestion: Suggestion): void => {
    found.push(suggestion)
    for (const id of suggestion.statement) open.statement.delete(id)
    for (const id of suggestion.journal) open.journal.delete(id)
  }
  byNumber(open, take)
  byDay(open, take)
  byNearestDay(open, take)
  bySum(open, take)
  return found
}

interface Open {
  statement: Map<number, Movement>
  journal: Map<number, Movement>
}
type Take = (suggestion: Suggestion) => void

const byAmount = (movements: Iterable<Movement>): Map<number, Movement[]> => {
  const groups = new Map<number, Movement[]>()
  for (const one of movements) groups.set(one.amountFen, [...(groups.get(one.amountFen) ?? []), one])
  return groups
}

function byNumber(open: Open, take: Take): void {
  const journal = byAmount(open.journal.values())
  for (const line of open.statement.values()) {
    const number = line.reference?.trim()
    if (!number || number.length < 4) continue
    const fits = (journal.get(line.amountFen) ?? []).filter(
      (entry) => open.journal.has(entry.id) && (entry.reference?.trim() === number || entry.text.includes(number)),
    )
    if (fits.length === 1)
      take({ statement: [line.id], journal: [fits[0]!.id], confidence: 'sure', reason: '金额和凭证号（流水号）相同' })
  }
}

function byDay(open: Open, take: Take): void {
  const key = (one: Movement): string => `${one.on}:${one.amountFen}`
  const groups = new Map<string, Movement[]>()
  for (const entry of open.journal.values()) groups.set(key(entry), [...(groups.get(key(entry)) ?? []), entry])
  const lines = new Map<string, Movement[]>()
  for (const line of open.statement.values()) lines.set(key(line), [...(lines.get(key(line)) ?? []), line])
  for (const [group, same] of lines) {
    const entries = groups.get(group) ?? []
    if (same.length === 1 && entries.length === 1) {
      take({ statement: [same[0]!.id], journal: [entries[0]!.id], confidence: 'sure', reason: '金额和日期相同' })
      continue
    }
    // Twins: whichever reads most alike; the same number on both sides leaves nothing over.
    const free = new Set(entries)
    for (const line of same) {
      const best = [...free].toSorted((one, other) => likeness(line, other) - likeness(line, one))[0]
      if (!best) break
      free.delete(best)
      take({
        statement: [line.id],
        journal: [best.id],
        confidence: same.length === entries.length ? 'likely' : 'check',
        reason: '金额和日期相同，同日有几笔一样的',
      })
    }
  }
}

function byNearestDay(open: Open, take: Take): void {
  const pairs: { line: Movement; entry: Movement; days: number; like: number }[] = []
  const journal = byAmount(open.journal.values())
  for (const line of open.statement.values())
    for (const entry of journal.get(line.amountFen) ?? []) {
      const days = Math.abs(daysBetween(entry.on, line.on))
      if (days <= NEAR_DAYS) pairs.push({ line, entry, days, like: likeness(line, entry) })
    }
  pairs.sort((one, other) => other.like - one.like || one.days - other.days || one.entry.id - other.entry.id)
  const rivals = new Map<number, number>()
  for (const { line } of pairs) rivals.set(line.id, (rivals.get(line.id) ?? 0) + 1)
  for (const { line, entry, days } of pairs) {
    if (!open.statement.has(line.id) || !open.journal.has(entry.id)) continue
    const alone = rivals.get(line.id) === 1
    take({
      statement: [line.id],
      journal: [entry.id],
      confidence: alone ? 'likely' : 'check',
      reason: `金额相同，相差 ${days} 天${alone ? '' : '，另有金额相同的'}`,
    })
  }
}

/** One line against several of the other side that were booked within a few days and add up to it. */
function bySum(open: Open, take: Take): void {
  for (const line of open.statement.values()) {
    const parts = summing(line, [...open.journal.values()])
    if (parts)
      take({
        statement: [line.id],
        journal: parts.map((one) => one.id),
        confidence: 'check',
        reason: `账上 ${parts.length} 笔合计等于银行一笔`,
      })
  }
  for (const entry of open.journal.values()) {
    const parts = summing(entry, [...open.statement.values()])
    if (parts)
      take({
        statement: parts.map((one) => one.id),
        journal: [entry.id],
        confidence: 'check',
        reason: `银行 ${parts.length} 笔合计等于账上一笔`,
      })
  }
}

function summing(whole: Movement, others: readonly Movement[]): Movement[] | null {
  const near = others
    .filter(
      (one) =>
        Math.sign(one.amountFen) === Math.sign(whole.amountFen) &&
        Math.abs(one.amountFen) < Math.abs(whole.amountFen) &&
        Math.abs(daysBetween(one.on, whole.on)) <= 5,
    )
    .slice(0, MOST_SUMMED)
  const target = Math.abs(whole.amountFen)
  let answers = 0
  let answer: Movement[] | null = null
  for (let mask = 1; mask < 1 << near.length; mask++) {
    let sum = 0
    for (let at = 0; at < near.length && sum <= target; at++) if (mask & (1 << at)) sum += Math.abs(near[at]!.amountFen)
    if (sum !== target) continue
    answers++
    if (answers > 1) return null
    answer = near.filter((_, at) => mask & (1 << at))
  }
  return answer && answer.length > 1 ? answer : null
}
