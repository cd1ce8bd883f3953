import { sql } from 'kysely'
import { z } from 'zod'
import { allows } from '../../../../kernel/access/access.ts'
import type { Db } from '../../../../kernel/db/database.ts'
import type { Routes } from '../../../../kernel/http/app.ts'
import { id, parse } from '../../../../kernel/http/parse.ts'
import { actsOf } from '../../../../kernel/lifecycle/act.ts'
import {
  adjustInput,
  budgetActInput,
  budgetQuery,
  linesInput,
  proposeInput,
  type BudgetLine,
  type BudgetYear,
} from '../../budget-contract.ts'
import { openedBook } from '../opened-book.ts'
import { adjustBudget, carriedOver, decideBudget, proposeBudget, saveLines, versionsOf } from './budgets.ts'
import { executionOf, type Execution } from './execution.ts'
import { budgetMachine } from './machine.ts'
import { budgetInForce, linesOf, movedIn, reservedIn } from './standing.ts'

const byId = z.object({ id })

type Named = Pick<BudgetLine, 'id' | 'accountName' | 'projectName' | 'projectCode' | 'beforeFen' | 'note'>

async function namesOf(db: Db, bookId: number, budgetId: number): Promise<Map<number, Named>> {
  const { rows } = await sql<Named>`
    select l.id, a.name as "accountName", p.name as "projectName", p.code as "projectCode", l.before_fen as "beforeFen", l.note
    from funds.budget_line l left join funds.project p on p.id = l.project_id
      left join lateral (select name from funds.account a where a.code = l.account_code
        and (a.book_id is null or a.book_id = ${bookId}) limit 1) a on true
    where l.budget_id = ${budgetId}`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The year's budget: proposal, approval, adjustment, execution on any day. */
export const budgetRoutes: Routes = (app, { db, today }) => {
  app.get('/api/funds/budget', async (request): Promise<BudgetYear> => {
    const query = parse(budgetQuery, request.query)
    const book = await openedBook(db, request.actor, query.unitId, 'funds.read')
    const versions = await versionsOf(db, book.id, query.year)
    const day = today() < `${query.year}-12-31` ? today() : `${query.year}-12-31`
    const inForce = await budgetInForce(db, book.id, day < `${query.year}-01-01` ? `${query.year}-01-01` : day)
    const open = versions.find((one) => one.state !== 'approved' && one.state !== 'dropped')
    const spent = await movedIn(db, book.id, query.year, 'spending')
    const received = await movedIn(db, book.id, query.year, 'income')
    const reserved = await reservedIn(db, book.id, query.year)
    const standing = async (budgetId: number) => {
      const [lines, names] = await Promise.all([linesOf(db, budgetId), namesOf(db, book.id, budgetId)])
      const of = (direction: 'income' | 'spending') => lines.filter((line) => line.direction === direction)
      const income = executionOf(of('income'), received, [])
      const spending = executionOf(of('spending'), spent, reserved)
      const named = (line: Execution): BudgetLine => ({ ...line, ...names.get(line.id)! })
      return {
        income: income.lines.map(named),
        spending: spending.lines.map(named),
        incomeOutsideFen: income.outsideFen,
        spendingOutsideFen: spending.outsideFen,
      }
    }
    const [prepare, approve, review] = await Promise.all(
      ['funds.prepare', 'funds.approve', 'funds.audit'].map((name) => allows(db, request.actor, name, book.unitId)),
    )
    const holds: Record<string, boolean | undefined> = {
      'funds.prepare': prepare,
      'funds.approve': approve,
      'funds.audit': review,
    }
    // What a line may be written on: income and spending accounts a grassroots union uses, the book's own among them.
    const { rows: accounts } = await sql<BudgetYear['accounts'][number]>`
      select a.code, coalesce(p.name || '—', '') || a.name as name,
        case a.class when 'income' then 'income' else 'spending' end as direction
      from funds.account a left join funds.account p on p.id = a.parent_id
      where (a.book_id is null or a.book_id = ${book.id}) and a.class in ('income', 'expense')
        and not a.county_only and a.valid_to = 'infinity' order by a.code`.execute(db)
    return {
      unitName: book.unitName,
      accounts,
      versions: versions.map((one) => ({ ...one, stateTitle: budgetMachine.states[one.state]!.title })),
      carriedFen: await carriedOver(db, book.id, query.year),
      inForce: inForce && { id: inForce.id, version: inForce.version, ...(await standing(inForce.id)) },
      open: open
        ? {
            ...open,
            stateTitle: budgetMachine.states[open.state]!.title,
            ...(await standing(open.id)),
            acts: await actsOf(db, 'funds-budget', open.id),
            moves: budgetMachine.states[open.state]!.moves.filter((move) => holds[move.permission]).map(
              (move) => move.verb,
            ),
          }
        : null,
      mayPrepare: prepare === true,
    }
  })
  app.post('/api/funds/budgets', async (request, reply) => {
    const input = parse(proposeInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => proposeBudget(tx, request.actor, input)))
  })
  app.post('/api/funds/budgets/adjustments', async (request, reply) => {
    const input = parse(adjustInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => adjustBudget(tx, request.actor, input)))
  })
  app.put('/api/funds/budgets/:id/lines', async (request, reply) => {
    const input = parse(linesInput, request.body)
    await db.transaction().execute((tx) => saveLines(tx, request.actor, parse(byId, request.params).id, input))
    return reply.status(204).send()
  })
  app.post('/api/funds/budgets/:id/acts', (request) => {
    const input = parse(budgetActInput, request.body)
    return db
      .transaction()
      .execute((tx) => decideBudget(tx, request.actor, parse(byId, request.params).id, input, today()))
  })
}
