import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { Problem, refused } from '../../../kernel/contract/problem.ts'
import type { Db } from '../../../kernel/db/database.ts'
import type { Vote } from '../server/vote.ts'

/** How long a code stands on the screen; the one before it still opens, because people type slowly. Milliseconds. */
export const codeLasts = 60_000

async function keyOf(db: Db, subjectPath: string): Promise<Buffer> {
  const { rows } = await sql<{ key: Buffer }>`
    with made as (insert into ballots.venue_key (subject_path, key) values (${subjectPath}, ${randomBytes(32)})
      on conflict (subject_path) do nothing returning key)
    select key from made union all select key from ballots.venue_key where subject_path = ${subjectPath}`.execute(db)
  // Two screens asked at the same moment and the other one made it.
  return rows[0]?.key ?? keyOf(db, subjectPath)
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
  actor: Actor,
  voteId: number,
  code: string | undefined,
  now: number,
): Promise<void> {
  const { rows } = await sql<{ subjectPath: string; venue: string | null; drawn: string | null }>`
    select v.subject_path as "subjectPath", v.rule -> 'secret' ->> 'venue' as venue, l.drawn_by as drawn
    from ballots.vote v join ballots.roll_line l on l.vote_id = v.id and l.person_id = ${actor.personId}
    where v.id = ${voteId}`.execute(db)
  if (rows[0]?.venue !== 'hall' || rows[0].drawn !== null) return
  const tries = wrong.get(actor.accountId)
  if (tries && tries.until > now && tries.count >= wrongAllowed)
    throw new Problem(429, 'too-many-codes', '会场码输错太多次，请十分钟后再试，或到投票站办理。')
  const given = Buffer.from((code ?? '').replaceAll(/\s/g, ''))
  const key = await keyOf(db, rows[0].subjectPath)
  const window = Math.floor(now / codeLasts)
  const right = [window, window - 1].some((at) => {
    const expected = Buffer.from(codeAt(key, at))
    return expected.length === given.length && timingSafeEqual(expected, given)
  })
  if (right) return void wrong.delete(actor.accountId)
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
