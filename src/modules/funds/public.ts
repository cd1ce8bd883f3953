/**
 * What other modules may call. Money moves in their own transaction: `spend` pays what they approved, `postVoucher` books
 * anything else. Amounts are fen.
 */
export { bookOf, openBook, requireBook, type Book } from './server/journal/books.ts'
export type { EntryDraft, Signature, VoucherDraft } from './server/journal/draft.ts'
export { postVoucher, voucherNumber, type PostedVoucher, type Signatures } from './server/journal/post.ts'
export {
  lockBook,
  refund,
  setBudgetGuard,
  spend,
  type BudgetGuard,
  type Refund,
  type Spending,
} from './server/journal/spend.ts'
export { balanceNow, balances, projectBalances, type Balance, type ProjectBalance } from './server/journal/balances.ts'
export { closeMonth, monthEnd, periodsOf, type Period } from './server/journal/closing.ts'
export { runOracle, type OracleResult } from './server/journal/oracle.ts'
export { verifyAll, verifyBook, type BookFindings } from './server/journal/verify.ts'
