import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { handOverTodos } from '../../../kernel/lifecycle/todos.ts'
import { appoint, leaveOffice, officeById } from './offices.ts'
import { escapeHtml, page, table } from './page.ts'

export interface HandOver {
  officeId: number
  toAccountId: number
  /** The successor's first day; today or earlier, since the to-dos move now. */
  onDay: string
  reason: string
  document?: string | undefined
}

interface Content {
  unit: string
  title: string
  from: string
  to: string
  todos: { id: number; title: string; dueOn: string | null }[]
  /** To-dos that wait for whoever holds the office: they need no moving. */
  waiting: { title: string; dueOn: string | null }[]
}

/**
 * An office changes hands: the successor is appointed, the predecessor leaves, the predecessor's own open to-dos in this
 * unit and below move, and the list of what went over is kept for printing.
 * @returns the handover's id and how many to-dos moved
 */
export async function handOver(
  tx: Tx,
  actor: Actor,
  input: HandOver,
  today: string,
): Promise<{ id: number; moved: number; successorOfficeId: number }> {
  const office = await officeById(tx, input.officeId)
  if (input.onDay > today)
    throw refused('handover-in-future', '交接日期不能晚于今天；请在交接当天办理。', { onDay: '不能晚于今天' })
  if (input.toAccountId === office.accountId) throw refused('same-person', '接任者与离任者是同一人。')
  // Leaving first: of the three administrations and of unique posts there is never a second holder in between.
  await leaveOffice(tx, actor, input.officeId, input.onDay, input.reason)
  const {
    accountId: to,
    unitId,
    role,
    title,
    document,
  } = {
    accountId: input.toAccountId,
    unitId: office.unitId,
    role: office.role,
    title: office.title,
    document: input.document,
  }
  const successorOfficeId = await appoint(tx, actor, {
    accountId: to,
    unitId,
    role,
    title,
    document,
    startsOn: input.onDay,
  })
  const todos = await handOverTodos(tx, { fromAccountId: office.accountId, toAccountId: to, unitId })
  const { rows: waiting } = await sql<Content['waiting'][number]>`
    select title, due_on as "dueOn" from kernel.todo
    where account_id is null and done_at is null and unit_id = ${unitId} order by due_on nulls last, id limit 500`.execute(
    tx,
  )
  const { rows: successor } = await sql<{ name: string }>`select name from accounts.account where id = ${to}`.execute(
    tx,
  )
  const content: Content = {
    unit: office.unitName,
    title,
    from: office.name,
    to: successor[0]!.name,
    todos,
    waiting,
  }
  const { rows } = await sql<{ id: number }>`
    insert into accounts.handover (office_id, successor_office_id, on_day, reason, content, created_by)
    values (${input.officeId}, ${successorOfficeId}, ${input.onDay}, ${input.reason}, ${JSON.stringify(content)}::jsonb,
      ${actor.accountId}) returning id`.execute(tx)
  await audit(tx, actor, {
    action: 'accounts.hand-over',
    objectKind: 'handover',
    objectId: rows[0]!.id,
    unitId,
    summary: `${office.name}将${title}交接给${content.to}，移交待办 ${todos.length} 件`,
  })
  return { id: rows[0]!.id, moved: todos.length, successorOfficeId }
}

const due = (day: string | null): string => day ?? '未定期限'

/** The 交接清单 for three signatures. */
export async function handoverPage(db: Db, actor: Actor, handoverId: number): Promise<string> {
  const { rows } = await sql<{
    content: Content
    onDay: string
    reason: string
    unitId: number
    document: string | null
  }>`
    select h.content, h.on_day as "onDay", h.reason, o.unit_id as "unitId", o.document
    from accounts.handover h join accounts.office o on o.id = h.successor_office_id where h.id = ${handoverId}`.execute(
    db,
  )
  const row = rows[0]
  if (!row) throw notFound('交接单')
  await requirePermission(db, actor, 'accounts.read', row.unitId, 'accounts.read')
  const { content } = row
  return page(
    '工会职务交接清单',
    table(
      ['单位', '职务', '移交人', '接收人', '交接日期', '依据'],
      [[content.unit, content.title, content.from, content.to, row.onDay, row.document ?? row.reason]],
    ) +
      `<h2>一、移交的待办（${content.todos.length} 件）</h2>` +
      (content.todos.length
        ? table(
            ['序号', '事项', '期限'],
            content.todos.map((todo, index) => [index + 1, todo.title, due(todo.dueOn)]),
          )
        : '<p>无。</p>') +
      `<h2>二、随职务办理的待办（${content.waiting.length} 件）</h2>` +
      (content.waiting.length
        ? table(
            ['序号', '事项', '期限'],
            content.waiting.map((todo, index) => [index + 1, todo.title, due(todo.dueOn)]),
          )
        : '<p>无。</p>') +
      `<h2>三、其他移交（印章、钥匙、纸质台账等，手写）</h2>${table(
        ['序号', '名称', '数量', '备注'],
        [1, 2, 3, 4].map((n) => [n, '', '', '']),
      )}` +
      `<div class="sign"><span>移交人：</span><span>接收人：</span><span>监交人：</span></div>` +
      `<p>原因：${escapeHtml(row.reason)}</p>`,
  )
}
