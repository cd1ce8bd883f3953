import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { initialsOf } from '../../../kernel/pinyin/initials.ts'
import { UNIT_TYPES } from '../types.ts'
import { postUnitFacts } from './facts.ts'
import { lastMovedOn, movePlaces, subtreeIds } from './tree.ts'
import { refuseWrongPlace, unitById, type Unit } from './units.ts'

/** What a change does to the tree, step by step. Permissions, papers and people are `changes.ts`'s business. */

/** @throws Problem 422 too-early when the unit's name or place began on that day or later */
async function refuseBeforeVersion(tx: Tx, unit: Unit, effectiveOn: string): Promise<void> {
  const { rows } = await sql<{ since: string }>`
    select valid_from as since from organisation.unit_version where unit_id = ${unit.id} and valid_to = 'infinity'
      and valid_from >= ${effectiveOn}::date`.execute(tx)
  if (rows[0])
    throw refused('too-early', `${unit.name}自 ${rows[0].since} 起才是现在的样子，生效日期须在此之后。`, {
      effectiveOn: '须晚于上一次变更',
    })
}

export interface Paper {
  changeId: number
  effectiveOn: string
  reason: string
  document: string | null
}

/** Ends the current version and opens the next one. */
async function nextVersion(
  tx: Tx,
  unit: Unit,
  next: { name: string; parentId: number | null },
  paper: Paper,
): Promise<void> {
  await refuseBeforeVersion(tx, unit, paper.effectiveOn)
  await sql`update organisation.unit_version set valid_to = ${paper.effectiveOn}::date where unit_id = ${unit.id} and valid_to = 'infinity'`.execute(
    tx,
  )
  await sql`
    insert into organisation.unit_version (unit_id, name, type, parent_id, valid_from, reason, document, change_id)
    values (${unit.id}, ${next.name}, ${unit.type}, ${next.parentId}, ${paper.effectiveOn}::date, ${paper.reason}, ${paper.document},
      ${paper.changeId})`.execute(tx)
}

/** A new name from a day on; papers of earlier years keep the old one. */
export async function rename(tx: Tx, unit: Unit, name: string, paper: Paper): Promise<void> {
  if (name === unit.name) throw refused('same-name', '新名称与现名称相同。', { name: '与现名称相同' })
  await nextVersion(tx, unit, { name, parentId: unit.parentId }, paper)
  await sql`update organisation.unit set name = ${name}, initials = ${initialsOf(name)}, version = version + 1 where id = ${unit.id}`.execute(
    tx,
  )
}

/** @throws Problem 422 when the unit can't stand there from that day on */
export async function refuseMove(tx: Tx, unit: Unit, parent: Unit, effectiveOn: string): Promise<void> {
  refuseWrongPlace(unit.type, parent)
  if ((await subtreeIds(tx, unit.id)).includes(parent.id))
    throw refused('own-subtree', `${parent.name}在${unit.name}之下，不能作为它的上级。`, { toCode: '是自己的下级' })
  if (parent.foundedOn && effectiveOn < parent.foundedOn)
    throw refused('too-early', `${parent.name}成立于 ${parent.foundedOn}，生效日期不能早于它。`, {
      effectiveOn: '早于上级成立',
    })
  for (const place of [unit.id, parent.id]) {
    const since = await lastMovedOn(tx, place)
    if (since && effectiveOn < since)
      throw refused('too-early', `相关单位在 ${since} 已有隶属变更，生效日期不能早于它。`, {
        effectiveOn: '早于上一次变更',
      })
  }
}

/** Puts a unit with all below it under another parent from a day on. */
export async function move(tx: Tx, unit: Unit, parent: Unit, paper: Paper): Promise<void> {
  if (unit.parentId === parent.id)
    throw refused('same-parent', `${unit.name}现在就隶属${parent.name}。`, { toCode: '与现上级相同' })
  await refuseMove(tx, unit, parent, paper.effectiveOn)
  await nextVersion(tx, unit, { name: unit.name, parentId: parent.id }, paper)
  await movePlaces(tx, unit.id, parent.id, paper.effectiveOn)
  await sql`update organisation.unit set parent_id = ${parent.id}, version = version + 1 where id = ${unit.id}`.execute(
    tx,
  )
  // What has no committee of its own belongs to the layer it now stands in.
  if (!UNIT_TYPES[unit.type].layer)
    await sql`
      update organisation.unit set layer_id = ${parent.layerId}
      where layer_id = ${unit.layerId} and id = any(${await subtreeIds(tx, unit.id)}::bigint[])`.execute(tx)
}

/**
 * One unit goes up in another: what stood below it stands below the other, and its own past is found there from then on.
 * Its earlier counts stay where they were made.
 */
export async function merge(tx: Tx, actor: Actor, unit: Unit, into: Unit, paper: Paper): Promise<void> {
  if (unit.type !== into.type)
    throw refused(
      'other-type',
      `只能并入同类单位：${unit.name}是${UNIT_TYPES[unit.type].title}，${into.name}是${UNIT_TYPES[into.type].title}。`,
    )
  if ((await subtreeIds(tx, unit.id)).includes(into.id))
    throw refused('own-subtree', `${into.name}是${unit.name}或它的下级，不能并入。`)
  if (into.dissolvedOn) throw refused('parent-dissolved', `${into.name}已撤销，不能并入。`)
  for (const child of await standingChildren(tx, unit.id)) await move(tx, child, into, paper)
  await movePlaces(tx, unit.id, into.id, paper.effectiveOn)
  await sql`update organisation.unit set successor_id = ${into.id} where id = ${unit.id}`.execute(tx)
  await end(tx, actor, unit, paper)
}

/** A unit ends. Its records stay, and its place in the tree stays with them. */
export async function end(tx: Tx, actor: Actor, unit: Unit, paper: Paper): Promise<void> {
  await refuseBeforeVersion(tx, unit, paper.effectiveOn)
  const children = await standingChildren(tx, unit.id)
  if (children.length)
    throw refused(
      'has-children',
      `${unit.name}还有下级单位（${children
        .slice(0, 3)
        .map((child) => child.name)
        .join('、')}${children.length > 3 ? '等' : ''}），请先调整它们的隶属或撤销它们。`,
    )
  await sql`
    update organisation.unit_version set valid_to = ${paper.effectiveOn}::date, change_id = coalesce(change_id, ${paper.changeId})
    where unit_id = ${unit.id} and valid_to = 'infinity'`.execute(tx)
  await sql`update organisation.unit set dissolved_on = ${paper.effectiveOn}::date, version = version + 1 where id = ${unit.id}`.execute(
    tx,
  )
  await postUnitFacts(tx, actor, [unit.id], paper.reason)
}

async function standingChildren(tx: Tx, unitId: number): Promise<Unit[]> {
  const { rows } = await sql<{ id: number }>`
    select id from organisation.unit where parent_id = ${unitId} and dissolved_on is null order by id`.execute(tx)
  const children: Unit[] = []
  for (const row of rows) children.push((await unitById(tx, row.id))!)
  return children
}
