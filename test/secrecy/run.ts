import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { holdElection, type ElectionHouse } from '../../src/demo/secret-election.ts'
import { backup } from '../../src/kernel/backup/backup.ts'
import { ballotId, readLine } from '../../src/modules/ballots/format/ballot.ts'
import { readOpening } from '../../src/modules/ballots/format/opening.ts'
import { nodePrimitives } from '../../src/modules/ballots/format/primitives-node.ts'
import { fewestBallots } from '../../src/modules/ballots/public.ts'
import { secretFolder, urnFile } from '../../src/modules/ballots/secret/places.ts'
import { Urn } from '../../src/modules/ballots/secret/urn.ts'
import * as channel from './channels.ts'

export interface Looked {
  channel: string
  how: string
  /** What was found in the real thing: nothing, one hopes. */
  found: string[]
  /** What was found where a leak was planted: something, or the search is blind. */
  planted: string[]
}

/** Plants something in a transaction, searches, and takes it back. */
async function inScratch(owner: pg.Client, sql: string, search: () => Promise<string[]>): Promise<string[]> {
  await owner.query('begin')
  try {
    await owner.query(sql)
    return await search()
  } finally {
    await owner.query('rollback')
  }
}

/**
 * Holds a small real election and looks at it as its administrator could: at the database, its WAL and files, the urn, the
 * box, the answers, on the way and afterwards.
 */
export async function lookForLeaks(voters = 60): Promise<Looked[]> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'zhijia-leak-'))
  const looked: Looked[] = []
  const note = (name: string, how: string, found: string[], planted: string[]): void =>
    void looked.push({ channel: name, how, found, planted })
  let before: unknown
  let shown: unknown
  let urnGone = ''
  try {
    await holdElection(
      { voters, out: path.join(home, 'out'), candidates: 6, seats: 4 },
      () => {},
      async (moment, house) => {
        if (moment === 'before-casting') {
          before = await channel.journals(house.owner)
          shown = await house.ask(`/api/votes/${house.voteId}`)
        }
        if (moment === 'before-closing') {
          urnGone = await whileOpen(house, home, note, before, shown)
        }
        if (moment === 'published') await afterwards(house, home, note, urnGone)
      },
    )
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
  return looked
}

type Note = (name: string, how: string, found: string[], planted: string[]) => void

