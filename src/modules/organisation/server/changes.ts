import { sql } from 'kysely'
import { requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { ChangeInput, ChangePayload } from '../contract.ts'
import { CHANGE_KINDS, type ChangeKind } from '../types.ts'
import { everyFollower, type Plan } from './follow.ts'
import { end, merge, move, refuseMove, rename, type Paper } from './restructure.ts'
import { subtreeIds } from './tree.ts'
import { addUnit, unitByCode, unitById, type Unit } from './units.ts'

export interface Change {
  id: number
  kind: ChangeKind
  unitId: number
  unitName: string
  effectiveOn: string
  document: string | null
  reason: string
  payload: ChangePayload
  /** What the change touches, as counted when it was drawn up. */
  preview: { label: string; count: number }[]
  state: 'draft' | 'applied' | 'cancelled'
  createdAt: Date
  appliedAt: Date | null
}

const columns = sql`c.id, c.kind, c.unit_id as "unitId", u.name as "unitName", c.effective_on as "effectiveOn", c.document, c.reason,
  c.payload, c.preview, c.state, c.created_at as "createdAt", c.applied_at as "appliedAt"`

/**
 * Draws up a change: checks that it could be done and counts what it would touch. Nothing moves yet.
 * @throws Problem 422 with the reason why it can't be
 */
export async function drawUpChange(tx: Tx, actor: Actor, input: ChangeInput): Promise<Change> {
  const unit = await changeable(tx, actor, input.unitId)
  const { kind, unitId: _unitId, effectiveOn, document, reason, ...payload } = input
  await checkPayload(tx, actor, unit, kind, payload, effectiveOn)
  const preview = await touched(tx, unit.id)
  const { rows } = await sql<{ id: number }>`
    insert into organisation.change (kind, unit_id, effective_on, document, reason, payload, preview, created_by)
    values (${kind}, ${unit.id}, ${effectiveOn}::date, ${document ?? null}, ${reason}, ${JSON.stringify(payload)}::jsonb,
      ${JSON.stringify(preview)}::jsonb, ${actor.accountId}) returning id`.execute(tx)
  await audit(tx, actor, {
    action: 'organisation.draw-up-change',
    objectKind: 'change',
    objectId: rows[0]!.id,
    unitId: unit.id,
    summary: `拟定${unit.name}${CHANGE_KINDS[kind]}（${effectiveOn} 生效）`,
    detail: { ...input },
  })
  return changeById(tx, rows[0]!.id)
}

/** Carries the change out, once, from its effective day on. @throws Problem 409 not-draft | 422 not-yet and the reasons above */
export async function applyChange(tx: Tx, actor: Actor, id: number, today: string): Promise<Change> {
  const change = await lockDraft(tx, id)
  const unit = await changeable(tx, actor, change.unitId)
  if (change.effectiveOn > today)
    throw refused('not-yet', `这次变更 ${change.effectiveOn} 起生效，请在当日或之后办理。`)
  await checkPayload(tx, actor, unit, change.kind, change.payload, change.effectiveOn)
  const paper: Paper = {
    changeId: id,
    effectiveOn: change.effectiveOn,
    reason: change.reason,
    document: change.document,
  }
  const plan = await carryOut(tx, actor, unit, change, paper)
  await sql`
    update organisation.change set state = 'applied', applied_at = now(), applied_by = ${actor.accountId} where id = ${id}`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'organisation.apply-change',
    objectKind: 'change',
    objectId: id,
    unitId: unit.id,
    summary: `${unit.name}${CHANGE_KINDS[change.kind]}生效（${change.effectiveOn}）`,
    detail: { payload: change.payload, plan },
  })
  return changeById(tx, id)
}

/** Drops a change that was not carried out. */
export async function cancelChange(tx: Tx, actor: Actor, id: number): Promise<Change> {
  const change = await lockDraft(tx, id)
  await requirePermission(tx, actor, 'organisation.restructure', change.unitId, 'organisation.read')
  await sql`update organisation.change set state = 'cancelled' where id = ${id}`.execute(tx)
  await audit(tx, actor, {
    action: 'organisation.cancel-change',
    objectKind: 'change',
    objectId: id,
    unitId: change.unitId,
    summary: `取消${change.unitName}${CHANGE_KINDS[change.kind]}`,
  })
  return changeById(tx, id)
}

/** Changes the actor may see, the newest first. */
export async function changesOf(db: Db, actor: Actor, unitId?: number): Promise<Change[]> {
  const { rows } = await sql<Change>`
    select ${columns} from organisation.change c join organisation.unit u on u.id = c.unit_id
    where ${visibleTo(actor, 'organisation.read', 'c.unit_id')} ${unitId ? sql`and c.unit_id = ${unitId}` : sql``}
    order by c.id desc limit 200`.execute(db)
  return rows
}

async function changeById(tx: Tx, id: number): Promise<Change> {
  const { rows } = await sql<Change>`
    select ${columns} from organisation.change c join organisation.unit u on u.id = c.unit_id where c.id = ${id}`.execute(
    tx,
  )
  if (!rows[0]) throw notFound('变更')
  return rows[0]
}

