import { expect, test } from 'vitest'
import '../../../modules.ts'
import { motionsDesk } from './desk-for-tests.ts'

const { clock, ask, must, figures, unit, person } = await motionsDesk()
const body = '冷却水直接外排，补水量大，每月多耗三百吨。'
const suggest = async (who: '刘洋' | '陈静' | '杨帆', title: string): Promise<number> =>
  (
    await must(who, '/api/suggestions', {
      kind: 'suggestion',
      title,
      body,
      remedy: '加装回收管路',
      category: '节能降耗',
    })
  ).id

test('a suggestion is judged by a panel, graded, adopted, and what changed is told', async () => {
  const first = await suggest('刘洋', '改进冷却水回收装置')
  const other = await suggest('陈静', '合并两道检验工序')
  expect((await ask('陈静', 'GET', `/api/suggestions/${first}`)).status).toBe(404)
  expect((await ask('周婷', 'GET', `/api/suggestions/${first}`)).status).toBe(404)

  const judges = (['赵磊', '杨帆', '陈静'] as const).map((name, at) => ({
    personId: person(name),
    department: ['技术部', '财务部', '安全部'][at]!,
    role: at ? '成员' : '组长',
  }))
  const draft = {
    method: 'points',
    unitId: unit('east'),
    purpose: 'suggestion',
    title: '合理化建议评审小组',
    documentNo: '工字〔2026〕6号',
    formedOn: '2026-03-01',
    judges,
  }
  expect(
    (await ask('李强', 'POST', '/api/motion-panels', { ...draft, judges: judges.slice(1) })).body.fields,
  ).toHaveProperty('judges')
  expect(
    (await ask('李强', 'POST', '/api/motion-panels', { ...draft, judges: [...judges, judges[0]] })).body.code,
  ).toBe('judge-twice')
  expect((await ask('刘洋', 'POST', '/api/motion-panels', draft)).status).toBe(404)
  const { id: panel } = await must('李强', '/api/motion-panels', draft)
  expect(await figures('congress.review-panel.members', 'congress.review-panel.departments')).toEqual({
    'congress.review-panel.members': 3,
    'congress.review-panel.departments': 3,
  })
  await must('李强', `/api/motion-panels/${panel}/entries`, { suggestionIds: [first, other] })
  expect((await ask('李强', 'POST', `/api/motion-panels/${panel}/entries`, { motionIds: [first] })).body.code).toBe(
    'wrong-entry',
  )
  // A judge sees what is before the panel.
  expect((await ask('陈静', 'GET', `/api/suggestions/${first}`)).status).toBe(200)

  const { entries } = (await ask('赵磊', 'GET', `/api/motion-panels/${panel}`)).body
  const entryOf = (suggestionId: number): number =>
    entries.find((one: { suggestionId: number }) => one.suggestionId === suggestionId).id
  const score = (who: '赵磊' | '杨帆' | '陈静' | '刘洋', entry: number, points: number) =>
    ask(who, 'POST', `/api/motion-panels/${panel}/entries/${entry}/score`, { points })
  expect((await score('刘洋', entryOf(first), 90)).status).toBe(404)
  expect((await score('陈静', entryOf(other), 90)).body.code).toBe('own-entry')
  expect((await score('赵磊', entryOf(first), 101)).body.fields).toHaveProperty('points')
  expect((await score('赵磊', entryOf(first), 90)).status).toBe(200)
  const award = {
    awards: [
      { entryId: entryOf(first), award: '一等奖', rewardFen: 50_000 },
      { entryId: entryOf(other), award: null },
    ],
  }
  expect((await ask('李强', 'POST', `/api/motion-panels/${panel}/awards`, award)).body.code).toBe('scores-missing')
  expect((await score('杨帆', entryOf(first), 85)).status).toBe(200)
  expect((await score('陈静', entryOf(first), 86)).status).toBe(200)
  // While scores are given, a judge sees only one's own.
  expect((await ask('赵磊', 'GET', `/api/motion-panels/${panel}`)).body.entries[0]).toMatchObject({
    points: null,
    myPoints: 90,
  })
  expect((await ask('李强', 'GET', `/api/motion-panels/${panel}`)).body.entries[0]).toMatchObject({
    points: 261,
    scored: 3,
    meanHundredths: 8700,
  })
  expect((await ask('赵磊', 'POST', `/api/motion-panels/${panel}/awards`, award)).status).toBe(403)
  await must('李强', `/api/motion-panels/${panel}/awards`, award)
  expect((await score('赵磊', entryOf(other), 60)).body.code).toBe('panel-closed')
  expect(await figures('congress.suggestion.count', 'congress.suggestion.first')).toEqual({
    'congress.suggestion.count': 2,
    'congress.suggestion.first': 1,
  })

  expect((await ask('刘洋', 'POST', `/api/suggestions/${first}/decide`, { adopted: true })).status).toBe(403)
  expect((await ask('李强', 'POST', `/api/suggestions/${other}/decide`, { adopted: false })).body.code).toBe(
    'words-missing',
  )
  await must('李强', `/api/suggestions/${other}/decide`, { adopted: false, words: '工艺要求两道检验不能合并' })
  expect(
    (
      await ask('李强', 'POST', `/api/suggestions/${first}/change`, {
        changed: '二级水箱加装回收管路',
        changedOn: '2026-03-02',
      })
    ).body.code,
  ).toBe('not-now')
  await must('李强', `/api/suggestions/${first}/decide`, { adopted: true })
  expect(
    (
      await ask('李强', 'POST', `/api/suggestions/${first}/change`, {
        changed: '二级水箱加装回收管路',
        changedOn: '2026-09-02',
      })
    ).body.code,
  ).toBe('not-yet')
  clock.today = '2026-06-10'
  await must('李强', `/api/suggestions/${first}/change`, {
    changed: '二级水箱加装回收管路',
    changedOn: '2026-06-01',
    benefitFen: 3_600_000,
  })
  expect((await ask('刘洋', 'GET', `/api/suggestions/${first}`)).body).toMatchObject({
    state: 'implemented',
    grade: '一等奖',
    rewardFen: 50_000,
    changed: '二级水箱加装回收管路',
  })
  expect(
    await figures(
      'congress.suggestion.adoption-rate',
      'congress.suggestion.implemented',
      'congress.suggestion.benefit',
    ),
  ).toEqual({
    'congress.suggestion.adoption-rate': 5000,
    'congress.suggestion.implemented': 1,
    'congress.suggestion.benefit': 3_600_000,
  })
})

