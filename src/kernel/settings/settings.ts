import { sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'

/**
 * The few things an installation decides for itself. Whoever reads a setting gives its bounds and its usual value, so
 * that a value written by an older version can't hurt.
 */
export async function readSetting<Value>(db: Db | Tx, key: string): Promise<Value | null> {
  const { rows } = await sql<{ value: Value }>`select value from kernel.setting where key = ${key}`.execute(db)
  return rows[0]?.value ?? null
}

/** @param key `<module>.<name>` */
export async function writeSetting(tx: Tx, key: string, value: unknown): Promise<void> {
  await sql`insert into kernel.setting (key, value) values (${key}, ${JSON.stringify(value)}::jsonb)
    on conflict (key) do update set value = excluded.value, updated_at = now()`.execute(tx)
}
