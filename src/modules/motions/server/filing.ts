import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { dropKept, keepRecords, type Kept } from '../../../kernel/register/kept.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import type { Source as RecordSource } from '../../../kernel/register/store.ts'
import {
  CHANNELS,
  KINDS,
  numberText,
  SUGGESTION_KINDS,
  VERDICTS,
  type Channel,
  type Kind,
  type SuggestionKind,
  type SuggestionState,
  type Verdict,
} from '../words.ts'

interface Countable {
  id: number
  unitId: number
  receivedOn: string | null
  title: string
  body: string
  kind: Kind
  channel: Channel
  session: string | null
  delegation: string | null
  category: string | null
  moverId: number | null
  filedOn: string | null
  mergedInto: string | null
  leader: string | null
  urged: boolean
  repliedOn: string | null
  progress: string | null
  verdict: Verdict | null
  department: string | null
  seconders: string | null
}

const present = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  )

/**
 * Brings the register `congress.motion` up to date with these motions. A motion counts from the day it was received; a
 * draft, also one that was withdrawn or sent back to be mended, counts nowhere.
 */
export async function fileRecords(
  tx: Tx,
  actor: Actor,
  ids: readonly number[],
  source: RecordSource = 'desk',
): Promise<void> {
  const register = (await catalogue(tx)).register('congress.motion')
  const { rows } = await sql<Countable>`
    select m.id, m.unit_id as "unitId", case when m.state in ('draft', 'returned', 'dropped') then null else m.received_on end as "receivedOn",
      m.title, m.body || coalesce(E'\n' || m.remedy, '') as body, m.kind, m.channel, m.session, m.delegation, m.category,
      m.mover_id as "moverId", m.filed_on as "filedOn", coalesce(i.series || ' ' || i.title, i.title) as "mergedInto",
      m.leader, m.urged, m.replied_on as "repliedOn", m.progress,
      (select verdict from motions.verdict v where v.motion_id = m.id order by round desc limit 1) as verdict,
      (select d.name from motions.assignment a join motions.department d on d.id = a.department_id
        where a.motion_id = m.id and a.part = 'lead' and a.ended_on is null order by a.round desc limit 1) as department,
      (select string_agg(p.name, '、' order by p.id) from motions.seconder s join members.person p on p.id = s.person_id
        where s.motion_id = m.id and s.agreed) as seconders
    from motions.motion m left join motions.motion i on i.id = m.merged_into
    where m.id = any(${ids}::bigint[]) order by m.id`.execute(tx)
  const kept = rows.flatMap((row): Kept[] =>
    row.receivedOn
      ? [
          {
            keptBy: `motions/${row.id}`,
            draft: {
              unitId: row.unitId,
              happenedOn: row.receivedOn,
              title: row.title,
              personId: row.moverId,
              fields: present({
                kind: KINDS[row.kind],
                channel: CHANNELS[row.channel],
                session: row.session,
                delegation: row.delegation,
                category: row.category,
                text: row.body.slice(0, 4000),
                seconders: row.seconders?.slice(0, 200),
                filed: row.filedOn !== null && row.mergedInto === null,
                mergedInto: row.mergedInto?.slice(0, 200),
                department: row.department,
                leader: row.leader,
                urged: row.urged,
                replied: row.repliedOn !== null,
                repliedOn: row.repliedOn,
                progress: row.progress,
                // Handing the reply to the mover is what makes it a reply; an unsigned slip has nobody to return it to.
                returned: row.repliedOn !== null && row.moverId !== null,
                verdict: row.verdict && VERDICTS[row.verdict],
              }),
            },
          },
        ]
      : [],
  )
  await keepRecords(tx, actor, register, kept, source)
  const gone = rows.filter((row) => !row.receivedOn).map((row) => `motions/${row.id}`)
  if (gone.length) await dropKept(tx, actor, register, gone, '提案人撤回或退回修改')
}

interface CountableSuggestion {
  id: number
  unitId: number
  receivedOn: string
  title: string
  body: string
  kind: SuggestionKind
  category: string | null
  proposerId: number
  branch: string | null
  state: SuggestionState
  grade: string | null
  adopted: boolean | null
  changedOn: string | null
  benefitFen: number | null
}

/** Brings `congress.suggestion` up to date; a withdrawn one counts nowhere. */
export async function fileSuggestions(
  tx: Tx,
  actor: Actor,
  ids: readonly number[],
  source: RecordSource = 'desk',
): Promise<void> {
  const register = (await catalogue(tx)).register('congress.suggestion')
  const { rows } = await sql<CountableSuggestion>`
    select id, unit_id as "unitId", received_on as "receivedOn", title, body || coalesce(E'\n' || remedy, '') as body, kind, category,
      proposer_id as "proposerId", branch, state, grade, adopted, changed_on as "changedOn", benefit_fen as "benefitFen"
    from motions.suggestion where id = any(${ids}::bigint[]) order by id`.execute(tx)
  const counts = rows.filter((row) => row.state !== 'withdrawn')
  await keepRecords(
    tx,
    actor,
    register,
    counts.map((row) => ({
      keptBy: `suggestions/${row.id}`,
      draft: {
        unitId: row.unitId,
        happenedOn: row.receivedOn,
        title: row.title,
        personId: row.proposerId,
        fields: present({
          kind: SUGGESTION_KINDS[row.kind],
          branch: row.branch,
          category: row.category,
          text: row.body.slice(0, 4000),
          grade: row.grade,
          adopted: row.adopted,
          implemented: row.adopted === null ? null : row.changedOn !== null,
          benefit: row.benefitFen,
        }),
      },
    })),
    source,
  )
  const gone = rows.filter((row) => row.state === 'withdrawn').map((row) => `suggestions/${row.id}`)
  if (gone.length) await dropKept(tx, actor, register, gone, '建议人撤回')
}

/** 六届三次第012号 of a motion, or its title while it has no number. */
export const calledBy = (motion: { series: string | null; number: number | null; title: string }): string =>
  motion.number === null ? `“${motion.title}”` : `${numberText(motion.series, motion.number)}“${motion.title}”`
