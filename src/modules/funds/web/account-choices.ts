import { useAccounts, useBook } from './book.tsx'

/** Accounts as a dialog offers them, in words: «102 银行存款». */
export interface AccountChoices {
  /** cash and bank */
  money: readonly string[]
  cash: readonly string[]
  spending: readonly string[]
  /** The words of a code; the bare code until the chart has come. */
  of(code: string): string
}

export function useAccountChoices(): AccountChoices {
  const book = useBook()
  const usable = (useAccounts(book.data ?? undefined, true).data ?? []).filter((account) => account.usable)
  const words = (account: { code: string; fullName: string }): string => `${account.code} ${account.fullName}`
  const starting = (start: RegExp): string[] => usable.filter((account) => start.test(account.code)).map(words)
  return {
    money: starting(/^10[12]/),
    cash: starting(/^101/),
    spending: starting(/^5/),
    of: (code) => {
      const found = usable.find((account) => account.code === code)
      return found ? words(found) : code
    },
  }
}

/** The code in front of what was chosen. */
export const codeOf = (words: unknown): string | undefined =>
  typeof words === 'string' && words.trim() !== '' ? words.trim().split(' ')[0] : undefined
