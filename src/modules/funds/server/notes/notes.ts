import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { chineseOrdinal, officialDate, type Block, type OfficialDocument } from '../../../../kernel/documents/model.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import { NOTE_SECTIONS, type Note, type noteInput, type NoteSection } from '../../notes-contract.ts'
import { requireDeed } from '../journal/access.ts'
import type { Book } from '../journal/books.ts'
import { balanceSheet, yearlyIncome } from '../journal/statements.ts'
import { TELLS } from './sections.ts'
import type { Year } from './told.ts'

/**
 * The notes to a year's statements: figures from the books as they stand, words as they were last written.
 * @param on `YYYY-MM-DD`, today: of the running year, months that haven't begun owe nothing yet
 */
export async function notesOf(db: Db | Tx, book: Book, year: number, on: string): Promise<Note[]> {
  const { rows } = await sql<{ section: NoteSection; words: string; editedName: string }>`
    select distinct on (section) section, words, edited_name as "editedName" from funds.statement_note
    where book_id = ${book.id} and year = ${year} order by section, id desc`.execute(db)
  const written = new Map(rows.map((row) => [row.section, row]))
  const statements: Year = {
    year,
    lastMonth: on < `${year}-12-31` ? on.slice(0, 7) : `${year}-12`,
    sheet: await balanceSheet(db, book.id, year, 12),
    income: await yearlyIncome(db, book.id, year),
  }
  const notes: Note[] = []
  for (const [section, title] of Object.entries(NOTE_SECTIONS) as [NoteSection, string][]) {
    const told = await TELLS[section](db, book, statements)
    const own = written.get(section)
    notes.push({
      section,
      title,
      lines: told.lines,
      table: told.table ?? null,
      words: own?.words ?? told.words ?? '',
      editedName: own?.editedName ?? null,
    })
  }
  return notes
}

/** Writes the words of one section; empty words leave the figures alone. @throws Problem 403 | 404 */
export async function writeNote(
  tx: Tx,
  actor: Actor,
  book: Book,
  section: NoteSection,
  input: z.output<typeof noteInput>,
): Promise<void> {
  await requireDeed(tx, actor, 'funds.close', book.unitId)
  await sql`insert into funds.statement_note (book_id, year, section, words, edited_by, edited_name)
    values (${book.id}, ${input.year}, ${section}, ${input.words}, ${actor.accountId}, ${actor.name})`.execute(tx)
  await audit(tx, actor, {
    action: 'funds.note',
    objectKind: 'funds-book',
    objectId: book.id,
    unitId: book.unitId,
    summary: `编写 ${input.year} 年度财务报表附注：${NOTE_SECTIONS[section]}`,
  })
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', runs: [{ text }] })

/** The notes as a document for the year's final accounts (决算). @param on `YYYY-MM-DD` of the signature */
export function notesDocument(book: Book, year: number, notes: readonly Note[], on: string): OfficialDocument {
  return {
    title: `${book.unitName}\n${year} 年度财务报表附注`,
    body: notes.flatMap((note, at): Block[] => [
      { kind: 'heading', level: 1, text: `${chineseOrdinal(at + 1)}、${note.title}` },
      ...note.lines.map(paragraph),
      ...(note.table
        ? [
            {
              kind: 'table' as const,
              columns: note.table.columns.map((column) => ({
                title: column.title,
                ...(column.money && { align: 'right' as const }),
              })),
              rows: note.table.rows.map((row) =>
                row.map((cell, column) =>
                  note.table!.columns[column]?.money ? formatYuan(cell as number) : String(cell),
                ),
              ),
              repeatHeader: true,
            },
          ]
        : []),
      ...(note.words ? note.words.split('\n').filter(Boolean).map(paragraph) : []),
    ]),
    signature: { organ: book.unitName, date: officialDate(on) },
  }
}
