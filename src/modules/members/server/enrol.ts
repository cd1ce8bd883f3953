import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { postFacts } from '../../../kernel/facts/post.ts'
import { personInitials } from '../../../kernel/pinyin/initials.ts'
import { UNKNOWN_SINCE } from '../../organisation/public.ts'
import type { Gender, JoinKind, Status } from '../words.ts'
import { membershipFacts, tagFacts, type MembershipRow, type TagRow } from './facts.ts'
import { addKin, type NewKin } from './households.ts'
import { tallyNew } from './tally.ts'

/** Numbers as they are kept: sealed, hashed for finding duplicates, the last four for a masked display. */
export interface Secrets {
  idNoSealed: Buffer | null
  idNoHash: Buffer | null
  idLast4: string | null
  phoneSealed: Buffer | null
  phoneHash: Buffer | null
  phoneLast4: string | null
  bankSealed: Buffer | null
  bankLast4: string | null
}

export interface Newcomer extends Secrets {
  name: string
  gender: Gender | null
  bornOn: string | null
  staffNo: string | null
  unitId: number
  /** null: nobody remembers; counts as a member since before any ledger, and as new in no year */
  joinedOn: string | null
  joinKind: JoinKind
  /** 保留会籍 since */
  retainedOn: string | null
  status: Status
  employment: string | null
  tags: readonly { tag: string; since: string | null; evidence?: string | null }[]
  kin: readonly NewKin[]
  document?: string | null
}

/**
 * Writes new members by the batch: person, membership, tags, family, facts and tallies. The caller has checked
 * permissions and duplicates and writes the audit.
 * @returns person ids in the order given
 */
export async function enrol(
  tx: Tx,
  actor: Actor,
  newcomers: readonly Newcomer[],
  importId: number | null = null,
): Promise<number[]> {
  if (!newcomers.length) return []
  const personIds = await nextIds(tx, 'members.person', newcomers.length)
  const membershipIds = await nextIds(tx, 'members.membership', newcomers.length)
  const of = <Value>(value: (one: Newcomer) => Value): Value[] => newcomers.map(value)
  await sql`
    insert into members.person (id, name, initials, gender, born_on, staff_no, unit_id, id_no_sealed, id_no_hash, id_last4,
      phone_sealed, phone_hash, phone_last4, bank_sealed, bank_last4, status, employment, import_id)
    overriding system value
    select t.*, ${importId}::bigint from unnest(${personIds}::bigint[], ${of((one) => one.name)}::text[],
      ${of((one) => personInitials(one.name))}::text[], ${of((one) => one.gender)}::text[], ${of((one) => one.bornOn)}::date[],
      ${of((one) => one.staffNo)}::text[], ${of((one) => one.unitId)}::bigint[], ${of((one) => one.idNoSealed)}::bytea[],
      ${of((one) => one.idNoHash)}::bytea[], ${of((one) => one.idLast4)}::text[], ${of((one) => one.phoneSealed)}::bytea[],
      ${of((one) => one.phoneHash)}::bytea[], ${of((one) => one.phoneLast4)}::text[], ${of((one) => one.bankSealed)}::bytea[],
      ${of((one) => one.bankLast4)}::text[], ${of((one) => one.status)}::text[], ${of((one) => one.employment)}::text[]) t`.execute(
    tx,
  )

  const memberships = newcomers.map((one, index): MembershipRow => ({
    id: membershipIds[index]!,
    personId: personIds[index]!,
    unitId: one.unitId,
    joinedOn: one.joinedOn ?? UNKNOWN_SINCE,
    retainedOn: one.retainedOn,
    leftOn: null,
    joinKind: one.joinKind,
    leaveKind: null,
    gender: one.gender,
  }))
  await sql`
    insert into members.membership (id, person_id, unit_id, joined_on, retained_on, state, join_kind, document)
    overriding system value
    select id, person_id, unit_id, joined_on, retained_on, case when retained_on is null then 'normal' else 'retained' end,
      join_kind, document
    from unnest(${membershipIds}::bigint[], ${personIds}::bigint[], ${of((one) => one.unitId)}::bigint[],
      ${memberships.map((row) => row.joinedOn)}::date[], ${of((one) => one.retainedOn)}::date[], ${of((one) => one.joinKind)}::text[],
      ${of((one) => one.document ?? null)}::text[])
      t (id, person_id, unit_id, joined_on, retained_on, join_kind, document)`.execute(tx)

  const tags = await openTags(
    tx,
    newcomers.flatMap((one, index) =>
      one.tags.map((tag) => ({
        personId: personIds[index]!,
        unitId: one.unitId,
        tag: tag.tag,
        evidence: tag.evidence ?? null,
        since: tag.since ?? memberships[index]!.joinedOn,
        // Within the unit the tag counts from the later of being so and being there.
        validFrom: tag.since && tag.since > memberships[index]!.joinedOn ? tag.since : memberships[index]!.joinedOn,
      })),
    ),
  )
  await postFacts(tx, actor, [...memberships.flatMap(membershipFacts), ...tags.flatMap(tagFacts)])
  await addKin(
    tx,
    newcomers.map((one, index) => ({ personId: personIds[index]!, unitId: one.unitId, kin: one.kin })),
  )
  await tallyNew(
    tx,
    newcomers.map((one) => ({
      unitId: one.unitId,
      woman: one.gender === 'f',
      retained: one.retainedOn !== null,
      tags: one.tags.map(({ tag }) => tag),
    })),
  )
  return personIds
}

export interface NewTag {
  personId: number
  unitId: number
  tag: string
  since: string
  validFrom: string
  evidence: string | null
}

/** Opens tags by the batch; facts and tallies are the caller's. */
export async function openTags(tx: Tx, tags: readonly NewTag[]): Promise<TagRow[]> {
  if (!tags.length) return []
  const ids = await nextIds(tx, 'members.tag', tags.length)
  await sql`
    insert into members.tag (id, person_id, unit_id, tag, since, valid_from, evidence)
    overriding system value
    select * from unnest(${ids}::bigint[], ${tags.map((tag) => tag.personId)}::bigint[], ${tags.map((tag) => tag.unitId)}::bigint[],
      ${tags.map((tag) => tag.tag)}::text[], ${tags.map((tag) => tag.since)}::date[], ${tags.map((tag) => tag.validFrom)}::date[],
      ${tags.map((tag) => tag.evidence)}::text[])`.execute(tx)
  return tags.map((tag, index) => ({ ...tag, id: ids[index]!, validTo: null }))
}

/** Takes ids from the table's sequence beforehand, so that a batch's rows can name each other. Looks the sequence up once: that costs more than a number. */
export async function nextIds(tx: Tx, table: string, howMany: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select nextval(ids.sequence) as id
    from (select pg_get_serial_sequence(${table}, 'id')::regclass as sequence offset 0) ids, generate_series(1, ${howMany}::int)`.execute(
    tx,
  )
  return rows.map((row) => row.id)
}
