import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../audit/audit.ts'
import type { Db } from '../db/database.ts'
import { addKeyVersion, openKeys, type Keys } from './keys.ts'

interface SealedColumn {
  schema: string
  table: string
  column: string
}

/**
 * Every sealed column of the database, found by its name: bytea, `…_sealed`, in a table with a bigint `id`. A list kept
 * by hand would one day miss one, and its values would be lost with the old key.
 */
export async function sealedColumns(db: Db): Promise<SealedColumn[]> {
  const { rows } = await sql<SealedColumn>`
    select n.nspname as schema, c.relname as table, a.attname as column
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where a.atttypid = 'bytea'::regtype and a.attname like '%\_sealed' and not a.attisdropped
      and c.relkind in ('r', 'p') and not c.relispartition and n.nspname not like 'pg\_%'
    order by 1, 2, 3`.execute(db)
  return rows
}

/** Re-seals what isn't under the current version, `batch` rows a transaction; interrupted, it goes on when run again. */
async function resealColumn(
  db: Db,
  keys: Keys,
  { schema, table, column }: SealedColumn,
  batch: number,
): Promise<number> {
  const name = `${schema}.${table}.${column}`
  const target = sql.table(`${schema}.${table}`)
  const field = sql.ref(column)
  let count = 0
  for (let after = 0; ;) {
    const resealed = await db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ id: number; sealed: Buffer }>`
        select id, ${field} as sealed from ${target}
        where id > ${after} and ${field} is not null
          and get_byte(${field}, 0) * 256 + get_byte(${field}, 1) <> ${keys.version}
        order by id limit ${batch} for update`.execute(tx)
      if (!rows.length) return rows
      const ids = rows.map((row) => row.id)
      const values = rows.map((row) => keys.seal(keys.open(row.sealed, name), name))
      await sql`update ${target} t set ${field} = v.sealed
        from unnest(${ids}::bigint[], ${values}::bytea[]) as v(id, sealed) where t.id = v.id`.execute(tx)
      return rows
    })
    if (!resealed.length) return count
    count += resealed.length
    after = resealed.at(-1)!.id
  }
}

/**
 * `zhijia keys rotate`: a new key version, then every sealed value under it. The server may run meanwhile: it finds the
 * new key by itself. With ZHIJIA_MASTER_KEY the operator adds the new key to the variable first.
 * @returns the version now current and how many values were sealed anew
 */
export async function rotateKeys(
  db: Db,
  dataDir: string,
  actor: Actor,
  { batch = 1000, report = () => {} }: { batch?: number; report?: (line: string) => void } = {},
): Promise<{ version: number; resealed: number }> {
  const keys = process.env['ZHIJIA_MASTER_KEY'] ? openKeys(dataDir) : addKeyVersion(dataDir)
  let resealed = 0
  for (const column of await sealedColumns(db)) {
    const count = await resealColumn(db, keys, column, batch)
    if (count) report(`${column.schema}.${column.table}.${column.column}：已重新加密 ${count} 个值`)
    resealed += count
  }
  await db.transaction().execute((tx) =>
    audit(tx, actor, {
      action: 'keys.rotate',
      objectKind: 'key',
      objectId: keys.version,
      summary: `轮换主密钥为第 ${keys.version} 版，重新加密 ${resealed} 个值`,
    }),
  )
  return { version: keys.version, resealed }
}
