import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import pg from 'pg'
import { connect } from '../kernel/db/database.ts'
import { startEmbedded } from '../kernel/db/embedded.ts'
import { migrate } from '../kernel/db/migrate.ts'
import { buildApp } from '../kernel/http/app.ts'
import '../modules.ts'
import { createAuthenticate, hashToken, newToken } from '../modules/accounts/server/sessions.ts'
import { toText } from '../modules/ballots/format/bytes.ts'
import { canonical } from '../modules/ballots/format/json.ts'
import { nodePrimitives } from '../modules/ballots/format/primitives-node.ts'
import { fileNames } from '../modules/ballots/format/publication.ts'
import { scalarOf } from '../modules/ballots/format/seal.ts'
import { processesOf, stopProcesses } from '../modules/ballots/secret/processes.ts'
import { routes } from '../routes.ts'
import type { VotersGiven, VotersTold } from './voters.ts'

export interface ElectionPlan {
  voters: number
  /** Folder for what is published. */
  out: string
  candidates?: number
  seats?: number
  /** Voters come with a printed code each and are not signed in. */
  codes?: boolean
}

export interface HeldElection {
  voters: number
  voteId: number
  drawing: VotersTold
  casting: VotersTold
  /** Milliseconds. */
  closing: number
  publishing: number
  receipts: VotersTold['receipts']
}

export type Moment = 'before-drawing' | 'before-casting' | 'before-closing' | 'published'

/** What a caller may look at on the way. */
export interface ElectionHouse {
  dataDir: string
  ownerUrl: string
  owner: pg.Client
  voteId: number
  boxUrl: string
  boxPid: number
  registrarPid: number
  /** Ballots in the order in which they were cast; empty before. */
  receipts: VotersTold['receipts']
  /** Asks the server as the chair. */
  ask(url: string): Promise<unknown>
}

/**
 * A whole secret election of invented people in an installation of its own that is gone afterwards: embedded PostgreSQL,
 * the real server, box and registrar, everything over HTTP. Writes the publication into `out`.
 * @param look called on the way, with everything an administrator holds
 */
