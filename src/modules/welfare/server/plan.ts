import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { dropKept, keepRecords } from '../../../kernel/register/kept.ts'
import { rosterOn } from '../../members/public.ts'
import type { CheckUpInput } from '../contract.ts'
import { checkUps } from '../registers/health.ts'
import { checkUpById } from './read.ts'

const keptBy = (id: number): string => `welfare/check-ups/${id}`

/**
 * Plans a check-up: its slots, and the roster of who is due in one statement. There is a place for everybody, so nobody
 * has to be the first to press: fewer places than people are refused.
 * @throws Problem 403 | 404, 422 `nobody` | `too-few-places`
 */
export async function planCheckUp(tx: Tx, actor: Actor, draft: CheckUpInput): Promise<{ id: number; people: number }> {
  await requirePermission(tx, actor, 'welfare.write', draft.unitId, 'welfare.read')
  const { rows } = await sql<{ id: number }>`
    insert into welfare.check_up (unit_id, title, scope, hospital, roll, start_on, until_on, cost_fen, note, created_by)
    values (${draft.unitId}, ${draft.title}, ${draft.scope}, ${draft.hospital}, ${draft.roll}, ${draft.startOn}::date,
      ${draft.untilOn}::date, ${draft.costFen}, ${draft.note ?? null}, ${actor.accountId}) returning id`.execute(tx)
  const id = rows[0]!.id
  const { rows: placed } = await sql<{ people: number }>`
    with member as (${rosterOn(draft.unitId, draft.startOn, draft.roll, draft.personIds)}), placed as (
      insert into welfare.check_up_entry (check_up_id, no, person_id, unit_id, status)
      select ${id}, row_number() over (order by sort_key, unit_id, name, id), id, unit_id, case when retired then '退休' else '在职' end
      from member returning 1)
    select count(*)::int as people from placed`.execute(tx)
  const { people } = placed[0]!
  if (!people) throw refused('nobody', '所选范围内没有会员。请核对范围和日期。', { roll: '没有可以列入的人' })
  const places = draft.slots.reduce((sum, slot) => sum + slot.places, 0)
  if (places < people)
    throw refused(
      'too-few-places',
      `应检 ${people} 人，只安排了 ${places} 个名额。请增加时段或人数，人人都要排得上。`,
      {
        slots: `还差 ${people - places} 个名额`,
      },
    )
  await sql`insert into welfare.check_up_slot (check_up_id, on_day, part, places)
    select ${id}, t.on_day, t.part, t.places from unnest(${draft.slots.map((slot) => slot.onDay)}::date[],
      ${draft.slots.map((slot) => slot.part)}::text[], ${draft.slots.map((slot) => slot.places)}::int[]) as t (on_day, part, places)`.execute(
    tx,
  )
  await sql`update welfare.check_up set people = ${people} where id = ${id}`.execute(tx)
  await told(
    tx,
    actor,
    { id, unitId: draft.unitId },
    'welfare.plan-check-up',
    `拟定“${draft.title}”，应检 ${people} 人，名额 ${places} 个`,
  )
  return { id, people }
}

export const told = (
  tx: Tx,
  actor: Actor,
  checkUp: { id: number; unitId: number },
  action: string,
  summary: string,
): Promise<void> =>
  audit(tx, actor, { action, objectKind: 'welfare-check-up', objectId: checkUp.id, unitId: checkUp.unitId, summary })

/** The check-up for the transaction that runs it, locked. @throws Problem 403 | 404 */
async function ownCheckUp(tx: Tx, actor: Actor, id: number) {
  const { rows } = await sql`select 1 from welfare.check_up where id = ${id} for update`.execute(tx)
  if (!rows.length) throw notFound('体检')
  const checkUp = await checkUpById(tx, actor, id)
  await requirePermission(tx, actor, 'welfare.write', checkUp.unitId)
  return checkUp
}

/** Begins booking: everybody due is filed in the register, nobody done. @throws Problem 403 | 404, 422 `not-draft` */
export async function openCheckUp(tx: Tx, actor: Actor, id: number): Promise<void> {
  const checkUp = await ownCheckUp(tx, actor, id)
  if (checkUp.state !== 'draft') throw refused('not-draft', '这次体检已经开始预约，或者已取消。')
  const { rows } = await sql<{ personId: number; status: string }>`
    select person_id as "personId", status from welfare.check_up_entry where check_up_id = ${id} order by no`.execute(
    tx,
  )
  const [recordId] = await keepRecords(tx, actor, checkUps, [
    {
      keptBy: keptBy(id),
      draft: {
        unitId: checkUp.unitId,
        happenedOn: checkUp.startOn,
        endedOn: checkUp.untilOn,
        title: checkUp.title,
        fields: { scope: checkUp.scope, hospital: checkUp.hospital },
        lines: rows.map(({ personId, status }) => ({ personId, fields: { status, done: false } })),
      },
    },
  ])
  await sql`update welfare.check_up set state = 'open', record_id = ${recordId!} where id = ${id}`.execute(tx)
  await told(tx, actor, checkUp, 'welfare.open-check-up', `“${checkUp.title}”开始预约`)
}

/** Ends it: who did not come stays among those who were due. @throws Problem 403 | 404, 422 `not-open` */
export async function closeCheckUp(tx: Tx, actor: Actor, id: number): Promise<{ missed: number }> {
  const checkUp = await ownCheckUp(tx, actor, id)
  if (checkUp.state !== 'open') throw refused('not-open', '这次体检不在进行中。')
  await sql`update welfare.check_up set state = 'closed' where id = ${id}`.execute(tx)
  const missed = checkUp.people - checkUp.attended
  await told(
    tx,
    actor,
    checkUp,
    'welfare.close-check-up',
    `“${checkUp.title}”结束，实检 ${checkUp.attended} 人，未到 ${missed} 人`,
  )
  return { missed }
}

/** Calls it off while nobody has been. @throws Problem 403 | 404, 422 `attended` | `not-open` */
export async function cancelCheckUp(tx: Tx, actor: Actor, id: number, reason: string): Promise<void> {
  const checkUp = await ownCheckUp(tx, actor, id)
  if (checkUp.state === 'closed' || checkUp.state === 'cancelled') throw refused('not-open', '这次体检已经结束或取消。')
  if (checkUp.attended) throw refused('attended', `已有 ${checkUp.attended} 人体检，不能取消。请结束这次体检。`)
  await dropKept(tx, actor, checkUps, [keptBy(id)], reason)
  await sql`update welfare.check_up set state = 'cancelled', reason = ${reason} where id = ${id}`.execute(tx)
  await told(tx, actor, checkUp, 'welfare.cancel-check-up', `取消“${checkUp.title}”：${reason}`)
}
