import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { PersonName } from '../../../kernel/testing/world.ts'
import { chair, openHall } from './desk-for-tests.ts'

const { db, ownerPool, world, ask, termDraft } = await openHall()

describe('terms and delegates', () => {
  test('seats are shared among electoral units; delegates come from the roster, within the seats, once', async () => {
    const { body: made, status } = await ask(
      chair,
      'POST',
      '/api/congress/terms',
      termDraft({ ordinal: 8, startsOn: '2023-02-01', dueOn: '2027-02-01' }),
    )
    expect(status).toBe(201)
    const at = `/api/congress/terms/${made.id}`
    const { body } = await ask(chair, 'PUT', `${at}/constituencies`, {
      constituencies: [
        { name: '铸造车间', people: 90 },
        { name: '装配车间', people: 30 },
      ],
    })
    expect(body.constituencies.map((one: { seats: number }) => one.seats)).toEqual([5, 2])
    expect(
      await ask(chair, 'PUT', `${at}/constituencies`, {
        constituencies: [
          { name: '铸造车间', people: 90, seats: 5 },
          { name: '装配车间', people: 30, seats: 3 },
        ],
      }),
    ).toMatchObject({ status: 422, body: { code: 'seats-off' } })
    const seat = (name: PersonName, unit: number, category = 'front-line') => ({
      personId: world.person(name),
      constituencyId: body.constituencies[unit].id,
      category,
    })
    const elect = (delegates: object[], electedOn = '2023-01-20') =>
      ask(chair, 'POST', `${at}/delegates`, { electedOn, delegates })
    expect((await elect([seat('刘洋', 0), seat('陈静', 0), seat('李强', 1, 'leader')])).status).toBe(201)
    expect(await elect([seat('刘洋', 0)])).toMatchObject({ status: 409, body: { code: 'seated-already' } })
    expect(await elect([seat('杨帆', 1), seat('赵磊', 1)])).toMatchObject({ status: 409, body: { code: 'seats-full' } })
    expect((await elect([seat('孙丽', 0)])).status).toBe(404)
    const { body: term } = await ask(chair, 'GET', at)
    expect(term.checks.map((check: { id: string; holds: boolean }) => [check.id, check.holds])).toEqual([
      ['SC-NUM', false],
      ['SC-MGR-20', false],
      ['SC-WOMEN', true],
      ['SC-FRONT-50', true],
    ])
    expect(term.checks[1]).toMatchObject({
      words: expect.stringContaining('100×1＝100，20×3＝60，100＞60'),
      article: expect.stringContaining('第九条'),
    })

    // A seat passes on: the day it ends, to somebody of the same electoral unit.
    const gone = term.delegates.find((one: { name: string }) => one.name === '陈静')
    const change = {
      toOn: '2024-05-01',
      reason: '调离',
      successor: { personId: world.person('张敏'), category: 'front-line' },
    }
    expect((await ask('周婷', 'POST', `/api/congress/delegates/${gone.id}/replace`, change)).status).toBe(404)
    expect((await ask(chair, 'POST', `/api/congress/delegates/${gone.id}/replace`, change)).status).toBe(201)
    const { body: after } = await ask(chair, 'GET', at)
    expect(after.delegates.find((one: { name: string }) => one.name === '张敏')).toMatchObject({
      fromOn: '2024-05-01',
      replacesName: '陈静',
      constituency: '铸造车间',
    })
    const { rows } = await sql<{ kind: string; lines: number }>`
      select r.fields ->> 'kind' as kind, (select count(*) from kernel.record_line l where l.record_id = r.id)::int as lines
      from kernel.record r where r.register = 'congress.delegate-election' and r.kept_by like ${`congress/terms/${made.id}/%`} order by r.happened_on`.execute(
      db,
    )
    expect(rows).toEqual([
      { kind: '换届选举', lines: 3 },
      { kind: '增补', lines: 1 },
    ])
    // The next term ends this one; numbers follow.
    expect(await ask(chair, 'POST', '/api/congress/terms', termDraft({ ordinal: 11 }))).toMatchObject({
      status: 422,
      body: { code: 'term-order' },
    })
    expect(
      await ask(chair, 'POST', '/api/congress/terms', termDraft({ ordinal: 9, dueOn: '2026-01-10' })),
    ).toMatchObject({ status: 422, body: { code: 'term-length' } })
    expect(
      (
        await ask(
          chair,
          'POST',
          '/api/congress/terms',
          termDraft({ ordinal: 9, startsOn: '2024-01-01', dueOn: '2027-01-01' }),
        )
      ).status,
    ).toBe(201)
    expect((await ask(chair, 'GET', at)).body.term.endedOn).toBe('2024-01-01')
  })

  test('staff and members’ congress are two series; whoever keeps membership only is no members’ delegate', async () => {
    const { body } = await ask(
      chair,
      'POST',
      '/api/congress/terms',
      termDraft({ kind: 'members-congress', ordinal: 3, seats: 4 }),
    )
    const { body: units } = await ask(chair, 'PUT', `/api/congress/terms/${body.id}/constituencies`, {
      constituencies: [{ name: '全公司', people: 120 }],
    })
    await ownerPool.query(
      `update members.membership set state = 'retained', retained_on = '2026-01-01' where person_id = $1`,
      [world.person('赵磊')],
    )
    const elect = (name: PersonName) =>
      ask(chair, 'POST', `/api/congress/terms/${body.id}/delegates`, {
        electedOn: '2024-01-05',
        delegates: [
          { personId: world.person(name), constituencyId: units.constituencies[0].id, category: 'front-line' },
        ],
      })
    expect(await elect('赵磊')).toMatchObject({ status: 422, body: { code: 'not-a-member' } })
    expect((await elect('杨帆')).status).toBe(201)
    await ownerPool.query(`update members.membership set state = 'normal', retained_on = null where person_id = $1`, [
      world.person('赵磊'),
    ])
  })
})
