import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { buildApp } from '../../../kernel/http/app.ts'
import { importRoutes } from '../../../kernel/importer/routes.ts'
import type { PersonName } from '../../../kernel/testing/world.ts'
import { writeWorkbook } from '../../../kernel/xlsx/write.ts'
import { delegateImport } from './delegate-import.ts'
import { chair, openHall } from './desk-for-tests.ts'

const { ask, db, hall, termDraft, world } = await openHall()
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-delegates-'))
const app = await buildApp(
  {
    db,
    today: () => hall.today,
    config: { dataDir, publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
  },
  async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName) : null),
  [importRoutes([delegateImport])],
)
afterAll(async () => {
  await app.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const headers = ['大会', '选举单位', '姓名', '工号', '人员类别', '当选日期', '得票数', '劳务派遣']
type Cells = (string | number)[]
async function workbook(rows: readonly Cells[]): Promise<Buffer> {
  const file = path.join(dataDir, `${crypto.randomUUID()}.xlsx`)
  await writeWorkbook(file, [{ name: '代表', columns: headers.map((header) => ({ header })), rows }])
  return readFileSync(file)
}
const boundary = 'zhijia-test'
async function send(who: PersonName, method: 'GET' | 'POST', url: string, file?: Buffer | object) {
  const fields = { kind: 'delegates', unitId: world.unit('east') }
  const answer = await app.inject({
    method,
    url,
    headers: {
      cookie: `as=${encodeURIComponent(who)}`,
      ...(file instanceof Buffer && { 'content-type': `multipart/form-data; boundary=${boundary}` }),
    },
    ...(file && !(file instanceof Buffer) && { payload: file }),
    ...(file instanceof Buffer && {
      payload: Buffer.concat([
        ...Object.entries(fields).map(([name, value]) =>
          Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
        ),
        Buffer.from(
          `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="delegates.xlsx"\r\ncontent-type: application/octet-stream\r\n\r\n`,
        ),
        file,
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ]),
    }),
  })
  return { status: answer.statusCode, body: answer.json() }
}

test('delegates come from a workbook: wrong rows say why, right ones are seated, a second time changes nothing', async () => {
  const { body: term } = await ask(chair, 'POST', '/api/congress/terms', termDraft())
  await ask(chair, 'PUT', `/api/congress/terms/${term.id}/constituencies`, {
    constituencies: [
      { name: '铸造车间', people: 60, seats: 2 },
      { name: '装配车间', people: 60, seats: 5 },
    ],
  })
  const row = (unit: string, name: string, more: Partial<Record<number, string | number>> = {}): Cells =>
    ['职工代表大会', unit, name, '', '一线职工', '2024-01-08', 41, '否'].map((cell, at) => more[at] ?? cell)
  const good = [row('铸造车间', '刘洋'), row('铸造车间', '陈静', { 7: '是' }), row('装配车间', '杨帆', { 3: 'E201' })]
  const wrong = [
    row('铸造车间', '张敏'),
    row('精密车间', '赵磊'),
    row('装配车间', '查无此人'),
    row('装配车间', '李强', { 4: '贵宾' }),
    row('装配车间', '赵磊', { 5: '2030-01-01' }),
    row('装配车间', '杨帆'),
  ]
  expect((await send('周婷', 'POST', '/api/imports', await workbook(good))).status).toBe(404)
  const preview = await send(chair, 'POST', '/api/imports', await workbook([...good, ...wrong]))
  expect(preview.status).toBeLessThan(300)
  const errors = await send(chair, 'GET', `/api/imports/${preview.body.id}/rows?status=error`)
  const said = JSON.stringify(errors.body)
  for (const words of [
    '超出这个选举单位的名额',
    '没有选举单位“精密车间”',
    '没有“查无此人”',
    '请填：',
    '日期在今天之后',
    '前面已经填过这个人',
  ])
    expect(said).toContain(words)

  const right = await send(chair, 'POST', '/api/imports', await workbook(good))
  expect((await send(chair, 'POST', `/api/imports/${right.body.id}/commit`, { mode: 'good' })).body.sentence).toContain(
    '新增 3',
  )
  const { body } = await ask(chair, 'GET', `/api/congress/terms/${term.id}`)
  expect(
    body.delegates.map((one: { name: string; constituency: string; dispatched: boolean; votes: number }) => [
      one.name,
      one.constituency,
      one.dispatched,
      one.votes,
    ]),
  ).toEqual([
    ['刘洋', '铸造车间', false, 41],
    ['陈静', '铸造车间', true, 41],
    ['杨帆', '装配车间', false, 41],
  ])
  const again = await send(chair, 'POST', '/api/imports', await workbook(good))
  expect(again.body.counts).toMatchObject({ new: 0, same: 3, error: 0 })
})
