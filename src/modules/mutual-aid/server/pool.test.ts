import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { todosOf } from '../../../kernel/lifecycle/todos.ts'
import type { PersonName } from '../../../kernel/testing/world.ts'
import { ask, db, figures, file, held221, move, onDay, pay, plan, sampled, today, world } from './desk-for-tests.ts'
import { collectPremiums } from './pool.ts'
import { payClaim } from './pay.ts'

const CONTRIBUTION = ['due', 'people', 'amount'].map((name) => `mutual-aid.contribution.${name}`)

let fund: number

test('an internal fund: premiums go into 代管经费 by a voucher, each person once', async () => {
  fund = (await ask('李强', 'POST', '/plans', plan())).body.id
  const unitId = world.unit('east')
  expect((await ask('李强', 'POST', `/plans/${fund}/enrolments`, { unitId, paidOn: today })).body.code).toBe(
    'through-book',
  )
  expect((await ask('李强', 'POST', `/plans/${fund}/enrolments`, { unitId })).body).toEqual({ enrolled: 6, paid: 0 })
  expect((await ask('周婷', 'POST', `/plans/${fund}/collections`, { unitId, receivedOn: today })).status).toBe(404)
  expect((await ask('张敏', 'POST', `/plans/${fund}/collections`, { unitId, receivedOn: today })).status).toBe(404)
  const some = ['刘洋', '陈静', '张敏', '赵磊'].map((name) => world.person(name as PersonName))
  const collect = (more: object) =>
    ask('李强', 'POST', `/plans/${fund}/collections`, { unitId, receivedOn: today, ...more })
  expect((await collect({ receivedOn: '2026-02-30' })).status).toBe(422)
  expect((await collect({ receivedOn: '2026-01-11' })).body.code).toBe('in-future')
  expect((await collect({ personIds: some })).body).toEqual({ people: 4, amountFen: 40_000, voucherNo: '记-01-002' })
  expect((await collect({ personIds: some })).body.code).toBe('nobody-due')
  expect(await held221()).toBe(40_000)
  // Premiums are nobody's income; enrolled counts once paid. The money stands in one ledger, the fund's.
  expect(await figures(...CONTRIBUTION, 'mutual-aid.enrolment.premium')).toEqual([6, 4, 40_000, 0])
  expect(await figures('mutual-aid.enrolment.people', 'mutual-aid.enrolment.due', 'funds.income')).toEqual([
    4, 6, 1_000_000,
  ])
  expect((await ask('李强', 'DELETE', `/plans/${fund}/enrolments/${world.person('刘洋')}`)).body.code).toBe(
    'paid-already',
  )
  expect((await ask('李强', 'DELETE', `/plans/${fund}/enrolments/${world.person('杨帆')}`)).status).toBe(200)
  const desk = (await ask('李强', 'GET', `/plans/${fund}/desk?unitId=${unitId}`)).body
  expect(desk).toMatchObject({ heldFen: 40_000, unpaid: 1, due: 6, hasBook: true })
  expect(desk.movements).toMatchObject([{ kind: 'premium', amountFen: 40_000, people: 4 }])
  expect((await ask('刘洋', 'GET', `/plans/${fund}/desk?unitId=${unitId}`)).status).toBe(404)
})

test('a claim is paid out of the fund by a voucher; figure, voucher and claim are one sum', async () => {
  onDay('2026-03-20')
  const { id } = (await file('刘洋', fund)).body
  await sampled(id, false)
  await move('张敏', id, '同意')
  expect((await move('李强', id, '同意')).body).toEqual({ state: 'approved' })
  expect((await pay('李强', id)).body.code).toBe('same-hand')
  expect((await pay('张敏', id, { through: 'direct' })).body.code).toBe('through-book')
  expect((await pay('张敏', id, { paidOn: '2026-03-19' })).body.code).toBe('before-claim')
  expect((await pay('张敏', id, { paidOn: '2026-02-31' })).status).toBe(422)
  const paid = await pay('张敏', id)
  expect(paid.body).toEqual({ voucherNo: '记-03-001' })
  expect((await pay('张敏', id)).body.code).toBe('not-now')
  expect((await ask('刘洋', 'GET', `/claims/${id}`)).body).toMatchObject({
    claimedFen: 30_000,
    computedFen: 30_000,
    examinedFen: 30_000,
    approvedFen: 30_000,
    paidFen: 30_000,
    voucherNo: '记-03-001',
  })
  const { rows } = await sql<{ summary: string }>`
    select summary from funds.voucher where source = ${`mutual-aid/claims/${id}`}`.execute(db)
  // Who keeps the books learns the number of the claim, not what somebody fell ill of.
  expect(rows).toEqual([{ summary: `支付互助补助：2026 年大病互助金，理赔 ${id} 号` }])
  expect(await held221()).toBe(10_000)
})

