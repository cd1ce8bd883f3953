import { sql } from 'kysely'
import type { z } from 'zod'
import { requirePermission } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { conflict, notFound, Problem, refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { act, type Acted } from '../../../../kernel/lifecycle/act.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import type { budgetActInput, BudgetVersion, linesInput } from '../../budget-contract.ts'
import { bookById, type Book } from '../journal/books.ts'
import { lockBook } from '../journal/spend.ts'
import { openedBook } from '../opened-book.ts'
import { executionOf } from './execution.ts'
import { postBudgetFacts } from './facts.ts'
import { budgetMachine, budgetStateSql } from './machine.ts'
import { budgetInForce, linesOf, movedIn, reservedIn } from './standing.ts'

export interface Budget extends BudgetVersion {
  bookId: number
  year: number
}

const columns = sql`b.id, b.book_id as "bookId", b.year, b.version, b.reason, b.effective_on as "effectiveOn", b.minutes,
  b.minutes_on as "minutesOn", ${budgetStateSql('b.id')} as state`

export async function versionsOf(db: Db | Tx, bookId: number, year: number): Promise<Budget[]> {
  const { rows } = await sql<Budget>`select ${columns} from funds.budget b
    where b.book_id = ${bookId} and b.year = ${year} order by b.version desc`.execute(db)
  return rows
}

/** @throws Problem 404 */
async function budgetById(db: Db | Tx, actor: Actor, budgetId: number): Promise<{ budget: Budget; book: Book }> {
  const { rows } = await sql<Budget>`select ${columns} from funds.budget b where b.id = ${budgetId}`.execute(db)
  if (!rows[0] || !(await budgetMachine.visible(db, actor, budgetId))) throw notFound('预算')
  return { budget: rows[0], book: await bookById(db, rows[0].bookId) }
}

/** @throws Problem 409 `budget-open` while another version is on its way */
async function newVersion(tx: Tx, actor: Actor, book: Book, year: number, reason: string | null): Promise<number> {
  const versions = await versionsOf(tx, book.id, year)
  if (versions.some((one) => !['approved', 'dropped'].includes(one.state)))
    throw conflict('budget-open', `${year} 年已有一份预算正在编制或审批，请先办完那一份。`)
  const { rows } = await sql<{ id: number }>`
    insert into funds.budget (book_id, year, version, reason, created_by)
    values (${book.id}, ${year}, ${(versions[0]?.version ?? 0) + 1}, ${versions.length ? (reason ?? '重新编制') : null},
      ${actor.accountId}) returning id`.execute(tx)
  await audit(tx, actor, {
    action: 'funds.budget',
    objectKind: 'funds-budget',
    objectId: rows[0]!.id,
    unitId: book.unitId,
    summary: reason ? `编制 ${year} 年预算调整：${reason}` : `编制 ${year} 年预算`,
  })
  return rows[0]!.id
}

/** Proposes a year's budget: what every account and project came to last year. */
export async function proposeBudget(
  tx: Tx,
  actor: Actor,
  input: { unitId: number; year: number },
): Promise<{ id: number }> {
  const book = await openedBook(tx, actor, input.unitId, 'funds.prepare')
  await lockBook(tx, book.id)
  if (await budgetInForce(tx, book.id, `${input.year}-12-31`))
    throw conflict('budget-in-force', `${input.year} 年预算已经生效，要改变请办理预算调整。`)
  const id = await newVersion(tx, actor, book, input.year, null)
  for (const direction of ['income', 'spending'] as const) {
    const moves = (await movedIn(tx, book.id, input.year - 1, direction)).filter((move) => move.fen > 0)
    await sql`insert into funds.budget_line (budget_id, direction, account_code, project_id, amount_fen, before_fen)
      select ${id}, ${direction}, t.code, nullif(t.project, 0), t.fen, t.fen
      from unnest(${moves.map((one) => one.accountCode)}::text[], ${moves.map((one) => one.projectId ?? 0)}::bigint[],
        ${moves.map((one) => one.fen)}::bigint[]) as t (code, project, fen)`.execute(tx)
  }
  return { id }
}

/** Opens an adjustment: a copy of the budget in force, to be changed and to go the same way. */
export async function adjustBudget(
  tx: Tx,
  actor: Actor,
  input: { unitId: number; year: number; reason: string },
): Promise<{ id: number }> {
  const book = await openedBook(tx, actor, input.unitId, 'funds.prepare')
  await lockBook(tx, book.id)
  const inForce = await budgetInForce(tx, book.id, `${input.year}-12-31`)
  if (!inForce) throw refused('no-budget', `${input.year} 年还没有生效的预算，请先编制预算。`)
  const id = await newVersion(tx, actor, book, input.year, input.reason)
  await sql`insert into funds.budget_line (budget_id, direction, account_code, project_id, amount_fen, before_fen, note)
    select ${id}, direction, account_code, project_id, amount_fen, amount_fen, note
    from funds.budget_line where budget_id = ${inForce.id}`.execute(tx)
  return { id }
}

/** Writes the lines of a draft, all at once. @throws Problem 422 `not-editable` | `account-unknown` | `line-twice` */
export async function saveLines(
  tx: Tx,
  actor: Actor,
  budgetId: number,
  { lines }: z.output<typeof linesInput>,
): Promise<void> {
  const { budget, book } = await budgetById(tx, actor, budgetId)
  await requirePermission(tx, actor, 'funds.prepare', book.unitId)
  if (budget.state !== 'draft') throw refused('not-editable', '预算已经提交，不能修改。要修改请先撤回。')
  const fields: Record<string, string> = {}
  const { rows: accounts } = await sql<{ code: string; class: string }>`
    select code, class from funds.account where code = any(${lines.map((line) => line.account)}::text[])
      and (book_id is null or book_id = ${book.id})`.execute(tx)
  const { rows: projects } = await sql<{ id: number; code: string }>`
    select id, code from funds.project where book_id = ${book.id}
      and code = any(${lines.flatMap((line) => line.project ?? [])}::text[])`.execute(tx)
  const seen = new Set<string>()
  const found = lines.map((line, index) => {
    const account = accounts.find((one) => one.code === line.account)
    const wanted = line.direction === 'income' ? 'income' : 'expense'
    if (!account) fields[`lines.${index}.account`] = `没有科目 ${line.account}`
    else if (account.class !== wanted)
      fields[`lines.${index}.account`] = `${line.account} 不是${line.direction === 'income' ? '收入' : '支出'}科目`
    const project = line.project ? projects.find((one) => one.code === line.project) : null
    if (project === undefined) fields[`lines.${index}.project`] = `没有项目 ${line.project}`
    const key = `${line.direction} ${line.account} ${line.project ?? ''}`
    if (seen.has(key)) fields[`lines.${index}.account`] = '这个科目（项目）写了两行，请合并'
    seen.add(key)
    return { ...line, projectId: project?.id ?? 0 }
  })
  if (Object.keys(fields).length) throw new Problem(422, 'lines-wrong', '预算有几行没有填对，请按提示修改。', fields)
  await sql`with gone as (delete from funds.budget_line where budget_id = ${budgetId}
      returning direction, account_code, project_id, before_fen)
    insert into funds.budget_line (budget_id, direction, account_code, project_id, amount_fen, before_fen, note)
    select ${budgetId}, t.direction, t.code, nullif(t.project, 0), t.fen, coalesce(g.before_fen, 0), nullif(t.note, '')
    from unnest(${found.map((one) => one.direction)}::text[], ${found.map((one) => one.account)}::text[],
      ${found.map((one) => one.projectId)}::bigint[], ${found.map((one) => one.amountFen)}::bigint[],
      ${found.map((one) => one.note ?? '')}::text[]) as t (direction, code, project, fen, note)
      left join gone g on g.direction = t.direction and g.account_code = t.code and coalesce(g.project_id, 0) = t.project`.execute(
    tx,
  )
}

/** What may be spent beyond the year's income: the union's own money at its start, assets left out. In fen. */
export async function carriedOver(db: Db | Tx, bookId: number, year: number): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    select coalesce(sum(s.credit_fen - s.debit_fen), 0)::bigint as fen
    from funds.month_sum s join funds.account a on a.id = s.account_id
    where s.book_id = ${bookId} and (s.year < ${year} or (s.year = ${year} and s.month = 0))
      and a.class in ('net', 'income', 'expense') and a.code not like '301%'`.execute(db)
  return rows[0]!.fen
}

/**
 * One verb on a budget. Nothing is submitted that spends more than there is, nor an adjustment below what was already
 * executed or granted; the last 同意 puts it in force on that day.
 * @throws Problem as `act`; 422 `deficit` | `below-executed` | `budget-empty`
 */
export async function decideBudget(
  tx: Tx,
  actor: Actor,
  budgetId: number,
  input: z.output<typeof budgetActInput>,
  today: string,
): Promise<Acted> {
  const seen = await budgetById(tx, actor, budgetId)
  await lockBook(tx, seen.book.id)
  const { budget, book } = await budgetById(tx, actor, budgetId)
  if (input.verb === '提交' || (input.verb === '同意' && budget.state === 'audit')) await requireSound(tx, budget, book)
  const minutes = budget.minutes !== null || Boolean(input.minutes && input.minutesOn)
  const acted = await act(
    tx,
    actor,
    budgetMachine,
    {
      id: budgetId,
      unitId: book.unitId,
      title: `${budget.year} 年预算${budget.reason ? '调整' : ''}`,
      link: `/funds/budget?unit=${book.unitId}&year=${budget.year}`,
    },
    input.verb,
    {
      today,
      present: minutes ? ['minutes'] : [],
      ...(input.words && { words: input.words }),
      ...(input.expected && { expected: input.expected }),
    },
  )
  if (acted.to === 'audit')
    await sql`update funds.budget set minutes = coalesce(${input.minutes ?? null}, minutes),
      minutes_on = coalesce(${input.minutesOn ?? null}::date, minutes_on) where id = ${budgetId}`.execute(tx)
  if (acted.to === 'draft')
    await sql`update funds.budget set minutes = null, minutes_on = null where id = ${budgetId}`.execute(tx)
  if (acted.to === 'approved') {
    // A budget of the coming year waits for its first day; one that is late holds from the day it was approved.
    const from = today < `${budget.year}-01-01` ? `${budget.year}-01-01` : today
    const first = budget.version === 1 ? `${budget.year}-01-01` : from
    await sql`update funds.budget set effective_on = ${first}::date where id = ${budgetId}`.execute(tx)
    await postBudgetFacts(tx, actor, budgetId)
  }
  return acted
}

async function requireSound(tx: Tx, budget: Budget, book: Book): Promise<void> {
  const lines = await linesOf(tx, budget.id)
  if (!lines.length) throw refused('budget-empty', '预算还没有一行，请先填写收入和支出。')
  const sum = (direction: string): number =>
    lines.reduce((all, line) => all + (line.direction === direction ? line.amountFen : 0), 0)
  const means = sum('income') + (await carriedOver(tx, book.id, budget.year))
  if (sum('spending') > means)
    throw refused(
      'deficit',
      `支出预算 ${formatYuan(sum('spending'))} 元大于收入预算和上年结转结余合计 ${formatYuan(means)} 元。工会预算不列赤字，请压减支出。`,
    )
  const spending = lines.filter((line) => line.direction === 'spending')
  const standing = executionOf(
    spending,
    await movedIn(tx, book.id, budget.year, 'spending'),
    await reservedIn(tx, book.id, budget.year),
  )
  const short = standing.lines.find((line) => line.leftFen < 0)
  if (short)
    throw refused(
      'below-executed',
      `科目 ${short.accountCode} 已执行和已批未付 ${formatYuan(short.executedFen + short.reservedFen)} 元，预算 ${formatYuan(short.amountFen)} 元不够，请提高这一行。`,
    )
}
