import { Readable } from 'node:stream'
import { z } from 'zod'
import { requirePermission } from '../../../../kernel/access/access.ts'
import { notFound } from '../../../../kernel/contract/problem.ts'
import type { Routes } from '../../../../kernel/http/app.ts'
import { day, id, parse } from '../../../../kernel/http/parse.ts'
import {
  accountInput,
  accountQuery,
  asOfQuery,
  bookEdit,
  bookInput,
  exportQuery,
  ledgerQuery,
  monthInput,
  openingInput,
  projectInput,
  statementQuery,
} from '../../contract.ts'
import { readBook, requireDeed } from './access.ts'
import { balances, projectBalances } from './balances.ts'
import { bookOf, editBook, openBook } from './books.ts'
import { booksFor, ledgerPage } from './browse.ts'
import { addAccount, endAccount, searchAccounts } from './chart.ts'
import { closeMonth, periodsOf } from './closing.ts'
import { csvJournal, hledgerJournal } from './export.ts'
import { identities } from './identities.ts'
import { openingOf, saveOpening } from './opening.ts'
import { addProject, finishProject } from './projects.ts'
import { balanceSheet, monthlyIncome, yearlyIncome } from './statements.ts'
import { verifyBook } from './verify.ts'

const byId = z.object({ id })
const byIdAndCode = z.object({ id, code: z.string().regex(/^[1-5][0-9]{2,11}$/) })

