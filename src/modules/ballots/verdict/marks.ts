/** What one voter wrote on one paper, read as the rules of a valid ballot have it. Named papers and tests use it. */
export type Mark = 'yes' | 'no' | 'abstain'

export interface Paper {
  /** Mark by the key of a listed line; an unmarked line is an abstention. */
  marks: Readonly<Record<string, Mark>>
  /** Named instead of a listed person: the line that was struck and who is wanted. */
  writeIns?: readonly { instead: string; key: string; label: string }[]
}

export interface ReadPaper {
  valid: boolean
  reason?: string
  marks: Readonly<Record<string, Mark>>
  /** Persons written in that count. */
  named: readonly { key: string; label: string }[]
  /** What of the paper doesn't count although the paper does. */
  ignored: readonly string[]
}

/**
 * Reads one paper for one body (several bodies on a sheet are read apart: overvoting in one doesn't void the other).
 * More chosen than seats: invalid. A name written beside 赞成 or 弃权 doesn't count, and neither does a listed person
 * written in once more (选举工作条例 第二十三条、第二十五条).
 */
export function readPaper(listed: readonly string[], seats: number, paper: Paper): ReadPaper {
  const marks: Record<string, Mark> = Object.fromEntries(listed.map((key) => [key, paper.marks[key] ?? 'abstain']))
  const named: { key: string; label: string }[] = []
  const ignored: string[] = []
  for (const one of paper.writeIns ?? []) {
    if (marks[one.instead] !== 'no') ignored.push(`“${one.label}”：只有不赞成的才可以另选他人`)
    else if (listed.includes(one.key) && marks[one.key] === 'yes')
      ignored.push(`“${one.label}”已在候选人中赞成，只计一次`)
    else if (named.some((other) => other.key === one.key)) ignored.push(`“${one.label}”重复填写，只计一次`)
    else named.push({ key: one.key, label: one.label })
  }
  const chosen = listed.filter((key) => marks[key] === 'yes').length + named.length
  return chosen > seats
    ? { valid: false, reason: `选了 ${chosen} 人，多于应选的 ${seats} 人`, marks: {}, named: [], ignored }
    : { valid: true, marks, named, ignored }
}
