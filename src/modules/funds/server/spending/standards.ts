import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import type { cashLimitInput, limitInput, routeInput } from '../../spending-contract.ts'
import { SPENDING_KINDS, type SpendingKindId } from '../../spending-kinds.ts'
import { lockBook } from '../journal/spend.ts'
import { openedBook } from '../opened-book.ts'
import { standardOn, type LimitStandard } from './judge.ts'
import type { ApprovalRoute } from './route-rule.ts'

/** The union's own amounts, the newest first. */
export async function standardsOf(db: Db | Tx, bookId: number): Promise<(LimitStandard & { id: number })[]> {
  const { rows } = await sql<LimitStandard & { id: number }>`
    select id, kind, amount_fen as "amountFen", per, strength, source, number, page, valid_from as "validFrom",
      valid_to as "validTo"
    from funds.limit_standard where book_id = ${bookId} order by kind, valid_from desc, id desc`.execute(db)
  return rows
}

/** The amount a book's union allows for a kind of spending on a day, with its document; null where none is set. */
export const limitOn = async (
  db: Db | Tx,
  bookId: number,
  kind: SpendingKindId,
  onDay: string,
): Promise<LimitStandard | null> => standardOn(await standardsOf(db, bookId), kind, onDay)

export async function routesOf(
  db: Db | Tx,
  bookId: number,
): Promise<(ApprovalRoute & { id: number; document: string })[]> {
  const { rows } = await sql<ApprovalRoute & { id: number; document: string }>`
    select id, kind, deputy_up_to_fen as "deputyUpToFen", chair_up_to_fen as "chairUpToFen", document,
      valid_from as "validFrom", valid_to as "validTo"
    from funds.approval_route where book_id = ${bookId} order by kind nulls first, valid_from desc, id desc`.execute(db)
  return rows
}

/** Dated rows follow one another: the one in force ends the day before. @throws Problem 422 when it isn't the last */
async function succeed(
  tx: Tx,
  table: 'limit_standard' | 'approval_route' | 'cash_limit',
  of: RawBuilder<unknown>,
  validFrom: string,
  refusal: { code: string; what: string },
): Promise<void> {
  const name = sql.table(`funds.${table}`)
  const { rows: later } = await sql`select 1 from ${name} where ${of} and valid_from >= ${validFrom}::date`.execute(tx)
  if (later.length)
    throw refused(refusal.code, `已有同一天或更晚开始的${refusal.what}，请填写更晚的日期。`, {
      validFrom: '请填写更晚的日期',
    })
  await sql`update ${name} set valid_to = ${validFrom}::date - 1 where ${of} and valid_to is null`.execute(tx)
}

/** Sets how much cash may stay overnight from a day on. @throws Problem 422 `cash-limit-later` */
export async function saveCashLimit(
  tx: Tx,
  actor: Actor,
  input: z.output<typeof cashLimitInput>,
): Promise<{ id: number }> {
  const book = await openedBook(tx, actor, input.unitId, 'funds.close')
  await lockBook(tx, book.id)
  await succeed(tx, 'cash_limit', sql`book_id = ${book.id}`, input.validFrom, {
    code: 'cash-limit-later',
    what: '限额',
  })
  const { rows } = await sql<{ id: number }>`
    insert into funds.cash_limit (book_id, amount_fen, takings_fen, document, valid_from, created_by)
    values (${book.id}, ${input.amountFen}, ${input.takingsFen}, ${input.document}, ${input.validFrom}::date, ${actor.accountId}) returning id`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'funds.cash-limit',
    objectKind: 'funds-book',
    objectId: book.id,
    unitId: book.unitId,
    summary: `登记库存现金限额 ${formatYuan(input.amountFen)} 元，自 ${input.validFrom} 起，依据${input.document}`,
    detail: { ...input },
  })
  return rows[0]!
}

/** Sets an amount from a day on; the one in force before ends the day before. @throws Problem 422 `standard-later` */
export async function saveLimit(tx: Tx, actor: Actor, input: z.output<typeof limitInput>): Promise<{ id: number }> {
  const book = await openedBook(tx, actor, input.unitId, 'funds.close')
  await lockBook(tx, book.id)
  if (SPENDING_KINDS[input.kind].per === 'none')
    throw refused('kind-without-limit', `“${SPENDING_KINDS[input.kind].title}”不按人设标准。`, {
      kind: '请选择其他种类',
    })
  await succeed(tx, 'limit_standard', sql`book_id = ${book.id} and kind = ${input.kind}`, input.validFrom, {
    code: 'standard-later',
    what: '标准',
  })
  const { rows } = await sql<{ id: number }>`
    insert into funds.limit_standard (book_id, kind, amount_fen, per, strength, source, number, page, valid_from, created_by)
    values (${book.id}, ${input.kind}, ${input.amountFen}, ${input.per}, ${input.strength}, ${input.source},
      ${input.number ?? null}, ${input.page}, ${input.validFrom}::date, ${actor.accountId}) returning id`.execute(tx)
  await audit(tx, actor, {
    action: 'funds.limit',
    objectKind: 'funds-book',
    objectId: book.id,
    unitId: book.unitId,
    summary: `登记“${SPENDING_KINDS[input.kind].title}”标准 ${formatYuan(input.amountFen)} 元，自 ${input.validFrom} 起，依据《${input.source}》第${input.page}页`,
    detail: { ...input },
  })
  return rows[0]!
}

/** Sets who signs how much from a day on. @throws Problem 422 `route-later` */
export async function saveRoute(tx: Tx, actor: Actor, input: z.output<typeof routeInput>): Promise<{ id: number }> {
  const book = await openedBook(tx, actor, input.unitId, 'funds.close')
  await lockBook(tx, book.id)
  const kind = input.kind ?? null
  await succeed(
    tx,
    'approval_route',
    sql`book_id = ${book.id} and kind is not distinct from ${kind}`,
    input.validFrom,
    {
      code: 'route-later',
      what: '审批权限',
    },
  )
  const { rows } = await sql<{ id: number }>`
    insert into funds.approval_route (book_id, kind, deputy_up_to_fen, chair_up_to_fen, document, valid_from, created_by)
    values (${book.id}, ${kind}, ${input.deputyUpToFen}, ${input.chairUpToFen}, ${input.document},
      ${input.validFrom}::date, ${actor.accountId}) returning id`.execute(tx)
  await audit(tx, actor, {
    action: 'funds.route',
    objectKind: 'funds-book',
    objectId: book.id,
    unitId: book.unitId,
    summary: `登记审批权限：分管副主席 ${formatYuan(input.deputyUpToFen)} 元、主席 ${formatYuan(input.chairUpToFen)} 元，自 ${input.validFrom} 起，依据${input.document}`,
    detail: { ...input },
  })
  return rows[0]!
}
