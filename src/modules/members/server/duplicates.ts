import { sql } from 'kysely'
import { requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { changingPeople } from './memberships.ts'

export interface Suspect {
  id: number
  name: string
  bornOn: string | null
  staffNo: string | null
  unitName: string
  idLast4: string | null
  phoneLast4: string | null
  kind: 'member' | 'contact'
  joined: boolean
}

export interface SuspectGroup {
  why: '姓名和出生日期相同' | '姓名和电话相同' | '姓名和工号相同'
  people: Suspect[]
}

/** People who may be one: same name with the same birthday, phone or staff number. An equal ID number can't come twice. */
export async function findDuplicates(db: Db, actor: Actor, limit = 100): Promise<SuspectGroup[]> {
  const { rows } = await sql<{ why: SuspectGroup['why']; people: Suspect[] }>`
    with sight as (
      select p.id, p.name, p.born_on, p.phone_hash, p.staff_no, p.id_no_hash from members.person p
      where p.merged_into is null and p.kind = 'member' and ${visibleTo(actor, 'members.read', 'p.unit_id')}
    ), twins as (
      select '姓名和出生日期相同' as why, array_agg(id order by id) as ids, count(distinct id_no_hash) as numbers from sight
      where born_on is not null group by name, born_on having count(*) > 1
      union all
      select '姓名和电话相同', array_agg(id order by id), count(distinct id_no_hash) from sight
      where phone_hash is not null group by name, phone_hash having count(*) > 1
      union all
      select '姓名和工号相同', array_agg(id order by id), count(distinct id_no_hash) from sight
      where staff_no is not null group by name, staff_no having count(*) > 1
    ), once as (
      -- Two different ID numbers are two people, however much else is alike.
      select distinct on (ids) why, ids from twins where numbers <= 1 order by ids, why limit ${limit}
    )
    select o.why, jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'bornOn', p.born_on, 'staffNo', p.staff_no, 'unitName', u.name,
      'idLast4', p.id_last4, 'phoneLast4', p.phone_last4, 'kind', p.kind,
      'joined', exists (select from members.membership m where m.person_id = p.id and m.left_on is null)) order by p.id) as people
    from once o join members.person p on p.id = any(o.ids) join organisation.unit u on u.id = p.unit_id
    group by o.why, o.ids order by o.ids`.execute(db)
  return rows
}

interface Mergeable {
  id: number
  name: string
  unitId: number
  idNoHash: Buffer | null
  open: boolean
}

/**
 * Declares two rows one person. Nothing is deleted: the merged row points at the kept one, its records and facts stay
 * where they are and resolve to the kept person; its membership and tags count no more. What the kept row lacks it gets.
 * @throws Problem 422 two-numbers when both have different ID numbers
 */
export async function mergePeople(
  tx: Tx,
  actor: Actor,
  keptId: number,
  mergedId: number,
  reason: string,
): Promise<void> {
  if (keptId === mergedId) throw refused('same-person', '请选择两条不同的人员记录。')
  const { rows } = await sql<Mergeable>`
    select p.id, p.name, p.unit_id as "unitId", p.id_no_hash as "idNoHash",
      exists (select from members.membership m where m.person_id = p.id and m.left_on is null) as open
    from members.person p where p.id = any(${[keptId, mergedId]}::bigint[]) and p.merged_into is null order by p.id for update`.execute(
    tx,
  )
  const kept = rows.find((row) => row.id === keptId)
  const merged = rows.find((row) => row.id === mergedId)
  if (!kept || !merged) throw notFound('人员')
  for (const person of [kept, merged])
    await requirePermission(tx, actor, 'members.write', person.unitId, 'members.read')
  if (kept.idNoHash && merged.idNoHash && !kept.idNoHash.equals(merged.idNoHash))
    throw refused('two-numbers', '两条记录的证件号码不同，不能合并；请先核对并更正号码。')
  if (!kept.open && merged.open)
    throw refused('kept-not-open', `请保留在册的一条：${merged.name}现为在册会员的记录应作为保留的一条。`)
  await changingPeople(tx, actor, [keptId, mergedId], '合并重复人员', async () => {
    await sql`
      insert into members.tag (person_id, unit_id, tag, since, valid_from, evidence)
      select k.person_id, k.unit_id, t.tag, t.since, greatest(t.valid_from, k.joined_on), t.evidence
      from members.tag t join members.membership k on k.person_id = ${keptId} and k.left_on is null
      where t.person_id = ${mergedId} and t.valid_to = 'infinity'
        and not exists (select from members.tag h where h.person_id = ${keptId} and h.tag = t.tag and h.valid_to = 'infinity')`.execute(
      tx,
    )
    // First the row that is given up, so that the number is free for the one that stays.
    await sql`update members.person set merged_into = ${keptId}, version = version + 1 where id = ${mergedId}`.execute(
      tx,
    )
    await sql`
      update members.person k set gender = coalesce(k.gender, m.gender), born_on = coalesce(k.born_on, m.born_on),
        staff_no = coalesce(k.staff_no, m.staff_no), employment = coalesce(k.employment, m.employment),
        id_no_sealed = coalesce(k.id_no_sealed, m.id_no_sealed), id_no_hash = coalesce(k.id_no_hash, m.id_no_hash),
        id_last4 = coalesce(k.id_last4, m.id_last4), phone_sealed = coalesce(k.phone_sealed, m.phone_sealed),
        phone_hash = coalesce(k.phone_hash, m.phone_hash), phone_last4 = coalesce(k.phone_last4, m.phone_last4),
        bank_sealed = coalesce(k.bank_sealed, m.bank_sealed), bank_last4 = coalesce(k.bank_last4, m.bank_last4), version = k.version + 1
      from members.person m where k.id = ${keptId} and m.id = ${mergedId}`.execute(tx)
    await sql`update members.person set merged_into = ${keptId} where merged_into = ${mergedId}`.execute(tx)
    await sql`insert into members.merge (kept_id, merged_id, reason, merged_by) values (${keptId}, ${mergedId}, ${reason}, ${actor.accountId})`.execute(
      tx,
    )
  })
  await audit(tx, actor, {
    action: 'members.merge',
    objectKind: 'person',
    objectId: keptId,
    unitId: kept.unitId,
    summary: `把重复的${merged.name}并入${kept.name}`,
    detail: { mergedId, reason },
  })
}
