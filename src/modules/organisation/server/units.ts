import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, forbidden, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { initialsOf } from '../../../kernel/pinyin/initials.ts'
import { UNIT_TYPES, type Body, type UnitType } from '../types.ts'
import { postUnitFacts } from './facts.ts'
import { openPlaces } from './tree.ts'

export interface Unit {
  id: number
  code: string
  name: string
  shortName: string | null
  type: UnitType
  body: Body | null
  parentId: number | null
  layerId: number
  foundedOn: string | null
  dissolvedOn: string | null
  successorId: number | null
  sortKey: number
  version: number
}

export const unitColumns = sql`u.id, u.code, u.name, u.short_name as "shortName", u.type, u.body, u.parent_id as "parentId",
  u.layer_id as "layerId", u.founded_on as "foundedOn", u.dissolved_on as "dissolvedOn", u.successor_id as "successorId",
  u.sort_key as "sortKey", u.version`

export async function unitById(db: Db | Tx, id: number): Promise<Unit | undefined> {
  const { rows } = await sql<Unit>`select ${unitColumns} from organisation.unit u where u.id = ${id}`.execute(db)
  return rows[0]
}

export async function unitByCode(db: Db | Tx, code: string): Promise<Unit | undefined> {
  const { rows } =
    await sql<Unit>`select ${unitColumns} from organisation.unit u where u.code = ${code.trim()}`.execute(db)
  return rows[0]
}

export interface NewUnit {
  code: string
  name: string
  type: UnitType
  shortName?: string | null
  /** For a committee unit: which of the six it is. */
  body?: Body | null
  parentCode?: string | null
  parentId?: number | null
  /** Unknown when omitted: the unit then counts as standing already, and as new in no year. */
  foundedOn?: string | null
  sortKey?: number
  /** Document that founded it. */
  document?: string | null
}

/**
 * Adds a unit to the tree and posts its founding. The top of a tree needs the operator or «all»; any other unit needs
 * `organisation.restructure` on its parent.
 * @throws Problem 422 unit-code-taken | parent-unknown | parent-type | parent-dissolved
 */
export async function addUnit(tx: Tx, actor: Actor, draft: NewUnit): Promise<Unit> {
  const code = draft.code.trim()
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(code))
    throw refused('unit-code', '单位编号只能用字母、数字和 . _ -，以字母或数字开头，不超过 40 个字符。', {
      code: '编号格式不正确',
    })
  const name = draft.name.trim()
  if (!name) throw refused('unit-name', '请填写单位名称。', { name: '请填写单位名称' })
  const parent = await findParent(tx, draft)
  if (parent) await requirePermission(tx, actor, 'organisation.restructure', parent.id, 'organisation.read')
  else if (
    actor.kind === 'person' &&
    !actor.grants.some((g) => g.permission === 'organisation.restructure' && g.scope === 'all')
  )
    throw forbidden('建立顶层工会')
  refuseWrongPlace(draft.type, parent)
  if (await unitByCode(tx, code))
    throw refused('unit-code-taken', `编号 ${code} 已被其他单位使用，请换一个。`, { code: '编号已被使用' })
  const { rows } = await sql<{ id: number }>`
    insert into organisation.unit (code, name, short_name, initials, type, body, parent_id, layer_id, founded_on, sort_key)
    values (${code}, ${name}, ${draft.shortName?.trim() || null}, ${initialsOf(name)}, ${draft.type}, ${draft.body ?? null},
      ${parent?.id ?? null}, ${parent && !UNIT_TYPES[draft.type].layer ? parent.layerId : null}, ${draft.foundedOn ?? null}::date,
      ${draft.sortKey ?? 0})
    returning id`.execute(tx)
  const id = rows[0]!.id
  await sql`update organisation.unit set layer_id = id where id = ${id} and layer_id is null`.execute(tx)
  await sql`
    insert into organisation.unit_version (unit_id, name, type, parent_id, valid_from, reason, document)
    values (${id}, ${name}, ${draft.type}, ${parent?.id ?? null}, coalesce(${draft.foundedOn ?? null}::date, '-infinity'), '建立',
      ${draft.document ?? null})`.execute(tx)
  await openPlaces(tx, id, parent?.id ?? null)
  await postUnitFacts(tx, actor, [id], '建立')
  await audit(tx, actor, {
    action: 'organisation.add-unit',
    objectKind: 'unit',
    objectId: id,
    unitId: id,
    summary: `建立${UNIT_TYPES[draft.type].title}“${name}”（${code}）${parent ? `，隶属${parent.name}` : ''}`,
  })
  return (await unitById(tx, id))!
}

