import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { connect, type Db } from '../db/database.ts'
import { databaseUrl } from '../db/roles.ts'
import { dropDatabase } from './drop.ts'

export interface TestDatabase {
  /** Logged in as the server is: a role that owns nothing. */
  db: Db
  appUrl: string
  /** For arranging and for looking behind the scenes. */
  ownerPool: pg.Pool
  ownerUrl: string
  /** Called after the file's last test by itself. */
  close(): Promise<void>
}

/**
 * A fresh, migrated, empty database for one test file, cloned in some 50 ms. Call it at the top of the file or in
 * `beforeAll`: `const { db } = await testDatabase()`.
 * @param options.unmigrated a database without any table of ours
 */
export async function testDatabase(options: { unmigrated?: boolean } = {}): Promise<TestDatabase> {
  const server = inject('testServer')
  const name = `zhijia_test_${process.pid}_${randomBytes(4).toString('hex')}`
  const from = options.unmigrated ? `template0 encoding 'UTF8'` : `${server.template} strategy file_copy`
  await asAdmin(server.ownerUrl, `create database ${name} template ${from}`)
  const ownerUrl = databaseUrl(server.ownerUrl, name)
  const appUrl = databaseUrl(server.appUrl, name)
  const connection = connect(appUrl, { max: 6 })
  const ownerPool = new pg.Pool({ connectionString: ownerUrl, max: 2, options: '-c timezone=Asia/Shanghai' })
  ownerPool.on('error', () => {})
  let open = true
  const close = async (): Promise<void> => {
    if (!open) return
    open = false
    await Promise.all([connection.close(), ownerPool.end()])
    await dropDatabase((statement) => asAdmin(server.ownerUrl, statement), name)
  }
  afterAll(close)
  return { db: connection.db, appUrl, ownerPool, ownerUrl, close }
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
