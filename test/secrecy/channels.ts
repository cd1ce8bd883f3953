import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'

/**
 * Ways by which a ballot could be traced to its voter, each as a search that works on what an administrator holds. A search
 * returns what it found, as sentences; none on the real thing. Each is also run where a leak was planted and must find it.
 */
type Rows = pg.QueryResult<Record<string, string>>['rows']
const rows = async (owner: pg.Client, text: string, values: unknown[] = []): Promise<Rows> =>
  (await owner.query<Record<string, string>>(text, values)).rows

const secretTables = [
  'secret_vote',
  'secret_roll',
  'scrutineer_key',
  'sealed_ballot',
  'publication',
  'roll_line',
  'voter_code',
  'kiosk_code',
  'venue_key',
]

/** Columns, defaults, sequences, triggers, references that would say when or who. */
export async function schemaLeaks(owner: pg.Client): Promise<string[]> {
  const columns = await rows(
    owner,
    `select table_name as t, column_name as c, data_type as d, column_default as f, is_identity as i
     from information_schema.columns where table_schema = 'ballots' and table_name = any($1)`,
    [secretTables],
  )
  const found = columns.flatMap(({ t, c, d, f, i }) => [
    ...(/time|date/.test(d!) ? [`${t}.${c} holds a time`] : []),
    ...(i === 'YES' || /nextval|now\(|uuidv7/.test(f ?? '') ? [`${t}.${c} counts or dates its rows`] : []),
    ...(t === 'sealed_ballot' && !['eid', 'id', 'line'].includes(c!) ? [`sealed_ballot has a column ${c}`] : []),
  ])
  const triggers = await rows(
    owner,
    `select c.relname as t, g.tgname as g from pg_trigger g join pg_class c on c.oid = g.tgrelid
     join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'ballots' and not g.tgisinternal and c.relname = any($1)`,
    [secretTables],
  )
  const references = await rows(
    owner,
    `select conname as c from pg_constraint where contype = 'f' and conrelid = 'ballots.sealed_ballot'::regclass`,
  )
  return [
    ...found,
    ...triggers.map(({ t, g }) => `${t} has the trigger ${g}`),
    ...references.map(({ c }) => `sealed_ballot refers to something (${c})`),
  ]
}

/** Transactions that wrote the ballots: more than one, and their order is the order of casting. */
export async function transactionLeaks(owner: pg.Client, table = 'ballots.sealed_ballot'): Promise<string[]> {
  const [one] = await rows(owner, `select count(distinct xmin::text) as n, count(*) as ballots from ${table}`)
  return Number(one!['n']) > 1 ? [`${one!['ballots']} ballots were written by ${one!['n']} transactions`] : []
}

/** The attack that links everybody in a split table: the same transaction wrote the mark on the roll and the ballot. */
export async function joinLeaks(
  owner: pg.Client,
  ballots = 'ballots.sealed_ballot',
  roll = 'ballots.roll_line',
): Promise<string[]> {
  const [one] = await rows(
    owner,
    `select count(*) as n from ${ballots} b join ${roll} r on r.xmin::text = b.xmin::text`,
  )
  return Number(one!['n']) > 0 ? [`${one!['n']} pairs of roll and ballot by one transaction`] : []
}

/** Rows must lie in the order of their hashes and in no other. */
export async function placeLeaks(owner: pg.Client, table = 'ballots.sealed_ballot'): Promise<string[]> {
  const [one] = await rows(
    owner,
    `select count(*) as n from (select row_number() over (order by ctid) as place, row_number() over (order by id) as rank
     from ${table}) o where place <> rank`,
  )
  return Number(one!['n']) > 0 ? [`${one!['n']} rows lie elsewhere than their hash says`] : []
}

/** Rank correlation of two orders of the same names, in thousandths. */
export function correlation(one: readonly string[], other: readonly string[]): number {
  const place = new Map(other.map((name, at) => [name, at]))
  const squares = one.reduce((sum, name, at) => sum + (at - place.get(name)!) ** 2, 0)
  const n = one.length
  return Math.round(1000 * (1 - (6 * squares) / (n * (n * n - 1))))
}

/** Slots of the urn against the order of casting. Chance stays below 0.7 for sixty ballots but once in ten million. */
export function orderLeaks(slots: readonly string[], cast: readonly string[]): string[] {
  if (slots.length !== cast.length) return [`${slots.length} ballots in the urn, ${cast.length} receipts`]
  const rho = correlation(slots, cast)
  return Math.abs(rho) > 700 ? [`the order in the urn follows the order of casting (${rho} ‰)`] : []
}

/** Files below a folder, other than those passed over. */
export function filesBelow(folder: string, except: readonly string[] = []): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !except.some((part) => file.includes(part)))
}

/** Any of the words anywhere in the files: WAL, heap, logs, attachments, temporary files. */
export function textLeaks(files: readonly string[], words: readonly string[]): string[] {
  const found: string[] = []
  for (const file of files) {
    let bytes: Buffer
    try {
      bytes = readFileSync(file)
    } catch {
      // Gone meanwhile: the server recycles its WAL.
      continue
    }
    const word = words.find((each) => bytes.includes(each))
    if (word) found.push(`${path.basename(file)} holds ${word.slice(0, 12)}…`)
  }
  return found
}

