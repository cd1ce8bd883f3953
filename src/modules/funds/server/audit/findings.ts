import { sql } from 'kysely'
import type { z } from 'zod'
import { requirePermission } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { loadCalendar } from '../../../../kernel/calendar/calendar-days.ts'
import { notFound, refused } from '../../../../kernel/contract/problem.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { closeTodo, openTodo } from '../../../../kernel/lifecycle/todos.ts'
import { keepRecords } from '../../../../kernel/register/kept.ts'
import type {
  answerInput,
  findingInput,
  judgeInput,
  opinionInput,
  paperInput,
  reportInput,
} from '../../audit-contract.ts'
import { audits } from '../../registers/funds.ts'
import { auditById, auditing, findingsOf, linkOf, requireAuditor, traced, type Audit } from './audits.ts'

/**
 * A working paper: what was looked at and what was seen, with the vouchers it speaks of.
 * @throws Problem 422 `voucher-outside` when a voucher isn't posted in the audited days of this book
 */
export async function addPaper(
  tx: Tx,
  actor: Actor,
  auditId: number,
  input: z.output<typeof paperInput>,
): Promise<number> {
  const audit = await auditing(tx, actor, auditId, ['fieldwork'])
  const ids = [...new Set(input.voucherIds)]
  const { rows: known } = await sql<{ id: number }>`
    select id from funds.voucher where id = any(${ids}::bigint[]) and book_id = ${audit.bookId} and state = 'posted'
      and on_date between ${audit.fromOn}::date and ${audit.toOn}::date`.execute(tx)
  if (known.length !== ids.length)
    throw refused(
      'voucher-outside',
      `有凭证不在审查期间（${audit.fromOn} 至 ${audit.toOn}）的已记账凭证里，请重新选择。`,
      {
        voucherIds: '有凭证不在审查期间内',
      },
    )
  const { rows } = await sql<{ id: number }>`
    insert into funds.audit_paper (audit_id, no, subject, observation, basis, amount_fen, made_by, made_name)
    select ${auditId}, coalesce(max(no), 0) + 1, ${input.subject}, ${input.observation}, ${input.basis}, ${input.amountFen ?? null}::bigint,
      ${actor.accountId}, ${actor.name} from funds.audit_paper where audit_id = ${auditId} returning id`.execute(tx)
  await sql`insert into funds.audit_paper_voucher (paper_id, voucher_id) select ${rows[0]!.id}, unnest(${ids}::bigint[])`.execute(
    tx,
  )
  await traced(tx, actor, audit, 'paper', `编写工作底稿“${input.subject}”`)
  return rows[0]!.id
}

/** A finding: numbered, with its amount and what must be done by when. Its day is counted anew when the opinion is given. */
export async function addFinding(
  tx: Tx,
  actor: Actor,
  auditId: number,
  input: z.output<typeof findingInput>,
): Promise<number> {
  const audit = await auditing(tx, actor, auditId, ['fieldwork'])
  const dueOn = (await loadCalendar(tx)).addWorkingDays(audit.endsOn, input.workingDays)
  if (input.paperId) {
    const { rows } =
      await sql`select 1 from funds.audit_paper where id = ${input.paperId} and audit_id = ${auditId}`.execute(tx)
    if (!rows.length) throw notFound('工作底稿')
  }
  const { rows } = await sql<{ id: number }>`
    insert into funds.audit_finding (audit_id, paper_id, no, title, basis, amount_fen, demand, due_on)
    select ${auditId}, ${input.paperId ?? null}::bigint, coalesce(max(no), 0) + 1, ${input.title}, ${input.basis},
      ${input.amountFen ?? null}::bigint, ${input.demand}, ${dueOn}::date from funds.audit_finding where audit_id = ${auditId}
    returning id`.execute(tx)
  await traced(tx, actor, audit, 'finding', `记录问题“${input.title}”`)
  return rows[0]!.id
}

