import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { allows } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, forbidden, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Config } from '../../../kernel/http/services.ts'
import type { StationLine } from '../contract.ts'
import { isTeller, voteById, type Vote } from '../server/vote.ts'
import { channelTitle } from '../words.ts'
import { newCode, plainCode, shownCode } from './codes.ts'
import type { DrawRequest } from './draw.ts'
import { processesOf } from './processes.ts'

/**
 * Stations: people without a phone. A clerk marks the roll, for paper or for the kiosk, in the one column that the phones
 * use too, so nobody gets two. At the kiosk the voter draws a slip from a box; its code belongs to nobody, and the shuffled
 * box stands for the anonymity that a phone's own connection gives.
 */
/** Who works at a station: the vote's tellers and whoever may count. @throws Problem 403, 404 */
export async function stationVote(db: Db | Tx, actor: Actor, voteId: number): Promise<Vote> {
  const vote = await voteById(db, voteId)
  if (isTeller(vote, actor) || (await allows(db, actor, 'ballots.count', vote.unitId))) return vote
  if (await allows(db, actor, 'ballots.read', vote.unitId)) throw forbidden('在投票站登记领票（限监票人、计票人）')
  throw notFound('表决')
}

/** Channels besides the phones' own: paper of the tellers, and the kiosk. */
export const stationsOf = (vote: Vote): string[] => [...vote.channels.filter((one) => one !== 'booth'), 'kiosk']

/**
 * Marks a voter as having received a paper (or a slip for the kiosk). There is no way back: a paper handed out is out. No
 * hour is kept. @throws Problem 403, 404, 409 `paper-drawn` | `issuing-over`
 */
export async function markDrawn(
  db: Db,
  actor: Actor,
  voteId: number,
  personId: number,
  channel: string,
): Promise<void> {
  const vote = await stationVote(db, actor, voteId)
  if (vote.mode !== 'secret' || !stationsOf(vote).includes(channel)) throw notFound('投票点')
  const { rows } = await sql<{ id: number }>`
    with open as materialized (select eid from ballots.secret_vote where vote_id = ${voteId} and state = 'open' for share)
    update ballots.roll_line set drawn_by = ${channel}, present = true where vote_id = ${voteId} and person_id = ${personId}
      and not struck and drawn_by is null and exists (select from open) returning person_id as id`.execute(db)
  if (rows.length) return
  const { rows: lines } = await sql<{ drawn: string | null; struck: boolean; open: boolean }>`
    select drawn_by as drawn, struck, exists (select from ballots.secret_vote where vote_id = ${voteId} and state = 'open') as open
    from ballots.roll_line where vote_id = ${voteId} and person_id = ${personId}`.execute(db)
  const line = lines[0]
  if (!line || line.struck) throw notFound('选举人')
  if (!line.open) throw conflict('issuing-over', '电子票箱没有打开，或发票已经结束，不能再登记领票。')
  throw conflict(
    'paper-drawn',
    line.drawn === 'booth'
      ? '本人已经用手机领了电子票，不能再领纸质票。'
      : `本人已经领过票（${line.drawn === 'kiosk' ? '投票站' : channelTitle(line.drawn!)}），一人一票。`,
  )
}

const hashOf = (voteId: number, code: string): Buffer =>
  createHash('sha256')
    .update(`zhijia-kiosk/${voteId}/${plainCode(code)}`)
    .digest()

/**
 * New slips for the box at the kiosk. Their codes are told this once; the database keeps hashes.
 * @throws Problem 403, 404, 409 `issuing-over`, 422 `too-many-slips`
 */
export async function printSlips(tx: Tx, actor: Actor, voteId: number, count: number): Promise<string[]> {
  const vote = await stationVote(tx, actor, voteId)
  const { rows } = await sql<{ open: boolean; slips: number }>`
    select exists (select from ballots.secret_vote where vote_id = ${voteId} and state = 'open') as open,
      (select count(*) from ballots.kiosk_code where vote_id = ${voteId}) as slips`.execute(tx)
  if (!rows[0]!.open) throw conflict('issuing-over', '电子票箱没有打开，或发票已经结束，不能再打印领票条。')
  // Twice the roll leaves a full box to draw the last slip from, and no room for a printing press.
  if (rows[0]!.slips + count > 2 * vote.expected + 20)
    throw refused('too-many-slips', `领票条已有 ${rows[0]!.slips} 张，再打印就过多了，请用已打印的。`, {
      count: '超过名册人数的两倍',
    })
  const codes = Array.from({ length: count }, newCode)
  await sql`insert into ballots.kiosk_code (vote_id, hash)
    select ${voteId}, decode(h, 'hex') from unnest(${codes.map((code) => hashOf(voteId, code).toString('hex'))}::text[]) h`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'ballots.slips',
    objectKind: 'vote',
    objectId: voteId,
    unitId: vote.unitId,
    summary: `打印“${vote.title}”投票站领票条 ${count} 张`,
  })
  return codes.map(shownCode)
}