test('what the fund doesn’t hold can’t be paid, and a killed payment leaves nothing behind', async () => {
  const { id } = (await file('陈静', fund)).body
  await sampled(id, false)
  await move('张敏', id, '同意')
  await move('李强', id, '同意')
  const short = await pay('张敏', id)
  expect(short).toMatchObject({ status: 409, body: { code: 'reserve-short' } })
  expect(short.body.message).toContain('只有 100.00 元，不够支付 300.00 元')
  const unitId = world.unit('east')
  await ask('李强', 'POST', `/plans/${fund}/enrolments`, { unitId, personIds: [world.person('杨帆')] })
  await ask('李强', 'POST', `/plans/${fund}/collections`, { unitId, receivedOn: today })
  expect(await held221()).toBe(30_000)
  // What was collected stands under the day it came; nobody is left who ought to pay and hasn't.
  expect(await figures(...CONTRIBUTION)).toEqual([6, 6, 60_000])
  const collected = await sql<{ on: string; people: number }>`
    select r.happened_on as on, count(*)::int as people from kernel.record r join kernel.record_line l on l.record_id = r.id
    where r.register = 'mutual-aid.contribution' and r.state = 'recorded' group by 1 order by 1`.execute(db)
  expect(collected.rows).toEqual([
    { on: '2026-01-10', people: 4 },
    { on: '2026-03-20', people: 2 },
  ])

  // The server dies after everything was written and before it was committed: the database takes all of it back.
  const dying = db.transaction().execute(async (tx) => {
    await payClaim(tx, world.as('张敏'), id, { paidOn: today }, today)
    throw new Error('killed')
  })
  await expect(dying).rejects.toThrow('killed')
  expect(await held221()).toBe(30_000)
  expect((await ask('陈静', 'GET', `/claims/${id}`)).body).toMatchObject({
    state: 'approved',
    paidFen: null,
    voucherNo: null,
  })
  expect(await figures('mutual-aid.claim.times')).toEqual([1])

  // Two officers at once: one pays, the other hears so; one voucher.
  const answers = await Promise.all([pay('张敏', id), pay('王芳', id)])
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 422])
  expect(await figures('mutual-aid.claim.times', 'mutual-aid.claim.amount')).toEqual([2, 60_000])
})

