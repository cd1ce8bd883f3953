import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { defineCommand, required, UsageError, wholeNumber } from '../kernel/cli/command.ts'
import { refused } from '../kernel/contract/problem.ts'
import { csvJournal, hledgerJournal, requireBook } from '../modules/funds/public.ts'
import { unitByCode } from '../modules/organisation/public.ts'

export default defineCommand({
  summary: '导出一个工会一年的账簿（hledger 账本或 CSV）',
  usage: '--unit 编码 --year 年份 --format hledger|csv --out 文件',
  help: '导出的 hledger 账本可用 hledger -f 文件 check -s ordereddates 检查，hledger -f 文件 bal 与本系统的科目余额表一致。',
  options: {
    unit: { type: 'string' },
    year: { type: 'string' },
    format: { type: 'string' },
    out: { type: 'string' },
  },
  async run(desk, given) {
    const code = required(given, 'unit')
    const year = wholeNumber('year', required(given, 'year'), 1949, 2100)
    const out = required(given, 'out')
    const format = given.format ?? 'hledger'
    if (format !== 'hledger' && format !== 'csv') throw new UsageError('--format 是 hledger 或 csv。')
    const { services } = await desk.open()
    const unit = await unitByCode(services.db, code)
    if (!unit) throw refused('unit-unknown', `没有编码为 ${code} 的单位。`)
    const book = await requireBook(services.db, unit.id)
    const text = format === 'hledger' ? hledgerJournal : csvJournal
    // One moment of the book, even while somebody posts.
    await services.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((tx) => pipeline(Readable.from(text(tx, book, year)), createWriteStream(out)))
    desk.print(`已导出 ${book.unitName} ${year} 年账簿：${out}`)
  },
})
