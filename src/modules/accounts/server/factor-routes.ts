import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { sql } from 'kysely'
import { notFound, Problem } from '../../../kernel/contract/problem.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { SESSION_COOKIE } from '../../../kernel/http/limits.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import { passkeyAnswerBody, passkeyBody } from '../contract.ts'
import { recordFor } from './accounts.ts'
import { Oidc, oidcSettings, type OidcSettings } from './oidc.ts'
import {
  beginPasskey,
  challengePasskey,
  finishPasskey,
  listPasskeys,
  presentPasskey,
  removePasskey,
} from './passkeys.ts'
import { originOf, requireSession, setSessionCookie } from './session-routes.ts'
import { findSession, type SignedIn } from './sessions.ts'

const JOURNEY = 'zhijia_oidc'
const guarded = { config: { open: true, rateLimit: { max: 300, timeWindow: '1 minute' } } }

/** Passkeys: setting up, presenting, removing. */
export const passkeyRoutes: Routes = (app, services) => {
  const { db } = services
  app.post('/api/second-factor/passkey', { config: { enrolling: true } }, async (request) =>
    beginPasskey(services, (request.actor as SignedIn).session),
  )
  app.post('/api/second-factor/passkey/confirm', { config: { enrolling: true } }, async (request) => {
    const { name, response } = parse(passkeyBody, request.body)
    // The library checks the ceremony's shape itself and refuses what isn't one.
    const answer = response as unknown as RegistrationResponseJSON
    await finishPasskey(services, (request.actor as SignedIn).session, { name, response: answer }, request.ip)
    return { step: 'full' }
  })
  app.post('/api/sign-in/passkey/challenge', guarded, async (request) =>
    challengePasskey(services, await requireSession(services, request)),
  )
  app.post('/api/sign-in/passkey', guarded, async (request) => {
    const { response } = parse(passkeyAnswerBody, request.body)
    const session = await requireSession(services, request)
    await presentPasskey(services, session, response as unknown as AuthenticationResponseJSON, request.ip)
    return { step: 'full' }
  })
  app.get('/api/second-factor/passkeys', async (request) => ({
    passkeys: await listPasskeys(db, request.actor.accountId),
  }))
  app.delete('/api/second-factor/passkeys/:id', async (request) => {
    const passkeyId = parse(id, (request.params as { id: string }).id)
    await db.transaction().execute((tx) => removePasskey(tx, request.actor.accountId, passkeyId))
    return {}
  })
}

/** Sign-in by OpenID Connect, when the installation names a provider. */
export const oidcRoutes =
  (settings: OidcSettings | null): Routes =>
  (app, services) => {
    const { db, config } = services
    const oidc = settings && new Oidc(services, settings)
    const cookie = {
      path: '/api/oidc',
      httpOnly: true,
      sameSite: 'lax',
      secure: config.publicUrl.startsWith('https:'),
      maxAge: 600,
    } as const

    app.get('/api/oidc', { config: { open: true } }, async () => ({ title: oidc?.settings.title ?? null }))
    if (!oidc) return

    app.get('/api/oidc/start', guarded, async (request, reply) => {
      const { link, shared } = request.query as { link?: string; shared?: string }
      const session = link ? await findSession(db, request.cookies[SESSION_COOKIE], services.today()) : null
      if (link && session?.stage !== 'full') throw new Problem(401, 'signed-out', '请先用密码登录，再绑定。')
      const journey = await oidc.start(session, shared === '1')
      return reply.setCookie(JOURNEY, journey.token, cookie).redirect(journey.url)
    })

    // A browser comes here by itself, so that a refusal becomes a page's sentence and not a JSON document.
    app.get('/api/oidc/callback', guarded, async (request, reply) => {
      reply.clearCookie(JOURNEY, { path: cookie.path })
      try {
        const done = await oidc.finish(request.cookies[JOURNEY], request.url, originOf(request))
        if (done.linked) return await reply.redirect('/me?linked=1')
        setSessionCookie(reply, config, done)
        return await reply.redirect(done.awaitsFactor ? '/sign-in' : '/')
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        return reply.redirect(`/sign-in?problem=${error.code}`)
      }
    })

    app.get('/api/oidc/identities', async (request) => {
      const { rows } = await sql`select id, issuer, linked_at as "linkedAt" from accounts.oidc_identity
        where account_id = ${request.actor.accountId} order by id`.execute(db)
      return { identities: rows }
    })
    app.delete('/api/oidc/identities/:id', async (request) => {
      const identityId = parse(id, (request.params as { id: string }).id)
      const { accountId } = request.actor
      await db.transaction().execute(async (tx) => {
        const { numAffectedRows } = await sql`delete from accounts.oidc_identity
          where id = ${identityId} and account_id = ${accountId}`.execute(tx)
        if (!numAffectedRows) throw notFound('绑定')
        await recordFor(tx, accountId, 'accounts.unlink', `解除${oidc.settings.title}绑定`)
      })
      return {}
    })
  }

export const factorRoutes: readonly Routes[] = [passkeyRoutes, oidcRoutes(oidcSettings())]
