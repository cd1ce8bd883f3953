import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { connect } from '../../../../kernel/db/database.ts'
import { EIGHT_FORBIDDEN } from '../../../rules/public.ts'
import { verifyBook } from '../journal/verify.ts'
import { decide } from './decide.ts'
import { openDesk, TODAY } from './desk-for-tests.ts'
import { paySpending } from './pay.ts'

const desk = await openDesk()
const { ask, db, world, bookId, ownerPool, appUrl } = desk
afterAll(() => desk.app.close())

/** What is reserved, paid and booked; what waits on whose desk. */
const standing = async () =>
  (
    await sql`select (select json_agg(a order by a.id) from kernel.act a where a.object_kind = 'funds-request') as acts,
      (select json_agg(t order by t.id) from kernel.todo t) as todos, (select count(*)::int from funds.payment) as payments,
      (select last_seq from funds.book where id = ${bookId}) as last`.execute(db)
  ).rows

test.each([
  ['an approval', 'approve'],
  ['a payment', 'pay'],
] as const)('a session that dies in the middle of %s leaves nothing half-done', async (_what, deed) => {
  const draft = {
    unitId: world.unit('east-1'),
    kind: 'office',
    purpose: '办公用品',
    amountFen: 12_000,
    payee: '张敏',
    form: 'service',
    method: 'transfer',
    confirmed: EIGHT_FORBIDDEN.map((one) => one.id),
  }
  const { id } = (await ask('asker', 'POST', '/api/funds/spending', draft)).body
  await ask('asker', 'POST', `/api/funds/spending/${id}/acts`, { verb: '提交' })
  await ask('accountant', 'POST', `/api/funds/spending/${id}/acts`, { verb: '同意' })
  const approve = () => ask('chair', 'POST', `/api/funds/spending/${id}/acts`, { verb: '同意' })
  if (deed === 'pay') expect((await approve()).status).toBe(200)
  const before = await standing()
  const dying = connect(appUrl, { max: 1 })
  dying.pool.on('connect', (client) => client.on('error', () => {}))
  await expect(
    dying.db.transaction().execute(async (tx) => {
      if (deed === 'pay') await paySpending(tx, desk.actor('cashier'), id, { paidOn: TODAY }, TODAY)
      else await decide(tx, desk.actor('chair'), id, { verb: '同意' }, TODAY)
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      await ownerPool.query('select pg_terminate_backend($1)', [rows[0]!.pid])
      await sql`select 1`.execute(tx)
    }),
  ).rejects.toThrow()
  await dying.close()
  expect(await standing()).toEqual(before)
  expect((await verifyBook(db, bookId)).faults).toEqual([])
  // The same again goes through.
  if (deed === 'approve') expect((await approve()).status).toBe(200)
  expect((await ask('cashier', 'POST', `/api/funds/spending/${id}/payment`, { paidOn: TODAY })).status).toBe(201)
  expect((await verifyBook(db, bookId)).faults).toEqual([])
})
