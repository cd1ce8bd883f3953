import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { cellText, type Row } from '../../src/kernel/xlsx/cell.ts'
import { allRows, openWorkbook } from '../../src/kernel/xlsx/read.ts'
import { writeWorkbook } from '../../src/kernel/xlsx/write.ts'
import type { Visitor } from './browser.ts'
import { openUnion, year } from './union.ts'

const union = await openUnion()
const folder = mkdtempSync(path.join(os.tmpdir(), 'zhijia-ledger-'))

interface Sheet {
  name: string
  headers: string[]
  rows: string[][]
}

/** A workbook's sheets as text, as somebody sees them who opens it in an office program. */
async function read(file: string): Promise<Sheet[]> {
  const workbook = await openWorkbook(file)
  try {
    const sheets: Sheet[] = []
    for (const sheet of workbook.sheets) {
      const rows = (await allRows(sheet)).map((row: Row) => row.cells.map((cell) => cellText(cell)))
      const head = rows.findIndex((row) => row.filter(Boolean).length > 3)
      sheets.push({ name: sheet.name, headers: rows[head] ?? [], rows: rows.slice(head + 1) })
    }
    return sheets
  } finally {
    workbook.close()
  }
}

async function write(file: string, name: string, headers: string[], rows: string[][]): Promise<string> {
  const place = path.join(folder, file)
  await writeWorkbook(place, [{ name, columns: headers.map((header) => ({ header })), rows }])
  return place
}

async function upload(person: Visitor, file: string): Promise<void> {
  await person.open(`/imports?year=${year}`)
  await person.page.locator('input[type=file]').setInputFiles(file)
  await person.page.waitForURL(/\/imports\/\d+/)
}

test('a ledger with errors: the good rows go in, the bad ones come back with reasons, mended and uploaded again', async () => {
  const officer = await union.as('周婷')
  await officer.open('/imports?registers=care.visit')
  await officer.picture('import-start')
  const template = await officer.download(() => officer.press('下载模板'))
  expect(template.name).toMatch(/\.xlsx$/)
  const sheet = (await read(template.path)).find((one) => one.headers.includes('*慰问日期'))!
  expect(sheet.name).toBe('走访慰问登记簿')
  const at = (header: string): number => sheet.headers.findIndex((one) => one.replace('*', '') === header)
  const row = (cells: Record<string, string>): string[] => {
    const line = sheet.headers.map(() => '')
    for (const [header, text] of Object.entries(cells)) line[at(header)] = text
    return line
  }
  const visit = { 职工状况: '在职', 慰问事由: '住院', 当事人与职工关系: '本人', '慰问金（元）': '500' }

  // Filled as people fill: a date with points, a person nobody knows, an amount with letters, a 31st of February.
  const filled = await write('台账.xlsx', sheet.name, sheet.headers, [
    row({ ...visit, 慰问日期: `${year}.3.5`, 职工姓名: '刘洋', 单位: '铸造车间分工会' }),
    row({ ...visit, 慰问日期: `${year}-03-06`, 职工姓名: '杨帆', 单位: 'east-2' }),
    row({ ...visit, 慰问日期: `${year}-02-31`, 职工姓名: '陈静', 单位: 'east-1' }),
    row({ ...visit, 慰问日期: `${year}-03-08`, 职工姓名: '赵磊', 单位: 'east-2', '慰问金（元）': '五百' }),
  ])
  await upload(officer, filled)
  await officer.sees('2 行有错，还没有入库')
  await officer.sees('慰问日期：')
  await officer.sees('慰问金（元）：')
  await officer.picture('import-errors')
  const tab = (name: string) => officer.page.getByRole('tab', { name })
  await expect.poll(() => tab('新增').innerText()).toBe('新增 2')
  await expect.poll(() => tab('有错').innerText()).toBe('有错 2')
  expect(await officer.page.getByRole('button', { name: '全部入库' }).isDisabled()).toBe(true)
  await officer.press('只导入正确的行')
  await officer.sees(/新增 2/)
  await officer.picture('import-committed')

  const errors = await officer.download(() => officer.press('下载错误表'))
  const back = (await read(errors.path)).find((one) => one.rows.length)!
  expect(back.headers.slice(-2)).toEqual(['原行号', '错误原因'])
  expect(back.rows).toHaveLength(2)
  expect(back.rows.map((cells) => cells.at(-1))).toEqual([
    expect.stringMatching(/慰问日期】没有“.+-02-31”这一天/),
    expect.stringMatching(/慰问金（元）】“五百”不是金额/),
  ])

  // Mended in the very sheet that came back, and sent again together with a row that is in already.
  const mended = back.rows.map((cells) => cells.map((text) => (text === '五百' ? '500' : text)))
  mended[0]![back.headers.findIndex((header) => header.includes('慰问日期'))] = `${year}-02-28`
  const inAlready = back.headers.map((header) => {
    const place = at(header.replace('*', ''))
    return place < 0 ? '' : row({ ...visit, 慰问日期: `${year}-03-06`, 职工姓名: '杨帆', 单位: 'east-2' })[place]!
  })
  await upload(officer, await write('改好.xlsx', back.name, back.headers, [...mended, inAlready]))
  await officer.sees('全部行都通过检查，可以入库。')
  await expect.poll(() => tab('新增').innerText()).toBe('新增 2')
  await expect.poll(() => tab('相同').innerText()).toBe('相同 1')
  await officer.press('全部入库')
  await officer.sees(/新增 2/)

  // The counts say it: four visits, four people, nothing twice.
  await officer.open(`/registers/care.visit?year=${year}`)
  await officer.sees(/共 4 条/)
  await officer.picture('register-list')
  await officer.open(`/figures?year=${year}&q=慰问看望`)
  await officer.page.getByRole('button', { name: '慰问看望人次 4人次，查看依据' }).click()
  await officer.sees('赵磊')
  await officer.picture('figure')
})
