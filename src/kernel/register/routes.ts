import { sql } from 'kysely'
import { z } from 'zod'
import { declaredPermissions, mayAnywhere } from '../access/access.ts'
import type { Actor } from '../access/actor.ts'
import { notFound } from '../contract/problem.ts'
import type { Db } from '../db/database.ts'
import type { App } from '../http/app.ts'
import { day, id, parse, year } from '../http/parse.ts'
import type { Services } from '../http/services.ts'
import { DOMAINS, type Register } from './declaration.ts'
import { checkDraft } from './draft.ts'
import { listRecords, recordDetail, registerOfRecord, withSubjects, type ListFilter } from './list.ts'
import { confidentialOf, readableRows, requireAt, requireUsable } from './reading.ts'
import { catalogue, permissionOf, unitsOf, type Catalogue } from './registry.ts'
import { warningsOf, type Held, type Warning } from './standard.ts'
import { createRecord, updateRecord, voidRecord } from './store.ts'
import { checkSubjects } from './subjects.ts'

const listQuery = z.looseObject({
  unitId: id.optional(),
  below: z.enum(['0', '1']).default('1'),
  year: year.optional(),
  from: day.optional(),
  to: day.optional(),
  state: z.enum(['draft', 'recorded', 'void']).optional(),
  q: z.string().max(60).optional(),
  personId: id.optional(),
  cursor: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d_\d+$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(20),
})

