import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { EXPORTED } from './city.ts'
import { summary, timed } from './clock.ts'
import type { House } from './house.ts'
import { duration, type Result } from './result.ts'
import { writeRoster } from './roster.ts'

const here = import.meta.dirname

/** Runs one of the processes beside this file and reads the JSON it prints. */
function run(script: string, ...words: string[]): Promise<Record<string, number>> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(here, script), ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.on('data', (chunk) => (text += chunk))
    child.on('close', (code) => (code ? reject(new Error(`${script} failed`)) : resolve(JSON.parse(text))))
  })
}

const median = (runs: readonly Record<string, number>[], name: string): number =>
  summary(runs.map((one) => one[name]!)).median
const peak = (runs: readonly Record<string, number>[]): number => Math.max(...runs.map((one) => one['peakMb']!))

export async function measureImport(house: House, rounds: number, rows: number): Promise<Result[]> {
  const { rows: units } = await house.owner.query<{ code: string }>(
    `select u.code from kernel.closure c join organisation.unit u on u.id = c.descendant_id
     where c.ancestor_id = $1 and u.type = 'branch' order by u.id limit 500`,
    [house.city.countyId],
  )
  const { rows: taken } = await house.owner.query<{ n: number }>(
    'select count(*)::int as n from members.person where import_id is not null',
  )
  const file = path.join(house.dataDir, 'roster.xlsx')
  const ours: Record<string, number>[] = []
  const floor: Record<string, number>[] = []
  // Every roster is of new people: those of the run before are in the base by now.
  let from = taken[0]!.n * 3 + 1
  for (let round = 0; round < rounds; round++)
    for (const [way, times] of [
      ['floor', floor],
      ['ours', ours],
    ] as const) {
      await writeRoster(
        file,
        from,
        rows,
        units.map((unit) => unit.code),
      )
      from += rows
      times.push(await run('import-run.ts', way, house.appUrl, house.dataDir, file, String(house.city.cityId)))
    }
  rmSync(file)
  const ratio = median(ours, 'ms') / median(floor, 'ms')
  return [
    {
      part: 'Import of a roster',
      what: `${rows.toLocaleString('en')} members from an xlsx: check ${duration(median(ours, 'checkMs'))}, commit ${duration(median(ours, 'commitMs'))}`,
      measured: `${duration(median(ours, 'ms'))}, ${Math.round(peak(ours))} MB`,
      floor: `${duration(median(floor, 'ms'))}, ${Math.round(peak(floor))} MB`,
      ratio,
      aim: '≤ 4×, ≤ 20 s, ≤ 600 MB',
      met: ratio <= 4 && median(ours, 'ms') <= 20_000 && peak(ours) <= 600,
    },
  ]
}

export async function measureExport(house: House, rounds: number): Promise<Result[]> {
  const file = path.join(house.dataDir, 'export.xlsx')
  const runs: Record<string, number>[] = []
  for (let round = 0; round < rounds; round++)
    runs.push(await run('export-run.ts', house.appUrl, EXPORTED, String(house.city.cityId), file))
  rmSync(file)
  const times = summary(runs.map((one) => one['ms']!))
  return [
    {
      part: 'Documents and workbooks',
      what: `export of ${runs[0]!['rows']!.toLocaleString('en')} rows to xlsx`,
      measured: `${duration(times.median)}, ${Math.round(peak(runs))} MB`,
      aim: '≤ 5 s, ≤ 300 MB',
      met: times.median <= 5000 && peak(runs) <= 300,
    },
  ]
}

/** A port nobody uses at the moment. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

/**
 * `npm start` on data that is there, until /healthz answers. The first start is not counted, nor one that had to build the
 * web app because its sources had changed.
 */
export async function measureStart(dataDir: string, rounds: number): Promise<Result[]> {
  const times: number[] = []
  for (let round = 0; round <= rounds * 2 && times.length < rounds; round++) {
    const port = await freePort()
    const { DATABASE_URL: _, APP_DATABASE_URL: __, ...environment } = process.env
    const child = spawn(process.execPath, [path.join(here, '../bin/start.mjs')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...environment, DATA_DIR: dataDir, PORT: String(port), DEMO: '0' },
    })
    let said = ''
    child.stderr.on('data', (chunk) => (said += chunk))
    const ended = new Promise((resolve) => child.once('exit', resolve))
    const { ms } = await timed(async () => {
      while (child.exitCode === null) {
        const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null)
        if (answer?.ok) return
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      throw new Error(`the server did not start: ${said}`)
    })
    child.kill('SIGTERM')
    await ended
    if (round > 0 && !said.includes('正在生成网页')) times.push(ms)
  }
  if (!times.length) throw new Error('every start had to build the web app: its sources keep changing')
  const { median: usual, p95 } = summary(times)
  return [
    {
      part: 'Start',
      what: 'from `npm start` to the first answer, warm, with the city’s data',
      measured: `${duration(usual)}, p95 ${duration(p95)}`,
      aim: '≤ 3 s',
      met: usual <= 3000,
    },
  ]
}
