import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { PassThrough, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import { visibleTo } from '../access/access.ts'
import type { Actor } from '../access/actor.ts'
import { notFound, Problem, refused } from '../contract/problem.ts'
import type { App } from '../http/app.ts'
import { id, parse, year } from '../http/parse.ts'
import type { Services } from '../http/services.ts'
import { catalogue, permissionOf, unitsOf } from '../register/registry.ts'
import { requireAt } from '../register/reading.ts'
import { mayOpen } from '../register/routes.ts'
import { declaredPermissions, mayAnywhere } from '../access/access.ts'
import { writeErrorWorkbook } from './error-workbook.ts'
import type { ImportKind } from './kind.ts'
import { checkUpload, commitRun, discardRun, previewOf, rowsOf, type Preview } from './run.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const limit = 50 * 1024 * 1024

/** Templates, uploads, previews, commits and error workbooks for every kind of import. */
export const importRoutes =
  (kinds: readonly ImportKind[]) =>
  (app: App, { db, config, today }: Services): void => {
    const kindOf = (name: string): ImportKind => {
      const found = kinds.find((kind) => kind.kind === name)
      if (!found) throw notFound('导入种类')
      return found
    }
    /** A run of one's own unit; asks the kind again, so that lost rights end here. */
    const open = async (actor: Actor, params: unknown): Promise<{ importId: number; kind: ImportKind }> => {
      const importId = parse(z.object({ id }), params).id
      const run = await previewOf(db, importId)
      return { importId, kind: await authorise(actor, run) }
    }
    /** Every sheet's register is asked for: a colleague without the aid files doesn't read them in a preview. */
    const authorise = async (actor: Actor, run: Pick<Preview, 'kind' | 'unitId' | 'sheets'>): Promise<ImportKind> => {
      const kind = kindOf(run.kind)
      await kind.authorise(db, actor, run.unitId)
      const registers = new Set(run.sheets.flatMap((sheet) => sheet.register ?? []))
      if (!registers.size) return kind
      const known = await catalogue(db, [run.unitId])
      for (const register of registers) await requireAt(db, actor, known.register(register), 'import', run.unitId)
      return kind
    }

    app.addHook('onReady', () => removeStale(path.join(config.dataDir, 'tmp')))

    app.get<{ Params: { kind: string } }>('/api/templates/:kind.xlsx', async (request, reply) => {
      const kind = kindOf(request.params.kind)
      const query = parse(
        z.object({ registers: z.string().max(8000).optional(), unitId: id.optional() }),
        request.query,
      )
      const known = await catalogue(db, unitsOf(request.actor))
      const wanted = query.registers
        ? query.registers.split(',').map((name) => known.register(name))
        : [...known.registers.values()]
      const mine = wanted.filter((register) => {
        const permission = permissionOf(register.id, 'import')
        const may = declaredPermissions().has(permission) && mayAnywhere(request.actor, permission)
        return may && (known.ownerOf(register.id) === null || mayOpen(request.actor, register))
      })
      if (kind.kind === 'ledger' && !mine.length) throw refused('no-register', '没有您可以导入的登记簿。')
      const out = new PassThrough()
      void kind
        .template(out, { registerObjects: mine, ...(query.unitId && { unitId: query.unitId }) })
        .catch((error: Error) => out.destroy(error))
      return reply
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${kind.title}模板.xlsx`)}`)
        .type(xlsx)
        .send(out)
    })

    app.get('/api/imports', async (request) => {
      const query = parse(z.object({ unitId: id.optional() }), request.query)
      const { rows } = await sql<Preview>`
      select id, kind, unit_id as "unitId", year, file_name as "fileName", status, sheets, outcome, author, created_at as "createdAt" from kernel.import_run
      where ${visibleTo(request.actor, 'organisation.read', 'unit_id')} ${query.unitId ? sql`and unit_id = ${query.unitId}` : sql``}
      order by id desc limit 50`.execute(db)
      const open = await Promise.all(
        rows.map((run) =>
          authorise(request.actor, run).then(
            () => true,
            (error: unknown) => {
              if (error instanceof Problem) return false
              throw error
            },
          ),
        ),
      )
      return { rows: rows.filter((_, at) => open[at]).map(({ sheets: _, ...run }) => run) }
    })

    app.post('/api/imports', async (request, reply) => {
      const part = await request.file({ limits: { fileSize: limit } })
      if (!part) throw refused('file-missing', '请选择要导入的工作簿。')
      const folder = path.join(config.dataDir, 'tmp')
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = path.join(folder, `${randomUUID()}.xlsx`)
      const hash = createHash('sha256')
      try {
        await pipeline(
          part.file,
          new Transform({
            transform(chunk: Buffer, _, done) {
              hash.update(chunk)
              done(null, chunk)
            },
          }),
          createWriteStream(file, { mode: 0o600 }),
        ).catch((error: Error) => {
          // A full disk is ours to mend; everything else is the connection.
          if ('syscall' in error) throw error
          throw new Problem(400, 'upload-broken', '文件没有传完，可能网络中断。请重新上传。')
        })
        if (part.file.truncated) throw refused('too-large', '文件超过 50 MB，请拆分后再上传。')
        const field = (name: string): unknown => {
          const given = part.fields[name]
          return given && !Array.isArray(given) && given.type === 'field' ? given.value || undefined : undefined
        }
        const input = parse(z.object({ kind: z.string('请选择导入种类').max(40), unitId: id, year: year.optional() }), {
          kind: field('kind'),
          unitId: field('unitId'),
          year: field('year'),
        })
        const preview = await checkUpload(
          db,
          request.actor,
          kindOf(input.kind),
          {
            unitId: input.unitId,
            year: input.year ?? null,
            fileName: part.filename.slice(-120),
            sha256: hash.digest('hex'),
            file,
          },
          today(),
        )
        return await reply.status(201).send(preview)
      } finally {
        await rm(file, { force: true })
      }
    })

    app.get('/api/imports/:id', async (request) => previewOf(db, (await open(request.actor, request.params)).importId))

    app.get('/api/imports/:id/rows', async (request) => {
      const { importId } = await open(request.actor, request.params)
      const query = parse(
        z.object({
          status: z.enum(['new', 'update', 'same', 'error']).optional(),
          cursor: id.optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        request.query,
      )
      return rowsOf(db, importId, {
        limit: query.limit,
        ...(query.status && { status: query.status }),
        ...(query.cursor && { after: query.cursor }),
      })
    })

    app.post('/api/imports/:id/commit', async (request) => {
      const { importId, kind } = await open(request.actor, request.params)
      const { mode } = parse(z.object({ mode: z.enum(['all', 'good']) }), request.body)
      return commitRun(db, request.actor, kind, importId, mode, today())
    })

    app.delete('/api/imports/:id', async (request) => {
      const { importId } = await open(request.actor, request.params)
      await discardRun(db, request.actor, importId)
      return { ok: true }
    })

    app.get('/api/imports/:id/errors.xlsx', async (request, reply) => {
      const { importId } = await open(request.actor, request.params)
      const run = await previewOf(db, importId)
      const out = new PassThrough()
      void writeErrorWorkbook(db, importId, out).catch((error: Error) => out.destroy(error))
      return reply
        .header(
          'content-disposition',
          `attachment; filename*=UTF-8''${encodeURIComponent(`${run.fileName.replace(/\.xlsx$/i, '')}-错误.xlsx`)}`,
        )
        .type(xlsx)
        .send(out)
    })
  }

/** A server killed while it read a workbook leaves the upload, with names and numbers in it: gone at the next start. */
async function removeStale(folder: string): Promise<void> {
  const anHourAgo = Date.now() - 3_600_000
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name)
    const found = await stat(file).catch(() => null)
    if (name.endsWith('.xlsx') && found && found.mtimeMs < anHourAgo) await rm(file, { force: true })
  }
}
