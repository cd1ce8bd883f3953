import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { share } from '../../../kernel/rules/arithmetic.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import module from '../module.ts'
import { closeVote, freezeVote, openVote, resultOf, voidVote, type NewVote, type Vote } from '../public.ts'
import { recordChannel } from './counting.ts'
import { voteRoutes } from './routes.ts'

declarePermissions([...module.permissions])
const { db, ownerPool } = await testDatabase()
let world: World
let app: App

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  app = await buildApp(
    {
      db,
      today: () => '2026-06-30',
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName) : null),
    [voteRoutes],
  )
})
afterAll(() => app.close())

async function ask(who: PersonName, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url,
    headers: { cookie: `as=${encodeURIComponent(who)}` },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.body ? answer.json() : null }
}
const east: PersonName[] = ['李强', '张敏', '刘洋', '陈静', '杨帆']
const people = (names: readonly PersonName[]) => names.map((name) => world.person(name))

/** A vote of the eastern union: 刘洋 and 陈静 stand for one seat, 张敏 and 杨帆 count. */
function open(change: Partial<NewVote> = {}): Promise<Vote> {
  return db.transaction().execute((tx) =>
    openVote(tx, world.as('李强'), {
      unitId: world.unit('east'),
      subject: { kind: 'elections', path: 'elections/1' },
      title: '委员选举',
      kind: 'election',
      mode: 'paper',
      rule: {
        kind: 'election',
        base: 'expected',
        threshold: share.majority,
        presence: share.twoThirds,
        seats: 1,
        tie: 'revote',
        articles: {},
      },
      heldOn: '2026-06-30',
      items: [
        { key: 'a', label: '刘洋', personId: world.person('刘洋') },
        { key: 'b', label: '陈静', personId: world.person('陈静') },
      ],
      roll: people(east),
      tellers: [
        { personId: world.person('张敏'), duty: '总监票人' },
        { personId: world.person('杨帆'), duty: '计票人' },
      ],
      ...change,
    }),
  )
}
const freeze = (id: number, present: readonly PersonName[] = east) =>
  db.transaction().execute((tx) => freezeVote(tx, world.as('李强'), id, people(present)))
const close = (id: number) => db.transaction().execute((tx) => closeVote(tx, world.as('李强'), id))
const sheet = (yes: [number, number], valid = 5, more: object = {}) => ({
  issued: valid,
  returned: valid,
  valid,
  invalid: 0,
  items: [
    { key: 'a', yes: yes[0], no: valid - yes[0] },
    { key: 'b', yes: yes[1], no: valid - yes[1] },
  ],
  ...more,
})

