import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { addMonths, addYears } from '../../../kernel/calendar/days.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { defineJob } from '../../../kernel/jobs/jobs.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import { keepRecords } from '../../../kernel/register/kept.ts'
import { retireMembers } from '../../members/public.ts'
import type { Coming, FarewellInput, RetirementInput, RetirementRow } from '../contract.ts'
import { farewells } from '../registers/support.ts'
import { retirementDay, type Category } from '../retirement-age.ts'
import { requireReading } from './seeing.ts'

const KIND = 'retirement'
/** Years by which somebody may choose to go earlier or later. */
const FLEXIBLE_YEARS = 3

/** Members whose day comes within so many months and who aren't planned yet, the next first. */
export async function comingOf(db: Db, actor: Actor, unitId: number, today: string, months = 12): Promise<Coming[]> {
  await requirePermission(db, actor, 'retirees.write', unitId, 'retirees.read')
  const { rows } = await sql<Omit<Coming, 'days'>>`
    select m.id as "personId", m.name, u.name as "unitName", m.born_on as "bornOn", m.gender
    from members.person m join kernel.closure k on k.descendant_id = m.unit_id and k.ancestor_id = ${unitId} and k.valid_to = 'infinity'
    join kernel.unit_name u on u.id = m.unit_id
    where m.kind = 'member' and m.merged_into is null and m.status in ('active', 'retained') and m.gender is not null
      and m.born_on <= ${addYears(today, -49)}::date
      and not exists (select from retirees.retirement r where r.person_id = m.id) order by m.born_on limit 5000`.execute(
    db,
  )
  const until = addMonths(today, months)
  return rows
    .map((row) => {
      const categories: Category[] = row.gender === 'm' ? ['m60'] : ['f50', 'f55']
      const days = categories
        .map((category) => ({ category, dueOn: retirementDay(category, row.bornOn).statutory }))
        .filter(({ dueOn }) => dueOn <= until && dueOn > addYears(today, -1))
      return { ...row, days }
    })
    .filter((row) => row.days.length > 0)
    .toSorted((one, other) => one.days[0]!.dueOn.localeCompare(other.days[0]!.dueOn))
    .slice(0, 200)
}

export async function retirementsOf(db: Db, actor: Actor, unitId: number): Promise<RetirementRow[]> {
  await requireReading(db, actor, unitId)
  const { rows } = await sql<RetirementRow>`
    select r.id, r.person_id as "personId", n.name, u.name as "unitName", r.category, r.due_on as "dueOn", r.basis, r.state,
      r.farewell_on as "farewellOn"
    from retirees.retirement r join kernel.person_name n on n.id = r.person_id join kernel.unit_name u on u.id = r.unit_id
    join kernel.closure k on k.descendant_id = r.unit_id and k.ancestor_id = ${unitId} and k.valid_to = 'infinity'
    order by r.farewell_on is not null, r.due_on desc, r.id limit 300`.execute(db)
  return rows
}

/**
 * Plans somebody's day: what the law says, or up to three years earlier or later with the reason.
 * @throws Problem 403 | 404, 409 `retirement-planned`, 422 `person-unknown` | `born-missing` | `too-early` | `too-late` | `wrong-category`
 */
export async function planRetirement(
  tx: Tx,
  actor: Actor,
  draft: RetirementInput,
): Promise<{ id: number; dueOn: string }> {
  const { rows } = await sql<{ unitId: number; name: string; bornOn: string | null; gender: string | null }>`
    select unit_id as "unitId", name, born_on as "bornOn", gender from members.person
    where id = ${draft.personId} and kind = 'member' and merged_into is null and status in ('active', 'retained')`.execute(
    tx,
  )
  const [person] = rows
  if (!person) throw refused('person-unknown', '在职会员里没有这个人，请从名册中选择。', { personId: '请从名册中选择' })
  await requirePermission(tx, actor, 'retirees.write', person.unitId, 'retirees.read')
  if (!person.bornOn) throw refused('born-missing', '花名册上没有出生日期，请先补登。', { personId: '没有出生日期' })
  if ((person.gender === 'm') !== (draft.category === 'm60'))
    throw refused('wrong-category', '类别与花名册上的性别不符，请核对。', { category: '与性别不符' })
  const { original, statutory } = retirementDay(draft.category, person.bornOn)
  const dueOn = draft.dueOn ?? statutory
  const early =
    draft.basis === '提前退休（特殊工种、因病）' ? addYears(original, -10) : addYears(statutory, -FLEXIBLE_YEARS)
  if (dueOn < statutory && draft.basis === '法定')
    throw refused('too-early', `法定退休日期是 ${statutory}。提前的请选择理由。`, { dueOn: '早于法定日期' })
  if (dueOn < early || (draft.basis === '弹性提前' && dueOn < original))
    throw refused('too-early', `弹性提前不超过三年，且不早于原退休年龄（${original}）。`, { dueOn: '太早' })
  if (dueOn > statutory && draft.basis !== '弹性延后')
    throw refused('too-late', `法定退休日期是 ${statutory}。延后的请选择“弹性延后”。`, { dueOn: '晚于法定日期' })
  if (dueOn > addYears(statutory, FLEXIBLE_YEARS)) throw refused('too-late', '弹性延后不超过三年。', { dueOn: '太晚' })
  const made = await sql<{ id: number }>`
    insert into retirees.retirement (unit_id, person_id, category, due_on, basis, created_by)
    values (${person.unitId}, ${draft.personId}, ${draft.category}, ${dueOn}::date, ${draft.basis}, ${actor.accountId})
    on conflict (person_id) do nothing returning id`.execute(tx)
  if (!made.rows[0]) throw conflict('retirement-planned', `${person.name}的退休日期已经登记。`)
  await audit(tx, actor, {
    action: 'retirees.plan',
    objectKind: KIND,
    objectId: made.rows[0].id,
    unitId: person.unitId,
    summary: `登记${person.name}的退休日期 ${dueOn}（${draft.basis}）`,
  })
  return { id: made.rows[0].id, dueOn }
}

