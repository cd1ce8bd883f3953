import { Problem } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import { setBudgetGuard } from '../journal/spend.ts'
import { executionOf, lineFor } from './execution.ts'
import { budgetInForce, movedIn, reservedIn } from './standing.ts'

export interface Room {
  /** null: no budget of that year is in force. */
  budgetId: number | null
  /** null: the budget has no line for it. */
  lineId: number | null
  lineFen: number
  executedFen: number
  reservedFen: number
  leftFen: number
}

/** What the budget leaves for an account and project on a day, without what asks. */
export async function roomFor(
  db: Db | Tx,
  bookId: number,
  asked: { on: string; accountCode: string; projectId: number | null; exceptSource?: string | null },
): Promise<Room> {
  const nothing = { budgetId: null, lineId: null, lineFen: 0, executedFen: 0, reservedFen: 0, leftFen: 0 }
  const budget = await budgetInForce(db, bookId, asked.on)
  if (!budget) return nothing
  const lines = budget.lines.filter((line) => line.direction === 'spending')
  const line = lineFor(lines, asked.accountCode, asked.projectId)
  if (!line) return { ...nothing, budgetId: budget.id }
  const year = Number(asked.on.slice(0, 4))
  const executed = await movedIn(db, bookId, year, 'spending')
  const reserved = await reservedIn(db, bookId, year, asked.exceptSource ?? null)
  const standing = executionOf(lines, executed, reserved).lines.find((one) => one.id === line.id)!
  return {
    budgetId: budget.id,
    lineId: line.id,
    lineFen: line.amountFen,
    executedFen: standing.executedFen,
    reservedFen: standing.reservedFen,
    leftFen: standing.leftFen,
  }
}

/**
 * Refuses what the year's budget doesn't hold (基层工会经费收支管理办法 第十六条: 严禁无预算、超预算). Before a budget of the
 * year is in force nothing is refused: the year's first months are spent on last year's footing. Call it in the lane.
 * @throws Problem 409 `budget-line-missing` | `budget-overspent` with the way out
 */
export async function refuseOverBudget(
  tx: Tx,
  bookId: number,
  asked: {
    on: string
    accountCode: string
    projectId: number | null
    amountFen: number
    exceptSource?: string | null
  },
): Promise<void> {
  const room = await roomFor(tx, bookId, asked)
  if (room.budgetId === null || (room.lineId !== null && room.leftFen >= asked.amountFen)) return
  if (room.lineId === null)
    throw new Problem(
      409,
      'budget-line-missing',
      `本年预算里没有科目 ${asked.accountCode} 的支出。请先调整预算，再审批或付款。`,
      { amount: '没有预算' },
    )
  throw new Problem(
    409,
    'budget-overspent',
    `预算 ${formatYuan(room.lineFen)} 元，已执行 ${formatYuan(room.executedFen)} 元，已批未付 ${formatYuan(room.reservedFen)} 元，只剩 ${formatYuan(room.leftFen)} 元，不够 ${formatYuan(asked.amountFen)} 元。请先调整预算。`,
    { amount: `预算只剩 ${formatYuan(room.leftFen)} 元` },
  )
}

/** Every payment, whichever room it comes from, passes here. What it was granted before doesn't stand against it. */
setBudgetGuard(async (tx, _actor, book, spending) => {
  if (!spending.expenseAccount.startsWith('5')) return
  await refuseOverBudget(tx, book.id, {
    on: spending.on,
    accountCode: spending.expenseAccount,
    projectId: spending.projectId ?? null,
    amountFen: spending.amountFen,
    exceptSource: spending.source,
  })
})
