import type pg from 'pg'
import { EXPORTED } from './city.ts'
import { inTurn } from './clock.ts'
import type { House } from './house.ts'
import { duration, type Result } from './result.ts'
import { bareServer, expectStatus, ourServer, statementsOf } from './serving.ts'

const visit = (unitId: number, round: number): Record<string, unknown> => ({
  unitId,
  happenedOn: '2026-06-18',
  personId: 1 + (round % 1000),
  fields: {
    status: '在职',
    occasion: '住院',
    relation: '本人',
    prompt: true,
    place: '市第一医院',
    amount: 50_000,
    gift: '鲜花',
    ledBy: '工会主席',
  },
})

/** What the product writes for one visit: the record, its facts, the act and the audit, in one durable transaction. */
async function writeBare(pool: pg.Pool, body: ReturnType<typeof visit>, facts: readonly string[]): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query<{ id: number }>(
      `insert into kernel.record (register, unit_id, happened_on, person_id, fields, created_by, updated_by)
       values ($1, $2, $3, $4, $5, 1, 1) returning id`,
      [EXPORTED, body['unitId'], body['happenedOn'], body['personId'], JSON.stringify(body['fields'])],
    )
    const id = rows[0]!.id
    await client.query(
      `insert into kernel.fact (measure, unit_id, on_date, quantity, person_id, dims, ref_id, posted_by) values
       ${facts.map((_, place) => `($${place + 6}, $1, $2, 1, $3, $4, $5, 1)`).join(', ')}`,
      [body['unitId'], body['happenedOn'], body['personId'], JSON.stringify(body['fields']), id, ...facts],
    )
    await client.query(
      `insert into kernel.act (object_kind, object_id, verb, to_state, actor_id, actor_name, office)
       values ('record', $1, '提交', 'recorded', 1, '周婷', '主席')`,
      [id],
    )
    await client.query(
      `insert into kernel.audit (actor_id, actor_name, office, action, object_kind, object_id, unit_id, summary)
       values (1, '周婷', '主席', 'register.create', 'record', $1, $2, '登记走访慰问')`,
      [id, body['unitId']],
    )
    await client.query('commit')
    return id
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

export async function measureCreate(house: House, rounds: number): Promise<Result[]> {
  const unitId = house.city.companyId + 1
  const path = `/api/registers/${EXPORTED}/records`
  const ours = await ourServer(house)
  const heard = await statementsOf(async () => expectStatus(await ours.ask('POST', path, visit(unitId, 0)), 201))
  const { rows } = await house.connection.pool.query<{ measure: string }>(
    `select measure from kernel.fact where ref_kind = 'record' and ref_id = (select max(id) from kernel.record)`,
  )
  const facts = rows.map((row) => row.measure)
  const bare = await bareServer(house, (app, pool) => {
    app.post('/bare', async (request, reply) => {
      const id = await writeBare(pool, request.body as ReturnType<typeof visit>, facts)
      return reply.status(201).send({ id })
    })
  })
  const times = await inTurn(
    {
      ours: async (round) => expectStatus(await ours.ask('POST', path, visit(unitId, round)), 201),
      bare: async (round) => expectStatus(await bare.ask('POST', '/bare', visit(unitId, round)), 201),
    },
    rounds,
    10,
  )
  await bare.close()
  await ours.close()
  const ratio = times.ours.median / times.bare.median
  return [
    {
      part: 'One record over HTTP',
      what: `a visit of one person: the record, ${facts.length} facts, act, audit (${heard.length} statements of ours, 6 of the bare route)`,
      measured: `${duration(times.ours.median)}, p95 ${duration(times.ours.p95)}`,
      floor: `${duration(times.bare.median)}, p95 ${duration(times.bare.p95)}`,
      ratio,
      aim: '≤ 4×',
      met: ratio <= 4,
    },
  ]
}
