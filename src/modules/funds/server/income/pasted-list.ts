import { parseYuan } from '../../../../kernel/money/money.ts'

/** One line of a pasted list as it was read. */
export interface PastedRow {
  line: number
  /** Name or staff number, as written. */
  who: string
  amountFen: number | null
  error: string | null
}

/**
 * Reads what was copied out of a workbook: the last amount of a line is the money, the cells before it say who. Headings
 * and empty lines are passed over.
 */
export function readPastedList(text: string): PastedRow[] {
  const rows: PastedRow[] = []
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const cells = raw
      .split(/[\t,，;；]| {2,}/)
      .map((cell) => cell.trim())
      .filter(Boolean)
    if (!cells.length || (index === 0 && /姓名|工号/.test(raw) && !cells.some((cell) => parseYuan(cell) !== null)))
      continue
    const money = cells.at(-1)!
    const amountFen = cells.length > 1 ? parseYuan(money) : null
    const error =
      cells.length < 2
        ? '这一行只有一列，请写工号或姓名，再写金额'
        : amountFen === null
          ? `“${money}”不是金额，最多两位小数`
          : amountFen <= 0
            ? '金额应大于零'
            : null
    rows.push({ line: index + 1, who: cells.slice(0, -1).join(' '), amountFen: error ? null : amountFen, error })
  }
  return rows
}

export interface Candidate {
  personId: number
  name: string
  staffNo: string | null
}

export type Find = (who: string) => Candidate | string

/**
 * Finds who is meant: by staff number, by both, or by a name that only one member bears.
 * @returns the member, or the sentence why nobody is clear
 */
export function finderOf(members: readonly Candidate[]): Find {
  const grouped = (of: (one: Candidate) => string | null): Map<string, Candidate[]> => {
    const found = new Map<string, Candidate[]>()
    for (const one of members) {
      const key = of(one)
      if (key) found.set(key, [...(found.get(key) ?? []), one])
    }
    return found
  }
  const byNumber = grouped((one) => one.staffNo)
  const byName = grouped((one) => one.name)
  return (who) => {
    const words = who.split(/\s+/)
    const numbered = words.flatMap((word) => byNumber.get(word) ?? [])
    const named = words.flatMap((word) => byName.get(word) ?? [])
    const found = !numbered.length
      ? named
      : named.length
        ? numbered.filter((one) => words.includes(one.name))
        : numbered
    if (found.length === 1) return found[0]!
    if (found.length > 1) return `有 ${found.length} 名会员叫“${who}”，请写工号`
    return numbered.length ? `工号与姓名不是同一人：${who}` : `花名册里没有“${who}”`
  }
}
