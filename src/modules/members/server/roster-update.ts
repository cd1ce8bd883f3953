import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { personInitials } from '../../../kernel/pinyin/initials.ts'
import { openTags } from './enrol.ts'
import { addKin } from './households.ts'
import { changingPeople, moveMembers } from './memberships.ts'
import type { Known } from './roster-match.ts'
import type { FrozenRow, RosterPerson } from './roster-row.ts'

type Comparable = Pick<
  FrozenRow,
  'name' | 'gender' | 'bornOn' | 'staffNo' | 'unitId' | 'unitGiven' | 'retained' | 'employment' | 'bankLast4'
> & {
  idNoHash: unknown
  phoneHash: string | null
  tags: readonly string[]
  kin: readonly unknown[]
}

/** What a row would change of a known person. An empty cell changes nothing; tags are added, never taken away. */
export function differences(row: Comparable, base: Known): string[] {
  const given = <Value>(name: string, value: Value | null, now: Value | null): string[] =>
    value !== null && value !== now ? [name] : []
  return [
    ...given('name', row.name, base.name),
    ...given('gender', row.gender as string | null, base.gender),
    ...given('bornOn', row.bornOn, base.bornOn),
    ...given('staffNo', row.staffNo, base.staffNo),
    ...given('employment', row.employment, base.employment),
    ...given('phone', row.phoneHash, base.phoneHash),
    ...given('bank', row.bankLast4, base.bankLast4),
    ...(row.idNoHash && !base.hasIdNo ? ['idNo'] : []),
    ...(base.state === null ? ['rejoin'] : row.unitGiven && row.unitId !== base.unitId ? ['unit'] : []),
    ...(base.state === 'normal' && row.retained ? ['retained'] : []),
    ...(row.tags.some((tag) => !base.tags.includes(tag)) ? ['tags'] : []),
    ...(row.kin.length ? ['kin'] : []),
  ]
}

/**
 * Brings known people up to what the roster says, by the batch. Moves, states and tags begin today: the sheet doesn't say
 * since when. @returns how many people changed
 */
export async function applyUpdates(
  tx: Tx,
  actor: Actor,
  all: readonly { row: RosterPerson; base: Known }[],
  today: string,
): Promise<number> {
  const changed = all
    .map(({ row, base }) => ({
      row,
      base,
      what: differences(
        {
          ...row,
          idNoHash: row.idNoHash,
          phoneHash: row.phoneHash?.toString('base64') ?? null,
          tags: row.tags.map((tag) => tag.tag),
        },
        base,
      ),
    }))
    .filter(({ what }) => what.length)
  if (!changed.length) return 0
  const ids = changed.map(({ base }) => base.personId)
  const having = (name: string): typeof changed => changed.filter(({ what }) => what.includes(name))
  await changingPeople(tx, actor, ids, '花名册更新', async () => {
    await writePeople(tx, changed)
    await rejoin(tx, having('rejoin'), today)
    await moveMembers(
      tx,
      having('unit').map(({ row, base }) => ({ personId: base.personId, toUnitId: row.unitId })),
      today,
      'transfer',
    )
    await sql`
      update members.membership set state = 'retained', retained_on = greatest(${today}::date, joined_on)
      where person_id = any(${having('retained').map(({ base }) => base.personId)}::bigint[]) and left_on is null and state = 'normal'`.execute(
      tx,
    )
    await openTags(
      tx,
      changed.flatMap(({ row, base, what }) => {
        const unitId = what.includes('unit') || what.includes('rejoin') ? row.unitId : base.unitId
        // Whoever had left had lost the tags as well.
        const held = what.includes('rejoin') ? [] : base.tags
        return row.tags
          .filter(({ tag }) => !held.includes(tag))
          .map(({ tag }) => ({ personId: base.personId, unitId, tag, since: today, validFrom: today, evidence: null }))
      }),
    )
    await addKin(
      tx,
      having('kin').map(({ row, base }) => ({ personId: base.personId, unitId: base.unitId, kin: row.kin })),
    )
  })
  await audit(tx, actor, {
    action: 'members.roster-update',
    objectKind: 'person',
    summary: `花名册更新 ${changed.length} 人`,
    // Which field of whom; values stay in the rows.
    detail: {
      people: changed.slice(0, 1000).map(({ base, what }) => ({ id: base.personId, what })),
      total: changed.length,
    },
  })
  return changed.length
}