/** The filter of a register's list from its query string; every other parameter is a dimension of the register. */
export function filterOf(query: unknown): { filter: ListFilter; cursor?: string; limit: number } {
  const { below, year: wanted, cursor, limit, unitId, from, to, state, q, personId, ...dims } = parse(listQuery, query)
  return {
    filter: {
      ...(unitId && { unitId }),
      below: below === '1',
      from: from ?? (wanted ? `${wanted}-01-01` : undefined),
      to: to ?? (wanted ? `${wanted}-12-31` : undefined),
      ...(state && { state }),
      ...(q && { q }),
      ...(personId && { personId }),
      dims: Object.fromEntries(
        Object.entries(dims).filter((pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== ''),
      ),
    } as ListFilter,
    ...(cursor && { cursor }),
    limit,
  }
}

const verbs = ['read', 'write', 'void', 'import', 'export'] as const

/** What the signed-in person may do with a register, for menus and buttons; each row is checked again. */
const mayOf = (actor: Actor, registerId: string): Record<string, boolean> =>
  Object.fromEntries(
    verbs.map((verb) => {
      const permission = permissionOf(registerId, verb)
      return [verb, declaredPermissions().has(permission) && mayAnywhere(actor, permission)]
    }),
  )

/** A register the actor may open: confidential ones only with their own permission. @throws Problem 404 | 403 */
export function openRegister(known: Catalogue, actor: Actor, registerId: string): Register {
  const register = known.register(registerId)
  if (!mayOpen(actor, register)) throw notFound('登记簿')
  return register
}

export function mayOpen(actor: Actor, register: Register): boolean {
  if (!mayOf(actor, register.id).read) return false
  const confidential = confidentialOf(register)
  return confidential === null || mayAnywhere(actor, confidential)
}

const remarksOn = async (db: Db, register: Register, held: Held): Promise<Warning[]> => [
  ...(await warningsOf(db, register, [held])).values(),
]

const body = z.looseObject({ state: z.enum(['draft', 'recorded']).default('recorded') })

/** Registers: what there is, lists, records, their acts. */
export function registerRoutes(app: App, services: Services): void {
  const { db } = services

  app.get('/api/registers', async (request) => {
    const known = await catalogue(db, unitsOf(request.actor))
    const wanted =
      parse(z.object({ year: year.optional() }), request.query).year ?? Number(services.today().slice(0, 4))
    const { rows } = await sql<{ register: string; n: number }>`
      select register, count(*)::int as n from kernel.record
      where state <> 'void' and happened_on between ${`${wanted}-01-01`}::date and ${`${wanted}-12-31`}::date
      and ${readableRows(request.actor, known, 'register', 'unit_id', 'person_id')}
      group by register`.execute(db)
    const counts = new Map(rows.map((row) => [row.register, row.n]))
    return [...known.registers.values()]
      .filter((register) => mayOpen(request.actor, register))
      .map((register) => ({
        ...register,
        clauses: undefined,
        domainTitle: DOMAINS[register.domain],
        custom: known.ownerOf(register.id) !== null,
        may: mayOf(request.actor, register.id),
        countThisYear: counts.get(register.id) ?? 0,
      }))
  })

  // The year by subject for a chart: three numbers each, instead of every register's declaration twice.
  app.get('/api/registers/by-domain', async (request) => {
    const known = await catalogue(db, unitsOf(request.actor))
    const wanted = parse(z.object({ year }), request.query).year
    const { rows } = await sql<{ register: string; now: number; before: number }>`
      select register, count(*) filter (where happened_on >= ${`${wanted}-01-01`}::date)::int as now,
        count(*) filter (where happened_on < ${`${wanted}-01-01`}::date)::int as before
      from kernel.record
      where state <> 'void' and happened_on between ${`${wanted - 1}-01-01`}::date and ${`${wanted}-12-31`}::date
      and ${readableRows(request.actor, known, 'register', 'unit_id', 'person_id')}
      group by register`.execute(db)
    const domains = new Map<string, { domain: string; domainTitle: string; now: number; before: number }>()
    for (const row of rows) {
      const register = known.registers.get(row.register)
      if (!register || !mayOpen(request.actor, register)) continue
      const { domain } = register
      const sum = domains.get(domain) ?? { domain, domainTitle: DOMAINS[domain], now: 0, before: 0 }
      domains.set(domain, { ...sum, now: sum.now + row.now, before: sum.before + row.before })
    }
    return [...domains.values()].toSorted((one, other) => other.now - one.now)
  })

  app.get<{ Params: { register: string } }>('/api/registers/:register/records', async (request) => {
    const register = openRegister(await catalogue(db, unitsOf(request.actor)), request.actor, request.params.register)
    const { filter, ...page } = filterOf(request.query)
    const found = await listRecords(db, request.actor, register, filter, page)
    return { ...found, rows: found.rows.map((row) => withSubjects(register.fields, row)) }
  })

  app.post<{ Params: { register: string } }>('/api/registers/:register/records', async (request, reply) => {
    const known = await catalogue(db, unitsOf(request.actor))
    const register = openRegister(known, request.actor, request.params.register)
    const { state } = parse(body, request.body)
    const draft = checkDraft(register, request.body, state === 'recorded')
    await requireAt(db, request.actor, register, 'write', draft.unitId)
    await requireUsable(db, known, register, draft.unitId)
    await checkSubjects(db, request.actor, register, draft, null)
    const created = await createRecord(db, request.actor, register, draft, state)
    return reply.status(201).send({ id: created, version: 1, warnings: await remarksOn(db, register, draft) })
  })

  app.get<{ Params: { id: string } }>('/api/records/:id', async (request) => {
    const recordId = parse(id, request.params.id)
    const known = await catalogue(db, unitsOf(request.actor))
    const register = openRegister(known, request.actor, (await registerOfRecord(db, recordId)).register)
    const detail = withSubjects(register.fields, await recordDetail(db, request.actor, register, recordId))
    return {
      ...detail,
      warnings: detail.state === 'void' ? [] : await remarksOn(db, register, detail),
      registerTitle: register.title,
      lines: detail.lines.map((line) => withSubjects(register.lines?.fields ?? [], line)),
      facts: detail.facts.map((fact) => ({ ...fact, label: labelOf(register, fact.measure) })),
    }
  })

  app.get<{ Params: { id: string } }>('/api/persons/:id/records', async (request) => {
    const personId = parse(id, request.params.id)
    const known = await catalogue(db, unitsOf(request.actor))
    const { rows } = await sql<{
      id: number
      register: string
      happenedOn: string
      title: string | null
      unitName: string
    }>`
      select r.id, r.register, r.happened_on as "happenedOn", r.title, u.name as "unitName" from (
        select * from kernel.record where person_id = ${personId}
        union select r.* from kernel.record_line l join kernel.record r on r.id = l.record_id where l.person_id = ${personId}) r
      join kernel.unit_name u on u.id = r.unit_id
      where r.state <> 'void' and ${readableRows(request.actor, known, 'register', 'unit_id', 'person_id')} order by r.happened_on desc, r.id desc limit 200`.execute(
      db,
    )
    return { rows: rows.map((row) => ({ ...row, registerTitle: known.registers.get(row.register)?.title ?? '' })) }
  })

  app.put<{ Params: { id: string } }>('/api/records/:id', async (request) => {
    const recordId = parse(id, request.params.id)
    const kept = await registerOfRecord(db, recordId)
    const known = await catalogue(db, unitsOf(request.actor))
    const register = openRegister(known, request.actor, kept.register)
    await requireAt(db, request.actor, register, 'write', kept.unitId)
    const { state, version } = parse(body.extend({ version: z.number().int() }), request.body)
    const draft = checkDraft(register, request.body, state === 'recorded')
    if (draft.unitId !== kept.unitId) {
      await requireAt(db, request.actor, register, 'write', draft.unitId)
      await requireUsable(db, known, register, draft.unitId)
    }
    await checkSubjects(db, request.actor, register, draft, recordId)
    const next = await updateRecord(db, request.actor, register, recordId, version, draft, state)
    return { version: next, warnings: await remarksOn(db, register, draft) }
  })

  app.post<{ Params: { id: string } }>('/api/records/:id/void', async (request) => {
    const recordId = parse(id, request.params.id)
    const kept = await registerOfRecord(db, recordId)
    const register = openRegister(await catalogue(db, unitsOf(request.actor)), request.actor, kept.register)
    await requireAt(db, request.actor, register, 'void', kept.unitId)
    const { version, reason } = parse(
      z.object({
        version: z.number().int(),
        reason: z.string('请写明作废原因').trim().min(1, '请写明作废原因').max(500),
      }),
      request.body,
    )
    await voidRecord(db, request.actor, register, recordId, version, reason)
    return { ok: true }
  })
}

function labelOf(register: Register, measure: string): string {
  const counted = measure.slice(measure.indexOf('/') + 1)
  if (counted === 'record') return `${register.title}（次）`
  if (counted === 'line') return register.lines?.title ?? counted
  return (
    [...register.fields, ...(register.lines?.fields ?? [])].find((declared) => declared.id === counted)?.label ??
    counted
  )
}
