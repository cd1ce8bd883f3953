import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { PersonName } from '../../../kernel/testing/world.ts'
import '../../../modules.ts'
import { toText } from '../../ballots/format/bytes.ts'
import { nodePrimitives } from '../../ballots/format/primitives-node.ts'
import { scalarOf } from '../../ballots/format/seal.ts'
import { phoneFor, type PaperGiven } from '../../ballots/secret/phone.ts'
import { stopProcesses } from '../../ballots/secret/processes.ts'
import ballots from '../../ballots/serve.ts'
import congress from '../../congress/serve.ts'
import { motionsDesk } from './desk-for-tests.ts'

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-motions-'))
const { ask, clock, must, person, unit } = await motionsDesk([...congress.routes!, ...ballots.routes!], dataDir)
afterAll(async () => {
  await stopProcesses({ dataDir, publicUrl: 'http://localhost', host: '', port: 0, tls: null, webDir: null })
  rmSync(dataDir, { recursive: true, force: true })
})

const chair = '王芳'
const everybody: PersonName[] = [
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
]
const scrutineers = ['张敏', '赵磊', '吴刚'] as const

/** The county's congress in session with twelve delegates in the hall, and two unions to choose the best from. */
async function chosenBy(): Promise<number> {
  clock.today = '2026-03-30'
  const term = await must(chair, '/api/congress/terms', {
    unitId: unit('county'),
    kind: 'staff-congress',
    ordinal: 6,
    startsOn: '2026-01-10',
    dueOn: '2029-01-10',
    people: 60,
    women: 20,
    seats: 12,
  })
  const { body } = await ask(chair, 'PUT', `/api/congress/terms/${term.id}/constituencies`, {
    constituencies: [{ name: '全县', people: 60, seats: 12 }],
  })
  await must(chair, `/api/congress/terms/${term.id}/delegates`, {
    electedOn: '2026-01-10',
    delegates: everybody.map((name) => ({
      personId: person(name),
      constituencyId: body.constituencies[0].id,
      category: 'front-line',
    })),
  })
  const session = await must(chair, '/api/congress/sessions', {
    termId: term.id,
    startsOn: clock.today,
    endsOn: clock.today,
  })
  await must(chair, `/api/congress/sessions/${session.id}/items`, { title: '提案情况报告', duty: 'hear' })
  const { id: panel } = await must(chair, '/api/motion-panels', {
    method: 'ballot',
    unitId: unit('county'),
    purpose: 'motion',
    title: '提案工作评优',
    formedOn: clock.today,
    sessionId: session.id,
  })
  await must(chair, `/api/motion-panels/${panel}/entries`, { unitIds: [unit('east'), unit('south')] })
  await must(chair, `/api/congress/sessions/${session.id}/open`)
  await must(chair, `/api/congress/sessions/${session.id}/passages`, { personIds: everybody.map(person) })
  return panel
}

test('the delegates choose by phone, sealed by three scrutineers; before the box is opened nobody announces', async () => {
  const panel = await chosenBy()
  const url = `/api/motion-panels/${panel}/ballots`
  const asked = { award: '提案优秀组织单位', seats: 1, mode: 'secret', tellerIds: scrutineers.map(person) }
  expect((await ask(chair, 'POST', url, { ...asked, tellerIds: asked.tellerIds.slice(0, 2) })).body.code).toBe(
    'tellers-missing',
  )
  // Called off before it began, the choice is free for another ballot.
  const { id: first } = await must(chair, url, asked)
  expect((await ask(chair, 'POST', url, asked)).body.code).toBe('ballot-running')
  expect((await ask('刘洋', 'POST', `${url}/${first}/void`, { reason: '参评单位有误' })).status).toBe(404)
  await must(chair, `${url}/${first}/void`, { reason: '参评单位有误' })

  const { id } = await must(chair, url, asked)
  expect((await ask(chair, 'POST', `${url}/${id}/open`)).body.code).toBe('scrutineers-missing')
  const secrets = new Map<string, string>()
  for (const name of scrutineers) {
    const scalar = scalarOf(nodePrimitives.random(48))
    secrets.set(name, toText(scalar))
    const publicKey = toText(nodePrimitives.publicOf(scalar))
    expect((await ask(name, 'PUT', `/api/votes/${id}/secret/key`, { publicKey })).status).toBeLessThan(300)
  }
  await must(chair, `${url}/${id}/open`)
  const { code } = (await ask(chair, 'GET', `/api/votes/${id}/hall`)).body
  const eastFirst = (await ask(chair, 'GET', `/api/votes/${id}`)).body.vote.items[0].label.startsWith('东风')
  for (const [at, name] of everybody.entries()) {
    const phone = phoneFor((await ask(name, 'GET', `/api/votes/${id}/paper`)).body as PaperGiven)
    const { papers } = await must(name, `/api/votes/${id}/draw`, { papers: phone.request, code })
    // Eight for the eastern union, four for the southern one.
    const marks = at < 8 === eastFirst ? 'ao' : 'oa'
    expect((await phone.cast(papers[0].answer, { marks, names: [] })).status).toBe(200)
  }
  expect((await ask(chair, 'POST', `${url}/${id}/announce`)).status).toBe(422)
  await must(chair, `/api/votes/${id}/secret/close`)
  expect((await ask(chair, 'POST', `/api/votes/${id}/secret/publish`)).status).toBe(422)
  for (const name of ['张敏', '吴刚'] as const)
    await must(name, `/api/votes/${id}/secret/key`, { secret: secrets.get(name) })
  await must(chair, `/api/votes/${id}/secret/publish`)
  const { verdict } = await must(chair, `${url}/${id}/announce`)
  expect(verdict).toMatchObject({ outcome: 'elected' })
  const { body: shown } = await ask(chair, 'GET', `/api/motion-panels/${panel}`)
  expect(shown.ballots.map((one: any) => [one.vote.mode, one.vote.state, one.box])).toEqual([
    ['secret', 'void', null],
    ['secret', 'closed', 'published'],
  ])
  expect(shown.entries.filter((one: any) => one.award).map((one: any) => one.title)).toEqual([
    expect.stringContaining('东风'),
  ])
  await must(chair, `/api/motion-panels/${panel}/finish`)
}, 120_000)

test('a box has a sheet for the wall with its QR, for whoever sorts', async () => {
  const { code } = await must(chair, '/api/motion-boxes', { unitId: unit('county'), place: '东门' })
  const { boxes } = (await ask(chair, 'GET', `/api/motion-boxes?unitId=${unit('county')}`)).body
  const sheet = await ask(chair, 'GET', `/api/motion-boxes/${boxes[0].id}/sheet`)
  expect(sheet.body).toEqual({
    unitName: '清河县总工会',
    place: '东门',
    address: `http://localhost/box/${code}`,
    qr: expect.stringMatching(/^data:image\/svg\+xml;base64,/),
  })
  expect((await ask('刘洋', 'GET', `/api/motion-boxes/${boxes[0].id}/sheet`)).status).toBe(404)
  expect((await ask(chair, 'GET', '/api/motion-boxes/999/sheet')).status).toBe(404)
})
