import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { PersonName } from '../../../kernel/testing/world.ts'
import { termsInput } from '../contract.ts'
import { openDesk } from './desk-for-tests.ts'
import { acrossUnions, withAid } from './opening.ts'

const desk = await openDesk()
const { ask, db } = desk
const move = (cycleId: number, verb: string, who: PersonName) =>
  ask(who, 'POST', `/aid/cycles/${cycleId}/moves`, { verb })

// One who was paid and gave a part back, one whose papers lacked and who appealed: a row in every table.
const programmeId = await desk.programme(
  { pool: 'applications', papers: ['户口簿'], baseFen: 200_000 },
  { kind: 'medical', title: '医疗救助' },
)
const window = { title: '三月', opensOn: '2026-03-01', closesOn: '2026-03-05' }
const cycleId: number = (await ask('杨帆', 'POST', `/aid/programmes/${programmeId}/cycles`, window)).body.id
for (const [who, papers] of [
  ['刘洋', ['户口簿']],
  ['陈静', []],
] as const) {
  const { body } = await ask(who, 'POST', '/aid/applications', { cycleId, words: '住院自费多', papers })
  await ask(who, 'POST', `/aid/applications/${body.id}/submit`)
}
desk.day('2026-03-06')
for (const verb of ['提交', '公示']) await move(cycleId, verb, '杨帆')
const { body: filed } = await ask('陈静', 'POST', `/aid/cycles/${cycleId}/appeals`, { words: '户口簿交给了分会' })
await ask('李强', 'POST', `/aid/appeals/${filed.id}/answer`, { outcome: 'dismissed', answer: '分会没有收到' })
desk.day('2026-03-16')
await move(cycleId, '同意', '李强')
await ask('张敏', 'POST', `/aid/cycles/${cycleId}/pay`, { paidOn: '2026-03-16' })
const share: number = (await ask('刘洋', 'GET', '/aid/mine')).body.entitlements[0].id
const back = { refundedOn: '2026-03-16', amountFen: 50_000, reason: '医保后来报销了一部分' }
const refunded = await ask('张敏', 'POST', `/aid/entitlements/${share}/refund`, back)

/** Rows the server's role sees: candidates, entitlements, applications, appeals, refunds. */
const seen = async (connection: Db | Tx): Promise<number[]> => {
  const { rows } = await sql<{ n: number[] }>`
    select array[(select count(*) from aid.candidate), (select count(*) from aid.entitlement), (select count(*) from aid.application),
      (select count(*) from aid.appeal), (select count(*) from aid.refund)]::int[] as n`.execute(connection)
  return rows[0]!.n
}
const seenBy = (who: PersonName) => withAid(db, desk.actor(who), seen)

test('a transaction that doesn’t say whom it acts for sees nobody’s need and nobody’s income', async () => {
  expect(refunded.status).toBe(200)
  expect(await desk.ownerPool.query('select from aid.candidate')).toMatchObject({ rowCount: 2 })
  expect(await seen(db)).toEqual([0, 0, 0, 0, 0])
  // Those who have a part in the list see it: drawing up, signing, paying.
  for (const who of ['杨帆', '李强', '张敏'] as const) expect(await seenBy(who)).toEqual([2, 1, 2, 1, 1])
  // Whoever holds all of it in another union sees nothing, whatever a query forgets.
  expect(await seenBy('周婷')).toEqual([0, 0, 0, 0, 0])
  expect(await seenBy('王芳')).toEqual([0, 0, 0, 0, 0])
  // Oneself sees one's own.
  expect(await seenBy('刘洋')).toEqual([1, 1, 1, 0, 1])
  expect(await seenBy('陈静')).toEqual([1, 0, 1, 1, 0])
  // What one transaction opened is shut for the next on the same connection.
  expect(await seen(db)).toEqual([0, 0, 0, 0, 0])
})

