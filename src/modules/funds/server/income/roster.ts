import { sql } from 'kysely'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { refused } from '../../../../kernel/contract/problem.ts'
import { cleanText, type Read } from '../../../../kernel/importer/cells.ts'
import type { PlainRow } from '../../../../kernel/importer/plain-sheet.ts'
import type { Book } from '../journal/books.ts'
import type { Candidate, Find } from './pasted-list.ts'

/** Who may stand on a list of dues: everybody who belongs or belonged to the unit asked about. */
export async function rosterOf(db: Db | Tx, book: Book, unitId: number): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select distinct p.id as "personId", p.name, p.staff_no as "staffNo"
    from members.membership m join organisation.unit u on u.id = m.unit_id join members.person p on p.id = m.person_id
    where u.layer_id = ${book.unitId} and p.merged_into is null
      ${
        unitId === book.unitId
          ? sql``
          : sql`and m.unit_id in (select descendant_id from kernel.closure
              where ancestor_id = ${unitId} and valid_from <= current_date and valid_to > current_date)`
      }`.execute(db)
  return rows
}

/** Headings of the two columns that say who is meant. */
export const WHO = {
  staffNo: ['工号', '职工编号', '职工号', '人员编号'],
  name: ['姓名', '会员姓名', '职工姓名'],
} as const

/** Finds the member of a row; notes at the cell why there is none. */
export function readMember(row: PlainRow<'staffNo' | 'name'>, find: Find): Candidate | null {
  const [staffNo, name] = [
    row.text('staffNo').replaceAll(/\s/g, ''),
    row.text('name').replaceAll(/\s+(?=\p{Script=Han})/gu, ''),
  ]
  if (!staffNo && !name) return row.wrong('name', '请填写工号或姓名。')
  if (/^[-¥￥\d.,]+$/.test(name)) return row.wrong('name', `“${name}”不是姓名，请核对是否填错了列。`)
  const found = find([staffNo, name].filter(Boolean).join(' '))
  if (typeof found === 'string') return row.wrong(staffNo ? 'staffNo' : 'name', `${found}。`)
  return name && found.name !== name
    ? row.wrong('name', `工号 ${staffNo} 是${found.name}，不是“${name}”，请核对。`)
    : found
}

/** `2026-03` out of 2026-03, 2026年3月, 202603, 2026-03-01 or a date cell. */
export function readMonth(row: PlainRow<'month'>): string | null {
  const cell = row.cell('month')
  const text = cell?.kind === 'date' ? cell.date : cleanText(cell).replaceAll(/\s/g, '')
  if (!text) return row.wrong('month', '请填写月份。')
  const parts = /^(20\d{2})(?:[-./年])?(0?[1-9]|1[0-2])(?:月|[-./月]\d{1,2}日?)?$/.exec(text)
  return parts
    ? `${parts[1]}-${parts[2]!.padStart(2, '0')}`
    : row.wrong('month', `“${text}”不是月份，请按 2026-03 的样式填写。`)
}

/**
 * Counts rows whose columns stand beside where they belong. A list of which half is so was pasted one column over, and
 * is refused as a whole: nobody mends ten thousand cells.
 */
export function shiftWatch(): { look(row: PlainRow<'staffNo' | 'name'>, money: Read): void; refuse(): void } {
  let [rows, shifted] = [0, 0]
  return {
    look(row, money) {
      rows++
      const name = row.text('name')
      if (/^[-¥￥\d.,]+$/.test(name) || (/\p{Script=Han}/u.test(row.text('staffNo')) && 'error' in money)) shifted++
    },
    refuse() {
      if (rows && shifted * 2 >= rows)
        throw refused(
          'columns-shifted',
          `${rows} 行里有 ${shifted} 行的姓名、工号或金额不在自己的列里，像是整列错位了。请对齐表头和各列后重新上传，什么也没有写入。`,
        )
    },
  }
}
