import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { Problem, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Services } from '../../../kernel/http/services.ts'
import { addUnit, UNIT_TYPES, type UnitType } from '../../organisation/public.ts'
import { createAccount } from './accounts.ts'
import { appoint } from './offices.ts'
import { hashToken, newToken, openSession, type Origin } from './sessions.ts'

/** Hours the first start's link works. Starting again prints a new one. */
const linkHours = 24

const administered = async (db: Db | Tx): Promise<boolean> => {
  const { rows } = await sql<{ exists: boolean }>`
    select exists (select from accounts.office where role = 'system-admin' and ended_on is null) as exists`.execute(db)
  return rows[0]!.exists
}

/**
 * Makes the one-time link of the first start, or null when there is a system administrator already.
 * @returns `PUBLIC_URL/setup#<token>`: behind the # it reaches no log; earlier links stop working
 */
export async function createSetupLink(services: Services): Promise<string | null> {
  return services.db.transaction().execute(async (tx) => {
    if (await administered(tx)) return null
    const token = newToken()
    await sql`update accounts.setup_link set expires_at = now() where used_at is null`.execute(tx)
    await sql`insert into accounts.setup_link (token_hash, expires_at)
      values (${hashToken(token)}, now() + make_interval(hours => ${linkHours}))`.execute(tx)
    return `${services.config.publicUrl}/setup#${token}`
  })
}

async function requireLink(tx: Db | Tx, token: string, lock: boolean): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select id from accounts.setup_link where token_hash = ${hashToken(token)} and used_at is null and expires_at > now()
    ${lock ? sql`for update` : sql``}`.execute(tx)
  if (!rows[0] || (await administered(tx)))
    throw new Problem(403, 'setup-link', '设置链接无效、已用过或已过期。请重新启动程序，使用新打印的链接。')
  return rows[0].id
}

const firstUnit = async (tx: Db | Tx): Promise<number | null> => {
  const { rows } = await sql<{ id: number }>`
    select id from organisation.unit where parent_id is null and dissolved_on is null order by id limit 1`.execute(tx)
  return rows[0]?.id ?? null
}

/** What the set-up page must ask for. */
export async function lookAtSetup(db: Db, token: string): Promise<{ needsUnit: boolean }> {
  await requireLink(db, token, false)
  return { needsUnit: (await firstUnit(db)) === null }
}

const founder: Actor = {
  accountId: 0,
  personId: null,
  name: '首次设置',
  grants: [],
  office: '首次启动',
  kind: 'system',
}

export interface Setup {
  token: string
  name: string
  login: string
  password: string
  unit?: { code: string; name: string; type: string } | undefined
}

/** Creates the first union, if there is none, and the first system administrator, and signs them in. */
export async function setUp(
  services: Services,
  input: Setup,
  origin: Origin,
): Promise<{ token: string; maxAge: number | null }> {
  return services.db.transaction().execute(async (tx) => {
    const linkId = await requireLink(tx, input.token, true)
    let unitId = await firstUnit(tx)
    if (unitId === null) {
      if (!input.unit) throw refused('unit-missing', '请填写第一个工会的编号、名称和类型。', { unit: '请填写' })
      const { code, name, type } = input.unit
      if (!Object.hasOwn(UNIT_TYPES, type))
        throw refused('unit-type', '没有这种单位类型，请从列表中选择。', { 'unit.type': '请选择' })
      unitId = (await addUnit(tx, founder, { code, name, type: type as UnitType })).id
    }
    const { login, name, password } = input
    const accountId = await createAccount(tx, founder, { login, name, password, unitId })
    await appoint(tx, founder, {
      accountId,
      unitId,
      role: 'system-admin',
      startsOn: services.today(),
      document: '首次设置',
    })
    await sql`update accounts.setup_link set used_at = now() where id = ${linkId}`.execute(tx)
    return openSession(tx, accountId, 'setup', origin, false)
  })
}
