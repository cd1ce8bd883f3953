import { sql } from 'kysely'
import { z } from 'zod'
import { declaredPermissions, mayAnywhere, requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { forbidden, notFound } from '../../../kernel/contract/problem.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Db } from '../../../kernel/db/database.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import { builtInRegisters, permissionOf } from '../../../kernel/register/registry.ts'
import { addContacts, householdsOf } from './households.ts'

export interface Picked {
  id: number
  name: string
  staffNo: string | null
  unitName: string
  /** Birth year and 非会员, enough to tell namesakes apart without showing a number. */
  masked: string
  /** The household the person heads, if there is one. */
  householdId: number | null
}

/** People a form may name: by the beginning of the name, initials or staff number; members before contacts. */
export async function pickPeople(db: Db, actor: Actor, q: string, unitId: number | undefined): Promise<Picked[]> {
  const start = `${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const { rows } = await sql<Picked>`
    select p.id, p.name, p.staff_no as "staffNo", u.name as "unitName", h.id as "householdId",
      concat_ws(' · ', to_char(p.born_on, 'YYYY"年生"'), case when p.kind = 'contact' then '非会员' end) as masked
    from members.person p join organisation.unit u on u.id = p.unit_id left join members.household h on h.head_id = p.id
    where p.merged_into is null and (p.name like ${start} or p.initials like ${q.toLowerCase() + '%'} or p.staff_no = ${q})
      and ${visibleTo(actor, 'members.read', 'p.unit_id', 'p.id')}
      ${
        unitId
          ? sql`and exists (select from kernel.closure c join kernel.closure mine on mine.ancestor_id = c.ancestor_id
          where c.descendant_id = p.unit_id and mine.descendant_id = ${unitId} and c.ancestor_id = (select coalesce(layer_id, id) from organisation.unit where id = ${unitId}))`
          : sql``
      }
    order by p.kind desc, p.name, p.id limit 20`.execute(db)
  return rows
}

/** Whether the actor keeps any ledger at all; only then does somebody outside the roster need a name here. */
const keepsLedgers = (actor: Actor): boolean =>
  builtInRegisters()
    .map((register) => permissionOf(register.id, 'write'))
    .some((permission) => declaredPermissions().has(permission) && mayAnywhere(actor, permission))

/**
 * Somebody a form must name who is not in the roster. A contact of that name whom the actor already sees in the unit or
 * its layer is taken again, as an import would.
 * @throws Problem 403 for those who may not see the unit's people or keep no ledger
 */
export async function nameContact(
  db: Db,
  actor: Actor,
  { name, unitId }: { name: string; unitId: number },
): Promise<{ id: number; name: string; created: boolean }> {
  await requirePermission(db, actor, 'members.read', unitId, 'organisation.read')
  if (!keepsLedgers(actor)) throw forbidden('登记台账')
  return db.transaction().execute(async (tx) => {
    // Two officers naming the same person at once shall mean one contact.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`members.contact ${name}`}, 0))`.execute(tx)
    const { rows } = await sql<{ id: number }>`
      select p.id from members.person p join organisation.unit u on u.id = p.unit_id
      where p.kind = 'contact' and p.merged_into is null and p.name = ${name} and ${visibleTo(actor, 'members.read', 'p.unit_id')}
        and coalesce(u.layer_id, u.id) = (select coalesce(layer_id, id) from organisation.unit where id = ${unitId})
      order by p.unit_id = ${unitId} desc, p.id limit 1`.execute(tx)
    if (rows[0]) return { id: rows[0].id, name, created: false }
    const [id] = await addContacts(tx, [{ name, unitId }])
    await audit(tx, actor, {
      action: 'members.contact',
      objectKind: 'person',
      objectId: id!,
      unitId,
      summary: `登记非会员联系人：${name}`,
    })
    return { id: id!, name, created: true }
  })
}

const newContact = z.object({
  name: z
    .string('请填写姓名')
    .transform((name) =>
      name
        .normalize('NFKC')
        .trim()
        .replaceAll(/\s+(?=\p{Script=Han})/gu, ''),
    )
    .pipe(z.string().min(2, '请填写完整姓名').max(40, '姓名不超过 40 个字').regex(/^\D+$/, '姓名中不能有数字')),
  unitId: id,
})
const query = z.object({ q: z.string().trim().min(1, '请输入姓名、拼音首字母或工号').max(40), unitId: id.optional() })

/** Pickers of forms. A household is chosen by its head and made when the family is named for the first time. */
export const pickerRoutes: Routes = (app, { db }) => {
  app.get('/api/persons', async (request) => {
    const { q, unitId } = parse(query, request.query)
    return { rows: await pickPeople(db, request.actor, q, unitId) }
  })
  app.post('/api/contacts', async (request, reply) => {
    const { created, ...contact } = await nameContact(db, request.actor, parse(newContact, request.body))
    return reply.status(created ? 201 : 200).send(contact)
  })
  app.get('/api/households', async (request) => {
    const { q, unitId } = parse(query, request.query)
    const people = await pickPeople(db, request.actor, q, unitId)
    return {
      rows: people.map((person) => ({ ...person, id: person.householdId ?? -person.id, headName: person.name })),
    }
  })
  app.post('/api/households', async (request, reply) => {
    const { personId } = parse(z.object({ personId: id }), request.body)
    const { rows } = await sql<{
      unitId: number
      name: string
    }>`select unit_id as "unitId", name from members.person where id = ${personId} and merged_into is null`.execute(db)
    const person = rows[0]
    if (!person) throw notFound('人员')
    await requirePermission(db, request.actor, 'members.read', person.unitId)
    const made = await db.transaction().execute((tx) => householdsOf(tx, [{ personId, unitId: person.unitId }]))
    return reply.status(201).send({ id: made.get(personId), headName: person.name })
  })
}
