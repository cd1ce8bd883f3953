// npm run -s cases: six real reports' figures, reproduced from ledgers with invented persons. On a server of its own.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { connect } from '../../src/kernel/db/database.ts'
import { startEmbedded } from '../../src/kernel/db/embedded.ts'
import { migrate } from '../../src/kernel/db/migrate.ts'
import { databaseUrl } from '../../src/kernel/db/roles.ts'
import { caseIds } from './build.ts'
import { runCase, type Outcome } from './compare.ts'

const print = (line: string): boolean => process.stdout.write(`${line}\n`)

/** A migrated, empty database for each case, so that none sees another's rows. */
async function outcomes(ids: readonly string[]): Promise<Map<string, Outcome>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'zhijia-cases-'))
  chmodSync(folder, 0o711)
  const server = await startEmbedded({ dataDir: folder, fast: true })
  const admin = new pg.Client(server.ownerUrl)
  await admin.connect()
  const found = new Map<string, Outcome>()
  try {
    for (const [at, id] of ids.entries()) {
      const name = `case_${at}`
      await admin.query(`create database ${name} template template0 encoding 'UTF8'`)
      const owner = new pg.Client(databaseUrl(server.ownerUrl, name))
      await owner.connect()
      await migrate(owner)
      await owner.end()
      const connection = connect(databaseUrl(server.appUrl, name), { max: 4 })
      try {
        found.set(id, await runCase(connection.db, folder, id))
      } finally {
        await connection.close()
      }
    }
  } finally {
    await admin.end()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return found
}

let passed = 0
let failed = 0
for (const [id, outcome] of await outcomes(process.argv.length > 2 ? process.argv.slice(2) : caseIds())) {
  for (const line of outcome.lines) {
    print(line.text)
    if (line.passed) passed += 1
    else failed += 1
  }
  print(
    `${id}: ${outcome.lines.length} compared / ${outcome.masked} masked / ${outcome.vague} vague = ${outcome.total} figures`,
  )
}
print(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
