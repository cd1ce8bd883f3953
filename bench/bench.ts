// npm run -s bench [-- --scale 0.1] [--only lists,figures] [--keep FOLDER] [--rounds 3], or -- funds | ballots | aid: measures the promises of speed, see docs/benchmarks.md.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { measureAid } from './aid.ts'
import { measureBallots } from './ballots.ts'
import { cityOf } from './city.ts'
import { measureCreate } from './create.ts'
import { measureFigures } from './figures.ts'
import { measureFunds } from './funds.ts'
import { openHouse } from './house.ts'
import { measureLists } from './lists.ts'
import { keepRooms, pageOf, withRoom } from './page.ts'
import { measureDocument } from './papers.ts'
import { measureExport, measureImport, measureStart } from './processes.ts'
import type { Result } from './result.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scale: { type: 'string', default: '1' },
    only: { type: 'string' },
    /** How often a roster is imported each way; it takes longest. */
    rounds: { type: 'string', default: '3' },
    /** Builds the city in this folder once and leaves it there for the next run. */
    keep: { type: 'string' },
  },
})
const scale = Number(values.scale)
if (!(scale > 0 && scale <= 10)) throw new Error('--scale takes a number above 0, 1 for the whole city')
const wanted = values.only?.split(',')
const [room] = positionals
const isRoom = (name: string | undefined): name is 'funds' | 'ballots' | 'aid' =>
  name === 'funds' || name === 'ballots' || name === 'aid'
if (room && !isRoom(room)) throw new Error(`no bench of its own: ${room}`)

const from = performance.now()
const say = (line: string): void =>
  void process.stdout.write(`[${((performance.now() - from) / 1000).toFixed(0).padStart(4)} s] ${line}\n`)

// Short: a Unix socket's path may have 107 bytes.
const dataDir = values.keep ? path.resolve(values.keep) : mkdtempSync(path.join(os.tmpdir(), 'zhijia-bench-'))
// As root the database runs under another account, which must be able to enter.
if (!values.keep) chmodSync(dataDir, 0o711)
const results: Result[] = []
const measure = async (name: string, work: () => Promise<Result[]>): Promise<void> => {
  if (wanted && !wanted.includes(name)) return
  for (const result of await work()) {
    results.push(result)
    const beside = result.floor ? ` against ${result.floor} = ${result.ratio!.toFixed(2)}×` : ''
    say(`${result.met ? '  ' : '✗ '}${result.part}: ${result.what}: ${result.measured}${beside} (aim ${result.aim})`)
  }
}

/** A room with a bench of its own needs no city: `npm run -s bench -- funds`. */
async function measureRoom(name: 'funds' | 'ballots' | 'aid'): Promise<void> {
  const { results: own, note } =
    name === 'funds'
      ? await measureFunds(dataDir, Math.round(1_000_000 * scale), say)
      : name === 'aid'
        ? await measureAid(dataDir, scale, say)
        : {
            results: await measureBallots(scale, say),
            note: 'Server, box, registrar and all voters’ phones share the two cores.',
          }
  await measure(name, async () => own)
  const page = path.join(import.meta.dirname, '../docs/benchmarks.md')
  if (scale === 1) writeFileSync(page, withRoom(readFileSync(page, 'utf8'), name, own, note))
  say(scale === 1 ? 'docs/benchmarks.md: its part written' : 'docs/benchmarks.md is written at scale 1 only')
}

async function measureCity(): Promise<void> {
  const city = cityOf(scale)
  say(
    `Building ${city.members.toLocaleString('en')} members in ${city.units.toLocaleString('en')} units and ${city.facts.toLocaleString('en')} facts …`,
  )
  const house = await openHouse(dataDir, city, say)
  try {
    await measure('lists', () => measureLists(house, 60))
    await measure('figures', () => measureFigures(house, 7))
    await measure('create', () => measureCreate(house, 200))
    await measure('document', () => measureDocument(9))
    await measure('export', () => measureExport(house, 3))
    // Last, because the base grows by it.
    await measure('import', () =>
      measureImport(house, Number(values.rounds), Math.min(100_000, Math.round(city.members / 10))),
    )
  } finally {
    await house.stop()
  }
  await measure('start', () => measureStart(dataDir, 5))
  if (scale === 1 && !wanted) {
    const page = path.join(import.meta.dirname, '../docs/benchmarks.md')
    writeFileSync(page, keepRooms(await pageOf(city, results), readFileSync(page, 'utf8')))
    say('docs/benchmarks.md written')
  } else say('docs/benchmarks.md is written by a whole run at scale 1 only')
}

try {
  if (isRoom(room)) await measureRoom(room)
  else await measureCity()
} finally {
  if (!values.keep) rmSync(dataDir, { recursive: true, force: true })
}
say(`${results.filter((result) => result.met).length} of ${results.length} aims met`)
process.exit()