async function findParent(tx: Tx, draft: NewUnit): Promise<Unit | null> {
  if (draft.parentCode) {
    const parent = await unitByCode(tx, draft.parentCode)
    if (!parent)
      throw refused('parent-unknown', `没有编号为 ${draft.parentCode} 的上级单位，请核对编号。`, {
        parentCode: '没有这个单位',
      })
    return parent
  }
  if (!draft.parentId) return null
  const parent = await unitById(tx, draft.parentId)
  if (!parent) throw refused('parent-unknown', '没有找到上级单位，请重新选择。', { parentId: '没有这个单位' })
  return parent
}

/** @throws Problem 422 when a unit of this type can't stand under that parent (null: at the top) */
export function refuseWrongPlace(type: UnitType, parent: Pick<Unit, 'type' | 'name' | 'dissolvedOn'> | null): void {
  const { title, under } = UNIT_TYPES[type]
  if (parent?.dissolvedOn)
    throw refused('parent-dissolved', `${parent.name}已于 ${parent.dissolvedOn} 撤销，不能再设下级单位。`)
  if (under.includes(parent ? parent.type : 'root')) return
  const allowed = under.filter((place) => place !== 'root').map((place) => UNIT_TYPES[place as UnitType].title)
  throw refused(
    'parent-type',
    parent
      ? `${title}不能设在${UNIT_TYPES[parent.type].title}之下；可设在：${allowed.join('、')}。`
      : `${title}不能单独成立，请选择上级单位（${allowed.join('、')}）。`,
    { parentId: '上级单位的类型不合适' },
  )
}

export interface UnitEdit {
  version: number
  shortName?: string | null
  sortKey?: number
  foundedOn?: string | null
  body?: Body | null
}

/**
 * Corrects what is not a change of the union itself: short name, order, founding day. A new name is a document
 * (`rename`), so that papers of earlier years keep the old one.
 * @throws Problem 409 when somebody else saved in between
 */
export async function editUnit(tx: Tx, actor: Actor, id: number, edit: UnitEdit): Promise<Unit> {
  await requirePermission(tx, actor, 'organisation.write', id, 'organisation.read')
  const unit = (await unitById(tx, id))!
  const founded = edit.foundedOn === undefined ? unit.foundedOn : edit.foundedOn
  if (founded && unit.dissolvedOn && founded > unit.dissolvedOn)
    throw refused('founded-after-dissolved', `成立日期不能晚于撤销日期 ${unit.dissolvedOn}。`, {
      foundedOn: '晚于撤销日期',
    })
  const { rows } = await sql<{ id: number }>`
    update organisation.unit set
      short_name = ${edit.shortName === undefined ? unit.shortName : edit.shortName?.trim() || null},
      sort_key = ${edit.sortKey ?? unit.sortKey}, founded_on = ${founded}::date,
      body = ${edit.body === undefined ? unit.body : edit.body}, version = version + 1
    where id = ${id} and version = ${edit.version} returning id`.execute(tx)
  if (!rows.length) throw conflict('edited-meanwhile', '这条资料刚被别人修改过，请刷新后再改。')
  if (founded !== unit.foundedOn) await postUnitFacts(tx, actor, [id], '更正成立日期')
  await audit(tx, actor, {
    action: 'organisation.edit-unit',
    objectKind: 'unit',
    objectId: id,
    unitId: id,
    summary: `修改${unit.name}的资料`,
    detail: { before: unit, edit },
  })
  return (await unitById(tx, id))!
}
