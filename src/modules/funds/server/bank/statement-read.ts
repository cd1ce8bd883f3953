import { refused } from '../../../../kernel/contract/problem.ts'
import { cleanText, readDate, readMoney } from '../../../../kernel/importer/cells.ts'
import type { Cell, Row } from '../../../../kernel/xlsx/cell.ts'
import type { Statement, StatementLine } from '../../bank-contract.ts'

export type { Statement, StatementLine }

type Role = 'on' | 'out' | 'in' | 'amount' | 'direction' | 'balance' | 'summary' | 'party' | 'reference'

/** How banks head their columns. The bank's debit is the holder's spending. The first pattern that fits wins. */
const HEADS: readonly [Role, string, RegExp][] = [
  ['balance', '余额', /余额/],
  ['out', '支出', /^(借方(发生额|金额)?|支出(金额)?|转出(金额)?|付款金额|借方.*支出.*|支取|.*支出.*)$/],
  ['in', '收入', /^(贷方(发生额|金额)?|收入(金额)?|转入(金额)?|收款金额|贷方.*收入.*|存入|.*收入.*)$/],
  ['direction', '收支方向', /^(借贷(标志|方向|标识)?|收支(标志|方向|类型)?|方向|交易方向)$/],
  ['amount', '金额', /^(交易金额|发生额|金额)$/],
  ['on', '日期', /^(交易日期?|记账日期?|入账日期?|日期|交易时间|记账时间|业务日期)$/],
  ['summary', '摘要', /^(摘要|交易摘要|用途|摘要用途|附言|交易附言|备注|交易说明)$/],
  ['party', '对方户名', /^(对方户名|对方名称|对方账户名称?|对方单位(名称)?|交易对手(名称)?|户名|对手户名)$/],
  ['reference', '流水号', /^(交易?流水号?|流水号|凭证号码?|凭证编号|交易序号|业务流水号|回单编号|核心流水号)$/],
]

/** A head without its unit and decoration: 借方发生额（支取）/元 → 借方发生额. */
const bare = (head: string): string =>
  head
    .normalize('NFKC')
    .replaceAll(/[\s*:：]/g, '')
    .replaceAll(/[(【[].*?[)】\]]/g, '')
    .replace(/[/／]?(人民币)?元?$/, '')

interface Head {
  rowNo: number
  places: Map<Role, number>
  columns: Statement['columns']
}

function headOf(row: Row): Head | null {
  const places = new Map<Role, number>()
  const columns: Statement['columns'] = []
  for (const [role, as, pattern] of HEADS)
    for (const [place, cell] of row.cells.entries()) {
      const written = cleanText(cell)
      if (!written || places.has(role) || [...places.values()].includes(place) || !pattern.test(bare(written))) continue
      places.set(role, place)
      columns.push({ header: written, as })
    }
  const money = (places.has('out') && places.has('in')) || places.has('amount')
  return places.has('on') && money ? { rowNo: row.rowNo, places, columns } : null
}

const isIn = (text: string): boolean | null =>
  /^(贷|贷方|收|收入|转入|存入|进|\+|C)$/i.test(text)
    ? true
    : /^(借|借方|支|支出|转出|支取|付|-|D)$/i.test(text)
      ? false
      : null

/** Banks close with sums and sentences; a row without a day and with such a word is not a movement. */
const closing = /合计|总计|笔数|期初|期末|上期|本期|承前|过次|打印|以上|截止|---/

/**
 * Reads a bank's statement: finds the row of heads, knows columns by their names, and proves with the running balance
 * that no column has shifted.
 * @throws Problem 422 `statement-no-head`, `statement-shifted` (names the rows), `statement-empty`
 */
export function readStatement(rows: readonly Row[]): Statement {
  const head = rows
    .slice(0, 40)
    .map(headOf)
    .find((found) => found !== null)
  if (!head)
    throw refused(
      'statement-no-head',
      '没有找到对账单的表头。需要有日期列，以及“支出、收入”（或“借方、贷方”）两列或“金额”一列。请从网银导出“交易明细”后再导入。',
    )
  const faults: Record<string, string> = {}
  const lines: StatementLine[] = []
  for (const row of rows) {
    if (row.rowNo <= head.rowNo) continue
    const read = lineOf(row, head.places)
    if (read === null) continue
    if ('fault' in read) faults[`第 ${row.rowNo} 行`] = read.fault
    else lines.push(read)
  }
  if (Object.keys(faults).length) throw shifted(faults)
  if (!lines.length) throw refused('statement-empty', '表头下面没有一笔收支。请检查导出的日期范围。')
  const ordered = inOrder(lines)
  const first = ordered[0]!
  return {
    lines: ordered,
    openingFen: first.balanceFen === null ? null : first.balanceFen - first.amountFen,
    closingFen: ordered.at(-1)!.balanceFen,
    columns: head.columns,
  }
}

