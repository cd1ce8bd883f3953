import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { conflict, notFound, Problem, refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import type { RequestInput } from '../../spending-contract.ts'
import { SPENDING_KINDS, type SpendingKindId } from '../../spending-kinds.ts'
import type { Book } from '../journal/books.ts'
import { projectOf } from '../purse.ts'
import { bookForAsking } from './asking.ts'
import { requestMachine, stateSql, type RequestState } from './machine.ts'

export interface Request {
  id: number
  bookId: number
  unitId: number
  unitName: string
  kind: SpendingKindId
  accountCode: string
  projectId: number | null
  purpose: string
  amountFen: number
  payee: string
  personId: number | null
  people: number | null
  participants: number | null
  holiday: string | null
  form: 'goods' | 'money' | 'service'
  method: 'transfer' | 'cash'
  confirmed: string[]
  minutes: string | null
  minutesOn: string | null
  requestedOn: string
  source: string | null
  createdBy: number
  createdName: string
  version: number
  state: RequestState
}

export const requestColumns = sql`r.id, r.book_id as "bookId", r.unit_id as "unitId", u.name as "unitName", r.kind,
  r.account_code as "accountCode", r.project_id as "projectId", r.purpose, r.amount_fen as "amountFen", r.payee,
  r.person_id as "personId", r.people, r.participants, r.holiday, r.form, r.method, r.confirmed, r.minutes,
  r.minutes_on as "minutesOn", r.requested_on as "requestedOn", r.source, r.created_by as "createdBy",
  r.created_name as "createdName", r.version, ${stateSql('r.id')} as state`

/** @throws Problem 404 when there is none, or the actor may not see it */
export async function requestById(db: Db | Tx, actor: Actor, requestId: number): Promise<Request> {
  const { rows } = await sql<Request>`
    select ${requestColumns} from funds.request r join organisation.unit u on u.id = r.unit_id
    where r.id = ${requestId}`.execute(db)
  if (!rows[0] || !(await requestMachine.visible(db, actor, requestId))) throw notFound('支出申请')
  return rows[0]
}

export const requestTitle = (request: Pick<Request, 'purpose' | 'amountFen'>): string =>
  `${request.purpose}（${formatYuan(request.amountFen)} 元）`

export const requestLink = (requestId: number): string => `/funds/spending/${requestId}`

/** @throws Problem 422 `remittance-own` when a branch tries to pay the upper union */
function accountOf(input: Pick<RequestInput, 'kind'>, book: Book, unitId: number): string {
  const kind = SPENDING_KINDS[input.kind]
  if (kind.settles && unitId !== book.unitId)
    throw refused('remittance-own', '上解经费由建账的工会办理，分会不能申请。', { kind: '请选择其他种类' })
  return kind.account
}

function checkShape(input: Omit<RequestInput, 'unitId'>, today: string): void {
  const kind = SPENDING_KINDS[input.kind]
  const fields: Record<string, string> = {}
  if (kind.prizes && (input.people === null || input.people === undefined)) fields['people'] = '请填写获奖人数'
  if (kind.prizes && (input.participants === null || input.participants === undefined))
    fields['participants'] = '请填写参加人数'
  if (kind.per !== 'none' && !kind.prizes && !input.people) fields['people'] = '请填写慰问（帮扶）人数'
  if (input.kind === 'festival' && !input.holiday) fields['holiday'] = '请选择节日'
  if ((input.minutes ? 1 : 0) !== (input.minutesOn ? 1 : 0)) fields['minutes'] = '会议纪要的名称和日期要一起填写'
  if (input.minutesOn && input.minutesOn > today) fields['minutesOn'] = '会议日期不能晚于今天'
  const invoiced = input.invoices.reduce((sum, invoice) => sum + invoice.amountFen, 0)
  if (input.invoices.length && input.amountFen > invoiced)
    fields['amountFen'] = `报销金额 ${formatYuan(input.amountFen)} 元大于发票合计 ${formatYuan(invoiced)} 元`
  if (Object.keys(fields).length)
    throw new Problem(422, 'request-incomplete', '申请还没有填完整，请按提示修改后再提交。', fields)
}

/** Draws up a request, not yet submitted. @returns its id */
export async function drawUp(
  tx: Tx,
  actor: Actor,
  input: RequestInput,
  today: string,
  source: string | null = null,
): Promise<{ id: number }> {
  const book = await bookForAsking(tx, actor, input.unitId, input)
  checkShape(input, today)
  const project = await projectOf(tx, book, input.project)
  const { rows } = await sql<{ id: number }>`
    insert into funds.request (book_id, unit_id, kind, account_code, project_id, purpose, amount_fen, payee, person_id, people,
      participants, holiday, form, method, confirmed, minutes, minutes_on, requested_on, source, created_by, created_name)
    values (${book.id}, ${input.unitId}, ${input.kind}, ${accountOf(input, book, input.unitId)}, ${project?.id ?? null},
      ${input.purpose}, ${input.amountFen}, ${input.payee}, ${input.personId ?? null}, ${input.people ?? null},
      ${input.participants ?? null}, ${input.holiday ?? null}, ${input.form}, ${input.method},
      ${input.confirmed}::text[], ${input.minutes ?? null}, ${input.minutesOn ?? null}::date, ${today}::date, ${source},
      ${actor.accountId}, ${actor.name})
    on conflict (book_id, source) where source is not null do nothing returning id`.execute(tx)
  if (!rows[0]) throw conflict('source-requested', '这笔业务已经提过支出申请，没有重复提交。')
  await keepInvoices(tx, actor, rows[0].id, input.invoices)
  await audit(tx, actor, {
    action: 'funds.request',
    objectKind: 'funds-request',
    objectId: rows[0].id,
    unitId: input.unitId,
    summary: `填写支出申请“${requestTitle(input)}”`,
    detail: { kind: input.kind, amountFen: input.amountFen },
  })
  return rows[0]
}

/** Changes what isn't submitted. @throws Problem 409 `edited-meanwhile`, 422 `not-editable` | `not-yours` */
export async function editRequest(
  tx: Tx,
  actor: Actor,
  requestId: number,
  input: Omit<RequestInput, 'unitId'> & { version: number },
  today: string,
): Promise<void> {
  const request = await requestById(tx, actor, requestId)
  if (request.state !== 'draft' && request.state !== 'returned')
    throw refused('not-editable', '申请已经提交，不能修改。要修改请先撤回。')
  if (request.createdBy !== actor.accountId) throw refused('not-yours', '只有填写申请的人可以修改。')
  const book = await bookForAsking(tx, actor, request.unitId, input)
  checkShape(input, today)
  const project = await projectOf(tx, book, input.project)
  const { numAffectedRows } = await sql`update funds.request set kind = ${input.kind},
      account_code = ${accountOf(input, book, request.unitId)}, project_id = ${project?.id ?? null},
      purpose = ${input.purpose}, amount_fen = ${input.amountFen}, payee = ${input.payee},
      person_id = ${input.personId ?? null}, people = ${input.people ?? null},
      participants = ${input.participants ?? null}, holiday = ${input.holiday ?? null}, form = ${input.form},
      method = ${input.method}, confirmed = ${input.confirmed}::text[], minutes = ${input.minutes ?? null},
      minutes_on = ${input.minutesOn ?? null}::date, version = version + 1
    where id = ${requestId} and version = ${input.version}`.execute(tx)
  if (!numAffectedRows) throw conflict('edited-meanwhile', '这份申请刚被修改过，请刷新后再改。')
  await sql`delete from funds.request_invoice where request_id = ${requestId}`.execute(tx)
  await keepInvoices(tx, actor, requestId, input.invoices)
  await audit(tx, actor, {
    action: 'funds.edit-request',
    objectKind: 'funds-request',
    objectId: requestId,
    unitId: request.unitId,
    summary: `修改支出申请“${requestTitle(input)}”`,
    detail: { before: request.amountFen, amountFen: input.amountFen },
  })
}

/**
 * Keeps the numbers of invoices. One that stands on another request or voucher is refused, with where it was used for
 * whoever may see that.
 * @throws Problem 409 `invoice-used` at the invoice
 */
export async function keepInvoices(
  tx: Tx,
  actor: Actor,
  requestId: number,
  invoices: RequestInput['invoices'],
): Promise<void> {
  if (!invoices.length) return
  const numbers = invoices.map((invoice) => invoice.number.toUpperCase())
  const twice = numbers.findIndex((number, index) => numbers.indexOf(number) !== index)
  if (twice >= 0)
    throw refused('invoice-twice', `发票 ${numbers[twice]} 写了两次，请删去一行。`, {
      [`invoices.${twice}.number`]: '这张发票写了两次',
    })
  const { rows: kept } = await sql<{ number: string }>`
    insert into funds.request_invoice (request_id, number, amount_fen, issued_on, seller)
    select ${requestId}, t.number, t.fen, t.issued, t.seller
    from unnest(${numbers}::text[], ${invoices.map((one) => one.amountFen)}::bigint[],
      ${invoices.map((one) => one.issuedOn ?? null)}::date[], ${invoices.map((one) => one.seller ?? null)}::text[])
      as t (number, fen, issued, seller)
    on conflict (number) where not released do nothing returning number`.execute(tx)
  const missing = numbers.findIndex((number) => !kept.some((one) => one.number === number))
  if (missing >= 0) throw await usedAlready(tx, actor, numbers[missing]!, missing)
  const { rows: booked } = await sql<{ number: string; month: number; no: number | null; onDate: string }>`
    select upper(i.number) as number, v.month, v.no, v.on_date as "onDate"
    from funds.invoice i join funds.voucher v on v.id = i.voucher_id
    where i.book_id = (select book_id from funds.request where id = ${requestId}) and not i.released
      and upper(i.number) = any(${numbers}::text[])
      and v.source is distinct from ${`funds/spending/${requestId}`} limit 1`.execute(tx)
  if (booked[0]) {
    const { number, month, no, onDate } = booked[0]
    throw used(
      numbers.indexOf(number),
      `发票 ${number} 已在 ${onDate} 的记账凭证${no ? `记-${month}-${no}` : ''}里报销。`,
    )
  }
}

async function usedAlready(tx: Tx, actor: Actor, number: string, index: number): Promise<Problem> {
  const { rows } = await sql<{ id: number; purpose: string; createdName: string; requestedOn: string }>`
    select r.id, r.purpose, r.created_name as "createdName", r.requested_on as "requestedOn"
    from funds.request_invoice i join funds.request r on r.id = i.request_id
    where i.number = ${number} and not i.released`.execute(tx)
  const where = rows[0]
  const seen = where !== undefined && (await requestMachine.visible(tx, actor, where.id))
  return used(
    index,
    seen
      ? `发票 ${number} 已用于 ${where.requestedOn} ${where.createdName}的申请“${where.purpose}”（第 ${where.id} 号）。`
      : `发票 ${number} 已在别处报销，不能重复报销。`,
  )
}

const used = (index: number, sentence: string): Problem =>
  new Problem(409, 'invoice-used', sentence, { [`invoices.${index}.number`]: sentence })