/**
 * The day itself, for everybody whose day has come: the member's status turns, the farewell stands on the desk and counts as due.
 * May run twice: who is retired isn't retired again.
 */
export async function retireDue(tx: Tx, actor: Actor, today: string): Promise<number> {
  const { rows } = await sql<{ id: number; unitId: number; personId: number; name: string; dueOn: string }>`
    select r.id, r.unit_id as "unitId", r.person_id as "personId", n.name, r.due_on as "dueOn"
    from retirees.retirement r join kernel.person_name n on n.id = r.person_id
    where r.state = 'planned' and r.due_on <= ${today}::date for update of r`.execute(tx)
  const turned = new Set(
    await retireMembers(
      tx,
      actor,
      rows.map((row) => ({ personId: row.personId, onDate: row.dueOn })),
    ),
  )
  const due = rows.filter((row) => turned.has(row.personId))
  await sql`update retirees.retirement set state = 'retired' where id = any(${due.map((row) => row.id)}::bigint[])`.execute(
    tx,
  )
  // Who has left the union meanwhile isn't the union's to see off.
  const gone = rows.filter((row) => !turned.has(row.personId))
  await sql`delete from retirees.retirement where id = any(${gone.map((row) => row.id)}::bigint[])`.execute(tx)
  for (const row of due)
    await openTodo(tx, {
      kind: 'retirees.farewell',
      objectKind: KIND,
      objectId: row.id,
      unitId: row.unitId,
      permission: 'retirees.write',
      title: `待退休欢送：${row.name}（${row.dueOn} 退休）`,
      link: `/retirees/retirements/${row.id}`,
      dueOn: row.dueOn,
    })
  await keepRecords(
    tx,
    actor,
    farewells,
    due.map((row) => ({
      keptBy: `retirees/retirements/${row.id}`,
      draft: { unitId: row.unitId, happenedOn: row.dueOn, personId: row.personId, fields: { done: false } },
    })),
  )
  return due.length
}

const nightly: Actor = { accountId: 0, personId: null, name: '系统', office: '到龄退休', grants: [], kind: 'system' }
export const retirementDue = defineJob({
  name: 'retirees.retirement-due',
  title: '到龄退休',
  schedule: '15 0 * * *',
  async run({ db, today }) {
    await db.transaction().execute((tx) => retireDue(tx, nightly, today()))
  },
})

/** How the union saw somebody off: the only thing that clears the to-do. @throws Problem 403 | 404, 422 `not-now` | `in-future` */
export async function recordFarewell(
  tx: Tx,
  actor: Actor,
  id: number,
  draft: FarewellInput,
  today: string,
): Promise<void> {
  const { rows } = await sql<{ unitId: number; personId: number; state: string; dueOn: string; done: boolean }>`
    select unit_id as "unitId", person_id as "personId", state, due_on as "dueOn", farewell is not null as done
    from retirees.retirement where id = ${id} for update`.execute(tx)
  const [row] = rows
  if (!row) throw notFound('退休登记')
  await requirePermission(tx, actor, 'retirees.write', row.unitId, 'retirees.read')
  if (row.state !== 'retired') throw refused('not-now', `还没有到退休日期 ${row.dueOn}。`)
  if (row.done) throw refused('not-now', '已经登记过欢送。')
  if (draft.heldOn > today) throw refused('in-future', '欢送日期不能晚于今天。', { heldOn: '不能晚于今天' })
  const { heldOn, gift, costFen, ...did } = draft
  await sql`update retirees.retirement set farewell_on = ${heldOn}::date, farewell = ${JSON.stringify(draft)}::jsonb where id = ${id}`.execute(
    tx,
  )
  await closeTodo(tx, actor, { objectKind: KIND, objectId: id })
  await audit(tx, actor, {
    action: 'retirees.farewell',
    objectKind: KIND,
    objectId: id,
    unitId: row.unitId,
    summary: `登记退休欢送（编号 ${id}），${heldOn}`,
  })
  await keepRecords(tx, actor, farewells, [
    {
      keptBy: `retirees/retirements/${id}`,
      draft: {
        unitId: row.unitId,
        happenedOn: heldOn,
        personId: row.personId,
        fields: { done: true, ...did, ...(gift && { gift }), ...(costFen > 0 && { cost: costFen }) },
      },
    },
  ])
}