async function lockDraft(tx: Tx, id: number): Promise<Change> {
  // One change of the tree at a time, so that what was checked still holds when the places are written.
  await sql`select pg_advisory_xact_lock(5170041)`.execute(tx)
  const change = await changeById(tx, id)
  if (change.state !== 'draft') throw conflict('not-draft', '这次变更已经办理或取消，请刷新查看。')
  return change
}

async function changeable(tx: Tx, actor: Actor, unitId: number): Promise<Unit> {
  await requirePermission(tx, actor, 'organisation.restructure', unitId, 'organisation.read')
  const unit = await unitById(tx, unitId)
  if (!unit) throw notFound('单位')
  if (unit.dissolvedOn) throw refused('dissolved', `${unit.name}已于 ${unit.dissolvedOn} 撤销，不能再变更。`)
  return unit
}

/** The other unit of a move or merge; the actor needs the permission there, too. */
async function otherUnit(tx: Tx, actor: Actor, code: string | undefined): Promise<Unit> {
  const other = code ? await unitByCode(tx, code) : undefined
  if (!other)
    throw refused('unit-unknown', `没有编号为 ${code ?? '（未填）'} 的单位，请核对。`, { toCode: '没有这个单位' })
  await requirePermission(tx, actor, 'organisation.restructure', other.id, 'organisation.read')
  return other
}

async function checkPayload(
  tx: Tx,
  actor: Actor,
  unit: Unit,
  kind: ChangeKind,
  payload: ChangePayload,
  effectiveOn: string,
): Promise<void> {
  if (kind === 'rename' && !payload.name) throw refused('name-missing', '请填写新名称。', { name: '请填写新名称' })
  if (kind === 'move') await refuseMove(tx, unit, await otherUnit(tx, actor, payload.toCode), effectiveOn)
  if (kind === 'merge') {
    const into = await otherUnit(tx, actor, payload.toCode)
    if (into.id === unit.id) throw refused('own-subtree', '不能并入自己。', { toCode: '就是本单位' })
  }
  if (kind === 'split') {
    if (!payload.units?.length)
      throw refused('split-empty', '请写明分立出哪些单位。', { units: '请至少填写一个新单位' })
    if (!unit.parentId) throw refused('split-top', '顶层单位不能分立，请直接建立新的单位。')
  }
}

/** Does it, and lets those who keep rows by unit do their part. */
async function carryOut(tx: Tx, actor: Actor, unit: Unit, change: Change, paper: Paper): Promise<Plan> {
  const { payload } = change
  const plan = (moves: Plan['moves'], ending: Plan['ending']): Plan => ({
    kind: change.kind,
    unitId: unit.id,
    effectiveOn: paper.effectiveOn,
    moves,
    ending,
  })
  const follow = async (followed: Plan): Promise<Plan> => {
    for (const follower of everyFollower()) await follower.apply(tx, actor, followed)
    return followed
  }
  switch (change.kind) {
    case 'rename':
      await rename(tx, unit, payload.name!, paper)
      return plan([], [])
    case 'move':
      await move(tx, unit, await otherUnit(tx, actor, payload.toCode), paper)
      return plan([], [])
    case 'merge': {
      const into = await otherUnit(tx, actor, payload.toCode)
      await merge(tx, actor, unit, into, paper)
      return follow(plan([{ fromUnitId: unit.id, toUnitId: into.id }], [unit.id]))
    }
    case 'split': {
      const moves = []
      for (const part of payload.units!) {
        const made = await addUnit(tx, actor, {
          code: part.code,
          name: part.name,
          type: unit.type,
          parentId: unit.parentId,
          foundedOn: paper.effectiveOn,
          document: paper.document,
        })
        for (const code of part.childCodes ?? []) {
          const child = await otherUnit(tx, actor, code)
          if (child.parentId !== unit.id) throw refused('not-a-child', `${child.name}不是${unit.name}的直接下级。`)
          await move(tx, child, made, paper)
        }
        if (part.personIds?.length) moves.push({ fromUnitId: unit.id, toUnitId: made.id, personIds: part.personIds })
      }
      const done = await follow(plan(moves, payload.dissolve ? [unit.id] : []))
      if (payload.dissolve) await end(tx, actor, unit, paper)
      return done
    }
    case 'dissolve': {
      await end(tx, actor, unit, paper)
      return follow(plan([], [unit.id]))
    }
  }
}

/** How many units, records and whatever the followers keep stand at the unit and below. */
async function touched(tx: Tx, unitId: number): Promise<Change['preview']> {
  const ids = await subtreeIds(tx, unitId)
  const { rows } = await sql<{ records: number }>`
    select count(*) as records from kernel.record where unit_id = any(${ids}::bigint[]) and state = 'recorded'`.execute(
    tx,
  )
  const followed = []
  for (const follower of everyFollower()) followed.push(...(await follower.preview(tx, unitId)))
  return [{ label: '单位（含下级）', count: ids.length }, { label: '登记记录', count: rows[0]!.records }, ...followed]
}
