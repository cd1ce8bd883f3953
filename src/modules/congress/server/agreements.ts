import { sql } from 'kysely'
import { requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { addYears } from '../../../kernel/calendar/days.ts'
import { loadCalendar } from '../../../kernel/calendar/calendar-days.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import { deadlineOf } from '../../../kernel/rules/evaluate.ts'
import { cardOn } from '../../rules/public.ts'
import { AGREEMENTS, type AgreementKind } from '../words.ts'
import type { Item } from './agenda.ts'
import type { Session } from './seen.ts'

/** Collective contracts and wage agreements after the vote: signed → filed → received → in force, each with its clock. */
export interface Agreement {
  itemId: number
  unitId: number
  unitName: string
  sessionId: number
  kind: AgreementKind
  title: string
  passedOn: string
  signedOn: string | null
  expiresOn: string | null
  filedOn: string | null
  receivedOn: string | null
  receipt: string | null
  objectedOn: string | null
  objection: string | null
}
export interface AgreementView extends Agreement {
  /** Where it stands, in words. */
  standing: string
  fileBy: string | null
  /** A wage agreement's earlier reminder. */
  remindBy: string | null
  /** Fifteen days after receipt without objection. */
  inForceOn: string | null
  steps: string[]
}

const columns = sql`select a.item_id as "itemId", a.unit_id as "unitId", u.name as "unitName", i.session_id as "sessionId", a.kind, a.title,
  a.passed_on as "passedOn", a.signed_on as "signedOn", a.expires_on as "expiresOn", a.filed_on as "filedOn", a.received_on as "receivedOn",
  a.receipt, a.objected_on as "objectedOn", a.objection
  from congress.agreement a join congress.item i on i.id = a.item_id join organisation.unit u on u.id = a.unit_id`

/** The draft passed: from here it waits for the signatures. */
export async function openAgreement(tx: Tx, session: Session, item: Item, passedOn: string): Promise<void> {
  await sql`insert into congress.agreement (item_id, unit_id, kind, title, passed_on)
    values (${item.id}, ${session.unitId}, ${item.agreement}, ${item.title}, ${passedOn}::date)`.execute(tx)
  await openTodo(tx, {
    kind: 'congress.sign-agreement',
    objectKind: 'congress-item',
    objectId: item.id,
    unitId: session.unitId,
    permission: 'congress.write',
    title: `“${item.title}”已经大会通过，请双方首席代表签字并登记签订日期`,
    link: `/congress/sessions/${session.id}?tab=resolutions`,
  })
}

export async function agreementsOf(
  db: Db,
  actor: Actor,
  query: { unitId?: number | undefined; sessionId?: number },
  today: string,
): Promise<AgreementView[]> {
  const { rows } = await sql<Agreement>`${columns} where ${visibleTo(actor, 'congress.read', 'a.unit_id')}
    and (${query.unitId ?? null}::bigint is null or a.unit_id = ${query.unitId ?? null})
    and (${query.sessionId ?? null}::bigint is null or i.session_id = ${query.sessionId ?? null}) order by a.passed_on desc, a.item_id desc limit 300`.execute(
    db,
  )
  const calendar = await loadCalendar(db)
  return rows.map((row) => standingOf(row, today, calendar))
}

function standingOf(one: Agreement, today: string, calendar: Awaited<ReturnType<typeof loadCalendar>>): AgreementView {
  const clock = (id: string, start: string | null) =>
    start && cardOn(id, start) ? deadlineOf(cardOn(id, start)!, start, calendar) : null
  const file = clock('CC-FILE-10', one.signedOn)
  const remind = one.kind === 'wage' ? clock('WG-FILE-7', one.signedOn) : null
  const effect = one.objectedOn ? null : clock('CC-EFFECT-15', one.receivedOn)
  const standing = !one.signedOn
    ? '已通过，待签字'
    : !one.filedOn
      ? file!.due < today
        ? '报送已超期'
        : '已签字，待报送'
      : !one.receivedOn
        ? '已报送，待收讫'
        : one.objectedOn
          ? '劳动行政部门提出异议'
          : one.expiresOn && one.expiresOn < today
            ? '已期满'
            : effect!.due <= today
              ? '已生效'
              : '审查期内'
  return {
    ...one,
    standing,
    fileBy: file?.due ?? null,
    remindBy: remind?.due ?? null,
    inForceOn: effect?.due ?? null,
    steps: [...(remind?.steps ?? []), ...(file?.steps ?? []), ...(effect?.steps ?? [])],
  }
}

/** Notes how far it got. @throws Problem 404, 422 `agreement-order` | `agreement-length` */
export async function followAgreement(
  tx: Tx,
  actor: Actor,
  itemId: number,
  edit: Partial<
    Record<
      'signedOn' | 'expiresOn' | 'filedOn' | 'receivedOn' | 'receipt' | 'objectedOn' | 'objection',
      string | null | undefined
    >
  >,
  today: string,
): Promise<void> {
  const { rows } = await sql<Agreement>`${columns} where a.item_id = ${itemId} for update of a`.execute(tx)
  const before = rows[0]
  if (!before) throw notFound('集体合同')
  await requirePermission(tx, actor, 'congress.write', before.unitId, 'congress.read')
  const next = { ...before, ...edit }
  requireOrder(next, today)
  await sql`update congress.agreement set signed_on = ${next.signedOn ?? null}::date, expires_on = ${next.expiresOn ?? null}::date,
    filed_on = ${next.filedOn ?? null}::date, received_on = ${next.receivedOn ?? null}::date, receipt = ${next.receipt ?? null},
    objected_on = ${next.objectedOn ?? null}::date, objection = ${next.objection ?? null} where item_id = ${itemId}`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'congress.follow-agreement',
    objectKind: 'congress-item',
    objectId: itemId,
    unitId: before.unitId,
    summary: `登记“${before.title}”的签订报送情况`,
  })
  const of = { objectKind: 'congress-item', objectId: itemId }
  if (next.signedOn) await closeTodo(tx, actor, { ...of, kind: 'congress.sign-agreement' })
  if (next.filedOn) await closeTodo(tx, actor, { ...of, kind: 'congress.file-agreement' })
  else if (next.signedOn) {
    const view = standingOf(next, today, await loadCalendar(tx))
    await openTodo(tx, {
      kind: 'congress.file-agreement',
      ...of,
      unitId: before.unitId,
      permission: 'congress.write',
      title: `报送“${before.title}”：签字后 10 日内由用人单位报劳动行政部门审查`,
      link: `/congress/sessions/${before.sessionId}?tab=resolutions`,
      dueOn: view.remindBy ?? view.fileBy,
    })
  }
}

