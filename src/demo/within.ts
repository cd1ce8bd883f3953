import type { Db, Tx } from '../kernel/db/database.ts'

/**
 * Operations that open their own transaction, run inside the one that loads the demo: a start that is killed meanwhile
 * must leave nothing behind.
 */
export function within(tx: Tx): Db {
  const transaction = {
    setIsolationLevel: () => transaction,
    setAccessMode: () => transaction,
    execute: (work: (tx: Tx) => Promise<unknown>) => work(tx),
  }
  return new Proxy(tx, {
    get(target, name) {
      if (name === 'transaction') return () => transaction
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  }) as unknown as Db
}