export async function holdElection(
  plan: ElectionPlan,
  say: (line: string) => void,
  look: (moment: Moment, house: ElectionHouse) => Promise<void> = async () => {},
): Promise<HeldElection> {
  // Short: a Unix socket's path may have 107 bytes. As root the database runs under another account, which must enter.
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-vote-'))
  chmodSync(dataDir, 0o711)
  const config = { dataDir, publicUrl: 'http://localhost', host: '127.0.0.1', port: 0, tls: null, webDir: null }
  const embedded = await startEmbedded({ dataDir, say: () => {} })
  const owner = new pg.Client(embedded.ownerUrl)
  await owner.connect()
  await migrate(owner)
  const connection = connect(embedded.appUrl, { max: 20 })
  const services = {
    db: connection.db,
    config,
    today: () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10),
  }
  const app = await buildApp(services, createAuthenticate(services), routes)
  try {
    const people = await arrange(owner, plan.voters)
    await app.listen({ host: '127.0.0.1', port: 0 })
    const address = app.server.address() as { port: number }
    const processes = processesOf(config)
    return await hold(`http://127.0.0.1:${address.port}`, people, plan, say, async (moment, part) =>
      look(moment, {
        dataDir,
        ownerUrl: embedded.ownerUrl,
        owner,
        boxUrl: moment === 'published' ? '' : await processes.url(config),
        boxPid: processes.boxPid ?? 0,
        registrarPid: processes.registrarPid ?? 0,
        ...part,
      }),
    )
  } finally {
    await app.close()
    await stopProcesses(config)
    await connection.close()
    await owner.end()
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

interface People {
  unitId: number
  chair: string
  personIds: number[]
  /** A session each, in the order of the persons. */
  sessions: string[]
}

/** One company union, its chair, and members who are signed in. */
async function arrange(owner: pg.Client, voters: number): Promise<People> {
  const { rows: units } = await owner.query<{ id: number }>(
    `insert into organisation.unit (code, name, short_name, type, founded_on, sort_key)
     values ('vote', '晨光制造公司工会', '晨光工会', 'union', '2010-05-01', 0) returning id`,
  )
  const unitId = Number(units[0]!.id)
  await owner.query(`update organisation.unit set layer_id = id`)
  await owner.query(`insert into kernel.closure (ancestor_id, descendant_id, depth) values ($1, $1, 0)`, [unitId])
  const { rows: persons } = await owner.query<{ id: string }>(
    `insert into members.person (name, gender, born_on, staff_no, unit_id)
     select '会员' || lpad(n::text, 6, '0'), case when n % 2 = 0 then 'f' else 'm' end, '1985-01-01', 'V' || n, $1
     from generate_series(1, $2) n returning id`,
    [unitId, voters],
  )
  const personIds = persons.map((row) => Number(row.id)).toSorted((one, other) => one - other)
  const tokens = personIds.map(() => newToken())
  const chair = newToken()
  const session = `method, awaits_factor, second_factor_at, office_id, idle_seconds, expires_at, ip, user_agent`
  const values = `'password', false, now()`
  const rest = `86400, now() + interval '1 day', '127.0.0.1', 'demo'`
  await owner.query(
    `with account as (insert into accounts.account (login, name, person_id, state, created_by)
       select 'v' || p.id, '会员', p.id, 'active', 0 from unnest($1::bigint[]) p (id) returning id, person_id)
     insert into accounts.session (token_hash, account_id, ${session})
     select t.hash, a.id, ${values}, null, ${rest} from account a
     join unnest($1::bigint[], $2::bytea[]) t (person, hash) on t.person = a.person_id`,
    [personIds, tokens.map(hashToken)],
  )
  await owner.query(
    `with account as (insert into accounts.account (login, name, state, created_by) values ('chair', '周婷', 'active', 0) returning id),
     office as (insert into accounts.office (account_id, unit_id, role, title, starts_on, appointed_by)
       select id, $2, 'chair', '主席', '2020-01-01', 0 from account returning id, account_id)
     insert into accounts.session (token_hash, account_id, ${session})
     select $1, account_id, ${values}, id, ${rest} from office`,
    [hashToken(chair), unitId],
  )
  await owner.query('analyze')
  return { unitId, chair, personIds, sessions: tokens }
}

async function hold(
  base: string,
  people: People,
  plan: ElectionPlan,
  say: (line: string) => void,
  look: (moment: Moment, part: Pick<ElectionHouse, 'voteId' | 'receipts' | 'ask'>) => Promise<void>,
): Promise<HeldElection> {
  const call = async <Answer>(session: string, method: string, url: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(base + url, {
      method,
      headers: {
        cookie: `zhijia=${session}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text.slice(0, 300)}`)
    return (response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text) as Answer
  }
  const seats = plan.seats ?? 11
  const { id: voteId } = await call<{ id: number }>(people.chair, 'POST', '/api/secret-votes', {
    unitId: people.unitId,
    title: '晨光制造公司工会第六届委员会委员选举',
    heldOn: '2026-06-30',
    kind: 'election',
    venue: 'remote',
    document: '市工发〔2026〕21号',
    seats,
    items: Array.from({ length: plan.candidates ?? 15 }, (_, at) => `候选人${at + 1}`),
    roll: people.personIds,
    tellers: people.personIds.slice(0, 3).map((personId) => ({ personId, duty: '监票人' })),
  })
  const scalars = [0, 1, 2].map(() => scalarOf(nodePrimitives.random(48)))
  for (const [at, scalar] of scalars.entries())
    await call(people.sessions[at]!, 'PUT', `/api/votes/${voteId}/secret/key`, {
      publicKey: toText(nodePrimitives.publicOf(scalar)),
    })
  const opening = { profile: 'days', threshold: 2, writeIns: { most: 2 } }
  await call(people.chair, 'POST', `/api/votes/${voteId}/secret/open`, opening)
  say(`票箱已打开：名册 ${plan.voters} 人，2/3 名监票人共同开箱。`)

  const codes = plan.codes
    ? await codesOf(() => call(people.chair, 'POST', `/api/votes/${voteId}/voter-codes`), people)
    : null
  const given: VotersGiven = { base, voteId, sessions: people.sessions, codes, concurrency: 32, seats }
  const worker = new Worker(new URL('./voters.ts', import.meta.url), { workerData: given, execArgv: [] })
  const told = (deed: 'draw' | 'cast'): Promise<VotersTold> =>
    new Promise((done, failed) => {
      worker.once('message', done)
      worker.once('error', failed)
      worker.postMessage(deed)
    })
  const part = {
    voteId,
    receipts: [] as VotersTold['receipts'],
    ask: (url: string) => call<unknown>(people.chair, 'GET', url),
  }
  await look('before-drawing', part)
  const drawing = await told('draw')
  await look('before-casting', part)
  say(`领票 ${drawing.times.length - drawing.refused} 人，用时 ${(drawing.milliseconds / 1000).toFixed(1)} 秒。`)
  const casting = await told('cast')
  say(`投票 ${casting.receipts.length} 张，用时 ${(casting.milliseconds / 1000).toFixed(1)} 秒，每张都有回执。`)
  await worker.terminate()
  part.receipts = casting.receipts
  await look('before-closing', part)

  const from = performance.now()
  await call(people.chair, 'POST', `/api/votes/${voteId}/secret/close`)
  const closing = performance.now() - from
  for (const at of [0, 2])
    await call(people.sessions[at]!, 'POST', `/api/votes/${voteId}/secret/key`, { secret: toText(scalars[at]!) })
  const started = performance.now()
  await call(people.chair, 'POST', `/api/votes/${voteId}/secret/publish`)
  const publishing = performance.now() - started
  say('已关箱、开箱、计票、公布。')

  mkdirSync(plan.out, { recursive: true })
  const eid = casting.receipts[0]!.eid
  for (const name of fileNames) {
    const content = await call<unknown>(people.chair, 'GET', `/api/votes/${voteId}/publication/${eid}/${name}`)
    writeFileSync(path.join(plan.out, name), content as string)
  }
  writeFileSync(path.join(plan.out, 'receipt-1.json'), canonical(casting.receipts[0]!))
  if (casting.mine) writeFileSync(path.join(plan.out, 'mine-1.json'), canonical(casting.mine))
  await look('published', part)
  return { voters: plan.voters, voteId, drawing, casting, closing, publishing, receipts: casting.receipts }
}

/** The printed codes in the order of the persons. */
async function codesOf(
  print: () => Promise<{ slips: { personId: number; code: string }[] }>,
  people: People,
): Promise<string[]> {
  const printed = new Map((await print()).slips.map(({ personId, code }) => [personId, code]))
  return people.personIds.map((id) => printed.get(id)!)
}
