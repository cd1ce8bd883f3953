import { expect, test } from 'vitest'
import { axe, findings } from './axe.ts'
import { DESK, PHONE, settled, visitor, widthOf } from './browser.ts'
import { openUnion, today, year } from './union.ts'

const union = await openUnion()

async function arrange(): Promise<{ record: number; report: number }> {
  const draft = { happenedOn: today, fields: { status: '在职', occasion: '住院', relation: '本人', amount: 50_000 } }
  const record = await union.record('care.visit', 'east-1', { ...draft, personId: union.person('刘洋') })
  await union.record('care.visit', 'east-2', { ...draft, personId: union.person('杨帆') })
  const chair = await union.as('李强')
  const answer = await chair.page.request.post('/api/reports', {
    data: { unitId: union.unit('east'), year, genre: 'annual' },
    headers: { origin: union.url },
  })
  return { record, report: ((await answer.json()) as { id: number }).id }
}
const arranged = arrange()

for (const size of [DESK, PHONE])
  test(`no serious finding of axe on any main page at ${size.width} px`, async () => {
    const { record, report } = await arranged
    const stranger = await visitor(union.url, size)
    await stranger.page.addInitScript(axe)
    const all: string[] = []
    for (const address of ['/sign-in', '/activate']) {
      await stranger.open(address)
      await stranger.page.locator('h1').waitFor()
      all.push(...(await findings(stranger)))
    }
    const chair = await union.as('李强', size)
    await chair.page.addInitScript(axe)
    for (const address of [
      '/',
      '/todos',
      '/registers',
      '/registers/care.visit',
      '/registers/care.visit/new',
      `/records/${record}`,
      `/records/${record}/edit`,
      '/imports',
      '/figures',
      '/reports',
      `/reports/${report}`,
      '/members',
      `/members/${union.person('刘洋')}`,
      '/units',
      '/offices',
      '/access',
      '/rules',
      '/custom-registers',
      '/me',
    ]) {
      await chair.open(address)
      await chair.page.locator('main h1').first().waitFor()
      all.push(...(await findings(chair)))
      await chair.picture(`axe${address.replaceAll('/', '-')}`)
      // Nothing is cut off: no page is wider than its window.
      expect(await widthOf(chair.page), address).toBeLessThanOrEqual(size.width)
    }
    await chair.open(`/figures?year=${year}&metric=care.visit.times`)
    await chair.page.getByRole('dialog').getByText('杨帆').waitFor()
    all.push(...(await findings(chair)))
    expect(all).toEqual([])
  })

test('by keyboard alone: skip the menu, find a register, fill the form in its order, submit', async () => {
  const officer = await union.as('张敏')
  const { page } = officer
  const focused = (): Promise<string> =>
    page.locator('body').evaluate((body) => {
      const at = body.ownerDocument.activeElement
      return at.getAttribute('aria-label') ?? at.labels?.[0]?.innerText ?? at.innerText ?? ''
    })
  await officer.sees(/在登记簿目录点星标/)
  await settled(page)
  await page.keyboard.press('/')
  expect(await focused()).toBe('搜索登记簿、会员、单位')
  await page.keyboard.type('走访慰问')
  await page.getByRole('option', { name: /走访慰问登记簿/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/registers\/care\.visit/)
  await page.getByRole('link', { name: '新增' }).first().waitFor()

  // From the page's beginning, Tab comes to 新增 without a mouse.
  const tabTo = async (name: RegExp, most: number): Promise<void> => {
    for (let pressed = 0; pressed < most; pressed++) {
      await page.keyboard.press('Tab')
      if (name.test(await focused())) return
    }
    throw new Error(`${name} was not reached by ${most} presses of Tab`)
  }
  await tabTo(/^新增$/, 40)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/new/)
  await page.getByLabel('职工姓名').waitFor()
  await tabTo(/^职工姓名$/, 40)
  await page.keyboard.type('刘洋')
  await page.locator('.ant-select-item-option[title="刘洋"]').waitFor()
  await page.keyboard.press('Enter')
  for (const [label, answer] of [
    ['职工状况', '在职'],
    ['慰问事由', '住院'],
    ['当事人与职工关系', '本人'],
  ] as const) {
    await tabTo(new RegExp(`^${label}$`), 3)
    await page.keyboard.type(answer)
    await page.keyboard.press('Enter')
  }
  await tabTo(/^慰问金/, 12)
  await page.keyboard.type('300')
  await page.keyboard.press('Enter')
  await officer.sees('已登记，数字随之更新。')
  await officer.sees('300.00')
})
