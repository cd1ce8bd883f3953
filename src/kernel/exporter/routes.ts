import { createReadStream } from 'node:fs'
import { PassThrough } from 'node:stream'
import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { audit } from '../audit/audit.ts'
import { refused } from '../contract/problem.ts'
import type { App } from '../http/app.ts'
import { id, parse } from '../http/parse.ts'
import type { Services } from '../http/services.ts'
import { countRecords, type ListFilter } from '../register/list.ts'
import type { Register } from '../register/declaration.ts'
import { requireAt } from '../register/reading.ts'
import { catalogue, permissionOf, unitsOf } from '../register/registry.ts'
import { filterOf, openRegister } from '../register/routes.ts'
import { exportedFile, LARGE, orderExport } from './background.ts'
import { type ExportNote, writeRegisterExport } from './register-export.ts'

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const
const attachment = (name: string): string => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`

interface Asked {
  register: Register
  unitId: number | null
  filter: ListFilter
  note: ExportNote
}

/** What a list shows, as a workbook or CSV. `reason` unmasks what is sensitive and stands in the sheet's last line. */
export function exportRoutes(app: App, services: Services): void {
  const { db, today } = services

  const asked = async (
    actor: Actor,
    registerId: string,
    { reason = '', ...query }: Record<string, string>,
    format: 'xlsx' | 'csv',
  ): Promise<Asked> => {
    if (reason.length > 200)
      throw refused('reason-too-long', '用途不超过 200 个字。', { reason: '用途不超过 200 个字' })
    const register = openRegister(await catalogue(db, unitsOf(actor)), actor, registerId)
    const { filter } = filterOf(query)
    const unitId =
      filter.unitId ?? actor.grants.find((grant) => grant.permission === permissionOf(register.id, 'export'))?.unitId
    if (!unitId && actor.kind === 'person') throw refused('unit-missing', '请先选择要导出的单位。')
    // Reading everything below and exporting it are two permissions; the file holds the unit the actor may export.
    if (unitId) await requireAt(db, actor, register, 'export', unitId)
    return {
      register,
      unitId: unitId ?? null,
      filter: { ...filter, ...(unitId && { unitId }) },
      note: { reason, unmasked: reason.trim().length > 3, at: today(), format },
    }
  }

  for (const format of ['xlsx', 'csv'] as const)
    app.get<{ Params: { register: string }; Querystring: Record<string, string> }>(
      `/api/registers/:register/export.${format}`,
      async (request, reply) => {
        const { register, unitId, filter, note } = await asked(
          request.actor,
          request.params.register,
          request.query,
          format,
        )
        await db.transaction().execute((tx) =>
          audit(tx, request.actor, {
            action: 'register.export',
            objectKind: 'register',
            unitId,
            summary: `导出《${register.title}》${note.reason ? `，用途：${note.reason}` : ''}`,
            detail: { register: register.id, filter },
          }),
        )
        const out = new PassThrough()
        void writeRegisterExport(db, request.actor, register, filter, note, out).catch((error: Error) =>
          out.destroy(error),
        )
        return reply
          .header('content-disposition', attachment(`${register.title}-${today()}.${format}`))
          .type(types[format])
          .send(out)
      },
    )

  /** Says how many records an export would hold, so that a large one is left to a worker. */
  app.get<{ Params: { register: string }; Querystring: Record<string, string> }>(
    '/api/registers/:register/export-size',
    async (request) => {
      const { register, filter } = await asked(request.actor, request.params.register, request.query, 'xlsx')
      const records = await countRecords(db, request.actor, register, filter)
      return { records, large: records > LARGE }
    },
  )

  app.post<{ Params: { register: string }; Querystring: Record<string, string> }>(
    '/api/registers/:register/exports',
    async (request, reply) => {
      const { format } = parse(z.object({ format: z.enum(['xlsx', 'csv']).default('xlsx') }), request.body ?? {})
      const wanted = await asked(request.actor, request.params.register, request.query, format)
      const { register, ...rest } = wanted
      const exportId = await orderExport(db, request.actor, { ...rest, register: register.id, title: register.title })
      return reply.status(202).send({ id: exportId })
    },
  )

  app.get<{ Params: { id: string } }>('/api/exports/:id/file', async (request, reply) => {
    const found = await exportedFile(services, request.actor, parse(id, request.params.id))
    // Who lost the office since then gets nothing of what was exported with it.
    const register = openRegister(await catalogue(db, unitsOf(request.actor)), request.actor, found.register)
    if (found.unitId) await requireAt(db, request.actor, register, 'export', found.unitId)
    return reply
      .header('content-disposition', attachment(found.name))
      .header('content-length', found.bytes)
      .type(found.name.endsWith('.csv') ? types.csv : types.xlsx)
      .send(createReadStream(found.file))
  })
}
