import { sql } from 'kysely'
import { requirePermission, visibleTo } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { notFound, Problem, refused } from '../../../../kernel/contract/problem.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { addLines, changeLines, dropLines, type KeptLine } from '../../../../kernel/register/kept-lines.ts'
import { birthdays } from '../../../welfare/public.ts'
import type { HandOutInput } from '../../rounds-contract.ts'
import { festivals } from '../../registers/rounds.ts'

interface Running {
  kind: 'festival' | 'birthday'
  title: string
  gift: string
  valueFen: number
  unitId: number
  startOn: string
  state: string
  recordId: number | null
}
interface Handed {
  no: number
  personId: number
  party: string
  status: string
}

/** The round, held open while something is handed out: closing waits, other desks don't. @throws Problem 404, 422 `not-open` */
async function running(tx: Tx, roundId: number): Promise<Running> {
  const { rows } = await sql<Running>`
    select kind, title, gift, value_fen as "valueFen", unit_id as "unitId", start_on as "startOn", state, record_id as "recordId"
    from care.round where id = ${roundId} for share`.execute(tx)
  if (!rows[0]) throw notFound('慰问活动')
  return rows[0]
}

const lineOf = (round: Running, entry: Handed, done: boolean): KeptLine => ({
  lineNo: entry.no,
  personId: entry.personId,
  fields:
    round.kind === 'festival'
      ? {
          group: entry.party,
          status: entry.status,
          gift: round.gift,
          ...(round.valueFen && { giftValue: round.valueFen }),
        }
      : { done, ...(done && round.valueFen && { cost: round.valueFen }) },
})

/**
 * Hands out: to one at the desk, or to many at once when a group leader fetches for the group. All or none; the record of
 * the register grows by these lines. A handful of statements, however many are on the roster.
 * @returns who received
 * @throws Problem 404 `not-found`, 409 `taken`, 422 `not-open` | `in-future` | `before-start`
 */
export async function handOut(
  tx: Tx,
  actor: Actor,
  roundId: number,
  input: HandOutInput,
  today: string,
): Promise<{ handed: { no: number; personName: string }[] }> {
  const round = await running(tx, roundId)
  const on = input.on ?? today
  const wanted = [...new Set(input.nos)]
  const whom = input.code ? sql`e.code = upper(${input.code})` : sql`e.no = any(${wanted}::int[])`
  const { rows } = await sql<Handed & { personName: string }>`
    update care.round_entry e set state = 'taken', how = ${input.how}, taken_on = ${on}::date,
      signed_by = coalesce(${input.signedBy ?? null}::text, p.name), given_by = ${actor.name}
    from kernel.person_name p
    where e.round_id = ${roundId} and ${whom} and e.state = 'waiting' and p.id = e.person_id
      and ${visibleTo(actor, 'care.write', 'e.unit_id')}
    returning e.no, e.person_id as "personId", e.party, e.status, p.name as "personName"`.execute(tx)
  if (!rows.length || (!input.code && rows.length < wanted.length))
    await refuseMissing(tx, actor, roundId, input, new Set(rows.map((row) => row.no)))
  if (round.state !== 'open') throw refused('not-open', '这次慰问不在发放中，不能登记领取。')
  if (on > today) throw refused('in-future', '领取日期不能晚于今天。', { on: '不能晚于今天' })
  if (on < round.startOn)
    throw refused('before-start', `领取日期不能早于开始发放的 ${round.startOn}。`, { on: '不能早于开始日期' })
  const lines = rows.map((row) => lineOf(round, row, true))
  if (round.kind === 'festival') await addLines(tx, actor, festivals, round.recordId!, lines)
  else await changeLines(tx, actor, birthdays, round.recordId!, lines, '已送达')
  await audit(tx, actor, {
    action: 'care.hand-out',
    objectKind: 'care-round',
    objectId: roundId,
    unitId: round.unitId,
    summary: `“${round.title}”发放 ${rows.length} 份：第 ${rows
      .slice(0, 20)
      .map((row) => row.no)
      .join('、')} 号${rows.length > 20 ? ' 等' : ''}`,
    detail: { nos: rows.map((row) => row.no), how: input.how },
  })
  return { handed: rows.map(({ no, personName }) => ({ no, personName })) }
}

/** Says which number stands in the way: not on the roster one may see, or received already. */
async function refuseMissing(
  tx: Tx,
  actor: Actor,
  roundId: number,
  input: HandOutInput,
  handed: ReadonlySet<number>,
): Promise<never> {
  const { rows } = await sql<{ no: number; personName: string; takenOn: string; signedBy: string }>`
    select e.no, p.name as "personName", e.taken_on as "takenOn", e.signed_by as "signedBy"
    from care.round_entry e join kernel.person_name p on p.id = e.person_id
    where e.round_id = ${roundId} and ${input.code ? sql`e.code = upper(${input.code})` : sql`e.no = any(${input.nos}::int[])`}
      and ${visibleTo(actor, 'care.write', 'e.unit_id')} order by e.no`.execute(tx)
  const taken = rows.find((row) => !handed.has(row.no))
  if (taken)
    throw new Problem(
      409,
      'taken',
      `第 ${taken.no} 号${taken.personName}已在 ${taken.takenOn} 领取，签收人${taken.signedBy}，不能重复领取。`,
      { nos: `第 ${taken.no} 号已领取` },
    )
  throw notFound('名单上的领取号')
}

/** Takes a wrong entry back: it waits again, and its line and facts are reversed. @throws Problem 403 | 404, 422 `not-taken` | `not-open` */
export async function undoHandOut(
  tx: Tx,
  actor: Actor,
  roundId: number,
  undo: { no: number; reason: string },
): Promise<void> {
  const round = await running(tx, roundId)
  const { rows } = await sql<Handed & { unitId: number; state: string }>`
    select no, person_id as "personId", party, status, unit_id as "unitId", state from care.round_entry
    where round_id = ${roundId} and no = ${undo.no} for update`.execute(tx)
  const [entry] = rows
  if (!entry) throw notFound('名单上的领取号')
  await requirePermission(tx, actor, 'care.write', entry.unitId, 'care.read')
  if (round.state !== 'open') throw refused('not-open', '这次慰问已经结束，不能再撤回。')
  if (entry.state !== 'taken') throw refused('not-taken', `第 ${undo.no} 号还没有领取。`)
  await sql`update care.round_entry set state = 'waiting', how = null, taken_on = null, signed_by = null, given_by = null
    where round_id = ${roundId} and no = ${undo.no}`.execute(tx)
  if (round.kind === 'festival') await dropLines(tx, actor, round.recordId!, [undo.no], undo.reason)
  else await changeLines(tx, actor, birthdays, round.recordId!, [lineOf(round, entry, false)], undo.reason)
  await audit(tx, actor, {
    action: 'care.undo-hand-out',
    objectKind: 'care-round',
    objectId: roundId,
    unitId: round.unitId,
    summary: `撤回“${round.title}”第 ${undo.no} 号的领取：${undo.reason}`,
  })
}
