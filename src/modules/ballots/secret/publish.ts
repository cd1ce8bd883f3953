import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Config } from '../../../kernel/http/services.ts'
import { fromTextOf, sameBytes, type Bytes } from '../format/bytes.ts'
import { readOpening, type Vote as OpenedVote } from '../format/opening.ts'
import { nodePrimitives } from '../format/primitives-node.ts'
import { headMessage, headText, type FileName } from '../format/publication.ts'
import { commitment, rollText, type Channel, type RollLine } from '../format/roll.ts'
import type { TrusteeSecret } from '../format/seal.ts'
import type { Count as Recount, Station } from '../format/tally.ts'
import { voteById } from '../server/vote.ts'
import { boothSheet, stationsCounted } from './channels.ts'
import { countInWorkers } from './count.ts'
import { fewestBallots, reference } from './open.ts'
import { processesOf } from './processes.ts'

interface Sheet {
  eid: string
  sheet: number
  opening: string
  state: string
}

const sheetsOf = async (db: Db | Tx, voteId: number): Promise<Sheet[]> =>
  (
    await sql<Sheet>`select eid, sheet, opening, state from ballots.secret_vote where vote_id = ${voteId} order by sheet`.execute(
      db,
    )
  ).rows

/** How each voter took the paper, by commitment. Anything that isn't booth or kiosk was a paper of the tellers. */
async function rollOfSheet(db: Db | Tx, vote: OpenedVote, eid: string, voteId: number): Promise<RollLine[]> {
  const { rows } = await sql<{ personId: number; salt: Buffer; drawn: string | null }>`
    select r.person_id as "personId", r.salt, l.drawn_by as drawn from ballots.secret_roll r
    join ballots.roll_line l on l.vote_id = ${voteId} and l.person_id = r.person_id where r.eid = ${eid}`.execute(db)
  const channel = (drawn: string | null): Channel =>
    drawn === null ? 'none' : drawn === 'booth' ? 'online' : drawn === 'kiosk' ? 'kiosk' : 'paper'
  return rows.map(({ personId, salt, drawn }) => ({
    voter: commitment(nodePrimitives, vote.nonce, new Uint8Array(salt), reference(personId)),
    channel: channel(drawn),
  }))
}

const linesOfSheet = async (db: Db | Tx, eid: string): Promise<string[]> =>
  (
    await sql<{ line: string }>`select line from ballots.sealed_ballot where eid = ${eid} order by id`.execute(db)
  ).rows.map(({ line }) => line)

/** A scrutineer opens: gives the private half of the key after the close. @throws Problem 409, 422 */
export async function giveScrutineerSecret(tx: Tx, actor: Actor, voteId: number, secret: string): Promise<void> {
  const sheets = await sheetsOf(tx, voteId)
  if (sheets[0]?.state !== 'closed') throw conflict('secret-not-closed', '请在投票结束之后、公布之前开箱。')
  const { rows } = await sql<{ publicKey: string }>`
    select public_key as "publicKey" from ballots.scrutineer_key where vote_id = ${voteId} and person_id = ${actor.personId}`.execute(
    tx,
  )
  const scalar = fromTextOf(secret, 32)
  const point = fromTextOf(rows[0]?.publicKey ?? '', 65)
  if (!scalar || !point || !scalarFits(scalar, point))
    throw refused('not-your-key', '这不是您在开箱前生成的那把密钥，请核对密钥单。')
  await sql`update ballots.scrutineer_key set secret = ${secret} where vote_id = ${voteId} and person_id = ${actor.personId}`.execute(
    tx,
  )
}

function scalarFits(scalar: Bytes, point: Bytes): boolean {
  try {
    return sameBytes(nodePrimitives.publicOf(scalar), point)
  } catch {
    return false
  }
}

/** Indexes are places in the opening's list, which is in the order of persons. */
export async function secretsOf(db: Db | Tx, voteId: number): Promise<TrusteeSecret[]> {
  const { rows } = await sql<{ index: number; secret: string }>`
    select * from (select row_number() over (order by person_id)::int as index, secret from ballots.scrutineer_key
      where vote_id = ${voteId}) k where secret is not null order by index`.execute(db)
  return rows.map(({ index, secret }) => ({ index, secret: fromTextOf(secret, 32)! }))
}

/**
 * Opens, counts and publishes a closed secret vote, and files the count as the channel `booth` of the vote, where the
 * verdict reads it. Callers check their permission.
 * @throws Problem 409 `secret-not-closed`, 422 `scrutineers-missing` | `too-few-ballots` | `count-missing`
 */
