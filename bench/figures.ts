import { figuresOf } from '../src/kernel/facts/figures.ts'
import { catalogue } from '../src/kernel/register/registry.ts'
import { YEAR } from './city.ts'
import { inTurn, summary, timed } from './clock.ts'
import type { House } from './house.ts'
import { duration, type Result } from './result.ts'
import { expectStatus, ourServer } from './serving.ts'

export async function measureFigures(house: House, rounds: number): Promise<Result[]> {
  const { db } = house.connection
  const known = await catalogue(db)
  const year = (unitId: number) => ({ unitId, from: `${YEAR}-01-01`, to: `${YEAR}-12-31` })
  const results: Result[] = []
  for (const [what, unitId, aim] of [
    ['of a unit with 109 units below it', house.city.companyId, 1000],
    ['of the whole city', house.city.cityId, 5000],
  ] as const) {
    const times: number[] = []
    let figures = 0
    let facts = 0
    for (let round = 0; round < rounds; round++) {
      const { ms, result } = await timed(() => figuresOf(db, known, year(unitId)))
      times.push(ms)
      figures = result.length
      facts = result.reduce((sum, figure) => sum + figure.facts, 0)
    }
    const { median, p95 } = summary(times)
    results.push({
      part: 'Figures of a year',
      what: `all ${known.metrics.size} metrics ${what} (${figures} figures, standing on ${facts.toLocaleString('en')} rows)`,
      measured: `${duration(median)}, p95 ${duration(p95)}`,
      aim: `≤ ${aim / 1000} s`,
      met: median <= aim,
    })
  }
  return [...results, ...(await drillDown(house, rounds * 3))]
}

async function drillDown(house: House, rounds: number): Promise<Result[]> {
  const ours = await ourServer(house)
  const base = `/api/figures/rows?unitId=${house.city.cityId}&from=${YEAR}-01-01&to=${YEAR}-12-31&limit=50`
  const results: Result[] = []
  for (const [what, path] of [
    ['visits of the whole city', `${base}&metric=care.visit.times`],
    ['distinct people visited, one occasion, whole city', `${base}&metric=care.visit.hospital-own`],
    ['all members of the whole city', `${base}&metric=members.count`],
    [
      'visits of the unit with 109 units below',
      `${base}&metric=care.visit.times`.replace(`unitId=${house.city.cityId}`, `unitId=${house.city.companyId}`),
    ],
  ] as const) {
    const { first } = await inTurn({ first: async () => expectStatus(await ours.ask('GET', path), 200) }, rounds, 2)
    const { next } = JSON.parse((await ours.ask('GET', path)).body) as { next: number | null }
    const after = next ? `${path}&cursor=${Math.round(next * 0.7)}` : path
    const { later } = await inTurn({ later: async () => expectStatus(await ours.ask('GET', after), 200) }, rounds, 2)
    results.push({
      part: 'The rows behind a figure, 50 a page, over HTTP',
      what,
      measured: `${duration(first.median)}, p95 ${duration(first.p95)}; a later page ${duration(later.median)}`,
      aim: '≤ 200 ms',
      met: Math.max(first.median, later.median) <= 200,
    })
  }
  await ours.close()
  return results
}
