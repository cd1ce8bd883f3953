import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { visitor } from '../testing.ts'
import { openDesk, PASSWORD, type Desk } from './desk-for-tests.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})

const bytes = (...parts: (number[] | Uint8Array)[]): Buffer => Buffer.concat(parts.map((part) => Buffer.from(part)))
const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest()

/** A security key in software: makes one ES256 credential and signs with it. */
function authenticator(origin = 'http://localhost', rpID = 'localhost') {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(16)
  const named = {
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
  }
  let counter = 0
  const clientData = (type: string, challenge: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  // User present and verified; `more` adds «attested credential follows».
  const head = (more: number): Buffer => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(++counter)
    return bytes(sha256(rpID), [0x05 | more], count)
  }
  return {
    create(challenge: string) {
      const key = bytes(
        [0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32],
        Buffer.from(x!, 'base64url'),
        [0x22, 0x58, 32],
        Buffer.from(y!, 'base64url'),
      )
      const data = bytes(head(0x40), new Uint8Array(16), [0, id.length], id, key)
      const attestation = bytes(
        [0xa3, 0x63],
        Buffer.from('fmt'),
        [0x64],
        Buffer.from('none'),
        [0x67],
        Buffer.from('attStmt'),
        [0xa0, 0x68],
        Buffer.from('authData'),
        [0x58, data.length],
        data,
      )
      return {
        ...named,
        response: {
          clientDataJSON: clientData('webauthn.create', challenge).toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['usb'],
        },
      }
    },
    get(challenge: string) {
      const client = clientData('webauthn.get', challenge)
      const data = head(0)
      return {
        ...named,
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: sign('sha256', bytes(data, sha256(client)), privateKey).toString('base64url'),
        },
      }
    },
  }
}

test('a passkey is set up, asked for at the next sign-in, answers each challenge once, and the last one stays', async () => {
  await desk.hire('王芳', 'chair', desk.company)
  const key = authenticator()
  const client = await desk.signIn('王芳')
  const { challenge } = (await client.post('/api/second-factor/passkey')).body
  const foreign = authenticator('http://evil.example').create(challenge)
  expect((await client.post('/api/second-factor/passkey/confirm', { name: '钥匙', response: foreign })).body.code).toBe(
    'passkey-refused',
  )
  const again = (await client.post('/api/second-factor/passkey')).body.challenge
  expect(
    (await client.post('/api/second-factor/passkey/confirm', { name: '钥匙', response: key.create(again) })).status,
  ).toBe(200)

  const next = visitor(desk.app)
  expect((await next.post('/api/sign-in', { name: '王芳', password: PASSWORD })).body).toEqual({
    step: 'factor',
    methods: ['passkey'],
  })
  expect((await next.get('/api/me')).status).toBe(401)
  const first = (await next.post('/api/sign-in/passkey/challenge')).body.challenge
  const stranger = authenticator().get(first)
  expect((await next.post('/api/sign-in/passkey', { response: stranger })).body.code).toBe('passkey-refused')
  expect((await next.post('/api/sign-in/passkey', { response: key.get(first) })).body.code).toBe('challenge-expired')
  const second = (await next.post('/api/sign-in/passkey/challenge')).body.challenge
  expect((await next.post('/api/sign-in/passkey', { response: key.get(second) })).status).toBe(200)
  expect((await next.get('/api/me')).body).toMatchObject({ stage: 'full', factors: ['passkey'] })

  const [only] = (await next.get('/api/second-factor/passkeys')).body.passkeys
  expect(only.name).toBe('钥匙')
  expect((await next.delete(`/api/second-factor/passkeys/${only.id}`)).body.code).toBe('last-factor')
})

test('an aid officer may enrol with a passkey alone', async () => {
  await desk.hire('周生', null, desk.company)
  const chairId = await desk.hire('李主', 'chair', desk.county)
  expect(chairId).toBeGreaterThan(0)
  const chair = await desk.signIn('李主')
  const account = (await chair.get('/api/accounts?text=周生')).body.accounts[0]
  await chair.post('/api/offices', {
    accountId: account.id,
    unitId: desk.company,
    role: 'welfare-officer',
    startsOn: '2026-11-21',
  })
  const client = visitor(desk.app)
  expect((await client.post('/api/sign-in', { name: '周生', password: PASSWORD })).body.step).toBe('enrol')
  const { challenge } = (await client.post('/api/second-factor/passkey')).body
  await client.post('/api/second-factor/passkey/confirm', { name: '手机', response: authenticator().create(challenge) })
  expect((await client.get('/api/me')).body.permissions).toContain('hardship.read-confidential')
})