async function writePeople(tx: Tx, changed: readonly { row: RosterPerson; base: Known }[]): Promise<void> {
  const of = <Value>(value: (row: RosterPerson) => Value): Value[] => changed.map(({ row }) => value(row))
  await sql`
    update members.person p set kind = 'member', name = t.name, initials = t.initials, gender = coalesce(t.gender, p.gender),
      born_on = coalesce(t.born_on, p.born_on), staff_no = coalesce(t.staff_no, p.staff_no),
      employment = coalesce(t.employment, p.employment),
      id_no_sealed = coalesce(p.id_no_sealed, t.id_no_sealed), id_no_hash = coalesce(p.id_no_hash, t.id_no_hash),
      id_last4 = coalesce(p.id_last4, t.id_last4),
      phone_sealed = coalesce(t.phone_sealed, p.phone_sealed), phone_hash = coalesce(t.phone_hash, p.phone_hash),
      phone_last4 = coalesce(t.phone_last4, p.phone_last4),
      bank_sealed = coalesce(t.bank_sealed, p.bank_sealed), bank_last4 = coalesce(t.bank_last4, p.bank_last4),
      status = case when t.status <> 'active' or p.status in ('left', 'contact') then t.status else p.status end,
      version = p.version + 1
    from unnest(${changed.map(({ base }) => base.personId)}::bigint[], ${of((row) => row.name)}::text[],
      ${of((row) => personInitials(row.name))}::text[], ${of((row) => row.gender)}::text[], ${of((row) => row.bornOn)}::date[],
      ${of((row) => row.staffNo)}::text[], ${of((row) => row.employment)}::text[], ${of((row) => row.idNoSealed)}::bytea[],
      ${of((row) => row.idNoHash)}::bytea[], ${of((row) => row.idLast4)}::text[], ${of((row) => row.phoneSealed)}::bytea[],
      ${of((row) => row.phoneHash)}::bytea[], ${of((row) => row.phoneLast4)}::text[], ${of((row) => row.bankSealed)}::bytea[],
      ${of((row) => row.bankLast4)}::text[], ${of((row) => row.status)}::text[])
      t (id, name, initials, gender, born_on, staff_no, employment, id_no_sealed, id_no_hash, id_last4, phone_sealed, phone_hash,
        phone_last4, bank_sealed, bank_last4, status)
    where p.id = t.id`.execute(tx)
}

/** People who had left, or whom only a ledger knew, become members (again). */
async function rejoin(tx: Tx, back: readonly { row: RosterPerson; base: Known }[], today: string): Promise<void> {
  if (!back.length) return
  await sql`
    insert into members.membership (person_id, unit_id, joined_on, join_kind, state, retained_on)
    select t.person_id, t.unit_id, day.joined_on, 'join', case when t.retained then 'retained' else 'normal' end,
      case when t.retained then day.joined_on end
    from unnest(${back.map(({ base }) => base.personId)}::bigint[], ${back.map(({ row }) => row.unitId)}::bigint[],
      ${back.map(({ row }) => row.joinedOn)}::date[], ${back.map(({ row }) => row.retained)}::boolean[])
      t (person_id, unit_id, joined_on, retained)
    -- The sheet may still name the first joining; a second one begins after the leave.
    cross join lateral (select case when t.joined_on >= coalesce(max(m.left_on), '-infinity') then t.joined_on else ${today}::date end
      as joined_on from members.membership m where m.person_id = t.person_id) day`.execute(tx)
  await sql`
    update members.person p set unit_id = m.unit_id from members.membership m
    where m.person_id = p.id and m.left_on is null and p.id = any(${back.map(({ base }) => base.personId)}::bigint[])`.execute(
    tx,
  )
}
