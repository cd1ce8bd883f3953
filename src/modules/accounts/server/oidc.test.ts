import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { Provider } from 'oidc-provider'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { giveTotp } from '../public.ts'
import { openDesk, PASSWORD, SECRET, type Desk } from './desk-for-tests.ts'
import { oidcRoutes } from './factor-routes.ts'
import { Oidc, oidcSettings } from './oidc.ts'
import { sessionRoutes } from './session-routes.ts'
import { createAuthenticate } from './sessions.ts'

let desk: Desk
let provider: Server
let app: App
let issuer: string
beforeAll(async () => {
  desk = await openDesk()
  await desk.hire('王芳', 'chair', desk.company)
  // The provider says at length that it isn't set up for production.
  for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockImplementation(() => {})
  provider = createServer()
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
  const real = new Provider(issuer, {
    clients: [
      {
        client_id: 'zhijia',
        client_secret: 'a-secret-of-the-test',
        redirect_uris: ['http://localhost/api/oidc/callback'],
      },
    ],
    pkce: { required: () => true },
    cookies: { keys: ['test'] },
  })
  provider.on('request', real.callback())
  const settings = { issuer, clientId: 'zhijia', clientSecret: 'a-secret-of-the-test', title: '统一身份认证' }
  app = await buildApp(desk.services, createAuthenticate(desk.services), [sessionRoutes, oidcRoutes(settings)])
})
afterAll(async () => {
  await app.close()
  provider.closeAllConnections()
  await new Promise((resolve) => provider.close(resolve))
})

/** A browser: cookies per host, follows redirects between the provider and us, fills in the provider's forms. */
class Browser {
  #jar = { ours: new Map<string, string>(), theirs: new Map<string, string>() }
  #header(jar: Map<string, string>): string {
    return [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  }
  #keep(jar: Map<string, string>, set: readonly string[]): void {
    for (const line of set) {
      const [name, value] = line.split(';')[0]!.split(/=(.*)/s) as [string, string]
      if (value) jar.set(name, value)
      else jar.delete(name)
    }
  }
  async ours(url: string, method: 'GET' | 'POST' = 'GET', payload?: object) {
    const answer = await app.inject({
      url,
      method,
      headers: { cookie: this.#header(this.#jar.ours) },
      ...(payload && { payload }),
    })
    this.#keep(this.#jar.ours, [answer.headers['set-cookie'] ?? []].flat())
    return answer
  }
  async #theirs(url: string, form?: Record<string, string>): Promise<Response> {
    const answer = await fetch(new URL(url, issuer), {
      redirect: 'manual',
      headers: { cookie: this.#header(this.#jar.theirs) },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    this.#keep(this.#jar.theirs, answer.headers.getSetCookie())
    return answer
  }
  /** Starts with us, signs in at the provider as `login`, comes back. Returns where our callback sends the browser. */
  async journey(login: string, query = ''): Promise<string> {
    const start = await this.ours(`/api/oidc/start${query}`)
    if (start.statusCode !== 302) return `${start.statusCode}`
    let answer = await this.#theirs(String(start.headers['location']))
    for (let step = 0; step < 12; step++) {
      const next = answer.headers.get('location')
      if (next?.startsWith('http://localhost/')) {
        const back = await this.ours(next.slice('http://localhost'.length))
        return String(back.headers['location'])
      }
      if (next) answer = await this.#theirs(next)
      else {
        const page = await answer.text()
        const action = /action="([^"]+)"/.exec(page)?.[1]
        const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1]
        if (!action || !prompt) throw new Error(`${answer.status} ${page.slice(0, 500)}`)
        answer = await this.#theirs(action, { prompt, login, password: 'any' })
      }
    }
    throw new Error('the journey never ended')
  }
}

test('an identity without account is refused; linked by its holder it signs in; another account can’t take it', async () => {
  expect(await new Browser().journey('wangfang')).toBe('/sign-in?problem=oidc-unknown')

  const linking = new Browser()
  await linking.ours('/api/sign-in', 'POST', { name: '王芳', password: PASSWORD })
  expect(await linking.journey('wangfang', '?link=1')).toBe('/me?linked=1')

  const browser = new Browser()
  expect(await browser.journey('wangfang')).toBe('/')
  expect((await browser.ours('/api/me')).json()).toMatchObject({ name: '王芳', stage: 'full' })

  await desk.database.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: number }>`select id from accounts.account where login = '王芳'`.execute(tx)
    await giveTotp(tx, desk.services.config.dataDir, rows[0]!.id, SECRET)
  })
  const careful = new Browser()
  expect(await careful.journey('wangfang')).toBe('/sign-in')
  expect((await careful.ours('/api/sign-in')).json()).toEqual({ step: 'factor', methods: ['totp'] })
  expect((await careful.ours('/api/me')).statusCode).toBe(401)

  await desk.hire('李强', 'clerk', desk.company)
  const thief = new Browser()
  await thief.ours('/api/sign-in', 'POST', { name: '李强', password: PASSWORD })
  expect(await thief.journey('wangfang', '?link=1')).toBe('/sign-in?problem=oidc-taken')
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from accounts.oidc_identity`.execute(
    desk.database.db,
  )
  expect(rows[0]!.count).toBe(1)
})

test('a callback nobody started, a replayed one and a link without session are refused', async () => {
  const browser = new Browser()
  expect((await browser.ours('/api/oidc/callback?code=x&state=y')).headers['location']).toBe(
    '/sign-in?problem=oidc-expired',
  )
  await browser.ours('/api/oidc/start')
  expect((await browser.ours('/api/oidc/callback?code=x&state=forged')).headers['location']).toBe(
    '/sign-in?problem=oidc-refused',
  )
  expect((await browser.ours('/api/oidc/callback?code=x&state=forged')).headers['location']).toBe(
    '/sign-in?problem=oidc-expired',
  )
  expect((await browser.ours('/api/oidc/start?link=1')).statusCode).toBe(401)
})

test('a provider that is down gets a sentence, and is tried again later; without settings there is no provider', async () => {
  const settings = { issuer: 'http://127.0.0.1:9', clientId: 'a', clientSecret: 'b', title: '企业微信' }
  const oidc = new Oidc(desk.services, settings)
  await expect(oidc.start(null, false)).rejects.toThrow('暂时连接不上企业微信')
  await expect(oidc.start(null, false)).rejects.toMatchObject({ code: 'oidc-unreachable' })
  expect(oidcSettings({})).toBeNull()
})