/** The urn says that it is there, not when it was last used. */
export const timeLeaks = (file: string): string[] =>
  statSync(file).mtime.getTime() === Date.UTC(2000, 0, 1) ? [] : ['the urn’s time is that of the last ballot']

/** Ordinary files the box holds open, besides the urns. */
export function logLeaks(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  const open = readdirSync(folder).flatMap((number) => {
    try {
      return [readlinkSync(path.join(folder, number))]
    } catch {
      return []
    }
  })
  return open
    .filter((file) => file.startsWith('/') && !file.startsWith('/dev/') && !/\/ballots\/open\/[^/]+\/urn$/.test(file))
    .map((file) => `the box writes or reads ${path.basename(file)}`)
}

/** What a box answers to somebody who says who they are, and what its answers carry. */
export async function boxLeaks(url: string): Promise<string[]> {
  const found: string[] = []
  for (const headers of [{ cookie: 'zhijia=x' }, { authorization: 'Bearer x' }] as Record<string, string>[]) {
    const answer = await fetch(`${url}/cast`, { method: 'POST', body: '{}', headers })
    if (answer.status !== 400) found.push(`the box listens to a request with ${Object.keys(headers)[0]}`)
  }
  const answer = await fetch(`${url}/cast`, { method: 'POST', body: '{}' })
  for (const name of ['set-cookie', 'date', 'x-request-id', 'etag'])
    if (answer.headers.has(name)) found.push(`the box answers with ${name}`)
  return found
}

/** A receipt names the vote and the ballot, and nothing else. */
export const receiptLeaks = (receipts: readonly object[]): string[] =>
  receipts.some((receipt) => Object.keys(receipt).toSorted().join() !== 'eid,id,receipt')
    ? ['a receipt holds more than eid, id and signature']
    : []

/** Something that changed while ballots were cast: a total, a log entry, a session's hour. */
export const changeLeaks = (before: unknown, after: unknown): string[] =>
  JSON.stringify(before) === JSON.stringify(after) ? [] : ['something changed while ballots were cast']

/** Everything a row-by-row log could hold: counts of the platform's journals, and the hours of sessions. */
export async function journals(owner: pg.Client): Promise<unknown> {
  const tables = await rows(
    owner,
    `select schemaname || '.' || relname as t from pg_stat_user_tables where schemaname not in ('pgboss', 'kernel_migration') order by 1`,
  )
  const counts: Record<string, string> = {}
  for (const { t } of tables) counts[t!] = (await rows(owner, `select count(*) as n from ${t}`))[0]!['n']!
  const [sessions] = await rows(
    owner,
    `select md5(coalesce(string_agg(s.last_seen_at::text || s.id, ',' order by s.id), '')) as h from accounts.session s
     where exists (select from accounts.account a where a.id = s.account_id and a.person_id is not null)`,
  )
  return { counts, sessions: sessions!['h'] }
}

/** The published board stands in the order of its hashes: the caller gives each line's id. */
export const boardLeaks = (ids: readonly Buffer[]): string[] =>
  ids.some((id, at) => at > 0 && Buffer.compare(ids[at - 1]!, id) >= 0)
    ? ['the board is in another order than its ids']
    : []

/** What is left of a vote after its close. */
export const remainsLeaks = (folder: string): string[] => {
  const left = readdirSync(folder)
  return left.length ? [`${left.length} urns or keys are left after the close`] : []
}

/** A publication of so few ballots tells how each of them voted (issue: ten for secret votes). */
export const smallLeaks = (fewest: number): string[] => (fewest < 10 ? [`${fewest} ballots would be published`] : [])

/** Something that two ballots of one board share would join them: a token used twice, a key, a random number. */
export function sharedLeaks(lines: readonly string[]): string[] {
  const seen = new Set<string>()
  return lines.flatMap((line) => {
    const { key, ephemeral, prefixes, tokens, shares } = JSON.parse(line) as Record<'key' | 'ephemeral', string> &
      Record<'prefixes' | 'tokens' | 'shares', string[]>
    return [key, ephemeral, ...prefixes, ...tokens, ...shares].flatMap((value) => {
      if (seen.has(value)) return [`two ballots share ${value.slice(0, 8)}…`]
      seen.add(value)
      return []
    })
  })
}

/** What the box answers to a ballot: its name and a signature, never the ballot. */
export const echoLeaks = (answer: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(answer).toSorted().join() === 'id,receipt'
    ? []
    : [`the box answers with ${Object.keys(answer).join(', ')}`]

/** Settings by which PostgreSQL itself would note who asked what when. */
export async function databaseLogLeaks(owner: pg.Client): Promise<string[]> {
  const settings = await rows(owner, `select name as n, setting as s from pg_settings where name = any($1)`, [
    ['track_commit_timestamp', 'log_statement', 'log_min_duration_statement', 'log_duration', 'log_connections'],
  ])
  const quiet = ['off', 'none', '-1', '']
  return settings.filter(({ s }) => !quiet.includes(s!)).map(({ n, s }) => `${n} is ${s}`)
}

/** Secrecy that could be switched off once people vote. */
export async function switchLeaks(owner: pg.Client, statement: string, values: unknown[]): Promise<string[]> {
  await owner.query('begin')
  try {
    await owner.query(statement, values)
    return ['an open secret vote was turned into another']
  } catch {
    return []
  } finally {
    await owner.query('rollback')
  }
}
