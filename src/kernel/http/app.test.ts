import { expect, test } from 'vitest'
import type { Actor } from '../access/actor.ts'
import { testDatabase } from '../testing/database.ts'
import { buildApp } from './app.ts'

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
