import { sql } from 'kysely'
import { readDate, readInteger, readMoney } from '../../../../kernel/importer/cells.ts'
import type { CheckContext, CommitContext, CommitOutcome, ImportKind } from '../../../../kernel/importer/kind.ts'
import { readPlainSheets, type Judged, type PlainRow } from '../../../../kernel/importer/plain-sheet.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import { writeWorkbook } from '../../../../kernel/xlsx/write.ts'
import { openedBook } from '../opened-book.ts'
import type { EntryDraft } from './draft.ts'
import { createDraft } from './vouchers.ts'

const HEADINGS = {
  date: ['日期', '凭证日期', '制单日期'],
  number: ['凭证号', '凭证字号', '凭证编号', '凭证号数'],
  summary: ['摘要'],
  account: ['科目编码', '科目代码', '编码'],
  debit: ['借方金额', '借方'],
  credit: ['贷方金额', '贷方'],
  project: ['项目编码', '项目'],
  counterparty: ['对方单位', '往来单位', '对方'],
  attachments: ['附件张数', '附件数', '附单据数'],
} as const
type Column = keyof typeof HEADINGS

interface Line extends EntryDraft {
  onDate: string
  number: string
  voucherSummary: string
  attachments: number
  title: string
}

/**
 * Vouchers of another system, a line of a voucher a row; lines that follow may leave date and number empty. They come in
 * as drafts, whoever imports has prepared them: review, numbers and posting are this book's own. The old number stays in
 * the summary, by which a file that comes twice is known again.
 */
export const vouchersImport: ImportKind = {
  kind: 'funds-vouchers',
  title: '记账凭证',
  measure: '行',
  needsYear: false,
  authorise: async (db, actor, unitId) => void (await openedBook(db, actor, unitId, 'funds.prepare')),
  check: async (context) => {
    const books = await start(context)
    const sums = new Map<string, { debit: number; credit: number; lines: number; wrong: boolean }>()
    await readPlainSheets<Column>({ ...context, stage: async () => {} }, HEADINGS, NEEDED, (row) => {
      const line = read(row, books)
      const sum = sums.get(line.key) ?? { debit: 0, credit: 0, lines: 0, wrong: false }
      sums.set(line.key, {
        debit: sum.debit + (line.parsed.debitFen ?? 0),
        credit: sum.credit + (line.parsed.creditFen ?? 0),
        lines: sum.lines + 1,
        wrong: sum.wrong || row.errors.length > 0,
      })
      return { status: 'new' }
    })
    books.last = null
    const groups = new Map<string, number>()
    return readPlainSheets<Column>(context, HEADINGS, NEEDED, (row): Judged => {
      const line = read(row, books)
      const sum = sums.get(line.key)!
      const fresh = !groups.has(line.key)
      if (fresh) groups.set(line.key, groups.size + 1)
      if (fresh && sum.lines < 2) row.wrong('number', '一张凭证至少要有一借一贷两行分录。')
      else if (fresh && sum.debit !== sum.credit)
        row.wrong('number', `这张凭证借方合计 ${formatYuan(sum.debit)}、贷方合计 ${formatYuan(sum.credit)}，借贷不平。`)
      // A voucher comes in whole or not at all.
      else if (!row.errors.length && (sum.wrong || sum.lines < 2 || sum.debit !== sum.credit))
        row.wrong('number', '同一张凭证的其他行有错，整张不能导入。')
      const groupNo = groups.get(line.key)!
      return books.known.has(`${line.parsed.onDate} ${line.parsed.voucherSummary}`)
        ? { status: 'same', groupNo }
        : { status: 'new', groupNo, parsed: line.parsed }
    })
  },
  commit,
  template: (out) =>
    writeWorkbook(out, [
      {
        name: '记账凭证',
        columns: [
          { header: '日期', kind: 'date', required: true, width: 14 },
          { header: '凭证号', required: true, width: 12, prompt: '原系统的凭证号。同一张凭证的各行填同一个号。' },
          { header: '摘要', required: true, width: 34 },
          { header: '科目编码', required: true, width: 12 },
          { header: '借方金额', kind: 'money', width: 16 },
          { header: '贷方金额', kind: 'money', width: 16 },
          { header: '项目编码', width: 12 },
          { header: '对方单位', width: 20 },
          {
            header: '附件张数',
            kind: 'integer',
            width: 10,
            prompt: '不填按 1 张。期末结转凭证不要导入，由系统结账生成。',
          },
        ],
        rows: [
          {
            style: 'sample',
            cells: ['2026-02-06', '记-12', '（示例）春节慰问', '50105', 360_000, null, null, '清河百货', 2],
          },
        ],
      },
    ]),
}

const NEEDED = ['date', 'number', 'summary', 'account', 'debit', 'credit'] as const

interface Books {
  openedOn: string
  accounts: ReadonlyMap<string, boolean>
  projects: ReadonlySet<string>
  closed: ReadonlySet<string>
  /** day and summary of what is there already */
  known: ReadonlySet<string>
  /** date, number and summary of the line before, which a line without them goes on with */
  last: { onDate: string; number: string; summary: string; attachments: number } | null
}

