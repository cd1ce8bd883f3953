import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { MotionState } from '../words.ts'
import { motionsSeenBy } from './seeing.ts'

export interface Similar {
  id: number
  title: string
  series: string | null
  number: number | null
  state: MotionState
  receivedOn: string | null
  likeness: number
  /** Whether the asker may open it; of the others only what the union makes public of a filed motion is told. */
  mayOpen: boolean
}

/** From this likeness on, in percent of shared pieces, two titles are worth showing side by side. */
const NOTABLE = 40

/**
 * Motions of the same union that say nearly the same, the most alike first: shown before one hands in or files another.
 * Those of the last three years; of motions one may not see, only filed ones, without their text and mover.
 */
export async function similarTo(
  db: Db | Tx,
  actor: Actor,
  asked: { unitId: number; title: string; notId?: number; today: string },
): Promise<Similar[]> {
  const { rows } = await sql<Similar>`
    with asked as (select motions.grams(${asked.title}) as grams)
    select * from (
      select m.id, m.title, m.series, m.number, m.state, m.received_on as "receivedOn",
        motions.likeness(m.grams, asked.grams) as likeness, ${motionsSeenBy(actor)} as "mayOpen"
      from motions.motion m, asked
      where m.unit_id = ${asked.unitId} and m.grams && asked.grams and m.id <> ${asked.notId ?? 0}
        and m.state not in ('draft', 'returned', 'dropped') and m.merged_into is null
        and m.received_on > ${asked.today}::date - interval '3 years') found
    where likeness >= ${NOTABLE} and ("mayOpen" or number is not null)
    order by likeness desc, id desc limit 8`.execute(db)
  return rows
}
