import { sql } from 'kysely'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { chineseOrdinal } from '../../../kernel/documents/model.ts'
import type { Body, SessionState } from '../words.ts'

export interface NamedSession {
  id: number
  unitId: number
  body: Body
  /** 十届一次, without the name of the body. */
  name: string
  title: string
  startsOn: string
  state: SessionState
}

/** Sessions proper of a unit by what other rooms call them, those to come first. Callers ask who may see them. */
export async function namedSessions(
  db: Db | Tx,
  of: { unitId: number; ids?: readonly number[] } | { ids: readonly number[] },
): Promise<NamedSession[]> {
  const unitId = 'unitId' in of ? of.unitId : null
  const { rows } = await sql<Omit<NamedSession, 'name'> & { ordinal: number; number: number }>`
    select s.id, s.unit_id as "unitId", t.body, t.ordinal, s.number, s.title, s.starts_on as "startsOn", s.state
    from congress.session s join congress.term t on t.id = s.term_id
    where s.form = 'session' and s.state <> 'cancelled' and (${unitId}::bigint is null or s.unit_id = ${unitId})
      and (${of.ids ?? null}::bigint[] is null or s.id = any(${of.ids ?? null}::bigint[]))
    order by s.state = 'preparing' desc, s.starts_on desc, s.id desc limit 100`.execute(db)
  return rows.map(({ ordinal, number, ...row }) => ({
    ...row,
    name: `${chineseOrdinal(ordinal)}届${chineseOrdinal(number)}次`,
  }))
}
