import { sql } from 'kysely'
import type { FastifyReply } from 'fastify'
import { requirePermission } from '../../../kernel/access/access.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { forbidden } from '../../../kernel/contract/problem.ts'
import { mayAnywhere, visibleTo } from '../../../kernel/access/access.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import { writeSetting } from '../../../kernel/settings/settings.ts'
import {
  activateBody,
  auditQuery,
  codeBody,
  handOverBody,
  limitsBody,
  listQuery,
  reasonBody,
  resetBody,
  revealBody,
  setupBody,
  slipsBody,
  whoQuery,
} from '../contract.ts'
import { matrix, matrixPage, whoMay } from './access-pages.ts'
import { auditList } from './audit-list.ts'
import { handOver, handoverPage } from './handover.ts'
import { approveReset, openResets, refuseReset, requestReset } from './resets.ts'
import { reveal } from './reveal.ts'
import { nextStep, originOf, setSessionCookie } from './session-routes.ts'
import { sessionLimits } from './sessions.ts'
import { lookAtSetup, setUp } from './setup.ts'
import { activate, lookAtSlip, printSlips, slipCsv, slipSheet } from './slips.ts'

const pathId = (request: { params: unknown }): number => parse(id, (request.params as { id: string }).id)
const html = (reply: FastifyReply, text: string): FastifyReply =>
  reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(text)
const wants = (request: { query: unknown }): string => String((request.query as { format?: string }).format ?? 'json')

/** First start, activation, resets, hand-over, «who can see this», the matrix, the audit, revealing. */
export const adminRoutes: Routes = (app, services) => {
  const { db, config } = services
  const guarded = { config: { open: true, rateLimit: { max: 300, timeWindow: '1 minute' } } }

  app.post('/api/setup/look', guarded, async (request) =>
    lookAtSetup(db, parse(setupBody.shape.token, (request.body as { token?: unknown } | null)?.token)),
  )
  app.post('/api/setup', guarded, async (request, reply) => {
    const session = await setUp(services, parse(setupBody, request.body), originOf(request))
    setSessionCookie(reply, config, session)
    return nextStep(services, session.token)
  })

  app.post('/api/activate/look', guarded, async (request) =>
    lookAtSlip(services, parse(codeBody.extend({ code: activateBody.shape.code }), request.body).code, request.ip),
  )
  app.post('/api/activate', guarded, async (request, reply) => {
    const session = await activate(services, parse(activateBody, request.body), originOf(request))
    setSessionCookie(reply, config, session)
    return nextStep(services, session.token)
  })
  app.post('/api/accounts/slips', async (request, reply) => {
    const input = parse(slipsBody, request.body)
    const slips = await db.transaction().execute((tx) => printSlips(services, tx, request.actor, input))
    if (wants(request) === 'html') return html(reply, await slipSheet(services, slips))
    if (wants(request) === 'csv')
      return reply
        .type('text/csv; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent('激活条.csv')}`)
        .send(slipCsv(slips))
    return reply.header('cache-control', 'no-store').send({ slips })
  })

  app.get('/api/accounts', async (request) => {
    const { unitId, text, after } = parse(listQuery, request.query)
    const { actor } = request
    const beginning = text === undefined ? null : `${text.replaceAll(/[\\%_]/g, '\\$&')}%`
    const { rows } = await sql<{ id: number }>`
      select a.id, a.login, a.name, a.state, coalesce(p.unit_id, a.unit_id) as "unitId", u.name as "unitName", p.staff_no as "staffNo",
        a.totp_confirmed_at is not null as "hasTotp", a.locked_until > now() as "isLocked",
        (select max(s.last_seen_at) from accounts.session s where s.account_id = a.id and s.ended_at is null) as "lastSeenAt"
      from accounts.account a left join members.person p on p.id = a.person_id
      left join organisation.unit u on u.id = coalesce(p.unit_id, a.unit_id)
      where ${visibleTo(actor, 'accounts.read', 'u.id')} and a.id > ${after}
        and (${unitId ?? null}::bigint is null or u.id = ${unitId ?? null})
        and (${beginning}::text is null or a.name like ${beginning} or lower(a.login) like lower(${beginning}) or p.staff_no like ${beginning})
      order by a.id limit 101`.execute(db)
    return { accounts: rows.slice(0, 100), next: rows.length > 100 ? rows[99]!.id : null }
  })

  app.get('/api/resets', async (request) => ({ resets: await openResets(db, request.actor) }))
  app.post('/api/resets', async (request, reply) => {
    const { accountId, reason } = parse(resetBody, request.body)
    const requestId = await db.transaction().execute((tx) => requestReset(tx, request.actor, accountId, reason))
    return reply.status(201).send({ id: requestId })
  })
  app.post('/api/resets/:id/approve', async (request, reply) => {
    const slip = await db.transaction().execute((tx) => approveReset(services, tx, request.actor, pathId(request)))
    if (wants(request) === 'html') return html(reply, await slipSheet(services, [slip]))
    return reply.header('cache-control', 'no-store').send({ slip })
  })
  app.post('/api/resets/:id/refuse', async (request) => {
    const { reason } = parse(reasonBody, request.body)
    await db.transaction().execute((tx) => refuseReset(tx, request.actor, pathId(request), reason))
    return {}
  })

  app.post('/api/offices/:id/hand-over', async (request, reply) => {
    const input = { officeId: pathId(request), ...parse(handOverBody, request.body) }
    const done = await db.transaction().execute((tx) => handOver(tx, request.actor, input, services.today()))
    return reply.status(201).send({ ...done, sheet: `/api/handovers/${done.id}` })
  })
  app.get('/api/handovers/:id', async (request, reply) =>
    html(reply, await handoverPage(db, request.actor, pathId(request))),
  )

  app.get('/api/access/who', async (request) => {
    const { unitId, permission } = parse(whoQuery, request.query)
    return whoMay(db, request.actor, unitId, permission, services.today())
  })
  app.get('/api/access/matrix', async (request, reply) => {
    if (!mayAnywhere(request.actor, 'accounts.read')) throw forbidden('查看账号、任职与权限')
    return wants(request) === 'html' ? html(reply, matrixPage(services.today())) : matrix()
  })

  app.get('/api/audit', async (request) => auditList(db, request.actor, parse(auditQuery, request.query)))

  app.post('/api/reveal', async (request, reply) => {
    const input = parse(revealBody, request.body)
    const shown = await db.transaction().execute((tx) => reveal(tx, config.dataDir, request.actor, input))
    return reply.header('cache-control', 'no-store').send(shown)
  })

  app.get('/api/settings/session', async () => sessionLimits(db))
  app.put('/api/settings/session', async (request) => {
    const limits = parse(limitsBody, request.body)
    await db.transaction().execute(async (tx) => {
      const { rows } = await sql<{
        id: number
      }>`select id from organisation.unit where parent_id is null order by id limit 1`.execute(tx)
      await requirePermission(tx, request.actor, 'accounts.system', rows[0]?.id ?? 0)
      await writeSetting(tx, 'accounts.session', limits)
      await audit(tx, request.actor, {
        action: 'accounts.set-limits',
        objectKind: 'setting',
        unitId: rows[0]?.id ?? null,
        summary: `设置登录时限：无操作 ${limits.idleMinutes} 分钟、最长 ${limits.absoluteHours} 小时`,
      })
    })
    return limits
  })
}
