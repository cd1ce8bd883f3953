import { describe, expect, it } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator, type Actor } from '../../../kernel/access/actor.ts'
import { buildApp } from '../../../kernel/http/app.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import manifest from '../module.ts'
import { ruleRoutes } from './routes.ts'

declarePermissions(manifest.permissions)
const { db } = await testDatabase()
const person = (name: string, permissions: readonly string[]): Actor => ({
  ...operator(name),
  accountId: 7,
  kind: 'person',
  office: '清河县总工会·主席',
  grants: permissions.map((permission) => ({ permission, unitId: 1, scope: 'all' })),
})
const officer = person('王芳', ['rules.confirm', 'rules.calendar'])
const member = person('刘洋', [])
let who: Actor = officer
const config = { dataDir: '/tmp', publicUrl: 'http://localhost', host: '127.0.0.1', port: 0, tls: null, webDir: null }
const app = await buildApp({ db, config, today: () => '2026-03-05' }, async () => who, [ruleRoutes])
const ask = async (actor: Actor, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) => {
  who = actor
  const answer = await app.inject({ method, url, ...(payload && { payload }) })
  return { status: answer.statusCode, body: answer.json() }
}

describe('rules', () => {
  it('are listed for everybody as they stand on the day', async () => {
    const { body } = await ask(member, 'GET', '/api/rules')
    const ids = body.rules.map((rule: { id: string }) => rule.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(body.mayConfirm).toBe(false)
    expect(body.rules.find((rule: { id: string }) => rule.id === 'TU-EST-25')).toMatchObject({
      effectiveStrength: 'block',
      citation: '《中华人民共和国工会法》（2021年修正）第十一条',
    })
    const then = await ask(member, 'GET', `/api/rules?on=2012-01-01&subject=${encodeURIComponent('来信来访')}`)
    expect(then.body.rules).toEqual([])
  })

  it('say the last day', async () => {
    expect((await ask(member, 'GET', '/api/rules/PT-REG/deadline?start=2026-09-18')).body).toMatchObject({
      due: '2026-10-08',
      provisional: false,
    })
    expect((await ask(member, 'GET', '/api/rules/TU-TERM/deadline?start=2026-09-18')).body.code).toBe('no-clock')
    expect((await ask(member, 'GET', '/api/rules/PT-REG/deadline?start=2026-02-30')).body.code).toBe('invalid-input')
    expect((await ask(member, 'GET', '/api/rules/XX-NONE/deadline?start=2026-09-18')).status).toBe(404)
  })

  it('known by memory are confirmed by an officer with a document number, and taken back', async () => {
    const url = '/api/rules/CH-JOIN/confirmation'
    const strength = async () =>
      (await ask(member, 'GET', '/api/rules')).body.rules.find((rule: { id: string }) => rule.id === 'CH-JOIN')
        .effectiveStrength
    expect(await strength()).toBe('warn')
    expect((await ask(member, 'POST', url, { documentNumber: '2023年章程' })).status).toBe(403)
    expect((await ask(officer, 'POST', url, { documentNumber: ' ' })).body.fields).toHaveProperty('documentNumber')
    expect((await ask(officer, 'POST', url, { documentNumber: '2023年章程' })).body.confirmation).toMatchObject({
      officerName: '王芳',
    })
    expect(await strength()).toBe('block')
    expect((await ask(officer, 'POST', '/api/rules/CH-JOIN/withdrawal', { words: '条号有误' })).status).toBe(200)
    expect(await strength()).toBe('warn')
  })
})

describe('the calendar', () => {
  const notice = { day: '2027-02-06', kind: 'work', name: '春节', source: '国办发明电〔2026〕1号' }
  it('is kept by an officer and moves deadlines', async () => {
    expect((await ask(member, 'PUT', '/api/calendar/days', { days: [notice] })).status).toBe(403)
    expect((await ask(officer, 'PUT', '/api/calendar/days', { days: [{ ...notice, source: '' }] })).status).toBe(422)
    expect((await ask(officer, 'GET', '/api/calendar?year=2027')).body).toMatchObject({
      days: [],
      noticed: false,
      mayEdit: true,
    })
    await ask(officer, 'PUT', '/api/calendar/days', { days: [notice] })
    expect((await ask(member, 'GET', '/api/calendar?year=2027')).body).toMatchObject({
      days: [{ ...notice, own: true }],
      noticed: true,
      mayEdit: false,
    })
    expect((await ask(member, 'GET', '/api/rules/PT-REG/deadline?start=2027-01-22')).body.due).toBe('2027-02-06')
    await ask(officer, 'DELETE', '/api/calendar/days/2027-02-06')
    // New Year's Eve again: the statutory holiday runs from the 6th to the 9th.
    expect((await ask(member, 'GET', '/api/rules/PT-REG/deadline?start=2027-01-22')).body.due).toBe('2027-02-10')
  })
  it('shows what ships with its source', async () => {
    const { body } = await ask(member, 'GET', '/api/calendar?year=2026')
    expect(body.days).toHaveLength(33 + 6)
    expect(body.days[0]).toMatchObject({
      day: '2026-01-01',
      kind: 'rest',
      name: '元旦',
      verification: 'quotation',
      own: false,
    })
  })
})
