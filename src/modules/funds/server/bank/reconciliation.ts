/** 银行存款余额调节表 as numbers: what each side lacks, and whether both then agree. */
export interface OpenItem {
  on: string
  text: string
  /** Positive came in, negative went out; fen. */
  amountFen: number
}

export interface Reconciliation {
  bookFen: number
  bankFen: number
  /** 银行已收，工会未收: raises the book's side. */
  bankReceived: OpenItem[]
  /** 银行已付，工会未付 */
  bankPaid: OpenItem[]
  /** 工会已收，银行未收: raises the bank's side. */
  bookReceived: OpenItem[]
  /** 工会已付，银行未付 */
  bookPaid: OpenItem[]
  adjustedBookFen: number
  adjustedBankFen: number
  /** 0 when they agree. */
  differenceFen: number
}

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
