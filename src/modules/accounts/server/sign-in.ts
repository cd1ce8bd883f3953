import { sql } from 'kysely'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import { Problem } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Services } from '../../../kernel/http/services.ts'
import { recordFor } from './accounts.ts'
import { verifyPassword } from './password.ts'
import { openSession, type Origin } from './sessions.ts'

const failuresPerAccount = 5
const failuresPerAddress = 30

const wrong = (): Problem =>
  new Problem(401, 'wrong-credentials', '登录名或密码不正确。忘记密码请联系本单位工会办理重置。', {
    password: '请核对后重试',
  })

const locked = (): Problem =>
  new Problem(429, 'locked', '连续 5 次输入错误，账号已暂停登录。请 10 分钟后再试，或联系本单位工会办理重置。')

/**
 * Refuses an address from which too many attempts failed: guessing one password over many accounts. A company behind one
 * address mistypes as often on a busy morning, but there more people get in than fail.
 */
export async function refuseBusyAddress(db: Db, ip: string): Promise<void> {
  const { rows } = await sql<{ failed: number; entered: number }>`
    select (select count(*)::int from accounts.sign_in_failure where ip = ${ip} and at > now() - interval '10 minutes') as failed,
      (select count(distinct account_id)::int from accounts.session
        where ip = ${ip} and created_at > now() - interval '10 minutes') as entered`.execute(db)
  const { failed, entered } = rows[0]!
  if (failed >= failuresPerAddress && failed > entered)
    throw new Problem(429, 'address-locked', '这个网络登录失败的次数过多，请 10 分钟后再试。')
}

/**
 * Takes one of the five attempts before the secret is checked, in one statement: a hundred guesses sent at once get
 * five answers.
 */
export async function takeAttempt(db: Db, accountId: number): Promise<number> {
  const { rows } = await sql<{ failed_count: number }>`
    update accounts.account set
      failed_count = case when failed_since > now() - interval '10 minutes' then failed_count + 1 else 1 end,
      failed_since = case when failed_since > now() - interval '10 minutes' then failed_since else now() end
    where id = ${accountId} and (locked_until is null or locked_until <= now())
      and (failed_since is null or failed_since <= now() - interval '10 minutes' or failed_count < ${failuresPerAccount})
    returning failed_count`.execute(db)
  if (!rows[0]) throw locked()
  return rows[0].failed_count
}

export async function attemptFailed(db: Db, accountId: number | null, ip: string, attempt = 0): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`insert into accounts.sign_in_failure (ip, account_id) values (${ip}, ${accountId})`.execute(tx)
    if (accountId === null || attempt < failuresPerAccount) return
    await sql`update accounts.account set locked_until = now() + interval '10 minutes' where id = ${accountId}`.execute(
      tx,
    )
    await recordFor(tx, accountId, 'accounts.lock', '连续输错 5 次，暂停登录 10 分钟', { ip })
  })
}

export async function attemptSucceeded(tx: Tx, accountId: number): Promise<void> {
  await sql`update accounts.account set failed_count = 0, failed_since = null, locked_until = null
    where id = ${accountId}`.execute(tx)
}

interface Candidate {
  id: number
  password_hash: string | null
  state: string
}

/**
 * Who is meant: the login name first, else the only person with that staff number or phone. A staff number that two
 * companies use names nobody.
 */
async function findAccount(services: Services, name: string): Promise<Candidate | null> {
  const phone = openKeys(services.config.dataDir).keyedHash(name.replace(/[\s-]/g, ''), 'phone')
  const usual = sql`case when p.status in ('left', 'deceased') and p.merged_into is null then 'disabled' else a.state end as state`
  const { rows } = await sql<Candidate & { by_login: boolean }>`
    select a.id, a.password_hash, ${usual}, true as by_login
    from accounts.account a left join members.person p on p.id = a.person_id where lower(a.login) = lower(${name})
    union all
    select a.id, a.password_hash, ${usual}, false from accounts.account a join members.person p on p.id = a.person_id
    where p.merged_into is null and (p.staff_no = ${name} or p.phone_hash = ${phone})
    limit 3`.execute(services.db)
  const byLogin = rows.find((row) => row.by_login)
  if (byLogin) return byLogin
  const others = new Map(rows.map((row) => [row.id, row]))
  return others.size === 1 ? rows[0]! : null
}

export interface SignInInput {
  /** login name, staff number or phone */
  name: string
  password: string
  /** A phone others use too: signs out with the browser and after five minutes. */
  shared: boolean
}

/**
 * Checks name and password and opens a session; a second factor, where set up, is asked for next.
 * @throws Problem 401 wrong-credentials | 429 locked, address-locked
 */
export async function signIn(
  services: Services,
  input: SignInInput,
  origin: Origin,
): Promise<{ token: string; maxAge: number | null; awaitsFactor: boolean; accountId: number }> {
  const { db } = services
  await refuseBusyAddress(db, origin.ip)
  const account = await findAccount(services, input.name.trim())
  const usable = account?.state === 'active' ? account : null
  const attempt = usable ? await takeAttempt(db, usable.id) : 0
  if (!(await verifyPassword(usable?.password_hash ?? null, input.password)) || !usable) {
    await attemptFailed(db, usable?.id ?? null, origin.ip, attempt)
    throw wrong()
  }
  return db.transaction().execute(async (tx) => {
    await attemptSucceeded(tx, usable.id)
    const session = await openSession(tx, usable.id, 'password', origin, input.shared)
    await recordFor(tx, usable.id, 'accounts.sign-in', '登录', { ip: origin.ip, shared: input.shared })
    return { ...session, accountId: usable.id }
  })
}