async function whileOpen(
  house: ElectionHouse,
  home: string,
  note: Note,
  before: unknown,
  shown: unknown,
): Promise<string> {
  const { owner, dataDir } = house
  const eid = house.receipts[0]!.eid
  const urn = urnFile(dataDir, eid)
  const { rows } = await owner.query<{ opening: string }>('select opening from ballots.secret_vote where eid = $1', [
    eid,
  ])
  const vote = readOpening(nodePrimitives, rows[0]!.opening)!
  const entries = await Urn.read(vote, urn)
  const cast = house.receipts.map(({ id }) => id)

  note(
    'slots of the urn, in the order of casting',
    'rank correlation of places in the urn file with the order of the receipts',
    channel.orderLeaks(await Urn.layout(vote, urn), cast),
    channel.orderLeaks(cast, cast),
  )
  const copy = path.join(home, 'touched')
  writeFileSync(copy, '')
  utimesSync(copy, new Date(), new Date())
  note('time of the urn file', 'stat of the urn after the last ballot', channel.timeLeaks(urn), channel.timeLeaks(copy))

  await owner.query('checkpoint')
  const words = entries.flatMap(
    ({ line }) => [JSON.parse(line).key.slice(4, 60), JSON.parse(line).body.slice(0, 60)] as string[],
  )
  const identified = entries.map(({ id }) => Buffer.from(id).toString('base64url'))
  const all = channel.filesBelow(dataDir, ['/urn'])
  const inWal = all.filter((file) => file.includes('/pg_wal/'))
  const foundInWal = channel.textLeaks(inWal, words)
  const planted = path.join(home, 'server.log')
  writeFileSync(planted, `POST /cast ${words[0]}`)
  await owner.query('create table ballots.leak (line text)')
  await owner.query('insert into ballots.leak values ($1)', [entries[0]!.line])
  await owner.query('checkpoint')
  note(
    'write-ahead log before the close',
    'every WAL segment searched for the key and the content of every ballot that was cast',
    foundInWal,
    channel.textLeaks(
      channel.filesBelow(dataDir, ['/urn']).filter((file) => file.includes('/pg_wal/')),
      words,
    ),
  )
  await owner.query('drop table ballots.leak')
  note(
    'tables, indexes, dead rows, logs and files before the close',
    `${all.length} files of the installation searched for keys, contents and ids of ballots`,
    channel.textLeaks(
      all.filter((file) => !file.includes('/pg_wal/')),
      [...words, ...identified],
    ),
    channel.textLeaks([planted], [...words, ...identified]),
  )

  note(
    'audit, notices, to-dos, activity, sessions’ hours',
    'rows of every table and hours of every session before the first and after the last ballot',
    channel.changeLeaks(before, await channel.journals(owner)),
    channel.changeLeaks(before, { ...(before as object), sessions: 'x' }),
  )
  note(
    'running totals',
    'what the chair is shown before the first and after the last ballot',
    channel.changeLeaks(shown, await house.ask(`/api/votes/${house.voteId}`)),
    channel.changeLeaks(shown, { ...(shown as object), ballots: 1 }),
  )

  const chatty = createServer((_request, response) => response.setHeader('set-cookie', 'a=b').end('{}'))
  await new Promise<void>((done) => chatty.listen(0, '127.0.0.1', done))
  note(
    'session, cookie and headers at the box',
    'requests with a cookie or an authorization; headers of the answers',
    await channel.boxLeaks(house.boxUrl),
    await channel.boxLeaks(`http://127.0.0.1:${(chatty.address() as AddressInfo).port}`),
  )
  chatty.close()

  const logging = spawn(process.execPath, [
    '-e',
    `require('fs').openSync(process.argv[1], 'a'); console.log(1); setTimeout(() => {}, 30000)`,
    planted,
  ])
  await new Promise((done) => logging.stdout.once('data', done))
  note(
    'logs of the box: addresses, user agents, hours',
    'files the box’s process holds open (/proc): none but the urn',
    channel.logLeaks(house.boxPid),
    channel.logLeaks(logging.pid!),
  )

  const recast = (await (
    await fetch(`${house.boxUrl}/cast`, { method: 'POST', body: JSON.stringify({ eid, line: entries[0]!.line }) })
  ).json()) as Record<string, unknown>
  note(
    'answers of the box that echo the ballot',
    'parts of the answer to a ballot',
    channel.echoLeaks(recast),
    channel.echoLeaks({ ...recast, line: entries[0]!.line }),
  )
  note(
    'logs of the registrar',
    'files the registrar’s process holds open (/proc)',
    channel.logLeaks(house.registrarPid),
    channel.logLeaks(logging.pid!),
  )
  note(
    'logs and commit times of PostgreSQL',
    'settings by which the database would note who asked what when',
    await channel.databaseLogLeaks(owner),
    await inScratch(owner, `set local log_statement = 'all'`, () => channel.databaseLogLeaks(owner)),
  )
  note(
    'a reversible switch',
    'the mode of an open secret vote is changed by SQL; beside it, a field that may change',
    await channel.switchLeaks(owner, `update ballots.vote set mode = 'named' where id = $1`, [house.voteId]),
    await channel.switchLeaks(owner, 'update ballots.vote set channels = channels where id = $1', [house.voteId]),
  )
  logging.kill()

  note(
    'receipts',
    'parts of every receipt',
    channel.receiptLeaks(house.receipts),
    channel.receiptLeaks([{ ...house.receipts[0]!, at: '10:00' }]),
  )
  const copying = (): Promise<string[]> =>
    backup({ ownerUrl: house.ownerUrl, dataDir, out: path.join(home, 'copy.zip') }).then(
      () => ['a copy was made while the urn was open'],
      (error: { code?: string; message: string }) => (error.code === 'backup-forbidden' ? [] : [error.message]),
    )
  const refusedCopy = await copying()
  const note2 = path.join(dataDir, 'no-backup', eid)
  const text = readFileSync(note2)
  rmSync(note2)
  const madeCopy = await copying()
  writeFileSync(note2, text)
  note('backups while the urn is open', 'a backup is tried', refusedCopy, madeCopy)
  return eid
}

