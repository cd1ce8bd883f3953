import { sql } from 'kysely'
import type { z } from 'zod'
import { requirePermission } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { addMonths } from '../../../../kernel/calendar/days.ts'
import { conflict, notFound, refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { appoint, createAccount, leaveOffice } from '../../../accounts/public.ts'
import { OUTSIDER_KINDS, type Outsider, type outsiderInput } from '../../outsider-contract.ts'
import { auditById } from '../audit/audits.ts'
import type { Book } from '../journal/books.ts'
import { openedBook } from '../opened-book.ts'
import { outsiderColumns, outsiderTables } from './visit.ts'

const OFFICES = { audit: 'outside-auditor', bookkeeping: 'bookkeeper' } as const

/** Everybody from outside whom the book was ever opened to, the latest first. */
export async function outsidersOf(db: Db | Tx, book: Book): Promise<Outsider[]> {
  const { rows } = await sql<Outsider>`select ${outsiderColumns} from ${outsiderTables}
    where x.book_id = ${book.id} order by x.id desc limit 200`.execute(db)
  return rows
}

/**
 * Opens a union's books to somebody from outside, for days that end by themselves: an auditor to read the audited days,
 * or a small union's bookkeeper. The account waits for its activation slip; an account of theirs that exists is used again.
 * @throws Problem 403 | 404, 422 `audit-not-noticed` | `too-long` | `not-small`, 409 `login-taken` | `outsider-open`
 */
export async function openToOutsider(
  tx: Tx,
  actor: Actor,
  input: z.output<typeof outsiderInput>,
): Promise<{ id: number; accountId: number; fresh: boolean }> {
  const book = await openedBook(tx, actor, input.unitId, 'funds.approve')
  if (input.closesOn >= addMonths(input.opensOn, 12))
    throw refused('too-long', '一次最长开放一年，到期可以再开。', { closesOn: '最长一年' })
  const days = await booksOpened(tx, actor, book, input)
  const account = await accountFor(tx, actor, book, input)
  const { rows: known } =
    await sql`select 1 from funds.outsider where book_id = ${book.id} and account_id = ${account.id}
    and kind = ${input.kind} and ended_on is null and closes_on >= ${input.opensOn}::date and opens_on <= ${input.closesOn}::date`.execute(
      tx,
    )
  if (known.length)
    throw conflict('outsider-open', `${input.person}在这段时间已经开通。需要改日期的，请先收回，再重新开通。`)
  const officeId = await appoint(tx, actor, {
    accountId: account.id,
    unitId: book.unitId,
    role: OFFICES[input.kind],
    startsOn: input.opensOn,
    endsOn: input.closesOn,
    title: `${OUTSIDER_KINDS[input.kind]}（${input.firm}）`,
    ...(input.document && { document: input.document }),
  })
  const { rows } = await sql<{ id: number }>`
    insert into funds.outsider (book_id, unit_id, account_id, office_id, kind, audit_id, person, firm, document, books_from,
      books_to, opens_on, closes_on, given_by, given_name)
    values (${book.id}, ${book.unitId}, ${account.id}, ${officeId}, ${input.kind},
      ${input.kind === 'audit' ? (input.auditId ?? null) : null}, ${input.person}, ${input.firm}, ${input.document},
      ${days.from}::date, ${days.to}::date, ${input.opensOn}::date, ${input.closesOn}::date, ${actor.accountId},
      ${actor.name}) returning id`.execute(tx)
  await audit(tx, actor, {
    action: 'funds.open-to-outsider',
    objectKind: 'funds-outsider',
    objectId: rows[0]!.id,
    unitId: book.unitId,
    summary: `向${input.firm}${input.person}开放${book.unitName}的账（${OUTSIDER_KINDS[input.kind]}），${input.opensOn} 至 ${input.closesOn}`,
    detail: { ...input, ...days },
  })
  return { id: rows[0]!.id, accountId: account.id, fresh: account.fresh }
}

/** The audited days, or from the first day of a bookkeeper's contract to its last. */
async function booksOpened(
  tx: Tx,
  actor: Actor,
  book: Book,
  input: z.output<typeof outsiderInput>,
): Promise<{ from: string; to: string }> {
  if (input.kind === 'bookkeeping') {
    if (book.profile !== 'small')
      throw refused('not-small', '代理记账用于没有会计的小型工会。请先在账套设置里改为“小型工会”。', {
        kind: '账套不是小型工会',
      })
    return { from: input.opensOn, to: input.closesOn }
  }
  const one = await auditById(tx, actor, input.auditId!)
  if (one.bookId !== book.id) throw notFound('审查')
  if (!['noticed', 'fieldwork', 'mending'].includes(one.state))
    throw refused('audit-not-noticed', '发出审计通知书以后，才能向审计人员开放账套。', { auditId: '还没有发出通知' })
  return { from: one.fromOn, to: one.toOn }
}

/** An account behind which no person of the roster stands: nobody is officer and outsider at once. */
async function accountFor(
  tx: Tx,
  actor: Actor,
  book: Book,
  input: z.output<typeof outsiderInput>,
): Promise<{ id: number; fresh: boolean }> {
  const { rows } = await sql<{ id: number }>`select distinct x.account_id as id from funds.outsider x
    join accounts.account c on c.id = x.account_id
    where lower(c.login) = lower(${input.login}) and x.person = ${input.person} and x.book_id = ${book.id}
      and c.person_id is null and c.state <> 'disabled'`.execute(tx)
  if (rows[0]) return { id: rows[0].id, fresh: false }
  const id = await createAccount(tx, actor, { login: input.login, name: input.person, unitId: book.unitId })
  return { id, fresh: true }
}

/** Takes an access back before its time: it opens nothing from this moment. */
export async function endOutsider(
  tx: Tx,
  actor: Actor,
  outsiderId: number,
  words: string,
  today: string,
): Promise<void> {
  const { rows } = await sql<{ unitId: number; officeId: number; person: string; opensOn: string }>`
    select unit_id as "unitId", office_id as "officeId", person, opens_on as "opensOn" from funds.outsider
    where id = ${outsiderId} and ended_on is null for update`.execute(tx)
  if (!rows[0]) throw notFound('开放记录')
  const { unitId, officeId, person, opensOn } = rows[0]
  await requirePermission(tx, actor, 'funds.approve', unitId, 'funds.read')
  await sql`update funds.outsider set ended_on = ${today}::date, ended_words = ${words} where id = ${outsiderId}`.execute(
    tx,
  )
  await leaveOffice(tx, actor, officeId, opensOn > today ? opensOn : today, words)
  await audit(tx, actor, {
    action: 'funds.end-outsider',
    objectKind: 'funds-outsider',
    objectId: outsiderId,
    unitId,
    summary: `收回${person}查看账套的权限：${words}`,
  })
}
