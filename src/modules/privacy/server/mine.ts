import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { holdings } from '../../../kernel/module/holdings.ts'
import { builtInRegisters } from '../../../kernel/register/registry.ts'
import { ownFilesOf } from '../../hardship/public.ts'
import type { MyInformation } from '../contract.ts'
import { type Use, USES } from '../words.ts'

/**
 * What the union holds of a person, and who looked at what is shut: theirs alone to see, whatever their office.
 * Lines of closed ledgers are counted together, so that the page in somebody else's hands tells no more than a number.
 * @throws Problem 404 for an account without a person
 */
export async function myInformation(db: Db, actor: Actor): Promise<MyInformation> {
  const { personId } = actor
  if (personId === null) throw notFound('个人信息')
  const [people, lines, looks, consents, files] = await Promise.all([
    sql<MyInformation['person']>`
      select p.name, u.name as "unitName", p.staff_no as "staffNo", p.born_on as "bornOn", p.id_last4 as "idLast4",
        p.phone_last4 as "phoneLast4"
      from members.person p join kernel.unit_name u on u.id = p.unit_id where p.id = ${personId}`.execute(db),
    sql<{ register: string; lines: number; first: string; last: string }>`
      select register, count(*)::int as lines, min(happened_on) as first, max(happened_on) as last from (
        select register, happened_on from kernel.record where person_id = ${personId} and state = 'recorded'
        union all
        select r.register, r.happened_on from kernel.record_line l join kernel.record r on r.id = l.record_id
        where l.person_id = ${personId} and r.state = 'recorded') held
      group by register order by max(happened_on) desc`.execute(db),
    looksAt(db, actor, personId),
    consentsOf(db, personId),
    ownFilesOf(db, actor),
  ])
  if (!people.rows[0]) throw notFound('个人信息')
  const known = new Map(builtInRegisters().map((register) => [register.id, register]))
  const open = lines.rows.filter(
    (row) => known.get(row.register)?.confidential === undefined || !known.get(row.register)?.confidential,
  )
  return {
    person: people.rows[0],
    ledgers: open.flatMap(({ register, ...row }) => {
      const title = known.get(register)?.title
      return title ? [{ title, ...row }] : []
    }),
    closedLines: lines.rows.reduce((sum, row) => sum + (open.includes(row) ? 0 : row.lines), 0),
    files,
    looks,
    consents,
    holds: holdings().flatMap(({ title, holds }) => holds.map((one) => ({ module: title, ...one }))),
  }
}

/** Numbers revealed, hardship files and papers opened by others. */
async function looksAt(db: Db, actor: Actor, personId: number): Promise<MyInformation['looks']> {
  const files = (await ownFilesOf(db, actor)).map((file) => file.id)
  const { rows } = await sql<{ at: string; who: string; office: string; action: string; summary: string }>`
    select at, actor_name as who, office, action, summary from kernel.audit
    where ((action = 'files.open' and (detail ->> 'personId')::bigint = ${personId})
      or (object_kind = 'person' and object_id = ${personId} and action = 'members.reveal')
      or (object_kind = 'hardship-file' and object_id = any(${files}::bigint[]) and action = 'hardship.open'))
      and actor_id is distinct from ${actor.accountId}
    order by id desc limit 200`.execute(db)
  return rows.map(({ action, summary, ...row }) => {
    const [what, ...why] = summary.split(/：|，原因：/)
    return { ...row, what: action === 'hardship.open' ? '打开困难档案' : what!, why: why.join('：') }
  })
}

/** The newest word to each use; silence is no. */
export async function consentsOf(db: Db | Tx, personId: number): Promise<MyInformation['consents']> {
  const { rows } = await sql<{ use: Use; given: boolean; saidAt: string }>`
    select distinct on (use) use, given, said_at as "saidAt" from privacy.consent
    where person_id = ${personId} order by use, id desc`.execute(db)
  const said = new Map(rows.map((row) => [row.use, row]))
  return (Object.keys(USES) as Use[]).map((use) => said.get(use) ?? { use, given: false, saidAt: null })
}

/** Of these people, those whose newest word to a use is yes. */
export async function agreed(db: Db | Tx, personIds: readonly number[], use: Use): Promise<Set<number>> {
  const { rows } = await sql<{ personId: number; given: boolean }>`
    select distinct on (person_id) person_id as "personId", given from privacy.consent
    where person_id = any(${personIds}::bigint[]) and use = ${use} order by person_id, id desc`.execute(db)
  return new Set(rows.filter((row) => row.given).map((row) => row.personId))
}

/** Says yes or no to one use; the earlier word stays readable. @throws Problem 404 for an account without a person */
export async function sayConsent(tx: Tx, actor: Actor, use: Use, given: boolean): Promise<void> {
  if (actor.personId === null) throw notFound('个人信息')
  await sql`insert into privacy.consent (person_id, use, given, said_by)
    values (${actor.personId}, ${use}, ${given}, ${actor.accountId})`.execute(tx)
  await audit(tx, actor, {
    action: 'privacy.consent',
    objectKind: 'person',
    objectId: actor.personId,
    summary: `${given ? '同意' : '不同意'}${USES[use].title}`,
  })
}
