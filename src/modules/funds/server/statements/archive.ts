import { createHash } from 'node:crypto'
import { PassThrough, type Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { ZipFile } from 'yazl'
import type { Db } from '../../../../kernel/db/database.ts'
import { officialDocx } from '../../../../kernel/documents/official.ts'
import type { Store } from '../../../../kernel/files/store.ts'
import { writeWorkbook, type SheetSpec } from '../../../../kernel/xlsx/write.ts'
import type { Book } from '../journal/books.ts'
import { csvJournal, hledgerJournal } from '../journal/export.ts'
import { verifyBook } from '../journal/verify.ts'
import { finalSheets } from '../notes/final-accounts.ts'
import { notesDocument, notesOf } from '../notes/notes.ts'
import { assetPart, attachmentParts, auditParts, bankParts, chainPart, csv, KEPT, type Part } from './archive-parts.ts'
import { statementSheets } from './workbook.ts'

/** Names of the two lists that everything else is held against; `funds verify --archive` reads them. */
export const LIST = '00-移交清单.csv'
export const SUMS = '00-SHA256SUMS'

const text = async (lines: AsyncIterable<string> | Iterable<string>): Promise<Buffer> => {
  const parts: string[] = []
  for await (const line of lines) parts.push(line)
  return Buffer.from(parts.join(''))
}
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const hashOf = (part: Part): string => ('bytes' in part ? sha256(part.bytes) : part.sha256)

async function workbook(sheets: readonly SheetSpec[]): Promise<Buffer> {
  const out = new PassThrough()
  const bytes = buffer(out)
  await writeWorkbook(out, sheets)
  return bytes
}

/**
 * A year of a book for the archive: vouchers with their originals and hash chain, journal, statements with notes, bank and
 * reconciliations, assets, audit papers; a list of what is in it with hashes and how long each part is kept. What is kept
 * for ever also needs a paper copy, and the list says so.
 * @param store where the originals lie; one that is missing there is named in the package and left out
 * @param on `YYYY-MM-DD`
 * @returns the package, and the hash of its list of hashes: whoever keeps that can tell whether anything was changed
 */
export async function archiveOf(
  db: Db,
  store: Store,
  book: Book,
  year: number,
  on: string,
): Promise<{ zip: Readable; seal: string }> {
  const wanted = await partsOf(db, book, year, on)
  const lost: string[] = []
  const parts: Part[] = []
  for (const part of wanted) {
    const there =
      'bytes' in part ||
      (await store.read(part.sha256).then(
        (found) => !found.destroy().errored,
        () => false,
      ))
    if (there) parts.push(part)
    else lost.push(part.name)
  }
  const sound = await verifyBook(db, book.id)
  const list: Part[] = [
    {
      name: LIST,
      what: '移交清单',
      kept: KEPT.vouchers,
      bytes: csv(
        ['文件', '内容', '保管期限', '保管期限自', '字节', 'SHA-256'],
        parts.map((part) => [
          part.name,
          part.what,
          part.kept,
          `${year + 1}-01-01`,
          'bytes' in part ? part.bytes.length : part.size,
          hashOf(part),
        ]),
      ),
    },
    {
      name: '00-说明.txt',
      what: '说明',
      kept: KEPT.vouchers,
      bytes: Buffer.from(
        `${book.unitName} ${year} 年会计档案\n` +
          `凭证链校验：${sound.faults.length ? `发现 ${sound.faults.length} 处问题` : `全部 ${sound.vouchers} 张凭证连续、完整`}\n` +
          (lost.length ? `有 ${lost.length} 个附件在文件库中找不到，没有装入：\n${lost.join('\n')}\n` : '') +
          `核对方法：在本目录运行 sha256sum -c ${SUMS}，或用 funds verify --archive 文件；两者都不需要数据库。\n` +
          `年度财务报表永久保管，须另存纸质件或其他合法形式。\n`,
      ),
    },
  ]
  const sums = Buffer.from([...list, ...parts].map((part) => `${hashOf(part)}  ${part.name}\n`).join(''))
  const zip = new ZipFile()
  zip.addBuffer(sums, SUMS)
  for (const part of [...list, ...parts])
    if ('bytes' in part) zip.addBuffer(part.bytes, part.name)
    else
      zip.addReadStreamLazy(part.name, (give) => {
        store.read(part.sha256).then(
          (found) => give(null, found),
          (error: unknown) => give(error as Error, null as never),
        )
      })
  zip.end()
  return { zip: zip.outputStream as Readable, seal: sha256(sums) }
}

async function partsOf(db: Db, book: Book, year: number, on: string): Promise<Part[]> {
  const parts: Part[] = [
    {
      name: `01-记账凭证/${year}年记账凭证和分录.csv`,
      bytes: await text(csvJournal(db, book, year)),
      kept: KEPT.vouchers,
      what: '记账凭证',
    },
    await chainPart(db, book, year),
    ...(await attachmentParts(db, book, year)),
    {
      name: `02-会计账簿/${year}年账簿.hledger`,
      bytes: await text(hledgerJournal(db, book, year)),
      kept: KEPT.books,
      what: '总账、明细账、日记账（可用 hledger 打开核对）',
    },
  ]
  const { rows: months } = await sql<{ month: number }>`
    select month::int as month from funds.period where book_id = ${book.id} and year = ${year}
      and (state = 'closed' or last_no > 0) order by month`.execute(db)
  for (const { month } of months)
    parts.push({
      name: `03-财务报表/${year}年${String(month).padStart(2, '0')}月报表.xlsx`,
      bytes: await workbook(await statementSheets(db, book, { year, month, yearly: false })),
      kept: KEPT.monthly,
      what: '月度财务报表',
    })
  if (months.at(-1)?.month === 12)
    parts.push(
      {
        name: `03-财务报表/${year}年度报表.xlsx`,
        bytes: await workbook(await finalSheets(db, book, year, on)),
        kept: KEPT.yearly,
        what: '年度财务报表、决算表和附注（另存纸质件）',
      },
      {
        name: `03-财务报表/${year}年度财务报表附注.docx`,
        bytes: Buffer.from(await officialDocx(notesDocument(book, year, await notesOf(db, book, year, on), on))),
        kept: KEPT.yearly,
        what: '年度财务报表附注（另存纸质件）',
      },
    )
  parts.push(...(await bankParts(db, book, year)), await assetPart(db, book), ...(await auditParts(db, book, year)))
  return parts
}
