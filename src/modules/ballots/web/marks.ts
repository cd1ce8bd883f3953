import type { Opening } from '../format/opening.ts'
import { MARKS } from '../words.ts'

const plain: Readonly<Record<string, string>> = { a: MARKS.yes, o: MARKS.no, n: MARKS.abstain }

/**
 * What a symbol stands for: 赞成 …, or the grade that the opening names for it.
 * @param at place of the item on the paper from 0, since a question may have answers of its own
 */
export function markWord(opening: Opening, symbol: string, at = -1): string {
  const { grades, scales } = opening.notes as { grades?: unknown; scales?: unknown[] }
  const own = scales?.[at] ?? grades
  const grade: unknown = Array.isArray(own) ? own['abcdefghij'.indexOf(symbol)] : plain[symbol]
  return typeof grade === 'string' ? grade : symbol
}
