import { addDays, addMonths, addYears, chineseDay, daysBetween } from '../calendar/days.ts'
import type { WorkCalendar } from '../calendar/working-days.ts'
import { isExactHalf, needed, shareSteps, shareTitle } from './arithmetic.ts'
import { citation, type Bracket, type DeadlineRule, type RuleCard, type RuleTest, type Strength } from './card.ts'

/** What the card is asked about; the kind must match the card's test. */
export type RuleInput =
  | { kind: 'share'; count: number; total: number }
  | { kind: 'trigger'; count: number; done: boolean }
  | { kind: 'range'; value: number }
  | { kind: 'one-of'; value: number }
  | { kind: 'brackets'; size: number; value: number }
  | { kind: 'deadline'; start: string; doneOn?: string | null; today: string }
  | { kind: 'check'; holds: boolean }

export interface Verdict {
  cardId: string
  /** null: open, because the clock still runs. */
  holds: boolean | null
  /** What the verdict does: a failed block stops declaring the act valid. Recording what happened is never stopped. */
  strength: Strength
  blocks: boolean
  /** Numbered sentences with the numbers and, last, the source. */
  steps: readonly string[]
  /** 恰为半数, 依据待核, 调休未录入 … what the reader must know beside the verdict. */
  notes: readonly string[]
  due?: string
}

export interface Circumstances {
  /** Cards known by memory only that a named officer confirmed with a document's number: id → that number. */
  confirmed: ReadonlyMap<string, string>
  calendar: WorkCalendar
}

/** A card that only memory vouches for warns until somebody confirmed it. */
export function strengthOf(card: RuleCard, confirmed: ReadonlyMap<string, string>): Strength {
  return card.strength === 'block' && card.verification === 'memory' && !confirmed.has(card.id) ? 'warn' : card.strength
}

/**
 * Puts a case to a card: verdict, the arithmetic in Chinese, the source.
 * @throws Error when the input isn't of the card's kind: a bug of the caller
 */
export function evaluate(card: RuleCard, input: RuleInput, circumstances: Circumstances): Verdict {
  if (!card.test || card.test.kind !== input.kind) throw new Error(`${card.id} cannot be asked about ${input.kind}`)
  const strength = strengthOf(card, circumstances.confirmed)
  const outcome = judge(card, card.test, input, circumstances.calendar)
  const notes = [...outcome.notes]
  const document = circumstances.confirmed.get(card.id)
  if (card.verification === 'memory')
    notes.push(document ? `依据已由本级核对：${document}。` : '依据待核：核对原文并登记文号之前，本条只作提醒。')
  return {
    cardId: card.id,
    holds: outcome.holds,
    strength,
    blocks: strength === 'block' && outcome.holds === false,
    steps: [...outcome.steps, `依据：${citation(card)}。`].map((step, index) => `${index + 1}. ${step}`),
    notes,
    ...(outcome.due && { due: outcome.due }),
  }
}

interface Outcome {
  holds: boolean | null
  steps: string[]
  notes: string[]
  due?: string
}

function judge(card: RuleCard, test: RuleTest, input: RuleInput, calendar: WorkCalendar): Outcome {
  if (test.kind === 'share' && input.kind === 'share') return judgeShare(test, input.count, input.total)
  if (test.kind === 'trigger' && input.kind === 'trigger') {
    const due = input.count >= test.least
    return {
      holds: !due || input.done,
      steps: [
        `${test.counted}${input.count}${test.unit}，${due ? '达到' : '不足'}${test.least}${test.unit}。`,
        due ? `应当${test.duty}：${input.done ? '已落实' : '尚未落实'}。` : `不强制${test.duty}。`,
      ],
      notes: [],
    }
  }
  if (test.kind === 'range' && input.kind === 'range') return judgeRange(test, input.value)
  if (test.kind === 'one-of' && input.kind === 'one-of') {
    const holds = test.values.includes(input.value)
    return {
      holds,
      steps: [
        `${test.counted}${input.value}${test.unit}，规定为${test.values.join('或')}${test.unit}：${holds ? '符合' : '不符合'}。`,
      ],
      notes: [],
    }
  }
  if (test.kind === 'brackets' && input.kind === 'brackets') return judgeBrackets(test, input.size, input.value)
  if (test.kind === 'deadline' && input.kind === 'deadline') return judgeDeadline(card, test, input, calendar)
  if (test.kind === 'check' && input.kind === 'check')
    return { holds: input.holds, steps: [`${test.question}${input.holds ? '是' : '否'}。`], notes: [] }
  throw new Error(`${card.id}: input does not fit`)
}

function judgeShare(test: Extract<RuleTest, { kind: 'share' }>, count: number, total: number): Outcome {
  const unit = test.unit ?? '人'
  if (total === 0) return { holds: false, steps: [`${test.denominator}为0，无从计算。`], notes: [] }
  const { comparison, holds } = shareSteps(count, total, test.share)
  const exactHalf = test.share.p === 1 && test.share.q === 2 && isExactHalf(count, total)
  return {
    holds,
    steps: [
      `${test.denominator}${total}${unit}，${shareTitle(test.share)}至少需要${needed(total, test.share)}${unit}。`,
      `${test.counted}${count}${unit}：${comparison}，${holds ? '达到' : '未达到'}${shareTitle(test.share)}。`,
    ],
    notes: exactHalf ? ['恰为半数：按“过半数”为未通过，按“半数以上”为通过；从严掌握，建议重新表决。'] : [],
  }
}

