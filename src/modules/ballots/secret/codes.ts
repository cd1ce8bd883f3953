import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, refused } from '../../../kernel/contract/problem.ts'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Config } from '../../../kernel/http/services.ts'
import type { Vote } from '../server/vote.ts'
import type { Voter } from './draw.ts'

/**
 * Codes for voters without an account: a printed slip with their name, handed over in an envelope like a notice. A code
 * draws its holder's one paper; it signs nobody in and shows nothing else.
 */
export interface VoterSlip {
  personId: number
  name: string
  unitName: string
  /** Ten letters and digits: 50 bits. */
  code: string
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** A slip's code as it is typed: any case, with or without the dash, O for 0, I and L for 1. */
export const plainCode = (code: string): string =>
  code
    .toUpperCase()
    .replaceAll(/[\s–—-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
export const newCode = (): string => Array.from(randomBytes(10), (byte) => alphabet[byte & 31]).join('')
export const shownCode = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`

const hashOf = (config: Config, voteId: number, code: string): Buffer =>
  openKeys(config.dataDir).keyedHash(`${voteId}/${plainCode(code)}`, 'voter-code')

/**
 * New codes for people on the roll who haven't a paper yet; their earlier codes are void. Told this once, the database
 * keeps keyed hashes. Callers check their permission.
 * @param personIds nobody means everybody without a paper
 * @throws Problem 409 `issuing-over`, 422 `nobody-to-print`
 */
export async function printVoterCodes(
  tx: Tx,
  actor: Actor,
  vote: Vote,
  personIds: readonly number[],
  config: Config,
): Promise<VoterSlip[]> {
  const { rows: open } = await sql`
    select 1 from ballots.secret_vote where vote_id = ${vote.id} and state = 'open' limit 1`.execute(tx)
  if (!open.length) throw conflict('issuing-over', '电子票箱没有打开，或发票已经结束，不能再打印领票码。')
  const { rows } = await sql<Omit<VoterSlip, 'code'>>`
    select l.person_id as "personId", l.name, u.name as "unitName" from ballots.roll_line l
    join organisation.unit u on u.id = l.unit_id where l.vote_id = ${vote.id} and not l.struck and l.drawn_by is null
      and (${personIds.length === 0} or l.person_id = any(${personIds}::bigint[])) order by u.name, l.name, l.person_id`.execute(
    tx,
  )
  if (!rows.length) throw refused('nobody-to-print', '名册上没有还未领票的人，不用再打印领票码。')
  const slips = rows.map((row) => ({ ...row, code: newCode() }))
  await sql`insert into ballots.voter_code (vote_id, hash, person_id)
    select ${vote.id}, decode(c.hash, 'hex'), c.person from unnest(
      ${slips.map(({ code }) => hashOf(config, vote.id, code).toString('hex'))}::text[],
      ${slips.map(({ personId }) => personId)}::bigint[]) c (hash, person)
    on conflict (vote_id, person_id) do update set hash = excluded.hash`.execute(tx)
  await audit(tx, actor, {
    action: 'ballots.voter-codes',
    objectKind: 'vote',
    objectId: vote.id,
    unitId: vote.unitId,
    summary: `打印“${vote.title}”领票码 ${slips.length} 张`,
    detail: { persons: slips.map(({ personId }) => personId) },
  })
  return slips.map((slip) => ({ ...slip, code: shownCode(slip.code) }))
}

/** Whose code it is. @throws Problem 422 `code-unknown` (field `code`) */
export async function voterOfCode(db: Db, voteId: number, code: string, config: Config): Promise<Voter> {
  const { rows } = await sql<{ personId: number }>`
    select person_id as "personId" from ballots.voter_code
    where vote_id = ${voteId} and hash = ${hashOf(config, voteId, code)}`.execute(db)
  if (!rows[0])
    throw refused('code-unknown', '领票码不对，或已换发新码。请对照领票条再输一次，仍不行请找选举工作人员。', {
      code: '请输入领票条上的十个字母和数字',
    })
  return rows[0]
}
