import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { appraisalDesk } from './desk-for-tests.ts'

const { db, world, ask } = await appraisalDesk()

test('commentators are appointed by batch; an adopted suggestion names what it changed', async () => {
  const people = [world.person('刘洋'), world.person('陈静')]
  const panel = {
    unitId: world.unit('east'),
    batch: 3,
    appointedOn: '2026-03-01',
    endsOn: '2028-03-01',
    title: '第三批评论员聘任',
    personIds: people,
  }
  expect((await ask('周婷', 'POST', '/api/appraisal/panels', panel)).status).toBe(404)
  const strangers = { ...panel, personIds: [world.person('孙丽')] }
  expect((await ask('李强', 'POST', '/api/appraisal/panels', strangers)).body.code).toBe('person-unknown')
  const { body: made } = await ask('李强', 'POST', '/api/appraisal/panels', panel)
  expect((await ask('李强', 'POST', '/api/appraisal/panels', panel)).body.code).toBe('batch-known')
  const meeting = { kind: '会议', title: '一季度评论会', onDate: '2026-04-02', personIds: people }
  expect((await ask('周婷', 'POST', `/api/appraisal/panels/${made.id}/events`, meeting)).status).toBe(404)
  expect((await ask('李强', 'POST', `/api/appraisal/panels/${made.id}/events`, meeting)).status).toBe(201)
  const words = {
    unitId: world.unit('east'),
    source: '评论员',
    panelId: made.id,
    words: '延长活动中心开放时间',
    madeOn: '2026-04-02',
  }
  expect((await ask('李强', 'POST', '/api/appraisal/suggestions', words)).body.code).toBe('suggestion-person')
  const { body: said } = await ask('李强', 'POST', '/api/appraisal/suggestions', { ...words, personId: people[0] })
  const decide = (who: string, more: object = {}) =>
    ask(who, 'POST', `/api/appraisal/suggestions/${said.id}/decide`, { adopted: true, outcome: '采纳', ...more })
  expect((await decide('李强')).body.code).toBe('changed-missing')
  expect((await decide('周婷', { changed: '开放安排' })).status).toBe(404)
  expect((await decide('李强', { changed: '活动中心开放安排', link: 'http://x' })).status).toBe(422)
  expect((await decide('李强', { changed: '活动中心开放安排', link: '/registers/venues.place' })).status).toBe(204)
  const { rows } = await sql<{ fields: object; person: number }>`select fields, person_id as person from kernel.record
    where kept_by = ${`appraisal/commentators/suggestion-${said.id}`}`.execute(db)
  expect(rows).toEqual([{ fields: { source: '评论员', adopted: true, usedIn: '活动中心开放安排' }, person: people[0] }])
  const { body } = await ask('李强', 'GET', '/api/appraisal/commentators')
  expect(body.panels[0]).toMatchObject({ batch: 3, events: [{ kind: '聘任' }, { kind: '会议' }] })
  expect((await ask('周婷', 'GET', '/api/appraisal/commentators')).body).toEqual({ panels: [], suggestions: [] })
})
