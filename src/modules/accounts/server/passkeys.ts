import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { sql } from 'kysely'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Services } from '../../../kernel/http/services.ts'
import { recordFor } from './accounts.ts'
import { requireOwnFactor } from './second-factor.ts'
import { hashToken, passFactor, type Session } from './sessions.ts'
import { attemptFailed, attemptSucceeded, takeAttempt } from './sign-in.ts'

type Kind = 'passkey-enrol' | 'passkey-verify'

/** A passkey belongs to the address people open: PUBLIC_URL. */
const place = (services: Services): { rpID: string; origin: string } => {
  const url = new URL(services.config.publicUrl)
  return { rpID: url.hostname, origin: url.origin }
}

async function keepChallenge(db: Db, session: Session, kind: Kind, challenge: string): Promise<void> {
  await sql`with gone as (delete from accounts.challenge where expires_at < now() or (session_id = ${session.id} and kind = ${kind}))
    insert into accounts.challenge (kind, session_id, token_hash, content, expires_at)
    values (${kind}, ${session.id}, ${hashToken(challenge)}, ${JSON.stringify({ challenge })}::jsonb, now() + interval '5 minutes')`.execute(
    db,
  )
}

/** Each challenge answers once. */
async function takeChallenge(tx: Db | Tx, session: Session, kind: Kind): Promise<string> {
  const { rows } = await sql<{ content: { challenge: string } }>`
    delete from accounts.challenge where session_id = ${session.id} and kind = ${kind} and expires_at > now()
    returning content`.execute(tx)
  if (!rows[0]) throw refused('challenge-expired', '操作超时，请重新开始绑定或验证通行密钥。')
  return rows[0].content.challenge
}

interface StoredKey {
  id: number
  credential_id: string
  public_key: Buffer
  counter: number
  transports: string[]
}

async function keysOf(db: Db | Tx, accountId: number): Promise<StoredKey[]> {
  const { rows } = await sql<StoredKey>`
    select id, credential_id, public_key, counter, transports from accounts.passkey where account_id = ${accountId}`.execute(
    db,
  )
  return rows
}

const described = (keys: readonly StoredKey[]) =>
  keys.map((key) => ({ id: key.credential_id, transports: key.transports }))

export async function beginPasskey(services: Services, session: Session): Promise<unknown> {
  requireOwnFactor(session)
  const options = await generateRegistrationOptions({
    rpName: '职家',
    rpID: place(services).rpID,
    userName: session.login,
    userDisplayName: session.name,
    userID: new TextEncoder().encode(String(session.accountId)),
    excludeCredentials: described(await keysOf(services.db, session.accountId)),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  })
  await keepChallenge(services.db, session, 'passkey-enrol', options.challenge)
  return options
}

const unusable = () => refused('passkey-refused', '通行密钥没有通过验证，请重试；仍不行请换用动态口令。')

/** Keeps a new passkey; the session counts as verified with it. */
export async function finishPasskey(
  services: Services,
  session: Session,
  input: { name: string; response: RegistrationResponseJSON },
  ip: string,
): Promise<void> {
  requireOwnFactor(session)
  const { rpID, origin } = place(services)
  const expectedChallenge = await takeChallenge(services.db, session, 'passkey-enrol')
  const result = await verifyRegistrationResponse({
    response: input.response,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  }).catch(() => null)
  if (!result?.verified) throw unusable()
  const { credential } = result.registrationInfo
  await services.db.transaction().execute(async (tx) => {
    const { rows } = await sql`
      insert into accounts.passkey (credential_id, account_id, public_key, counter, transports, name)
      values (${credential.id}, ${session.accountId}, ${Buffer.from(credential.publicKey)}, ${credential.counter},
        ${credential.transports ?? []}::text[], ${input.name})
      on conflict (credential_id) do nothing returning id`.execute(tx)
    if (!rows.length) throw refused('passkey-taken', '这个通行密钥已经绑定在账号上。')
    await passFactor(tx, session.id)
    await recordFor(tx, session.accountId, 'accounts.enrol', `绑定通行密钥“${input.name}”`, { ip })
  })
}

export async function challengePasskey(services: Services, session: Session): Promise<unknown> {
  const keys = await keysOf(services.db, session.accountId)
  if (!keys.length) throw refused('no-passkey', '这个账号没有绑定通行密钥，请用动态口令。')
  const options = await generateAuthenticationOptions({
    rpID: place(services).rpID,
    allowCredentials: described(keys),
    userVerification: 'required',
  })
  await keepChallenge(services.db, session, 'passkey-verify', options.challenge)
  return options
}

/** @throws Problem 422 passkey-refused | 429 locked */
export async function presentPasskey(
  services: Services,
  session: Session,
  response: AuthenticationResponseJSON,
  ip: string,
): Promise<void> {
  const attempt = await takeAttempt(services.db, session.accountId)
  const { rpID, origin } = place(services)
  const expectedChallenge = await takeChallenge(services.db, session, 'passkey-verify')
  const key = (await keysOf(services.db, session.accountId)).find((stored) => stored.credential_id === response.id)
  const result = key
    ? await verifyAuthenticationResponse({
        response,
        expectedChallenge,
        expectedOrigin: origin,
        expectedRPID: rpID,
        requireUserVerification: true,
        credential: { id: key.credential_id, publicKey: new Uint8Array(key.public_key), counter: key.counter },
      }).catch(() => null)
    : null
  if (!key || !result?.verified) {
    await attemptFailed(services.db, session.accountId, ip, attempt)
    throw unusable()
  }
  await services.db.transaction().execute(async (tx) => {
    await sql`update accounts.passkey set counter = ${result.authenticationInfo.newCounter}, last_used_at = now()
      where id = ${key.id}`.execute(tx)
    await passFactor(tx, session.id)
    await attemptSucceeded(tx, session.accountId)
    await recordFor(tx, session.accountId, 'accounts.factor', '通过通行密钥验证', { ip })
  })
}

export async function listPasskeys(db: Db, accountId: number): Promise<unknown[]> {
  const { rows } = await sql`
    select id, name, created_at as "createdAt", last_used_at as "lastUsedAt" from accounts.passkey
    where account_id = ${accountId} order by id`.execute(db)
  return rows
}

/** Removes one of one's own passkeys. The last factor goes only by a reset of two officers. */
export async function removePasskey(tx: Tx, accountId: number, passkeyId: number): Promise<void> {
  const { rows } = await sql<{ other: boolean }>`
    select totp_confirmed_at is not null
      or exists (select from accounts.passkey p where p.account_id = a.id and p.id <> ${passkeyId}) as other
    from accounts.account a where a.id = ${accountId} for update`.execute(tx)
  if (!rows[0]!.other) throw refused('last-factor', '这是最后一种二次验证方式，不能删除；请先绑定另一种，或办理重置。')
  const { numAffectedRows } = await sql`delete from accounts.passkey
    where id = ${passkeyId} and account_id = ${accountId}`.execute(tx)
  if (!numAffectedRows) throw notFound('通行密钥')
  await recordFor(tx, accountId, 'accounts.remove-passkey', '删除一个通行密钥')
}
