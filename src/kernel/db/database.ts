import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
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

const PLANNED = '/* planned once */'
/**
 * Begins a statement that a connection plans once and keeps, where planning costs as much as the work: what every deed
 * sends. Only for a text that never changes with its values, and values that never change the best plan.
 */
export const plannedOnce = sql.raw(PLANNED)

const names = new Map<string, string>()

/** Sends what begins with `plannedOnce` as a named statement, everything else as it is. */
class PlanningClient extends pg.Client {
  override query(...words: unknown[]): never {
    const [text, values] = words
    const send = super.query as (...all: unknown[]) => never
    if (typeof text !== 'string' || !text.startsWith(PLANNED) || !Array.isArray(values)) return send.apply(this, words)
    let name = names.get(text)
    if (!name) names.set(text, (name = `planned-${names.size + 1}`))
    return send.call(this, { name, text, values }, ...words.slice(2))
  }
}

export interface Connection {
  db: Db
  pool: pg.Pool
  close(): Promise<void>
}

/** Opens a pool. Every session speaks Asia/Shanghai and is cut off after a long statement. */
export function connect(url: string, options: { max?: number; statementTimeoutMs?: number } = {}): Connection {
  const pool = new pg.Pool({
    Client: PlanningClient,
    connectionString: url,
    max: options.max ?? 10,
    options: `-c timezone=Asia/Shanghai -c statement_timeout=${options.statementTimeoutMs ?? 60_000} -c search_path=public`,
  })
  // A backend that dies while idle must not take the process with it; the next query gets a fresh connection.
  pool.on('error', () => {})
  const db: Db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  return { db, pool, close: () => db.destroy() }
}
