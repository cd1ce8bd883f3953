import { sql } from 'kysely'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { citation } from '../../../kernel/rules/card.ts'
import { cardOn } from '../../rules/public.ts'
import { compositionChecks, type Check } from '../quota.ts'
import { vacatedSeats } from './elected-seats.ts'
import type { Term } from './seen.ts'

/** A check with the article it comes from. */
export type CitedCheck = Check & { article: string; verification: string }

/** Number and make-up of the seated delegates against the articles. Only warnings: recording goes on. */
export async function checksOf(db: Db | Tx, term: Term, on: string): Promise<CitedCheck[]> {
  const { rows } = await sql<{ delegates: number; managers: number; women: number; frontLine: number }>`
    select count(*)::int as delegates, (count(*) filter (where d.category in ('manager', 'leader')))::int as managers,
      (count(*) filter (where p.gender = 'f'))::int as women, (count(*) filter (where d.category = 'front-line'))::int as "frontLine"
    from congress.delegate d join members.person p on p.id = d.person_id where d.term_id = ${term.id} and d.to_on is null`.execute(
    db,
  )
  const vacated = (await vacatedSeats(db, term.id)).length
  return compositionChecks(term.body, { ...rows[0]!, vacated }, term).map((check) => {
    const card = cardOn(check.id, on)
    return { ...check, article: card ? citation(card) : '', verification: card?.verification ?? 'memory' }
  })
}