async function afterwards(house: ElectionHouse, home: string, note: Note, eid: string): Promise<void> {
  const { owner } = house
  const { rows: lines } = await owner.query<{ id: Buffer; line: string }>('select id, line from ballots.sealed_ballot')
  const byId = new Map(lines.map(({ id, line }) => [id.toString('base64url'), line]))
  // The naive design, for the searches to prove themselves: a ballot and a mark per transaction, in the order of casting.
  await owner.query(
    'create table ballots.naive (id bytea, line text); create table ballots.naive_roll (person_id bigint)',
  )
  for (const [at, { id }] of house.receipts.entries()) {
    await owner.query('begin')
    await owner.query('insert into ballots.naive values ($1, $2)', [Buffer.from(id, 'base64url'), byId.get(id)])
    await owner.query('insert into ballots.naive_roll values ($1)', [at])
    await owner.query('commit')
  }
  note(
    'transactions (xmin): order of writing',
    'distinct xmin of the ballots after the close',
    await channel.transactionLeaks(owner),
    await channel.transactionLeaks(owner, 'ballots.naive'),
  )
  note(
    'transactions (xmin): one SQL join of roll and ballots',
    'select … from roll join ballots on xmin = xmin, as it links 300 of 300 in split tables',
    await channel.joinLeaks(owner),
    await channel.joinLeaks(owner, 'ballots.naive', 'ballots.naive_roll'),
  )
  note(
    'place of rows (ctid)',
    'order on the disk against the order of hashes',
    await channel.placeLeaks(owner),
    await channel.placeLeaks(owner, 'ballots.naive'),
  )
  await owner.query('drop table ballots.naive, ballots.naive_roll')
  note(
    'times, serial ids, defaults, triggers, references',
    'the catalogue of the tables of a secret vote',
    await channel.schemaLeaks(owner),
    await inScratch(owner, 'alter table ballots.sealed_ballot add column created_at timestamptz default now()', () =>
      channel.schemaLeaks(owner),
    ),
  )
  const out = path.join(home, 'out')
  const vote = readOpening(nodePrimitives, readFileSync(path.join(out, 'opening.json'), 'utf8'))!
  const ids = readFileSync(path.join(out, 'board.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => Buffer.from(ballotId(nodePrimitives, vote, readLine(vote, line)!)))
  note(
    'order of the published board',
    'ids line by line',
    channel.boardLeaks(ids),
    channel.boardLeaks(ids.toReversed()),
  )
  const board = readFileSync(path.join(out, 'board.jsonl'), 'utf8').trimEnd().split('\n')
  note(
    'one token across ballots',
    'every key, token and random number of the board occurs once',
    channel.sharedLeaks(board),
    channel.sharedLeaks([...board, board[0]!]),
  )
  const folder = path.join(secretFolder(house.dataDir), 'open')
  const kept = path.join(home, 'kept')
  mkdirSync(path.join(kept, eid), { recursive: true })
  note(
    'urn and issuer’s key after the close',
    'the folder of open votes',
    channel.remainsLeaks(folder),
    channel.remainsLeaks(kept),
  )
  note(
    'small groups',
    'the fewest ballots that are ever published',
    channel.smallLeaks(fewestBallots),
    channel.smallLeaks(4),
  )
}

/** The checks that did their work: nothing in the real thing, something in the planted one. */
export const holds = (one: Looked): boolean => one.found.length === 0 && one.planted.length > 0
