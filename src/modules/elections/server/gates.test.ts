import { sql } from 'kysely'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import type { PersonName } from '../../../kernel/testing/world.ts'
import { openOffice } from './desk-for-tests.ts'
import { walk } from './walk-for-tests.ts'

const office = await openOffice()
const { ask, does, counted, world, db } = office
const { detail, raceOf, sittingOf, voteOf, sheet, assembled, issued } = walk(office)
afterAll(() => office.app.close())
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

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

  it('§15.29 of memory let a late publicity pass with a reason, which is kept with its author', async () => {
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

  it('§15.4 bar leaders’ relatives from the committee of an enterprise', async () => {
    const id = await assembled()
    const race = raceOf(await detail(id), 'member').id
    await does('李强', 'PUT', `/api/races/${race}/candidates/${world.person('刘洋')}`, { relation: 'kin' })
    const assembly = sittingOf(await detail(id), 'assembly').id
    await does('李强', 'POST', `/api/sittings/${assembly}/prepare`)
    expect((await ask('李强', 'POST', `/api/sittings/${assembly}/issue`)).body).toMatchObject({ code: 'gates-block' })
  })
})

describe('a tie and a shortfall', () => {
  it('§15.13, §15.14 are voted again among the tied only, and then among the unelected', async () => {
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
