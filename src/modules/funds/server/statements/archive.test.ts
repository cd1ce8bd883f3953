import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import yauzl from 'yauzl'
import { ZipFile } from 'yazl'
import { beforeAll, expect, test } from 'vitest'
import { operator } from '../../../../kernel/access/actor.ts'
import { linkFile } from '../../../../kernel/files/files.ts'
import { MEDIA } from '../../../../kernel/files/media.ts'
import { openStore } from '../../../../kernel/files/store.ts'
import { auditRoutes } from '../audit/audit-routes.ts'
import { bookDesk } from '../book-for-tests.ts'
import { createDraft, postVouchers, reviewVoucher } from '../journal/vouchers.ts'
import { checkArchive } from './check-archive.ts'
import { statementRoutes } from './statement-routes.ts'

const desk = await bookDesk([statementRoutes, auditRoutes], '2025-01-01', '2026-03-01')
const { ask } = desk
let archive: string
const receipt = Buffer.from('%PDF-1.4 发票')

beforeAll(async () => {
  archive = `/api/funds/books/${desk.book.id}/archive.zip?year=2025`
  await desk.post('2025-01-05', '102', '405', 500_000)
  const hash = createHash('sha256').update(receipt).digest('hex')
  mkdirSync(path.join(desk.dataDir, 'uploads'), { recursive: true })
  const put = async (file: string): Promise<void> => {
    writeFileSync(file, receipt)
    await openStore(desk.dataDir).put(hash, file)
  }
  await put(path.join(desk.dataDir, 'uploads', 'a'))
  await desk.db.transaction().execute(async (tx) => {
    const id = await createDraft(tx, desk.actor('会计'), desk.book, {
      onDate: '2025-02-06',
      summary: '春节慰问',
      attachments: 1,
      entries: [
        { account: '50105', debitFen: 80_000 },
        { account: '102', creditFen: 80_000 },
      ],
    })
    for (const [name, sha256] of [
      ['发票/一.pdf', hash],
      ['丢了.pdf', 'ab'.repeat(32)],
    ] as const)
      await linkFile(
        tx,
        operator(),
        {
          sha256,
          bytes: receipt.length,
          media: MEDIA.find((one) => one.type.includes('pdf'))!,
          name,
          objectKind: 'voucher',
          objectId: id,
        },
        { unitId: desk.book.unitId, title: '凭证' },
      )
    await reviewVoucher(tx, desk.actor('主管'), id)
    await postVouchers(tx, desk.actor('会计'), [id])
  })
  await desk.ownerPool.query(
    `with stated as (
      insert into funds.bank_statement (book_id, account_id, from_on, to_on, opening_fen, closing_fen, file_name, sha256, imported_by, imported_name)
      select $1, id, '2025-01-01', '2025-01-31', 0, 500000, '一月.csv', '\\x00', 0, '系统' from funds.account where code = '102' and book_id is null
      returning id, book_id, account_id)
     insert into funds.bank_line (statement_id, book_id, account_id, on_date, amount_fen, balance_fen, party, summary, reference)
     select id, book_id, account_id, '2025-01-06', 500000, 500000, '东风机械公司', '补助', 'r1' from stated`,
    [desk.book.id],
  )
  await desk.closeMonths(2025, 12)
  const planned = await ask('经审', 'POST', '/api/funds/audits', {
    unitId: desk.book.unitId,
    title: '2025 年度审查',
    kind: 'yearly',
    fromOn: '2025-01-01',
    toOn: '2025-12-31',
    startsOn: '2026-03-09',
    endsOn: '2026-03-13',
    lead: '王芳',
  })
  const at = `/api/funds/audits/${planned.body.id}`
  await ask('经审', 'POST', `${at}/notice`, { on: '2026-03-02' })
  await ask('经审', 'POST', `${at}/start`)
  await ask('经审', 'POST', `${at}/opinion`, { on: '2026-03-13', conclusion: '合规', opinion: '合规。' })
})

async function unpacked(bytes: Buffer): Promise<Map<string, Buffer>> {
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true, autoClose: false })
  const files = new Map<string, Buffer>()
  for await (const entry of zip.eachEntry())
    files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)))
  zip.close()
  return files
}
async function packed(files: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, bytes] of files) zip.addBuffer(bytes, name)
  zip.end()
  return buffer(zip.outputStream as NodeJS.ReadableStream)
}

