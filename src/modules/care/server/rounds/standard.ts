import { sql } from 'kysely'
import { loadCalendar } from '../../../../kernel/calendar/calendar-days.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import { confirmedNumbers } from '../../../../kernel/rules/confirmations.ts'
import { evaluate } from '../../../../kernel/rules/evaluate.ts'
import { bookOf, limitOn } from '../../../funds/public.ts'
import { cardOn } from '../../../rules/public.ts'

/** Festivals at which a union may give everybody something, as the rule and as the register name them. */
const LEGAL: Readonly<Record<string, string>> = {
  元旦: '新年',
  春节: '春节',
  '“五一”劳动节': '劳动节',
  清明: '清明节',
  端午: '端午节',
  中秋: '中秋节',
  国庆: '国庆节',
}
export const holidayOf = (occasion: string): string => LEGAL[occasion] ?? occasion

export interface RoundRemark {
  title: string
  /** The arithmetic and the source, line by line. */
  steps: string[]
  blocks: boolean
}

interface Judged {
  id: number
  unitId: number
  kind: 'festival' | 'birthday'
  occasion: string
  valueFen: number
  startOn: string
  source: 'request' | 'stock' | 'bought'
}

/** What rule cards and the union's own amounts say to a round before it opens: nothing when all is in order. */
export async function remarksOnRound(db: Db | Tx, round: Judged): Promise<RoundRemark[]> {
  const remarks: RoundRemark[] = []
  // What was bought before, or with somebody else's money, is a fact to record: the rule asks for a reason, and no more.
  const blocking = round.source !== 'bought'
  const card = cardOn('FS-FESTIVAL-DAYS', round.startOn)
  if (round.kind === 'festival' && card && !LEGAL[round.occasion]) {
    const circumstances = { confirmed: await confirmedNumbers(db), calendar: await loadCalendar(db) }
    const verdict = evaluate(card, { kind: 'check', holds: false }, circumstances)
    remarks.push({ title: card.title, steps: [...verdict.steps, ...verdict.notes], blocks: blocking && verdict.blocks })
  }
  const book = await bookOf(db, round.unitId)
  const limit = book && (await limitOn(db, book.id, round.kind, round.startOn))
  if (!limit) return remarks
  // A year's limit counts what each person got in earlier rounds; history in the ledger has no values by person.
  const { rows } = await sql<{ over: number; most: number }>`
    select count(*) filter (where coalesce(got.fen, 0) + ${round.valueFen} > ${limit.amountFen})::int as over,
      coalesce(max(got.fen), 0)::bigint as most
    from care.round_entry e
    left join lateral (
      select sum(r.value_fen) as fen from care.round_entry x join care.round r on r.id = x.round_id
      where ${limit.per} = 'person-year' and x.person_id = e.person_id and x.state = 'taken' and r.kind = ${round.kind} and r.id <> ${round.id}
        and extract(year from r.start_on) = extract(year from ${round.startOn}::date)) got on true
    where e.round_id = ${round.id}`.execute(db)
  const { over, most } = rows[0]!
  if (over)
    remarks.push({
      title: round.kind === 'festival' ? '节日慰问标准' : '生日慰问标准',
      steps: [
        `标准：每人${limit.per === 'person-year' ? '每年' : '每次'} ${formatYuan(limit.amountFen)} 元。`,
        `本次每人 ${formatYuan(round.valueFen)} 元${most ? `，今年最多的一人已领 ${formatYuan(most)} 元` : ''}，${over} 人超过标准。`,
        `依据：《${limit.source}》${limit.number ? `（${limit.number}）` : ''}第${limit.page}页。`,
      ],
      blocks: blocking && limit.strength === 'block',
    })
  return remarks
}
