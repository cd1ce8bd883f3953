import { sql } from 'kysely'
import { allows, requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { act } from '../../../kernel/lifecycle/act.ts'
import { machine, type Verb } from '../../../kernel/lifecycle/machine.ts'
import { unitById } from '../../organisation/public.ts'
import { changingPeople, moveMembers, openMembership } from './memberships.ts'

/**
 * A member moves to another unit with both sides acting: the old unit lets go, the new one takes in. 会籍随劳动关系走:
 * 一次入会、动态接转 (会籍管理办法 第3条), so nobody joins twice.
 */
export type TransferState = 'requested' | 'released' | 'done' | 'rejected' | 'withdrawn'

const LINK = '/members/transfers'
const approve = 'members.approve'
export const transferMachine = machine({
  id: 'members.transfer',
  objectKind: 'transfer',
  title: '会员转移',
  initial: 'draft',
  states: {
    draft: { title: '拟定', moves: [{ verb: '提交', to: 'requested', permission: 'members.read' }] },
    requested: {
      title: '待转出方同意',
      moves: [
        { verb: '同意', to: 'released', permission: approve },
        { verb: '否决', to: 'rejected', permission: approve },
        { verb: '撤回', to: 'withdrawn', permission: approve },
      ],
      waiting: { for: { permission: approve }, title: '待办转出' },
    },
    released: {
      title: '待转入方接收',
      moves: [
        { verb: '同意', to: 'done', permission: approve },
        { verb: '否决', to: 'rejected', permission: approve },
        { verb: '撤回', to: 'withdrawn', permission: approve },
      ],
      waiting: { for: { permission: approve }, title: '待办转入' },
    },
    done: { title: '已转入', final: true, moves: [] },
    rejected: { title: '未同意', final: true, moves: [] },
    withdrawn: { title: '已撤回', final: true, moves: [] },
  },
  async visible(db, actor, id) {
    const transfer = await find(db, id)
    return !!transfer && sees(db, actor, transfer)
  },
})

const sees = async (db: Db | Tx, actor: Actor, transfer: Transfer): Promise<boolean> =>
  transfer.personId === actor.personId ||
  (await allows(db, actor, 'members.read', transfer.fromUnitId)) ||
  (await allows(db, actor, 'members.read', transfer.toUnitId))

export interface Transfer {
  id: number
  personId: number
  name: string
  fromUnitId: number
  fromUnit: string
  toUnitId: number
  toUnit: string
  effectiveOn: string
  reason: string
  state: TransferState
}

const columns = sql`t.id, t.person_id as "personId", p.name, t.from_unit_id as "fromUnitId", f.name as "fromUnit",
  t.to_unit_id as "toUnitId", u.name as "toUnit", t.effective_on as "effectiveOn", t.reason, t.state`
const joined = sql`members.transfer t join members.person p on p.id = t.person_id
  join organisation.unit f on f.id = t.from_unit_id join organisation.unit u on u.id = t.to_unit_id`

async function find(db: Db | Tx, id: number): Promise<Transfer | undefined> {
  return (await sql<Transfer>`select ${columns} from ${joined} where t.id = ${id}`.execute(db)).rows[0]
}

/** Transfers that concern the actor's units, open ones first. */
export async function listTransfers(db: Db, actor: Actor): Promise<Transfer[]> {
  const { rows } = await sql<Transfer>`
    select ${columns} from ${joined}
    where ${visibleTo(actor, 'members.read', 't.from_unit_id')} or ${visibleTo(actor, 'members.read', 't.to_unit_id')}
    order by t.state in ('requested', 'released') desc, t.id desc limit 200`.execute(db)
  return rows
}

export interface TransferDraft {
  personId: number
  toUnitId: number
  effectiveOn: string
  reason: string
}

/** Asks for a transfer: the unit the member leaves or the one that takes in may ask, and so may the member. */
export async function requestTransfer(tx: Tx, actor: Actor, draft: TransferDraft, today: string): Promise<Transfer> {
  const member = await openMembership(tx, draft.personId)
  const to = await unitById(tx, draft.toUnitId)
  if (!to || to.dissolvedOn)
    throw refused('unit-unknown', '没有找到转入单位，请重新选择。', { toUnitId: '没有这个单位' })
  const mayAsk =
    actor.personId === draft.personId ||
    (await allows(tx, actor, 'members.write', member.unitId)) ||
    (await allows(tx, actor, 'members.write', to.id))
  if (!mayAsk) throw notFound('会员')
  if (to.id === member.unitId)
    throw refused('same-unit', `${member.name}现在就在${to.name}。`, { toUnitId: '与现单位相同' })
  if (draft.effectiveOn < member.joinedOn)
    throw refused('before-joining', `生效日期不能早于入会日期 ${member.joinedOn}。`, { effectiveOn: '早于入会日期' })
  const open =
    await sql`select 1 from members.transfer where person_id = ${member.personId} and state in ('requested', 'released')`.execute(
      tx,
    )
  if (open.rows.length) throw conflict('transfer-open', `${member.name}已有一件转移在办理，请先办结。`)
  const { rows } = await sql<{ id: number }>`
    insert into members.transfer (person_id, from_unit_id, to_unit_id, effective_on, reason, created_by)
    values (${member.personId}, ${member.unitId}, ${to.id}, ${draft.effectiveOn}::date, ${draft.reason}, ${actor.accountId}) returning id`.execute(
    tx,
  )
  const transfer = (await find(tx, rows[0]!.id))!
  // Asking needs no permission over both units; who may ask was checked above.
  await act(tx, { ...actor, kind: 'system' }, transferMachine, subjectOf(transfer, transfer.fromUnitId), '提交', {
    today,
  })
  return transfer
}

const subjectOf = (transfer: Transfer, unitId: number) => ({
  id: transfer.id,
  unitId,
  title: `${transfer.name}由${transfer.fromUnit}转入${transfer.toUnit}`,
  link: LINK,
})

/**
 * One side's act: the old unit's 同意 lets go, the new unit's 同意 takes in, and with it the membership moves from the
 * effective day on (today, if that day is still to come).
 */
export async function actOnTransfer(
  tx: Tx,
  actor: Actor,
  id: number,
  verb: Extract<Verb, '同意' | '否决' | '撤回'>,
  words: string | undefined,
  today: string,
): Promise<Transfer> {
  const transfer = await find(tx, id)
  if (!transfer || !(await sees(tx, actor, transfer))) throw notFound('转移')
  const side = transfer.state === 'requested' ? transfer.fromUnitId : transfer.toUnitId
  const open = transfer.state === 'requested' || transfer.state === 'released'
  if (verb !== '撤回' && open) await requirePermission(tx, actor, approve, side)
  if (transfer.effectiveOn > today && transfer.state === 'released' && verb === '同意')
    throw refused('not-yet', `这次转移 ${transfer.effectiveOn} 起生效，请在当日或之后接收。`)
  // The to-do of the next state belongs to the other side.
  const next = transfer.state === 'requested' && verb === '同意' ? transfer.toUnitId : side
  // The permission over the acting side was asked above; the subject's unit may be the other side's already.
  const { to } = await act(
    tx,
    verb === '撤回' ? actor : { ...actor, kind: 'system' },
    transferMachine,
    subjectOf(transfer, next),
    verb,
    { today, words },
  )
  await sql`update members.transfer set state = ${to}, version = version + 1 where id = ${id}`.execute(tx)
  if (to === 'done') {
    const member = await openMembership(tx, transfer.personId)
    if (member.unitId !== transfer.fromUnitId)
      throw conflict('moved-on', `${transfer.name}已不在${transfer.fromUnit}，这件转移不能再办，请撤回。`)
    await changingPeople(tx, actor, [transfer.personId], '会员转移', () =>
      moveMembers(tx, [{ personId: transfer.personId, toUnitId: transfer.toUnitId }], transfer.effectiveOn, 'transfer'),
    )
  }
  return (await find(tx, id))!
}
