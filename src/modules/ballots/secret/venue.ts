import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { Problem, refused } from '../../../kernel/contract/problem.ts'
import type { Db } from '../../../kernel/db/database.ts'
import type { Vote } from '../server/vote.ts'
import { knownVote } from './known.ts'

/** How long a code stands on the screen; the one before it still opens, because people type slowly. Milliseconds. */
export const codeLasts = 60_000

const keys = new WeakMap<Db, Map<string, Buffer>>()

async function keyOf(db: Db, subjectPath: string): Promise<Buffer> {
  let known = keys.get(db)
  if (!known) keys.set(db, (known = new Map()))
  const found = known.get(subjectPath)
  if (found) return found
  const { rows } = await sql<{ key: Buffer }>`
    with made as (insert into ballots.venue_key (subject_path, key) values (${subjectPath}, ${randomBytes(32)})
      on conflict (subject_path) do nothing returning key)
    select key from made union all select key from ballots.venue_key where subject_path = ${subjectPath}`.execute(db)
  // Two screens asked at the same moment and the other one made it.
  if (!rows[0]) return keyOf(db, subjectPath)
  if (known.size > 1000) known.clear()
  known.set(subjectPath, rows[0].key)
  return rows[0].key
}

const codeAt = (key: Buffer, window: number): string =>
  (createHmac('sha256', key).update(`venue/${window}`).digest().readUInt32BE(0) % 1_000_000).toString().padStart(6, '0')

/** What the hall's screen shows now, for all votes of the meeting alike. */
export async function hallCode(db: Db, vote: Vote, now: number): Promise<{ code: string; secondsLeft: number }> {
  const window = Math.floor(now / codeLasts)
  return {
    code: codeAt(await keyOf(db, vote.subjectPath), window),
    secondsLeft: Math.ceil(((window + 1) * codeLasts - now) / 1000),
  }
}

/** Wrong codes by account, in memory only: a list of attempts on disk would be a list of hours. */
const wrong = new Map<number, { count: number; until: number }>()
const wrongAllowed = 10
const wrongFor = 600_000

/**
 * Lets a voter draw who is in the hall: with the code of the screen. Who has a paper already needs none, so that an answer
 * lost on a weak line can be asked for again.
 * @throws Problem 422 `hall-code` (field `code`), 429 `too-many-codes`
 */
export async function requireHallCode(
  db: Db,
  actor: Pick<Actor, 'personId' | 'accountId'>,
  voteId: number,
  code: string | undefined,
  now: number,
): Promise<void> {
  const known = await knownVote(db, voteId)
  if (known?.venue !== 'hall') return
  const tries = wrong.get(actor.accountId)
  const barred = tries !== undefined && tries.until > now && tries.count >= wrongAllowed
  const given = Buffer.from((code ?? '').replaceAll(/\s/g, ''))
  const key = await keyOf(db, known.subjectPath)
  const window = Math.floor(now / codeLasts)
  const right = [window, window - 1].some((at) => {
    const expected = Buffer.from(codeAt(key, at))
    return expected.length === given.length && timingSafeEqual(expected, given)
  })
  if (right && !barred) return void wrong.delete(actor.accountId)
  const { rows } = await sql<{ drawn: string | null }>`
    select drawn_by as drawn from ballots.roll_line where vote_id = ${voteId} and person_id = ${actor.personId}`.execute(
    db,
  )
  if (!rows.length || rows[0]!.drawn !== null) return
  if (barred) throw new Problem(429, 'too-many-codes', '会场码输错太多次，请十分钟后再试，或到投票站办理。')
  if (given.length) {
    if (wrong.size > 10_000) wrong.clear()
    wrong.set(actor.accountId, { count: tries && tries.until > now ? tries.count + 1 : 1, until: now + wrongFor })
  }
  throw refused(
    'hall-code',
    '会场码不对或已过期。这次投票只在会场领票：请输入大屏幕上的六位数字（每分钟更换），没有手机的请到投票站。',
    { code: '请输入大屏幕上的六位数字' },
  )
}
