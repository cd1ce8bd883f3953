import { z } from 'zod'
import type { FastifyRequest } from 'fastify'
import { Problem, refused } from '../../../../kernel/contract/problem.ts'
import type { Routes } from '../../../../kernel/http/app.ts'
import { day, id, parse } from '../../../../kernel/http/parse.ts'
import { openedBook } from '../opened-book.ts'
import { bankAccount, bankAccounts } from './bank-accounts.ts'
import { confirmMatches, matchesOf, openMatching, reconciliationOn, undoMatch } from './matches.ts'
import { importStatement, previewStatement, type Upload } from './statements.ts'

const MOST_BYTES = 10 * 1024 * 1024
const unitQuery = z.object({ unitId: id })
const accountQuery = unitQuery.extend({ account: z.string().min(3).max(12) })
const matchesInput = accountQuery.extend({
  matches: z
    .array(
      z.object({
        lines: z.array(id).min(1).max(100),
        entries: z
          .array(z.object({ voucherId: id, line: z.int().min(1).max(999) }))
          .min(1)
          .max(100),
        reason: z.string().trim().max(200).default('人工勾对'),
      }),
    )
    .min(1, '请选择要勾对的内容')
    .max(2000),
})

/** The file and the fields beside it; the fields come first in the form. */
async function uploaded(request: FastifyRequest): Promise<Upload & { unitId: number; account: string }> {
  if (!request.isMultipart()) throw new Problem(415, 'not-multipart', '请用表单上传文件。')
  const part = await request.file({ limits: { fileSize: MOST_BYTES } })
  if (!part) throw refused('file-missing', '请选择银行对账单文件。')
  const bytes = await part.toBuffer().catch(() => {
    throw new Problem(413, 'too-large', '对账单文件超过 10 MB，请按月导出后再上传。')
  })
  if (!bytes.length) throw refused('file-empty', '文件是空的，请重新选择。')
  const field = (name: string): unknown => {
    const given = part.fields[name]
    return given && !Array.isArray(given) && given.type === 'field' ? given.value || undefined : undefined
  }
  return {
    fileName: part.filename,
    bytes,
    ...parse(accountQuery, { unitId: field('unitId'), account: field('account') }),
  }
}

/** Bank statements: import, matching with the journal, 余额调节表. */
export const bankRoutes: Routes = (app, { db }) => {
  app.get('/api/funds/bank/accounts', async (request) => {
    const { unitId } = parse(unitQuery, request.query)
    return { accounts: await bankAccounts(db, await openedBook(db, request.actor, unitId, 'funds.read')) }
  })
  app.post('/api/funds/bank/preview', async (request) => {
    const upload = await uploaded(request)
    const book = await openedBook(db, request.actor, upload.unitId, 'funds.write')
    return previewStatement(db, book, await bankAccount(db, book, upload.account), upload)
  })
  app.post('/api/funds/bank/statements', async (request, reply) => {
    const upload = await uploaded(request)
    const made = await db.transaction().execute(async (tx) => {
      const book = await openedBook(tx, request.actor, upload.unitId, 'funds.write')
      return importStatement(tx, request.actor, book, await bankAccount(tx, book, upload.account), upload)
    })
    return reply.status(201).send(made)
  })
  app.get('/api/funds/bank/matching', async (request) => {
    const query = parse(accountQuery, request.query)
    const book = await openedBook(db, request.actor, query.unitId, 'funds.read')
    return openMatching(db, book, await bankAccount(db, book, query.account))
  })
  app.get('/api/funds/bank/matches', async (request) => {
    const query = parse(accountQuery, request.query)
    const book = await openedBook(db, request.actor, query.unitId, 'funds.read')
    return { matches: await matchesOf(db, book, await bankAccount(db, book, query.account)) }
  })
  app.post('/api/funds/bank/matches', async (request) => {
    const input = parse(matchesInput, request.body)
    return db.transaction().execute(async (tx) => {
      const book = await openedBook(tx, request.actor, input.unitId, 'funds.write')
      const account = await bankAccount(tx, book, input.account)
      return { matched: await confirmMatches(tx, request.actor, book, account, input.matches) }
    })
  })
  app.delete('/api/funds/bank/matches/:id', async (request, reply) => {
    const { id: matchId } = parse(z.object({ id }), request.params)
    const { unitId } = parse(unitQuery, request.query)
    await db.transaction().execute(async (tx) => {
      const book = await openedBook(tx, request.actor, unitId, 'funds.write')
      await undoMatch(tx, request.actor, book, matchId)
    })
    return reply.status(204).send()
  })
  app.get('/api/funds/bank/reconciliation', async (request) => {
    const query = parse(accountQuery.extend({ on: day }), request.query)
    const book = await openedBook(db, request.actor, query.unitId, 'funds.read')
    return reconciliationOn(db, book, await bankAccount(db, book, query.account), query.on)
  })
}
