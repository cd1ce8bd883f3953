import { z } from 'zod'
import { allows, requirePermission } from '../../../../kernel/access/access.ts'
import { officialDocx } from '../../../../kernel/documents/official.ts'
import type { Routes } from '../../../../kernel/http/app.ts'
import { id, parse, year } from '../../../../kernel/http/parse.ts'
import { NOTE_SECTIONS, noteInput, type NoteSection } from '../../notes-contract.ts'
import { readBook } from '../journal/access.ts'
import { finalAccounts } from './final-accounts.ts'
import { notesDocument, notesOf, writeNote } from './notes.ts'

const byId = z.object({ id })
const yearQuery = z.object({ year })
const sections = Object.keys(NOTE_SECTIONS) as [NoteSection, ...NoteSection[]]
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const attachment = (name: string): string => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`

/** The notes to a year's statements, and the final accounts they belong to. */
export const notesRoutes: Routes = (app, { db, today }) => {
  app.get('/api/funds/books/:id/notes', async (request) => {
    const query = parse(yearQuery, request.query)
    const book = await readBook(db, request.actor, parse(byId, request.params).id)
    return {
      unitName: book.unitName,
      year: query.year,
      notes: await notesOf(db, book, query.year, today()),
      mayWrite: await allows(db, request.actor, 'funds.close', book.unitId),
    }
  })
  app.put('/api/funds/books/:id/notes/:section', async (request, reply) => {
    const { id: bookId, section } = parse(byId.extend({ section: z.enum(sections) }), request.params)
    const input = parse(noteInput, request.body)
    await db
      .transaction()
      .execute(async (tx) => writeNote(tx, request.actor, await readBook(tx, request.actor, bookId), section, input))
    return reply.status(204).send()
  })
  app.get('/api/funds/books/:id/notes.docx', async (request, reply) => {
    const query = parse(yearQuery, request.query)
    const book = await readBook(db, request.actor, parse(byId, request.params).id)
    await requirePermission(db, request.actor, 'funds.export', book.unitId, 'funds.read')
    const document = notesDocument(book, query.year, await notesOf(db, book, query.year, today()), today())
    return reply
      .header('content-disposition', attachment(`${book.unitName}${query.year}年度财务报表附注.docx`))
      .type(docx)
      .send(await officialDocx(document))
  })
  app.get('/api/funds/books/:id/final-accounts.zip', async (request, reply) => {
    const query = parse(yearQuery, request.query)
    const book = await readBook(db, request.actor, parse(byId, request.params).id)
    await requirePermission(db, request.actor, 'funds.export', book.unitId, 'funds.read')
    return reply
      .header('content-disposition', attachment(`${book.unitName}${query.year}年度决算.zip`))
      .type('application/zip')
      .send(await finalAccounts(db, book, query.year, today()))
  })
}
