import { sql } from 'kysely'
import { z } from 'zod'
import { allows, requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { App } from '../../../kernel/http/app.ts'
import { id, parse, year } from '../../../kernel/http/parse.ts'
import type { Services } from '../../../kernel/http/services.ts'
import { GENRES, type Genre } from '../../../kernel/register/declaration.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { mayOpen } from '../../../kernel/register/routes.ts'
import { AUDIENCES, type Audience } from '../../../kernel/small-groups/audience.ts'
import type { Body } from '../body.ts'
import { lintReport } from './lint.ts'
import { figureJson, figuresIn, reportDocx, reportHtml, reportXlsx } from './output.ts'
import {
  bodyOf,
  compareBodies,
  createReport,
  freezeReport,
  regenerateReport,
  reportById,
  saveReport,
  signReport,
  type Report,
} from './reports.ts'

const genre = z.enum(Object.keys(GENRES) as [Genre, ...Genre[]], '请选择报告种类')
const audience = z.enum(Object.keys(AUDIENCES) as [Audience, ...Audience[]], '请选择内部版或对外版')
const version = z.object({ version: z.number().int().positive() })
const run = z.union([z.strictObject({ text: z.string().max(4000) }), z.strictObject({ figure: z.string().max(300) })])
const editedBody = version.extend({
  body: z.object({
    title: z.string().trim().min(1, '请填写标题').max(120, '标题不超过 120 个字'),
    blocks: z
      .array(
        z.object({
          id: z.string().max(200),
          kind: z.enum(['heading', 'paragraph', 'table']),
          level: z.union([z.literal(1), z.literal(2), z.literal(3)]).optional(),
          runs: z.array(run).max(500),
          section: z.string().max(20).optional(),
        }),
      )
      .max(2000),
  }),
})

/** Reports: generate, read, edit, compare, comment, sign, freeze, download. */
export function reportRoutes(app: App, services: Services): void {
  const { db } = services
  /** The report, if the actor may do this with it. */
  const open = async (
    request: { actor: Parameters<typeof allows>[1]; params: unknown },
    permission: string,
  ): Promise<Report> => {
    const reportId = parse(z.object({ id }), request.params).id
    const report = await reportById(db, reportId)
    if (!(await allows(db, request.actor, 'reports.read', report.unitId))) throw notFound('报告')
    await requirePermission(db, request.actor, permission, report.unitId)
    return report
  }

  app.get('/api/genres', async () => Object.entries(GENRES).map(([value, title]) => ({ value, title })))

  app.get('/api/reports', async (request) => {
    const query = parse(z.object({ unitId: id.optional(), year: year.optional() }), request.query)
    const { rows } = await sql`
      select r.id, r.unit_id as "unitId", u.name as "unitName", r.year, r.genre, r.title, r.state, r.audience, r.version, r.created_at as "createdAt",
        (select author from reports.version v where v.report_id = r.id and v.no = r.version) as author,
        (select created_at from reports.version v where v.report_id = r.id and v.no = r.version) as "updatedAt"
      from reports.report r join kernel.unit_name u on u.id = r.unit_id
      where ${visibleTo(request.actor, 'reports.read', 'r.unit_id')}
        ${query.unitId ? sql`and r.unit_id = ${query.unitId}` : sql``} ${query.year ? sql`and r.year = ${query.year}` : sql``}
      order by r.id desc limit 200`.execute(db)
    return { rows }
  })

  app.post('/api/reports', async (request, reply) => {
    const input = parse(z.object({ unitId: id, year, genre, audience: audience.default('inside') }), request.body)
    await requirePermission(db, request.actor, 'reports.write', input.unitId, 'reports.read')
    const report = await createReport(
      db,
      request.actor,
      input.unitId,
      input.year,
      input.genre,
      services.today(),
      input.audience,
    )
    return reply.status(201).send({ id: report.id, version: 1 })
  })

  app.get('/api/reports/:id', async (request) => {
    const report = await open(request, 'reports.read')
    const known = await catalogue(db, [report.unitId])
    const body = await bodyOf(
      db,
      report.id,
      parse(z.object({ version: z.coerce.number().int().optional() }), request.query).version ?? report.version,
    )
    const [versions, comments, acts] = await Promise.all([
      sql`select no, reason, author, created_at as "createdAt" from reports.version where report_id = ${report.id} order by no desc`.execute(
        db,
      ),
      sql`select id, block_id as "blockId", words, author, created_at as "createdAt" from reports.comment where report_id = ${report.id} order by id`.execute(
        db,
      ),
      sql`select verb, words, actor_name as "actorName", office, at from kernel.act where object_kind = 'report' and object_id = ${report.id} order by id`.execute(
        db,
      ),
    ])
    const [unit] = (
      await sql<{ name: string }>`select name from kernel.unit_name where id = ${report.unitId}`.execute(db)
    ).rows
    const may = async (permission: string): Promise<boolean> => allows(db, request.actor, permission, report.unitId)
    return {
      ...report,
      unitName: unit?.name,
      genreTitle: GENRES[report.genre],
      body: {
        ...body,
        figures: Object.fromEntries(
          Object.entries(body.figures).map(([key, figure]) => {
            const register = known.registers.get(figure.provider)
            return [
              key,
              {
                ...figure,
                ...(report.watermark && { watermark: report.watermark }),
                mayOpen: !register || mayOpen(request.actor, register),
              },
            ]
          }),
        ),
      },
      versions: versions.rows,
      comments: comments.rows,
      acts: acts.rows,
      may: { write: await may('reports.write'), sign: await may('reports.sign'), export: await may('reports.export') },
    }
  })

  // Counted anew from two years' facts: asked for on its own, so that the text needn't wait for it.
  app.get('/api/reports/:id/remarks', async (request) => {
    const report = await open(request, 'reports.read')
    const scope = {
      unitId: report.unitId,
      from: report.periodFrom,
      to: report.periodTo,
      ...(report.watermark && { watermark: report.watermark }),
    }
    const body = await bodyOf(db, report.id, report.version)
    return { version: report.version, remarks: await lintReport(db, await catalogue(db, [report.unitId]), scope, body) }
  })

  app.put('/api/reports/:id', { bodyLimit: 20 * 1024 * 1024 }, async (request) => {
    const report = await open(request, 'reports.write')
    const input = parse(editedBody, request.body)
    return { version: await saveReport(db, request.actor, report.id, input.version, input.body as unknown as Body) }
  })

  app.post('/api/reports/:id/regenerate', async (request) => {
    const report = await open(request, 'reports.write')
    const input = parse(version.extend({ audience: audience.optional() }), request.body)
    return regenerateReport(db, request.actor, report.id, input.version, services.today(), input.audience)
  })

  app.post('/api/reports/:id/sign', async (request) => {
    const report = await open(request, 'reports.sign')
    const input = parse(version.extend({ words: z.string().max(500).nullish() }), request.body)
    await signReport(db, request.actor, report.id, input.version, input.words ?? null)
    return { ok: true }
  })

  app.post('/api/reports/:id/freeze', async (request) => {
    const report = await open(request, 'reports.sign')
    await freezeReport(db, request.actor, report.id, parse(version, request.body).version, services.today())
    return { ok: true }
  })

  app.post('/api/reports/:id/comments', async (request, reply) => {
    const report = await open(request, 'reports.read')
    const input = parse(
      z.object({ words: z.string().trim().min(1, '请写下意见').max(1000), blockId: z.string().max(200).nullish() }),
      request.body,
    )
    await sql`insert into reports.comment (report_id, block_id, words, author, created_by)
      values (${report.id}, ${input.blockId ?? null}, ${input.words}, ${request.actor.name}, ${request.actor.accountId})`.execute(
      db,
    )
    return reply.status(201).send({ ok: true })
  })

  app.get('/api/reports/:id/compare', async (request) => {
    const report = await open(request, 'reports.read')
    const query = parse(z.object({ from: z.coerce.number().int(), to: z.coerce.number().int() }), request.query)
    return { changes: compareBodies(await bodyOf(db, report.id, query.from), await bodyOf(db, report.id, query.to)) }
  })

  app.get<{ Params: { format: string } }>('/api/reports/:id/file.:format', async (request, reply) => {
    const report = await open(request, 'reports.export')
    const format = request.params.format
    const body = await bodyOf(db, report.id, report.version)
    const named = (extension: string): string =>
      `attachment; filename*=UTF-8''${encodeURIComponent(`${body.title}.${extension}`)}`
    await db.transaction().execute((tx) =>
      audit(tx, request.actor, {
        action: 'reports.download',
        objectKind: 'report',
        objectId: report.id,
        unitId: report.unitId,
        summary: `下载报告“${body.title}”（${format}）`,
      }),
    )
    if (format === 'docx')
      return reply
        .header('content-disposition', named('docx'))
        .type('application/vnd.openxmlformats-officedocument.wordprocessingml.document')
        .send(await reportDocx(body))
    if (format === 'xlsx')
      return reply
        .header('content-disposition', named('xlsx'))
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .send(reportXlsx(await catalogue(db), body))
    if (format === 'json')
      return reply
        .header('content-disposition', named('json'))
        .send({ title: body.title, figures: figuresIn(body).map(figureJson) })
    if (format === 'html') return reply.type('text/html; charset=utf-8').send(reportHtml(body))
    throw notFound('格式')
  })
}
