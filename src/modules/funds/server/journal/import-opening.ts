import { sql } from 'kysely'
import { readMoney } from '../../../../kernel/importer/cells.ts'
import type { CheckContext, CommitContext, CommitOutcome, ImportKind } from '../../../../kernel/importer/kind.ts'
import { readPlainSheets, type PlainRow } from '../../../../kernel/importer/plain-sheet.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import { writeWorkbook } from '../../../../kernel/xlsx/write.ts'
import { openedBook } from '../opened-book.ts'
import type { Book } from './books.ts'
import { openingOf, saveOpening, type OpeningRow } from './opening.ts'

const HEADINGS = {
  account: ['科目编码', '科目代码', '编码'],
  project: ['项目编码', '项目'],
  openingDebit: ['年初借方', '年初余额借方', '年初借方余额', '期初借方'],
  openingCredit: ['年初贷方', '年初余额贷方', '年初贷方余额', '期初贷方'],
  debit: ['本年累计借方', '本年借方发生额', '累计借方', '借方累计', '借方累计发生额'],
  credit: ['本年累计贷方', '本年贷方发生额', '累计贷方', '贷方累计', '贷方累计发生额'],
  endDebit: ['期末借方', '期末余额借方', '期末借方余额'],
  endCredit: ['期末贷方', '期末余额贷方', '期末贷方余额'],
} as const
type Column = keyof typeof HEADINGS

/**
 * 科目余额表 of the book before, from another system: balances of 1 January and what moved since, so that 本年累计 is
 * complete. A row of an account that has details is a sum and is passed over; one whose own end doesn't follow is wrong.
 */
export const openingImport: ImportKind = {
  kind: 'funds-opening',
  title: '期初余额（科目余额表）',
  measure: '行',
  needsYear: false,
  authorise: async (db, actor, unitId) => void (await openedBook(db, actor, unitId, 'funds.close')),
  check: async (context) => {
    const { known, projects, before } = await start(context)
    const seen = new Set<string>()
    const sums = { balance: 0, debit: 0, credit: 0 }
    const report = await readPlainSheets<Column>(
      context,
      HEADINGS,
      ['account', 'openingDebit', 'openingCredit'],
      (row) => {
        const code = row.text('account').replaceAll(/\D.*$/g, '')
        const project = row.text('project') || null
        const fen = (column: Column): number => (row.value(column, readMoney(row.cell(column))) as number | null) ?? 0
        const balanceFen = fen('openingDebit') - fen('openingCredit')
        const [debitFen, creditFen] = [fen('debit'), fen('credit')]
        const account = known.get(code)
        if (!account)
          row.wrong('account', `没有科目“${row.text('account')}”，请先在账套里增加明细，或改用会计制度的科目。`)
        if (account && !account.direct) return { status: 'same' }
        if (project && !projects.has(project)) row.wrong('project', `没有编码为“${project}”的项目，请先建立项目。`)
        if (account && /^[45]/.test(code) && balanceFen) row.wrong('openingDebit', '收入、支出科目没有年初余额。')
        const key = `${code} ${project ?? ''}`
        if (seen.has(key)) row.wrong('account', `科目 ${code} 在前面填过，请合并成一行。`)
        seen.add(key)
        checkEnd(row, balanceFen + debitFen - creditFen)
        if (!balanceFen && !debitFen && !creditFen) return { status: 'same' }
        sums.balance += balanceFen
        sums.debit += debitFen
        sums.credit += creditFen
        const parsed: OpeningRow = { account: code, project, balanceFen, debitFen, creditFen }
        const kept = before.get(key)
        if (!kept) return { status: 'new', parsed }
        return { status: kept === `${balanceFen} ${debitFen} ${creditFen}` ? 'same' : 'update', parsed }
      },
    )
    return { ...report, notices: [...report.notices, ...remarks(sums)] }
  },
  commit,
  template: (out) =>
    writeWorkbook(out, [
      {
        name: '科目余额表',
        columns: [
          { header: '科目编码', required: true, width: 12 },
          { header: '科目名称', width: 30 },
          { header: '项目编码', width: 12, prompt: '专项资金填项目编码，其余留空。' },
          { header: '年初借方', kind: 'money', width: 16, prompt: '1 月 1 日的余额。' },
          { header: '年初贷方', kind: 'money', width: 16 },
          {
            header: '本年累计借方',
            kind: 'money',
            width: 16,
            prompt: '1 月 1 日到启用日期前一天的发生额，不含期末结转；1 月启用的留空。',
          },
          { header: '本年累计贷方', kind: 'money', width: 16 },
          { header: '期末借方', kind: 'money', width: 16, prompt: '可以不填；填了会核对这一行。' },
          { header: '期末贷方', kind: 'money', width: 16 },
        ],
        rows: [
          {
            style: 'sample',
            cells: ['102', '（示例）银行存款', null, 6_800_000, null, 1_200_000, 900_000, 7_100_000, null],
          },
        ],
      },
    ]),
}