test('whoever doesn’t see a row doesn’t change it, nor write one for others', async () => {
  const elsewhere = withAid(db, desk.actor('周婷'), async (tx) => {
    const changed = await sql`update aid.application set words = '改' where cycle_id = ${cycleId}`.execute(tx)
    const answered = await sql`update aid.appeal set answer = '改' where cycle_id = ${cycleId}`.execute(tx)
    return [changed.numAffectedRows, answered.numAffectedRows]
  })
  expect(await elsewhere).toEqual([0n, 0n])
  const slipped = withAid(db, desk.actor('周婷'), (tx) =>
    sql`insert into aid.application (cycle_id, unit_id, person_id, created_by)
      values (${cycleId}, ${desk.world.unit('east-1')}, ${desk.world.person('吴刚')}, 1)`.execute(tx),
  )
  await expect(slipped).rejects.toThrow('row-level security')
})

test('sums and the way from a voucher to its cycle need no names, and are for looking only', async () => {
  const { rows } =
    await sql`select people, families, amount_fen, refunded_fen, approved_fen from aid.cycle_sum`.execute(db)
  expect(rows).toEqual([{ people: 1, families: 1, amount_fen: 200_000, refunded_fen: 50_000, approved_fen: 0 }])
  expect((await ask('张敏', 'GET', `/aid/cycles/${cycleId}`)).body).toMatchObject({ people: 1, refundedFen: 50_000 })
  for (const statement of [
    sql`update aid.share set cycle_id = cycle_id`,
    sql`delete from aid.share`,
    sql`update hardship.standing_file set income_fen = 0`,
  ])
    await expect(statement.execute(db)).rejects.toThrow('permission denied')
})

test('a question across unions is shut again behind it', async () => {
  const found = withAid(db, desk.actor('周婷'), async (tx) => [await acrossUnions(tx, () => seen(tx)), await seen(tx)])
  expect(await found).toEqual([
    [2, 1, 2, 1, 1],
    [0, 0, 0, 0, 0],
  ])
})

test('somebody of two unions isn’t helped twice for one need, though the second union sees nothing of the first', async () => {
  const south = desk.world.unit('south-1')
  const mine = desk.world.person('刘洋')
  await desk.ownerPool.query('update members.membership set unit_id = $1 where person_id = $2', [south, mine])
  await desk.ownerPool.query('update members.person set unit_id = $1 where id = $2', [south, mine])
  const made = await ask('周婷', 'POST', '/aid/programmes', {
    unitId: desk.world.unit('south'),
    kind: 'medical',
    title: '南湖医疗救助',
    source: '本级工会经费',
    startsOn: '2026-01-01',
    document: '南工〔2026〕1号',
    terms: termsInput.parse({ pool: 'members', baseFen: 50_000 }),
  })
  const cycle = await ask('周婷', 'POST', `/aid/programmes/${made.body.id}/cycles`, {
    title: '三月',
    opensOn: '2026-03-16',
    closesOn: '2026-03-16',
  })
  const verdict = async (name: string) =>
    (await ask('周婷', 'GET', `/aid/cycles/${cycle.body.id}/preview?verdict=${name}`)).body.rows
  const names = async (name: string) => (await verdict(name)).map((row: { personName: string }) => row.personName)
  expect(await names('duplicate')).toEqual(['刘洋'])
  expect((await verdict('duplicate'))[0].reasons.join()).toContain('医疗救助')
  expect(await names('eligible')).not.toContain('刘洋')
  // The frozen list says the same, and the first union’s rows stay out of sight.
  expect((await ask('周婷', 'POST', `/aid/cycles/${cycle.body.id}/moves`, { verb: '提交' })).status).toBe(200)
  expect(await names('duplicate')).toEqual(['刘洋'])
  const { rows } = await withAid(db, desk.actor('周婷'), (tx) =>
    sql<{ cycles: number[] }>`select array_agg(distinct cycle_id)::int[] as cycles from aid.entitlement`.execute(tx),
  )
  expect(rows[0]!.cycles).toEqual([cycle.body.id])
})