/**
 * Draws at the kiosk with a slip: never more slips than people marked for the kiosk. The same question with the same slip
 * gets the same answer. The station's clerk is signed in; who votes is not known here.
 * @throws Problem 403, 404, 409 `issuing-over` | `slip-used`, 422 `slip-unknown` | `nobody-marked` | `wrong-papers`
 */
export async function drawAtKiosk(
  db: Db,
  actor: Actor,
  voteId: number,
  code: string,
  requests: readonly DrawRequest[],
  config: Config,
): Promise<{ eid: string; answer: string }[]> {
  await stationVote(db, actor, voteId)
  const asked = JSON.stringify(requests.toSorted((one, other) => (one.eid < other.eid ? -1 : 1)))
  const hash = hashOf(voteId, code)
  const papers = await db.transaction().execute(async (tx) => {
    // One slip after the other: the next one counts the last.
    const { rows: open } = await sql<{ eid: string; opening: string }>`
      select eid, opening from ballots.secret_vote where vote_id = ${voteId} and state = 'open' order by sheet for update`.execute(
      tx,
    )
    if (!open.length) throw conflict('issuing-over', '发票已经结束，不能再领票。')
    if (open.length !== requests.length || !open.every(({ eid }) => requests.some((one) => one.eid === eid)))
      throw refused('wrong-papers', '领票请求不完整，请重新打开投票页再试。')
    const { rows } = await sql<{ asked: string | null; free: boolean }>`
      select asked, (select count(*) from ballots.roll_line where vote_id = ${voteId} and drawn_by = 'kiosk')
        > (select count(*) from ballots.kiosk_code where vote_id = ${voteId} and asked is not null) as free
      from ballots.kiosk_code where vote_id = ${voteId} and hash = ${hash}`.execute(tx)
    const slip = rows[0]
    if (!slip) throw refused('slip-unknown', '没有这张领票条，请对照条上的十个字母和数字再输一次。', { code: '不对' })
    if (slip.asked === asked) return open
    if (slip.asked !== null) throw conflict('slip-used', '这张领票条已经用过，请重新抽一张。')
    if (!slip.free) throw refused('nobody-marked', '请先由工作人员在名册上登记，再抽领票条投票。')
    await sql`update ballots.kiosk_code set asked = ${asked} where vote_id = ${voteId} and hash = ${hash}`.execute(tx)
    return open
  })
  const processes = processesOf(config)
  return Promise.all(
    papers.map(async ({ eid, opening }) => {
      await processes.hold(eid, opening)
      const { blinded } = requests.find((one) => one.eid === eid)!
      return { eid, answer: await processes.blindSign(eid, blinded) }
    }),
  )
}

export interface KioskPaper {
  title: string
  boxUrl: string
  papers: { eid: string; sheet: number; opening: string; state: string }[]
}

/** The paper as the station shows it: of nobody in particular. @throws Problem 403, 404, 409 `issuing-over` */
export async function kioskPaper(db: Db, actor: Actor, voteId: number, config: Config): Promise<KioskPaper> {
  const vote = await stationVote(db, actor, voteId)
  const { rows } = await sql<KioskPaper['papers'][number]>`
    select eid, sheet, opening, state from ballots.secret_vote where vote_id = ${voteId} order by sheet`.execute(db)
  if (!rows.length || rows[0]!.state !== 'open') throw conflict('issuing-over', '电子票箱没有打开，或投票已经结束。')
  const processes = processesOf(config)
  for (const { eid, opening } of rows) await processes.hold(eid, opening)
  return { title: vote.title, boxUrl: await processes.url(config), papers: rows }
}

/** The roll at the station's desk: who is looked for, and how they took a paper. At most fifty. */
export async function lookUp(db: Db, voteId: number, text: string): Promise<StationLine[]> {
  const { rows } =
    await sql<StationLine>`select l.person_id as "personId", l.name, u.name as "unitName", p.staff_no as "staffNo", l.drawn_by as drawn
    from ballots.roll_line l join organisation.unit u on u.id = l.unit_id join members.person p on p.id = l.person_id
    where l.vote_id = ${voteId} and not l.struck and (l.name like ${`%${text.replaceAll(/[%_\\]/g, '')}%`} or p.staff_no = ${text})
    order by l.name, l.person_id limit 50`.execute(db)
  return rows
}
