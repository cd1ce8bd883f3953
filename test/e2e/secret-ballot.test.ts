import { expect, test } from 'vitest'
import { openKeys } from '../../src/kernel/crypto/keys.ts'
import { operator } from '../../src/kernel/access/actor.ts'
import { hashToken, newToken } from '../../src/modules/accounts/server/sessions.ts'
import { toText } from '../../src/modules/ballots/format/bytes.ts'
import { nodePrimitives } from '../../src/modules/ballots/format/primitives-node.ts'
import { scrutineerScalar } from '../../src/modules/ballots/format/scrutineer.ts'
import { phoneFor, type PaperGiven } from '../../src/modules/ballots/secret/phone.ts'
import { addMember } from '../../src/modules/members/public.ts'
import { axe, findings } from './axe.ts'
import { DESK, PHONE, visitor, widthOf, type Visitor } from './browser.ts'
import { openUnion, today, year } from './union.ts'

const union = await openUnion()
const more = ['孙丽', '郑浩', '何平', '吴刚', '钱进', '冯涛', '褚宁', '卫东'] as const
/** Somebody's session, made beside the sign-in page: fifteen passwords would take their time. */
const sessions = new Map<string, string>()
const personIds = new Map<string, number>()

/** Eight more members, and a session for everybody. */
async function arrange(): Promise<void> {
  await union.db.transaction().execute(async (tx) => {
    for (const [at, name] of more.entries()) {
      const member = { name, gender: 'm', staffNo: `E3${at}`, unitId: union.unit('east-2'), joinedOn: '2020-01-01' }
      personIds.set(
        name,
        await addMember(tx, operator('端到端测试'), openKeys(union.dataDir), { ...member, gender: 'm' }, today),
      )
    }
  })
  await union.admit('刘洋', '杨帆', '赵磊', '陈静')
  for (const name of ['李强', '周婷', '张敏', '刘洋', '陈静', '赵磊'] as const) personIds.set(name, union.person(name))
  for (const [name, personId] of personIds) {
    const token = newToken()
    sessions.set(name, token)
    await union.ownerPool.query(
      `with known as (select id from accounts.account where person_id = $1),
       made as (insert into accounts.account (login, name, person_id, state, created_by)
         select 'v' || $1::bigint, $2::text, $1, 'active', 0 where not exists (select from known) returning id)
       insert into accounts.session (token_hash, account_id, method, awaits_factor, second_factor_at, office_id, idle_seconds, expires_at, ip, user_agent)
       select $3, id, 'password', false, now(), (select o.id from accounts.office o where o.account_id = a.id limit 1),
         86400, now() + interval '1 day', '127.0.0.1', 'e2e' from (select id from known union all select id from made) a`,
      [personId, name, hashToken(token)],
    )
  }
}

