import { sql } from 'kysely'
import { allows } from '../../../kernel/access/access.ts'
import { isOwnDeed, type Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { addYears } from '../../../kernel/calendar/days.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { forgetFiles } from '../../../kernel/files/forget.ts'
import { closeTodo } from '../../../kernel/lifecycle/todos.ts'
import { declaredRetentions, legalHolds, type Expired, type Retention } from '../../../kernel/module/retention.ts'
import { cardOn } from '../../rules/public.ts'
import type { CleanUp, DueKind } from '../contract.ts'

export const CLEAN_UP = 'privacy.clean-up'

const columns = sql`id, before_on as "beforeOn", cardinality(objects) as people, state, proposed_name as "proposedName",
  proposed_at as "proposedAt", decided_name as "decidedName", decided_at as "decidedAt", forgotten, files`

/** The rule and the day up to which something must have been closed to be due. @throws Error for a card without a term in years */
function termOf(retention: Retention, today: string) {
  const card = cardOn(retention.cardId, today)
  if (card?.test?.kind !== 'deadline' || card.test.unit !== 'year')
    throw new Error(`${retention.cardId} is no term in years`)
  return { card, years: card.test.n, before: addYears(today, -card.test.n) }
}

/** What is past its term, with every reason to keep it: its own, and an open finding or the like of its union or one above. */
export async function expiredOf(
  tx: Tx,
  retention: Retention,
  unitId: number,
  before: string,
  only?: readonly number[],
): Promise<Expired[]> {
  const rows = await retention.expired(tx, unitId, before, only)
  const units = [...new Set(rows.map((row) => row.unitId))]
  const kept = new Map<number, string>()
  for (const hold of units.length ? legalHolds() : []) {
    const { rows: below } = await sql<{ unitId: number }>`
      select distinct c.descendant_id as "unitId" from kernel.closure c join (${hold.units()}) held on held.unit_id = c.ancestor_id
      where c.descendant_id = any(${units}::bigint[]) and c.valid_to = 'infinity'`.execute(tx)
    for (const row of below) kept.set(row.unitId, hold.reason)
  }
  return rows.map((row) => ({ ...row, held: row.held ?? kept.get(row.unitId) ?? null }))
}

/** Without the office nobody hears that anything is due. @throws Problem 404 */
async function requireCleanUp(tx: Tx, actor: Actor, unitId: number): Promise<void> {
  if (!(await allows(tx, actor, CLEAN_UP, unitId))) throw notFound('到期信息')
}

/** What is due in a union and below, by kind. @throws Problem 404 */
export const dueOf = (db: Db, actor: Actor, unitId: number, today: string): Promise<DueKind[]> =>
  db.transaction().execute(async (tx) => {
    await requireCleanUp(tx, actor, unitId)
    const found: DueKind[] = []
    for (const retention of declaredRetentions()) {
      const { card, years, before } = termOf(retention, today)
      const rows = await expiredOf(tx, retention, unitId, before)
      const { rows: acts } = await sql<CleanUp & { mine: boolean }>`
        select ${columns}, proposed_by = ${actor.accountId} or coalesce(proposed_person = ${actor.personId}, false) as mine from privacy.clean_up
        where unit_id = ${unitId} and kind = ${retention.id} order by id desc limit 20`.execute(tx)
      const open = acts.find((act) => act.state === 'proposed')
      const reasons = Map.groupBy(
        rows.filter((row) => row.held),
        (row) => row.held!,
      )
      found.push({
        kind: retention.id,
        title: retention.title,
        becomes: retention.becomes,
        beforeOn: before,
        years,
        rule: {
          id: card.id,
          title: card.title,
          source: card.source,
          article: card.article,
          verification: card.verification,
          note: card.note ?? null,
        },
        due: rows.filter((row) => !row.held).length,
        held: [...reasons].map(([reason, each]) => ({ reason, n: each.length })),
        open: open ?? null,
        past: acts.filter((act) => act.state !== 'proposed'),
      })
    }
    return found
  })

/** What holds for the whole installation is said by whoever holds the office at its top. */
export async function mayForAll(db: Db, actor: Actor): Promise<boolean> {
  const { rows } = await sql<{ id: number }>`
    select descendant_id as id from kernel.closure where valid_to = 'infinity' group by descendant_id having count(*) = 1`.execute(
    db,
  )
  for (const { id } of rows) if (await allows(db, actor, CLEAN_UP, id)) return true
  return false
}

const retentionOf = (kind: string): Retention => {
  const found = declaredRetentions().find((retention) => retention.id === kind)
  if (!found) throw notFound('到期信息')
  return found
}

/** Proposes to forget what is due now. Somebody else confirms. @throws Problem 404, 409 `already-proposed`, 422 `nothing-due` */
export async function propose(
  tx: Tx,
  actor: Actor,
  unitId: number,
  kind: string,
  today: string,
): Promise<{ id: number }> {
  await requireCleanUp(tx, actor, unitId)
  const retention = retentionOf(kind)
  const { before } = termOf(retention, today)
  const objects = (await expiredOf(tx, retention, unitId, before)).filter((row) => !row.held).map((row) => row.id)
  if (!objects.length) throw refused('nothing-due', `没有到期可清理的“${retention.title}”。`)
  const { rows } = await sql<{ id: number }>`
    insert into privacy.clean_up (unit_id, kind, card_id, before_on, objects, proposed_by, proposed_person, proposed_name)
    values (${unitId}, ${kind}, ${retention.cardId}, ${before}::date, ${objects}::bigint[], ${actor.accountId}, ${actor.personId}, ${actor.name})
    on conflict (unit_id, kind) where state = 'proposed' do nothing returning id`.execute(tx)
  if (!rows[0]) throw conflict('already-proposed', `“${retention.title}”已有一份待确认的清理，请先确认或撤销。`)
  await audit(tx, actor, {
    action: 'privacy.propose-clean-up',
    objectKind: 'clean-up',
    objectId: rows[0].id,
    unitId,
    summary: `提出清理到期的“${retention.title}”${objects.length} 件`,
  })
  return rows[0]
}

/**
 * Confirms, by somebody other than who proposed, and forgets in the same transaction what is still due and nothing keeps; or
 * drops the proposal. The bytes of attachments go after the commit (`kernel/files/forget.ts`).
 * @throws Problem 404, 422 `same-person` | `decided`
 */
export async function decide(
  tx: Tx,
  actor: Actor,
  id: number,
  confirm: boolean,
  today: string,
): Promise<{ forgotten: number; files: number; kept: number }> {
  const { rows } = await sql<{
    unitId: number
    kind: string
    beforeOn: string
    objects: number[]
    state: string
    proposedBy: number
    proposedPerson: number | null
  }>`
    select unit_id as "unitId", kind, before_on as "beforeOn", objects, state, proposed_by as "proposedBy",
      proposed_person as "proposedPerson" from privacy.clean_up where id = ${id} for update`.execute(tx)
  const [act] = rows
  if (!act) throw notFound('清理')
  await requireCleanUp(tx, actor, act.unitId)
  const retention = retentionOf(act.kind)
  if (act.state !== 'proposed') throw refused('decided', '这份清理已经办结。')
  if (confirm && isOwnDeed(actor, { accountId: act.proposedBy, personId: act.proposedPerson }))
    throw refused('same-person', '清理不能恢复，须由另一个人核对后确认。您提出的，请另一位负责人办理。')
  const chosen = act.objects.map(Number)
  const ids = confirm
    ? (await expiredOf(tx, retention, act.unitId, act.beforeOn, chosen)).filter((row) => !row.held).map((row) => row.id)
    : []
  if (ids.length) await retention.forget(tx, ids, today)
  const files = ids.length && retention.files ? await forgetFiles(tx, retention.files, ids) : 0
  await sql`update privacy.clean_up set state = ${confirm ? 'done' : 'dropped'}, decided_by = ${actor.accountId},
    decided_person = ${actor.personId}, decided_name = ${actor.name}, decided_at = now(), forgotten = ${ids.length}, files = ${files}
    where id = ${id}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: 'clean-up', objectId: act.unitId })
  const kept = confirm ? chosen.length - ids.length : chosen.length
  await audit(tx, actor, {
    action: confirm ? 'privacy.clean-up' : 'privacy.drop-clean-up',
    objectKind: 'clean-up',
    objectId: id,
    unitId: act.unitId,
    summary: confirm
      ? `确认清理到期的“${retention.title}”${ids.length} 件、附件 ${files} 份${kept ? `，${kept} 件因新的情况保留` : ''}`
      : `撤销清理“${retention.title}”`,
    detail: { kind: act.kind, cardId: retention.cardId, beforeOn: act.beforeOn, objects: ids },
  })
  return { forgotten: ids.length, files, kept }
}
