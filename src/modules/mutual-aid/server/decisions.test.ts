import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { operator } from '../../../kernel/access/actor.ts'
import { linkFile } from '../../../kernel/files/files.ts'
import { todosOf } from '../../../kernel/lifecycle/todos.ts'
import { ask, db, file, filledFund, move, onDay, pay, sampled, today, world } from './desk-for-tests.ts'

let fund: number
beforeAll(async () => {
  fund = await filledFund()
  onDay('2026-03-20')
})

test('one claim in ten is looked at a second time by a third person before it is paid', async () => {
  const { id } = (await file('陈静', fund, { category: '二类', claimedFen: 10_000 })).body
  await sampled(id, true)
  expect((await ask('王芳', 'POST', `/claims/${id}/sample`, { outcome: 'sound', words: '看过原件' })).body.code).toBe(
    'not-now',
  )
  await move('张敏', id, '同意')
  await move('李强', id, '同意')
  expect((await pay('张敏', id)).body.code).toBe('sample-open')
  expect((await todosOf(db, world.as('王芳'), today)).map((todo) => todo.title)).toContain('待抽查复核：陈静的互助申请')
  expect((await ask('张敏', 'POST', `/claims/${id}/sample`, { outcome: 'sound', words: '看过' })).body.code).toBe(
    'same-person',
  )
  expect((await ask('陈静', 'POST', `/claims/${id}/sample`, { outcome: 'sound', words: '看过' })).body.code).toBe(
    'forbidden',
  )
  await ask('王芳', 'POST', `/claims/${id}/sample`, { outcome: 'fault', words: '诊断证明不是本人的' })
  expect((await ask('王芳', 'GET', `/claims/${id}`)).body).toMatchObject({ state: 'examined', approvedFen: null })
  expect((await move('李强', id, '否决', { words: '材料不实' })).body).toEqual({ state: 'refused' })
})

test('a refusal is appealed against once, in time, and somebody else decides', async () => {
  const { id } = (await file('陈静', fund, { category: '二类', claimedFen: 10_000 })).body
  await sampled(id, false)
  expect((await ask('陈静', 'POST', `/claims/${id}/appeal`, { grounds: '…' })).body.code).toBe('not-now')
  await move('张敏', id, '否决', { words: '材料看不清' })
  expect((await ask('刘洋', 'POST', `/claims/${id}/appeal`, { grounds: '替同事问' })).status).toBe(404)
  expect((await ask('陈静', 'POST', `/claims/${id}/appeal`, { grounds: ' ' })).body.fields).toEqual({
    grounds: '请写明申诉的理由',
  })
  await sql`update mutual_aid.plan set appeal_days = 365 where id = ${fund}`.execute(db)
  onDay('2028-01-01')
  expect((await ask('陈静', 'POST', `/claims/${id}/appeal`, { grounds: '材料看得清' })).body.code).toBe('appeal-late')
  onDay('2026-03-20')
  expect((await ask('陈静', 'POST', `/claims/${id}/appeal`, { grounds: '诊断证明看得清' })).status).toBe(201)
  expect((await move('张敏', id, '同意')).body.code).toBe('same-person')
  expect((await move('李强', id, '同意')).body).toEqual({ state: 'examined' })
  expect((await move('李强', id, '同意')).body.code).toBe('same-person')
  expect((await move('王芳', id, '同意')).body).toEqual({ state: 'approved' })
  expect((await ask('陈静', 'GET', `/claims/${id}`)).body.appeal).toMatchObject({ outcome: 'granted' })
})

test('one invoice is one invoice however it is typed, and one photo is one photo', async () => {
  const first = (await file('杨帆', fund, { invoiceNo: 'Ｂ-2026 001' })).body
  const second = (await file('李强', fund, { invoiceNo: 'b2026001' })).body
  const held = (found: { checked: { findings: { no: number; holds: boolean }[] } }): number[] =>
    found.checked.findings.filter((one) => !one.holds).map((one) => one.no)
  expect([held(first), held(second)]).toEqual([[], [8]])
  // Another number with the same photo.
  const third = (await file('杨帆', fund, { invoiceNo: 'B9' })).body
  await db.transaction().execute(async (tx) => {
    for (const objectId of [first.id, third.id])
      await linkFile(
        tx,
        operator(),
        {
          sha256: createHash('sha256').update('发票').digest('hex'),
          bytes: 6,
          media: { type: 'image/jpeg' } as never,
          name: `${objectId}.jpg`,
          objectKind: 'mutual-aid-claim',
          objectId,
        },
        { unitId: world.unit('east'), title: '互助申请' },
      )
  })
  const shown = (await ask('杨帆', 'GET', `/claims/${third.id}`)).body
  expect(shown.checked.findings[7]).toMatchObject({ holds: false, text: '上传的照片已经用于另一件申请' })
})
