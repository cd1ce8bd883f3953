import { sql } from 'kysely'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import type { PersonName } from '../../../kernel/testing/world.ts'
import { openOffice } from './desk-for-tests.ts'

const office = await openOffice()
const { ask, does, counted, world, db } = office
afterAll(() => office.app.close())
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

const heldOn = '2026-03-20'
const plan = (more: object = {}) => ({
  unitId: world.unit('east'),
  kind: 'term',
  form: 'members',
  ordinal: 7,
  termYears: 5,
  heldOn,
  races: [
    { post: 'member', seats: 3 },
    { post: 'chair', seats: 1 },
  ],
  ...more,
})
const detail = async (id: number, who: PersonName = '李强') => (await ask(who, 'GET', `/api/elections/${id}`)).body
const raceOf = (shown: any, post: string) => shown.races.find((race: any) => race.post === post)
const sittingOf = (shown: any, kind: string) => shown.sittings.find((sitting: any) => sitting.kind === kind)
const voteOf = (shown: any, post: string) =>
  shown.ballots.filter((ballot: any) => ballot.raceId === raceOf(shown, post).id).at(-1).vote
const tellers = (...names: PersonName[]) => ({
  tellers: names.map((name, index) => ({ personId: world.person(name), duty: index ? '计票人' : '监票人' })),
})
/** A sheet on which everybody present marked every line. */
const sheet = (yes: Partial<Record<PersonName, number>>, valid: number, more: object = {}) => ({
  issued: valid,
  returned: valid,
  valid,
  items: Object.entries(yes).map(([name, n]) => ({
    key: `p${world.person(name as PersonName)}`,
    yes: n,
    no: valid - n!,
  })),
  ...more,
})

const STANDING: PersonName[] = ['李强', '刘洋', '陈静', '杨帆']
/** An election whose assembly is about to begin; everybody has signed in. */
async function assembled(more: object = {}, candidates: readonly PersonName[] = STANDING): Promise<number> {
  const { id } = await does('李强', 'POST', '/api/elections', plan(more))
  await does('李强', 'POST', `/api/elections/${id}/submit`)
  await does('王芳', 'POST', `/api/elections/${id}/plan-answer`, { verb: '同意', document: '清工发〔2026〕3号' })
  const race = raceOf(await detail(id), 'member')
  for (const name of candidates) {
    await does('李强', 'POST', `/api/races/${race.id}/candidates`, { personId: world.person(name) })
    await does('李强', 'PUT', `/api/races/${race.id}/candidates/${world.person(name)}`, { relation: 'none' })
  }
  const assembly = sittingOf(await detail(id), 'assembly')
  await does('李强', 'POST', `/api/sittings/${assembly.id}/roll`)
  await does('李强', 'PUT', `/api/sittings/${assembly.id}/tellers`, tellers('张敏', '赵磊'))
  await does('李强', 'POST', `/api/elections/${id}/publicity`, { on: '2026-03-06' })
  await does('李强', 'POST', `/api/elections/${id}/convene`)
  const { members } = (await ask('李强', 'GET', `/api/sittings/${assembly.id}/members`)).body
  await does('李强', 'POST', `/api/sittings/${assembly.id}/present`, {
    personIds: members.map((one: any) => one.personId),
    present: true,
  })
  return id
}
/** The assembly's papers are out. */
async function issued(more: object = {}): Promise<number> {
  const id = await assembled(more)
  const assembly = sittingOf(await detail(id), 'assembly')
  await does('李强', 'POST', `/api/sittings/${assembly.id}/prepare`)
  await does('李强', 'POST', `/api/sittings/${assembly.id}/issue`)
  return id
}
/** The committee is elected. */
async function elected(): Promise<number> {
  const id = await issued()
  const shown = await detail(id)
  await counted(voteOf(shown, 'member').id, ['张敏', '赵磊'], sheet({ 李强: 6, 刘洋: 5, 陈静: 4, 杨帆: 1 }, 6))
  await does('李强', 'POST', `/api/races/${raceOf(shown, 'member').id}/close`)
  return id
}

