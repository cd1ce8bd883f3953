import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { allows, declarePermissions } from '../access/access.ts'
import type { Actor } from '../access/actor.ts'
import { buildApp } from '../http/app.ts'
import { markRead, noticesOf, unreadCount } from '../notices/notices.ts'
import { noticeRoutes } from '../notices/routes.ts'
import { rule } from '../rules/card.ts'
import { testDatabase } from '../testing/database.ts'
import { smallWorld } from '../testing/world.ts'
import { act, actsOf, stateOf } from './act.ts'
import type { ActOptions } from './follow-up.ts'
import { machine, type Machine, type Verb } from './machine.ts'
import { lifecycleRoutes } from './routes.ts'
import { closeTodo, handOverTodos, openTodo, todoCount, todosOf } from './todos.ts'

declarePermissions([
  { name: 'aid.submit', title: '提交补助申请' },
  { name: 'aid.approve', title: '审批补助' },
  { name: 'aid.read', title: '查看补助' },
])
const { db, ownerPool } = await testDatabase()
const world = await smallWorld(ownerPool)
const clerk = world.as('张敏', ['aid.submit', 'aid.read'])
const chair = world.as('李强', ['aid.submit', 'aid.approve', 'aid.read'])
const county = world.as('王芳', ['aid.approve', 'aid.read'])
const stranger = world.as('周婷', ['aid.submit', 'aid.approve', 'aid.read'])

const reply = rule({
  id: 'T-REPLY',
  title: '答复期限',
  text: '十五日内答复。',
  source: '测试办法',
  article: '第一条',
  level: 'unit',
  strength: 'deadline',
  verification: 'text',
  from: '2020-01-01',
  subject: '测试',
  test: { kind: 'deadline', n: 15, unit: 'day', direction: 'after', start: '提交之日' },
})
const approve = { permission: 'aid.approve' }
const aid: Machine = machine({
  id: 'aid.case',
  objectKind: 'aid-case',
  title: '困难补助审批',
  initial: 'draft',
  visible: (db_, actor) => allows(db_, actor, 'aid.read', world.unit('east-1')),
  states: {
    draft: { title: '待提交', moves: [{ verb: '提交', to: 'submitted', permission: 'aid.submit' }] },
    submitted: {
      title: '待审批',
      waiting: { for: approve, title: '待审批', deadline: reply },
      moves: [
        { verb: '撤回', to: 'draft', permission: 'aid.submit' },
        { verb: '退回', to: 'returned', ...approve },
        { verb: '否决', to: 'refused', ...approve },
        { verb: '转办', ...approve },
        { verb: '加签', ...approve },
        { verb: '会签', ...approve },
        { verb: '催办', permission: 'aid.submit' },
        { verb: '公示', to: 'public', ...approve },
      ],
    },
    returned: {
      title: '已退回修改',
      waiting: { for: 'submitter', title: '待修改' },
      moves: [
        { verb: '提交', to: 'submitted', permission: 'aid.submit' },
        { verb: '终止', to: 'stopped', permission: 'aid.submit' },
      ],
    },
    public: {
      title: '公示中',
      waiting: { for: approve, title: '公示期满待确认' },
      moves: [{ verb: '同意', to: 'granted', ...approve, requires: { elapsed: '公示满五个工作日' } }],
    },
    granted: { title: '已批准', final: true, moves: [] },
    refused: { title: '未批准', final: true, moves: [] },
    stopped: { title: '已终止', final: true, moves: [] },
  },
})

let caseId = 0
beforeEach(() => {
  caseId++
})
const today = '2026-03-05'
const subject = (id = caseId) => ({ id, unitId: world.unit('east-1'), title: '刘洋的困难补助', link: `/aid/${id}` })
const does = (actor: Actor, verb: Verb, options: Partial<ActOptions> = {}, id = caseId) =>
  db.transaction().execute((tx) => act(tx, actor, aid, subject(id), verb, { today, ...options }))
const titles = async (actor: Actor) =>
  (await todosOf(db, actor, today)).filter((todo) => todo.objectId === caseId).map((todo) => todo.title)

