import type { OpenItem, Reconciliation } from '../../bank-contract.ts'

export type { OpenItem, Reconciliation }

const sum = (items: readonly OpenItem[]): number => items.reduce((added, item) => added + item.amountFen, 0)

/** @param bank lines of the statement the journal lacks; @param book lines of the journal the statement lacks */
export function reconcileBalances(
  bookFen: number,
  bankFen: number,
  bank: readonly OpenItem[],
  book: readonly OpenItem[],
): Reconciliation {
  const adjustedBookFen = bookFen + sum(bank)
  const adjustedBankFen = bankFen + sum(book)
  return {
    bookFen,
    bankFen,
    bankReceived: bank.filter((item) => item.amountFen > 0),
    bankPaid: bank.filter((item) => item.amountFen < 0),
    bookReceived: book.filter((item) => item.amountFen > 0),
    bookPaid: book.filter((item) => item.amountFen < 0),
    adjustedBookFen,
    adjustedBankFen,
    differenceFen: adjustedBookFen - adjustedBankFen,
  }
}
