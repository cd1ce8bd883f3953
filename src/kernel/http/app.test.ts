import { expect, test } from 'vitest'
import type { Actor } from '../access/actor.ts'
import { testDatabase } from '../testing/database.ts'
import { buildApp } from './app.ts'
import { addressOf } from './limits.ts'

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

test('a session that was found good counts by itself; made-up ones, signed-out deeds and pages count as their address', async () => {
  const ask = async (url: string, cookie: string, remoteAddress: string) =>
    (await app.inject({ method: 'GET', url, remoteAddress, headers: { cookie, host: 'union.example' } })).statusCode
  const many = async (times: number, url: string, cookie: (at: number) => string) => {
    for (let at = 0; at < times; at++) await ask(url, cookie(at), '10.0.0.1')
  }
  // One request counts as the address; from the second on the session counts.
  expect(await ask('/api/ledger', 'zhijia=one', '10.0.0.1')).toBe(200)
  await many(6000, '/api/ledger', (at) => `other=${at}`)
  expect(await ask('/api/ledger', 'other=a', '10.0.0.1')).toBe(429)
  expect(await ask('/api/ledger', 'other=a', '10.0.0.2')).toBe(401)
  expect(await ask('/api/ledger', 'zhijia=one', '10.0.0.1')).toBe(200)
  expect(await ask('/healthz', '', '10.0.0.1')).toBe(200)
  expect(await ask('/api/hall', '', '10.0.0.1')).toBe(200)
  await many(6000, '/api/ledger', () => 'zhijia=one')
  expect(await ask('/api/ledger', 'zhijia=one', '10.0.0.3')).toBe(429)
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
