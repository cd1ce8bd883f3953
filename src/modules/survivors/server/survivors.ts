import { sql, type RawBuilder } from 'kysely'
import { requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { addYears } from '../../../kernel/calendar/days.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Keys } from '../../../kernel/crypto/keys.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { writeAct } from '../../../kernel/lifecycle/act.ts'
import { addContacts } from '../../members/public.ts'
import type { SurvivorDetail, SurvivorInput, SurvivorRow } from '../contract.ts'
import type { SurvivorState } from '../words.ts'
import { below, CONFIDENTIAL } from './opening.ts'
import { reviewsOf } from './reviews.ts'

export const KIND = 'survivor'
const SEALED = 'survivors.survivor.contact'
/** Coming of age, where nothing else is stated (工伤保险条例 and most provinces' rules). */
const OF_AGE = 18

export const columns = (
  today: string,
) => sql`s.id, s.unit_id as "unitId", u.name as "unitName", s.person_id as "personId", n.name,
  s.relation, s.ground, s.born_on as "bornOn", s.place, s.grade, s.entitled_from as "entitledFrom", s.until_on as "untilOn",
  to_char(s.paid_through, 'YYYY-MM') as "paidThrough", s.state, s.ended_on as "endedOn", s.end_reason as "endReason",
  s.deceased_id as "deceasedId", d.name as "deceasedName", d.died_on as "diedOn",
  to_char(greatest(s.paid_through, (select max(l.for_month) from survivors.pay_line l join survivors.pay y on y.id = l.pay_id
    where l.survivor_id = s.id and l.recovery_id is null and y.state = 'paid')), 'YYYY-MM') as "lastPaid",
  coalesce(s.state <> 'ended' and s.until_on <= ${today}::date, false) as "overAge"`
export const joins = sql`survivors.survivor s join survivors.deceased d on d.id = s.deceased_id
  join kernel.unit_name u on u.id = s.unit_id join kernel.person_name n on n.id = s.person_id`

export const seen = (actor: Actor): RawBuilder<boolean> => visibleTo(actor, CONFIDENTIAL, 's.unit_id')
export interface SurvivorFilter {
  unitId: number
  state?: SurvivorState | 'over-age'
  q?: string
  cursor?: number
}

/** Survivors of a unit and below, the newest first, in a transaction that said whom it acts for. Keyset by id. */
export async function listSurvivors(
  tx: Tx,
  actor: Actor,
  filter: SurvivorFilter,
  today: string,
  size = 50,
): Promise<{ rows: SurvivorRow[]; next: number | null; counts: Record<SurvivorState | 'over-age', number> }> {
  const { state, q, cursor } = filter
  const where =
    state === 'over-age'
      ? sql`and s.state <> 'ended' and s.until_on <= ${today}::date`
      : state
        ? sql`and s.state = ${state}`
        : sql``
  const { rows } = await sql<SurvivorRow>`
    select ${columns(today)} from ${joins} where ${seen(actor)} and ${below(filter.unitId)} ${where}
      ${q ? sql`and (n.name like ${`%${q}%`} or d.name like ${`%${q}%`})` : sql``} ${cursor ? sql`and s.id < ${cursor}` : sql``}
    order by s.id desc limit ${size + 1}`.execute(tx)
  const counts = await sql<{ active: number; suspended: number; ended: number; overAge: number }>`
    select count(*) filter (where s.state = 'active')::int as active, count(*) filter (where s.state = 'suspended')::int as suspended,
      count(*) filter (where s.state = 'ended')::int as ended,
      count(*) filter (where s.state <> 'ended' and s.until_on <= ${today}::date)::int as "overAge"
    from survivors.survivor s where ${seen(actor)} and ${below(filter.unitId)}`.execute(tx)
  const more = rows.length > size
  if (more) rows.pop()
  const { overAge, ...rest } = counts.rows[0]!
  return { rows, next: more ? rows.at(-1)!.id : null, counts: { ...rest, 'over-age': overAge } }
}

/** One survivor, locked for a deed. @throws Problem 404 */
export async function lockSurvivor(tx: Tx, actor: Actor, survivorId: number, today: string): Promise<SurvivorRow> {
  const { rows } = await sql<SurvivorRow>`
    select ${columns(today)} from ${joins} where s.id = ${survivorId} and ${seen(actor)} for update of s`.execute(tx)
  if (!rows[0]) throw notFound('遗属')
  return rows[0]
}

/** One survivor with reviews, payments and how to reach the family. @throws Problem 404 */
export async function survivorById(
  tx: Tx,
  keys: Keys,
  actor: Actor,
  survivorId: number,
  today: string,
): Promise<SurvivorDetail> {
  const { rows } = await sql<
    SurvivorRow & { deceasedBornOn: string | null; wageFen: number | null; sealed: Buffer | null }
  >`
    select ${columns(today)}, d.born_on as "deceasedBornOn", d.wage_fen as "wageFen", s.contact_sealed as sealed
    from ${joins} where s.id = ${survivorId} and ${seen(actor)}`.execute(tx)
  if (!rows[0]) throw notFound('遗属')
  const { sealed, ...survivor } = rows[0]
  const contact = sealed ? (JSON.parse(keys.open(sealed, SEALED)) as { phone?: string; address?: string }) : {}
  const paid = await sql<SurvivorDetail['paid'][number]>`
    select to_char(l.for_month, 'YYYY-MM') as month, l.pay_id as "payId", y.paid_on as "paidOn", l.amount_fen as "amountFen",
      l.recovery_id is not null as recovered
    from survivors.pay_line l join survivors.pay y on y.id = l.pay_id where l.survivor_id = ${survivorId}
    order by l.for_month desc, l.id desc limit 60`.execute(tx)
  return {
    ...survivor,
    phone: contact.phone ?? null,
    address: contact.address ?? null,
    reviews: await reviewsOf(tx, sql`r.survivor_id = ${survivorId}`),
    paid: paid.rows,
    overpaidFen: await overpaidOf(tx, survivorId),
  }
}

/** What was paid for months after the one in which it ended, and hasn't come back, fen. */
export async function overpaidOf(tx: Tx, survivorId: number): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    select coalesce(sum(l.amount_fen), 0)::bigint as fen
    from survivors.survivor s join survivors.pay_line l on l.survivor_id = s.id join survivors.pay y on y.id = l.pay_id
    where s.id = ${survivorId} and s.state = 'ended' and l.for_month > date_trunc('month', s.ended_on)::date
      and l.recovery_id is null and y.state = 'paid'`.execute(tx)
  return rows[0]!.fen
}

/** `2026-03` → the first day. */
export const firstOf = (month: string): string => `${month}-01`

/**
 * Takes somebody onto the list: a relative of a worker who died. The relative becomes a contact of the union, the worker is one
 * row for the whole family.
 * @throws Problem 403 | 404, 409 `survivor-exists`, 422 `in-future`
 */
export async function addSurvivor(
  tx: Tx,
  actor: Actor,
  keys: Keys,
  draft: SurvivorInput,
  today: string,
): Promise<{ id: number }> {
  await requirePermission(tx, actor, 'survivors.write', draft.unitId, 'survivors.read')
  await requirePermission(tx, actor, CONFIDENTIAL, draft.unitId, 'survivors.read')
  const { deceased } = draft
  if (deceased.diedOn > today)
    throw refused('in-future', '去世日期不能晚于今天。', { 'deceased.diedOn': '不能晚于今天' })
  if (draft.bornOn > today) throw refused('in-future', '出生日期不能晚于今天。', { bornOn: '不能晚于今天' })
  const deceasedId = await deceasedFor(tx, actor, draft)
  const { rows: same } = await sql<{ id: number }>`
    select s.id from survivors.survivor s join kernel.person_name n on n.id = s.person_id
    where s.deceased_id = ${deceasedId} and n.name = ${draft.name} and s.born_on = ${draft.bornOn}::date`.execute(tx)
  if (same[0]) throw conflict('survivor-exists', '这位遗属已经在名册里，请不要重复登记。')
  const [personId] = await addContacts(tx, [{ name: draft.name, unitId: draft.unitId }])
  const contact = { ...(draft.phone && { phone: draft.phone }), ...(draft.address && { address: draft.address }) }
  const sealed = Object.keys(contact).length ? keys.seal(JSON.stringify(contact), SEALED) : null
  const untilOn = draft.untilOn ?? (draft.ground === '未成年' ? addYears(draft.bornOn, OF_AGE) : null)
  if (untilOn !== null && untilOn <= draft.entitledFrom)
    throw refused('of-age', '供养开始时已经年满 18 周岁。在校就读的，请选择“在校就读”并填写到期日期。', {
      ground: '已经成年',
    })
  const { rows } = await sql<{ id: number }>`
    insert into survivors.survivor (unit_id, deceased_id, person_id, relation, ground, born_on, place, contact_sealed, grade,
      entitled_from, until_on, paid_through, created_by)
    values (${draft.unitId}, ${deceasedId}, ${personId}, ${draft.relation}, ${draft.ground}, ${draft.bornOn}::date, ${draft.place},
      ${sealed}, ${draft.grade}, ${draft.entitledFrom}::date, ${untilOn}::date,
      ${draft.paidThrough && firstOf(draft.paidThrough)}::date, ${actor.accountId}) returning id`.execute(tx)
  const { id } = rows[0]!
  await writeAct(tx, actor, { objectKind: KIND, objectId: id, verb: '纳入供养', from: null, to: 'active' })
  await audit(tx, actor, {
    action: 'survivors.add',
    objectKind: KIND,
    objectId: id,
    unitId: draft.unitId,
    summary: `纳入遗属供养（编号 ${id}），自 ${draft.entitledFrom} 起`,
  })
  return { id }
}

/** The worker's row, found by name and day of death within the unit, or made. */
async function deceasedFor(tx: Tx, actor: Actor, draft: SurvivorInput): Promise<number> {
  const { deceased, unitId } = draft
  const found = await sql<{ id: number }>`
    select id from survivors.deceased where unit_id = ${unitId} and name = ${deceased.name} and died_on = ${deceased.diedOn}::date`.execute(
    tx,
  )
  if (found.rows[0]) return found.rows[0].id
  const made = await sql<{ id: number }>`
    insert into survivors.deceased (unit_id, person_id, name, born_on, died_on, wage_fen, created_by)
    values (${unitId}, ${deceased.personId ?? null}, ${deceased.name}, ${deceased.bornOn}::date, ${deceased.diedOn}::date,
      ${deceased.wageFen}, ${actor.accountId}) returning id`.execute(tx)
  return made.rows[0]!.id
}