test('one’s own may be withdrawn while nobody decided, and counts no more', async () => {
  const id = await suggest('杨帆', '工具柜贴照片定置')
  expect((await ask('刘洋', 'POST', `/api/suggestions/${id}/withdraw`)).status).toBe(404)
  const before = (await figures('congress.suggestion.count'))['congress.suggestion.count']!
  await must('杨帆', `/api/suggestions/${id}/withdraw`)
  expect((await figures('congress.suggestion.count'))['congress.suggestion.count']).toBe(before - 1)
})

test('the best motions and the best organising unit are chosen by a panel and filed as awards', async () => {
  const paper = {
    kind: 'motion',
    title: '关于增设充电车棚的提案',
    body: '电动车无处充电。',
    unitId: unit('east'),
    moverId: person('刘洋'),
    source: 'paper',
    seconderIds: [person('陈静'), person('杨帆')],
    submit: true,
  }
  const { id: motion } = await must('李强', '/api/motions', paper)
  const { id: panel } = await must('李强', '/api/motion-panels', {
    method: 'points',
    unitId: unit('east'),
    purpose: 'motion',
    title: '六届三次职代会提案评审小组',
    formedOn: '2026-06-01',
    judges: (['赵磊', '杨帆', '陈静'] as const).map((name) => ({
      personId: person(name),
      department: '提案小组',
      role: '成员',
    })),
  })
  // Only what was filed may stand.
  expect((await ask('李强', 'POST', `/api/motion-panels/${panel}/entries`, { motionIds: [motion] })).body.code).toBe(
    'wrong-entry',
  )
  await must('李强', `/api/motions/${motion}/file`, { category: '生活后勤' })
  await must('李强', `/api/motion-panels/${panel}/entries`, { motionIds: [motion], unitIds: [unit('east-1')] })
  const { entries } = (await ask('李强', 'GET', `/api/motion-panels/${panel}`)).body
  const [best, organiser] = [
    entries.find((one: { motionId: number }) => one.motionId === motion),
    entries.find((one: { unitId: number }) => one.unitId === unit('east-1')),
  ]
  for (const who of ['赵磊', '杨帆'] as const)
    for (const entry of [best, organiser])
      await must(who, `/api/motion-panels/${panel}/entries/${entry.id}/score`, { points: 90 })
  expect(
    (
      await ask('李强', 'POST', `/api/motion-panels/${panel}/awards`, {
        awards: [{ entryId: best.id, award: '提案优秀组织单位' }],
      })
    ).body.code,
  ).toBe('wrong-award')
  await must('李强', `/api/motion-panels/${panel}/awards`, {
    awards: [
      { entryId: best.id, award: '最佳提案' },
      { entryId: organiser.id, award: '提案优秀组织单位' },
    ],
  })
  expect(
    await figures('congress.motion-award.best', 'congress.motion-award.organisers', 'congress.motion-award.awards'),
  ).toEqual({
    'congress.motion-award.best': 1,
    'congress.motion-award.organisers': 1,
    'congress.motion-award.awards': 2,
  })
})