function judgeRange(test: Extract<RuleTest, { kind: 'range' }>, value: number): Outcome {
  const low = test.least !== undefined && value < test.least
  const high = test.most !== undefined && value > test.most
  const wanted = [
    ...(test.least !== undefined ? [`不少于${test.least}${test.unit}`] : []),
    ...(test.most !== undefined ? [`不超过${test.most}${test.unit}`] : []),
  ].join('、')
  return {
    holds: !low && !high,
    steps: [`${test.counted}${value}${test.unit}，规定${wanted}：${low ? '偏少' : high ? '超出' : '符合'}。`],
    notes: [],
  }
}

/** The row of a table that a size falls into. */
const bracketOf = (rows: readonly Bracket[], size: number): Bracket | null =>
  rows.find((row) => row.from <= size && (row.to === undefined || size <= row.to)) ?? null

function judgeBrackets(test: Extract<RuleTest, { kind: 'brackets' }>, size: number, value: number): Outcome {
  const row = bracketOf(test.rows, size)
  if (!row) return { holds: true, steps: [`${test.size}${size}，规定未列出这一档。`], notes: [] }
  const holds = row.least <= value && value <= row.most
  const stretch = row.to === undefined ? `${row.from}以上` : `${row.from}至${row.to}`
  return {
    holds,
    steps: [
      `${test.size}${size}，属于${stretch}一档，应为${row.least}至${row.most}${test.unit}。`,
      `${test.counted}${value}${test.unit}：${holds ? '符合' : value < row.least ? '偏少' : '偏多'}。`,
    ],
    notes: [],
  }
}

const UNIT_NAMES = { day: '日', 'working-day': '个工作日', month: '个月', year: '年' } as const

export interface Deadline {
  /** The last day on which it may be done. */
  due: string
  /** The first day on which it may be done, where the rule opens a window. */
  opensOn?: string
  steps: readonly string[]
  /** True when the calendar had no State Council notice for a year it crossed. */
  provisional: boolean
}

/**
 * The last day of a card's clock.
 * @param start the day that starts the clock, or for «before» cards the event's day
 * @throws Error when the card has no clock
 */
export function deadlineOf(card: RuleCard, start: string, calendar: WorkCalendar): Deadline {
  if (card.test?.kind !== 'deadline') throw new Error(`${card.id} has no clock`)
  const { n, unit, direction, moves, opensDaysBefore } = card.test
  const signed = direction === 'before' ? -n : n
  const counted =
    unit === 'day'
      ? addDays(start, signed)
      : unit === 'month'
        ? addMonths(start, signed)
        : unit === 'year'
          ? addYears(start, signed)
          : calendar.addWorkingDays(start, signed)
  const moved = direction === 'after' && unit !== 'working-day' && (moves ?? true)
  const due = moved ? calendar.workingDayFrom(counted) : counted
  const length = `${n}${UNIT_NAMES[unit]}`
  const steps = [
    direction === 'after'
      ? `自${card.test.start}（${chineseDay(start)}，当日不计）起${length}，至${chineseDay(counted)}。`
      : `${card.test.start}为${chineseDay(start)}，${n ? `应提前${length}，` : ''}最迟${chineseDay(counted)}。`,
    ...(due === counted ? [] : [`${chineseDay(counted)}为休息日，顺延至${chineseDay(due)}。`]),
  ]
  const opensOn = opensDaysBefore === undefined ? null : addDays(start, -opensDaysBefore)
  if (opensOn) steps.push(`${chineseDay(opensOn)}起可以办理。`)
  const years = [start, due].map((day) => Number(day.slice(0, 4)))
  const usesCalendar = unit === 'working-day' || moved
  return {
    due,
    ...(opensOn && { opensOn }),
    steps,
    provisional: usesCalendar && !years.every((year) => calendar.covers(year)),
  }
}

function judgeDeadline(
  card: RuleCard,
  _test: DeadlineRule,
  input: Extract<RuleInput, { kind: 'deadline' }>,
  calendar: WorkCalendar,
): Outcome {
  const { due, steps, provisional } = deadlineOf(card, input.start, calendar)
  const notes = provisional ? ['有年份的放假调休安排尚未录入，期限按周末和法定节假日推算。'] : []
  const done = input.doneOn ?? null
  if (done) {
    const holds = done <= due
    return {
      holds,
      due,
      notes,
      steps: [...steps, `${chineseDay(done)}办结，${holds ? '未超期' : `超期${daysBetween(due, done)}日`}。`],
    }
  }
  const left = daysBetween(input.today, due)
  const state = left < 0 ? `已超期${-left}日` : left === 0 ? '今日到期' : `还有${left}日`
  return { holds: left < 0 ? false : null, due, notes, steps: [...steps, `尚未办结，${state}。`] }
}
