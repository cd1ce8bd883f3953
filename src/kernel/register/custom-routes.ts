import { sql } from 'kysely'
import { z } from 'zod'
import { requirePermission, visibleTo } from '../access/access.ts'
import { notFound } from '../contract/problem.ts'
import type { App } from '../http/app.ts'
import { id, parse } from '../http/parse.ts'
import type { Services } from '../http/services.ts'
import { addCustomField, addCustomRegister, closeCustom, customFieldInput, customRegisterInput } from './custom.ts'
import { requireUsable } from './reading.ts'
import { catalogue, unitsOf } from './registry.ts'

/** Designing registers and fields on screen: `registers.design` at the unit. */
export function customRoutes(app: App, services: Services): void {
  const { db } = services
  const design = 'registers.design'

  app.get('/api/custom', async (request) => {
    const visible = visibleTo(request.actor, design, 'unit_id')
    const [registers, fields] = await Promise.all([
      sql`select id, register, unit_id as "unitId", declared, closed_at as "closedAt" from kernel.custom_register where ${visible} order by id`.execute(
        db,
      ),
      sql`select id, register, unit_id as "unitId", declared, closed_at as "closedAt" from kernel.custom_field where ${visible} order by id`.execute(
        db,
      ),
    ])
    return { registers: registers.rows, fields: fields.rows }
  })

  app.post('/api/custom/registers', async (request, reply) => {
    const input = parse(customRegisterInput, request.body)
    await requirePermission(db, request.actor, design, input.unitId)
    return reply.status(201).send({ register: await addCustomRegister(db, request.actor, input) })
  })

  app.post('/api/custom/fields', async (request, reply) => {
    const input = parse(customFieldInput, request.body)
    await requirePermission(db, request.actor, design, input.unitId)
    const known = await catalogue(db, unitsOf(request.actor))
    await requireUsable(db, known, known.register(input.register), input.unitId)
    return reply.status(201).send({ field: await addCustomField(db, request.actor, input) })
  })

  app.post<{ Params: { kind: string } }>('/api/custom/:kind/:id/close', async (request) => {
    const kind = parse(z.object({ kind: z.enum(['registers', 'fields']), id }), request.params)
    const table = sql.ref(kind.kind === 'registers' ? 'kernel.custom_register' : 'kernel.custom_field')
    const { rows } = await sql<{
      unitId: number
    }>`select unit_id as "unitId" from ${table} where id = ${kind.id}`.execute(db)
    if (!rows[0]) throw notFound()
    await requirePermission(db, request.actor, design, rows[0].unitId)
    await closeCustom(db, request.actor, kind.kind === 'registers' ? 'register' : 'field', kind.id, rows[0].unitId)
    return { ok: true }
  })
}
