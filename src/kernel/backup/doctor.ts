import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { Installation } from '../config.ts'
import { keyFilePath } from '../crypto/keys.ts'
import { pendingMigrations } from '../db/migrate.ts'
import type { OpenedDatabase } from '../db/open.ts'
import { roleFaults } from '../db/roles.ts'

export interface Finding {
  level: 'ok' | 'warn' | 'bad'
  /** Chinese; what is so and, unless ok, what to do. */
  sentence: string
}

const ok = (sentence: string): Finding => ({ level: 'ok', sentence })
const warn = (sentence: string): Finding => ({ level: 'warn', sentence })
const bad = (sentence: string): Finding => ({ level: 'bad', sentence })

/** Looks at an installation without changing it. */
export async function examine(installation: Installation, database: OpenedDatabase): Promise<Finding[]> {
  return [
    ...(await withClient(database.ownerUrl, ownerSide)),
    ...(await withClient(database.appUrl, serverSide).catch((error: Error) => [
      bad(`服务账户登录不了数据库：${error.message}。请先执行 npm start 或 zhijia upgrade，或检查 APP_DATABASE_URL。`),
    ])),
    disk(installation.dataDir),
    ...key(installation.dataDir),
    lastBackup(installation.dataDir),
  ]
}

async function withClient<Result>(url: string, ask: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    return await ask(client)
  } finally {
    await client.end()
  }
}

async function ownerSide(client: pg.Client): Promise<Finding[]> {
  const { rows } = await client.query<{ version: string; checksums: string; fsync: string }>(
    `select current_setting('server_version') as version, current_setting('data_checksums') as checksums,
       current_setting('fsync') as fsync`,
  )
  const { version, checksums, fsync } = rows[0]!
  const pending = await pendingMigrations(client)
  return [
    ok(`数据库 PostgreSQL ${version}`),
    pending.length
      ? bad(`数据库还差 ${pending.length} 步升级。请执行 zhijia upgrade 或 npm start。`)
      : ok('数据库结构是最新的'),
    fsync === 'on' ? ok('断电保护（fsync）已开启') : bad('数据库关闭了 fsync，断电会丢数据。请在数据库设置中改为 on。'),
    checksums === 'on' ? ok('数据校验和已开启') : warn('数据库没有开启数据校验和，磁盘出错时不易发现。'),
  ]
}

async function serverSide(client: pg.Client): Promise<Finding[]> {
  const faults = await roleFaults(client)
  return faults.length ? faults.map(bad) : [ok('服务账户不拥有任何表，也不能绕过行级权限')]
}

function disk(dataDir: string): Finding {
  const { bavail, bsize } = statfsSync(dataDir)
  const free = (bavail * bsize) / 2 ** 30
  const said = `数据所在磁盘还剩 ${free.toFixed(1)} GB`
  if (free < 0.5) return bad(`${said}，随时可能写不进去。请清理磁盘或移到更大的磁盘。`)
  return free < 5 ? warn(`${said}，请尽早扩容。`) : ok(said)
}

function key(dataDir: string): Finding[] {
  if (process.env['ZHIJIA_MASTER_KEY']) return [ok('主密钥由环境变量提供，不在数据文件夹里')]
  const file = keyFilePath(dataDir)
  if (!existsSync(file)) return [warn('还没有主密钥；第一次保存身份证号等内容时会自动生成。')]
  const mode = statSync(file).mode & 0o777
  const mine = path.resolve(dataDir, 'backups')
  return [
    mode & 0o077
      ? bad(`主密钥文件 ${file} 的权限是 ${mode.toString(8)}，别人能读到。请执行 chmod 600 ${file}。`)
      : ok('主密钥文件只有运行账户能读'),
    ...(existsSync(mine) && statSync(mine).dev === statSync(file).dev
      ? [
          warn(
            `主密钥和备份（${mine}）在同一块磁盘上：磁盘坏了两样一起丢，一起拿走就能解密。请把备份复制到别处，并把主密钥单独保存。`,
          ),
        ]
      : [
          warn(
            `主密钥和数据都在 ${dataDir}：整个文件夹一起备份，等于把钥匙和锁放在一起。请用 zhijia backup 备份，主密钥单独保存。`,
          ),
        ]),
  ]
}

function lastBackup(dataDir: string): Finding {
  const folder = path.join(dataDir, 'backups')
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => /^zhijia-.*\.zip$/.test(name)) : []
  const last = files.toSorted().at(-1)
  if (!last) return warn(`${folder} 里还没有备份。请定期执行 zhijia backup。`)
  const days = Math.floor((Date.now() - statSync(path.join(folder, last)).mtimeMs) / 86_400_000)
  return days > 7 ? warn(`最近一次备份 ${last} 已是 ${days} 天前。`) : ok(`最近一次备份：${last}`)
}
