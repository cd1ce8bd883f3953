import { sql } from 'kysely'
import type { z } from 'zod'
import { allows, requirePermission } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { conflict, notFound, refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { act, type Acted } from '../../../../kernel/lifecycle/act.ts'
import { machine } from '../../../../kernel/lifecycle/machine.ts'
import { publish, takeDown } from '../../../openness/public.ts'
import type { publicationAct, publicationInput, PublicationRow, PublicationState } from '../../publication-contract.ts'
import { requireDeed } from '../journal/access.ts'
import type { Book } from '../journal/books.ts'
import { monthEnd } from '../journal/closing.ts'
import { lockBook } from '../journal/spend.ts'
import type { StatementPeriod } from '../statements/workbook.ts'
import { accountText, periodWords } from './account-text.ts'

/** Accounts on their way to the board: asked by whoever closes the month, approved by the chair, who also takes them down. */
export const publicationMachine = machine({
  id: 'funds.publication',
  objectKind: 'funds-publication',
  title: '账目公开审批',
  initial: 'draft',
  visible: async (db, actor, id) => {
    const { rows } = await sql<{ unitId: number }>`select b.unit_id as "unitId" from funds.publication p
      join funds.book b on b.id = p.book_id where p.id = ${id}`.execute(db)
    return rows[0] !== undefined && (await allows(db, actor, 'funds.read', rows[0].unitId))
  },
  states: {
    draft: { title: '草稿', moves: [{ verb: '提交', to: 'submitted', permission: 'funds.close' }] },
    submitted: {
      title: '待批准',
      waiting: { for: { permission: 'funds.approve' }, title: '待批准公开' },
      moves: [
        { verb: '同意', to: 'published', permission: 'funds.approve' },
        { verb: '退回', to: 'returned', permission: 'funds.approve' },
        { verb: '撤回', to: 'returned', permission: 'funds.close' },
      ],
    },
    published: { title: '公开中', moves: [{ verb: '终止', to: 'ended', permission: 'funds.approve' }] },
    returned: { title: '已退回', final: true, moves: [] },
    ended: { title: '已撤下', final: true, moves: [] },
  },
})

const lastAct = (what: 'to_state' | 'words') => sql`(select x.${sql.ref(what)} from kernel.act x
  where x.object_kind = 'funds-publication' and x.object_id = p.id and x.to_state is not null order by x.id desc limit 1)`
const state = sql<PublicationState>`coalesce(${lastAct('to_state')}, 'draft')`
const columns = sql`p.id, p.book_id as "bookId", b.unit_id as "unitId", u.name as "unitName", p.year::int as year, p.month::int as month,
  p.yearly, p.title, p.body, p.from_on as "fromOn", p.until_on as "untilOn", p.item_id as "itemId", p.asked_by as "askedBy",
  p.asked_name as "askedName", ${state} as state, ${lastAct('words')} as words`
const tables = sql`funds.publication p join funds.book b on b.id = p.book_id join organisation.unit u on u.id = b.unit_id`

/** @throws Problem 404 alike for a missing one and a stranger's */
export async function publicationById(db: Db | Tx, actor: Actor, id: number): Promise<PublicationRow> {
  const { rows } = await sql<PublicationRow>`select ${columns} from ${tables} where p.id = ${id}`.execute(db)
  if (!rows[0] || !(await allows(db, actor, 'funds.read', rows[0].unitId))) throw notFound('账目公开')
  return rows[0]
}

/** Everything that was asked for one month's or year's accounts, the latest first. */
export async function publicationsOf(db: Db | Tx, book: Book, period: StatementPeriod): Promise<PublicationRow[]> {
  const { rows } = await sql<PublicationRow>`select ${columns} from ${tables} where p.book_id = ${book.id}
    and p.year = ${period.year} and p.month = ${period.month} and p.yearly = ${period.yearly} order by p.id desc`.execute(
    db,
  )
  return rows
}

/** Whether the month (for a year: December) is closed: only then the figures stand for ever. */
export async function isClosed(db: Db | Tx, book: Book, { year, month }: StatementPeriod): Promise<boolean> {
  const { rows } =
    await sql`select 1 from funds.period where book_id = ${book.id} and year = ${year} and month = ${month}
    and state = 'closed'`.execute(db)
  return rows.length > 0
}

const subjectOf = (row: Pick<PublicationRow, 'id' | 'unitId' | 'title'>) => ({
  id: row.id,
  unitId: row.unitId,
  title: row.title,
  link: `/funds/publications/${row.id}`,
})
const sourceOf = (id: number): string => `funds/publications/${id}`

/**
 * Asks for a month's or a year's accounts to be published.
 * @throws Problem 403 | 404, 422 `period-open` | `days-wrong`, 409 `published-already`
 */
export async function askPublication(
  tx: Tx,
  actor: Actor,
  book: Book,
  input: z.output<typeof publicationInput>,
  today: string,
): Promise<PublicationRow> {
  await requireDeed(tx, actor, 'funds.close', book.unitId)
  await lockBook(tx, book.id)
  const period = { year: input.year, month: input.yearly ? 12 : input.month, yearly: input.yearly }
  if (!(await isClosed(tx, book, period)))
    throw refused('period-open', `${periodWords(period)}还没有结账，数字还会变。请先结账，再公开账目。`, {
      month: '还没有结账',
    })
  if (input.untilOn < input.fromOn)
    throw refused('days-wrong', '撤下日期不能早于公开日期。', { untilOn: '早于公开日期' })
  if (input.untilOn < today) throw refused('days-wrong', '撤下日期已经过去，请重新选择。', { untilOn: '已经过去' })
  const known = await publicationsOf(tx, book, period)
  if (known.some((one) => one.state === 'submitted' || one.state === 'published'))
    throw conflict('published-already', `${periodWords(period)}的账目已经提请公开或正在公开，不必重复办理。`)
  const { rows } = await sql<{ id: number }>`
    insert into funds.publication (book_id, year, month, yearly, title, body, from_on, until_on, asked_by, asked_name)
    values (${book.id}, ${period.year}, ${period.month}, ${period.yearly},
      ${`${book.unitName}${periodWords(period)}工会经费收支公开`}, ${await accountText(tx, book, period)},
      ${input.fromOn}::date, ${input.untilOn}::date, ${actor.accountId}, ${actor.name}) returning id`.execute(tx)
  const row = await publicationById(tx, actor, rows[0]!.id)
  await act(tx, actor, publicationMachine, subjectOf(row), '提交', { today })
  return publicationById(tx, actor, row.id)
}

/**
 * One verb: 同意 hangs the accounts on the board at once, 终止 takes them down with a reason.
 * @throws Problem as `act`; 422 `same-hand` | `days-wrong`
 */
export async function decidePublication(
  tx: Tx,
  actor: Actor,
  id: number,
  input: z.output<typeof publicationAct>,
  today: string,
): Promise<Acted> {
  const row = await publicationById(tx, actor, id)
  if (input.verb === '同意' || input.verb === '终止')
    await requirePermission(tx, actor, 'funds.approve', row.unitId, 'funds.read')
  if (input.verb === '同意' && row.askedBy === actor.accountId)
    throw refused('same-hand', '提请公开和批准公开不能是同一人，请由主席批准。')
  if (input.verb === '同意' && row.untilOn < today)
    throw refused('days-wrong', `撤下日期 ${row.untilOn} 已过，请退回，由会计重新提请。`)
  const acted = await act(tx, actor, publicationMachine, subjectOf(row), input.verb, {
    today,
    ...(input.words && { words: input.words }),
    ...(input.expected && { expected: input.expected }),
  })
  if (acted.to === 'published') {
    const itemId = await publish(tx, actor, {
      unitId: row.unitId,
      title: row.title,
      category: '财务收支',
      answers: { words: '工会经费', lastDay: monthEnd(row.year, row.month) },
      body: row.body,
      from: row.fromOn < today ? today : row.fromOn,
      until: row.untilOn,
      source: sourceOf(id),
    })
    await sql`update funds.publication set item_id = ${itemId} where id = ${id}`.execute(tx)
  }
  if (acted.to === 'ended') await takeDown(tx, actor, sourceOf(id), input.words ?? '', today)
  return acted
}