/** Books, chart, projects, opening, closing, ledgers and statements. Vouchers: voucher-routes.ts. */
export const bookRoutes: Routes = (app, { db, today }) => {
  app.get('/api/funds/books', async (request) => ({ books: await booksFor(db, request.actor) }))
  app.get('/api/funds/book', async (request) => {
    const { unitId } = parse(z.object({ unitId: id }), request.query)
    await requirePermission(db, request.actor, 'funds.read', unitId, 'funds.read')
    return { book: await bookOf(db, unitId) }
  })
  app.post('/api/funds/books', async (request, reply) => {
    const input = parse(bookInput, request.body)
    const book = await db.transaction().execute(async (tx) => {
      await requireDeed(tx, request.actor, 'funds.close', input.unitId)
      return openBook(tx, request.actor, input)
    })
    return reply.status(201).send(book)
  })
  app.get('/api/funds/books/:id', (request) => readBook(db, request.actor, parse(byId, request.params).id))
  app.patch('/api/funds/books/:id', async (request) => {
    const edit = parse(bookEdit, request.body)
    return db.transaction().execute(async (tx) => {
      const book = await readBook(tx, request.actor, parse(byId, request.params).id)
      await requireDeed(tx, request.actor, 'funds.close', book.unitId)
      return editBook(tx, request.actor, book, edit)
    })
  })

  app.get('/api/funds/books/:id/accounts', async (request) => {
    const { q, all } = parse(accountQuery, request.query)
    const book = await readBook(db, request.actor, parse(byId, request.params).id)
    return { accounts: await searchAccounts(db, book, q, all) }
  })
  app.post('/api/funds/books/:id/accounts', async (request, reply) => {
    const input = parse(accountInput, request.body)
    const account = await db
      .transaction()
      .execute(async (tx) =>
        addAccount(tx, request.actor, await readBook(tx, request.actor, parse(byId, request.params).id), input),
      )
    return reply.status(201).send(account)
  })
  app.post('/api/funds/books/:id/accounts/:code/end', async (request, reply) => {
    const params = parse(byIdAndCode, request.params)
    const { from } = parse(z.object({ from: day }), request.body)
    await db
      .transaction()
      .execute(async (tx) =>
        endAccount(tx, request.actor, await readBook(tx, request.actor, params.id), params.code, from),
      )
    return reply.status(204).send()
  })

  app.get('/api/funds/books/:id/projects', async (request) => {
    const book = await readBook(db, request.actor, parse(byId, request.params).id)
    return { projects: await projectBalances(db, book.id) }
  })
  app.post('/api/funds/books/:id/projects', async (request, reply) => {
    const input = parse(projectInput, request.body)
    const projectId = await db
      .transaction()
      .execute(async (tx) =>
        addProject(tx, request.actor, await readBook(tx, request.actor, parse(byId, request.params).id), input),
      )
    return reply.status(201).send({ id: projectId })
  })
  app.post('/api/funds/books/:id/projects/:projectId/finish', async (request, reply) => {
    const params = parse(z.object({ id, projectId: id }), request.params)
    const { finishedOn } = parse(z.object({ finishedOn: day }), request.body)
    await db
      .transaction()
      .execute(async (tx) =>
        finishProject(tx, request.actor, await readBook(tx, request.actor, params.id), params.projectId, finishedOn),
      )
    return reply.status(204).send()
  })

  app.get('/api/funds/books/:id/opening', async (request) => {
    const book = await readBook(db, request.actor, parse(byId, request.params).id)
    return { rows: await openingOf(db, book.id) }
  })
  app.put('/api/funds/books/:id/opening', async (request) => {
    const { rows } = parse(openingInput, request.body)
    return db.transaction().execute(async (tx) => {
      const book = await readBook(tx, request.actor, parse(byId, request.params).id)
      await saveOpening(tx, request.actor, book, rows)
      return { rows: await openingOf(tx, book.id) }
    })
  })

  app.get('/api/funds/books/:id/periods', async (request) => {
    const book = await readBook(db, request.actor, parse(byId, request.params).id)
    return { periods: await periodsOf(db, book, today()) }
  })
  app.post('/api/funds/books/:id/close', async (request) => {
    const { year, month } = parse(monthInput, request.body)
    return db
      .transaction()
      .execute(async (tx) =>
        closeMonth(tx, request.actor, await readBook(tx, request.actor, parse(byId, request.params).id), year, month),
      )
  })

  app.get('/api/funds/books/:id/ledger/:code', async (request) => {
    const params = parse(byIdAndCode, request.params)
    const book = await readBook(db, request.actor, params.id)
    return ledgerPage(db, book, params.code, parse(ledgerQuery, request.query))
  })
  app.get('/api/funds/books/:id/trial-balance', async (request) => {
    const { on, closings } = parse(asOfQuery, request.query)
    const book = await readBook(db, request.actor, parse(byId, request.params).id)
    return { on, rows: await balances(db, book.id, on, closings) }
  })
  app.get('/api/funds/books/:id/statements', async (request) => {
    const { year, month, yearly } = parse(statementQuery, request.query)
    const book = await readBook(db, request.actor, parse(byId, request.params).id)
    const last = yearly ? 12 : month
    return {
      unitName: book.unitName,
      year,
      month: last,
      balanceSheet: await balanceSheet(db, book.id, year, last),
      income: yearly ? await yearlyIncome(db, book.id, year) : await monthlyIncome(db, book.id, year, month),
      identities: await identities(db, book.id, year, last),
    }
  })
  app.get('/api/funds/books/:id/verify', async (request) => {
    const book = await readBook(db, request.actor, parse(byId, request.params).id)
    const { vouchers, faults } = await verifyBook(db, book.id)
    return { vouchers, faults, sound: faults.length === 0 }
  })
  app.get('/api/funds/books/:id/export', async (request, reply) => {
    const { year, format } = parse(exportQuery, request.query)
    const book = await readBook(db, request.actor, parse(byId, request.params).id)
    await requirePermission(db, request.actor, 'funds.export', book.unitId, 'funds.read')
    if (year < Number(book.openedOn.slice(0, 4))) throw notFound('年度')
    const text = format === 'hledger' ? hledgerJournal(db, book, year) : csvJournal(db, book, year)
    const name = encodeURIComponent(`${book.unitName}${year}年账簿.${format === 'hledger' ? 'hledger' : 'csv'}`)
    return reply
      .type(format === 'hledger' ? 'text/plain; charset=utf-8' : 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
      .send(Readable.from(text))
  })
}
