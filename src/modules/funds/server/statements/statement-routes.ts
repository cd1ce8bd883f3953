import { PassThrough } from 'node:stream'
import { z } from 'zod'
import { audit } from '../../../../kernel/audit/audit.ts'
import { openStore } from '../../../../kernel/files/store.ts'
import type { Routes } from '../../../../kernel/http/app.ts'
import { id, parse, year } from '../../../../kernel/http/parse.ts'
import { writeWorkbook } from '../../../../kernel/xlsx/write.ts'
import { requirePermission } from '../../../../kernel/access/access.ts'
import { statementQuery } from '../../contract.ts'
import { formsQuery } from '../../forms-contract.ts'
import { readBook } from '../journal/access.ts'
import { finalSheets } from '../notes/final-accounts.ts'
import { archiveOf } from './archive.ts'
import { formsOn, formSheets } from './forms.ts'
import { ledgerSheet } from './ledger-sheet.ts'
import { overviewOf } from './overview.ts'
import { statementSheets } from './workbook.ts'

const yearQuery = z.object({ year })
const ledgerQuery = z.object({ year, account: z.string().regex(/^[1-5][0-9]{2,11}$/, '请选择科目') })
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Statements as workbooks in the official form, and the year's archive package. */
export const statementRoutes: Routes = (app, { db, config, today }) => {
  app.get('/api/funds/books/:id/statements.xlsx', async (request, reply) => {
    const period = parse(statementQuery, request.query)
    const book = await readBook(db, request.actor, parse(z.object({ id }), request.params).id)
    await requirePermission(db, request.actor, 'funds.export', book.unitId, 'funds.read')
    const out = new PassThrough()
    // The year's are its final accounts: budget against result and the notes belong to them.
    const sheets = period.yearly ? finalSheets(db, book, period.year, today()) : statementSheets(db, book, period)
    void sheets.then((ready) => writeWorkbook(out, ready)).catch((error: Error) => out.destroy(error))
    const name = encodeURIComponent(
      `${book.unitName}${period.year}年${period.yearly ? '度' : `${period.month}月`}财务报表.xlsx`,
    )
    return reply.header('content-disposition', `attachment; filename*=UTF-8''${name}`).type(xlsx).send(out)
  })
  app.get('/api/funds/books/:id/ledger.xlsx', async (request, reply) => {
    const query = parse(ledgerQuery, request.query)
    const book = await readBook(db, request.actor, parse(z.object({ id }), request.params).id)
    await requirePermission(db, request.actor, 'funds.export', book.unitId, 'funds.read')
    const sheet = await ledgerSheet(db, book, query.account, query.year)
    const out = new PassThrough()
    void writeWorkbook(out, [sheet]).catch((error: Error) => out.destroy(error))
    const name = encodeURIComponent(`${book.unitName}${query.year}年${sheet.name}${query.account}.xlsx`)
    return reply.header('content-disposition', `attachment; filename*=UTF-8''${name}`).type(xlsx).send(out)
  })
  app.get('/api/funds/books/:id/forms', async (request) => {
    const { on } = parse(formsQuery, request.query)
    const book = await readBook(db, request.actor, parse(z.object({ id }), request.params).id)
    return { unitName: book.unitName, forms: await formsOn(db, book, on) }
  })
  app.get('/api/funds/books/:id/forms.xlsx', async (request, reply) => {
    const { on } = parse(formsQuery, request.query)
    const book = await readBook(db, request.actor, parse(z.object({ id }), request.params).id)
    await requirePermission(db, request.actor, 'funds.export', book.unitId, 'funds.read')
    const out = new PassThrough()
    void writeWorkbook(out, formSheets(book, await formsOn(db, book, on))).catch((error: Error) => out.destroy(error))
    const name = encodeURIComponent(`${book.unitName}备查表${on}.xlsx`)
    return reply.header('content-disposition', `attachment; filename*=UTF-8''${name}`).type(xlsx).send(out)
  })
  app.get('/api/funds/books/:id/overview', async (request) => {
    const query = parse(yearQuery, request.query)
    return overviewOf(db, await readBook(db, request.actor, parse(z.object({ id }), request.params).id), query.year)
  })
  app.get('/api/funds/books/:id/archive.zip', async (request, reply) => {
    const query = parse(yearQuery, request.query)
    const book = await readBook(db, request.actor, parse(z.object({ id }), request.params).id)
    await requirePermission(db, request.actor, 'funds.export', book.unitId, 'funds.read')
    const name = encodeURIComponent(`${book.unitName}${query.year}年会计档案.zip`)
    const archive = await archiveOf(db, openStore(config.dataDir), book, query.year, today())
    // The seal stays in the log, apart from the package: who changes a file must change its list, and that shows here.
    await db.transaction().execute((tx) =>
      audit(tx, request.actor, {
        action: 'funds.archive',
        objectKind: 'funds-book',
        objectId: book.id,
        unitId: book.unitId,
        summary: `导出${book.unitName} ${query.year} 年会计档案，清单校验码 ${archive.seal}`,
        detail: { year: query.year, seal: archive.seal },
      }),
    )
    return reply
      .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
      .type('application/zip')
      .send(archive.zip)
  })
}
