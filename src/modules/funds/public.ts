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
/** Money of an earlier year that came back: 年初余额调整, no year's spending changes. */
export { refundEarlier, type EarlierRefund } from './server/journal/refund-earlier.ts'
/** Money that a room holds for others and pays on: 代管经费, never income. */
export { moveEntrusted, type EntrustedMove } from './server/journal/entrusted-money.ts'
export { balanceNow, balances, projectBalances, type Balance } from './server/journal/balances.ts'
/** How a voucher that pays for this room's thing is taken back; without it nobody can reverse it. */
export { declareReversal, refuseReversal, type Reversal, type Reversed } from './server/journal/reversal.ts'
export { closeMonth, monthEnd, periodsOf, type Period } from './server/journal/closing.ts'
export { runOracle, type OracleResult } from './server/journal/oracle.ts'
export { verifyAll, verifyBook, type BookFindings } from './server/journal/verify.ts'
export { checkArchive, type Checked } from './server/statements/check-archive.ts'
export { csvJournal, hledgerJournal } from './server/journal/export.ts'
/** The budget's half: asked by every payment from the moment this door is opened. */
export { refuseOverBudget, roomFor, type Room } from './server/budget/guard.ts'
export { declareGranted, grantedIn, type Granted } from './server/budget/standing.ts'
/** How a room hears that what it asked for was paid, or the payment taken back: in the same transaction. */
export { declareSettlement, type Settled, type Settlement } from './server/spending/settlement.ts'
export { progressOf, requestSpending, type Progress } from './server/spending/for-others.ts'
export { paySpending, type Paid } from './server/spending/pay.ts'
export type { RequestState } from './server/spending/machine.ts'
export { SPENDING_KINDS, type SpendingKindId } from './spending-kinds.ts'
export { openingImport } from './server/journal/import-opening.ts'
export { vouchersImport } from './server/journal/import-vouchers.ts'
export { duesBaseImport } from './server/income/import-bases.ts'
export { duesImport } from './server/income/import-dues.ts'
export { ledgerPage } from './server/journal/browse.ts'
export type { LedgerPage } from './voucher-contract.ts'
export { balanceSheet, monthlyIncome, yearlyIncome, type Statement } from './server/journal/statements.ts'
export { identities, type Identity } from './server/journal/identities.ts'
/** Who has to sign an amount, for rooms that decide before they pay. */
export { requiredFor, routeOn, type Required } from './server/spending/route-rule.ts'
export { routesOf } from './server/spending/standards.ts'
export { limitOn } from './server/spending/standards.ts'
export type { LimitStandard } from './server/spending/judge.ts'
/** The union's store, for rooms that hand its goods out in their own deed. */
export { stockBack, stockOf, stockOut } from './server/assets/stock.ts'
export type { ProjectBalance, StockItem } from './asset-contract.ts'