/** Asks the server as somebody, without a browser. */
async function ask<Answer = any>(name: string, method: string, address: string, body?: object): Promise<Answer> {
  const answer = await fetch(union.url + address, {
    method,
    headers: { cookie: `zhijia=${sessions.get(name)}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${name} ${method} ${address}: ${answer.status} ${text.slice(0, 300)}`)
  return (text ? JSON.parse(text) : null) as Answer
}

/** A by-election with three candidates for two seats, convened; its sitting, race and address. */
async function convened(): Promise<{ id: number; sitting: number; race: number }> {
  const { id } = await ask('李强', 'POST', '/api/elections', {
    unitId: union.unit('east'),
    kind: 'fill',
    heldOn: today,
    reason: '两名委员调离',
    races: [{ post: 'member', seats: 2 }],
  })
  await ask('李强', 'POST', `/api/elections/${id}/submit`)
  await ask('李强', 'POST', `/api/elections/${id}/plan-answer`, { verb: '同意', document: `清工发〔${year}〕3号` })
  const shown = await ask('李强', 'GET', `/api/elections/${id}`)
  const [race, sitting] = [shown.races[0].id, shown.sittings[0].id]
  for (const name of ['钱进', '冯涛', '褚宁']) {
    await ask('李强', 'POST', `/api/races/${race}/candidates`, { personId: personIds.get(name) })
    await ask('李强', 'PUT', `/api/races/${race}/candidates/${personIds.get(name)}`, { relation: 'none' })
  }
  // 杨帆 has the vote but isn't a delegate of this assembly: he may not.
  await ask('李强', 'POST', `/api/sittings/${sitting}/roll`, { personIds: [...personIds.values()] })
  await ask('李强', 'PUT', `/api/sittings/${sitting}/tellers`, {
    tellers: ['张敏', '周婷', '赵磊'].map((name, at) => ({
      personId: personIds.get(name),
      duty: at ? '计票人' : '总监票人',
    })),
  })
  const on = new Date(Date.parse(`${today}T00:00:00Z`) - 30 * 86_400_000).toISOString().slice(0, 10)
  await ask('李强', 'POST', `/api/elections/${id}/publicity`, { on })
  await ask('李强', 'POST', `/api/elections/${id}/convene`)
  await ask('李强', 'POST', `/api/sittings/${sitting}/present`, { personIds: [...personIds.values()], present: true })
  return { id, sitting, race }
}

/** A browser of somebody with the session made above, watched by axe. */
async function enter(name: string, size = DESK): Promise<Visitor> {
  const person = await visitor(union.url, size)
  await person.page.context().addCookies([{ name: 'zhijia', value: sessions.get(name)!, url: union.url }])
  await person.page.addInitScript(axe)
  return person
}

/** The digits on the hall's screen this minute. */
const codeNow = async (vote: number): Promise<string> => (await ask('周婷', 'GET', `/api/votes/${vote}/hall`)).code

/** Presses a deed of the page and confirms it in the dialog that opens. */
async function deed(person: Visitor, name: string): Promise<void> {
  await person.press(name)
  const dialog = person.page.getByRole('dialog').filter({ visible: true }).last()
  await dialog.getByRole('button', { name, exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
}

const faults: string[] = []
async function looked(person: Visitor, name: string): Promise<void> {
  await person.picture(name)
  faults.push(...(await findings(person)))
}

/** Makes the key of a scrutineer and gives the code on the key sheet. */
async function makesKey(teller: Visitor): Promise<string> {
  await teller.open('/scrutiny')
  await teller.press('生成我的密钥')
  const code = (await teller.page.locator('.booth-recovery').innerText()).trim()
  await teller.page.getByLabel('已经抄好，并会保管到结果公布').check()
  await teller.press('用这把密钥锁票箱')
  await teller.sees('密钥已生成')
  return code
}

/** The phone's way from «我的投票» to the receipt, with a line that breaks at the worst moment. */
async function votesByPhone(voter: Visitor, vote: number): Promise<string> {
  await voter.open('/my-votes')
  await looked(voter, 'my-votes')
  await voter.press('领票投票')
  await voter.page.getByText('恢复码（领票后要换手机才用得到）').click()
  const recovery = (await voter.page.locator('.booth-recovery').innerText()).trim()
  await voter.page.getByLabel(/^会场码/).fill('000 000')
  await voter.press('领票')
  await voter.sees(/会场码不对或已过期/)
  await looked(voter, 'booth-draw')
  await voter.page.getByLabel(/^会场码/).fill(await codeNow(vote))
  await voter.page.keyboard.press('Enter')
  await voter.sees('刘洋的选票')
  // Marked by keyboard alone.
  const marks = voter.page.getByRole('group')
  for (const [at, presses] of [0, 0, 1].entries()) {
    await marks.nth(at).getByRole('radio').first().focus()
    await voter.page.keyboard.press('Space')
    for (let press = 0; press < presses; press++) await voter.page.keyboard.press('ArrowRight')
  }
  await voter.sees(/已选 2 人/)
  await looked(voter, 'booth-marks')
  await voter.press('填好了')
  await voter.sees('请再看一遍')
  await voter.picture('booth-review')
  // The ballot arrives, the answer doesn't.
  await voter.page.route('**/cast', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await voter.press('投票')
  await voter.sees(/没有收到票箱的回执/)
  await voter.page.unroute('**/cast')
  await voter.page.reload()
  await voter.sees('上次没有收到回执，请再投一次')
  await voter.press('投票')
  await voter.sees('已投票')
  await looked(voter, 'booth-receipt')
  expect(await widthOf(voter.page)).toBeLessThanOrEqual(390)
  return recovery
}

test('an election’s secret round: from the keys to the published result, by phone, kiosk and paper', async () => {
  await arrange()
  const { id, sitting, race } = await convened()
  const chair = await enter('李强')
  await chair.open(`/elections/${id}?tab=sittings`)
  await chair.page.getByRole('button', { name: '选举大会投票方式' }).click()
  await chair.page.getByLabel('会场内无记名电子投票').check()
  await chair.picture('ballot-mode')
  await chair.page
    .getByRole('dialog')
    .getByRole('button', { name: /确\s?定/ })
    .click()
  await chair.sees('投票方式：会场内无记名电子投票，也可领纸质票。')
  await chair.press('准备选票')
  await chair.sees('电子票箱')
  const vote = (await ask('李强', 'GET', `/api/elections/${id}`)).ballots[0].vote.id as number

  const supervisor = await enter('张敏', PHONE)
  const clerk = await enter('周婷')
  await makesKey(supervisor)
  await looked(supervisor, 'scrutiny')
  const sheet = await makesKey(clerk)
  // Two keys open the box: without a third in reserve nothing is handed out.
  await expect(ask('李强', 'POST', `/api/sittings/${sitting}/issue`)).rejects.toThrow('scrutineers-missing')
  const third = scrutineerScalar(nodePrimitives, nodePrimitives.random(16), vote)
  await ask('赵磊', 'PUT', `/api/votes/${vote}/secret/key`, { publicKey: toText(nodePrimitives.publicOf(third)) })
  await deed(chair, '开始发票')

  await chair.open(`/votes/${vote}/hall`)
  const shown = chair.page.locator('.digits')
  await shown.waitFor()
  await looked(chair, 'hall')
  expect(await shown.innerText()).toMatch(/\d{6}/)
  const voter = await union.as('刘洋', PHONE)
  await voter.page.addInitScript(axe)
  const recovery = await votesByPhone(voter, vote)

  // The same paper on another device: found again by its code, and not counted twice.
  const tablet = await enter('刘洋', PHONE)
  await tablet.open(`/votes/${vote}/booth`)
  await tablet.page.getByLabel(/输入领票时抄下的恢复码/).fill(recovery)
  await tablet.press('找回选票')
  for (const group of [0, 1, 2]) await tablet.page.getByRole('group').nth(group).getByText('弃权').click()
  await tablet.press('填好了')
  await tablet.press('投票')
  await tablet.sees('这张选票已经投出')

  // Somebody without an account, by the code on a slip.
  const { slips } = await ask('李强', 'POST', `/api/votes/${vote}/voter-codes`, { personIds: [personIds.get('吴刚')] })
  const stranger = await visitor(union.url, PHONE)
  await stranger.page.addInitScript(axe)
  await stranger.open(`/votes/${vote}/code`)
  await stranger.page.getByLabel(/^发给您本人的领票码/).fill(slips[0].code)
  await looked(stranger, 'code')
  await stranger.press('下一步')
  await stranger.page.getByLabel(/^会场码/).fill(await codeNow(vote))
  await stranger.press('领票')
  await stranger.page.getByRole('group').first().getByText('赞成', { exact: true }).click()
  await stranger.press('没选的 2 项都弃权')
  await stranger.press('填好了')
  await stranger.press('投票')
  await stranger.sees('已投票')

  // Who isn't on the roll has no vote and hears of none.
  const outsider = await union.as('杨帆', PHONE)
  await outsider.open('/my-votes')
  await outsider.sees('现在没有要您投的票')
  await outsider.open(`/votes/${vote}/booth`)
  await outsider.sees('没有找到这一页')

  // The station: one person on paper, one at the kiosk.
  await clerk.open(`/votes/${vote}/station`)
  for (const [name, way] of [
    ['陈静', '会场纸质票'],
    ['卫东', '投票机'],
  ]) {
    await clerk.page.getByLabel('姓名或工号').fill(name!)
    await clerk.press('查找')
    await clerk.page.getByRole('button', { name: `${way}：${name}` }).click()
    if (name === '陈静') await looked(clerk, 'station')
    const dialog = clerk.page.getByRole('dialog').filter({ visible: true }).last()
    await dialog.getByRole('button', { name: '登记', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
  await expect(
    ask('陈静', 'POST', `/api/votes/${vote}/draw`, {
      code: '',
      papers: phoneFor(await ask<PaperGiven>('陈静', 'GET', `/api/votes/${vote}/paper`)).request,
    }),
  ).rejects.toThrow('paper-elsewhere')
  await chair.open(`/votes/${vote}/slips`)
  await chair.type('张数', '6')
  await chair.press('生成领票条')
  const slip = (await chair.page.getByRole('list', { name: '领票条' }).locator('b').nth(3).innerText()).trim()
  await chair.picture('slips')
  await clerk.open(`/votes/${vote}/kiosk`)
  await clerk.page.getByLabel('领票条上的十个字母和数字').fill(slip)
  await clerk.press('领票')
  await clerk.page.getByRole('group').first().getByText('不赞成').click()
  await clerk.press('没选的 2 项都弃权')
  await clerk.press('填好了')
  await clerk.press('投票')
  await clerk.sees('已投票')
  await clerk.page.getByRole('img', { name: /回执的二维码/ }).waitFor()
  const receipt = JSON.parse(await clerk.page.locator('code', { hasText: 'receipt' }).innerText()) as Record<
    string,
    string
  >
  await looked(clerk, 'kiosk')
  await clerk.press('清屏，下一位')
  await expect.poll(() => clerk.page.getByLabel('领票条上的十个字母和数字').inputValue()).toBe('')
  expect(await clerk.page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('zhijia-paper')

  // Everybody else, from phones without a screen.
  const code = await codeNow(vote)
  for (const name of personIds.keys()) {
    if (['刘洋', '陈静', '卫东', '何平', '吴刚'].includes(name)) continue
    const phone = phoneFor(await ask<PaperGiven>(name, 'GET', `/api/votes/${vote}/paper`))
    const { papers } = await ask(name, 'POST', `/api/votes/${vote}/draw`, { code, papers: phone.request })
    const cast = await phone.cast(papers[0].answer, { marks: name === '孙丽' ? 'aoa' : 'aao', names: [] })
    expect(cast.status).toBe(200)
  }

  await chair.open(`/votes/${vote}`)
  await chair.sees(/未领票 1 人/)
  await chair.picture('box-open')
  await deed(chair, '关闭票箱')
  await chair.sees('已关箱，待开箱')
  const paper = (yes: number[]) => ({
    issued: 1,
    returned: 1,
    valid: 1,
    items: ['钱进', '冯涛', '褚宁'].map((name, at) => ({
      key: `p${personIds.get(name)}`,
      yes: yes[at],
      no: 1 - yes[at]!,
    })),
  })
  for (const teller of ['张敏', '周婷']) await ask(teller, 'PUT', `/api/votes/${vote}/counts/main`, paper([1, 1, 0]))
  await supervisor.open('/scrutiny')
  await supervisor.press('用本机的密钥开箱')
  await supervisor.sees('我已开箱')
  await clerk.open('/scrutiny')
  await clerk.press('改用密钥单')
  await clerk.page.getByLabel(/密钥单上的 26 个字母和数字/).fill(sheet.toLowerCase())
  await looked(clerk, 'scrutiny-open')
  await clerk.press('开箱')
  await clerk.sees('我已开箱')
  await chair.open(`/votes/${vote}`)
  await deed(chair, '开箱计票并公布')
  await chair.sees('公布的票和结果')

  await voter.open(`/votes/${vote}/publication`)
  await voter.press('查我的票有没有计入')
  await voter.sees('您的票在公布的票里，已经计入。')
  await voter.press('看这张票写了什么')
  await voter.sees('褚宁：不赞成')
  await voter.press('核对我的领票记录')
  await voter.sees(/您用手机领了电子票/)
  await voter.press('在本机重新核对')
  await voter.sees(/核对无误：12 张电子票/)
  await looked(voter, 'publication')
  expect(await widthOf(voter.page)).toBeLessThanOrEqual(390)
  // What the kiosk printed, scanned with a phone that never voted.
  await clerk.open(`/votes/${vote}/publication#receipt=${receipt['eid']}.${receipt['id']}.${receipt['receipt']}`)
  await clerk.sees(/已读入扫到的回执/)
  await clerk.press('查我的票有没有计入')
  await clerk.sees('您的票在公布的票里，已经计入。')
  const zip = await voter.download(() => voter.press('下载全部文件'))
  expect(zip.name).toBe(`ballots-${vote}.zip`)

  await ask('李强', 'POST', `/api/races/${race}/close`)
  await chair.open(`/elections/${id}?tab=results`)
  await chair.sees('选举成功')
  await chair.sees(/当选：\s*冯涛、钱进/)
  await chair.picture('secret-result')
  expect(faults).toEqual([])
}, 400_000)
