import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Services } from '../../../kernel/http/services.ts'
import { defineJob } from '../../../kernel/jobs/jobs.ts'
import { voteById } from '../server/vote.ts'
import { clearUrns } from './close.ts'
import { rollTextOf } from './publish.ts'

export interface ComplaintPeriod {
  /** Last day, `YYYY-MM-DD`. */
  endsOn: string
  reason: string | null
  clearedOn: string | null
}

/** @throws Problem 404 before publication */
export async function complaintPeriod(db: Db | Tx, voteId: number): Promise<ComplaintPeriod> {
  const { rows } = await sql<ComplaintPeriod>`
    select ends_on as "endsOn", reason, cleared_on as "clearedOn" from ballots.complaint_period
    where vote_id = ${voteId}`.execute(db)
  if (!rows[0]) throw notFound('异议期（结果公布之后才有）')
  return rows[0]
}

/** A complaint is being looked into: nothing is destroyed before that day. Never shortens. @throws Problem 404, 409, 422 */
export async function extendComplaints(
  tx: Tx,
  actor: Actor,
  voteId: number,
  endsOn: string,
  reason: string,
): Promise<void> {
  const vote = await voteById(tx, voteId)
  const period = await complaintPeriod(tx, voteId)
  if (period.clearedOn) throw conflict('vote-cleared', `这次投票的密钥和领票记录已于 ${period.clearedOn} 销毁。`)
  if (endsOn <= period.endsOn)
    throw refused('period-shorter', `异议期现在到 ${period.endsOn}，只能延长。`, { endsOn: '请选更晚的日期' })
  await sql`update ballots.complaint_period set ends_on = ${endsOn}::date, reason = ${reason} where vote_id = ${voteId}`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'ballots.extend-complaints',
    objectKind: 'vote',
    objectId: voteId,
    unitId: vote.unitId,
    summary: `“${vote.title}”异议期延长到 ${endsOn}：${reason}`,
  })
}

/**
 * Destroys what served a published vote and serves nobody after the complaints: the registrar's record of what it signed for
 * whom, the salts of the roll, the scrutineers' keys, codes of slips. What was published stays as it is, and recounts. Urn
 * and issuer's key went at the close. Callers check their permission.
 * @param today `YYYY-MM-DD`
 * @throws Problem 404, 409 `complaints-open` | `vote-cleared`
 */
export async function clearSecret(tx: Tx, actor: Actor, voteId: number, today: string): Promise<void> {
  const vote = await voteById(tx, voteId)
  await sql`select from ballots.complaint_period where vote_id = ${voteId} for update`.execute(tx)
  const period = await complaintPeriod(tx, voteId)
  if (period.clearedOn) throw conflict('vote-cleared', `这次投票的密钥和领票记录已于 ${period.clearedOn} 销毁。`)
  if (today <= period.endsOn)
    throw conflict('complaints-open', `异议期到 ${period.endsOn} 为止，之后才能销毁密钥和领票记录。`)
  const { rows: sheets } = await sql<{ eid: string }>`
    select s.eid from ballots.secret_vote s join ballots.publication p on p.eid = s.eid and p.name = 'head.json'
    where s.vote_id = ${voteId} order by s.sheet`.execute(tx)
  for (const { eid } of sheets)
    await sql`insert into ballots.publication (eid, name, content)
      values (${eid}, 'roll.jsonl', ${await rollTextOf(tx, eid)}) on conflict do nothing`.execute(tx)
  const destroyed = await destroy(tx, [voteId])
  await sql`update ballots.complaint_period set cleared_on = ${today}::date where vote_id = ${voteId}`.execute(tx)
  await audit(tx, actor, {
    action: 'ballots.clear-secret',
    objectKind: 'vote',
    objectId: voteId,
    unitId: vote.unitId,
    summary: `“${vote.title}”异议期满：销毁领票签发记录、名册盐值、开箱密钥和领票码，公布文件保留`,
    detail: { ...destroyed },
  })
}

/** Rows destroyed, by what they were. */
interface Destroyed {
  drawRecords: number
  scrutineerKeys: number
  codes: number
}

async function destroy(tx: Tx, voteIds: readonly number[]): Promise<Destroyed> {
  const ids = sql`${[...voteIds]}::bigint[]`
  const gone = async (query: ReturnType<typeof sql>): Promise<number> =>
    Number((await query.execute(tx)).numAffectedRows ?? 0n)
  const drawRecords = await gone(sql`delete from ballots.secret_roll r using ballots.secret_vote s
    where s.eid = r.eid and s.vote_id = any(${ids})`)
  const scrutineerKeys = await gone(sql`delete from ballots.scrutineer_key where vote_id = any(${ids})`)
  const slips = await gone(sql`delete from ballots.kiosk_code where vote_id = any(${ids})`)
  const codes = slips + (await gone(sql`delete from ballots.voter_code where vote_id = any(${ids})`))
  // The hall's key serves all votes of one meeting: it goes with the last of them.
  await sql`delete from ballots.venue_key k where not exists (
    select from ballots.vote v join ballots.secret_vote s on s.vote_id = v.id
    where v.subject_path = k.subject_path and (s.state in ('open', 'closed') or v.state = 'draft'))
    and exists (select from ballots.vote v where v.subject_path = k.subject_path and v.id = any(${ids}))`.execute(tx)
  return { drawRecords, scrutineerKeys, codes }
}

const clock: Actor = { kind: 'system', accountId: 0, personId: null, name: '系统', office: '定时任务', grants: [] }

/** Every night: votes whose complaints are over, and what was left of votes that were called off. */
export async function clearDue({ db, config, today }: Pick<Services, 'db' | 'config' | 'today'>): Promise<number> {
  const { rows } = await sql<{ voteId: number }>`
    select vote_id as "voteId" from ballots.complaint_period where cleared_on is null and ends_on < ${today()}::date
    order by vote_id`.execute(db)
  for (const { voteId } of rows) await db.transaction().execute((tx) => clearSecret(tx, clock, voteId, today()))
  await db.transaction().execute(async (tx) => {
    const { rows: voided } = await sql<{ id: number }>`
      select distinct vote_id as id from ballots.secret_vote s where state = 'void'
        and exists (select from ballots.secret_roll r where r.eid = s.eid)`.execute(tx)
    if (voided.length)
      await destroy(
        tx,
        voided.map(({ id }) => id),
      )
  })
  await clearUrns(db, config)
  return rows.length
}

export const clearing = defineJob({
  name: 'ballots.clear',
  title: '销毁异议期满的无记名投票的密钥和领票记录',
  schedule: '40 3 * * *',
  async run(services) {
    await clearDue(services)
  },
})
