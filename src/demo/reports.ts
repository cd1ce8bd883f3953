import { sql } from 'kysely'
import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import { createReport } from '../modules/reports/public.ts'
import { freezeReport, signReport } from '../modules/reports/server/reports.ts'
import { within } from './within.ts'

/** Last year's report signed and frozen, this year's half-year as a draft with remarks on it. */
export async function writeReports(
  tx: Tx,
  clerk: Actor,
  chair: Actor,
  unitId: number,
  year: number,
  today: string,
): Promise<void> {
  const db = within(tx)
  const annual = await createReport(db, clerk, unitId, year - 1, 'annual', today)
  await signReport(db, chair, annual.id, annual.version, '同意，请办公室印发。')
  await freezeReport(db, chair, annual.id, annual.version, today)
  const half = await createReport(db, clerk, unitId, year, 'half-year', today)
  const remarks = [
    [chair, '帮扶一节请补写两件具体的事。'],
    [chair, '合理化建议比上年少了近一半，请与各分会核对是否漏报。'],
    [clerk, '已请各分会本周内核对。'],
  ] as const
  for (const [author, words] of remarks)
    await sql`insert into reports.comment (report_id, words, author, created_by)
      values (${half.id}, ${words}, ${author.name}, ${author.accountId})`.execute(tx)
}
