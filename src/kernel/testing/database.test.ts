import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from './database.ts'

const { db, ownerPool } = await testDatabase()

test('a test speaks to a migrated database as the role that owns nothing', async () => {
  const { rows } = await sql<{ name: string; super: boolean; bypass: boolean; owned: number }>`
    select rolname as name, rolsuper as super, rolbypassrls as bypass,
      (select count(*)::int from pg_class where relowner = pg_roles.oid) as owned
    from pg_roles where rolname = current_user`.execute(db)
  expect(rows[0]).toEqual({ name: 'zhijia_app', super: false, bypass: false, owned: 0 })
  const applied = await ownerPool.query('select name from kernel_migration.applied order by name limit 1')
  expect(applied.rows[0].name).toBe('0001-kernel.sql')
})

test('the audit refuses to be rewritten by the server', async () => {
  await expect(sql`update kernel.audit set summary = '改'`.execute(db)).rejects.toThrow('permission denied')
})
