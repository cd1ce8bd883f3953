import { sql } from 'kysely'
import { createHash, randomBytes } from 'node:crypto'
import { declaredPermissions } from '../../../kernel/access/access.ts'
import type { Actor, Grant } from '../../../kernel/access/actor.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Authenticate } from '../../../kernel/http/app.ts'
import { SESSION_COOKIE } from '../../../kernel/http/limits.ts'
import type { Services } from '../../../kernel/http/services.ts'
import { readSetting } from '../../../kernel/settings/settings.ts'
import { expand, ownPermissions, roleOf } from '../roles.ts'

export interface HeldOffice {
  officeId: number
  unitId: number
  unitName: string
  role: string
  title: string
  startsOn: string
  /** Last day of a delegation; null for an office of one's own. */
  delegatedUntil: string | null
}

/**
 * full: everything the offices give; factor: the second factor is still to be presented; enrol: an office requires a
 * second factor and none is set up, so the session may do nothing else.
 */
export type Stage = 'full' | 'factor' | 'enrol'

export interface Session {
  id: number
  accountId: number
  personId: number | null
  name: string
  login: string
  stage: Stage
  shared: boolean
  offices: HeldOffice[]
  /** The office acts are done in. */
  office: HeldOffice | null
}

/** The actor of a request together with the session it came by. */
export interface SignedIn extends Actor {
  session: Session
}

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()
export const newToken = (): string => randomBytes(32).toString('base64url')

interface SessionRow {
  id: number
  accountId: number
  personId: number | null
  name: string
  login: string
  awaitsFactor: boolean
  hasFactor: boolean
  shared: boolean
  officeId: number | null
  stale: boolean
  offices: HeldOffice[]
}

/** Reads the session of a cookie with its holder's offices of today, in one query. */
export async function findSession(db: Db | Tx, token: string | undefined, today: string): Promise<Session | null> {
  if (!token || token.length > 100) return null
  const { rows } = await sql<SessionRow>`
    select id, account_id as "accountId", person_id as "personId", name, login, awaits_factor as "awaitsFactor",
      has_factor as "hasFactor", shared, office_id as "officeId", stale, offices
    from accounts.session_of(${hashToken(token)}, ${today}::date)`.execute(db)
  const row = rows[0]
  if (!row) return null
  // Every request would be a write otherwise; half a minute is exact enough for an idle limit of minutes.
  if (row.stale) await sql`update accounts.session set last_seen_at = now() where id = ${row.id}`.execute(db)
  const required = row.offices.some((office) => roleOf(office.role)?.needsSecondFactor)
  const stage: Stage = row.awaitsFactor ? 'factor' : required && !row.hasFactor ? 'enrol' : 'full'
  return {
    id: row.id,
    accountId: row.accountId,
    personId: row.personId,
    name: row.name,
    login: row.login,
    stage,
    shared: row.shared,
    offices: row.offices,
    office: row.offices.find((office) => office.officeId === row.officeId) ?? row.offices[0] ?? null,
  }
}

// Roles are code and permissions are declared at start, so what a role gives on a unit never changes while we run.
const grantsOfRole = new Map<string, readonly Grant[]>()
let expandedFor = 0

function grantsOf(role: string, unitId: number): readonly Grant[] {
  const declared = declaredPermissions()
  if (expandedFor !== declared.size || grantsOfRole.size > 20_000) grantsOfRole.clear()
  expandedFor = declared.size
  const key = `${role}:${unitId}`
  let grants = grantsOfRole.get(key)
  if (!grants) {
    grants = expand(roleOf(role)?.permissions ?? [], declared.keys()).map((permission) => ({
      permission,
      unitId,
      scope: 'below',
    }))
    grantsOfRole.set(key, grants)
  }
  return grants
}

let own: { grants: readonly Grant[]; declared: number } = { grants: [], declared: -1 }

/** What everybody may do with their own. The same for every request, like what a role gives. */
function ownGrants(): readonly Grant[] {
  const declared = declaredPermissions()
  if (own.declared !== declared.size)
    own = {
      grants: expand(ownPermissions, declared.keys()).map((permission) => ({ permission, unitId: 0, scope: 'own' })),
      declared: declared.size,
    }
  return own.grants
}