const shifted = (faults: Record<string, string>): Error => {
  const names = Object.keys(faults)
  const some = names.slice(0, 3).join('、')
  return refused(
    'statement-shifted',
    `对账单有 ${names.length} 行读不通（${some}${names.length > 3 ? '…' : ''}），可能是列错位。没有导入任何内容，请对照网银原文件核对后再导入。`,
    Object.fromEntries(Object.entries(faults).slice(0, 20)),
  )
}

function lineOf(row: Row, places: ReadonlyMap<Role, number>): StatementLine | { fault: string } | null {
  const at = (role: Role): Cell | undefined => {
    const place = places.get(role)
    return place === undefined ? undefined : row.cells[place]
  }
  const text = (role: Role): string => cleanText(at(role))
  const whole = row.cells.map(cleanText).join('')
  const day = readDate(at('on'))
  if ('error' in day || day.value === null) {
    if (closing.test(whole) || whole === '') return null
    return { fault: 'error' in day ? day.error : '没有日期。' }
  }
  const amount = amountOf(at, text)
  if (typeof amount !== 'number') return amount
  const balance = readMoney(at('balance'))
  if ('error' in balance) return { fault: `余额：${balance.error}` }
  const balanceFen = places.has('balance') ? (balance.value as number | null) : null
  if (places.has('balance') && balanceFen === null) return { fault: '没有余额。' }
  return {
    rowNo: row.rowNo,
    on: day.value as string,
    amountFen: amount,
    balanceFen,
    summary: text('summary').slice(0, 200),
    party: text('party').slice(0, 120),
    reference: text('reference').slice(0, 80),
  }
}

function amountOf(at: (role: Role) => Cell | undefined, text: (role: Role) => string): number | { fault: string } {
  const money = (role: Role): number | { fault: string } => {
    // Some banks write a dash where nothing moved.
    if (/^-+$/.test(text(role))) return 0
    const read = readMoney(at(role))
    return 'error' in read ? { fault: read.error } : ((read.value as number | null) ?? 0)
  }
  const [out, into, one] = [money('out'), money('in'), money('amount')]
  for (const read of [out, into, one]) if (typeof read !== 'number') return read
  const [spent, received, single] = [out as number, into as number, one as number]
  if (spent && received) return { fault: '同一行既有支出又有收入。' }
  if (spent || received) return received - Math.abs(spent)
  if (!single) return { fault: '没有金额。' }
  const direction = isIn(text('direction'))
  if (direction === null && text('direction')) return { fault: `收支方向“${text('direction')}”看不懂。` }
  return direction === null ? single : direction ? Math.abs(single) : -Math.abs(single)
}

/** True where each balance follows from the one before; statements without balances prove nothing. */
const follows = (lines: readonly StatementLine[]): number =>
  lines.findIndex((line, at) => at > 0 && line.balanceFen !== lines[at - 1]!.balanceFen! + line.amountFen)

/** Oldest first, whichever way the bank wrote them. */
function inOrder(lines: readonly StatementLine[]): StatementLine[] {
  const backwards = lines.toReversed()
  if (lines[0]!.balanceFen === null) return lines[0]!.on <= lines.at(-1)!.on ? [...lines] : backwards
  const [broken, brokenBackwards] = [follows(lines), follows(backwards)]
  if (broken === -1 && (brokenBackwards !== -1 || lines[0]!.on <= lines.at(-1)!.on)) return [...lines]
  if (brokenBackwards === -1) return backwards
  const sequence = lines[0]!.on <= lines.at(-1)!.on ? lines : backwards
  const line = sequence[sequence === lines ? broken : brokenBackwards]!
  throw shifted({
    [`第 ${line.rowNo} 行`]: '余额与上一行的余额加减本行金额对不上：可能漏了一行，或收入、支出两列放反、错位。',
  })
}
