import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'

/** The role the server logs in as: owns nothing, can't bypass row security. */
export const appRole = 'zhijia_app'

export const quoteLiteral = (text: string): string => pg.escapeLiteral(text)

/** Reads a secret of the installation, making it (mode 0600) the first time. */
export function secret(dataDir: string, name: string, make: () => string): string {
  const folder = path.join(dataDir, 'secrets')
  const file = path.join(folder, name)
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const value = make()
  writeFileSync(file, `${value}\n`, { mode: 0o600, flag: 'wx' })
  return value
}

/**
 * The server's way into a database given by `DATABASE_URL`: sets a random password for its role, kept in
 * `DATA_DIR/secrets`, and returns the URL to log in with. Call after migrating; `APP_DATABASE_URL` makes it unnecessary.
 * @param owner connection of the owner, who must be allowed to alter the role
 */
export async function appUrlFor(owner: pg.Client, ownerUrl: string, dataDir: string): Promise<string> {
  const password = secret(dataDir, 'database-app', () => randomBytes(24).toString('hex'))
  try {
    await owner.query(`alter role ${appRole} login password ${quoteLiteral(password)}`)
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    throw new Error(
      `DATABASE_URL 的账户无权设置 ${appRole} 的密码。请由数据库管理员执行 ALTER ROLE ${appRole} LOGIN PASSWORD '…'，再把登录地址写入 APP_DATABASE_URL。`,
      { cause: error },
    )
  }
  const url = new URL(ownerUrl)
  url.username = appRole
  url.password = password
  return url.href
}

/** The same server, another database. */
export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

/**
 * What is wrong with the role that the server logs in as: it must own nothing and be bound by row security.
 * @param app connected as that role
 * @returns Chinese sentences; none when all is well
 */
export async function roleFaults(app: pg.Client): Promise<string[]> {
  const { rows } = await app.query<{ name: string; mighty: boolean; owned: string[] | null }>(
    `select session_user as name,
       bool_or(r.rolsuper or r.rolbypassrls) as mighty,
       (select array_agg(n.nspname || '.' || c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname not like 'pg\\_%' and c.relkind in ('r', 'p', 'v', 'S')
          and pg_has_role(session_user, c.relowner, 'member')) as owned
     from pg_roles r where pg_has_role(session_user, r.oid, 'member') group by 1`,
  )
  const { name, mighty, owned } = rows[0]!
  const faults: string[] = []
  if (mighty)
    faults.push(`服务账户 ${name} 是超级用户或能绕过行级权限。请在 APP_DATABASE_URL 换用普通账户（${appRole}）。`)
  else if (owned?.length)
    faults.push(
      `服务账户 ${name} 拥有 ${owned.length} 个表或序列（如 ${owned[0]}），行级权限管不住它。请在 APP_DATABASE_URL 换用 ${appRole}。`,
    )
  return faults
}
