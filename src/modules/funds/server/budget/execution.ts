/** A line of the budget in force. */
export interface Line {
  id: number
  direction: 'income' | 'spending'
  /** A main account (501) covers its details, unless a line of their own does. */
  accountCode: string
  projectId: number | null
  amountFen: number
}

/** What was posted, or what approved requests have reserved, on one account and project. */
export interface Move {
  accountCode: string
  projectId: number | null
  fen: number
}

/**
 * The line that pays for an account and project: the project's own line before the general one, the detail before its
 * main account. Null when the budget has none.
 */
export function lineFor(lines: readonly Line[], accountCode: string, projectId: number | null): Line | null {
  const fitting = lines.filter(
    (line) => accountCode.startsWith(line.accountCode) && (line.projectId === null || line.projectId === projectId),
  )
  const rank = (line: Line): number => (line.projectId === null ? 0 : 100) + line.accountCode.length
  return fitting.toSorted((one, other) => rank(other) - rank(one))[0] ?? null
}

export interface Execution extends Line {
  executedFen: number
  reservedFen: number
  /** Never counts what is only planned to come in. */
  leftFen: number
}

/** Execution of every line, and what was moved outside the budget. */
export function executionOf(
  lines: readonly Line[],
  executed: readonly Move[],
  reserved: readonly Move[],
): { lines: Execution[]; outsideFen: number } {
  const sums = new Map<number, { executed: number; reserved: number }>()
  let outsideFen = 0
  const add = (moves: readonly Move[], key: 'executed' | 'reserved'): void => {
    for (const move of moves) {
      const line = lineFor(lines, move.accountCode, move.projectId)
      if (!line) {
        outsideFen += move.fen
        continue
      }
      const sum = sums.get(line.id) ?? { executed: 0, reserved: 0 }
      sum[key] += move.fen
      sums.set(line.id, sum)
    }
  }
  add(executed, 'executed')
  add(reserved, 'reserved')
  return {
    lines: lines.map((line) => {
      const sum = sums.get(line.id) ?? { executed: 0, reserved: 0 }
      return {
        ...line,
        executedFen: sum.executed,
        reservedFen: sum.reserved,
        leftFen: line.amountFen - sum.executed - sum.reserved,
      }
    }),
    outsideFen,
  }
}