/** The sentence by which the audit names an office: 某某公司工会·女职工委员会主任（受托）. */
export const officeName = (office: HeldOffice | null): string =>
  office ? `${office.unitName}·${office.title}${office.delegatedUntil ? '（受托）' : ''}` : '会员本人'

/** What a session may do: the sum of its offices, or nothing before the second factor is set up. */
export function actorOf(session: Session): SignedIn {
  const full = session.stage === 'full'
  return {
    kind: 'person',
    accountId: session.accountId,
    personId: full ? session.personId : null,
    name: session.name,
    office: officeName(session.office),
    grants: full
      ? [
          ...session.offices.flatMap((office) => grantsOf(office.role, office.unitId)),
          ...(session.personId === null ? [] : ownGrants()),
        ]
      : [],
    session,
  }
}

/** For `buildApp`: the actor behind the cookie; null while the second factor is still to be presented. */
export const createAuthenticate =
  (services: Pick<Services, 'db' | 'today'>): Authenticate =>
  async (cookies) => {
    const session = await findSession(services.db, cookies[SESSION_COOKIE], services.today())
    return session && session.stage !== 'factor' ? actorOf(session) : null
  }

export interface SessionLimits {
  /** Minutes without a request after which a desk session ends, 15–480. */
  idleMinutes: number
  /** Hours after which any session ends, 1–24. */
  absoluteHours: number
}

const within = (value: unknown, low: number, high: number, usual: number): number =>
  typeof value === 'number' && value >= low && value <= high ? value : usual

export async function sessionLimits(db: Db | Tx): Promise<SessionLimits> {
  const set = await readSetting<Partial<SessionLimits>>(db, 'accounts.session')
  return {
    idleMinutes: within(set?.idleMinutes, 15, 480, 120),
    absoluteHours: within(set?.absoluteHours, 1, 24, 12),
  }
}

export interface Origin {
  ip: string
  userAgent: string
}

/** Minutes without a request after which a shared phone signs out. Its cookie ends with the browser anyway. */
const sharedIdleMinutes = 5

/**
 * Opens a session.
 * @returns the cookie's token, which is stored nowhere else, and the cookie's age in seconds (null: until the browser closes)
 */
export async function openSession(
  tx: Tx,
  accountId: number,
  method: 'password' | 'oidc' | 'activation' | 'setup',
  origin: Origin,
  shared: boolean,
): Promise<{ token: string; maxAge: number | null; awaitsFactor: boolean }> {
  const limits = await sessionLimits(tx)
  const token = newToken()
  const idle = (shared ? sharedIdleMinutes : limits.idleMinutes) * 60
  const { rows } = await sql<{ awaits_factor: boolean }>`
    insert into accounts.session (token_hash, account_id, method, awaits_factor, shared, idle_seconds, expires_at, ip, user_agent)
    select ${hashToken(token)}, a.id, ${method},
      a.totp_confirmed_at is not null or exists (select from accounts.passkey p where p.account_id = a.id),
      ${shared}, ${idle}, now() + make_interval(hours => ${limits.absoluteHours}), ${origin.ip}, ${origin.userAgent.slice(0, 300)}
    from accounts.account a where a.id = ${accountId} returning awaits_factor`.execute(tx)
  return {
    token,
    maxAge: shared ? null : limits.absoluteHours * 3600,
    awaitsFactor: rows[0]!.awaits_factor,
  }
}

/** The second factor was presented or set up in this session. */
export async function passFactor(tx: Tx, sessionId: number): Promise<void> {
  await sql`update accounts.session set awaits_factor = false, second_factor_at = now() where id = ${sessionId}`.execute(
    tx,
  )
}

/** Ends sessions of an account: one, or all but one (`keep`), or all. Returns how many. */
export async function endSessions(
  tx: Db | Tx,
  accountId: number,
  which: { only?: number; keep?: number } = {},
): Promise<number> {
  const { numAffectedRows } = await sql`
    update accounts.session set ended_at = now()
    where account_id = ${accountId} and ended_at is null
      and (${which.only ?? null}::bigint is null or id = ${which.only ?? null})
      and (${which.keep ?? null}::bigint is null or id <> ${which.keep ?? null})`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
