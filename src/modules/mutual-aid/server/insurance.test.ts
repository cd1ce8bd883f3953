import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { todosOf } from '../../../kernel/lifecycle/todos.ts'
import { cellText } from '../../../kernel/xlsx/cell.ts'
import { openWorkbook } from '../../../kernel/xlsx/read.ts'
import {
  app,
  ask,
  db,
  figures,
  file,
  held221,
  move,
  onDay,
  pay,
  plan,
  sampled,
  today,
  world,
} from './desk-for-tests.ts'
import { remindOfRenewals } from './renewal-reminder.ts'

test('bought insurance: the union pays by its budget’s door, the list is frozen, renewal finds those still here', async () => {
  onDay('2026-04-01')
  const unitId = world.unit('east-1')
  const bought = plan({
    scheme: '安康保险',
    title: '2025 年安康保险',
    organiser: '某保险公司',
    kind: 'bought',
    unionFen: 10_000,
    startsOn: '2025-05-01',
    endsOn: '2026-04-30',
  })
  expect((await ask('李强', 'POST', '/plans', { ...bought, unionFen: 20_000 })).body.fields).toEqual({
    unionFen: '不能超过每人缴费',
  })
  const old = (await ask('李强', 'POST', '/plans', bought)).body.id
  await ask('张敏', 'POST', `/plans/${old}/enrolments`, { unitId })
  expect((await ask('张敏', 'POST', `/plans/${old}/collections`, { unitId, receivedOn: today })).body.code).toBe(
    'nothing-to-collect',
  )
  const before = await held221()
  const handed = await ask('张敏', 'POST', `/plans/${old}/handovers`, { unitId, handedOn: today })
  expect(handed.body).toMatchObject({ people: 3, amountFen: 30_000 })
  expect((await ask('张敏', 'POST', `/plans/${old}/handovers`, { unitId, handedOn: today })).body.code).toBe(
    'nobody-due',
  )
  expect([await held221(), ...(await figures('funds.expense'))]).toEqual([before, 30_000])
  const list = await app.inject({
    url: `/api/mutual-aid/handovers/${handed.body.id}/list`,
    headers: { cookie: `as=${encodeURIComponent('张敏')}` },
  })
  const [sheet] = (await openWorkbook(list.rawPayload)).sheets
  const cells: string[] = []
  for await (const row of sheet!.rows()) for (const cell of row.cells) if (cell) cells.push(cellText(cell))
  expect(cells).toEqual(expect.arrayContaining(['刘洋', '陈静', '张敏', '100.00']))
  expect((await ask('周婷', 'GET', `/handovers/${handed.body.id}/list`)).status).toBe(404)

  // The period runs out: somebody is told, until the next one is entered.
  await remindOfRenewals(db, today)
  const titles = async () => (await todosOf(db, world.as('李强'), today)).map((todo) => todo.title)
  expect(await titles()).toContain('待续期：2025 年安康保险将于 2026-04-30 到期')
  const next = (
    await ask('李强', 'POST', '/plans', {
      ...bought,
      title: '2026 年安康保险',
      startsOn: '2026-05-01',
      endsOn: '2027-04-30',
      closesOn: '2026-04-20',
    })
  ).body.id
  expect((await titles()).join()).not.toContain('待续期')
  await sql`update members.person set status = 'left' where id = ${world.person('陈静')}`.execute(db)
  expect((await ask('张敏', 'POST', `/plans/${next}/renewals`, { unitId })).body).toEqual({
    renewed: 2,
    gone: ['陈静'],
  })
  expect((await ask('张敏', 'GET', `/plans/${next}/desk?unitId=${unitId}`)).body).toMatchObject({
    renewable: 1,
    enrolled: [{ unbroken: true }, { unbroken: true }],
  })
  onDay('2026-04-21')
  expect((await ask('张敏', 'POST', `/plans/${next}/renewals`, { unitId })).body.code).toBe('nobody')
  expect((await ask('张敏', 'POST', `/plans/${next}/enrolments`, { unitId })).body.code).toBe('window-closed')
  await sql`update members.person set status = 'active' where id = ${world.person('陈静')}`.execute(db)
})

test('collected, handed over, received, paid on: the organisation’s money passes through and never goes below nothing', async () => {
  onDay('2026-05-10')
  const unitId = world.unit('east')
  const mutual = (
    await ask(
      '李强',
      'POST',
      '/plans',
      plan({
        scheme: '职工医疗互助',
        title: '医疗互助',
        kind: 'organisation',
        unionFen: 4_000,
        organiser: '市互助中心',
      }),
    )
  ).body.id
  await ask('李强', 'POST', `/plans/${mutual}/enrolments`, { unitId })
  const before = await held221()
  expect(
    (await ask('李强', 'POST', `/plans/${mutual}/collections`, { unitId, receivedOn: today })).body.amountFen,
  ).toBe(36_000)
  expect((await ask('李强', 'POST', `/plans/${mutual}/handovers`, { unitId, handedOn: today })).body).toMatchObject({
    people: 6,
    amountFen: 60_000,
  })
  expect(await held221()).toBe(before)
  const { id } = (await file('刘洋', mutual, { eventOn: '2026-05-09', category: '二类', claimedFen: 10_000 })).body
  await sampled(id, false)
  // He joined today: the waiting period runs, and only words carry the claim further.
  expect((await move('张敏', id, '同意')).body.code).toBe('reasons-open')
  await move('张敏', id, '同意', { words: '承办机构同意按续保对待' })
  await move('李强', id, '同意', { words: '同上' })
  expect((await pay('张敏', id, { through: 'account' })).body.code).toBe('reserve-short')
  expect(
    (
      await ask('张敏', 'POST', `/plans/${mutual}/receipts`, {
        unitId: world.unit('east-1'),
        receivedOn: today,
        amountFen: 10_000,
        reference: '拨 12',
      })
    ).status,
  ).toBe(201)
  expect((await pay('张敏', id, { through: 'account' })).status).toBe(200)
  expect(await held221()).toBe(before)
})
