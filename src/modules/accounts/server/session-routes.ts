import { sql } from 'kysely'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { declaredPermissions } from '../../../kernel/access/access.ts'
import { notFound, Problem, refused } from '../../../kernel/contract/problem.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { SESSION_COOKIE } from '../../../kernel/http/limits.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import type { Config, Services } from '../../../kernel/http/services.ts'
import { codeBody, currentOfficeBody, passwordBody, signInBody } from '../contract.ts'
import { roleOf } from '../roles.ts'
import { recordFor, setPassword } from './accounts.ts'
import { verifyPassword } from './password.ts'
import { beginTotp, factorsOf, presentTotp } from './second-factor.ts'
import { endSessions, findSession, type Origin, type Session, type SignedIn } from './sessions.ts'
import { attemptFailed, refuseBusyAddress, signIn, takeAttempt } from './sign-in.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Usable by a session that must set up its second factor before anything else. */
    enrolling?: boolean
  }
}

export const originOf = (request: FastifyRequest): Origin => ({
  ip: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
})

/** Lax: the union's own links (a chat message, a QR code) open signed in; forms of other sites are refused anyway. */
export function setSessionCookie(
  reply: FastifyReply,
  config: Config,
  session: { token: string; maxAge: number | null },
): void {
  reply.setCookie(SESSION_COOKIE, session.token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: config.publicUrl.startsWith('https:'),
    ...(session.maxAge !== null && { maxAge: session.maxAge }),
  })
}

/** The session behind the cookie, whatever its stage. @throws Problem 401 signed-out */
export async function requireSession(services: Services, request: FastifyRequest): Promise<Session> {
  const session = await findSession(services.db, request.cookies[SESSION_COOKIE], services.today())
  if (!session) throw new Problem(401, 'signed-out', '登录已失效，请重新登录。')
  return session
}

/** What the page does next: work, ask for the second factor, or set one up. */
export async function nextStep(services: Services, token: string): Promise<{ step: string; methods: string[] }> {
  const session = await findSession(services.db, token, services.today())
  if (!session) throw new Problem(401, 'signed-out', '登录已失效，请重新登录。')
  return { step: session.stage, methods: await factorsOf(services.db, session.accountId) }
}

async function me(services: Services, actor: SignedIn): Promise<unknown> {
  const { session } = actor
  const permissions = new Set<string>()
  const own = new Set<string>()
  for (const grant of actor.grants) (grant.scope === 'own' ? own : permissions).add(grant.permission)
  return {
    accountId: actor.accountId,
    personId: session.personId,
    name: actor.name,
    login: session.login,
    stage: session.stage,
    shared: session.shared,
    offices: session.offices.map((office) => ({ ...office, roleTitle: roleOf(office.role)?.title })),
    currentOffice: session.office,
    currentUnit: session.office ? { id: session.office.unitId, name: session.office.unitName } : null,
    permissions: [...permissions].filter((name) => declaredPermissions().has(name)).sort(),
    ownPermissions: [...own].sort(),
    factors: await factorsOf(services.db, actor.accountId),
  }
}

