import { expect, test } from 'vitest'
import { testDatabase } from '../../../kernel/testing/database.ts'

const { ownerPool } = await testDatabase()

test('§15.28 no vote, mark, minute or act hangs on an account that could be deleted', async () => {
  // Nothing that was decided goes with an account, and no name is emptied by its end.
  const { rows } = await ownerPool.query<{ name: string }>(
    `select c.conrelid::regclass || ' ' || c.conname as name from pg_constraint c
     join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
     where c.contype = 'f' and c.confrelid = 'accounts.account'::regclass and c.confdeltype <> 'a'
       and n.nspname in ('ballots', 'elections', 'congress', 'motions', 'kernel')`,
  )
  expect(rows).toEqual([])
  // The roll and the named marks name a person, with the name as it was on the day.
  const { rows: columns } = await ownerPool.query<{ t: string }>(
    `select table_name as t from information_schema.columns
     where table_schema = 'ballots' and column_name = 'account_id' and table_name in ('roll_line', 'named_mark', 'teller', 'verdict')`,
  )
  expect(columns).toEqual([])
  const { rows: named } = await ownerPool.query<{ n: number }>(
    `select count(*)::int as n from information_schema.columns
     where table_schema = 'ballots' and column_name = 'name' and table_name in ('roll_line', 'teller')`,
  )
  expect(named[0]!.n).toBe(2)
})
