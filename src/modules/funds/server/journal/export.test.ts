import { sql } from 'kysely'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../../kernel/access/access.ts'
import { operator } from '../../../../kernel/access/actor.ts'
import { testDatabase } from '../../../../kernel/testing/database.ts'
import { smallWorld } from '../../../../kernel/testing/world.ts'
import module from '../../module.ts'
import { balances } from './balances.ts'
import { openBook, type Book } from './books.ts'
import { addAccount } from './chart.ts'
import { closeMonth } from './closing.ts'
import { csvJournal, hledgerJournal } from './export.ts'
import { saveOpening } from './opening.ts'
import { postInBook } from './post.ts'
import { verifyBook } from './verify.ts'

declarePermissions([...module.permissions])
const { db, ownerPool } = await testDatabase()
const actor = operator()
let book: Book

const hledger = ((): string | null => {
  try {
    return execFileSync('hledger', ['--version'], { encoding: 'utf8' })
  } catch {
    return null
  }
})()

/** What people write: what begins a comment, ends an account, breaks a line, is a tag, is no letter at all. */
const awkward = [
  '慰问；半角;分号 ; kind:假',
  '两个  空格  与\t制表',
  '换行\n    资产:101 库存现金  CNY 9,999.00\r\n再换行',
  '收款人 | 备注',
  '🎉 春节慰问 👨‍👩‍👧',
  '=1+1',
  '"引号" 与, 逗号 与: 冒号',
  '(记-01-001) * !',
]

beforeAll(async () => {
  const world = await smallWorld(ownerPool)
  await db.transaction().execute(async (tx) => {
    // Opened in the middle of a year: what the old book had moved until April comes in as turnover.
    book = await openBook(tx, actor, { unitId: world.unit('east'), openedOn: '2025-05-01' })
    await addAccount(tx, actor, book, { parent: '135', code: '13501', name: '张;某  : 借款' })
    await saveOpening(tx, actor, book, [
      { account: '102', balanceFen: 500_000, debitFen: 300_000, creditFen: 120_000 },
      { account: '401', creditFen: 300_000, closingFen: 300_000 },
      { account: '50105', debitFen: 120_000, closingFen: -120_000 },
      { account: '32205', balanceFen: -500_000 },
      { account: '32203', closingFen: -180_000 },
    ])
    for (const [index, summary] of awkward.entries())
      await postInBook(tx, actor, book, {
        onDate: `2025-05-${String(28 - index).padStart(2, '0')}`,
        summary,
        attachments: 1,
        entries: [
          { account: index % 2 ? '50105' : '13501', debitFen: 12_345 + index, counterparty: summary, summary },
          { account: '102', creditFen: 12_345 + index, summary },
        ],
      })
    await closeMonth(tx, actor, book, 2025, 5)
    await postInBook(tx, actor, book, {
      onDate: '2025-06-02',
      kind: 'correction',
      summary: '退回多付款',
      attachments: 1,
      entries: [
        { account: '50105', debitFen: -345 },
        { account: '102', debitFen: 345 },
      ],
    })
  })
})

async function collect(lines: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const line of lines) text += line
  return text
}

const notEmpty = (rows: [string, number][]): Map<string, number> => new Map(rows.filter(([, fen]) => fen !== 0))

// Without hledger there is nobody to ask; .ci/run installs it.
test.skipIf(!hledger)('hledger checks the export strictly and finds our balances and turnovers', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'hledger-')), 'book.hledger')
  writeFileSync(file, await collect(hledgerJournal(db, book, 2025)))
  const run = (...words: string[]): string => execFileSync('hledger', ['-f', file, ...words], { encoding: 'utf8' })
  run('check', '-s', 'ordereddates')
  const balance = (...query: string[]): Map<string, number> =>
    new Map(
      run('bal', '-N', '--flat', '-O', 'csv', ...query)
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => {
          const [, code, amount] = /^"[^:]+:(\d+) .*","CNY (-?[\d,]+\.\d\d)"$/.exec(line) ?? []
          return [code!, Number(amount!.replaceAll(/[,.]/g, ''))]
        }),
    )
  for (const closings of ['all', 'without'] as const) {
    const ours = await balances(db, book.id, '2025-12-31', closings)
    const query = closings === 'all' ? [] : ['not:tag:kind=期末结转', 'not:tag:kind=年末结转']
    expect(balance(...query)).toEqual(notEmpty(ours.map((one) => [one.code, one.balanceFen])))
    expect(balance('tag:side=d', ...query)).toEqual(notEmpty(ours.map((one) => [one.code, one.debitFen])))
    expect(balance('tag:side=c', ...query)).toEqual(notEmpty(ours.map((one) => [one.code, -one.creditFen])))
  }
})

