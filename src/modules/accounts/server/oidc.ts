import { sql } from 'kysely'
import * as client from 'openid-client'
import { Problem } from '../../../kernel/contract/problem.ts'
import type { Services } from '../../../kernel/http/services.ts'
import { recordFor } from './accounts.ts'
import { hashToken, newToken, openSession, type Origin, type Session } from './sessions.ts'

/** From the environment, so that the secret stays out of the database: OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_TITLE. */
export interface OidcSettings {
  issuer: string
  clientId: string
  clientSecret: string
  /** On the button: 企业微信, 钉钉, 统一身份认证 … */
  title: string
}

export function oidcSettings(environment: NodeJS.ProcessEnv = process.env): OidcSettings | null {
  const {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
    OIDC_TITLE: title,
  } = environment
  return issuer && clientId && clientSecret ? { issuer, clientId, clientSecret, title: title || '统一身份认证' } : null
}

interface Journey {
  state: string
  nonce: string
  verifier: string
  /** The account to link the identity to; null when signing in. */
  linkTo: number | null
  shared: boolean
}

/** The way to one provider. Discovered at first use: a provider that is down at start doesn't stop the server. */
export class Oidc {
  readonly #services: Services
  readonly settings: OidcSettings
  #configuration: Promise<client.Configuration> | undefined

  constructor(services: Services, settings: OidcSettings) {
    this.#services = services
    this.settings = settings
  }

  get #redirectUri(): string {
    return `${this.#services.config.publicUrl}/api/oidc/callback`
  }

  async #discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings
    const insecure = new URL(issuer).protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {}
    this.#configuration ??= client.discovery(new URL(issuer), clientId, clientSecret, undefined, {
      timeout: 10,
      ...insecure,
    })
    try {
      return await this.#configuration
    } catch (error) {
      this.#configuration = undefined
      throw new Problem(
        502,
        'oidc-unreachable',
        `暂时连接不上${this.settings.title}，请稍后再试，或用密码登录。`,
        {},
        {
          cause: (error as Error).message,
        },
      )
    }
  }

  /** Starts a journey to the provider. @returns where to send the browser, and the token of its journey cookie */
  async start(linking: Session | null, shared: boolean): Promise<{ url: string; token: string }> {
    const configuration = await this.#discover()
    const journey: Journey = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
      linkTo: linking?.accountId ?? null,
      shared,
    }
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#redirectUri,
      scope: 'openid profile',
      state: journey.state,
      nonce: journey.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(journey.verifier),
      code_challenge_method: 'S256',
    })
    const token = newToken()
    await sql`with gone as (delete from accounts.challenge where expires_at < now())
      insert into accounts.challenge (kind, token_hash, content, expires_at)
      values ('oidc', ${hashToken(token)}, ${JSON.stringify(journey)}::jsonb, now() + interval '10 minutes')`.execute(
      this.#services.db,
    )
    return { url: url.href, token }
  }

  /**
   * The provider sent the browser back: links the identity, or signs in the account it is linked to. Nobody gets an
   * account by having an identity.
   * @param returned path and query of the callback's request
   */
  async finish(
    token: string | undefined,
    returned: string,
    origin: Origin,
  ): Promise<{ linked: true } | { linked: false; token: string; maxAge: number | null; awaitsFactor: boolean }> {
    const { db, config } = this.#services
    const { rows } = await sql<{ content: Journey }>`
      delete from accounts.challenge where kind = 'oidc' and token_hash = ${hashToken(token ?? '')} and expires_at > now()
      returning content`.execute(db)
    if (!rows[0]) throw new Problem(403, 'oidc-expired', '登录超时或不是从本页面开始，请重新登录。')
    const journey = rows[0].content
    const configuration = await this.#discover()
    const tokens = await client
      .authorizationCodeGrant(configuration, new URL(returned, config.publicUrl), {
        pkceCodeVerifier: journey.verifier,
        expectedState: journey.state,
        expectedNonce: journey.nonce,
        idTokenExpected: true,
      })
      .catch(() => null)
    const claims = tokens?.claims()
    if (!claims) throw new Problem(403, 'oidc-refused', `${this.settings.title}没有确认您的身份，请重新登录。`)
    return db.transaction().execute(async (tx) => {
      if (journey.linkTo !== null) {
        const linked = await sql`
          insert into accounts.oidc_identity (issuer, subject, account_id) values (${claims.iss}, ${claims.sub}, ${journey.linkTo})
          on conflict (issuer, subject) do update set linked_at = now() where oidc_identity.account_id = excluded.account_id
          returning id`.execute(tx)
        if (!linked.rows.length)
          throw new Problem(409, 'oidc-taken', `这个${this.settings.title}身份已绑定在别的账号上。`)
        await recordFor(tx, journey.linkTo, 'accounts.link', `绑定${this.settings.title}`, { ip: origin.ip })
        return { linked: true as const }
      }
      const found = await sql<{ account_id: number }>`
        select i.account_id from accounts.oidc_identity i join accounts.account a on a.id = i.account_id
        where i.issuer = ${claims.iss} and i.subject = ${claims.sub} and a.state = 'active'`.execute(tx)
      const accountId = found.rows[0]?.account_id
      if (accountId === undefined)
        throw new Problem(
          403,
          'oidc-unknown',
          `这个${this.settings.title}身份还没有绑定账号。请先用密码登录，再到“我的账号”绑定。`,
        )
      const session = await openSession(tx, accountId, 'oidc', origin, journey.shared)
      await recordFor(tx, accountId, 'accounts.sign-in', `用${this.settings.title}登录`, { ip: origin.ip })
      return { linked: false as const, ...session }
    })
  }
}
