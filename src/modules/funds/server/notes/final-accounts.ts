import { PassThrough, type Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { ZipFile } from 'yazl'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { officialDocx } from '../../../../kernel/documents/official.ts'
import { shareOf } from '../../../../kernel/facts/figures.ts'
import { writeWorkbook, type OutputRow, type SheetSpec } from '../../../../kernel/xlsx/write.ts'
import { executionOf, type Execution } from '../budget/execution.ts'
import { budgetInForce, movedIn } from '../budget/standing.ts'
import type { Book } from '../journal/books.ts'
import { statementSheets } from '../statements/workbook.ts'
import { notesDocument, notesOf } from './notes.ts'

const SIGNATURES = '单位负责人（法定代表人）：　　　　　　　会计机构负责人：　　　　　　　复核：　　　　　　　制表：'

/** 收支决算表: every line of the budget in force against what was booked on it, and what was booked beside it. */
export async function finalSheet(db: Db | Tx, book: Book, year: number): Promise<SheetSpec> {
  const lines = (await budgetInForce(db, book.id, `${year}-12-31`))?.lines ?? []
  const rows: OutputRow[] = []
  for (const direction of ['income', 'spending'] as const) {
    const found = executionOf(
      lines.filter((line) => line.direction === direction),
      await movedIn(db, book.id, year, direction),
      [],
    )
    const names = await namesOf(db, book, found.lines)
    const sum = (of: (line: Execution) => number): number => found.lines.reduce((total, line) => total + of(line), 0)
    const word = direction === 'income' ? '收入' : '支出'
    const share = (done: number, planned: number): string =>
      planned > 0 && done >= 0 ? `${(shareOf(done, planned) / 100).toFixed(2)}%` : ''
    rows.push(
      ...found.lines.map((line): OutputRow => [
        word,
        line.accountCode,
        names.get(line.id),
        line.amountFen,
        line.executedFen,
        line.executedFen - line.amountFen,
        share(line.executedFen, line.amountFen),
      ]),
    )
    if (found.outsideFen) rows.push([word, '', '预算外', 0, found.outsideFen, found.outsideFen, ''])
    const [planned, done] = [sum((line) => line.amountFen), sum((line) => line.executedFen) + found.outsideFen]
    rows.push(
      [word, '', `${word}合计`, planned, done, done - planned, share(done, planned)].map((strong) => ({ strong })),
    )
  }
  return {
    name: '收支决算表',
    title: '收支决算表',
    lead: [`编制单位：${book.unitName}　　　　${year}年度　　　　单位：元`],
    columns: [
      { header: '收支', width: 8 },
      { header: '科目', width: 12 },
      { header: '项目', width: 36 },
      { header: '预算数', kind: 'money', width: 18 },
      { header: '决算数', kind: 'money', width: 18 },
      { header: '差额', kind: 'money', width: 18 },
      { header: '执行率', width: 12 },
    ],
    ruled: true,
    rows,
    footer: [SIGNATURES],
  }
}

async function namesOf(db: Db | Tx, book: Book, lines: readonly Execution[]): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; name: string }>`
    select l.id, coalesce(a.name, l.account_code) || coalesce('（' || p.name || '）', '') as name
    from funds.budget_line l left join funds.account a on a.code = l.account_code and (a.book_id is null or a.book_id = ${book.id})
      left join funds.project p on p.id = l.project_id
    where l.id = any(${lines.map((line) => line.id)}::bigint[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** So many characters stand on one line of the sheet; Excel doesn't make a row higher for the text that is in it. */
const LINE = 68
/** Not in the middle of a number, unless it fills the line. */
const PIECE = new RegExp(`.{1,${LINE}}(?<![\\d.,-](?=[\\d.,]))|.{1,${LINE}}`, 'gu')
const onLines = (text: string): string[] => text.split('\n').flatMap((line) => line.match(PIECE) ?? [])

/** 附注 as a sheet: a title a section, its sentences, its table, its words. @param on `YYYY-MM-DD`, today */
export async function notesSheet(db: Db | Tx, book: Book, year: number, on: string): Promise<SheetSpec> {
  const rows: OutputRow[] = []
  for (const [at, note] of (await notesOf(db, book, year, on)).entries()) {
    if (at) rows.push([])
    rows.push({ style: 'note', cells: [`${at + 1}. ${note.title}`] })
    for (const line of note.lines.flatMap(onLines)) rows.push([line])
    if (note.table) {
      rows.push({ style: 'sample', cells: note.table.columns.map((column) => column.title) })
      rows.push(...note.table.rows)
    }
    for (const line of onLines(note.words)) rows.push([line])
  }
  return {
    name: '附注',
    title: '财务报表附注',
    lead: [`编制单位：${book.unitName}　　　　${year}年度　　　　单位：元`],
    // A number is an amount; text in the same column stays text.
    columns: [
      { header: '内容', width: 40 },
      ...[2, 3, 4, 5, 6, 7].map(() => ({ header: '', kind: 'money' as const, width: 16 })),
    ],
    rows,
    footer: [SIGNATURES],
  }
}

/** The workbook of a year's final accounts: both statements, the trial balance, budget against result, the notes. */
export async function finalSheets(db: Db, book: Book, year: number, on: string): Promise<SheetSpec[]> {
  return [
    ...(await statementSheets(db, book, { year, month: 12, yearly: true })),
    await finalSheet(db, book, year),
    await notesSheet(db, book, year, on),
  ]
}

/** 决算: the workbook and the notes as a document, for the union above and the auditors. @param on `YYYY-MM-DD` */
export async function finalAccounts(db: Db, book: Book, year: number, on: string): Promise<Readable> {
  const out = new PassThrough()
  const bytes = buffer(out)
  await writeWorkbook(out, await finalSheets(db, book, year, on))
  const zip = new ZipFile()
  zip.addBuffer(await bytes, `${book.unitName}${year}年度决算报表.xlsx`)
  zip.addBuffer(
    await officialDocx(notesDocument(book, year, await notesOf(db, book, year, on), on)),
    `${book.unitName}${year}年度财务报表附注.docx`,
  )
  zip.end()
  return zip.outputStream as Readable
}
