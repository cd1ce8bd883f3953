import type pg from 'pg'
import { PgBoss } from 'pg-boss'

/** The queue's own schema. A backup leaves it out: waiting jobs are made anew from what they were to do. */
export const queueSchema = 'pgboss'

/**
 * Makes or upgrades the queue's tables. Run by the owner while migrating; the server's role only uses them.
 * @returns true when something was made, so that the grants must follow
 */
export async function installQueue(client: pg.Client | pg.PoolClient): Promise<boolean> {
  const version = async (): Promise<number | null> => {
    const there = await client.query<{ there: boolean }>(
      `select to_regclass('${queueSchema}.version') is not null as there`,
    )
    if (!there.rows[0]!.there) return null
    const { rows } = await client.query<{ version: number }>(`select version from ${queueSchema}.version`)
    return rows[0]?.version ?? null
  }
  const before = await version()
  const boss = new PgBoss({
    db: { executeSql: (text, values) => client.query(text, values) },
    schema: queueSchema,
    schedule: false,
    supervise: false,
  })
  // An adapter that isn't pg-boss's own reports its errors here as well as by throwing.
  boss.on('error', () => {})
  await boss.start()
  await boss.stop({ graceful: false })
  return (await version()) !== before
}