describe('the way through', () => {
  it('goes from hand to hand, each act a row, each to-do cleared by the deed', async () => {
    expect(await does(clerk, '提交')).toEqual({ from: 'draft', to: 'submitted' })
    expect(await titles(chair)).toEqual(['待审批：刘洋的困难补助'])
    expect(await titles(county)).toEqual(['待审批：刘洋的困难补助'])
    expect(await titles(clerk)).toEqual([])
    expect(await titles(stranger)).toEqual([])
    // 15 days after 5 March 2026 is Friday the 20th.
    expect((await todosOf(db, chair, today)).find((todo) => todo.objectId === caseId)).toMatchObject({
      dueOn: '2026-03-20',
      overdue: false,
    })
    expect((await todosOf(db, chair, '2026-03-21')).find((todo) => todo.objectId === caseId)).toMatchObject({
      overdue: true,
    })

    await does(chair, '公示')
    await expect(does(chair, '同意')).rejects.toMatchObject({
      code: 'not-ready',
      message: '还不能同意，缺少：公示满五个工作日。',
    })
    await does(chair, '同意', { present: ['elapsed'], words: '同意补助' })
    expect(await stateOf(db, aid, caseId)).toBe('granted')
    expect(await titles(chair)).toEqual([])
    expect(
      (await actsOf(db, 'aid-case', caseId)).map((row) => [row.verb, row.fromState, row.toState, row.office]),
    ).toEqual([
      ['提交', 'draft', 'submitted', '铸造车间分工会·分会主席'],
      ['公示', 'submitted', 'public', '东风机械公司工会·主席'],
      ['同意', 'public', 'granted', '东风机械公司工会·主席'],
    ])
    expect((await noticesOf(db, clerk, { limit: 1 }))[0]).toMatchObject({
      title: '“刘洋的困难补助”已批准',
      body: '李强同意：同意补助',
    })
    const { rows } = await ownerPool.query(
      "select summary from kernel.audit where object_kind = 'aid-case' and object_id = $1 order by id",
      [caseId],
    )
    expect(rows.map((row) => row.summary)).toEqual([
      '提交“刘洋的困难补助”',
      '公示“刘洋的困难补助”',
      '同意“刘洋的困难补助”',
    ])
  })

  it('sends back to the one who submitted, and ends when refused', async () => {
    await does(clerk, '提交')
    await expect(does(chair, '退回')).rejects.toMatchObject({ code: 'words-missing' })
    await does(chair, '退回', { words: '缺少住院发票' })
    expect(await titles(clerk)).toEqual(['待修改：刘洋的困难补助'])
    expect(await titles(chair)).toEqual([])
    await does(clerk, '提交')
    await does(chair, '否决', { words: '不符合条件' })
    expect(await stateOf(db, aid, caseId)).toBe('refused')
    await expect(does(clerk, '提交')).rejects.toMatchObject({
      code: 'not-now',
      message: '“刘洋的困难补助”现在是“未批准”，不能提交。',
    })
  })

  it('lets only the submitter withdraw', async () => {
    await does(clerk, '提交')
    await expect(does(chair, '撤回')).rejects.toMatchObject({ code: 'not-yours' })
    expect(await does(clerk, '撤回')).toEqual({ from: 'submitted', to: 'draft' })
    expect(await titles(chair)).toEqual([])
  })
})