function requireOrder(next: Agreement, today: string): void {
  const order = [
    ['通过', next.passedOn, 'passedOn'],
    ['签字', next.signedOn, 'signedOn'],
    ['报送', next.filedOn, 'filedOn'],
    ['收讫', next.receivedOn, 'receivedOn'],
    ['提出异议', next.objectedOn, 'objectedOn'],
  ] as const
  let last = order[0] as readonly [string, string | null, string]
  for (const step of order.slice(1)) {
    if (!step[1]) continue
    if (!last[1] || (step[2] !== 'objectedOn' && order[order.indexOf(step) - 1]![1] === null))
      throw refused('agreement-order', `还没有登记${order[order.indexOf(step) - 1]![0]}日期，不能登记${step[0]}。`, {
        [step[2]]: '前一步还没有登记',
      })
    if (step[1] < last[1])
      throw refused('agreement-order', `${step[0]}日期不能早于${last[0]}日期 ${last[1]}。`, {
        [step[2]]: `早于${last[0]}日期`,
      })
    if (step[1] > today)
      throw refused('agreement-order', `${step[0]}日期在今天之后，请在当天登记。`, { [step[2]]: '在今天之后' })
    last = step
  }
  if (next.objectedOn && !next.objection) throw refused('agreement-order', '请写明异议内容。', { objection: '请填写' })
  if (
    next.expiresOn &&
    next.signedOn &&
    (next.expiresOn < addYears(next.signedOn, 1) || next.expiresOn > addYears(next.signedOn, 3))
  )
    throw refused(
      'agreement-length',
      `${AGREEMENTS[next.kind]}期限为一年至三年：应在 ${addYears(next.signedOn, 1)} 至 ${addYears(next.signedOn, 3)} 之间期满（《集体合同规定》第三十八条）。`,
      { expiresOn: '期限一年至三年' },
    )
  if (next.expiresOn && !next.signedOn) throw refused('agreement-order', '请先登记签字日期。', { signedOn: '请填写' })
}