test('what the bank sent back is held again, nobody counts as paid, and another voucher pays it', async () => {
  onDay('2026-03-25')
  const unitId = world.unit('east')
  const second = plan({ scheme: '第二互助金', title: '第二互助金', waitingDays: 0 })
  const other = (await ask('李强', 'POST', '/plans', second)).body.id
  await ask('李强', 'POST', `/plans/${other}/enrolments`, { unitId })
  await ask('李强', 'POST', `/plans/${other}/collections`, { unitId, receivedOn: today })
  const sick = { category: '二类', claimedFen: 10_000, eventOn: today }
  const { id } = (await file('陈静', other, sick)).body
  await sampled(id, false)
  const back = (who: PersonName, more: object = {}) =>
    ask(who, 'POST', `/claims/${id}/payment/return`, { returnedOn: today, reason: '收款账号已销户', ...more })
  expect((await back('张敏')).body.code).toBe('not-now')
  await move('张敏', id, '同意')
  await move('李强', id, '同意')
  const held = await held221()
  const before = await figures('mutual-aid.claim.times', 'mutual-aid.claim.amount', 'funds.expense', 'funds.income')
  const first = (await pay('张敏', id)).body.voucherNo
  expect(await held221()).toBe(held - 10_000)

  expect((await back('周婷')).status).toBe(404)
  expect((await back('赵磊')).status).toBe(404)
  expect((await back('陈静')).status).toBe(403)
  expect((await back('张敏', { reason: ' ' })).body.fields).toEqual({ reason: '请写明退汇的原因' })
  expect((await back('张敏', { returnedOn: '2026-03-24' })).body.code).toBe('before-paid')
  expect((await back('张敏', { returnedOn: '2026-03-26' })).body.code).toBe('in-future')
  expect((await back('张敏', { returnedOn: '2026-02-31' })).status).toBe(422)
  // The same form sent twice books once.
  const answers = await Promise.all([back('张敏'), back('张敏')])
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 422])
  expect(await held221()).toBe(held)
  expect(await figures('mutual-aid.claim.times', 'mutual-aid.claim.amount', 'funds.expense', 'funds.income')).toEqual(
    before,
  )
  const shown = (await ask('陈静', 'GET', `/claims/${id}`)).body
  expect(shown).toMatchObject({ state: 'approved', approvedFen: 10_000, paidFen: null, voucherNo: null })
  expect(shown.returns).toMatchObject([
    { amountFen: 10_000, paidOn: today, paidVoucherNo: first, returnedOn: today, reason: '收款账号已销户' },
  ])
  expect(shown.acts.at(-1)).toMatchObject({ verb: '退汇' })
  expect((await todosOf(db, world.as('张敏'), today)).map((todo) => todo.title)).toContain('待支付：陈静的互助补助')
  expect((await back('张敏')).body.code).toBe('not-now')

  onDay('2026-03-27')
  expect((await pay('张敏', id, { paidOn: '2026-03-24' })).body.code).toBe('before-claim')
  await sql`update mutual_aid.claim set filed_on = '2026-03-20' where id = ${id}`.execute(db)
  expect((await pay('张敏', id, { paidOn: '2026-03-24' })).body.code).toBe('before-return')
  expect((await pay('李强', id)).body.code).toBe('same-hand')
  const again = await pay('张敏', id)
  expect(again.status).toBe(200)
  expect(again.body.voucherNo).not.toBe(first)
  expect(await held221()).toBe(held - 10_000)
  const [times, amount, ...rest] = before
  expect(await figures('mutual-aid.claim.times', 'mutual-aid.claim.amount', 'funds.expense', 'funds.income')).toEqual([
    times! + 1,
    amount! + 10_000,
    ...rest,
  ])
  const { rows } = await sql<{ source: string }>`
    select source from funds.voucher where source like ${`mutual-aid/claims/${id}%`} order by id`.execute(db)
  expect(rows.map((row) => row.source.replace(/\/returns\/\d+$/, '/returns/n'))).toEqual([
    `mutual-aid/claims/${id}`,
    `mutual-aid/claims/${id}/returns/n`,
    `mutual-aid/claims/${id}/payments/2`,
  ])
  // What happened is never edited.
  await expect(sql`delete from mutual_aid.payment_return`.execute(db)).rejects.toThrow('never changed')
})

test('whatever is collected and paid in whatever order, what is held is never below nothing and stands in the journal', async () => {
  onDay('2026-06-01')
  const unitId = world.unit('east')
  const names: PersonName[] = ['刘洋', '陈静', '张敏', '赵磊', '杨帆', '李强']
  let round = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5), { minLength: 1, maxLength: 6 }), async (payers) => {
      const { id: planId } = (
        await ask(
          '王芳',
          'POST',
          '/plans',
          plan({ unitId, scheme: `互助金${++round}`, title: `互助金${round}`, premiumFen: 2_500 }),
        )
      ).body
      await ask('王芳', 'POST', `/plans/${planId}/enrolments`, { unitId })
      const distinct = [...new Set(payers)]
      const collected = await db
        .transaction()
        .execute((tx) =>
          collectPremiums(
            tx,
            world.as('王芳'),
            planId,
            { unitId, receivedOn: today, personIds: distinct.map((at) => world.person(names[at]!)) },
            today,
          ),
        )
      expect(collected.amountFen).toBe(distinct.length * 2_500)
      const { body } = await ask('王芳', 'GET', `/plans/${planId}/desk?unitId=${unitId}`)
      expect(body.heldFen).toBe(collected.amountFen)
      expect(body.movements.reduce((sum: number, one: { amountFen: number }) => sum + one.amountFen, 0)).toBe(
        body.heldFen,
      )
    }),
    { numRuns: 8 },
  )
})
