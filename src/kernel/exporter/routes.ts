import { PassThrough } from 'node:stream'
import { audit } from '../audit/audit.ts'
import { refused } from '../contract/problem.ts'
import type { App } from '../http/app.ts'
import type { Services } from '../http/services.ts'
import { requireAt } from '../register/reading.ts'
import { catalogue, permissionOf, unitsOf } from '../register/registry.ts'
import { filterOf, openRegister } from '../register/routes.ts'
import { writeRegisterExport } from './register-export.ts'

/** What a list shows, as a workbook. `reason` unmasks what is sensitive and stands in the sheet's last line. */
export function exportRoutes(app: App, { db, today }: Services): void {
  app.get<{ Params: { register: string }; Querystring: Record<string, string> }>(
    '/api/registers/:register/export.xlsx',
    async (request, reply) => {
      const { reason = '', ...query } = request.query
      if (reason.length > 200)
        throw refused('reason-too-long', '用途不超过 200 个字。', { reason: '用途不超过 200 个字' })
      const register = openRegister(await catalogue(db, unitsOf(request.actor)), request.actor, request.params.register)
      const { filter } = filterOf(query)
      const unitId =
        filter.unitId ??
        request.actor.grants.find((grant) => grant.permission === permissionOf(register.id, 'export'))?.unitId
      if (!unitId && request.actor.kind === 'person') throw refused('unit-missing', '请先选择要导出的单位。')
      // Reading everything below and exporting it are two permissions; the file holds the unit the actor may export.
      if (unitId) await requireAt(db, request.actor, register, 'export', unitId)
      await db.transaction().execute((tx) =>
        audit(tx, request.actor, {
          action: 'register.export',
          objectKind: 'register',
          unitId: unitId ?? null,
          summary: `导出《${register.title}》${reason ? `，用途：${reason}` : ''}`,
          detail: { register: register.id, filter },
        }),
      )
      const out = new PassThrough()
      void writeRegisterExport(
        db,
        request.actor,
        register,
        { ...filter, ...(unitId && { unitId }) },
        { reason, unmasked: reason.trim().length > 3, at: today() },
        out,
      ).catch((error: Error) => out.destroy(error))
      return reply
        .header(
          'content-disposition',
          `attachment; filename*=UTF-8''${encodeURIComponent(`${register.title}-${today()}.xlsx`)}`,
        )
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .send(out)
    },
  )
}
