import { sql } from 'kysely'
import { allows, requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { loadCalendar } from '../../../kernel/calendar/calendar-days.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { act } from '../../../kernel/lifecycle/act.ts'
import { staysPut, type Verb } from '../../../kernel/lifecycle/machine.ts'
import { keepRecords } from '../../../kernel/register/kept.ts'
import type { ItemInput } from '../contract.ts'
import { item as itemRegister } from '../registers/items.ts'
import { PUBLICITY_WORKING_DAYS, type Audience, type ItemState, type Kind } from '../words.ts'
import { itemMachine } from './item-machine.ts'

export interface Item {
  id: number
  unitId: number
  unitName: string
  dutyId: number | null
  period: string | null
  kind: Kind
  category: string
  title: string
  body: string
  channel: string
  audience: Audience
  fromOn: string
  untilOn: string
  publicity: boolean
  state: ItemState
  publishedOn: string | null
  endedOn: string | null
  source: string | null
  version: number
  /** Questions and objections, and those without an answer. */
  asked: number
  unanswered: number
}

export const itemColumns = sql`i.id, i.unit_id as "unitId", u.name as "unitName", i.duty_id as "dutyId", i.period, i.kind, i.category,
  i.title, i.body, i.channel, i.audience, i.from_on as "fromOn", i.until_on as "untilOn", i.publicity, i.state,
  i.published_on as "publishedOn", i.ended_on as "endedOn", i.source, i.version,
  (select count(*)::int from openness.question q where q.item_id = i.id) as asked,
  (select count(*)::int from openness.question q where q.item_id = i.id and q.answered_on is null) as unanswered`
export const itemTables = sql`openness.item i join organisation.unit u on u.id = i.unit_id`

/** One item the actor may see as an officer. @throws Problem 404 */
export async function itemFor(db: Db | Tx, actor: Actor, id: number): Promise<Item> {
  const { rows } = await sql<Item>`select ${itemColumns} from ${itemTables}
    where i.id = ${id} and ${visibleTo(actor, 'openness.read', 'i.unit_id')}`.execute(db)
  if (!rows[0]) throw notFound('公开事项')
  return rows[0]
}

/** Items the actor may see, the newest first, fifty a page. */
export async function listItems(
  db: Db,
  actor: Actor,
  filter: {
    unitId?: number | undefined
    state?: ItemState | undefined
    before?: number | undefined
    q?: string | undefined
  },
): Promise<{ items: Item[]; next: number | null }> {
  const text = filter.q?.replaceAll(/[\\%_]/g, '\\$&')
  const { rows } = await sql<Item>`select ${itemColumns} from ${itemTables}
    where ${visibleTo(actor, 'openness.read', 'i.unit_id')}
      ${filter.unitId ? sql`and i.unit_id in (${below(filter.unitId)})` : sql``}
      ${filter.state ? sql`and i.state = ${filter.state}` : sql``}
      ${text ? sql`and i.title ilike ${`%${text}%`}` : sql``}
      ${filter.before ? sql`and i.id < ${filter.before}` : sql``}
    order by i.id desc limit 51`.execute(db)
  return { items: rows.slice(0, 50), next: rows.length > 50 ? rows[49]!.id : null }
}

/** Refuses as if the unit weren't there, unless the actor may read disclosure at it. @throws Problem 404 */
export async function requireReading(db: Db | Tx, actor: Actor, unitId: number): Promise<void> {
  if (!(await allows(db, actor, 'openness.read', unitId))) throw notFound('单位')
}

/** The unit and everything below it today. */
export const below = (unitId: number) => sql`select descendant_id from kernel.closure
  where ancestor_id = ${unitId} and valid_from <= current_date and valid_to > current_date`

/**
 * Checks an item's days. A publicity period lasts at least five working days after the day it begins (the house's own
 * floor; national rules of aid and honours say five or more).
 * @throws Problem 422 `item-days` | `publicity-short`
 */
export async function checkDays(
  tx: Tx,
  draft: Pick<ItemInput, 'fromOn' | 'untilOn' | 'publicity'>,
  workingDays: number = PUBLICITY_WORKING_DAYS,
): Promise<void> {
  if (draft.untilOn < draft.fromOn)
    throw refused('item-days', '撤下日期不能早于公开日期。', { untilOn: '早于公开日期' })
  if (!draft.publicity) return
  const least = (await loadCalendar(tx)).addWorkingDays(draft.fromOn, Math.max(workingDays, PUBLICITY_WORKING_DAYS))
  if (draft.untilOn < least)
    throw refused(
      'publicity-short',
      `公示不少于 ${workingDays} 个工作日，最早到 ${least}。请把结束日期改到这一天或以后。`,
      {
        untilOn: `最早 ${least}`,
      },
    )
}

async function checkDuty(tx: Tx, draft: ItemInput): Promise<void> {
  if (!draft.dutyId) return
  const { rows } =
    await sql`select from openness.duty where id = ${draft.dutyId} and unit_id = ${draft.unitId}`.execute(tx)
  if (!rows.length)
    throw refused('duty-unknown', '所选的应公开内容不在本单位目录里，请重新选择。', { dutyId: '请重新选择' })
}

/** A draft. @returns its id */
export async function draftItem(tx: Tx, actor: Actor, draft: ItemInput): Promise<number> {
  await requirePermission(tx, actor, 'openness.write', draft.unitId, 'openness.read')
  await checkDays(tx, draft)
  await checkDuty(tx, draft)
  const { rows } = await sql<{ id: number }>`
    insert into openness.item (unit_id, duty_id, period, kind, category, title, body, channel, audience, from_on, until_on,
      publicity, created_by)
    values (${draft.unitId}, ${draft.dutyId ?? null}, ${draft.period ?? null}, ${draft.kind}, ${draft.category},
      ${draft.title}, ${draft.body}, ${draft.channel}, ${draft.audience}, ${draft.fromOn}::date, ${draft.untilOn}::date,
      ${draft.publicity}, ${actor.accountId}) returning id`.execute(tx)
  await audit(tx, actor, {
    action: 'openness.draft',
    objectKind: 'openness-item',
    objectId: rows[0]!.id,
    unitId: draft.unitId,
    summary: `起草公开事项“${draft.title}”`,
  })
  return rows[0]!.id
}

/** Changes a draft or a returned item; what was published is never edited, it is taken down and published anew. */
export async function editItem(
  tx: Tx,
  actor: Actor,
  id: number,
  draft: ItemInput & { version: number },
): Promise<void> {
  const before = await itemFor(tx, actor, id)
  await requirePermission(tx, actor, 'openness.write', before.unitId, 'openness.read')
  if (draft.unitId !== before.unitId) throw refused('unit-fixed', '公开单位不能更改，请作废后重新起草。')
  if (before.state !== 'draft' && before.state !== 'returned')
    throw conflict('item-out', '这一事项已提交或已公开，不能直接修改。公开后有误的，请撤下后重新公开。')
  await checkDays(tx, draft)
  await checkDuty(tx, draft)
  const { numAffectedRows } = await sql`
    update openness.item set duty_id = ${draft.dutyId ?? null}, period = ${draft.period ?? null}, kind = ${draft.kind},
      category = ${draft.category}, title = ${draft.title}, body = ${draft.body}, channel = ${draft.channel},
      audience = ${draft.audience}, from_on = ${draft.fromOn}::date, until_on = ${draft.untilOn}::date,
      publicity = ${draft.publicity}, version = version + 1
    where id = ${id} and version = ${draft.version}`.execute(tx)
  if (!numAffectedRows) throw conflict('edited-meanwhile', '这一事项刚被别人修改过，请刷新后再改。')
  await audit(tx, actor, {
    action: 'openness.edit',
    objectKind: 'openness-item',
    objectId: id,
    unitId: before.unitId,
    summary: `修改公开事项“${draft.title}”`,
  })
}

/** Does one verb to an item; when it goes out or comes down, the register follows. */
export async function actOnItem(
  tx: Tx,
  actor: Actor,
  id: number,
  input: { verb: Verb; words?: string | undefined; expected?: string | undefined },
  today: string,
): Promise<Item> {
  const item = await itemFor(tx, actor, id)
  if (input.verb === '同意' && item.untilOn < today)
    throw refused('item-late', `撤下日期 ${item.untilOn} 已过，请退回修改公开期间后再批准。`)
  // A publicity period counts from the day it really hangs: approved late, it would be shorter than it says.
  if (input.verb === '同意' && today > item.fromOn) await checkDays(tx, { ...item, fromOn: today })
  const done = await act(tx, actor, itemMachine, subjectOf(item), input.verb, {
    today,
    ...(input.words && { words: input.words }),
    ...(input.expected && { expected: input.expected }),
  })
  if (staysPut(input.verb)) return item
  await sql`update openness.item set state = ${done.to}, version = version + 1,
      from_on = case when ${done.to} = 'published' and from_on < ${today}::date then ${today}::date else from_on end,
      published_on = case when ${done.to} = 'published' then greatest(from_on, ${today}::date) else published_on end,
      ended_on = case when ${done.to} = 'ended' then greatest(published_on, ${today}::date) else ended_on end
    where id = ${id}`.execute(tx)
  if (done.to === 'published' || done.to === 'ended') await keepItems(tx, actor, [id])
  return itemFor(tx, actor, id)
}

export const subjectOf = (item: Pick<Item, 'id' | 'unitId' | 'title'>) => ({
  id: item.id,
  unitId: item.unitId,
  title: item.title,
  link: `/openness/items/${item.id}`,
})

/** Files what hangs (or hung) in the register, so that it counts, prints and exports like any other record. */
export async function keepItems(tx: Tx, actor: Actor, ids: readonly number[]): Promise<void> {
  const { rows } = await sql<Item>`select ${itemColumns} from ${itemTables}
    where i.id = any(${ids}::bigint[]) and i.published_on is not null order by i.id`.execute(tx)
  await keepRecords(
    tx,
    actor,
    itemRegister,
    rows.map((item) => ({
      keptBy: `openness/items/${item.id}`,
      draft: {
        unitId: item.unitId,
        happenedOn: item.publishedOn!,
        endedOn: item.endedOn ?? item.untilOn,
        title: item.title,
        fields: {
          kind: item.kind,
          category: item.category,
          channel: item.channel,
          scope: item.audience === 'below' ? '本级及下级工会职工' : '本级工会职工',
        },
      },
    })),
  )
}
