import { sql } from 'kysely'
import { readMoney } from '../../../../kernel/importer/cells.ts'
import type { CheckContext, CommitContext, CommitOutcome, ImportKind } from '../../../../kernel/importer/kind.ts'
import { readPlainSheets } from '../../../../kernel/importer/plain-sheet.ts'
import { writeWorkbook } from '../../../../kernel/xlsx/write.ts'
import { openedBook } from '../opened-book.ts'
import { saveBases } from './bases.ts'
import { finderOf } from './pasted-list.ts'
import { readMember, readMonth, rosterOf, shiftWatch, WHO } from './roster.ts'

const HEADINGS = {
  ...WHO,
  month: ['起算月份', '月份', '生效月份'],
  base: ['缴费基数', '月工资', '月工资收入', '工资'],
  fixed: ['固定数额', '固定会费'],
} as const

interface Parsed {
  personId: number
  name: string
  staffNo: string | null
  month: string
  baseFen: number | null
  fixedFen: number | null
  title: string
}

/** 会费缴费基数: what each member's dues are counted from, from a month on. */
export const duesBaseImport: ImportKind = {
  kind: 'dues-bases',
  title: '会费缴费基数',
  measure: '人',
  needsYear: false,
  authorise: async (db, actor, unitId) => void (await openedBook(db, actor, unitId, 'funds.prepare')),
  check: async (context) => {
    const { known, find } = await before(context)
    const watch = shiftWatch()
    const seen = new Set<string>()
    const report = await readPlainSheets(context, HEADINGS, ['name', 'base'], (row) => {
      const money = readMoney(row.cell('base'))
      watch.look(row, money)
      const member = readMember(row, find)
      const month = readMonth(row)
      const baseFen = row.value('base', money) as number | null
      const fixedFen = row.value('fixed', readMoney(row.cell('fixed'))) as number | null
      if (!row.errors.length && (baseFen === null) === (fixedFen === null))
        row.wrong('base', '缴费基数和固定数额填一项：按工资交纳填基数，学徒等填固定数额。')
      if ((baseFen ?? 0) < 0) row.wrong('base', '缴费基数不能是负数。')
      if ((fixedFen ?? 0) < 0) row.wrong('fixed', '固定数额不能是负数。')
      if ((baseFen ?? 0) > 100_000_000) row.wrong('base', '月工资超过一百万元，请核对单位是不是元。')
      const key = `${member?.personId} ${month}`
      if (member && month && seen.has(key)) row.wrong('name', `${member.name} ${month} 在前面填过，请删去一行。`)
      seen.add(key)
      const parsed = { ...member, month, baseFen, fixedFen, title: month }
      const kept = known.get(key)
      if (!kept) return { status: 'new', parsed }
      return kept.baseFen === baseFen && kept.fixedFen === fixedFen ? { status: 'same' } : { status: 'update', parsed }
    })
    watch.refuse()
    return report
  },
  commit,
  template: (out) =>
    writeWorkbook(out, [
      {
        name: '缴费基数',
        columns: [
          { header: '工号', width: 14, prompt: '同名时必填。' },
          { header: '姓名', required: true, width: 12 },
          { header: '起算月份', required: true, width: 14, prompt: '例如 2026-01，从这个月起按新基数计算。' },
          {
            header: '缴费基数',
            kind: 'money',
            required: true,
            width: 16,
            prompt: '每月工资收入（元），不含奖金、津贴、补贴。',
          },
          { header: '固定数额', kind: 'money', width: 14, prompt: '不按工资交纳的（如学徒）填每月会费数，基数留空。' },
        ],
        rows: [{ style: 'sample', cells: ['Z1024', '（示例）陆文涛', '2026-01', 438_650, null] }],
      },
    ]),
}

async function before({ tx, actor, run }: CheckContext) {
  const book = await openedBook(tx, actor, run.unitId, 'funds.prepare')
  const { rows } = await sql<{ personId: number; month: string; baseFen: number | null; fixedFen: number | null }>`
    select person_id as "personId", to_char(valid_from, 'YYYY-MM') as month, base_fen as "baseFen", fixed_fen as "fixedFen"
    from funds.dues_base where book_id = ${book.id}`.execute(tx)
  return {
    find: finderOf(await rosterOf(tx, book, run.unitId)),
    known: new Map(rows.map((row) => [`${row.personId} ${row.month}`, row])),
  }
}

async function commit({ tx, actor, run, rows }: CommitContext): Promise<CommitOutcome> {
  const outcome = { created: 0, updated: 0, same: 0 }
  const byMonth = new Map<string, Parsed[]>()
  for await (const batch of rows(['new', 'update']))
    for (const row of batch) {
      const parsed = row.parsed as Parsed
      byMonth.set(parsed.month, [...(byMonth.get(parsed.month) ?? []), parsed])
      outcome[row.status === 'new' ? 'created' : 'updated']++
    }
  for (const [from, list] of byMonth)
    await saveBases(tx, actor, {
      unitId: run.unitId,
      from,
      source: run.fileName.slice(0, 200),
      rows: list.map(({ personId, baseFen, fixedFen }) => ({ personId, baseFen, fixedFen })),
    })
  return outcome
}
