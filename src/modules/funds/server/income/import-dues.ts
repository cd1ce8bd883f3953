import { readDate, readMoney } from '../../../../kernel/importer/cells.ts'
import type {
  CheckContext,
  CheckReport,
  CommitContext,
  CommitOutcome,
  ImportKind,
} from '../../../../kernel/importer/kind.ts'
import { readPlainSheets, type Judged, type PlainRow } from '../../../../kernel/importer/plain-sheet.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import { writeWorkbook } from '../../../../kernel/xlsx/write.ts'
import type { MemberMonth } from '../../income-contract.ts'
import { METHODS, type Method } from '../../spending-kinds.ts'
import { openedBook } from '../opened-book.ts'
import { collectDues } from './collect.ts'
import { membersDue } from './members-due.ts'
import { finderOf, type Find } from './pasted-list.ts'
import { readMember, readMonth, rosterOf, shiftWatch, WHO } from './roster.ts'

const HEADINGS = {
  ...WHO,
  month: ['会费月份', '月份', '所属月份'],
  amount: ['金额', '会费', '代扣金额', '实扣会费', '交纳金额'],
  receivedOn: ['收款日期', '到账日期', '日期'],
  method: ['收款方式', '方式'],
  payer: ['交款人', '交款单位'],
} as const
type Column = keyof typeof HEADINGS

interface Parsed {
  personId: number
  name: string
  staffNo: string | null
  month: string
  amountFen: number
  happenedOn: string
  method: Method
  payer: string
  title: string
}

/** 会费收缴: dues that came in, or that the employer deducted from wages; a receipt and a voucher a day, way and payer. */
export const duesImport: ImportKind = {
  kind: 'dues',
  title: '会费收缴（含工资代扣）',
  measure: '笔',
  needsYear: false,
  authorise: async (db, actor, unitId) => void (await openedBook(db, actor, unitId, 'funds.pay')),
  check,
  commit,
  template: (out) =>
    writeWorkbook(out, [
      {
        name: '会费收缴',
        columns: [
          { header: '工号', width: 14, prompt: '同名时必填。' },
          { header: '姓名', required: true, width: 12 },
          { header: '会费月份', required: true, width: 14, prompt: '例如 2026-03；补交以前月份的另起一行。' },
          { header: '金额', kind: 'money', required: true, width: 12, prompt: '单位为元，最多两位小数。' },
          { header: '收款日期', kind: 'date', required: true, width: 14, prompt: '钱到工会账户（或收到现金）的日期。' },
          { header: '收款方式', width: 12, prompt: '银行转账（含代扣）或现金，不填按银行转账。' },
          { header: '交款人', width: 22, prompt: '代扣填财务部门，不填按导入的单位。' },
        ],
        rows: [
          {
            style: 'sample',
            cells: ['Z1024', '（示例）陆文涛', '2026-03', 2_190, '2026-03-15', '银行转账', '公司财务部代扣'],
          },
        ],
      },
    ]),
}

async function check(context: CheckContext): Promise<CheckReport> {
  const { tx, actor, run, today, file } = context
  const book = await openedBook(tx, actor, run.unitId, 'funds.pay')
  const find = finderOf(await rosterOf(tx, book, run.unitId))
  const watch = shiftWatch()
  // Read once for whom and which months it speaks of, so that what is open comes from one statement.
  const asked: { personId: number; month: string }[] = []
  await readPlainSheets({ file, stage: async () => {} }, HEADINGS, ['name', 'amount'], (row) => {
    watch.look(row, readMoney(row.cell('amount')))
    const read = readRow(row, find, today)
    if (read) asked.push(read)
    return { status: 'new' }
  })
  watch.refuse()
  const months = asked.map((row) => row.month).toSorted()
  const due = new Map<string, MemberMonth>()
  if (months.length) {
    const persons = [...new Set(asked.map((row) => row.personId))]
    for (const row of await membersDue(tx, book, { from: months[0]!, to: months.at(-1)!, persons }))
      due.set(`${row.personId} ${row.month}`, row)
  }
  const seen = new Set<string>()
  return readPlainSheets(context, HEADINGS, ['name', 'amount'], (row) => {
    const read = readRow(row, find, today)
    return read ? judge(row, read, due, seen, book.unitName) : { status: 'error' }
  })
}

