import { initials as plain } from '../../../../web/ui/pinyin.ts'

/** The browser reads 行 as xíng; in a chart of accounts it is the bank's háng. */
const initials = (text: string): string => plain(text.replaceAll('银行', '银航'))

/** An account as the editor needs it. */
export interface AccountChoice {
  code: string
  /** Own name: 文体活动 */
  name: string
  /** With its parents: 职工活动支出—文体活动 */
  fullName: string
  /** May stand on a voucher: it has no detail below it. */
  postable: boolean
}

/**
 * Accounts for what was typed: by the beginning of the code, a piece of the name, or initials. The nearest first, and of
 * equals the lower code.
 */
export function findAccounts(accounts: readonly AccountChoice[], typed: string, most = 12): AccountChoice[] {
  const wanted = typed.trim().toLowerCase()
  const open = accounts.filter((account) => account.postable)
  if (!wanted) return open.slice(0, most)
  const rank = (account: AccountChoice): number => {
    if (account.code === wanted) return 0
    if (account.code.startsWith(wanted)) return 1
    if (account.name.startsWith(wanted)) return 2
    const own = initials(account.name)
    if (own === wanted) return 2
    if (own.startsWith(wanted)) return 3
    if (account.fullName.includes(wanted)) return 4
    return initials(account.fullName).includes(wanted) ? 5 : 9
  }
  return open
    .map((account) => ({ account, at: rank(account) }))
    .filter(({ at }) => at < 9)
    .toSorted((one, other) => one.at - other.at || one.account.code.localeCompare(other.account.code))
    .slice(0, most)
    .map(({ account }) => account)
}
