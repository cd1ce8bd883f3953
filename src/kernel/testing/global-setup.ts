import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { appRole, databaseUrl } from '../db/roles.ts'
import { dropDatabase } from './drop.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test files clone their databases. */
    testServer: { ownerUrl: string; appUrl: string; template: string }
  }
}

const prefix = 'zhijia-test-'

/**
 * One server and one migrated template database for the whole run. `TEST_DATABASE_URL` (a superuser's) names another
 * server, such as Debian's PostgreSQL 15.
 */
export default async function globalSetup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env['TEST_DATABASE_URL'] ? await given(process.env['TEST_DATABASE_URL']) : await own()
  const template = `zhijia_template_${process.pid}_${randomBytes(3).toString('hex')}`
  const admin = new pg.Client(server.ownerUrl)
  await admin.connect()
  await admin.query(`create database ${template} template template0 encoding 'UTF8'`)
  const owner = new pg.Client(databaseUrl(server.ownerUrl, template))
  await owner.connect()
  await migrate(owner).catch((error: Error) => {
    // Said here too: the runner may not be able to print it.
    process.stderr.write(`${error.message}${error.cause instanceof Error ? `: ${error.cause.message}` : ''}\n`)
    throw error
  })
  await owner.end()
  const appUrl = await letAppIn(admin, server.ownerUrl)
  project.provide('testServer', { ownerUrl: server.ownerUrl, appUrl, template })
  return async () => {
    await dropDatabase((statement) => admin.query(statement), template)
    await admin.end()
    await server.close()
  }
}

async function own(): Promise<{ ownerUrl: string; close: () => Promise<void> }> {
  sweep()
  const folder = mkdtempSync(path.join(os.tmpdir(), `${prefix}${process.pid}-`))
  chmodSync(folder, 0o711)
  const embedded = await startEmbedded({ dataDir: folder, fast: true })
  return {
    ownerUrl: embedded.ownerUrl,
    close: async () => {
      await embedded.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A run that was killed leaves its server behind: deleting the folder makes that server stop by itself. */
function sweep(): void {
  for (const name of readdirSync(os.tmpdir())) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1])
    if (!pid) continue
    try {
      process.kill(pid, 0)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH')
        rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true })
    }
  }
}

async function given(ownerUrl: string): Promise<{ ownerUrl: string; close: () => Promise<void> }> {
  return { ownerUrl, close: async () => {} }
}

/**
 * A way in for the server's role. Over the embedded socket no password is asked. On a given server the role may have
 * a password that an installation uses: there a second role logs in and becomes the first by itself.
 */
async function letAppIn(admin: pg.Client, ownerUrl: string): Promise<string> {
  const url = new URL(ownerUrl)
  url.password = ''
  url.username = appRole
  if (!process.env['TEST_DATABASE_URL']) return url.href
  const role = `${appRole}_test`
  const password = randomBytes(16).toString('hex')
  await admin.query(`
    do $$ begin
      if not exists (select from pg_roles where rolname = '${role}') then create role ${role}; end if; end $$;
    alter role ${role} login password '${password}';
    grant ${appRole} to ${role};
    alter role ${role} set role = '${appRole}'`)
  url.username = role
  url.password = password
  return url.href
}