describe('other hands', () => {
  it('hands over to one person, who alone may decide', async () => {
    await does(clerk, '提交')
    await expect(does(chair, '转办')).rejects.toMatchObject({ code: 'nobody-named' })
    await does(chair, '转办', { toAccountId: county.accountId, words: '请县里定' })
    expect(await titles(chair)).toEqual([])
    expect(await titles(county)).toEqual(['待审批：刘洋的困难补助'])
    expect(await stateOf(db, aid, caseId)).toBe('submitted')
    await expect(does(chair, '公示')).rejects.toMatchObject({ code: 'not-yours' })
    await does(clerk, '催办', { words: '病情紧急' })
    expect((await noticesOf(db, county, { limit: 2 })).map((notice) => notice.title)).toEqual([
      '张敏催办“刘洋的困难补助”',
      '李强把“刘洋的困难补助”转给您办理',
    ])
    expect(await titles(county)).toEqual(['待审批：刘洋的困难补助'])
    await does(county, '公示')
    expect(await titles(county)).toEqual(['公示期满待确认：刘洋的困难补助'])
  })

  it('waits for whoever was asked to cosign', async () => {
    const he = world.as('杨帆', [])
    await does(clerk, '提交')
    await does(chair, '加签', { toAccountId: he.accountId })
    expect(await titles(he)).toEqual(['待会签：刘洋的困难补助'])
    await expect(does(chair, '公示')).rejects.toMatchObject({ code: 'cosigning' })
    await expect(does(county, '会签')).rejects.toMatchObject({ code: 'not-asked' })
    await does(he, '会签', { words: '情况属实' })
    expect(await titles(he)).toEqual([])
    await expect(does(he, '会签')).rejects.toMatchObject({ code: 'not-asked' })
    await does(chair, '公示')
  })

  it('closes what it opened when refused, and nothing of others', async () => {
    const he = world.as('杨帆', [])
    await does(clerk, '提交')
    await does(chair, '加签', { toAccountId: he.accountId })
    await db.transaction().execute((tx) =>
      openTodo(tx, {
        kind: 'other.thing',
        objectKind: 'aid-case',
        objectId: caseId,
        unitId: world.unit('east-1'),
        accountId: he.accountId,
        title: '别的事',
        link: '/x',
      }),
    )
    await does(chair, '否决', { words: '不符合条件' })
    expect(await titles(he)).toEqual(['别的事'])
    expect(
      await db.transaction().execute((tx) => closeTodo(tx, he, { objectKind: 'aid-case', objectId: caseId })),
    ).toBe(1)
    expect(await titles(he)).toEqual([])
  })

  it('refuses whoever lacks the permission there, and writes nothing', async () => {
    await does(clerk, '提交')
    await expect(does(stranger, '公示')).rejects.toMatchObject({ status: 403 })
    await expect(does(clerk, '公示')).rejects.toMatchObject({ status: 403 })
    expect(await actsOf(db, 'aid-case', caseId)).toHaveLength(1)
  })

  it('lets two people act at once only one after the other', async () => {
    await does(clerk, '提交')
    const outcomes = await Promise.allSettled([
      does(chair, '公示', { expected: 'submitted' }),
      does(county, '否决', { expected: 'submitted', words: '重复' }),
    ])
    const refusals = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(refusals).toHaveLength(1)
    expect(refusals[0]!.reason).toMatchObject({ code: 'moved-on', status: 409 })
    expect(await actsOf(db, 'aid-case', caseId)).toHaveLength(2)
  })

  it('goes to the successor when an office changes hands, on that unit and below only', async () => {
    const draft = {
      kind: 'aid.personal',
      objectKind: 'office',
      title: '待核',
      link: '/x',
      accountId: chair.accountId,
      dueOn: '2026-04-01',
    }
    const [below, beside] = [100_001, 100_002]
    await db.transaction().execute(async (tx) => {
      await openTodo(tx, { ...draft, objectId: below, unitId: world.unit('east-2') })
      await openTodo(tx, { ...draft, objectId: beside, unitId: world.unit('south') })
    })
    const moved = await db.transaction().execute((tx) =>
      handOverTodos(tx, {
        fromAccountId: chair.accountId,
        toAccountId: stranger.accountId,
        unitId: world.unit('east'),
      }),
    )
    expect(moved.map(({ title, dueOn }) => [title, dueOn])).toEqual([['待核', '2026-04-01']])
    const open = async (actor: Actor) =>
      (await todosOf(db, actor, today, { limit: 200 }))
        .filter((todo) => todo.objectKind === 'office')
        .map((todo) => todo.objectId)
    expect(await open(stranger)).toEqual([below])
    expect(await open(chair)).toEqual([beside])
    await db.transaction().execute(async (tx) => {
      await closeTodo(tx, chair, { objectKind: 'office', objectId: below })
      await closeTodo(tx, chair, { objectKind: 'office', objectId: beside, kind: 'aid.personal' })
    })
  })

  it('keeps acts from being rewritten', async () => {
    await does(clerk, '提交')
    await expect(sql`update kernel.act set words = 'x'`.execute(db)).rejects.toMatchObject({ code: '42501' })
  })
})

