// A process of its own per import, so that its peak memory is its own: node import-run.ts ours|floor APP_URL DATA_DIR FILE UNIT
import { operator } from '../src/kernel/access/actor.ts'
import { openKeys } from '../src/kernel/crypto/keys.ts'
import { connect } from '../src/kernel/db/database.ts'
import { checkUpload, commitRun } from '../src/kernel/importer/run.ts'
import '../src/modules.ts'
import { rosterImport } from '../src/modules/members/server/roster-import.ts'
import { TODAY } from './city.ts'
import { timed } from './clock.ts'
import { floorImport } from './import-floor.ts'

const [way, appUrl, dataDir, file, unit] = process.argv.slice(2) as [string, string, string, string, string]
const connection = connect(appUrl, { max: 4 })
const actor = operator()

async function ours(): Promise<Record<string, number>> {
  const kind = rosterImport(openKeys(dataDir))
  const upload = { unitId: Number(unit), year: null, fileName: 'roster.xlsx', sha256: '', file }
  const checked = await timed(() => checkUpload(connection.db, actor, kind, upload, TODAY))
  if (checked.result.counts.error) throw new Error(`${checked.result.counts.error} rows refused`)
  const committed = await timed(() => commitRun(connection.db, actor, kind, checked.result.id, 'all', TODAY))
  return {
    ms: checked.ms + committed.ms,
    checkMs: checked.ms,
    commitMs: committed.ms,
    rows: committed.result.outcome.created,
  }
}

async function floor(): Promise<Record<string, number>> {
  const { ms, result } = await timed(() => floorImport(appUrl, file, Number(unit)))
  return { ms, rows: result }
}

const result = await (way === 'ours' ? ours() : floor())
await connection.close()
process.stdout.write(JSON.stringify({ ...result, peakMb: process.resourceUsage().maxRSS / 1024 }))
