import { sql } from 'kysely'
import { requirePermission } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { notFound, Problem, refused } from '../../../../kernel/contract/problem.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { writeAct } from '../../../../kernel/lifecycle/act.ts'
import { dropKept, keepRecords } from '../../../../kernel/register/kept.ts'
import { requestSpending, requireBook, stockBack } from '../../../funds/public.ts'
import { EIGHT_FORBIDDEN } from '../../../rules/public.ts'
import { birthdays } from '../../../welfare/public.ts'
import { festivals } from '../../registers/rounds.ts'
import { roundById, type Round } from './read.ts'
import { holidayOf, remarksOnRound } from './standard.ts'
import { takeFromStore } from './store.ts'

export const registerOf = (round: Pick<Round, 'kind'>) => (round.kind === 'festival' ? festivals : birthdays)

/** The round for the transaction that runs it, locked. @throws Problem 403 | 404 */
async function ownRound(tx: Tx, actor: Actor, roundId: number): Promise<Round> {
  const { rows } = await sql`select 1 from care.round where id = ${roundId} for update`.execute(tx)
  if (!rows.length) throw notFound('慰问活动')
  const round = await roundById(tx, actor, roundId)
  await requirePermission(tx, actor, 'care.write', round.unitId)
  return round
}

const step = async (tx: Tx, actor: Actor, round: Round, verb: string, to: string, words: string): Promise<void> => {
  await writeAct(tx, actor, { objectKind: 'care-round', objectId: round.id, verb, from: round.state, to, words })
  await audit(tx, actor, {
    action: 'care.round',
    objectKind: 'care-round',
    objectId: round.id,
    unitId: round.unitId,
    summary: `${verb}“${round.title}”：${words}`,
  })
}

/**
 * Begins a round: its record is filed, its goods are asked for or leave the store, and the roster can be handed to.
 * @throws Problem 403 | 404, 422 `not-draft` | `above-standard` | `unconfirmed` | `not-enough` | those of `requestSpending`
 */
export async function openRound(
  tx: Tx,
  actor: Actor,
  roundId: number,
  input: { confirmed: boolean; overReason?: string | undefined },
  today: string,
): Promise<void> {
  const round = await ownRound(tx, actor, roundId)
  if (round.state !== 'draft') throw refused('not-draft', '这次慰问已经开始，或者已取消。')
  const remarks = await remarksOnRound(tx, round)
  const blocking = remarks.filter((remark) => remark.blocks)
  if (blocking.length)
    throw new Problem(
      422,
      'above-standard',
      `不符合规定，不能发放：${blocking.map((one) => one.title).join('、')}。请调整后重新拟定。`,
      {},
      { remarks: blocking },
    )
  if (remarks.length && !input.overReason?.trim())
    throw refused(
      'above-standard',
      `${remarks.map((one) => one.title).join('、')}：与规定不一致。确需发放的，请写明原因。`,
      {
        overReason: '请写明原因',
      },
    )
  const [recordId] = await keepRecords(tx, actor, registerOf(round), [
    {
      keptBy: `care/rounds/${round.id}`,
      draft: {
        unitId: round.unitId,
        happenedOn: round.startOn,
        title: round.title,
        fields: round.kind === 'festival' ? { festival: round.occasion } : { form: round.occasion },
        // A birthday round lists everybody who is due; a festival counts those who were reached.
        ...(round.kind === 'birthday' && { lines: await dueLines(tx, round) }),
      },
    },
  ])
  const quantity = round.people * round.perPerson
  let requestId: number | null = null
  let issuedFen: number | null = null
  if (round.source === 'stock')
    issuedFen = await takeFromStore(tx, actor, round.unitId, round.stockItemId!, {
      onDate: today,
      quantity,
      purpose: round.title,
    })
  if (round.source === 'request') {
    if (!input.confirmed)
      throw refused('unconfirmed', '采购款要从工会账上支出，请先确认不属于“八不准”的情形。', {
        confirmed: '请勾选确认',
      })
    const asked = {
      unitId: round.unitId,
      kind: round.kind,
      purpose: `${round.title}：${round.gift}`,
      amountFen: round.people * round.valueFen,
      payee: round.supplier!,
      people: round.people,
      holiday: round.kind === 'festival' ? holidayOf(round.occasion) : null,
      form: 'goods' as const,
      method: 'transfer' as const,
      confirmed: EIGHT_FORBIDDEN.map((card) => card.id),
      source: `care/rounds/${round.id}`,
    }
    requestId = (await requestSpending(tx, actor, asked, today)).id
  }
  await sql`update care.round set state = 'open', record_id = ${recordId!}, request_id = ${requestId},
      issued = ${round.source === 'stock' ? quantity : null}, issued_fen = ${issuedFen}, over_reason = ${input.overReason ?? null}
    where id = ${roundId}`.execute(tx)
  await step(tx, actor, round, '开始发放', 'open', `名单 ${round.people} 人`)
}

async function dueLines(tx: Tx, round: Round): Promise<{ personId: number; fields: Record<string, unknown> }[]> {
  const { rows } = await sql<{ personId: number }>`
    select person_id as "personId" from care.round_entry where round_id = ${round.id} order by no`.execute(tx)
  return rows.map(({ personId }) => ({ personId, fields: { done: false } }))
}

/**
 * Ends a round: who did not come stays on the roster as not reached, and what is left goes back into the store.
 * @throws Problem 403 | 404, 422 `not-open`
 */
export async function closeRound(tx: Tx, actor: Actor, roundId: number, today: string): Promise<{ left: number }> {
  const round = await ownRound(tx, actor, roundId)
  if (round.state !== 'open') throw refused('not-open', '这次慰问不在发放中。')
  const left = round.people - round.taken
  let returned: number | null = null
  if (round.source === 'stock' && left > 0) {
    returned = left * round.perPerson
    // The share of what was issued, rounded half up; the whole if nobody came.
    const amountFen = Number(
      (2n * BigInt(round.issuedFen!) * BigInt(returned) + BigInt(round.issued!)) / (2n * BigInt(round.issued!)),
    )
    const book = await requireBook(tx, round.unitId)
    if (amountFen > 0)
      await stockBack(tx, actor, book, round.stockItemId!, {
        onDate: today,
        quantity: returned,
        amountFen,
        purpose: round.title,
      })
  }
  if (round.taken === 0) await dropKept(tx, actor, registerOf(round), [`care/rounds/${round.id}`], '没有人领取')
  await sql`update care.round set state = 'closed', returned = ${returned} where id = ${roundId}`.execute(tx)
  await step(
    tx,
    actor,
    round,
    '结束发放',
    'closed',
    `已领 ${round.taken} 人，未领 ${left} 人${returned ? `，退库 ${returned}` : ''}`,
  )
  return { left }
}

/** Calls a round off while nobody has received anything. @throws Problem 403 | 404, 422 `handed-out` | `not-open` */
export async function cancelRound(tx: Tx, actor: Actor, roundId: number, reason: string, today: string): Promise<void> {
  const round = await ownRound(tx, actor, roundId)
  if (round.state === 'closed' || round.state === 'cancelled') throw refused('not-open', '这次慰问已经结束或取消。')
  if (round.taken) throw refused('handed-out', `已有 ${round.taken} 人领取，不能取消。请结束发放。`)
  if (round.state === 'open') await closeRound(tx, actor, roundId, today)
  await sql`update care.round set state = 'cancelled', reason = ${reason} where id = ${roundId}`.execute(tx)
  await step(tx, actor, round, '取消', 'cancelled', reason)
}