describe('the roll', () => {
  it('§15.1 before issuing is corrected by two tellers, after it by nobody', async () => {
    const vote = await open()
    const url = `/api/votes/${vote.id}/corrections`
    const strike = { personId: world.person('刘洋'), verb: 'strike', reason: '会籍已转为保留会籍' }
    expect((await ask('陈静', 'POST', url, strike)).status).toBe(404)
    expect((await ask('李强', 'POST', url, strike)).status).toBe(403)
    const { body } = await ask('张敏', 'POST', url, strike)
    const confirm = `${url}/${body.id}/confirm`
    expect(await ask('张敏', 'POST', confirm)).toMatchObject({ status: 409, body: { code: 'same-teller' } })
    await expect(freeze(vote.id)).rejects.toMatchObject({ code: 'correction-open' })
    expect((await ask('杨帆', 'POST', confirm)).body).toMatchObject({ expected: 4 })
    const frozen = await freeze(vote.id)
    expect(frozen).toMatchObject({
      state: 'issuing',
      expected: 4,
      present: 4,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(await ask('张敏', 'POST', url, { ...strike, verb: 'add' })).toMatchObject({
      status: 409,
      body: { code: 'roll-frozen' },
    })
    const { body: roll } = await ask('李强', 'GET', `/api/votes/${vote.id}/roll`)
    expect(roll.lines.find((line: { name: string }) => line.name === '刘洋')).toMatchObject({
      struck: true,
      present: false,
    })
    expect(roll.corrections).toMatchObject([
      { proposedName: '张敏', confirmedName: '杨帆', reason: '会籍已转为保留会籍' },
    ])
    await expect(ownerPool.query(`update ballots.vote set all_count = 9 where id = ${vote.id}`)).rejects.toMatchObject({
      code: 'ZJ001',
    })
  })

  it('§15.3 names a person once, and of one nobody votes', async () => {
    expect((await open({ roll: people(['李强', '李强', '张敏']) })).expected).toBe(2)
    await expect(open({ roll: people(['李强']) })).rejects.toMatchObject({ code: 'roll-too-small' })
    await expect(open({ tellers: [{ personId: world.person('刘洋'), duty: '监票人' }] })).rejects.toMatchObject({
      code: 'teller-is-candidate',
    })
  })

  it('has one hash for one content', async () => {
    const [one, same, other] = [await open(), await open(), await open({ roll: people(['李强', '张敏', '刘洋']) })]
    const hashes = [await freeze(one.id), await freeze(same.id), await freeze(other.id)].map((vote) => vote.hash)
    expect(hashes[0]).toBe(hashes[1])
    expect(hashes[2]).not.toBe(hashes[0])
  })
})

describe('the count', () => {
  it('stands when two people entered the same, each for himself', async () => {
    const vote = await open()
    const url = `/api/votes/${vote.id}/counts/main`
    expect(await ask('张敏', 'PUT', url, sheet([4, 1]))).toMatchObject({ status: 409, body: { code: 'not-counting' } })
    await freeze(vote.id)
    expect((await ask('周婷', 'PUT', url, sheet([4, 1]))).status).toBe(404)
    expect(await ask('陈静', 'PUT', url, sheet([4, 1]))).toMatchObject({ status: 404 })
    expect((await ask('张敏', 'PUT', url, sheet([4, 1]))).body).toMatchObject({
      agreed: false,
      entries: [{ mine: true, name: '张敏' }],
    })
    // The second sees that the first entered, and not what.
    expect((await ask('杨帆', 'GET', `/api/votes/${vote.id}`)).body.channels).toMatchObject([
      { entries: [{ name: '张敏', mine: false }], sheet: null, differences: [] },
    ])
    await expect(close(vote.id)).rejects.toMatchObject({ code: 'count-missing' })
    expect((await ask('杨帆', 'PUT', url, sheet([3, 1]))).body).toMatchObject({
      agreed: false,
      differences: [
        { where: '刘洋·赞成', first: 4, second: 3 },
        { where: '刘洋·不赞成', first: 1, second: 2 },
      ],
    })
    expect(await ask('李强', 'PUT', url, sheet([4, 1]))).toMatchObject({
      status: 409,
      body: { code: 'counted-by-two' },
    })
    expect((await ask('杨帆', 'PUT', url, sheet([4, 1]))).body.agreed).toBe(true)
    const result = await close(vote.id)
    expect(result.verdict).toMatchObject({ outcome: 'elected', elected: ['a'] })
    expect(result.words).toContain('2×4＝8')
    expect((await ask('李强', 'GET', `/api/votes/${vote.id}`)).body).toMatchObject({
      vote: { state: 'closed' },
      result: { verdict: { elected: ['a'] } },
    })
    await expect(close(vote.id)).rejects.toMatchObject({ code: 'not-counting' })
    await expect(ownerPool.query('update ballots.verdict set words = $1', ['改'])).rejects.toMatchObject({
      code: 'ZJ001',
    })
    await expect(
      db.transaction().execute((tx) => voidVote(tx, world.as('李强'), vote.id, '重来')),
    ).rejects.toMatchObject({ code: 'vote-closed' })
  })

  it('is refused from a candidate and when it does not add up', async () => {
    const vote = await open()
    await freeze(vote.id)
    const url = `/api/votes/${vote.id}/counts/main`
    expect(await ask('张敏', 'PUT', url, sheet([4, 1], 5, { valid: 4 }))).toMatchObject({
      status: 422,
      body: { code: 'count-wrong', fields: { valid: expect.stringContaining('不等于收回') } },
    })
    expect(
      (await ask('张敏', 'PUT', url, sheet([4, 1], 5, { writeIns: [{ label: '刘洋', yes: 1 }] }))).body.fields,
    ).toMatchObject({
      'writeIns.0': expect.stringContaining('在候选人名单里'),
    })
    expect((await ask('张敏', 'PUT', `/api/votes/${vote.id}/counts/elsewhere`, sheet([4, 1]))).status).toBe(404)
    const other = await open({ items: [{ key: 'x', label: '李强', personId: world.person('李强') }] })
    await freeze(other.id)
    expect(
      await ask('李强', 'PUT', `/api/votes/${other.id}/counts/main`, {
        issued: 5,
        returned: 5,
        valid: 5,
        items: [{ key: 'x', yes: 5 }],
      }),
    ).toMatchObject({ status: 422, body: { code: 'teller-is-candidate' } })
  })

  it('of more papers back than out is kept, and the vote is void', async () => {
    const vote = await open()
    await freeze(vote.id)
    for (const who of ['张敏', '杨帆'] as const)
      expect((await ask(who, 'PUT', `/api/votes/${vote.id}/counts/main`, sheet([4, 1], 5, { issued: 4 }))).status).toBe(
        200,
      )
    expect((await close(vote.id)).verdict.outcome).toBe('void')
  })

  it('of two channels adds up, with a barred person written in declared so', async () => {
    const vote = await open({
      channels: ['main', 'box'],
      rule: { kind: 'election', base: 'expected', threshold: share.majority, seats: 2, tie: 'revote', articles: {} },
    })
    await freeze(vote.id)
    const count = (channel: string, yes: [number, number], valid: number, writeIns: object[]) =>
      Promise.all(
        (['张敏', '杨帆'] as const).map((who) =>
          ask(who, 'PUT', `/api/votes/${vote.id}/counts/${channel}`, sheet(yes, valid, { writeIns })),
        ),
      )
    await count('main', [3, 0], 3, [{ label: '赵磊', personId: world.person('赵磊'), yes: 2 }])
    await count('box', [2, 0], 2, [{ label: '赵磊', personId: world.person('赵磊'), yes: 1 }])
    const key = `p${world.person('赵磊')}`
    const { verdict, count: total } = await db
      .transaction()
      .execute((tx) => closeVote(tx, world.as('李强'), vote.id, new Map([[key, '法定代表人的近亲属']])))
    expect(total).toMatchObject({ issued: 5, returned: 5, valid: 5 })
    expect(verdict).toMatchObject({ outcome: 'short', elected: ['a'], vacant: 1 })
    expect(verdict.items.find((item) => item.key === key)).toMatchObject({ outcome: 'barred', yes: 3 })
  })

  it('comes from the box where a channel counts itself', async () => {
    const vote = await open({ mode: 'secret', channels: ['booth'] })
    await freeze(vote.id)
    const input = {
      ...sheet([3, 1]),
      items: sheet([3, 1]).items.map((item) => ({ ...item, abstain: 0 })),
      writeIns: [],
    }
    await db.transaction().execute((tx) => recordChannel(tx, vote.id, 'booth', input))
    expect((await close(vote.id)).verdict.elected).toEqual(['a'])
    expect(await resultOf(db, vote.id)).toMatchObject({ count: { valid: 5 } })
  })
})

describe('an open vote', () => {
  const motion = {
    kind: 'motion',
    base: 'expected',
    threshold: share.majority,
    presence: share.twoThirds,
    tie: 'open',
    papers: false,
    articles: {},
  } as const
  it('by hands counts hands, not papers', async () => {
    const vote = await open({
      kind: 'motion',
      mode: 'hands',
      rule: motion,
      items: [{ key: 'm', label: '选举办法（草案）' }],
    })
    await freeze(vote.id)
    for (const who of ['张敏', '杨帆'] as const)
      await ask(who, 'PUT', `/api/votes/${vote.id}/counts/main`, { items: [{ key: 'm', yes: 3, no: 1, abstain: 0 }] })
    const { verdict, words } = await close(vote.id)
    expect(verdict.outcome).toBe('passed')
    expect(words).not.toContain('收回')
  })

  it('by name keeps who said what, and takes nobody from outside the roll', async () => {
    const vote = await open({
      kind: 'motion',
      mode: 'named',
      rule: motion,
      items: [{ key: 'm', label: '决议（草案）' }],
      roll: people(['李强', '张敏', '刘洋']),
    })
    await freeze(vote.id, ['李强', '张敏', '刘洋'])
    const url = `/api/votes/${vote.id}/names`
    const mark = (name: PersonName, value: string) => ({ personId: world.person(name), key: 'm', mark: value })
    // One's own word from the phone; another's only from a teller.
    expect((await ask('刘洋', 'PUT', url, { marks: [mark('刘洋', 'yes')] })).status).toBe(204)
    expect((await ask('刘洋', 'PUT', url, { marks: [mark('张敏', 'no')] })).status).toBe(404)
    expect((await ask('张敏', 'PUT', url, { marks: [mark('李强', 'yes'), mark('张敏', 'no')] })).status).toBe(204)
    expect(await ask('张敏', 'PUT', url, { marks: [mark('何平', 'yes')] })).toMatchObject({
      status: 422,
      body: { code: 'not-on-roll' },
    })
    expect((await ask('何平', 'PUT', url, { marks: [mark('何平', 'yes')] })).status).toBe(404)
    expect((await close(vote.id)).verdict).toMatchObject({ outcome: 'passed', items: [{ yes: 2, no: 1 }] })
  })
})

it('a vote is shown to its union and to nobody else', async () => {
  const vote = await open()
  expect((await ask('李强', 'GET', `/api/votes?subject=elections/1`)).body.votes.map((one: Vote) => one.id)).toContain(
    vote.id,
  )
  expect((await ask('周婷', 'GET', '/api/votes')).body.votes).toEqual([])
  expect((await ask('周婷', 'GET', `/api/votes/${vote.id}`)).status).toBe(404)
  expect((await ask('刘洋', 'GET', `/api/votes/${vote.id}/roll`)).status).toBe(404)
})
