import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { PersonName } from '../../../kernel/testing/world.ts'
import { resolutionsInForce } from '../public.ts'
import { chair, openHall } from './desk-for-tests.ts'

const { hall, db, world, ask, arrangeSession, count, decide, tellers } = await openHall()

describe('an item put to the vote', () => {
  test('important matters are voted in secret; what must be passed is never passed by a word; nothing is in force before', async () => {
    const { id, items } = await arrangeSession([
      { title: '集体合同草案', duty: 'pass', category: '集体合同草案', agreement: 'collective' },
      { title: '发展规划', duty: 'advise', category: '发展规划与年度计划' },
      { title: '绩效办法', duty: 'pass', category: '工资与绩效办法' },
    ])
    const [contract, plan, bonus] = items as [number, number, number]
    expect(await ask(chair, 'POST', `/api/congress/items/${contract}/votes`, { mode: 'hands' })).toMatchObject({
      status: 422,
      body: { code: 'must-be-secret' },
    })
    expect(await ask(chair, 'POST', `/api/congress/items/${contract}/conclude`, {})).toMatchObject({
      status: 422,
      body: { code: 'vote-missing' },
    })
    const resolve = (item: number, effectiveOn: string) =>
      ask(chair, 'POST', `/api/congress/items/${item}/resolution`, {
        title: '关于通过集体合同草案的决议',
        words: '同意。',
        effectiveOn,
      })
    expect(await resolve(contract, '2026-07-01')).toMatchObject({ status: 422, body: { code: 'not-passed' } })
    const vote = (item: number) =>
      ask(chair, 'POST', `/api/congress/items/${item}/votes`, { mode: 'paper', ...tellers() })
    // Exactly half: 集体合同规定 would pass it, 企业民主管理规定 doesn't; the stricter decides and the other is named.
    const { body: half } = await vote(contract)
    const failed = await decide(half.id, count(half.id, 3, 3))
    expect(failed.body.verdict.outcome).toBe('failed')
    expect(failed.body.verdict.notes.join()).toContain('恰为')
    expect(await resolve(contract, '2026-07-01')).toMatchObject({ status: 422, body: { code: 'not-passed' } })

    const { body: second } = await vote(bonus)
    await decide(second.id, count(second.id, 5, 1))
    expect(await resolve(bonus, '2026-06-01')).toMatchObject({ status: 422, body: { code: 'effective-before-vote' } })
    expect((await resolve(bonus, '2026-08-01')).status).toBe(201)
    expect(await resolve(bonus, '2026-08-01')).toMatchObject({ status: 409 })
    const titles = async (on: string) => (await resolutionsInForce(db, world.unit('east'), on)).map((one) => one.itemId)
    expect(await titles('2026-07-31')).not.toContain(bonus)
    expect(await titles('2026-08-01')).toContain(bonus)

    expect(await ask(chair, 'POST', `/api/congress/sessions/${id}/close`)).toMatchObject({
      status: 422,
      body: { code: 'items-open' },
    })
    await ask(chair, 'POST', `/api/congress/items/${plan}/conclude`, { words: '建议增加培训投入' })
    expect((await ask(chair, 'POST', `/api/congress/sessions/${id}/close`)).status).toBe(200)
    expect(await ask(chair, 'POST', `/api/congress/sessions/${id}/passages`, { text: 'E102' })).toMatchObject({
      status: 409,
      body: { code: 'session-closed' },
    })

    // What counts is filed: the session with its roll, the documents with their votes.
    const { rows } = await sql<{ register: string; title: string; lines: { fields: Record<string, unknown> }[] }>`
      select r.register, r.title, (select jsonb_agg(jsonb_build_object('fields', l.fields) order by l.line_no) from kernel.record_line l where l.record_id = r.id) as lines
      from kernel.record r where r.kept_by = ${`congress/sessions/${id}`} order by r.register`.execute(db)
    expect(rows.map((row) => [row.register, row.lines.length])).toEqual([
      ['congress.agenda', 3],
      ['congress.session', 6],
    ])
    expect(
      rows[0]!.lines.map(({ fields }) => [fields.act, fields.votesFor ?? null, fields.effectiveOn ?? null]),
    ).toEqual([
      ['审议未通过', 3, null],
      ['审议讨论', null, null],
      ['审议通过', 5, '2026-08-01'],
    ])
    const docx = await ask(chair, 'GET', `/api/congress/sessions/${id}/minutes.docx`)
    expect([docx.status, docx.raw.subarray(0, 2).toString()]).toEqual([200, 'PK'])
    const html = String((await ask('刘洋', 'GET', `/api/congress/sessions/${id}/minutes`)).body).replaceAll(
      /<[^>]+>/g,
      '',
    )
    for (const words of [
      '应到6人，实到6人',
      '主持人（签字）',
      '记录人（签字）',
      '第二十条',
      '自2026年8月1日起施行',
      '发出6张，收回6张',
    ])
      expect(html).toContain(words)
    expect((await ask('孙丽', 'GET', `/api/congress/sessions/${id}/minutes`)).status).toBe(404)
  })

  test('a passed contract is signed, filed within ten days and in force fifteen days after receipt', async () => {
    const { items } = await arrangeSession([
      { title: '工资专项集体合同草案', duty: 'pass', category: '集体合同草案', agreement: 'wage' },
    ])
    const { body: vote } = await ask(chair, 'POST', `/api/congress/items/${items[0]}/votes`, {
      mode: 'paper',
      ...tellers(),
    })
    await decide(vote.id, count(vote.id, 6, 0))
    const due = async () =>
      (
        await sql<{
          kind: string
          due: string | null
        }>`select kind, due_on as due from kernel.todo where object_kind = 'congress-item' and object_id = ${items[0]} and done_at is null`.execute(
          db,
        )
      ).rows
    expect(await due()).toEqual([{ kind: 'congress.sign-agreement', due: null }])
    const follow = (edit: object, who: PersonName = chair) =>
      ask(who, 'PUT', `/api/congress/agreements/${items[0]}`, edit)
    expect((await follow({ signedOn: hall.today }, '周婷')).status).toBe(404)
    expect(await follow({ filedOn: hall.today })).toMatchObject({ status: 422, body: { code: 'agreement-order' } })
    expect(await follow({ signedOn: hall.today, expiresOn: '2030-06-30' })).toMatchObject({
      status: 422,
      body: { code: 'agreement-length' },
    })
    expect((await follow({ signedOn: hall.today, expiresOn: '2027-06-30' })).status).toBe(200)
    expect(await due()).toEqual([{ kind: 'congress.file-agreement', due: '2026-07-07' }])
    hall.today = '2026-07-20'
    const standing = async () =>
      (await ask(chair, 'GET', '/api/congress/agreements')).body.agreements.find(
        (one: { itemId: number }) => one.itemId === items[0],
      )
    expect(await standing()).toMatchObject({ standing: '报送已超期', fileBy: '2026-07-10' })
    await follow({ signedOn: '2026-06-30', expiresOn: '2027-06-30', filedOn: '2026-07-08', receivedOn: '2026-07-08' })
    expect(await due()).toEqual([])
    expect(await standing()).toMatchObject({ standing: '审查期内', inForceOn: '2026-07-23' })
    hall.today = '2026-07-23'
    expect(await standing()).toMatchObject({ standing: '已生效' })
    hall.today = '2026-06-30'
  })

  test('an election is by more than half of those due; a tie is voted again among the tied', async () => {
    const { id, items } = await arrangeSession([
      { title: '选举职工监事', duty: 'elect', seats: 1, candidateIds: [world.person('刘洋'), world.person('陈静')] },
    ])
    const call = () => ask(chair, 'POST', `/api/congress/items/${items[0]}/votes`, { mode: 'paper', ...tellers() })
    const sheet = (liu: number, chen: number) => ({
      issued: 6,
      returned: 6,
      valid: 6,
      invalid: 0,
      items: [
        { key: `p${world.person('刘洋')}`, yes: liu, no: 6 - liu, abstain: 0 },
        { key: `p${world.person('陈静')}`, yes: chen, no: 6 - chen, abstain: 0 },
      ],
    })
    expect(
      await ask(chair, 'POST', `/api/congress/sessions/${id}/items`, {
        title: '选举',
        duty: 'elect',
        seats: 3,
        candidateIds: [world.person('刘洋')],
      }),
    ).toMatchObject({ status: 422, body: { code: 'candidates-few' } })
    const { body: first } = await call()
    // Nobody reaches more than half: the seat stays empty and may be voted again.
    expect((await decide(first.id, sheet(3, 3))).body.verdict).toMatchObject({ outcome: 'short', elected: [] })
    expect(
      await ask(chair, 'POST', `/api/congress/items/${items[0]}/accept-shortfall`, { reason: '另定' }),
    ).toMatchObject({ status: 422, body: { code: 'nobody-elected' } })
    const { body: second } = await call()
    expect((await decide(second.id, sheet(4, 2))).body.verdict).toMatchObject({ outcome: 'elected' })
    const seen = (await ask(chair, 'GET', `/api/congress/sessions/${id}`)).body
    expect(seen.items[0]).toMatchObject({ outcome: 'elected', elected: ['刘洋'] })
    expect(seen.votes.map((one: { vote: { round: number } }) => one.vote.round)).toEqual([1, 2])
  })

  test('heads meet between sessions, pass nothing, and their decision waits for the next session', async () => {
    const { termId, id } = await arrangeSession([{ title: '工作报告', duty: 'hear' }])
    const delegates: { id: number; name: string }[] = (await ask(chair, 'GET', `/api/congress/terms/${termId}`)).body
      .delegates
    const of = (name: string) => delegates.find((one) => one.name === name)!.id
    const panel = (name: string, members: string[], head: string) =>
      ask(chair, 'POST', `/api/congress/terms/${termId}/panels`, {
        kind: 'delegation',
        name,
        delegateIds: members.map(of),
        headId: of(head),
      })
    expect(await panel('铸造代表团', ['张敏', '刘洋'], '李强')).toMatchObject({
      status: 422,
      body: { code: 'head-outside' },
    })
    await panel('铸造代表团', ['张敏', '刘洋', '陈静'], '张敏')
    await panel('装配代表团', ['李强', '杨帆', '赵磊'], '李强')
    const { body: joint } = await ask(chair, 'POST', '/api/congress/sessions', {
      termId,
      form: 'joint',
      startsOn: hall.today,
      endsOn: hall.today,
    })
    const at = `/api/congress/sessions/${joint.id}`
    expect(await ask(chair, 'POST', `${at}/items`, { title: '裁员方案', duty: 'pass' })).toMatchObject({
      status: 422,
      body: { code: 'joint-cannot-pass' },
    })
    const { body: item } = await ask(chair, 'POST', `${at}/items`, { title: '临时调整食堂供餐', duty: 'advise' })
    await ask(chair, 'POST', `${at}/open`)
    expect(
      (await ask(chair, 'GET', `${at}/attendance`)).body.attendance.map((one: { name: string }) => one.name).toSorted(),
    ).toEqual(['张敏', '李强'])
    await ask(chair, 'POST', `${at}/passages`, { personIds: [world.person('张敏'), world.person('李强')] })
    await ask(chair, 'POST', `/api/congress/items/${item.id}/conclude`, { words: '同意' })
    await ask(chair, 'POST', `/api/congress/items/${item.id}/resolution`, {
      title: '食堂供餐',
      words: '自七月起试行。',
      effectiveOn: hall.today,
    })
    await ask(chair, 'POST', `${at}/close`)
    expect((await ask(chair, 'GET', at)).body.resolutions[0]).toMatchObject({ standing: 'pending' })
    expect((await resolutionsInForce(db, world.unit('east'), '2027-01-01')).map((one) => one.itemId)).not.toContain(
      item.id,
    )
    const { body: confirming } = await ask(chair, 'POST', `/api/congress/sessions/${id}/items`, {
      title: '确认联席会议决定',
      duty: 'pass',
      confirmsId: item.id,
    })
    const { body: vote } = await ask(chair, 'POST', `/api/congress/items/${confirming.id}/votes`, {
      mode: 'hands',
      ...tellers(),
    })
    await decide(vote.id, count(vote.id, 6, 0))
    expect((await ask(chair, 'GET', at)).body.resolutions[0]).toMatchObject({
      standing: 'in-force',
      confirmedOn: hall.today,
    })
    const { rows } =
      await sql`select 1 from kernel.record where register = 'congress.meeting' and kept_by = ${`congress/sessions/${joint.id}`}`.execute(
        db,
      )
    expect(rows).toHaveLength(1)
  })
})