describe('a term change', () => {
  it('goes from the plan to offices and figures, and only the upper union approves', async () => {
    const id = await elected()
    let shown = await detail(id)
    expect(shown.elected.map((one: any) => one.name)).toEqual(['李强', '刘洋', '陈静'])
    // The first meeting of the new committee elects the chair.
    const committee = sittingOf(shown, 'committee')
    await does('李强', 'POST', `/api/sittings/${committee.id}/roll`)
    const chair = raceOf(shown, 'chair')
    await does('李强', 'POST', `/api/races/${chair.id}/candidates`, { personId: world.person('李强') })
    await does('李强', 'PUT', `/api/races/${chair.id}/candidates/${world.person('李强')}`, { relation: 'none' })
    await does('李强', 'PUT', `/api/sittings/${committee.id}/tellers`, tellers('刘洋', '陈静'))
    await does('李强', 'POST', `/api/sittings/${committee.id}/present`, {
      personIds: [world.person('李强'), world.person('刘洋'), world.person('陈静')],
      present: true,
    })
    expect((await ask('李强', 'POST', `/api/elections/${id}/announce`)).body.code).toBe('not-finished')
    await does('李强', 'POST', `/api/sittings/${committee.id}/prepare`)
    await does('李强', 'POST', `/api/sittings/${committee.id}/issue`)
    shown = await detail(id)
    await counted(voteOf(shown, 'chair').id, ['刘洋', '陈静'], sheet({ 李强: 2 }, 3))
    await does('李强', 'POST', `/api/races/${chair.id}/close`)
    office.setToday(heldOn)
    await does('李强', 'POST', `/api/elections/${id}/announce`)
    await does('李强', 'POST', `/api/elections/${id}/report`)
    const waiting = async (who: PersonName) =>
      (await ask(who, 'GET', '/api/todos')).body.todos.filter((todo: any) => todo.objectId === id)
    expect(await waiting('王芳')).toMatchObject([
      { title: expect.stringContaining('选举结果待批复'), dueOn: '2026-04-07' },
    ])
    expect(await waiting('李强')).toEqual([])
    const answer = { verb: '同意', document: '清工发〔2026〕9号' }
    expect((await ask('李强', 'POST', `/api/elections/${id}/result-answer`, { verb: '同意' })).body.code).toBe(
      'document-missing',
    )
    expect((await ask('周婷', 'POST', `/api/elections/${id}/result-answer`, answer)).status).toBe(404)
    const done = await does('王芳', 'POST', `/api/elections/${id}/result-answer`, answer)
    expect(done).toMatchObject({ state: 'approved', document: '清工发〔2026〕9号' })
    // The office is written by the election, from the election day.
    const { terms } = (await ask('李强', 'GET', `/api/units/${world.unit('east')}/terms`)).body
    expect(terms[0]).toMatchObject({ ordinal: 7, startsOn: heldOn, dueOn: '2031-03-20', document: '清工发〔2026〕9号' })
    expect(terms[0].officers.map((one: any) => [one.post, one.name])).toEqual([
      ['主席', '李强'],
      ['委员', '刘洋'],
      ['委员', '陈静'],
    ])
    const figures = await figuresOf(
      db,
      await catalogue(db),
      { unitId: world.unit('east'), from: '2026-01-01', to: '2026-12-31' },
      ['union-building.election.terms', 'union-building.election.chairs', 'union-building.election.elected'],
    )
    expect(figures.map((one) => one.value)).toEqual([1, 1, 3])
    const { rows } = await sql<{
      keptBy: string
    }>`select kept_by as "keptBy" from kernel.record where state <> 'void'`.execute(db)
    expect(rows).toEqual([{ keptBy: `elections/${id}` }])
    for (const paper of ['plan', 'method', 'candidates', 'ballot', 'result', 'report']) {
      const { status, body } = await ask('李强', 'GET', `/api/elections/${id}/papers/${paper}`)
      expect([paper, status, body.subarray(0, 2).toString()]).toEqual([paper, 200, 'PK'])
    }
    expect((await ask('周婷', 'GET', `/api/elections/${id}/papers/result`)).status).toBe(404)
    await sql`delete from organisation.officer`.execute(db)
    await sql`delete from organisation.term`.execute(db)
    office.setToday('2026-03-02')
  })

  it('is planned by its officers, seen by its union, and refused where it can’t be right', async () => {
    expect((await ask('周婷', 'POST', '/api/elections', plan())).status).toBe(404)
    expect((await ask('刘洋', 'POST', '/api/elections', plan())).status).toBe(404)
    expect((await ask('李强', 'POST', '/api/elections', plan({ ordinal: null }))).body.fields).toMatchObject({
      ordinal: '请填写第几届',
    })
    expect(
      (await ask('李强', 'POST', '/api/elections', plan({ races: [{ post: 'delegate', seats: 3 }] }))).body.fields,
    ).toMatchObject({
      'races.0.post': expect.stringContaining('不选会员代表'),
    })
    const { id, version } = await does('李强', 'POST', '/api/elections', plan({ termYears: 4 }))
    expect(await ask('李强', 'POST', `/api/elections/${id}/submit`)).toMatchObject({
      status: 422,
      body: { code: 'gates-block' },
    })
    const { unitId: _unit, kind: _kind, ...rest } = plan()
    expect((await ask('李强', 'PUT', `/api/elections/${id}`, { ...rest, version: version + 1 })).status).toBe(409)
    await does('李强', 'PUT', `/api/elections/${id}`, { ...rest, version })
    await does('李强', 'POST', `/api/elections/${id}/submit`)
    expect((await ask('周婷', 'GET', `/api/elections/${id}`)).status).toBe(404)
    expect((await ask('周婷', 'GET', '/api/elections')).body.elections).toEqual([])
    expect((await ask('李强', 'POST', `/api/elections/${id}/plan-answer`, { verb: '同意' })).body.code).toBe(
      'document-missing',
    )
    await does('王芳', 'POST', `/api/elections/${id}/plan-answer`, { verb: '退回', words: '请增加女职工委员会' })
    expect((await detail(id)).election.state).toBe('plan')
    await does('李强', 'POST', `/api/elections/${id}/end`, { words: '改期' })
    expect((await detail(id)).election.state).toBe('cancelled')
  })

  it('keeps who has retained membership off the roll and off the list', async () => {
    await office.ownerPool.query(
      `update members.membership set state = 'retained', retained_on = '2026-02-01' where person_id = $1`,
      [world.person('杨帆')],
    )
    const { id } = await does('李强', 'POST', '/api/elections', plan())
    await does('李强', 'POST', `/api/elections/${id}/submit`)
    await does('王芳', 'POST', `/api/elections/${id}/plan-answer`, { verb: '同意' })
    const shown = await detail(id)
    expect((await does('李强', 'POST', `/api/sittings/${sittingOf(shown, 'assembly').id}/roll`)).expected).toBe(5)
    expect(
      (
        await ask('李强', 'POST', `/api/races/${raceOf(shown, 'member').id}/candidates`, {
          personId: world.person('杨帆'),
        })
      ).body.code,
    ).toBe('not-eligible')
    expect(
      (
        await ask('李强', 'POST', `/api/sittings/${sittingOf(shown, 'assembly').id}/roll`, {
          personIds: [world.person('杨帆'), world.person('李强')],
        })
      ).body.code,
    ).toBe('no-vote')
    await office.ownerPool.query(
      `update members.membership set state = 'normal', retained_on = null where person_id = $1`,
      [world.person('杨帆')],
    )
  })

  it('counts what groups recommend, and takes no candidate as teller', async () => {
    const { id } = await does('李强', 'POST', '/api/elections', plan())
    await does('李强', 'POST', `/api/elections/${id}/submit`)
    await does('王芳', 'POST', `/api/elections/${id}/plan-answer`, { verb: '同意' })
    const shown = await detail(id)
    const race = raceOf(shown, 'member').id
    const group = (code: 'east-1' | 'east-2', names: PersonName[]) =>
      does('李强', 'PUT', `/api/races/${race}/nominations`, {
        unitId: world.unit(code),
        personIds: names.map((name) => world.person(name)),
      })
    await group('east-1', ['刘洋'])
    await group('east-1', ['刘洋', '陈静'])
    await group('east-2', ['刘洋'])
    expect((await detail(id)).nominees.map((one: any) => [one.name, one.units.length])).toEqual([
      ['刘洋', 2],
      ['陈静', 1],
    ])
    expect(
      (await ask('李强', 'PUT', `/api/races/${race}/nominations`, { unitId: world.unit('south-1'), personIds: [] }))
        .status,
    ).toBe(404)
    expect((await ask('李强', 'POST', `/api/elections/${id}/publicity`, { on: '2026-03-06' })).body.code).toBe(
      'no-candidates',
    )
    await does('李强', 'POST', `/api/races/${race}/candidates`, { personId: world.person('刘洋') })
    expect((await ask('李强', 'POST', `/api/elections/${id}/publicity`, { on: '2026-03-06' })).body.code).toBe(
      'not-declared',
    )
    const assembly = sittingOf(shown, 'assembly').id
    expect((await ask('李强', 'PUT', `/api/sittings/${assembly}/tellers`, tellers('刘洋', '张敏'))).body.code).toBe(
      'teller-is-candidate',
    )
    await does('李强', 'PUT', `/api/sittings/${assembly}/tellers`, tellers('张敏', '赵磊'))
    expect(
      (await ask('李强', 'POST', `/api/races/${race}/candidates`, { personId: world.person('张敏') })).body.code,
    ).toBe('candidate-is-teller')
  })
})