/** What counts: one record per audit, and one for its report to the congress. */
async function fileRecords(tx: Tx, actor: Actor, audit: Audit): Promise<void> {
  const findings = await findingsOf(tx, audit.id)
  const mended = findings.filter((finding) => finding.state === 'accepted').length
  await keepRecords(tx, actor, audits, [
    {
      keptBy: `funds/audits/${audit.id}`,
      draft: {
        unitId: audit.unitId,
        happenedOn: audit.opinedOn!,
        title: audit.title,
        fields: {
          kind: audit.byUnitId === audit.unitId ? '经审会审查' : '上级审查',
          opinion: audit.conclusion,
          findings: findings.length,
          mended,
        },
      },
    },
    ...(audit.reportedOn
      ? [
          {
            keptBy: `funds/audits/${audit.id}/report`,
            draft: {
              unitId: audit.unitId,
              happenedOn: audit.reportedOn,
              title: `向${audit.reportedTo}报告：${audit.title}`,
              fields: { kind: '向职代会报告' },
            },
          },
        ]
      : []),
  ])
}

/**
 * Gives the opinion: the findings go to the audited union's desk, each with its day. Without findings the audit ends.
 * @throws Problem 422 `conclusion-differs` when 合规 is said over findings
 */
export async function giveOpinion(
  tx: Tx,
  actor: Actor,
  auditId: number,
  input: z.output<typeof opinionInput>,
): Promise<Audit> {
  const before = await auditing(tx, actor, auditId, ['fieldwork'])
  const findings = await findingsOf(tx, auditId)
  if (findings.length && input.conclusion === '合规')
    throw refused(
      'conclusion-differs',
      `记录了 ${findings.length} 个问题，结论不能是“合规”。请选择“基本合规”或“需整改”。`,
      {
        conclusion: '与问题不一致',
      },
    )
  await sql`update funds.audit set state = ${findings.length ? 'mending' : 'closed'}, conclusion = ${input.conclusion}, opinion = ${input.opinion},
      reply = ${input.reply || null}, opined_on = ${input.on}::date, closed_on = ${findings.length ? null : input.on}::date,
      version = version + 1 where id = ${auditId}`.execute(tx)
  // The clock of a finding begins with the opinion, however long it took to write.
  const calendar = await loadCalendar(tx)
  for (const finding of findings) {
    const days = calendar.workingDaysBetween(before.endsOn, finding.dueOn)
    finding.dueOn = calendar.addWorkingDays(input.on, days)
    await sql`update funds.audit_finding set due_on = ${finding.dueOn}::date where id = ${finding.id}`.execute(tx)
    await openTodo(tx, {
      kind: 'funds.audit-finding',
      objectKind: 'audit-finding',
      objectId: finding.id,
      unitId: before.unitId,
      permission: 'funds.post',
      title: `整改经审问题 ${finding.no}：${finding.title}`,
      link: linkOf(auditId),
      dueOn: finding.dueOn,
    })
  }
  const audit = await auditById(tx, actor, auditId)
  await fileRecords(tx, actor, audit)
  await traced(tx, actor, audit, 'opinion', `出具审查意见（${input.conclusion}）`)
  return audit
}

interface Found {
  auditId: number
  unitId: number
  title: string
  no: number
  state: string
}
async function findingById(tx: Tx, actor: Actor, findingId: number): Promise<Found & { audit: Audit }> {
  const { rows } = await sql<Found>`
    select f.audit_id as "auditId", a.unit_id as "unitId", f.title, f.no, f.state from funds.audit_finding f
    join funds.audit a on a.id = f.audit_id where f.id = ${findingId} for update of f, a`.execute(tx)
  if (!rows[0]) throw notFound('审查问题')
  return { ...rows[0], audit: await auditById(tx, actor, rows[0].auditId) }
}

