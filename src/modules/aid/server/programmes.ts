import { sql } from 'kysely'
import type { z } from 'zod'
import { requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { bookOf, projectBalances } from '../../funds/public.ts'
import type { Programme, programmeInput, Rule, ruleInput, Terms } from '../contract.ts'
import { KINDS } from '../words.ts'

const rule = sql`jsonb_build_object('id', r.id, 'no', r.no, 'terms', r.terms, 'document', r.document, 'reason', r.reason, 'by', r.created_name,
  'on', r.created_on::text)`
const columns = sql`p.id, p.unit_id as "unitId", u.name as "unitName", p.kind, p.need, p.title, p.account_code as "accountCode",
  p.project_id as "projectId", p.source, p.starts_on as "startsOn", p.ends_on as "endsOn", ${rule} as rule`
const joins = sql`aid.programme p join kernel.unit_name u on u.id = p.unit_id
  join lateral (select * from aid.rule x where x.programme_id = p.id order by x.no desc limit 1) r on true`

/** Programmes of a unit, of those above and below, the newest first, with the rule in force. */
export async function programmesOf(db: Db | Tx, actor: Actor, unitId: number): Promise<Programme[]> {
  const { rows } = await sql<Programme>`
    select ${columns} from ${joins}
    where ${visibleTo(actor, 'aid.read', 'p.unit_id')} and exists (select from kernel.closure c where c.valid_to = 'infinity'
      and ((c.ancestor_id = ${unitId} and c.descendant_id = p.unit_id) or (c.ancestor_id = p.unit_id and c.descendant_id = ${unitId})))
    order by p.id desc limit 200`.execute(db)
  return rows
}

/** @throws Problem 404 when it isn't there or not to be seen */
export async function programmeById(db: Db | Tx, actor: Actor, programmeId: number): Promise<Programme> {
  const { rows } = await sql<Programme>`
    select ${columns} from ${joins} where p.id = ${programmeId} and ${visibleTo(actor, 'aid.read', 'p.unit_id')}`.execute(
    db,
  )
  if (!rows[0]) throw notFound('帮扶项目')
  return rows[0]
}

/** Every version of a programme's rule, the newest first. */
export async function rulesOf(db: Db | Tx, programmeId: number): Promise<Rule[]> {
  const { rows } = await sql<{ rule: Rule }>`
    select ${rule} as rule from aid.rule r where r.programme_id = ${programmeId} order by r.no desc`.execute(db)
  return rows.map((row) => row.rule)
}

/**
 * Festival gifts for all members are goods: no cash, no shopping cards (基层工会经费收支管理办法 第八条). They go out by a
 * round of pick-ups, not as money.
 */
function refuseCashForAll(kind: keyof typeof KINDS, terms: Terms): void {
  const forAll = terms.pool === 'members' && !terms.categories.length && !terms.tags.length
  if (forAll && (kind === 'festival' || kind === 'spring'))
    throw refused(
      'cash-for-all',
      '向全体会员的节日慰问只能发实物，不能发现金。请用“节日慰问领取”发放；慰问困难职工或一线职工的，请选定困难类别或身份。',
      { 'terms.pool': '请限定对象' },
    )
}

/** Sets up a programme with its first rule. @throws Problem 403 | 404, 422 `project-unknown` | `dates-wrong` */
export async function addProgramme(
  tx: Tx,
  actor: Actor,
  draft: z.output<typeof programmeInput>,
  today: string,
): Promise<{ id: number }> {
  await requirePermission(tx, actor, 'aid.manage', draft.unitId, 'aid.read')
  if (draft.endsOn && draft.endsOn < draft.startsOn)
    throw refused('dates-wrong', '结束日期不能早于开始日期。', { endsOn: '不能早于开始日期' })
  if (draft.projectId) {
    const book = await bookOf(tx, draft.unitId)
    const project = book && (await projectBalances(tx, book.id)).find((one) => one.projectId === draft.projectId)
    if (!project)
      throw refused('project-unknown', '本级账套里没有这个专项，请会计先在“经费”中登记捐款的用途。', {
        projectId: '请重新选择专项',
      })
  }
  refuseCashForAll(draft.kind, draft.terms)
  const kind = KINDS[draft.kind]
  const { rows } = await sql<{ id: number }>`
    insert into aid.programme (unit_id, kind, need, title, account_code, project_id, source, starts_on, ends_on, created_by)
    values (${draft.unitId}, ${draft.kind}, ${kind.need}, ${draft.title}, ${kind.account}, ${draft.projectId}, ${draft.source},
      ${draft.startsOn}::date, ${draft.endsOn}::date, ${actor.accountId}) returning id`.execute(tx)
  const { id } = rows[0]!
  await writeRule(tx, actor, id, { terms: draft.terms, document: draft.document, reason: null }, today)
  await audit(tx, actor, {
    action: 'aid.add-programme',
    objectKind: 'aid-programme',
    objectId: id,
    unitId: draft.unitId,
    summary: `设立帮扶项目“${draft.title}”（${draft.document}）`,
  })
  return { id }
}

/**
 * Changes the rule from the next cycle on: a cycle that has begun keeps its own, so that nobody is judged by a rule that
 * came later. @throws Problem 403 | 404
 */
export async function changeRule(
  tx: Tx,
  actor: Actor,
  programmeId: number,
  draft: z.output<typeof ruleInput>,
  today: string,
): Promise<{ no: number }> {
  const programme = await programmeById(tx, actor, programmeId)
  await requirePermission(tx, actor, 'aid.manage', programme.unitId, 'aid.read')
  refuseCashForAll(programme.kind, draft.terms)
  await sql`select from aid.programme where id = ${programmeId} for update`.execute(tx)
  const no = await writeRule(tx, actor, programmeId, draft, today)
  await audit(tx, actor, {
    action: 'aid.change-rule',
    objectKind: 'aid-programme',
    objectId: programmeId,
    unitId: programme.unitId,
    summary: `修改“${programme.title}”的发放规则（第 ${no} 版）：${draft.reason}`,
  })
  return { no }
}

async function writeRule(
  tx: Tx,
  actor: Actor,
  programmeId: number,
  draft: { terms: unknown; document: string; reason: string | null },
  today: string,
): Promise<number> {
  const { rows } = await sql<{ no: number }>`
    insert into aid.rule (programme_id, no, terms, document, reason, created_by, created_name, created_on)
    select ${programmeId}, coalesce(max(no), 0) + 1, ${JSON.stringify(draft.terms)}::jsonb, ${draft.document}, ${draft.reason},
      ${actor.accountId}, ${actor.name}, ${today}::date
    from aid.rule where programme_id = ${programmeId} returning no`.execute(tx)
  return rows[0]!.no
}

/** Ends a programme on a day: no new cycle begins after it. @throws Problem 403 | 404, 422 `dates-wrong` */
export async function endProgramme(tx: Tx, actor: Actor, programmeId: number, endsOn: string): Promise<void> {
  const programme = await programmeById(tx, actor, programmeId)
  await requirePermission(tx, actor, 'aid.manage', programme.unitId, 'aid.read')
  if (endsOn < programme.startsOn)
    throw refused('dates-wrong', '结束日期不能早于开始日期。', { endsOn: '不能早于开始日期' })
  await sql`update aid.programme set ends_on = ${endsOn}::date where id = ${programmeId}`.execute(tx)
  await audit(tx, actor, {
    action: 'aid.end-programme',
    objectKind: 'aid-programme',
    objectId: programmeId,
    unitId: programme.unitId,
    summary: `“${programme.title}”到 ${endsOn} 结束`,
  })
}
