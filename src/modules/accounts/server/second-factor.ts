import { sql } from 'kysely'
import { generateSecret, generateURI, verify } from 'otplib'
import QRCode from 'qrcode'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import { conflict, Problem, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import type { Services } from '../../../kernel/http/services.ts'
import { recordFor } from './accounts.ts'
import { passFactor, type Session } from './sessions.ts'
import { attemptFailed, attemptSucceeded, takeAttempt } from './sign-in.ts'

const column = 'accounts.account.totp_sealed'
/** Seconds a phone's clock may be off. */
const tolerance = 30

interface TotpRow {
  totp_sealed: Buffer | null
  confirmed: boolean
  totp_used_step: number
}

async function totpOf(tx: Tx, accountId: number): Promise<TotpRow> {
  const { rows } = await sql<TotpRow>`
    select totp_sealed, totp_confirmed_at is not null as confirmed, totp_used_step
    from accounts.account where id = ${accountId} for update`.execute(tx)
  return rows[0]!
}

/** Changing factors needs the factor that is there: a stolen password alone may not bring its own phone. */
export function requireOwnFactor(session: Session): void {
  if (session.stage === 'factor') throw new Problem(401, 'factor-missing', '请先完成二次验证。')
}

/** Makes a secret for an authenticator app; it counts once a code from it was typed back. */
export async function beginTotp(
  services: Services,
  session: Session,
): Promise<{ secret: string; uri: string; qr: string }> {
  requireOwnFactor(session)
  const secret = generateSecret()
  const uri = generateURI({ issuer: '职家', label: session.login, secret })
  await services.db.transaction().execute(async (tx) => {
    if ((await totpOf(tx, session.accountId)).confirmed)
      throw conflict('totp-present', '动态口令已经绑定。换手机请联系本单位工会办理重置。')
    const sealed = openKeys(services.config.dataDir).seal(secret, column)
    await sql`update accounts.account set totp_sealed = ${sealed} where id = ${session.accountId}`.execute(tx)
  })
  return { secret, uri, qr: await QRCode.toString(uri, { type: 'svg', margin: 1 }) }
}

/**
 * Checks a six-digit code and opens the session with it. A first correct code also completes the enrolment.
 * @throws Problem 422 wrong-code | 429 locked
 */
export async function presentTotp(services: Services, session: Session, code: string, ip: string): Promise<void> {
  const attempt = await takeAttempt(services.db, session.accountId)
  const accepted = await services.db.transaction().execute(async (tx) => {
    const row = await totpOf(tx, session.accountId)
    if (!row.totp_sealed || (!row.confirmed && session.stage === 'factor')) return false
    const secret = openKeys(services.config.dataDir).open(row.totp_sealed, column)
    const token = code.replace(/\s/g, '')
    if (!/^\d{6}$/.test(token)) return false
    // A code that was used, or an older one, is refused: someone may have looked over the shoulder.
    const result = await verify({ secret, token, epochTolerance: tolerance, afterTimeStep: row.totp_used_step })
    if (!result.valid || !('timeStep' in result)) return false
    await sql`update accounts.account set totp_used_step = ${result.timeStep},
      totp_confirmed_at = coalesce(totp_confirmed_at, now()) where id = ${session.accountId}`.execute(tx)
    await passFactor(tx, session.id)
    await attemptSucceeded(tx, session.accountId)
    await recordFor(
      tx,
      session.accountId,
      row.confirmed ? 'accounts.factor' : 'accounts.enrol',
      row.confirmed ? '通过动态口令验证' : '绑定动态口令',
      { ip },
    )
    return true
  })
  if (accepted) return
  await attemptFailed(services.db, session.accountId, ip, attempt)
  throw refused('wrong-code', '动态口令不正确或已用过。请核对手机时间，输入最新的 6 位数字。', { code: '请重新输入' })
}

/** Which second factors an account has, for the page that asks for one. */
export async function factorsOf(tx: Tx | Services['db'], accountId: number): Promise<('totp' | 'passkey')[]> {
  const { rows } = await sql<{ totp: boolean; passkey: boolean }>`
    select totp_confirmed_at is not null as totp,
      exists (select from accounts.passkey p where p.account_id = a.id) as passkey
    from accounts.account a where id = ${accountId}`.execute(tx)
  return [...(rows[0]?.totp ? (['totp'] as const) : []), ...(rows[0]?.passkey ? (['passkey'] as const) : [])]
}

/**
 * Takes all second factors and linked identities away, within a reset that two officers approved; the holder enrols
 * anew. An identity somebody else had linked would otherwise open the account again.
 */
export async function clearFactors(tx: Tx, accountId: number): Promise<void> {
  await sql`update accounts.account set totp_sealed = null, totp_confirmed_at = null, totp_used_step = 0
    where id = ${accountId}`.execute(tx)
  await sql`delete from accounts.passkey where account_id = ${accountId}`.execute(tx)
  await sql`delete from accounts.oidc_identity where account_id = ${accountId}`.execute(tx)
}

/**
 * Sets up a confirmed TOTP with a given secret, for demonstration and tests.
 * @param secret base32
 */
export async function giveTotp(tx: Tx, dataDir: string, accountId: number, secret: string): Promise<void> {
  const sealed = openKeys(dataDir).seal(secret, column)
  await sql`update accounts.account set totp_sealed = ${sealed}, totp_confirmed_at = now() where id = ${accountId}`.execute(
    tx,
  )
}
