import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PersonName } from '../../../kernel/testing/world.ts'
import { toText } from '../../ballots/format/bytes.ts'
import { nodePrimitives } from '../../ballots/format/primitives-node.ts'
import { scalarOf } from '../../ballots/format/seal.ts'
import { phoneFor, type PaperGiven } from '../../ballots/secret/phone.ts'
import { stopProcesses } from '../../ballots/secret/processes.ts'
import { secretRoutes } from '../../ballots/secret/routes.ts'
import { stationRoutes } from '../../ballots/secret/station-routes.ts'
import { openOffice } from './desk-for-tests.ts'
import { secretRoundRoutes } from './secret-routes.ts'

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-round-'))
chmodSync(dataDir, 0o700)
const { ask, does, app, world, ownerPool, setToday } = await openOffice({
  routes: [secretRoundRoutes, secretRoutes, stationRoutes],
  dataDir,
})
afterAll(async () => {
  await app.close()
  await stopProcesses({ dataDir, publicUrl: '', host: '', port: 0, tls: null, webDir: null })
  rmSync(dataDir, { recursive: true, force: true })
})

const heldOn = '2026-03-20'
const candidates = ['刘洋', '陈静', '杨帆'] as const
const counters = ['张敏', '赵磊', '吴刚'] as const
const electors = [
  '王芳',
  '李强',
  '张敏',
  '刘洋',
  '陈静',
  '杨帆',
  '赵磊',
  '周婷',
  '吴刚',
  '孙丽',
  '郑浩',
  '何平',
] as const

/** The county's by-election of two, convened, with its twelve electors present. */
async function convened(
  present: readonly PersonName[] = electors,
): Promise<{ id: number; sitting: number; race: number }> {
  const { id } = await does('王芳', 'POST', '/api/elections', {
    unitId: world.unit('county'),
    kind: 'fill',
    heldOn,
    reason: '两名委员调离',
    races: [{ post: 'member', seats: 2 }],
  })
  await does('王芳', 'POST', `/api/elections/${id}/submit`)
  await does('王芳', 'POST', `/api/elections/${id}/plan-answer`, { verb: '同意', document: '市工发〔2026〕3号' })
  const shown = (await ask('王芳', 'GET', `/api/elections/${id}`)).body
  const [race, sitting] = [shown.races[0].id, shown.sittings[0].id]
  for (const name of candidates) {
    await does('王芳', 'POST', `/api/races/${race}/candidates`, { personId: world.person(name) })
    await does('王芳', 'PUT', `/api/races/${race}/candidates/${world.person(name)}`, { relation: 'none' })
  }
  await does('王芳', 'POST', `/api/sittings/${sitting}/roll`)
  await does('王芳', 'PUT', `/api/sittings/${sitting}/tellers`, {
    tellers: counters.map((name, at) => ({ personId: world.person(name), duty: at ? '计票人' : '总监票人' })),
  })
  await does('王芳', 'POST', `/api/elections/${id}/publicity`, { on: '2026-03-06' })
  await does('王芳', 'POST', `/api/elections/${id}/convene`)
  if (present.length)
    await does('王芳', 'POST', `/api/sittings/${sitting}/present`, {
      personIds: present.map((name) => world.person(name)),
      present: true,
    })
  return { id, sitting, race }
}
const mode = (sitting: number, choice: object, who: PersonName = '王芳') =>
  ask(who, 'PUT', `/api/sittings/${sitting}/ballot-mode`, choice)
const lastVote = async (id: number) => (await ask('王芳', 'GET', `/api/elections/${id}`)).body.ballots.at(-1).vote

/** Every scrutineer's key; the private halves, to open with. */
async function keys(vote: number, names: readonly PersonName[] = counters): Promise<Map<PersonName, string>> {
  const secrets = new Map<PersonName, string>()
  for (const name of names) {
    const scalar = scalarOf(nodePrimitives.random(48))
    secrets.set(name, toText(scalar))
    await does(name, 'PUT', `/api/votes/${vote}/secret/key`, { publicKey: toText(nodePrimitives.publicOf(scalar)) })
  }
  return secrets
}