export async function publishSecret(tx: Tx, actor: Actor, voteId: number, config: Config): Promise<Recount[]> {
  const vote = await voteById(tx, voteId)
  const { rows: sheets } = await sql<Sheet>`
    select eid, sheet, opening, state from ballots.secret_vote where vote_id = ${voteId} order by sheet for update`.execute(
    tx,
  )
  if (!sheets.length || sheets.some(({ state }) => state !== 'closed'))
    throw conflict('secret-not-closed', '电子票箱还没有关闭，或结果已经公布。')
  const secrets = await secretsOf(tx, voteId)
  const stations = sheets.length === 1 ? await stationsCounted(tx, vote) : []
  const counts: Recount[] = []
  for (const sheet of sheets) counts.push(await publishSheet(tx, voteId, sheet, secrets, stations, config))
  await sql`update ballots.secret_vote set state = 'published' where vote_id = ${voteId}`.execute(tx)
  await sql`insert into ballots.complaint_period (vote_id, ends_on)
    values (${voteId}, (now() at time zone 'Asia/Shanghai')::date + ${complaintDays}::int)`.execute(tx)
  if (sheets.length === 1)
    await sql`insert into ballots.count_sheet (vote_id, channel, sheet, source)
      values (${voteId}, 'booth', ${JSON.stringify(await boothSheet(tx, vote, counts[0]!, stations))}::jsonb, 'box')`.execute(
      tx,
    )
  await audit(tx, actor, {
    action: 'ballots.publish-secret',
    objectKind: 'vote',
    objectId: voteId,
    unitId: vote.unitId,
    summary: `公布“${vote.title}”的电子票和计票结果`,
  })
  return counts
}

async function publishSheet(
  tx: Tx,
  voteId: number,
  { eid, opening }: Sheet,
  secrets: readonly TrusteeSecret[],
  stations: readonly Station[],
  config: Config,
): Promise<Recount> {
  const vote = readOpening(nodePrimitives, opening)!
  const { threshold } = vote.opening.trustees
  if (secrets.length < threshold)
    throw refused('scrutineers-missing', `还需要 ${threshold - secrets.length} 名监票人输入开箱密钥。`)
  const ballots = await linesOfSheet(tx, eid)
  if (ballots.length < fewestBallots)
    throw refused(
      'too-few-ballots',
      `只收到 ${ballots.length} 张电子票，不足 ${fewestBallots} 张，公布会泄露各人的选择。请作废后改用纸质票。`,
    )
  const used = threshold ? secrets : []
  const roll = await rollOfSheet(tx, vote, eid, voteId)
  const { files, count, unsigned } = await countInWorkers({ opening, roll, ballots, secrets: used, stations })
  const signature = await processesOf(config).signHead(headMessage(vote.eid, unsigned))
  files.set('head.json', headText(unsigned, signature))
  const kept = (['trustees.json', 'paper.json', 'result.json', 'head.json'] as const).map((name) => ({
    name,
    content: files.get(name)!,
  }))
  await sql`insert into ballots.publication (eid, name, content)
    select ${eid}, f.name, f.content from unnest(${kept.map(({ name }) => name)}::text[],
      ${kept.map(({ content }) => content)}::text[]) f (name, content)`.execute(tx)
  return count
}

/** Published sheets of a vote with their counts; empty before publication. */
export async function publishedOf(db: Db | Tx, voteId: number): Promise<{ eid: string; count: Recount }[]> {
  const { rows } = await sql<{ eid: string; content: string }>`
    select s.eid, p.content from ballots.secret_vote s join ballots.publication p on p.eid = s.eid and p.name = 'result.json'
    where s.vote_id = ${voteId} and s.state = 'published' order by s.sheet`.execute(db)
  return rows.map(({ eid, content }) => ({ eid, count: JSON.parse(content) as Recount }))
}

/** Days after publication in which a voter may come with a receipt or with the own line of the roll. */
export const complaintDays = 7

/** `roll.jsonl` of a sheet, made from the salts. */
export async function rollTextOf(db: Db | Tx, eid: string): Promise<string> {
  const { rows } = await sql<{ voteId: number; opening: string }>`
    select vote_id as "voteId", opening from ballots.secret_vote where eid = ${eid}`.execute(db)
  const { voteId, opening } = rows[0]!
  return rollText(await rollOfSheet(db, readOpening(nodePrimitives, opening)!, eid, voteId))
}

/** One published file. @throws Problem 404 */
export async function publishedFile(db: Db, eid: string, name: FileName): Promise<string> {
  const { rows } = await sql<{ opening: string }>`
    select opening from ballots.secret_vote where eid = ${eid} and state = 'published'`.execute(db)
  const sheet = rows[0]
  if (!sheet) throw notFound('公布文件')
  if (name === 'opening.json') return sheet.opening
  if (name === 'board.jsonl') return (await linesOfSheet(db, eid)).map((line) => `${line}\n`).join('')
  const { rows: files } = await sql<{ content: string }>`
    select content from ballots.publication where eid = ${eid} and name = ${name}`.execute(db)
  // The roll is kept as it was published when the salts are destroyed; until then it is made from them.
  if (!files[0] && name === 'roll.jsonl') return rollTextOf(db, eid)
  if (!files[0]) throw notFound('公布文件')
  return files[0].content
}
