import { expect, test } from 'vitest'
import { DESK, PHONE, settled, widthOf } from './browser.ts'
import { openUnion, today, year } from './union.ts'

const union = await openUnion()
await union.appoint('杨帆', 'east', 'vice-chair')
await union.admit('刘洋')

test('two people forget what is past its term; a paper is opened with a reason that its person reads; and who may not', async () => {
  // A visit of long ago that nothing keeps, with what was noted of it.
  const { rows: visits } = await union.ownerPool.query<{ id: number }>(
    `insert into care.event (unit_id, person_id, status, occasion, relation, happened_on, known_on, place, note, state, visited_on, reported_by)
     values ($1, $2, '在职', '住院', '本人', $3, $3, '县医院 3 床', '手术后', 'visited', $3, 1) returning id`,
    [union.unit('east-1'), union.person('刘洋'), `${year - 5}-05-01`],
  )
  const chair = await union.as('李强')
  await chair.open('/privacy/clean-up')
  await chair.sees('到期 1 件')
  await chair.picture('clean-up-due')
  await chair.press('提出清理')
  await chair.sees(/走访照片和情况说明 1 件/)
  await chair.page
    .getByRole('dialog')
    .getByRole('button', { name: /^提\s?出$/ })
    .click()
  await chair.sees('等待另一位负责人核对确认')
  // Whoever proposed can only take it back.
  await expect.poll(() => chair.page.getByRole('button', { name: '确认清理' }).count()).toBe(0)

  const deputy = await union.as('杨帆', PHONE)
  await deputy.open('/privacy/clean-up')
  await deputy.sees(/李强于 .* 提出清理 1 件/)
  await deputy.picture('clean-up-confirm')
  expect(await widthOf(deputy.page)).toBeLessThanOrEqual(390)
  await deputy.press('确认清理')
  await deputy.page.getByRole('dialog').getByRole('button', { name: '确认清理' }).click()
  await deputy.sees(/杨帆确认，清理 1 件/)
  const { rows: kept } = await union.ownerPool.query(`select occasion, place, note from care.event where id = $1`, [
    visits[0]!.id,
  ])
  expect(kept).toEqual([{ occasion: '住院', place: null, note: null }])

  // The branch has no such office: the page says so, and shows nothing of what is due.
  const branch = await union.as('张敏')
  await branch.open('/privacy/clean-up')
  await branch.page
    .getByText(/没有找到|不存在|不能查看/)
    .first()
    .waitFor()
  await expect.poll(() => branch.page.getByText('保存期限').count()).toBe(0)

  // A paper about 刘洋 in a shut ledger: opened with a reason, which he reads.
  const injury = await union.record('care.injury', 'east-1', {
    personId: union.person('刘洋'),
    happenedOn: today,
    fields: { stage: '结案' },
  })
  await chair.open(`/records/${injury}`)
  await chair.page.getByRole('tab', { name: '附件' }).click()
  await chair.page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: '诊断书.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 a diagnosis') })
  await deputy.page.setViewportSize(DESK)
  await expect.poll(() => chair.page.getByText('诊断书.pdf').count()).toBeGreaterThan(0)
  await deputy.open(`/records/${injury}`)
  await deputy.page.getByRole('tab', { name: '附件' }).click()
  await deputy.press('诊断书.pdf')
  await deputy.page.getByLabel('查看原因').fill('核')
  await expect.poll(() => deputy.page.getByRole('button', { name: /^打\s?开$/ }).isDisabled()).toBe(true)
  await deputy.page.getByLabel('查看原因').fill('核对工伤认定的诊断')
  await deputy.picture('opening-reason')
  await deputy.page.getByRole('button', { name: /^打\s?开$/ }).click()
  await deputy.page.getByLabel('查看原因').waitFor({ state: 'detached' })

  const member = await union.as('刘洋', PHONE)
  await member.open('/privacy/mine')
  await member.sees('核对工伤认定的诊断')
  await member.sees(/杨帆（/)
  await settled(member.page)
  await member.picture('mine-looks')
  expect(await widthOf(member.page)).toBeLessThanOrEqual(390)
})
