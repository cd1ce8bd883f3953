import type { House } from './house.ts'
import { inTurn } from './clock.ts'
import { duration, type Result } from './result.ts'
import { bareServer, expectStatus, ourServer, statementsOf, type Server, type Statement } from './serving.ts'

interface Page {
  members: { id: number }[]
  next: string | null
  total: number
}

const DEEP = 50_000

/** Walks to the page that begins some 50,000 rows down, as an officer's «next» would, and gives its address. */
async function deepPage(server: Server, base: string, rows: number): Promise<{ path: string; skipped: number }> {
  let path = `${base}&limit=200`
  let skipped = 0
  for (;;) {
    const page = JSON.parse(expectStatus(await server.ask('GET', path), 200).body) as Page
    if (!page.next || skipped >= rows) return { path: path.replace('limit=200', 'limit=50'), skipped }
    skipped += page.members.length
    path = `${base}&limit=200&cursor=${encodeURIComponent(page.next)}`
  }
}

/** Without the session, which the bare route doesn't ask for. */
const ownSql = (statements: readonly Statement[]): Statement[] =>
  statements.filter(({ text }) => !text.includes('accounts.session'))

export async function measureLists(house: House, rounds: number): Promise<Result[]> {
  const { city } = house
  const ours = await ourServer(house)
  const county = `/api/members?unitId=${city.countyId}`
  const deep = await deepPage(ours, county, Math.min(DEEP, Math.round(city.members / 30)))
  const pages: [string, string][] = [
    ['first page of the whole city with its total', `/api/members?unitId=${city.cityId}&limit=50`],
    ['first page of a county by tag (党员) with its total', `${county}&tag=${encodeURIComponent('党员')}&limit=50`],
    [`page ${deep.skipped.toLocaleString('en')} rows deep in a county`, deep.path],
    ['search by initials (wxm) in the whole city', `/api/members?unitId=${city.cityId}&q=wxm&limit=50`],
    ['search by one initial (z) in a county', `${county}&q=z&limit=50`],
    [
      'search by name (王伟) in the whole city',
      `/api/members?unitId=${city.cityId}&q=${encodeURIComponent('王伟')}&limit=50`,
    ],
  ]
  const results: Result[] = []
  for (const [what, path] of pages) {
    const statements = ownSql(await statementsOf(async () => expectStatus(await ours.ask('GET', path), 200)))
    const bare = await bareServer(house, (app, pool) => {
      app.get('/bare', async () => {
        const answers: unknown[] = []
        for (const { text, values } of statements) answers.push((await pool.query(text, values)).rows)
        return answers
      })
    })
    const times = await inTurn(
      {
        ours: async () => expectStatus(await ours.ask('GET', path), 200),
        bare: async () => expectStatus(await bare.ask('GET', '/bare'), 200),
      },
      rounds,
      5,
    )
    await bare.close()
    const ratio = times.ours.median / times.bare.median
    results.push({
      part: 'Lists over HTTP',
      what,
      measured: `${duration(times.ours.median)}, p95 ${duration(times.ours.p95)}`,
      floor: `${duration(times.bare.median)}, p95 ${duration(times.bare.p95)}`,
      ratio,
      aim: '≤ 2×, p95 ≤ 100 ms',
      met: ratio <= 2 && times.ours.p95 <= 100,
    })
  }
  await ours.close()
  return results
}
