import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { PANELS, type PanelKind } from '../words.ts'
import { heldTerm } from './seen.ts'

export interface Panel {
  id: number
  kind: PanelKind
  name: string
  members: { delegateId: number; personId: number; name: string; constituency: string; head: boolean }[]
}

/** Delegations, special committees and the presidium of a term, heads first. */
export async function panelsOf(db: Db | Tx, termId: number): Promise<Panel[]> {
  const { rows } = await sql<Panel>`
    select p.id, p.kind, p.name, coalesce((select jsonb_agg(jsonb_build_object('delegateId', d.id, 'personId', d.person_id,
      'name', d.name, 'constituency', c.name, 'head', s.head) order by s.head desc, c.position, d.id)
      from congress.panel_seat s join congress.delegate d on d.id = s.delegate_id
      join congress.constituency c on c.id = d.constituency_id where s.panel_id = p.id), '[]') as members
    from congress.panel p where p.term_id = ${termId}
    order by array_position(array['delegation', 'committee', 'presidium'], p.kind), p.position, p.id`.execute(db)
  return rows
}

/**
 * Forms a panel or sets its members anew. Its head is one of them: heads are delegates (SC-GROUPS).
 * @throws Problem 404 delegate, 422 `head-outside`
 */
export async function savePanel(
  tx: Tx,
  actor: Actor,
  termId: number,
  draft: { kind: PanelKind; name: string; delegateIds: readonly number[]; headId?: number | null | undefined },
  panelId?: number,
): Promise<number> {
  const term = await heldTerm(tx, actor, termId, 'congress.write')
  const ids = [...new Set(draft.delegateIds)]
  if (draft.headId && !ids.includes(draft.headId))
    throw refused('head-outside', '负责人须是其中的代表，请先把他（她）选进来。', { headId: '不在成员中' })
  const { rows: known } = await sql<{ id: number }>`
    select id from congress.delegate where term_id = ${termId} and to_on is null and id = any(${ids}::bigint[])`.execute(
    tx,
  )
  if (known.length !== ids.length) throw notFound('代表')
  const { rows } = panelId
    ? await sql<{ id: number }>`update congress.panel set kind = ${draft.kind}, name = ${draft.name}
        where id = ${panelId} and term_id = ${termId} returning id`.execute(tx)
    : await sql<{ id: number }>`insert into congress.panel (term_id, kind, name, position)
        values (${termId}, ${draft.kind}, ${draft.name}, (select count(*) + 1 from congress.panel where term_id = ${termId}))
        on conflict (term_id, name) do nothing returning id`.execute(tx)
  const id = rows[0]?.id
  if (!id)
    throw panelId
      ? notFound('代表团或小组')
      : refused('panel-known', `“${draft.name}”已经建立，请直接修改。`, { name: '名称重复' })
  await sql`delete from congress.panel_seat where panel_id = ${id}`.execute(tx)
  await sql`insert into congress.panel_seat (panel_id, delegate_id, head)
    select ${id}, d, d = ${draft.headId ?? null}::bigint is true from unnest(${ids}::bigint[]) d`.execute(tx)
  await audit(tx, actor, {
    action: 'congress.panel',
    objectKind: 'congress-term',
    objectId: termId,
    unitId: term.unitId,
    summary: `${PANELS[draft.kind]}“${draft.name}”：${ids.length} 人`,
  })
  return id
}

/**
 * Who sits in a joint meeting: heads of delegations and committees, the presidium, and the union's committee.
 * @param termId the congress's term; its unit's committee is the one in office
 */
export async function jointRoll(
  tx: Tx,
  termId: number,
): Promise<{ personId: number; delegateId: number | null; name: string; constituency: string }[]> {
  const { rows } = await sql<{ personId: number; delegateId: number | null; name: string; constituency: string }>`
    select distinct on (x."personId") x.* from (
      select d.person_id as "personId", d.id as "delegateId", d.name, p.name as constituency,
        array_position(array['delegation', 'committee', 'presidium'], p.kind) as rank
      from congress.panel p join congress.panel_seat s on s.panel_id = p.id join congress.delegate d on d.id = s.delegate_id
      where p.term_id = ${termId} and (s.head or p.kind = 'presidium') and d.to_on is null
      union all
      select o.person_id, null, o.name, '工会委员会', 9 from organisation.officer o join organisation.term ot on ot.id = o.term_id
      join congress.term t on t.unit_id = ot.unit_id
      where t.id = ${termId} and ot.body = 'committee' and ot.ended_on is null and o.to_on is null and o.person_id is not null
    ) x order by x."personId", x.rank`.execute(tx)
  return rows
}
