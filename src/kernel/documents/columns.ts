import type { Column } from './model.ts'

/** Column widths that add up exactly to the table's width. */
export function columnWidths(columns: readonly Column[], width: number): number[] {
  const known = columns.filter((column) => column.width !== undefined)
  const average = known.length ? known.reduce((sum, column) => sum + column.width!, 0) / known.length : 1
  const shares = columns.map((column) => column.width ?? average)
  const total = shares.reduce((sum, share) => sum + share, 0)
  let before = 0
  return shares.map((_, index) => {
    const until = Math.round((width * shares.slice(0, index + 1).reduce((sum, share) => sum + share, 0)) / total)
    const own = until - before
    before = until
    return own
  })
}
