// A process of its own, so that its peak memory is its own: node export-run.ts APP_URL REGISTER UNIT FILE
import { operator } from '../src/kernel/access/actor.ts'
import { connect } from '../src/kernel/db/database.ts'
import { writeRegisterExport } from '../src/kernel/exporter/register-export.ts'
import { catalogue } from '../src/kernel/register/registry.ts'
import '../src/modules.ts'
import { TODAY } from './city.ts'
import { timed } from './clock.ts'

const [appUrl, registerId, unit, file] = process.argv.slice(2) as [string, string, string, string]
const { db, close } = connect(appUrl, { max: 4 })
const register = (await catalogue(db)).register(registerId)
const note = { reason: '年度核对', unmasked: true, at: TODAY }
const { ms, result } = await timed(() =>
  writeRegisterExport(db, operator(), register, { unitId: Number(unit) }, note, file),
)
await close()
process.stdout.write(JSON.stringify({ ms, rows: result, peakMb: process.resourceUsage().maxRSS / 1024 }))
