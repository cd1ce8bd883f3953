import { expect, test } from 'vitest'
import type { Actor } from '../access/actor.ts'
import { testDatabase } from '../testing/database.ts'
import { buildApp } from './app.ts'
import { addressOf, Callers, mostOf } from './limits.ts'

const { db } = await testDatabase()
const clerk: Actor = { accountId: 1, personId: null, name: '张敏', grants: [], office: '', kind: 'person' }
const signedIn = { cookie: 'zhijia=yes', host: 'union.example' }
const config = { dataDir: '/nowhere', publicUrl: 'https://union.example', host: '', port: 0, tls: null, webDir: null }
const app = await buildApp(
  { db, config, today: () => '2026-03-05' },
  async (cookies) => (cookies['zhijia'] ? clerk : null),
  [
    (server) => {
      server.get('/api/ledger', async () => ({ secret: 1 }))
      server.post('/api/ledger', async () => ({ kept: 1 }))
      server.get('/api/hall', { config: { open: true, hall: true } }, async () => ({ said: 1 }))
    },
  ],
)

test.each(['/api/ledger', '/%61pi/ledger', '/api%2Fledger', '/ap%69/ledger?x=1'])(
  'nobody reads %s without a session, however the path is spelt',
  async (url) => {
    const answer = await app.inject({ method: 'GET', url, headers: { host: 'union.example' } })
    expect([401, 404]).toContain(answer.statusCode)
    expect(answer.body).not.toContain('secret')
  },
)

test.each([
  ['https://union.example', undefined, 200],
  [undefined, undefined, 200],
  [undefined, 'same-origin', 200],
  ['https://elsewhere.example', undefined, 403],
  ['null', undefined, 403],
  ['not an address', undefined, 403],
  [undefined, 'cross-site', 403],
])('a deed with Origin %s and Sec-Fetch-Site %s is answered %i', async (origin, site, status) => {
  for (const url of ['/api/ledger', '/%61pi/ledger']) {
    const headers = { ...signedIn, ...(origin && { origin }), ...(site && { 'sec-fetch-site': site }) }
    const answer = await app.inject({ method: 'POST', url, headers })
    expect([url, answer.statusCode]).toEqual([url, status])
  }
})

const request = (url: string, token: string, ip: string, hall = false) =>
  ({ url, ip, cookies: token ? { zhijia: token } : {}, routeOptions: { url, config: { hall } } }) as never

test('a session that was found good counts by itself; made-up ones count as the address they come from', () => {
  const callers = new Callers()
  expect(callers.keyOf(request('/api/ledger', 'one', '10.0.0.1'))).toBe('10.0.0.1')
  callers.welcome('one')
  const own = callers.keyOf(request('/api/ledger', 'one', '10.0.0.1'))
  expect(own).not.toContain('10.0.0.1')
  expect(own).not.toContain('one')
  expect(callers.keyOf(request('/api/ledger', 'one', '10.0.0.2'))).toBe(own)
  expect(callers.keyOf(request('/api/ledger', 'two', '10.0.0.1'))).toBe('10.0.0.1')
  expect(callers.keyOf(request('/api/ledger', '', '10.0.0.1'))).toBe('10.0.0.1')
})

test('pages and what a hall does unsigned have a wider count of their own', () => {
  const callers = new Callers()
  const narrow = mostOf(callers.keyOf(request('/api/ledger', '', '10.0.0.1')))
  for (const key of [
    callers.keyOf(request('/api/hall', '', '10.0.0.1', true)),
    callers.keyOf(request('/', '', '10.0.0.1')),
  ])
    expect(mostOf(key)).toBeGreaterThan(narrow)
})

test('signed-out requests are counted, and refused when there are too many', async () => {
  const ask = (cookie: string) =>
    app.inject({
      method: 'GET',
      url: '/api/ledger',
      remoteAddress: '10.9.9.9',
      headers: { cookie, host: 'union.example' },
    })
  for (let at = 0; at < mostOf(''); at++) await ask(`other=${at}`)
  expect((await ask('other=a')).json()).toMatchObject({ code: 'too-many-requests' })
})

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['::1', '0:0:0:0'],
  ['2001:db8::7', '2001:db8:0:0'],
  ['2001:0db8:0:3:4:5:6:7', '2001:db8:0:3'],
  ['2001:db8:0:3::%eth0', '2001:db8:0:3'],
])('the address %s counts as %s', (ip, counted) => {
  expect(addressOf(ip)).toBe(counted)
})
