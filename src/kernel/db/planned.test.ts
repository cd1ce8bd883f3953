import { sql, type CompiledQuery } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import { connect, plannedOnce, type Db } from './database.ts'

const { appUrl } = await testDatabase()

/** The statements a connection keeps, by their own words. */
const kept = async (db: Db): Promise<string[]> => {
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements order by name`.execute(
    db,
  )
  return rows.map((row) => row.statement)
}
const halved = (n: number) => sql<{ half: number }>`${plannedOnce} select ${n}::int / 2 as half`
const inverse = (n: number) => sql<{ part: number }>`${plannedOnce} select 10 / ${n}::int as part`

test('a statement that is planned once is kept by its connection under one name, every other is not', async () => {
  const { db, close } = connect(appUrl, { max: 1 })
  for (const n of [2, 4, 6]) expect((await halved(n).execute(db)).rows).toEqual([{ half: n / 2 }])
  await sql`select ${1}::int`.execute(db)
  expect(await kept(db)).toEqual([(halved(2).compile(db) as CompiledQuery).sql])
  await inverse(5).execute(db)
  expect(await kept(db)).toHaveLength(2)
  await close()
})

test('what it refuses once it answers the next time, inside and outside of a transaction', async () => {
  const { db, close } = connect(appUrl, { max: 1 })
  await expect(inverse(0).execute(db)).rejects.toMatchObject({ code: '22012' })
  expect((await inverse(5).execute(db)).rows).toEqual([{ part: 2 }])
  await expect(db.transaction().execute(async (tx) => void (await inverse(0).execute(tx)))).rejects.toMatchObject({
    code: '22012',
  })
  expect((await inverse(2).execute(db)).rows).toEqual([{ part: 5 }])
  await close()
})