describe('gates', () => {
  it('block where a text was read, and warn until somebody answers where only memory vouches', async () => {
    const id = await assembled({}, ['李强', '刘洋', '陈静'])
    const assembly = sittingOf(await detail(id), 'assembly').id
    await does('李强', 'POST', `/api/sittings/${assembly}/prepare`)
    // Three candidates for three seats: the margin is known by quotation and blocks.
    const refusal = await ask('李强', 'POST', `/api/sittings/${assembly}/issue`)
    expect(refusal).toMatchObject({
      status: 422,
      body: { code: 'gates-block', message: expect.stringContaining('差额不低于5%') },
    })
    const gate = (await detail(id)).gates.find((one: any) => one.id.startsWith('EL-MARGIN'))
    expect(gate).toMatchObject({ blocks: true, holds: false, source: expect.stringContaining('第十七条') })
    expect(
      (await ask('李强', 'POST', `/api/elections/${id}/waivers`, { gate: gate.id, reason: '等额' })).body.code,
    ).toBe('not-waivable')
  })

  it('of memory let a late publicity pass with a reason, which is kept with its author', async () => {
    const id = await assembled()
    await sql`update elections.election set publicised_on = '2026-03-18' where id = ${id}`.execute(db)
    const assembly = sittingOf(await detail(id), 'assembly').id
    await does('李强', 'POST', `/api/sittings/${assembly}/prepare`)
    expect((await ask('李强', 'POST', `/api/sittings/${assembly}/issue`)).body.code).toBe('warnings-open')
    await does('李强', 'POST', `/api/elections/${id}/waivers`, { gate: 'EL-PUBLICITY', reason: '经上级同意缩短' })
    await does('李强', 'POST', `/api/sittings/${assembly}/issue`)
    expect((await detail(id)).gates.find((one: any) => one.id === 'EL-PUBLICITY').waiver).toMatchObject({
      reason: '经上级同意缩短',
      byName: '李强',
    })
  })

  it('never stop the recording: an election without a quorum is kept, and only as invalid', async () => {
    const id = await assembled()
    const assembly = sittingOf(await detail(id), 'assembly').id
    await does('李强', 'POST', `/api/sittings/${assembly}/present`, {
      personIds: ['刘洋', '陈静', '杨帆'].map((name) => world.person(name as PersonName)),
      present: false,
    })
    await does('李强', 'POST', `/api/sittings/${assembly}/prepare`)
    expect((await ask('李强', 'POST', `/api/sittings/${assembly}/issue`)).body.message).toContain('到会三分之二')
    await does('李强', 'POST', `/api/sittings/${assembly}/issue`, { despite: '主持人坚持开会' })
    const shown = await detail(id)
    await counted(voteOf(shown, 'member').id, ['张敏', '赵磊'], sheet({ 李强: 3, 刘洋: 3, 陈静: 3, 杨帆: 0 }, 3))
    const { verdict } = await does('李强', 'POST', `/api/races/${raceOf(shown, 'member').id}/close`)
    expect(verdict).toMatchObject({ outcome: 'void', elected: [] })
    expect((await ask('李强', 'POST', `/api/elections/${id}/announce`)).body.code).toBe('flawed')
    await does('李强', 'POST', `/api/elections/${id}/end`, { words: '到会人数不足，择日重选' })
    expect((await detail(id)).election.state).toBe('invalid')
  })

  it('bar leaders’ relatives from the committee of an enterprise', async () => {
    const id = await assembled()
    const race = raceOf(await detail(id), 'member').id
    await does('李强', 'PUT', `/api/races/${race}/candidates/${world.person('刘洋')}`, { relation: 'kin' })
    const assembly = sittingOf(await detail(id), 'assembly').id
    await does('李强', 'POST', `/api/sittings/${assembly}/prepare`)
    expect((await ask('李强', 'POST', `/api/sittings/${assembly}/issue`)).body).toMatchObject({ code: 'gates-block' })
  })
})

