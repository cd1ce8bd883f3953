import { refused } from '../../../kernel/contract/problem.ts'
import type { Kind, Rule } from './rule.ts'

/** Marks for one line of the sheet. Grades are counted in `grades`, in the rule's order. */
export interface Tally {
  key: string
  label: string
  yes: number
  no: number
  abstain: number
  grades?: readonly number[]
  /** 另选他人: named by voters who marked 不赞成; has only `yes`. */
  writtenIn?: boolean
  /** Why this person can't be elected whatever the votes (近亲属 …). */
  barred?: string
}

/** One channel's or the whole vote's count. A show of hands has no papers: issued and returned are those present. */
export interface Count {
  /** 应到会: the frozen roll. */
  expected: number
  /** The body with its vacant places; `expected` when left out. */
  all?: number
  /** Everybody of the electoral unit; `expected` when left out. */
  unit?: number
  present: number
  issued: number
  returned: number
  valid: number
  invalid: number
  items: readonly Tally[]
}

const counts = ['expected', 'present', 'issued', 'returned', 'valid', 'invalid'] as const

/**
 * What can't be a count, as a sentence at its field: negative or broken numbers, valid and invalid that aren't the returned,
 * marks that aren't the valid ballots. More returned than issued is a count (of a void vote) and no mistake of entry.
 * @returns field → sentence; empty when the sheet adds up
 */
export function sheetFaults(kind: Kind, count: Count): Record<string, string> {
  const faults: Record<string, string> = {}
  for (const name of counts)
    if (!Number.isSafeInteger(count[name]) || count[name] < 0) faults[name] = '请填写 0 或正整数'
  if (Object.keys(faults).length) return faults
  if (count.present > count.expected) faults['present'] = `到会人数不能多于应到会的 ${count.expected} 人`
  if (count.issued > count.expected) faults['issued'] = `发出 ${count.issued} 张，多于应到会的 ${count.expected} 人`
  if (count.valid + count.invalid !== count.returned)
    faults['valid'] = `有效 ${count.valid} 张加无效 ${count.invalid} 张，不等于收回 ${count.returned} 张`
  let named = 0
  let against = 0
  for (const [index, item] of count.items.entries()) {
    const marks = kind === 'election' || kind === 'motion' ? [item.yes, item.no, item.abstain] : (item.grades ?? [])
    const at = `items.${index}`
    if (marks.some((n) => !Number.isSafeInteger(n) || n < 0)) faults[at] = '请填写 0 或正整数'
    const total = marks.reduce((sum, n) => sum + n, 0)
    if (item.writtenIn) {
      named += item.yes
      if (item.yes > count.valid) faults[at] = `“${item.label}”得票多于有效票 ${count.valid} 张`
      if (item.no || item.abstain) faults[at] = '另选他人只计得票'
    } else {
      against += item.no
      if (total !== count.valid) faults[at] = `“${item.label}”各项合计 ${total}，不等于有效票 ${count.valid} 张`
    }
  }
  // Only who votes against a candidate may name another (选举工作条例 第二十三条).
  if (named > against)
    faults['writeIns'] = `另选他人共 ${named} 票，多于不赞成的 ${against} 票：只有投不赞成的才能另选他人`
  return faults
}

/** The valid ballots can't carry more choices than seats each. */
export function seatsFault(rule: Rule, count: Count): string | null {
  if (rule.kind !== 'election' || !rule.seats) return null
  const chosen = count.items.reduce((sum, item) => sum + item.yes, 0)
  return chosen > rule.seats * count.valid
    ? `赞成和另选合计 ${chosen} 票，多于有效票 ${count.valid} 张乘应选 ${rule.seats} 名：选人超过名额的票是无效票`
    : null
}

/** Several channels (main hall, mobile box, online) as one count; a person written in twice is one line. */
export function addChannels(sheets: readonly Count[]): Count {
  const first = sheets[0]
  if (!first) throw refused('no-count', '还没有计票结果。')
  const items = new Map<string, Tally>()
  for (const sheet of sheets)
    for (const item of sheet.items) {
      const known = items.get(item.key)
      items.set(
        item.key,
        known
          ? {
              ...known,
              yes: known.yes + item.yes,
              no: known.no + item.no,
              abstain: known.abstain + item.abstain,
              ...(item.grades && { grades: item.grades.map((n, index) => n + (known.grades?.[index] ?? 0)) }),
            }
          : item,
      )
    }
  const sum = (name: (typeof counts)[number]): number => sheets.reduce((total, sheet) => total + sheet[name], 0)
  return {
    ...first,
    present: first.present,
    issued: sum('issued'),
    returned: sum('returned'),
    valid: sum('valid'),
    invalid: sum('invalid'),
    items: [...items.values()],
  }
}
