import { sql } from 'kysely'
import type { z } from 'zod'
import { allows, requirePermission, visibleTo } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit as trace } from '../../../../kernel/audit/audit.ts'
import { loadCalendar } from '../../../../kernel/calendar/calendar-days.ts'
import { chineseDay } from '../../../../kernel/calendar/days.ts'
import { notFound, refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { closeTodo, openTodo } from '../../../../kernel/lifecycle/todos.ts'
import { parseYuan } from '../../../../kernel/money/money.ts'
import { deadlineOf } from '../../../../kernel/rules/evaluate.ts'
import { AUDIT_STATES, type auditInput, type AuditState } from '../../audit-contract.ts'
import { requireBook } from '../journal/books.ts'
import { noticeCard } from './audit-rules.ts'
import type { Audit, AuditRow, Finding, Paper } from '../../audit-contract.ts'

export type { Audit, AuditRow, Finding, Paper }

export const auditColumns = sql`a.id, a.book_id as "bookId", a.unit_id as "unitId", u.name as "unitName", a.by_unit_id as "byUnitId", b.name as "byUnitName",
  a.title, a.kind, a.from_on as "fromOn", a.to_on as "toOn", a.scope, a.state, a.lead, a.members, a.noticed_on as "noticedOn",
  a.starts_on as "startsOn", a.ends_on as "endsOn", a.conclusion, a.opinion, a.opined_on as "opinedOn", a.reply,
  a.reported_on as "reportedOn", a.reported_to as "reportedTo", a.closed_on as "closedOn"`
export const auditTables = sql`funds.audit a join kernel.unit_name u on u.id = a.unit_id join kernel.unit_name b on b.id = a.by_unit_id`

/** Audits of a unit and everything below that the reader may see, the newest first. */
export async function auditsOf(db: Db | Tx, actor: Actor, unitId: number): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select ${auditColumns},
      (select count(*)::int from funds.audit_finding f where f.audit_id = a.id) as findings,
      (select count(*)::int from funds.audit_finding f where f.audit_id = a.id and f.state <> 'accepted') as "openFindings"
    from ${auditTables}
    where a.unit_id in (select descendant_id from kernel.closure where ancestor_id = ${unitId}
        and valid_from <= current_date and valid_to > current_date)
      and ${visibleTo(actor, 'funds.read', 'a.unit_id')}
    order by a.starts_on desc, a.id desc limit 200`.execute(db)
  return rows
}

/** @throws Problem 404 for one nobody has shown the reader */
export async function auditById(db: Db | Tx, actor: Actor, auditId: number): Promise<Audit> {
  const { rows } = await sql<Audit>`select ${auditColumns} from ${auditTables} where a.id = ${auditId}
    and ${visibleTo(actor, 'funds.read', 'a.unit_id')}`.execute(db)
  if (!rows[0]) throw notFound('审查')
  return rows[0]
}

export async function papersOf(db: Db | Tx, auditId: number): Promise<Paper[]> {
  const { rows } = await sql<Paper>`
    select p.id, p.no, p.subject, p.observation, p.basis, p.amount_fen as "amountFen", p.made_name as "madeName", p.made_at as "madeAt",
      coalesce((select json_agg(json_build_object('id', v.id, 'month', v.month, 'no', v.no, 'onDate', v.on_date, 'summary', v.summary,
        'totalFen', v.total_fen) order by v.seq)
        from funds.audit_paper_voucher x join funds.voucher v on v.id = x.voucher_id where x.paper_id = p.id), '[]') as vouchers
    from funds.audit_paper p where p.audit_id = ${auditId} order by p.no`.execute(db)
  return rows
}

/** Posted vouchers of the audited days, found by number (03-001), words or amount: what an auditor turns over. */
export async function auditedVouchers(
  db: Db | Tx,
  audit: Audit,
  wanted: string,
): Promise<{ id: number; month: number; no: number; onDate: string; summary: string; totalFen: number }[]> {
  const number = /^(?:记-)?(\d{1,2})-(\d{1,5})$/.exec(wanted)
  const fen = parseYuan(wanted)
  const { rows } = await sql<Awaited<ReturnType<typeof auditedVouchers>>[number]>`
    select id, month, no, on_date as "onDate", summary, total_fen as "totalFen" from funds.voucher
    where book_id = ${audit.bookId} and state = 'posted' and on_date between ${audit.fromOn}::date and ${audit.toOn}::date
      and (${wanted} = '' or strpos(summary, ${wanted}) > 0 or total_fen = ${fen}::bigint
        or (month = ${number ? Number(number[1]) : null}::int and no = ${number ? Number(number[2]) : null}::int))
    order by on_date desc, id desc limit 40`.execute(db)
  return rows
}

export async function findingsOf(db: Db | Tx, auditId: number): Promise<Finding[]> {
  const { rows } = await sql<Finding>`
    select id, paper_id as "paperId", no, title, basis, amount_fen as "amountFen", demand, due_on as "dueOn", state, answer,
      answered_on as "answeredOn", answered_by as "answeredBy", returned, accepted_on as "acceptedOn", accepted_by as "acceptedBy"
    from funds.audit_finding where audit_id = ${auditId} order by no`.execute(db)
  return rows
}

/**
 * Whoever audits holds 经费审查 at the audited union or above, and keeps none of its books or money.
 * @throws Problem 403, 404, 422 `own-books`
 */
export async function requireAuditor(db: Db | Tx, actor: Actor, unitId: number): Promise<void> {
  await requirePermission(db, actor, 'funds.audit', unitId, 'funds.read')
  if (actor.kind !== 'person') return
  for (const permission of ['funds.post', 'funds.pay', 'funds.prepare'])
    if (await allows(db, actor, permission, unitId))
      throw refused(
        'own-books',
        '经费审查委员不能由本级财务人员兼任：您在这个单位负责制单、记账或收付，不能审查自己的账。',
      )
}

/** One audit, locked, for its auditors. */
export async function auditing(tx: Tx, actor: Actor, auditId: number, states: readonly AuditState[]): Promise<Audit> {
  await sql`select 1 from funds.audit where id = ${auditId} for update`.execute(tx)
  const audit = await auditById(tx, actor, auditId)
  await requireAuditor(tx, actor, audit.unitId)
  if (!states.includes(audit.state))
    throw refused('not-now', `“${audit.title}”现在是“${AUDIT_STATES[audit.state]}”，不能办理这一步。请刷新后再看。`)
  return audit
}

/** Writes the deed into the audit log in the same words everywhere. */
export const traced = (
  tx: Tx,
  actor: Actor,
  audit: Pick<Audit, 'id' | 'unitId' | 'title'>,
  action: string,
  words: string,
): Promise<void> =>
  trace(tx, actor, {
    action: `funds.audit-${action}`,
    objectKind: 'funds-audit',
    objectId: audit.id,
    unitId: audit.unitId,
    summary: `${words}：${audit.title}`,
  })

export const linkOf = (auditId: number): string => `/funds/audits/${auditId}`

/** Plans an audit of a union's books. */
export async function planAudit(tx: Tx, actor: Actor, input: z.output<typeof auditInput>): Promise<Audit> {
  await requireAuditor(tx, actor, input.unitId)
  const book = await requireBook(tx, input.unitId)
  const above = await sql<{ id: number }>`
    select ancestor_id as id from kernel.closure c join kernel.unit_name u on u.id = c.ancestor_id
    where c.descendant_id = ${book.unitId} and c.depth > 0 and u.type in ('federation', 'union')
      and c.valid_from <= current_date and c.valid_to > current_date order by c.depth limit 1`.execute(tx)
  if (input.fromAbove && !above.rows[0]) throw refused('no-union-above', '这个单位没有上级工会，请按本级审查登记。')
  const { rows } = await sql<{ id: number }>`
    insert into funds.audit (book_id, unit_id, by_unit_id, title, kind, from_on, to_on, scope, lead, members, starts_on, ends_on,
      created_by, created_name)
    values (${book.id}, ${book.unitId}, ${input.fromAbove ? above.rows[0]!.id : book.unitId}, ${input.title}, ${input.kind},
      ${input.fromOn}::date, ${input.toOn}::date, ${input.scope}, ${input.lead}, ${input.members}, ${input.startsOn}::date,
      ${input.endsOn}::date, ${actor.accountId}, ${actor.name}) returning id`.execute(tx)
  const audit = await auditById(tx, actor, rows[0]!.id)
  await traced(tx, actor, audit, 'plan', '列入经费审查计划')
  return audit
}

/**
 * Sends the notice: the audited union finds it on its desk. Late notices are sent with a remark, not refused.
 * @returns the audit and, when late, the remark
 */
export async function sendNotice(
  tx: Tx,
  actor: Actor,
  auditId: number,
  on: string,
): Promise<{ audit: Audit; remark: string | null }> {
  const audit = await auditing(tx, actor, auditId, ['planned'])
  if (on > audit.startsOn) throw refused('notice-late', '通知日期不能晚于进场日期。', { on: '晚于进场日期' })
  const { due } = deadlineOf(noticeCard, audit.startsOn, await loadCalendar(tx))
  await sql`update funds.audit set state = 'noticed', noticed_on = ${on}::date, version = version + 1 where id = ${auditId}`.execute(
    tx,
  )
  await openTodo(tx, {
    kind: 'funds.audit-notice',
    objectKind: 'funds-audit',
    objectId: auditId,
    unitId: audit.unitId,
    permission: 'funds.post',
    title: `${audit.byUnitName}经审会将于 ${audit.startsOn} 进场审查，请备好账簿资料：${audit.title}`,
    link: linkOf(auditId),
    dueOn: audit.startsOn,
  })
  await traced(tx, actor, audit, 'notice', '发出审计通知书')
  return {
    audit: await auditById(tx, actor, auditId),
    remark: on > due ? `通行做法是提前三个工作日送达（最迟${chineseDay(due)}），本次通知晚于这一天。` : null,
  }
}

export async function startFieldwork(tx: Tx, actor: Actor, auditId: number): Promise<Audit> {
  const audit = await auditing(tx, actor, auditId, ['noticed'])
  await sql`update funds.audit set state = 'fieldwork', version = version + 1 where id = ${auditId}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: 'funds-audit', objectId: auditId, kind: 'funds.audit-notice' })
  await traced(tx, actor, audit, 'start', '进场审查')
  return auditById(tx, actor, auditId)
}

export async function dropAudit(tx: Tx, actor: Actor, auditId: number): Promise<Audit> {
  const audit = await auditing(tx, actor, auditId, ['planned', 'noticed'])
  await sql`update funds.audit set state = 'dropped', version = version + 1 where id = ${auditId}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: 'funds-audit', objectId: auditId })
  await traced(tx, actor, audit, 'drop', '取消经费审查')
  return auditById(tx, actor, auditId)
}
