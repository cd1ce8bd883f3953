import { loadCalendar } from '../../../kernel/calendar/calendar-days.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { citation } from '../../../kernel/rules/card.ts'
import { confirmedNumbers } from '../../../kernel/rules/confirmations.ts'
import { evaluate, type Verdict } from '../../../kernel/rules/evaluate.ts'
import { cardOn } from '../../rules/public.ts'
import type { Session } from './seen.ts'

/**
 * When the notice must be out: seven days before a staff congress, five working days before a members' congress. Two
 * congresses on one day each have their own clock (MC-SEPARATE).
 */
export async function noticeDue(
  db: Db | Tx,
  session: Pick<Session, 'form' | 'body' | 'startsOn' | 'noticeSentOn'>,
  today: string,
): Promise<(Verdict & { due: string; title: string; article: string }) | null> {
  if (session.form !== 'session') return null
  const card = cardOn(session.body === 'staff' ? 'SC-NOTICE-7' : 'MC-NOTICE-5WD', session.startsOn)
  if (!card) return null
  const [calendar, confirmed] = await Promise.all([loadCalendar(db), confirmedNumbers(db)])
  const verdict = evaluate(
    card,
    { kind: 'deadline', start: session.startsOn, doneOn: session.noticeSentOn, today },
    { calendar, confirmed },
  )
  return { ...verdict, due: verdict.due!, title: card.title, article: citation(card) }
}