/** What a row says; its faults are noted at the cells. */
function read(row: PlainRow<Column>, books: Books): { key: string; parsed: Line } {
  const own = row.text('date') || row.text('number')
  const onDate =
    (own || !books.last ? (row.value('date', readDate(row.cell('date')), true) as string | null) : books.last.onDate) ??
    ''
  const number = row.text('number') || (own ? '' : (books.last?.number ?? ''))
  if (!number) row.wrong('number', '请填写原凭证号。')
  const goesOn = books.last !== null && books.last.number === number && books.last.onDate === onDate
  const summary = row.text('summary') || (goesOn ? books.last!.summary : '')
  if (!summary) row.wrong('summary', '请填写摘要。')
  if (onDate && onDate < books.openedOn)
    row.wrong('date', `账套从 ${books.openedOn} 起记账，更早的请放在期初余额的累计数里。`)
  if (books.closed.has(onDate.slice(0, 7))) row.wrong('date', `${onDate.slice(0, 7)} 已经结账，不能再导入凭证。`)
  const code = row.text('account').replaceAll(/\D.*$/g, '')
  if (!books.accounts.has(code)) row.wrong('account', `没有科目“${row.text('account')}”。`)
  else if (!books.accounts.get(code)) row.wrong('account', `科目 ${code} 已设明细，请改用明细科目。`)
  const [debitFen, creditFen] = (['debit', 'credit'] as const).map(
    (side) => (row.value(side, readMoney(row.cell(side))) as number | null) ?? 0,
  ) as [number, number]
  if ((debitFen === 0) === (creditFen === 0))
    row.wrong(debitFen ? 'credit' : 'debit', '一行只填借方或贷方，且不能为零。')
  if (debitFen < 0 || creditFen < 0)
    row.wrong(debitFen < 0 ? 'debit' : 'credit', '红字凭证不要导入：把被冲销的和冲销的两张都删去，或导入后再冲销。')
  const project = row.text('project') || null
  if (project && !books.projects.has(project)) row.wrong('project', `没有编码为“${project}”的项目，请先建立项目。`)
  const attachments = row.value('attachments', readInteger(row.cell('attachments'))) as number | null
  const first = goesOn ? books.last! : { onDate, number, summary, attachments: attachments ?? 1 }
  books.last = first
  return {
    key: `${onDate.slice(0, 7)} ${number} ${onDate}`,
    parsed: {
      account: code,
      debitFen,
      creditFen,
      project,
      counterparty: row.text('counterparty') || null,
      summary: summary === first.summary ? '' : summary,
      onDate,
      number,
      voucherSummary: `${first.summary.slice(0, 160)}（原凭证 ${number}）`,
      attachments: first.attachments,
      title: `${onDate} ${number} ${summary}`,
    },
  }
}

async function start({ tx, actor, run }: CheckContext): Promise<Books> {
  const book = await openedBook(tx, actor, run.unitId, 'funds.prepare')
  const { rows: accounts } = await sql<{ code: string; direct: boolean }>`
    select code, direct from funds.account where book_id is null or book_id = ${book.id}`.execute(tx)
  const { rows: projects } = await sql<{
    code: string
  }>`select code from funds.project where book_id = ${book.id}`.execute(tx)
  const { rows: closed } = await sql<{ month: string }>`
    select year || '-' || lpad(month::text, 2, '0') as month from funds.period where book_id = ${book.id} and state = 'closed'`.execute(
    tx,
  )
  const { rows: known } = await sql<{ key: string }>`
    select on_date || ' ' || summary as key from funds.voucher where book_id = ${book.id} and summary like '%（原凭证 %'`.execute(
    tx,
  )
  return {
    openedOn: book.openedOn,
    accounts: new Map(accounts.map((row) => [row.code, row.direct])),
    projects: new Set(projects.map((row) => row.code)),
    closed: new Set(closed.map((row) => row.month)),
    known: new Set(known.map((row) => row.key)),
    last: null,
  }
}

/** A draft a voucher. @throws Problem as `createDraft`: then none of them is there */
async function commit({ tx, actor, run, rows }: CommitContext): Promise<CommitOutcome> {
  const book = await openedBook(tx, actor, run.unitId, 'funds.prepare')
  const vouchers = new Map<string, Line[]>()
  let lines = 0
  for await (const batch of rows(['new']))
    for (const row of batch) {
      const line = row.parsed as Line
      const key = `${line.onDate} ${line.voucherSummary}`
      vouchers.set(key, [...(vouchers.get(key) ?? []), line])
      lines += 1
    }
  const { rows: known } = await sql<{ key: string }>`
    select on_date || ' ' || summary as key from funds.voucher
    where book_id = ${book.id} and on_date || ' ' || summary = any(${[...vouchers.keys()]}::text[])`.execute(tx)
  const there = new Set(known.map((row) => row.key))
  let same = 0
  for (const [key, entries] of vouchers) {
    if (there.has(key)) {
      same += entries.length
      continue
    }
    const { onDate, voucherSummary, attachments } = entries[0]!
    await createDraft(tx, actor, book, {
      onDate,
      summary: voucherSummary,
      attachments,
      entries: entries.map(({ account, debitFen, creditFen, project, counterparty, summary }) => ({
        account,
        ...(debitFen ? { debitFen } : { creditFen: creditFen ?? 0 }),
        project,
        counterparty,
        ...(summary && { summary }),
      })),
    })
  }
  return {
    created: lines - same,
    updated: 0,
    same,
    notes: [`共 ${vouchers.size} 张凭证，已存为待审核的草稿，由另一人审核后记账。`],
  }
}
