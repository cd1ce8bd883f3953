import { sql } from 'kysely'
import type { Services } from '../../../kernel/http/services.ts'
import { clearUrns } from './close.ts'
import { processesOf, stopProcesses } from './processes.ts'

/** Takes up the votes that were open when the server stopped, and stops box and registrar with it. */
export async function startSecret(services: Services, say: (line: string) => void): Promise<() => Promise<void>> {
  const { db, config } = services
  await clearUrns(db, config, 0)
  const { rows } = await sql<{ eid: string; opening: string }>`
    select eid, opening from ballots.secret_vote where state = 'open'`.execute(db)
  try {
    for (const { eid, opening } of rows) await processesOf(config).hold(eid, opening)
    if (rows.length) say(`电子票箱已恢复，${rows.length} 场投票继续。`)
  } catch (error) {
    say((error as Error).message)
  }
  return () => stopProcesses(config)
}
