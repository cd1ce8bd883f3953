import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { defineJob } from '../jobs/jobs.ts'

/** Days in which a faulty row is mended and a waiting import committed; then the copy with names and numbers goes. */
const keptDays = 30

/** Gives up imports nobody committed and deletes the rows of old runs. What a run did stays in its statement. */
export async function forgetStagedRows(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const old = sql`created_at < now() - make_interval(days => ${keptDays})`
    await sql`update kernel.import_run set status = 'discarded' where status in ('uploaded', 'checked') and ${old}`.execute(
      tx,
    )
    await sql`delete from kernel.import_row where import_id in (select id from kernel.import_run where ${old})`.execute(
      tx,
    )
  })
}

export const forgetImports = defineJob({
  name: 'import.forget',
  title: '清除旧的导入行',
  schedule: '40 2 * * *',
  run: ({ db }) => forgetStagedRows(db),
})
