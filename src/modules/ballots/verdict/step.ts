import { isExactHalf, needed, shareSteps, shareTitle, stricter, type Share } from '../../../kernel/rules/arithmetic.ts'
import { BASES, type Article, type Base, type Rule } from './rule.ts'
import type { Count } from './count.ts'

/** One line of the derivation: what was compared, whether it holds, and by which article. */
export interface Step {
  no: number
  text: string
  numbers: Readonly<Record<string, number>>
  /** null: only stated. */
  holds: boolean | null
  article: string | null
  /** Its card is known from memory only and warns. */
  unverified?: true
}

/** Collects steps and numbers them. */
export class Derivation {
  readonly steps: Step[] = []
  readonly notes: string[] = []

  say(text: string, numbers: Record<string, number>, holds: boolean | null, article?: Article): void {
    this.steps.push({
      no: this.steps.length + 1,
      text,
      numbers,
      holds,
      article: article?.text ?? null,
      ...(article && article.verification === 'memory' && !article.blocks && { unverified: true as const }),
    })
  }

  note(text: string): void {
    if (!this.notes.includes(text)) this.notes.push(text)
  }

  /** Compares a count with a share of a total and says it: «到会 66 人：3×66＝198，2×99＝198，198＝198，达到三分之二以上». */
  share(
    counted: string,
    unit: string,
    count: number,
    base: string,
    total: number,
    share: Share,
    article?: Article,
  ): boolean {
    const { comparison, holds } = shareSteps(count, total, share)
    const need = total > 0 ? needed(total, share) : 0
    this.say(
      `${base}${total}${base === BASES.valid ? '票' : '人'}，${shareTitle(share)}即至少${need}${unit}。${counted}${count}${unit}：${comparison}，${holds ? '达到' : '未达到'}${shareTitle(share)}。`,
      { count, total, needed: need },
      holds,
      article,
    )
    return holds
  }
}

/** The number behind a base. */
export function baseOf(base: Base, count: Count): number {
  if (base === 'all') return count.all ?? count.expected
  if (base === 'unit') return count.unit ?? count.expected
  if (base === 'present') return count.present
  return base === 'valid' ? count.valid : count.expected
}

/** The share that decides: of two that apply, the one that asks for more. */
export const decisive = (rule: Rule): Share => {
  if (!rule.threshold) throw new Error('a rule without a threshold decides nothing')
  return rule.also ? stricter(rule.threshold, rule.also) : rule.threshold
}

/** What the reader must know where other readings of the rule would decide otherwise. */
export function doubts(derivation: Derivation, rule: Rule, count: Count, label: string, yes: number): void {
  const share = decisive(rule)
  const total = baseOf(rule.base, count)
  const passes = (of: number, by: Share): boolean => of > 0 && yes >= needed(of, by)
  if (share.p === 1 && share.q === 2 && isExactHalf(yes, total))
    derivation.note(
      `“${label}”得${yes}票，恰为${total}的半数：按“过半数”为未通过，按“半数以上”为通过。本次按${shareTitle(share)}判定；确有争议的，建议重新表决。`,
    )
  const all = count.all
  if (rule.base === 'expected' && all !== undefined && all !== total && passes(total, share) !== passes(all, share))
    derivation.note(
      `“${label}”得${yes}票：按应到会${total}人需${needed(total, share)}票，按含缺额的全体${all}人需${needed(all, share)}票，两种口径结论不同。本次以${BASES[rule.base]}为准。`,
    )
}
