import { sql } from 'kysely'
import { loadCalendar } from '../../../../kernel/calendar/calendar-days.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { confirmedNumbers } from '../../../../kernel/rules/confirmations.ts'
import { SPENDING_KINDS } from '../../spending-kinds.ts'
import { roomFor, type Room } from '../budget/guard.ts'
import { judgeSpending, type Judged } from './judge.ts'
import { stateSql } from './machine.ts'
import type { Request } from './requests.ts'
import { requiredFor, routeOn, type Required } from './route-rule.ts'
import { routesOf, standardsOf } from './standards.ts'

export interface Examined {
  verdicts: Judged[]
  required: Required
  /** null for what doesn't touch the budget. */
  room: Room | null
}

/** Spent on the same kind this year for the same person, or by the same unit where nobody is named; in fen. */
async function spentThisYear(db: Db | Tx, request: Request): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    select coalesce(sum(r.amount_fen), 0)::bigint as fen from funds.request r
    where r.book_id = ${request.bookId} and r.kind = ${request.kind} and r.id <> ${request.id}
      and extract(year from r.requested_on) = extract(year from ${request.requestedOn}::date)
      and r.unit_id = ${request.unitId} and r.person_id is not distinct from ${request.personId}
      and ${stateSql('r.id')} in ('approved', 'paid')`.execute(db)
  return rows[0]!.fen
}

/** This year's dues and what was granted for outings before, in fen; null for what is no outing. */
async function outingsThisYear(db: Db | Tx, request: Request): Promise<{ duesFen: number; spentFen: number } | null> {
  if (request.kind !== 'outing') return null
  const { rows } = await sql<{ duesFen: number; spentFen: number }>`
    select coalesce((select sum(s.credit_fen - s.debit_fen) from funds.month_sum s join funds.account a on a.id = s.account_id
        where s.book_id = ${request.bookId} and starts_with(a.code, '401') and s.month > 0 and s.closing = 0
          and s.year = extract(year from ${request.requestedOn}::date)), 0)::bigint as "duesFen",
      coalesce((select sum(r.amount_fen) from funds.request r
        where r.book_id = ${request.bookId} and r.kind = 'outing' and r.id <> ${request.id}
          and extract(year from r.requested_on) = extract(year from ${request.requestedOn}::date)
          and ${stateSql('r.id')} in ('approved', 'paid')), 0)::bigint as "spentFen"`.execute(db)
  return rows[0]!
}

/** Everything that stands for or against a request: rules with their steps, who has to sign, what the budget leaves. */
export async function examine(db: Db | Tx, request: Request): Promise<Examined> {
  const { rows: invoices } = await sql<{ seller: string | null }>`
    select seller from funds.request_invoice where request_id = ${request.id}`.execute(db)
  const { rows: files } = await sql<{ n: number }>`
    select count(*) as n from kernel.file_link
    where object_kind = 'funds-request' and object_id = ${request.id} and removed_at is null`.execute(db)
  const circumstances = { confirmed: await confirmedNumbers(db), calendar: await loadCalendar(db) }
  const verdicts = judgeSpending(
    {
      ...request,
      on: request.requestedOn,
      yearFen: await spentThisYear(db, request),
      outing: await outingsThisYear(db, request),
      texts: [request.purpose, request.payee, ...invoices.flatMap((one) => one.seller ?? [])],
    },
    await standardsOf(db, request.bookId),
    circumstances,
  )
  // Every voucher has its originals (会计基础工作规范 第五十一条); another room's record is one.
  if (!files[0]!.n && !request.source)
    verdicts.push({
      cardId: 'ORIGINALS',
      title: '票据和签收单',
      holds: false,
      strength: 'warn',
      blocks: false,
      steps: ['1. 还没有上传票据、签收单或活动方案的照片。'],
      notes: [],
    })
  return {
    verdicts,
    required: requiredFor(
      routeOn(await routesOf(db, request.bookId), request.kind, request.requestedOn),
      request.amountFen,
    ),
    room: SPENDING_KINDS[request.kind].settles
      ? null
      : await roomFor(db, request.bookId, {
          on: request.requestedOn,
          accountCode: request.accountCode,
          projectId: request.projectId,
          exceptSource: `funds/spending/${request.id}`,
        }),
  }
}
