import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '../../../kernel/db/database.ts'
import type { MembershipState } from '../words.ts'

/** What identifies an incoming person. */
export interface Identity {
  idNoHash: Buffer | null
  name: string
  staffNo: string | null
  bornOn: string | null
  unitId: number
}

/** A person of the base as the roster compares it. */
export interface Known {
  personId: number
  name: string
  gender: string | null
  bornOn: string | null
  staffNo: string | null
  unitId: number
  inScope: boolean
  hasIdNo: boolean
  phoneHash: string | null
  bankLast4: string | null
  employment: string | null
  /** null: no open membership */
  state: MembershipState | null
  tags: string[]
  how: 'id-no' | 'staff-no' | 'birthday' | 'name'
}

/**
 * Matches by what is written, where a number can't decide: one side has none. Asked apart for the two sides, because
 * those in the base without a number are few and have an index of their own.
 */
const byWords = (how: RawBuilder<unknown>, same: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select i.place, p.id, ${how} from incoming i
  join members.person p on ${same} and p.merged_into is null and p.kind = 'member' and p.id_no_hash is null
  where i.id_no_hash is not null
  union all
  select i.place, p.id, ${how} from incoming i
  join members.person p on ${same} and p.merged_into is null and p.kind = 'member'
  where i.id_no_hash is null`

/**
 * Finds who of a batch is in the base already, in one statement. By ID number anywhere; without one by staff number and
 * name, by birthday and name, or by the bare name in the same unit, and then only at `scopeId` or below.
 * @returns by place in the batch
 */
export async function matchPeople(tx: Tx, scopeId: number, batch: readonly Identity[]): Promise<Map<number, Known>> {
  const { rows } = await sql<Known & { place: number }>`
    with incoming as (
      select * from unnest(${batch.map((_, place) => place)}::int[], ${batch.map((one) => one.idNoHash)}::bytea[],
        ${batch.map((one) => one.name)}::text[], ${batch.map((one) => one.staffNo)}::text[],
        ${batch.map((one) => one.bornOn)}::date[], ${batch.map((one) => one.unitId)}::bigint[])
        as t (place, id_no_hash, name, staff_no, born_on, unit_id)
    ), scope as materialized (
      select descendant_id as id from kernel.closure where ancestor_id = ${scopeId} and valid_to = 'infinity'
    ), found as (
      select i.place, p.id, 1 as rank, 'id-no' as how from incoming i
      join members.person p on p.id_no_hash = i.id_no_hash and p.merged_into is null
      union all
      ${byWords(sql`2, 'staff-no'`, sql`p.staff_no = i.staff_no and p.name = i.name and p.unit_id in (select id from scope)`)}
      union all
      ${byWords(
        sql`3, 'birthday'`,
        sql`p.name = i.name and p.born_on = i.born_on and (i.staff_no is null or p.staff_no is null) and p.unit_id in (select id from scope)`,
      )}
      union all
      ${byWords(
        sql`4, 'name'`,
        sql`p.name = i.name and p.unit_id = i.unit_id and (i.staff_no is null or p.staff_no is null)
          and (i.born_on is null or p.born_on is null)`,
      )}
    ), best as (
      select distinct on (place) place, id, how from found order by place, rank, id
    )
    select b.place, b.how, p.id as "personId", p.name, p.gender, p.born_on as "bornOn", p.staff_no as "staffNo", p.unit_id as "unitId",
      p.unit_id in (select id from scope) as "inScope", p.id_no_hash is not null as "hasIdNo",
      encode(p.phone_hash, 'base64') as "phoneHash", p.bank_last4 as "bankLast4", p.employment, m.state,
      coalesce((select array_agg(t.tag) from members.tag t where t.person_id = p.id and t.valid_to = 'infinity'), '{}') as tags
    from best b join members.person p on p.id = b.id
    left join members.membership m on m.person_id = p.id and m.left_on is null`.execute(tx)
  return new Map(rows.map((row) => [row.place, row]))
}