/** What stands in a row; null once something is wrong with it. */
function readRow(row: PlainRow<Column>, find: Find, today: string): Omit<Parsed, 'title'> | null {
  const member = readMember(row, find)
  const month = readMonth(row)
  const year = Number(today.slice(0, 4))
  if (month && (month < `${year - 5}-01` || month > `${year + 1}-12`))
    row.wrong('month', `${month} 离今天太远，请核对月份。`)
  const amountFen = row.value('amount', readMoney(row.cell('amount')), true) as number | null
  if (amountFen !== null && amountFen <= 0) row.wrong('amount', '金额应大于零；退会费请另做支出。')
  const happenedOn = row.value('receivedOn', readDate(row.cell('receivedOn')), true) as string | null
  if (happenedOn && happenedOn > today) row.wrong('receivedOn', '收款日期在今天之后，请核对。')
  const word = row.text('method')
  const method =
    (['transfer', 'cash'] as const).find((one) => METHODS[one] === word) ??
    (/代扣|转账|^$/.test(word) ? 'transfer' : null)
  if (!method) row.wrong('method', `“${word}”请改为“${METHODS.transfer}”或“${METHODS.cash}”。`)
  if (row.errors.length) return null
  return {
    ...member!,
    month: month!,
    amountFen: amountFen!,
    happenedOn: happenedOn!,
    method: method!,
    payer: row.text('payer').slice(0, 100),
  }
}

/** A row against what is open for its member and month. A month that is paid already to the fen is the same list again. */
function judge(
  row: PlainRow<Column>,
  read: Omit<Parsed, 'title'>,
  due: ReadonlyMap<string, MemberMonth>,
  seen: Set<string>,
  unitName: string,
): Judged {
  const key = `${read.personId} ${read.month}`
  const known = due.get(key)
  const said = `${read.name} ${read.month}`
  if (seen.has(key)) row.wrong('name', `${said} 在前面填过，请合并成一行。`)
  seen.add(key)
  if (!known) row.wrong('month', `${read.name}在 ${read.month} 不是本工会的会员，不用交纳。`)
  else if (known.paidFen === known.dueFen && known.paidFen === read.amountFen) return { status: 'same' }
  else if (read.amountFen > known.dueFen - known.paidFen)
    row.wrong(
      'amount',
      known.dueFen === 0
        ? `${said} 没有应交的会费：还没有登记缴费基数，或已减免。请先登记基数。`
        : `${said} 应交 ${formatYuan(known.dueFen)} 元、已交 ${formatYuan(known.paidFen)} 元，这里写了 ${formatYuan(read.amountFen)} 元，多收了。`,
    )
  const parsed: Parsed = {
    ...read,
    payer: read.payer || `${unitName}会员`,
    title: `${read.month} ${formatYuan(read.amountFen)} 元`,
  }
  return { status: 'new', parsed }
}

async function commit({ tx, actor, run, rows }: CommitContext): Promise<CommitOutcome> {
  const receipts = new Map<string, Parsed[]>()
  let created = 0
  for await (const batch of rows(['new']))
    for (const { parsed } of batch) {
      const row = parsed as Parsed
      const key = `${row.happenedOn} ${row.method} ${row.payer}`
      receipts.set(key, [...(receipts.get(key) ?? []), row])
      created++
    }
  const numbers: string[] = []
  for (const key of [...receipts.keys()].toSorted()) {
    const list = receipts.get(key)!
    const { happenedOn, method, payer } = list[0]!
    const receipt = await collectDues(tx, actor, {
      unitId: run.unitId,
      receivedOn: happenedOn,
      method,
      payer,
      rows: list.map(({ personId, month, amountFen }) => ({ personId, month, amountFen })),
    })
    numbers.push(`${receipt.voucherNumber}`)
  }
  return {
    created,
    updated: 0,
    same: 0,
    ...(numbers.length && { notes: [`开出 ${numbers.length} 张收据，凭证 ${numbers.slice(0, 10).join('、')}。`] }),
  }
}