describe('a tie and a shortfall', () => {
  it('are voted again among the tied only, and then among the unelected', async () => {
    const id = await issued()
    let shown = await detail(id)
    const race = raceOf(shown, 'member').id
    await counted(voteOf(shown, 'member').id, ['张敏', '赵磊'], sheet({ 李强: 6, 刘洋: 4, 陈静: 4, 杨帆: 4 }, 6))
    expect((await does('李强', 'POST', `/api/races/${race}/close`)).verdict).toMatchObject({
      outcome: 'tied',
      tiedSeats: 2,
    })
    await does('李强', 'POST', `/api/races/${race}/next-ballot`)
    shown = await detail(id)
    const again = voteOf(shown, 'member')
    expect(again).toMatchObject({ round: 2, rule: { seats: 2 }, expected: 6 })
    expect(again.items.map((item: any) => item.label).toSorted()).toEqual(['刘洋', '杨帆', '陈静'].toSorted())
    await counted(again.id, ['张敏', '赵磊'], sheet({ 刘洋: 5, 陈静: 3, 杨帆: 2 }, 6))
    expect((await does('李强', 'POST', `/api/races/${race}/close`)).verdict).toMatchObject({
      outcome: 'short',
      vacant: 1,
    })
    // Fewer seats need the consent of more than half of those expected.
    expect(await ask('李强', 'POST', `/api/races/${race}/reduce`, { yes: 3 })).toMatchObject({
      status: 422,
      body: { code: 'consent-missing' },
    })
    await does('李强', 'POST', `/api/races/${race}/reduce`, { yes: 4 })
    shown = await detail(id)
    expect(raceOf(shown, 'member')).toMatchObject({ standing: 'settled', reducedTo: 2, consented: 4 })
    expect((await ask('李强', 'POST', `/api/races/${race}/next-ballot`)).body.code).toBe('no-ballot-needed')
    expect(shown.elected.map((one: any) => one.name)).toEqual(['李强', '刘洋'])
  })

  it('let a person written in win, and a barred one not', async () => {
    const id = await issued()
    const shown = await detail(id)
    const race = raceOf(shown, 'member').id
    const key = `p${world.person('赵磊')}`
    await counted(voteOf(shown, 'member').id, ['张敏', '赵磊'], {
      ...sheet({ 李强: 6, 刘洋: 5, 陈静: 2, 杨帆: 1 }, 6),
      writeIns: [{ label: '赵磊', personId: world.person('赵磊'), yes: 4 }],
    })
    const { verdict } = await does('李强', 'POST', `/api/races/${race}/close`, {
      barred: [{ key, reason: '法定代表人的近亲属' }],
    })
    expect(verdict).toMatchObject({ outcome: 'short', vacant: 1 })
    expect(verdict.items.find((item: any) => item.key === key)).toMatchObject({ outcome: 'barred' })
  })
})