describe('a machine', () => {
  const states = {
    a: { title: '甲', moves: [{ verb: '提交' as const, to: 'b', permission: 'aid.submit' }] },
    b: { title: '乙', final: true, moves: [] },
  }
  const declared = (change: Partial<Machine>) => () =>
    machine({ ...aid, id: 't.wrong', initial: 'a', states, ...change })
  it('is refused when it could not run', () => {
    expect(declared({ initial: 'x' })).toThrow(/no state x/)
    expect(declared({ states: { ...states, c: states.b } })).toThrow(/c is never reached/)
    expect(declared({ states: { a: states.a, b: { title: '乙', moves: [] } } })).toThrow(/dead end/)
    expect(
      declared({ states: { a: { title: '甲', moves: [{ verb: '催办', to: 'b', permission: 'p' }] }, b: states.b } }),
    ).toThrow(/must stay/)
    expect(
      declared({ states: { a: { title: '甲', moves: [{ verb: '同意', permission: 'p' }] }, b: states.b } }),
    ).toThrow(/leads nowhere/)
    expect(declared({ id: aid.id })).toThrow(/twice/)
  })
})

describe('at the front door', async () => {
  let who: Actor = chair
  const config = { dataDir: '/tmp', publicUrl: 'http://localhost', host: '127.0.0.1', port: 0, tls: null, webDir: null }
  const app = await buildApp({ db, config, today: () => '2026-04-01' }, async () => who, [
    lifecycleRoutes,
    noticeRoutes,
  ])
  const get = async (url: string) => {
    const answer = await app.inject({ url })
    return { status: answer.statusCode, body: answer.json() }
  }

  it('shows what waits, the late first, counted', async () => {
    await does(clerk, '提交')
    await db.transaction().execute((tx) =>
      openTodo(tx, {
        kind: 'aid.other',
        objectKind: 'aid-case',
        objectId: caseId,
        unitId: world.unit('east'),
        permission: 'aid.approve',
        title: '不限期',
        link: '/x',
      }),
    )
    who = chair
    const { body } = await get('/api/todos?limit=200')
    expect(body.todos.at(-1)).toMatchObject({ title: '不限期', overdue: false })
    expect(body.todos[0]).toMatchObject({ overdue: true, dueOn: '2026-03-20' })
    expect(body.total).toBe(body.todos.length)
    expect((await get('/api/todos/count')).body).toEqual(await todoCount(db, chair, '2026-04-01'))
    who = stranger
    expect((await get('/api/todos')).body).toEqual({ todos: [], total: 0, overdue: 0 })
  })

  it('shows the timeline to who may see the thing, and to nobody a kind unknown', async () => {
    await does(clerk, '提交')
    who = chair
    expect((await get(`/api/acts?kind=aid-case&id=${caseId}`)).body.acts).toHaveLength(1)
    expect((await get(`/api/acts?kind=secret&id=${caseId}`)).status).toBe(404)
    who = stranger
    expect((await get(`/api/acts?kind=aid-case&id=${caseId}`)).status).toBe(404)
  })

  it('reads and clears only one’s own messages', async () => {
    await does(clerk, '提交')
    await does(chair, '退回', { words: '缺少发票' })
    who = clerk
    const before = await unreadCount(db, clerk)
    const { notices, unread } = (await get('/api/notices?unread=true')).body
    expect(unread).toBe(before)
    expect(notices[0]).toMatchObject({ title: '“刘洋的困难补助”已退回修改', body: '李强退回：缺少发票', readAt: null })
    expect(await markRead(db, stranger, [notices[0].id])).toBe(0)
    const answer = await app.inject({ method: 'POST', url: '/api/notices/read', payload: { ids: [notices[0].id] } })
    expect(answer.json()).toEqual({ read: 1, unread: before - 1 })
    await app.inject({ method: 'POST', url: '/api/notices/read', payload: { ids: 'all' } })
    expect((await get('/api/notices/count')).body).toEqual({ unread: 0 })
  })
})
