import { parseYuan } from '../../../../kernel/money/money.ts'

/** What is being typed into a voucher, before it goes to the server. Amounts stay text until they are whole. */
export interface LineDraft {
  /** For React only. */
  key: number
  summary: string
  account: string
  /** Code of the project, '' for none. */
  project: string
  economicClass: string
  counterparty: string
  debit: string
  credit: string
}

export type Side = 'debit' | 'credit'

let lastKey = 0
export const emptyLine = (summary = ''): LineDraft => ({
  key: ++lastKey,
  summary,
  account: '',
  project: '',
  economicClass: '',
  counterparty: '',
  debit: '',
  credit: '',
})

/** Fen of what was typed: 1,234.5, full-width digits, a small sum (120+35.5-5, 800*12); null if it is no amount. */
export function fenOf(text: string): number | null {
  const plain = text.trim().replaceAll('×', '*').replaceAll('＋', '+').replaceAll('＊', '*')
  if (plain === '') return 0
  const parts = plain.split(/(?<=[\d元])(?=[+-])/)
  let sum = 0
  for (const part of parts) {
    const [amount = '', times, ...rest] = part.replace(/^\+/, '').split('*')
    const fen = parseYuan(amount)
    if (fen === null || rest.length || (times !== undefined && !/^\d{1,6}$/.test(times.trim()))) return null
    sum += fen * Number(times ?? 1)
  }
  return Number.isSafeInteger(sum) ? sum : null
}

export const amountText = (fen: number): string => (fen === 0 ? '' : (fen / 100).toFixed(2))

export interface Totals {
  debitFen: number
  creditFen: number
  /** Debit less credit. */
  differenceFen: number
  /** Some amount can't be read. */
  broken: boolean
}

export function totalsOf(lines: readonly Pick<LineDraft, 'debit' | 'credit'>[]): Totals {
  const sum = (side: Side): { fen: number; broken: boolean } => {
    const amounts = lines.map((line) => fenOf(line[side]))
    return { fen: amounts.reduce<number>((added, fen) => added + (fen ?? 0), 0), broken: amounts.includes(null) }
  }
  const [debit, credit] = [sum('debit'), sum('credit')]
  return {
    debitFen: debit.fen,
    creditFen: credit.fen,
    differenceFen: debit.fen - credit.fen,
    broken: debit.broken || credit.broken,
  }
}

/** What `=` writes into a line so that both sides agree, and on which side. */
export function fillOf(lines: readonly LineDraft[], at: number): { side: Side; text: string } {
  const { differenceFen } = totalsOf(lines.map((line, index) => (index === at ? { debit: '', credit: '' } : line)))
  return differenceFen < 0
    ? { side: 'debit', text: amountText(-differenceFen) }
    : { side: 'credit', text: amountText(differenceFen) }
}

/** A line that holds anything at all. */
export const isUsed = (line: LineDraft): boolean =>
  line.account !== '' || line.debit.trim() !== '' || line.credit.trim() !== ''

/** The columns Enter walks through; a line with a debit leaves its credit out. */
export type Cell = 'summary' | 'account' | 'project' | Side
export function cellsOf(line: LineDraft, needsProject: boolean): Cell[] {
  return [
    'summary',
    'account',
    ...(needsProject ? (['project'] as const) : []),
    'debit',
    ...(line.debit.trim() === '' ? (['credit'] as const) : []),
  ]
}