describe('beside term changes', () => {
  it('delegates are elected by their own units, each by its whole membership', async () => {
    const { id } = await does('李强', 'POST', '/api/elections', {
      ...plan(),
      kind: 'delegates',
      ordinal: null,
      termYears: null,
      races: [{ post: 'delegate', seats: 1, unitId: world.unit('east-1') }],
    })
    await does('李强', 'POST', `/api/elections/${id}/submit`)
    await does('王芳', 'POST', `/api/elections/${id}/plan-answer`, { verb: '同意' })
    let shown = await detail(id)
    const sitting = sittingOf(shown, 'unit')
    const race = raceOf(shown, 'delegate').id
    for (const name of ['刘洋', '陈静'] as const) {
      await does('李强', 'POST', `/api/races/${race}/candidates`, { personId: world.person(name) })
      await does('李强', 'PUT', `/api/races/${race}/candidates/${world.person(name)}`, { relation: 'none' })
    }
    expect((await does('李强', 'POST', `/api/sittings/${sitting.id}/roll`)).expected).toBe(3)
    await does('李强', 'PUT', `/api/sittings/${sitting.id}/tellers`, tellers('张敏', '赵磊'))
    await does('李强', 'POST', `/api/elections/${id}/publicity`, { on: '2026-03-06' })
    await does('李强', 'POST', `/api/elections/${id}/convene`)
    await does('李强', 'POST', `/api/sittings/${sitting.id}/present`, {
      personIds: [world.person('张敏'), world.person('刘洋')],
      present: true,
    })
    await does('李强', 'POST', `/api/sittings/${sitting.id}/prepare`)
    await does('李强', 'POST', `/api/sittings/${sitting.id}/issue`)
    shown = await detail(id)
    const vote = voteOf(shown, 'delegate')
    expect(vote).toMatchObject({ unit: 3, rule: { base: 'unit', margin: { p: 15, q: 100 } } })
    await counted(vote.id, ['张敏', '赵磊'], sheet({ 刘洋: 2, 陈静: 0 }, 2))
    expect((await does('李强', 'POST', `/api/races/${race}/close`)).verdict).toMatchObject({ outcome: 'elected' })
  })

  it('a running term is filled up, and an office ends by recall of more than half of all', async () => {
    const officers = [{ personId: world.person('李强'), name: '李强', post: '主席' }]
    await does('李强', 'POST', `/api/units/${world.unit('east')}/terms`, {
      body: 'committee',
      ordinal: 6,
      startsOn: '2023-03-01',
      dueOn: '2028-03-01',
      officers,
    })
    const fill = await assembled(
      { kind: 'fill', ordinal: null, termYears: null, reason: '委员调离', races: [{ post: 'member', seats: 1 }] },
      ['刘洋', '陈静'],
    )
    const finish = async (id: number, post: string, yes: Partial<Record<PersonName, number>>) => {
      const assembly = sittingOf(await detail(id), 'assembly').id
      await does('李强', 'POST', `/api/sittings/${assembly}/prepare`)
      await does('李强', 'POST', `/api/sittings/${assembly}/issue`)
      const shown = await detail(id)
      expect((await counted(voteOf(shown, post).id, ['张敏', '赵磊'], sheet(yes, 6))).body).toMatchObject({
        agreed: true,
      })
      await does('李强', 'POST', `/api/races/${raceOf(shown, post).id}/close`)
      await does('李强', 'POST', `/api/elections/${id}/announce`)
      await does('李强', 'POST', `/api/elections/${id}/report`)
      await does('王芳', 'POST', `/api/elections/${id}/result-answer`, { verb: '同意', document: '清工发〔2026〕12号' })
    }
    await finish(fill, 'member', { 刘洋: 5, 陈静: 1 })
    const now = async () =>
      (await ask('李强', 'GET', `/api/units/${world.unit('east')}/terms`)).body.terms[0].officers
        .filter((one: any) => !one.toOn)
        .map((one: any) => one.name)
    expect((await now()).toSorted()).toEqual(['刘洋', '李强'].toSorted())

    const { id } = await does('李强', 'POST', '/api/elections', {
      ...plan(),
      kind: 'recall',
      ordinal: null,
      termYears: null,
      reason: '连续两年不满意',
      petitioners: 3,
      races: [{ post: 'recall', seats: 1 }],
    })
    await does('李强', 'POST', `/api/elections/${id}/submit`)
    await does('王芳', 'POST', `/api/elections/${id}/plan-answer`, { verb: '同意' })
    const shown = await detail(id)
    await does('李强', 'POST', `/api/races/${raceOf(shown, 'recall').id}/candidates`, {
      personId: world.person('刘洋'),
    })
    const assembly = sittingOf(shown, 'assembly').id
    await does('李强', 'POST', `/api/sittings/${assembly}/roll`)
    await does('李强', 'PUT', `/api/sittings/${assembly}/tellers`, tellers('张敏', '赵磊'))
    await does('李强', 'POST', `/api/elections/${id}/publicity`, { on: '2026-03-06' })
    await does('李强', 'POST', `/api/elections/${id}/convene`)
    const { members } = (await ask('李强', 'GET', `/api/sittings/${assembly}/members`)).body
    await does('李强', 'POST', `/api/sittings/${assembly}/present`, {
      personIds: members.map((one: any) => one.personId),
      present: true,
    })
    await finish(id, 'recall', { 刘洋: 4 })
    expect(await now()).toEqual(['李强'])
  })

  it('a term is extended by leave, and a gap before the leave is said', async () => {
    const url = `/api/units/${world.unit('south')}`
    const term = await does('周婷', 'POST', `${url}/terms`, {
      body: 'committee',
      ordinal: 3,
      startsOn: '2021-01-10',
      dueOn: '2026-01-10',
    })
    const draft = {
      termId: term.id,
      until: '2026-07-10',
      approvedOn: '2026-02-10',
      document: '清工发〔2026〕2号',
      reason: '企业改制',
    }
    expect((await ask('李强', 'POST', `${url}/extensions`, draft)).status).toBe(404)
    expect((await ask('周婷', 'POST', `${url}/extensions`, { ...draft, until: '2026-01-01' })).body.code).toBe(
      'term-dates',
    )
    expect(await does('周婷', 'POST', `${url}/extensions`, draft)).toMatchObject({
      gapDays: 31,
      beyondHalfYear: false,
      until: '2026-07-10',
    })
    expect((await does('周婷', 'POST', `${url}/extensions`, { ...draft, until: '2027-02-10' })).beyondHalfYear).toBe(
      true,
    )
    expect((await ask('周婷', 'GET', `${url}/terms`)).body.terms[0].dueOn).toBe('2027-02-10')
    expect((await ask('李强', 'GET', `${url}/extensions`)).status).toBe(404)
  })
})