/** The audited union says what it did; the finding goes back to the auditors' desk. */
export async function answerFinding(
  tx: Tx,
  actor: Actor,
  findingId: number,
  input: z.output<typeof answerInput>,
): Promise<Audit> {
  const found = await findingById(tx, actor, findingId)
  await requirePermission(tx, actor, 'funds.post', found.unitId, 'funds.read')
  if (found.state !== 'open' || found.audit.state !== 'mending')
    throw refused('not-now', '这个问题现在不在整改中：可能还没有出具意见，或已经回复过。请刷新后再看。')
  await sql`update funds.audit_finding set state = 'answered', answer = ${input.answer}, answered_on = ${input.on}::date,
      answered_by = ${actor.name}, returned = null where id = ${findingId}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: 'audit-finding', objectId: findingId })
  await openTodo(tx, {
    kind: 'funds.audit-judge',
    objectKind: 'audit-finding',
    objectId: findingId,
    unitId: found.audit.byUnitId,
    permission: 'funds.audit',
    title: `认定整改情况，问题 ${found.no}：${found.title}`,
    link: linkOf(found.auditId),
  })
  await traced(tx, actor, found.audit, 'answer', `回复问题 ${found.no} 的整改情况`)
  return auditById(tx, actor, found.auditId)
}

/** The auditors accept the answer or send it back with a reason; the last acceptance ends the audit. */
export async function judgeFinding(
  tx: Tx,
  actor: Actor,
  findingId: number,
  input: z.output<typeof judgeInput>,
): Promise<Audit> {
  const found = await findingById(tx, actor, findingId)
  await requireAuditor(tx, actor, found.unitId)
  if (found.state !== 'answered') throw refused('not-now', '被审单位还没有回复这个问题，不能认定。')
  await closeTodo(tx, actor, { objectKind: 'audit-finding', objectId: findingId })
  if (input.accepted)
    await sql`update funds.audit_finding set state = 'accepted', accepted_on = ${input.on}::date, accepted_by = ${actor.name}
      where id = ${findingId}`.execute(tx)
  else {
    const { rows } = await sql<{
      dueOn: string
    }>`update funds.audit_finding set state = 'open', returned = ${input.words}
      where id = ${findingId} returning due_on as "dueOn"`.execute(tx)
    await openTodo(tx, {
      kind: 'funds.audit-finding',
      objectKind: 'audit-finding',
      objectId: findingId,
      unitId: found.unitId,
      permission: 'funds.post',
      title: `整改经审问题 ${found.no}（已退回）：${found.title}`,
      link: linkOf(found.auditId),
      dueOn: rows[0]!.dueOn,
    })
  }
  const rest = (await findingsOf(tx, found.auditId)).filter((finding) => finding.state !== 'accepted').length
  if (!rest)
    await sql`update funds.audit set state = 'closed', closed_on = ${input.on}::date, version = version + 1 where id = ${found.auditId}`.execute(
      tx,
    )
  const audit = await auditById(tx, actor, found.auditId)
  await fileRecords(tx, actor, audit)
  await traced(tx, actor, audit, 'judge', `${input.accepted ? '认定' : '退回'}问题 ${found.no} 的整改`)
  return audit
}

/** The accounts' audit was reported to the congress (工会法 第45条). */
export async function reportToCongress(
  tx: Tx,
  actor: Actor,
  auditId: number,
  input: z.output<typeof reportInput>,
): Promise<Audit> {
  const before = await auditing(tx, actor, auditId, ['mending', 'closed'])
  if (input.on < before.opinedOn!)
    throw refused('too-early', '报告日期不能早于出具审查意见的日期。', { on: '早于审查意见' })
  await sql`update funds.audit set reported_on = ${input.on}::date, reported_to = ${input.to}, version = version + 1 where id = ${auditId}`.execute(
    tx,
  )
  const audit = await auditById(tx, actor, auditId)
  await fileRecords(tx, actor, audit)
  await traced(tx, actor, audit, 'report', `向${input.to}报告`)
  return audit
}
