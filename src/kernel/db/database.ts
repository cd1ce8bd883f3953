import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'

/**
 * Tables are addressed in SQL through Kysely's `sql` tag with explicit row types, so the schema type stays open.
 * See docs/decisions/0002-sql.md.
 */
export type Db = Kysely<unknown>
export type Tx = Transaction<unknown>

// bigint as number: ids and fen stay far below 2^53, and a value beyond it must fail loudly, not round.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`integer out of range: ${text}`)
  return value
})
// A date is a date: 'YYYY-MM-DD', never an instant in some zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

export interface Connection {
  db: Db
  pool: pg.Pool
  close(): Promise<void>
}

/** Opens a pool. Every session speaks Asia/Shanghai and is cut off after a long statement. */
export function connect(url: string, options: { max?: number; statementTimeoutMs?: number } = {}): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    options: `-c timezone=Asia/Shanghai -c statement_timeout=${options.statementTimeoutMs ?? 60_000} -c search_path=public`,
  })
  // A backend that dies while idle must not take the process with it; the next query gets a fresh connection.
  pool.on('error', () => {})
  const db: Db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  return { db, pool, close: () => db.destroy() }
}
