import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { judge, readLine } from '../format/ballot.ts'
import { readOpening } from '../format/opening.ts'
import { nodePrimitives } from '../format/primitives-node.ts'
import { unseal } from '../format/seal.ts'
import { voteById } from '../server/vote.ts'
import { complaintDays, secretsOf } from './publish.ts'

/** What lay in the box about one person. */
export interface OpenedSheet {
  /** Sheet 1 is the first of the plan. */
  sheet: number
  /**
   * Valid papers: per criterion the place of the grade from 0, −1 where it was left open; sorted, so that no order is left.
   */
  papers: number[][]
  invalid: number
}

/** A closed box of an appraisal, opened for whoever counts it and for nobody else. */
export interface OpenedSheets {
  sheets: OpenedSheet[]
  /** People who drew their papers. */
  drawn: number
}

/**
 * Opens an appraisal's box. Its papers are never published: whole sheets would be signatures. They are handed to the
 * caller once, who keeps tallies of enough of them, and destroyed in the same transaction. Callers check their permission.
 * @throws Problem 409 `secret-not-closed`, 422 `scrutineers-missing`
 */
export async function openSheets(tx: Tx, actor: Actor, voteId: number): Promise<OpenedSheets> {
  const vote = await voteById(tx, voteId)
  const { rows: sheets } = await sql<{ eid: string; sheet: number; opening: string; state: string }>`
    select eid, sheet, opening, state from ballots.secret_vote where vote_id = ${voteId} order by sheet for update`.execute(
    tx,
  )
  if (!sheets.length || sheets.some(({ state }) => state !== 'closed'))
    throw conflict('secret-not-closed', `“${vote.title}”的电子票箱还没有关闭，或已经计票。`)
  const secrets = await secretsOf(tx, voteId)
  const opened = sheets.map(({ sheet, opening }) => ({ sheet, vote: readOpening(nodePrimitives, opening)! }))
  const missing = opened[0]!.vote.opening.trustees.threshold - secrets.length
  if (missing > 0)
    throw refused('scrutineers-missing', `“${vote.title}”还需要 ${missing} 名监票人在“我的监票”里输入开箱密钥。`)
  const { rows: lines } = await sql<{ sheet: number; line: string }>`
    select s.sheet, b.line from ballots.sealed_ballot b join ballots.secret_vote s on s.eid = b.eid
    where s.vote_id = ${voteId} order by s.sheet, b.id`.execute(tx)
  const found = opened.map((one): OpenedSheet => {
    const own = lines.filter((row) => row.sheet === one.sheet)
    const papers = own.flatMap(({ line }) => {
      const message = unseal(nodePrimitives, one.vote, readLine(one.vote, line)!, secrets)
      const choice = typeof message === 'string' ? message : judge(one.vote, message.message)
      if (typeof choice === 'string') return []
      return [
        one.vote.opening.items.map(({ symbols }, at) => {
          const place = symbols.indexOf(choice.marks[at]!)
          return place === symbols.length - 1 ? -1 : place
        }),
      ]
    })
    return {
      sheet: one.sheet,
      papers: papers.toSorted((a, b) => (a.join() < b.join() ? -1 : 1)),
      invalid: own.length - papers.length,
    }
  })
  const { rows } = await sql<{ drawn: number }>`
    select count(*) as drawn from ballots.roll_line where vote_id = ${voteId} and drawn_by is not null`.execute(tx)
  await sql`delete from ballots.sealed_ballot b using ballots.secret_vote s
    where s.eid = b.eid and s.vote_id = ${voteId}`.execute(tx)
  await sql`update ballots.scrutineer_key set secret = null where vote_id = ${voteId}`.execute(tx)
  await sql`update ballots.secret_vote set state = 'published' where vote_id = ${voteId}`.execute(tx)
  await sql`insert into ballots.complaint_period (vote_id, ends_on)
    values (${voteId}, (now() at time zone 'Asia/Shanghai')::date + ${complaintDays}::int)`.execute(tx)
  await audit(tx, actor, {
    action: 'ballots.open-sheets',
    objectKind: 'vote',
    objectId: voteId,
    unitId: vote.unitId,
    summary: `开箱清点“${vote.title}”的电子评议表，表只计入汇总，不公布、不保存`,
  })
  return { sheets: found, drawn: rows[0]!.drawn }
}
