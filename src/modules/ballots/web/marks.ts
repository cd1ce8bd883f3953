import type { Opening } from '../format/opening.ts'
import { MARKS } from '../words.ts'

const plain: Readonly<Record<string, string>> = { a: MARKS.yes, o: MARKS.no, n: MARKS.abstain }

/** What a symbol stands for: 赞成 …, or the grade that the opening names for it. */
export function markWord(opening: Opening, symbol: string): string {
  const grades = opening.notes['grades']
  const grade: unknown = Array.isArray(grades) ? grades['abcdefghij'.indexOf(symbol)] : plain[symbol]
  return typeof grade === 'string' ? grade : symbol
}
