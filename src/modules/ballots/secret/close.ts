import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Config } from '../../../kernel/http/services.ts'
import { readOpening } from '../format/opening.ts'
import { nodePrimitives } from '../format/primitives-node.ts'
import { voteById } from '../server/vote.ts'
import { removeVoteFolder, secretFolder, urnFile } from './places.ts'
import { processesOf } from './processes.ts'
import { destroyUrn, Urn } from './urn.ts'

/**
 * Ends the voting: no paper is drawn and none is cast any more, and all ballots enter the database in one transaction, in
 * the order of their hashes. Call {@link clearUrns} when the transaction has committed. Callers check their permission.
 * @throws Problem 409 `secret-not-open`
 */
export async function closeSecret(tx: Tx, actor: Actor, voteId: number, config: Config): Promise<{ ballots: number }> {
  const vote = await voteById(tx, voteId)
  // Waits for draws under way, and makes later ones find a closed vote.
  await sql`select pg_advisory_xact_lock(hashtext('ballots.draw'), (${voteId}::bigint % 2147483647)::int)`.execute(tx)
  const { rows: sheets } = await sql<{ eid: string; opening: string }>`
    update ballots.secret_vote set state = 'closed' where vote_id = ${voteId} and state = 'open' returning eid, opening`.execute(
    tx,
  )
  if (!sheets.length) throw conflict('secret-not-open', '电子票箱没有打开，或已经关闭。')
  // Whoever drew a paper takes part, also without having signed in at the door; in a remote vote nobody signs in at all.
  await sql`update ballots.vote set present = greatest(present, (select count(*) from ballots.roll_line
    where vote_id = ${voteId} and present and not struck)) where id = ${voteId}`.execute(tx)
  const processes = processesOf(config)
  let ballots = 0
  for (const { eid, opening } of sheets) {
    await processes.release(eid, opening)
    const entries = await Urn.read(readOpening(nodePrimitives, opening)!, urnFile(config.dataDir, eid))
    for (let from = 0; from < entries.length; from += 5000) {
      const part = entries.slice(from, from + 5000)
      await sql`insert into ballots.sealed_ballot (eid, id, line)
        select ${eid}, decode(b.id, 'hex'), b.line from unnest(${part.map(({ id }) => Buffer.from(id).toString('hex'))}::text[],
          ${part.map(({ line }) => line)}::text[]) with ordinality b (id, line, place) order by b.place`.execute(tx)
    }
    ballots = Math.max(ballots, entries.length)
  }
  await audit(tx, actor, {
    action: 'ballots.close-secret',
    objectKind: 'vote',
    objectId: voteId,
    unitId: vote.unitId,
    summary: `“${vote.title}”关闭电子票箱`,
  })
  return { ballots }
}

/** After a vote was called off and that is committed: the box lets go of it, and its urn goes unread. */
export async function discardVoided(db: Db, voteId: number, config: Config): Promise<void> {
  const { rows } = await sql<{ eid: string; opening: string }>`
    select eid, opening from ballots.secret_vote where vote_id = ${voteId} and state = 'void'`.execute(db)
  for (const { eid, opening } of rows)
    if (existsSync(urnFile(config.dataDir, eid))) await processesOf(config).release(eid, opening)
  if (rows.length) await clearUrns(db, config)
}

/**
 * Removes urn and issuer's key of every vote that isn't open any more; also what a fallen opening left behind.
 * @param strayAfter milliseconds after which a folder that no vote knows is a fallen opening's; a younger one may belong to
 *   a transaction that hasn't committed yet
 */
export async function clearUrns(db: Db, config: Config, strayAfter = 600_000): Promise<void> {
  const folder = path.join(secretFolder(config.dataDir), 'open')
  if (!existsSync(folder)) return
  const { rows } = await sql<{ eid: string; state: string }>`select eid, state from ballots.secret_vote`.execute(db)
  const states = new Map(rows.map(({ eid, state }) => [eid, state]))
  for (const eid of readdirSync(folder)) {
    if (states.get(eid) === 'open') continue
    if (!states.has(eid) && Date.now() - statSync(path.join(folder, eid)).mtimeMs < strayAfter) continue
    await destroyUrn(urnFile(config.dataDir, eid))
    removeVoteFolder(config.dataDir, eid)
  }
}
