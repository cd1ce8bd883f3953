import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import staticFiles from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Actor } from '../access/actor.ts'
import { Problem } from '../contract/problem.ts'
import { Callers, mostOf, SESSION_COOKIE } from './limits.ts'
import type { Services } from './services.ts'
import { silentConnections } from './silent-connections.ts'

export type App = FastifyInstance
export type Routes = (app: App, services: Services) => void
/** Finds the session's actor from the request's cookie; null when nobody is signed in. */
export type Authenticate = (
  cookies: Record<string, string | undefined>,
  request: { ip: string; userAgent: string },
) => Promise<Actor | null>

/**
 * True if a browser says that another page sent the request. Cookies are same-site already; this also stops a sibling
 * host of the same site. A request without these headers doesn't come from a page.
 */
function fromElsewhere(headers: { origin?: string; host?: string; 'sec-fetch-site'?: string | string[] }): boolean {
  const site = headers['sec-fetch-site']
  if (site === 'cross-site' || site === 'same-site') return true
  // `null` and whatever cannot be read as an address is nobody's page.
  return headers.origin !== undefined && URL.parse(headers.origin)?.host !== headers.host
}

const tooMany = (): Problem => new Problem(429, 'too-many-requests', '操作太频繁，请稍候一分钟再试。')

/** Builds the HTTP server: security headers, limits, sessions, problem answers, the web app. Listens to nothing yet. */
export async function buildApp(
  services: Services,
  authenticate: Authenticate,
  routes: readonly Routes[],
): Promise<App> {
  const { config } = services
  const app = Fastify({
    logger: false,
    bodyLimit: 2 * 1024 * 1024,
    trustProxy: 'loopback',
    genReqId: () => crypto.randomUUID(),
    ...(config.tls && {
      https: { cert: readFileSync(config.tls.cert), key: readFileSync(config.tls.key) },
    }),
  }) as unknown as App

  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Ant Design writes its styles at run time.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        // The one other address the page may speak to: the ballot box.
        connectSrc: ["'self'", ...(config.box ? [new URL(config.box.url).origin] : [])],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: config.publicUrl.startsWith('https:') ? [] : null,
      },
    },
    strictTransportSecurity: config.publicUrl.startsWith('https:'),
  })
  const hangUp = silentConnections(app.server, config.tls !== null)
  app.addHook('preClose', async () => hangUp())
  await app.register(cookie)
  await app.register(rateLimit, { global: false, timeWindow: '1 minute', cache: 50_000 })
  await app.register(multipart, { limits: { fileSize: 50 * 1024 * 1024, files: 10, fields: 50 } })

  app.decorateRequest('actor', null as unknown as Actor)
  const callers = new Callers()
  const count = app.createRateLimit({
    keyGenerator: (request) => callers.keyOf(request),
    max: (_request, key) => mostOf(key),
  })
  app.addHook('onRequest', async (request) => {
    // Before the session is looked up: whoever makes up cookies costs us no query either.
    const counted = await count(request)
    if (!counted.isAllowed && counted.isExceeded) throw tooMany()
    // By the route that was found: the address may spell the same path with %61 instead of a.
    if (!(request.routeOptions.url ?? request.url).startsWith('/api/')) return
    if (request.method !== 'GET' && request.method !== 'HEAD' && fromElsewhere(request.headers))
      throw new Problem(403, 'foreign-origin', '请求来自其他网站，已被拒绝。')
    const actor = await authenticate(request.cookies, {
      ip: request.ip,
      userAgent: request.headers['user-agent'] ?? '',
    })
    if (actor) {
      request.actor = actor
      callers.welcome(request.cookies[SESSION_COOKIE])
    } else if (!request.routeOptions.config.open) throw new Problem(401, 'signed-out', '登录已失效，请重新登录。')
  })

  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    if (error instanceof Problem)
      return reply
        .status(error.status)
        .send({ code: error.code, message: error.message, fields: error.fields, detail: error.detail })
    if (error.statusCode === 429) {
      const { status, code, message, fields } = tooMany()
      return reply.status(status).send({ code, message, fields })
    }
    if (error.statusCode === 413 || error.code === 'FST_REQ_FILE_TOO_LARGE')
      return reply.status(413).send({ code: 'too-large', message: '文件超过 50 MB，请拆分后再上传。', fields: {} })
    if (error.statusCode && error.statusCode < 500)
      return reply.status(error.statusCode).send({ code: 'bad-request', message: '请求格式不正确。', fields: {} })
    // The cause goes to the log under the trace number; the answer tells nothing.
    process.stderr.write(
      `${new Date().toISOString()} ${request.id} ${request.method} ${request.routeOptions.url ?? ''} ${error.stack ?? error.message}\n`,
    )
    return reply
      .status(500)
      .send({ code: 'internal', message: `系统出错，没有保存。请把编号 ${request.id} 告诉管理员。`, fields: {} })
  })

  app.get('/healthz', async () => ({ ok: true }))
  for (const add of routes) add(app, services)

  app.setNotFoundHandler((request, reply) => {
    if (request.url.startsWith('/api/') || !config.webDir)
      return reply.status(404).send({ code: 'not-found', message: '没有这个地址。', fields: {} })
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').sendFile('index.html')
  })
  if (config.webDir)
    await app.register(staticFiles, {
      root: config.webDir,
      setHeaders: (reply, file) => {
        const hashed = path.basename(path.dirname(file)) === 'assets'
        reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  return app
}
