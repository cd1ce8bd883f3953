import { sql } from 'kysely'
import { requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { changeLines } from '../../../kernel/register/kept-lines.ts'
import { agreed } from '../../privacy/public.ts'
import { checkUps } from '../registers/health.ts'
import { told } from './plan.ts'

interface Running {
  id: number
  unitId: number
  title: string
  state: string
  startOn: string
  costFen: number
  recordId: number | null
}

async function running(tx: Tx, id: number): Promise<Running> {
  const { rows } = await sql<Running>`
    select id, unit_id as "unitId", title, state, start_on as "startOn", cost_fen as "costFen", record_id as "recordId"
    from welfare.check_up where id = ${id} for share`.execute(tx)
  if (!rows[0]) throw notFound('体检')
  return rows[0]
}

/**
 * Books, moves or gives up a place: for oneself from a phone, or an officer for somebody by the number on the roster.
 * Slots are locked in one order, so that two who swap don't wait for each other for ever.
 * @throws Problem 403 | 404, 409 `slot-full`, 422 `not-open` | `attended` | `slot-past`
 */
export async function book(
  tx: Tx,
  actor: Actor,
  checkUpId: number,
  booking: { slotId: number | null; no?: number | undefined },
  today: string,
): Promise<void> {
  const checkUp = await running(tx, checkUpId)
  const { rows } = await sql<{
    no: number
    unitId: number
    personId: number
    slotId: number | null
    attendedOn: string | null
  }>`
    select no, unit_id as "unitId", person_id as "personId", slot_id as "slotId", attended_on as "attendedOn"
    from welfare.check_up_entry where check_up_id = ${checkUpId}
      and ${booking.no ? sql`no = ${booking.no}` : sql`person_id = ${actor.personId}`} for update`.execute(tx)
  const [entry] = rows
  if (!entry) throw notFound('体检名单上的人')
  if (entry.personId !== actor.personId)
    await requirePermission(tx, actor, 'welfare.write', entry.unitId, 'welfare.read')
  if (checkUp.state !== 'open') throw refused('not-open', '这次体检不在预约中。')
  if (entry.attendedOn) throw refused('attended', `已在 ${entry.attendedOn} 体检，不用再预约。`)
  if (entry.slotId === booking.slotId) return
  const ids = [entry.slotId, booking.slotId].filter((one) => one !== null)
  const { rows: slots } = await sql<{ id: number; onDay: string; part: string; places: number; taken: number }>`
    select id, on_day as "onDay", part, places, taken from welfare.check_up_slot
    where check_up_id = ${checkUpId} and id = any(${ids}::bigint[]) order by id for update`.execute(tx)
  if (booking.slotId !== null) {
    const wanted = slots.find((slot) => slot.id === booking.slotId)
    if (!wanted) throw notFound('时段')
    if (wanted.onDay < today) throw refused('slot-past', '这个时段已经过去，请选择以后的时段。', { slotId: '已经过去' })
    if (wanted.taken >= wanted.places)
      throw conflict('slot-full', `${wanted.onDay} ${wanted.part}已经约满，请选择其他时段。`)
  }
  await sql`update welfare.check_up_slot s set taken = taken + case when s.id = ${booking.slotId}::bigint then 1 else -1 end
    where s.id = any(${ids}::bigint[])`.execute(tx)
  await sql`update welfare.check_up_entry set slot_id = ${booking.slotId}
    where check_up_id = ${checkUpId} and no = ${entry.no}`.execute(tx)
  const slot = slots.find((one) => one.id === booking.slotId)
  await told(
    tx,
    actor,
    checkUp,
    'welfare.book',
    `第 ${entry.no} 号${slot ? `预约 ${slot.onDay} ${slot.part}` : '取消预约'}`,
  )
}

/**
 * Writes down who came, many at once, and that the clinic advised a second look: never why.
 * @throws Problem 404, 422 `not-open` | `in-future` | `before-start`
 */
export async function attend(
  tx: Tx,
  actor: Actor,
  checkUpId: number,
  input: { nos: readonly number[]; on: string; followUp: boolean },
  today: string,
): Promise<void> {
  const checkUp = await running(tx, checkUpId)
  const nos = [...new Set(input.nos)]
  const { rows } = await sql<{ no: number; personId: number; status: string }>`
    update welfare.check_up_entry e set attended_on = ${input.on}::date, follow_up = ${input.followUp},
      reminded_on = case when ${input.followUp} then reminded_on end
    where check_up_id = ${checkUpId} and no = any(${nos}::int[]) and ${visibleTo(actor, 'welfare.write', 'e.unit_id')}
    returning no, person_id as "personId", status`.execute(tx)
  if (rows.length < nos.length) throw notFound('体检名单上的人')
  if (checkUp.state !== 'open') throw refused('not-open', '这次体检不在进行中，不能登记。')
  if (input.on > today) throw refused('in-future', '体检日期不能晚于今天。', { on: '不能晚于今天' })
  if (input.on < checkUp.startOn)
    throw refused('before-start', `体检日期不能早于开始的 ${checkUp.startOn}。`, { on: '不能早于开始日期' })
  const lines = rows.map(({ no, personId, status }) => ({
    lineNo: no,
    personId,
    fields: { status, done: true, followUp: input.followUp, ...(checkUp.costFen && { cost: checkUp.costFen }) },
  }))
  await changeLines(tx, actor, checkUps, checkUp.recordId!, lines, '已体检')
  await told(tx, actor, checkUp, 'welfare.attend', `“${checkUp.title}”登记已到 ${rows.length} 人`)
}

/** The person was reminded of the second look; whether they went is theirs. @throws Problem 403 | 404, 422 `no-follow-up` | `no-consent` | `in-future` */
export async function remind(
  tx: Tx,
  actor: Actor,
  checkUpId: number,
  input: { no: number; on: string },
  today: string,
): Promise<void> {
  const checkUp = await running(tx, checkUpId)
  const { rows } = await sql<{ unitId: number; personId: number; followUp: boolean | null; attendedOn: string | null }>`
    select unit_id as "unitId", person_id as "personId", follow_up as "followUp", attended_on as "attendedOn" from welfare.check_up_entry
    where check_up_id = ${checkUpId} and no = ${input.no} for update`.execute(tx)
  const [entry] = rows
  if (!entry) throw notFound('体检名单上的人')
  await requirePermission(tx, actor, 'welfare.write', entry.unitId, 'welfare.read')
  if (!entry.followUp) throw refused('no-follow-up', '体检机构没有提示这个人复查。')
  if (!(await agreed(tx, [entry.personId], 'reminder')).has(entry.personId))
    throw refused('no-consent', '本人没有同意由工会提醒复查，请不要提醒；本人可以在“我的信息”里开启。')
  if (input.on > today) throw refused('in-future', '提醒日期不能晚于今天。', { on: '不能晚于今天' })
  if (input.on < entry.attendedOn!)
    throw refused('before-visit', '提醒日期不能早于体检日期。', { on: '不能早于体检日期' })
  await sql`update welfare.check_up_entry set reminded_on = ${input.on}::date where check_up_id = ${checkUpId} and no = ${input.no}`.execute(
    tx,
  )
  await told(tx, actor, checkUp, 'welfare.remind', `提醒第 ${input.no} 号复查`)
}