/** Signing in and out, one's own sessions, password and second factor. */
export const sessionRoutes: Routes = (app, services) => {
  const { db, config } = services

  // A session that owes a second factor may do nothing but set one up.
  app.addHook('preHandler', async (request) => {
    const session = (request.actor as SignedIn | null)?.session
    if (session?.stage === 'enrol' && !request.routeOptions.config.enrolling && !request.routeOptions.config.open)
      throw new Problem(403, 'second-factor-required', '您的职务须绑定动态口令或通行密钥后才能使用，请先完成绑定。')
  })

  const guarded = { config: { open: true, rateLimit: { max: 300, timeWindow: '1 minute' } } }

  app.post('/api/sign-in', guarded, async (request, reply) => {
    const session = await signIn(services, parse(signInBody, request.body), originOf(request))
    setSessionCookie(reply, config, session)
    return nextStep(services, session.token)
  })

  // What a page that was reloaded half-way, or that came back from another provider, must ask for.
  app.get('/api/sign-in', { config: { open: true } }, async (request) => {
    const session = await findSession(db, request.cookies[SESSION_COOKIE], services.today())
    return session
      ? { step: session.stage, methods: await factorsOf(db, session.accountId) }
      : { step: 'signed-out', methods: [] }
  })

  app.post('/api/sign-in/totp', guarded, async (request) => {
    const session = await requireSession(services, request)
    await refuseBusyAddress(db, request.ip)
    await presentTotp(services, session, parse(codeBody, request.body).code, request.ip)
    return { step: 'full' }
  })

  app.post('/api/sign-out', { config: { open: true } }, async (request, reply) => {
    const session = await findSession(db, request.cookies[SESSION_COOKIE], services.today())
    if (session) {
      await db.transaction().execute(async (tx) => {
        await endSessions(tx, session.accountId, { only: session.id })
        await recordFor(tx, session.accountId, 'accounts.sign-out', '退出登录')
      })
    }
    reply.clearCookie(SESSION_COOKIE, { path: '/' })
    return {}
  })

  app.get('/api/me', { config: { enrolling: true } }, async (request) => me(services, request.actor as SignedIn))

  app.put('/api/me/office', async (request) => {
    const { session } = request.actor as SignedIn
    const { officeId } = parse(currentOfficeBody, request.body)
    const office = session.offices.find((held) => held.officeId === officeId)
    if (!office) throw notFound('任职')
    await sql`update accounts.session set office_id = ${officeId} where id = ${session.id}`.execute(db)
    return { currentOffice: office }
  })

  app.put('/api/me/password', { config: { enrolling: true } }, async (request) => {
    const { session, accountId } = request.actor as SignedIn
    const input = parse(passwordBody, request.body)
    const attempt = await takeAttempt(db, accountId)
    const { rows } = await sql<{ password_hash: string | null }>`
      select password_hash from accounts.account where id = ${accountId}`.execute(db)
    if (!(await verifyPassword(rows[0]!.password_hash, input.current))) {
      await attemptFailed(db, accountId, request.ip, attempt)
      throw refused('wrong-password', '原密码不正确，请重新输入。', { current: '原密码不正确' })
    }
    await db.transaction().execute(async (tx) => {
      await setPassword(tx, accountId, input.password, session.id)
      await recordFor(tx, accountId, 'accounts.password', '修改密码，其他登录已退出')
    })
    return {}
  })

  app.post('/api/second-factor/totp', { config: { enrolling: true } }, async (request) =>
    beginTotp(services, (request.actor as SignedIn).session),
  )
  app.post('/api/second-factor/totp/confirm', { config: { enrolling: true } }, async (request) => {
    const { session } = request.actor as SignedIn
    await presentTotp(services, session, parse(codeBody, request.body).code, request.ip)
    return { step: 'full' }
  })

  app.get('/api/sessions', async (request) => {
    const { session, accountId } = request.actor as SignedIn
    const { rows } = await sql`
      select id, method, shared, created_at as "createdAt", last_seen_at as "lastSeenAt", expires_at as "expiresAt", ip,
        user_agent as "userAgent", id = ${session.id} as current
      from accounts.session
      where account_id = ${accountId} and ended_at is null and expires_at > now()
        and last_seen_at > now() - make_interval(secs => idle_seconds)
      order by last_seen_at desc limit 100`.execute(db)
    return { sessions: rows }
  })

  app.delete('/api/sessions/:id', async (request) => {
    const { accountId } = request.actor
    const only = parse(id, (request.params as { id: string }).id)
    await db.transaction().execute(async (tx) => {
      if (!(await endSessions(tx, accountId, { only }))) throw notFound('登录')
      await recordFor(tx, accountId, 'accounts.revoke-session', '退出一处登录')
    })
    return {}
  })

  app.delete('/api/sessions', async (request) => {
    const { accountId, session } = request.actor as SignedIn
    const ended = await db.transaction().execute(async (tx) => {
      const count = await endSessions(tx, accountId, { keep: session.id })
      await recordFor(tx, accountId, 'accounts.revoke-session', `退出其他 ${count} 处登录`)
      return count
    })
    return { ended }
  })
}