test('nothing that somebody writes begins a comment, a posting or a transaction', async () => {
  const text = await collect(hledgerJournal(db, book, 2025))
  const { rows } = await sql<{ vouchers: number; lines: number }>`
    select count(distinct v.id)::int as vouchers, count(*)::int as lines
    from funds.voucher v join funds.entry e on e.voucher_id = v.id where v.book_id = ${book.id}`.execute(db)
  expect(text.match(/^\d{4}-\d{2}-\d{2} \* \(记-/gm)).toHaveLength(rows[0]!.vouchers)
  expect(text.split('\n').filter((line) => /^ {4}\S/.test(line) && line.includes('; side:')).length).toBe(
    rows[0]!.lines + 4 + 3,
  )
  expect(text).toContain('慰问；半角；分号 ； kind:假  ; kind:业务')
  expect(text).toContain('🎉 春节慰问 👨‍👩‍👧')
})

test('the CSV keeps every text as written and no cell is a formula', async () => {
  const text = await collect(csvJournal(db, book, 2025))
  expect(text.startsWith('\ufeff日期,凭证号,')).toBe(true)
  expect(text).toContain(`'=1+1`)
  expect(text).toContain('"""引号"" 与, 逗号 与: 冒号"')
  expect(text).toContain(',-3.45,')
})

test('a book opened in the middle of a year is sound and its year complete', async () => {
  expect((await verifyBook(db, book.id)).faults).toEqual([])
  const rows = await balances(db, book.id, '2025-06-30', 'without')
  expect(rows.find((row) => row.code === '401')).toMatchObject({ openingFen: 0, creditFen: 300_000 })
})

/** As somebody who owns the database and switches its guards off. */
async function withoutGuards(work: () => Promise<unknown>): Promise<void> {
  const guards = (verb: string): Promise<unknown> =>
    ownerPool.query(
      ['voucher', 'entry', 'invoice'].map((name) => `alter table funds.${name} ${verb} trigger user`).join(';'),
    )
  await guards('disable')
  try {
    await work()
  } finally {
    await guards('enable')
  }
}

test.each([
  ['an amount', `update funds.entry set debit_fen = debit_fen + 1 where line = 1 and voucher_id = $1`],
  ['one character of a summary', `update funds.voucher set summary = summary || '。' where id = $1`],
  ['a date', `update funds.voucher set on_date = on_date - 1 where id = $1`],
  ['who reviewed', `update funds.voucher set reviewed_name = '某人' where id = $1`],
])('%s changed behind the database’s back is found, and the voucher named', async (_, statement) => {
  const client = await ownerPool.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query<{ id: number; no: number }>(
      `select id, no from funds.voucher where book_id = $1 and kind = 'business' order by seq offset 3 limit 1`,
      [book.id],
    )
    await expect(client.query('savepoint s').then(() => client.query(statement, [rows[0]!.id]))).rejects.toMatchObject({
      code: 'ZJ002',
    })
    await client.query('rollback to s')
    await client.query('rollback')
    await withoutGuards(() => client.query(statement, [rows[0]!.id]))
    const { faults } = await verifyBook(db, book.id)
    expect(faults[0]).toContain(`记-05-${String(rows[0]!.no).padStart(3, '0')} 号凭证`)
    expect(faults[0]).toContain('被改动过')
    const undo = statement
      .replace('debit_fen + 1', 'debit_fen - 1')
      .replace(`summary || '。'`, `rtrim(summary, '。')`)
      .replace('on_date - 1', 'on_date + 1')
      .replace(`'某人'`, `'命令行操作员'`)
    await withoutGuards(() => client.query(undo, [rows[0]!.id]))
    expect((await verifyBook(db, book.id)).faults).toEqual([])
  } finally {
    client.release()
  }
})

test('a voucher deleted behind the database’s back breaks the chain', async () => {
  await withoutGuards(() =>
    ownerPool.query(
      `with gone as (select id from funds.voucher where book_id = $1 order by seq offset 2 limit 1),
        lines as (delete from funds.entry where voucher_id in (select id from gone)),
        bills as (delete from funds.invoice where voucher_id in (select id from gone))
      delete from funds.voucher where id in (select id from gone)`,
      [book.id],
    ),
  )
  const { faults } = await verifyBook(db, book.id)
  expect(faults.some((fault) => fault.includes('链断开'))).toBe(true)
  expect(faults.some((fault) => fault.includes('凭证号不连续'))).toBe(true)
})
