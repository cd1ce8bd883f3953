import { sql } from 'kysely'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { expand, ROLES } from '../roles.ts'

export interface OfficeHolder {
  accountId: number
  personId: number | null
  name: string
  officeId: number
  title: string
  role: string
  unitId: number
  unitName: string
  /** The unit asked about, or one above it. */
  level: 'here' | 'above'
  startsOn: string
  endsOn: string | null
  /** Name of the office's own holder when this one acts by delegation. */
  delegatedBy: string | null
}

/**
 * Whose office gives a permission on a unit: offices on it or above, and those they are delegated to. It reads the same
 * roles and the same tree as the check itself; whoever calls decides who may hear it.
 * @param today `YYYY-MM-DD`
 */
export async function holdersOf(
  db: Db | Tx,
  unitId: number,
  permission: string,
  today: string,
): Promise<OfficeHolder[]> {
  const roles = ROLES.filter((role) => expand(role.permissions, [permission]).length).map((role) => role.id as string)
  const { rows } = await sql<OfficeHolder>`
    with held as (
      select o.id, o.account_id, o.account_id as owner_id, o.unit_id, o.role, o.title, o.starts_on, o.ended_on - 1 as ends_on
      from accounts.office o
      where o.role = any(${roles}::text[]) and o.starts_on <= ${today}::date and (o.ended_on is null or o.ended_on > ${today}::date)
        and (o.unit_id = ${unitId} or o.unit_id in (select ancestor_id from kernel.closure
          where descendant_id = ${unitId} and valid_from <= current_date and valid_to > current_date)))
    select h.account_id as "accountId", a.person_id as "personId", a.name, h.id as "officeId", h.title, h.role, h.unit_id as "unitId", u.name as "unitName",
      case when h.unit_id = ${unitId} then 'here' else 'above' end as level, h.starts_on as "startsOn", h.ends_on as "endsOn",
      w.name as "delegatedBy"
    from (
      select id, account_id, null::bigint as owner_id, unit_id, role, title, starts_on, ends_on from held
      union all
      select h.id, d.account_id, h.owner_id, h.unit_id, h.role, h.title, d.starts_on, d.ends_on
      from held h join accounts.delegation d on d.office_id = h.id
      where d.revoked_at is null and d.starts_on <= ${today}::date and d.ends_on >= ${today}::date) h
    join accounts.account a on a.id = h.account_id and a.state = 'active' join organisation.unit u on u.id = h.unit_id
    left join accounts.account w on w.id = h.owner_id
    left join members.person p on p.id = a.person_id
    where p.id is null or p.merged_into is not null or p.status not in ('left', 'deceased')
    order by level desc, u.id, a.name limit 1000`.execute(db)
  return rows
}