test('the package holds vouchers, originals, reconciliations, notes and audit papers, each with how long it is kept', async () => {
  const { bytes } = await ask('会计', 'GET', archive)
  const files = await unpacked(bytes)
  const list = files.get('00-移交清单.csv')!.toString('utf8')
  for (const [name, kept] of [
    ['01-记账凭证/2025年记账凭证和分录.csv', '30年'],
    ['01-记账凭证/附件/记-02-001/1-发票_一.pdf', '30年'],
    ['02-会计账簿/2025年账簿.hledger', '30年'],
    ['03-财务报表/2025年03月报表.xlsx', '10年'],
    ['03-财务报表/2025年度报表.xlsx', '永久'],
    ['03-财务报表/2025年度财务报表附注.docx', '永久'],
    ['04-其他/2025年余额调节表-102.csv', '10年'],
    ['04-其他/固定资产卡片.csv', '固定资产处置后5年'],
  ] as const) {
    expect([name, files.has(name)]).toEqual([name, true])
    expect(list).toMatch(new RegExp(`${name.replaceAll('.', '\\.')},[^,]+,${kept},2026-01-01,`))
  }
  expect(
    [...files.keys()].filter((name) => name.startsWith('05-经费审查/')).map((name) => name.split('/').at(-1)),
  ).toEqual(['审计通知书.docx', '工作底稿.csv', '问题和整改.csv', '经费审查报告.docx'])
  expect(files.get('01-记账凭证/附件/记-02-001/1-发票_一.pdf')!.equals(receipt)).toBe(true)
  // What the store has lost is said, not hidden.
  expect(files.get('00-说明.txt')!.toString('utf8')).toContain('有 1 个附件在文件库中找不到')
  expect(files.get('04-其他/2025年余额调节表-102.csv')!.toString('utf8')).toContain('2025-01-31,差额,,,0.00')
})

test('checked by itself it is sound, and its seal is the one in the log', async () => {
  const { bytes } = await ask('会计', 'GET', archive)
  const found = await checkArchive(bytes)
  expect(found.faults).toEqual([])
  const { rows: posted } = await sql<{
    n: number
  }>`select count(*)::int as n from funds.voucher where state = 'posted'`.execute(desk.db)
  expect(found.vouchers).toBe(posted[0]!.n)
  const { rows } = await sql<{ seal: string }>`select detail ->> 'seal' as seal from kernel.audit
    where action = 'funds.archive' order by id desc limit 1`.execute(desk.db)
  expect(found.seal).toBe(rows[0]!.seal)
})

test('one byte changed, a file taken out or put in, a voucher’s words or its place: each is named', async () => {
  const { bytes } = await ask('会计', 'GET', archive)
  const files = await unpacked(bytes)
  const faultsOf = async (change: (copy: Map<string, Buffer>) => void): Promise<string[]> => {
    const copy = new Map(files)
    change(copy)
    return (await checkArchive(await packed(copy))).faults
  }
  const journal = '02-会计账簿/2025年账簿.hledger'
  expect(await faultsOf((copy) => copy.set(journal, Buffer.concat([files.get(journal)!, Buffer.from(' ')])))).toEqual([
    `${journal}：内容与装入时不一致，被改动过。`,
  ])
  expect(await faultsOf((copy) => copy.delete(journal))).toEqual([`${journal}：清单上有，包里没有。`])
  expect(await faultsOf((copy) => copy.set('多的.txt', Buffer.from('x')))).toEqual([
    '多的.txt：清单上没有，是后来放进去的。',
  ])
  // Somebody who also mends the list is found by the chain, and by the seal.
  const chain = '01-记账凭证/2025年凭证校验链.ndjson'
  const forged = Buffer.from(files.get(chain)!.toString('utf8').replace('春节慰问', '春节聚餐'))
  const mended = files
    .get('00-SHA256SUMS')!
    .toString('utf8')
    .replace(/^[0-9a-f]{64}(?= {2}01-记账凭证\/2025年凭证校验链)/m, createHash('sha256').update(forged).digest('hex'))
  const copy = new Map(files).set(chain, forged).set('00-SHA256SUMS', Buffer.from(mended))
  const found = await checkArchive(await packed(copy))
  expect(found.faults).toEqual(['记-02-001：校验码与内容不符。'])
  expect(found.seal).not.toBe((await checkArchive(bytes)).seal)
  await expect(checkArchive(Buffer.from('not a zip'))).rejects.toMatchObject({ code: 'no-archive' })
})

test('who may not export, or not see, gets no package', async () => {
  expect((await ask('出纳', 'GET', archive)).status).toBe(403)
  expect((await ask('外人', 'GET', archive)).status).toBe(404)
})