/** A row's own end, where it is given, must follow from the rest: else columns stand beside where they belong. */
function checkEnd(row: PlainRow<Column>, endFen: number): void {
  if (!row.text('endDebit') && !row.text('endCredit')) return
  const stated =
    ((row.value('endDebit', readMoney(row.cell('endDebit'))) as number | null) ?? 0) -
    ((row.value('endCredit', readMoney(row.cell('endCredit'))) as number | null) ?? 0)
  if (stated !== endFen)
    row.wrong(
      'endDebit',
      `期末应为 ${formatYuan(endFen)}，表里是 ${formatYuan(stated)}。请核对是否错列，或发生额含了期末结转。`,
    )
}

function remarks({ balance, debit, credit }: { balance: number; debit: number; credit: number }): string[] {
  return [
    ...(balance
      ? [`年初借方比贷方${balance > 0 ? '多' : '少'} ${formatYuan(Math.abs(balance))} 元，借贷不平，不能导入。`]
      : []),
    ...(debit === credit
      ? []
      : [`本年累计借方 ${formatYuan(debit)} 元、贷方 ${formatYuan(credit)} 元，借贷不平，不能导入。`]),
  ]
}

async function start({ tx, actor, run }: CheckContext) {
  const book = await openedBook(tx, actor, run.unitId, 'funds.close')
  const { rows: accounts } = await sql<{ code: string; direct: boolean }>`
    select code, direct from funds.account where book_id is null or book_id = ${book.id}`.execute(tx)
  const { rows: projects } = await sql<{
    code: string
  }>`select code from funds.project where book_id = ${book.id}`.execute(tx)
  return {
    known: new Map(accounts.map((row) => [row.code, row])),
    projects: new Set(projects.map((row) => row.code)),
    before: await keptRows(tx, book),
  }
}

const keptRows = async (tx: CheckContext['tx'], book: Book): Promise<Map<string, string>> =>
  new Map(
    (await openingOf(tx, book.id)).map((row) => [
      `${row.account} ${row.project ?? ''}`,
      `${row.balanceFen} ${row.debitFen} ${row.creditFen}`,
    ]),
  )

/** The whole table at once: what was there before and isn't in it is gone. @throws Problem as `saveOpening` */
async function commit({ tx, actor, run, rows }: CommitContext): Promise<CommitOutcome> {
  const book = await openedBook(tx, actor, run.unitId, 'funds.close')
  const outcome = { created: 0, updated: 0, same: 0 }
  const wanted: OpeningRow[] = []
  for await (const batch of rows(['new', 'update', 'same']))
    for (const row of batch) {
      if (!row.parsed) continue
      wanted.push(row.parsed as OpeningRow)
      outcome[row.status === 'new' ? 'created' : row.status === 'update' ? 'updated' : 'same']++
    }
  await saveOpening(tx, actor, book, wanted)
  return outcome
}
