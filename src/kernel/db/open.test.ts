import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openArchive } from '../backup/archive.ts'
import { upgrading } from '../backup/upgrading.ts'
import { readConfig, type Installation } from '../config.ts'
import { testDatabase, type TestDatabase } from '../testing/database.ts'
import { allMigrations, migrate, pendingMigrations } from './migrate.ts'
import { openDatabase } from './open.ts'

let dataDir: string
let database: TestDatabase
let installation: Installation
const quiet = (): void => {}

/** An installation of an earlier version: its last migrations are still to come. */
beforeEach(async () => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'zj-open-'))
  database = await testDatabase({ unmigrated: true })
  await asOwner(async (client) => {
    await migrate(client, (await allMigrations()).slice(0, 3))
    await client.query(
      `insert into kernel.audit (actor_id, actor_name, office, action, object_kind, summary)
       values (1, '王芳', '主席', 'x', 'x', '升级之前')`,
    )
  })
  installation = {
    ...readConfig({ DATA_DIR: dataDir, DATABASE_URL: database.ownerUrl, APP_DATABASE_URL: database.appUrl }),
  }
})
afterEach(async () => {
  await database.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function asOwner<Result>(ask: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client(database.ownerUrl)
  await client.connect()
  try {
    return await ask(client)
  } finally {
    await client.end()
  }
}

test('an upgrade saves everything first and then brings the schema up to date', async () => {
  const opened = await openDatabase(installation, quiet, upgrading(installation, quiet))
  expect(opened.applied).toEqual((await allMigrations()).slice(3))
  const [file, ...others] = readdirSync(path.join(dataDir, 'backups'))
  expect(others).toEqual([])
  const archive = await openArchive(path.join(dataDir, 'backups', file!))
  archive.close()
  expect(archive.manifest.migrations).toHaveLength(3)
  expect(archive.manifest.tables.find((table) => table.name === 'audit')!.rows).toBe(1)

  const again = await openDatabase(installation, quiet, upgrading(installation, quiet))
  expect(again.applied).toEqual([])
  expect(readdirSync(path.join(dataDir, 'backups'))).toHaveLength(1)
})

test('when the backup cannot be written, the database stays as it was', async () => {
  writeFileSync(path.join(dataDir, 'backups'), 'a file where the folder should be')
  await expect(openDatabase(installation, quiet, upgrading(installation, quiet))).rejects.toThrow()
  expect(await asOwner(pendingMigrations)).toHaveLength((await allMigrations()).length - 3)
})

test('a database of a newer version is left alone', async () => {
  await asOwner((client) =>
    client.query(`insert into kernel_migration.applied (name, sha256) values ('9999-later.sql', 'x')`),
  )
  await expect(openDatabase(installation, quiet, upgrading(installation, quiet))).rejects.toThrow('更新的版本')
})

test('a database that does not answer is named as the trouble', async () => {
  const nowhere = { ...installation, databaseUrl: 'postgres://x:y@127.0.0.1:1/z' }
  await expect(openDatabase(nowhere, quiet, 'as-is')).rejects.toThrow('连接不上数据库')
})