async function vote(who: PersonName, id: number, marks: string, names: readonly string[] = [], code?: string) {
  const phone = phoneFor((await ask(who, 'GET', `/api/votes/${id}/paper`)).body as PaperGiven)
  const { papers } = await does(who, 'POST', `/api/votes/${id}/draw`, { papers: phone.request, ...(code && { code }) })
  expect((await phone.cast(papers[0].answer, { marks, names })).status).toBe(200)
}

async function opened(id: number, secrets: Map<PersonName, string>): Promise<void> {
  await does('王芳', 'POST', `/api/votes/${id}/secret/close`)
  for (const name of ['张敏', '吴刚'] as const)
    await does(name, 'POST', `/api/votes/${id}/secret/key`, { secret: secrets.get(name)! })
  await does('王芳', 'POST', `/api/votes/${id}/secret/publish`)
}

beforeAll(() => setToday('2026-03-20'))

describe('an election’s ballot in secret online', () => {
  it('in the hall: its mode is frozen with the rule, its verdict elects, and a name written in is somebody', async () => {
    const { id, sitting, race } = await convened()
    expect((await mode(sitting, { mode: 'secret' }, '李强')).status).toBe(404)
    expect((await mode(sitting, { mode: 'secret' })).body.secret).toEqual({
      venue: 'hall',
      profile: 'meeting',
      threshold: 2,
      writeIns: 0,
    })
    await does('王芳', 'POST', `/api/sittings/${sitting}/prepare`)
    expect((await mode(sitting, { mode: 'paper' })).body.code).toBe('issued-already')
    const first = await lastVote(id)
    expect(first).toMatchObject({ mode: 'secret', rule: { secret: { venue: 'hall', writeIns: 2 } } })
    await keys(first.id, ['张敏', '吴刚'])
    expect((await ask('王芳', 'POST', `/api/sittings/${sitting}/issue`)).body.code).toBe('scrutineers-missing')
    const secrets = await keys(first.id)
    await does('王芳', 'POST', `/api/sittings/${sitting}/issue`)
    const { code } = (await ask('张敏', 'GET', `/api/votes/${first.id}/hall`)).body
    // The paper's lines are in stroke order.
    const order = first.items.map((item: any) => item.label) as string[]
    const marks = (choice: Partial<Record<string, string>>) => order.map((name) => choice[name] ?? 'n').join('')
    // 刘洋 wins; 陈静 and 杨帆 share the second seat's votes. Three write in a member, two somebody who isn't one.
    for (const [at, who] of electors.entries()) {
      if (at < 7) await vote(who, first.id, marks({ 刘洋: 'a', 陈静: 'a', 杨帆: 'n' }), [], code)
      else if (at < 10) await vote(who, first.id, marks({ 刘洋: 'a', 陈静: 'o', 杨帆: 'n' }), ['郑浩'], code)
      else await vote(who, first.id, marks({ 刘洋: 'a', 陈静: 'o', 杨帆: 'o' }), ['路人甲'], code)
    }
    expect((await ask('王芳', 'POST', `/api/races/${race}/close`)).body.code).toBe('count-missing')
    await opened(first.id, secrets)
    expect((await ask('王芳', 'GET', `/api/votes/${first.id}/secret`)).body.writeIns).toEqual([
      { label: '路人甲', yes: 2 },
    ])
    const { rows } = await ownerPool.query<{ id: number }>(
      `insert into members.person (name, unit_id) values ('路人甲', $1) returning id`,
      [world.unit('county')],
    )
    const name = (who: PersonName, personId: number) =>
      ask(who, 'POST', `/api/votes/${first.id}/write-ins`, { label: '路人甲', personId })
    expect((await name('张敏', rows[0]!.id)).status).toBe(403)
    expect((await name('王芳', world.person('李强'))).body.code).toBe('other-name')
    expect((await name('王芳', rows[0]!.id)).status).toBe(204)
    expect((await ask('王芳', 'GET', `/api/votes/${first.id}/secret`)).body.writeIns).toEqual([])
    const { verdict } = await does('王芳', 'POST', `/api/races/${race}/close`)
    expect(verdict).toMatchObject({ outcome: 'elected' })
    expect(verdict.items.find((item: any) => item.label === '郑浩')).toMatchObject({
      key: `p${world.person('郑浩')}`,
      yes: 3,
      writtenIn: true,
    })
    const shown = (await ask('王芳', 'GET', `/api/elections/${id}`)).body
    expect(shown.elected.map((one: any) => [one.name, one.votes])).toEqual([
      ['刘洋', 12],
      ['陈静', 7],
    ])
    await does('王芳', 'POST', `/api/elections/${id}/announce`)
    const { body, status } = await ask('王芳', 'GET', `/api/elections/${id}/papers/result`)
    expect([status, body.subarray(0, 2).toString()]).toEqual([200, 'PK'])
  })

  it('remote: with a document’s number and a name; who draws a paper takes part; a second ballot waits for new keys', async () => {
    const { id, sitting, race } = await convened([])
    expect(await mode(sitting, { mode: 'secret', venue: 'remote' })).toMatchObject({
      status: 422,
      body: { code: 'remote-needs-document' },
    })
    await mode(sitting, { mode: 'secret', venue: 'remote', document: '市工发〔2026〕8号' })
    await does('王芳', 'POST', `/api/sittings/${sitting}/prepare`)
    const first = await lastVote(id)
    expect(first.rule.secret.allowed).toEqual({
      document: '市工发〔2026〕8号',
      name: '王芳',
      office: '清河县总工会·主席',
    })
    const shown = (await ask('王芳', 'GET', `/api/elections/${id}`)).body
    expect(shown.gates.find((gate: any) => gate.id.startsWith('MC-ONLINE'))).toMatchObject({ holds: true })
    const secrets = await keys(first.id)
    await does('王芳', 'POST', `/api/sittings/${sitting}/issue`, {
      castFrom: '2026-01-01T08:00:00+08:00',
      castTo: '2099-01-01T08:00:00+08:00',
    })
    const marks = 'aan'
    for (const who of electors.slice(0, 6)) await vote(who, first.id, marks)
    for (const who of electors.slice(6, 10)) await vote(who, first.id, 'ana')
    await opened(first.id, secrets)
    const { verdict, count } = await does('王芳', 'POST', `/api/races/${race}/close`)
    // Ten of twelve drew: that is who was there. Six of twelve isn't more than half.
    expect(count).toMatchObject({ present: 10, issued: 10 })
    expect(verdict).toMatchObject({ outcome: 'short', vacant: 1 })
    await does('王芳', 'POST', `/api/races/${race}/next-ballot`)
    const second = await lastVote(id)
    expect(second).toMatchObject({ state: 'draft', mode: 'secret', round: 2 })
    await keys(second.id)
    await does('王芳', 'POST', `/api/sittings/${sitting}/issue`)
    expect((await lastVote(id)).state).toBe('issuing')
  })

  it('is refused to a body in which it would keep no secret', async () => {
    const { id, sitting } = await convened()
    const few = electors.slice(0, 9).map((name) => world.person(name))
    await does('王芳', 'POST', `/api/sittings/${sitting}/roll`, { personIds: few })
    expect(await mode(sitting, { mode: 'secret' })).toMatchObject({
      status: 422,
      body: { code: 'roll-too-small-for-secret', message: expect.stringContaining('请改用纸质票') },
    })
    expect((await mode(sitting, { mode: 'paper' })).body).toEqual({ secret: null })
    await does('王芳', 'POST', `/api/elections/${id}/end`, { words: '改期' })
  })
})
