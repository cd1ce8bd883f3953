import type { Writable } from 'node:stream'
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Db } from '../db/database.ts'
import { columnsOf, type LedgerColumn } from '../importer/layout.ts'
import { columnSpecs } from '../importer/ledger-template.ts'
import type { Field, Register } from '../register/declaration.ts'
import { subjectField } from '../register/draft.ts'
import { listCondition, type ListFilter } from '../register/list.ts'
import { sheetNameOf, writeWorkbook, type Value } from '../xlsx/write.ts'
import { writeCsv } from './csv.ts'

interface Exported {
  id: number
  happenedOn: string
  endedOn: string | null
  unitName: string
  title: string | null
  person: string | null
  staffNo: string | null
  head: string | null
  fields: Record<string, unknown>
  lines:
    | { person: string | null; staffNo: string | null; head: string | null; fields: Record<string, unknown> }[]
    | null
}

export interface ExportNote {
  reason: string
  /** Shows fields marked sensitive as they are; asked for with a reason and audited. */
  unmasked: boolean
  at: string
  /** An Excel workbook by default. */
  format?: 'xlsx' | 'csv'
}

const batch = 2000

/**
 * Writes what the list shows in the layout of the import sheet, so that it can be mended and imported again. Streams by
 * the list's own order; memory does not grow with the rows. The last line says who exported it, when and why.
 * @returns how many records were written
 */
export async function writeRegisterExport(
  db: Db,
  actor: Actor,
  register: Register,
  filter: ListFilter,
  note: ExportNote,
  out: string | Writable,
): Promise<number> {
  const columns = columnsOf(register)
  let records = 0
  const pageAfter = async (last: Exported | undefined): Promise<Exported[]> =>
    (
      await sql<Exported>`
        select r.id, r.happened_on as "happenedOn", r.ended_on as "endedOn", u.name as "unitName", r.title, p.name as person,
          p.staff_no as "staffNo", h.head_name as head, r.fields,
          (select jsonb_agg(jsonb_build_object('person', lp.name, 'staffNo', lp.staff_no, 'head', lh.head_name, 'fields', l.fields) order by l.line_no)
           from kernel.record_line l left join kernel.person_name lp on lp.id = l.person_id
           left join kernel.household_name lh on lh.id = l.household_id where l.record_id = r.id) as lines
        from kernel.record r join kernel.unit_name u on u.id = r.unit_id
        left join kernel.person_name p on p.id = r.person_id left join kernel.household_name h on h.id = r.household_id
        where ${listCondition(actor, register, filter)}
          ${last ? sql`and (r.happened_on, r.id) < (${last.happenedOn}::date, ${last.id}::bigint)` : sql``}
        order by r.happened_on desc, r.id desc limit ${batch}`.execute(db)
    ).rows
  async function* rows(): AsyncGenerator<readonly Value[]> {
    for (let page = await pageAfter(undefined); ;) {
      // The database reads the next page while this one is being written.
      const next = page.length < batch ? null : pageAfter(page.at(-1))
      next?.catch(() => {})
      for (const record of page) {
        records += 1
        for (const line of record.lines ?? [null])
          yield columns.map((column) => cellOf(register, column, record, line, note.unmasked))
      }
      if (!next) return
      page = await next
    }
  }
  const footer = (): string[] => [
    `※ ${actor.name}（${actor.office}）于 ${note.at} 导出，共 ${records} 条；用途：${note.reason || '未填写，敏感内容已遮盖'}。含个人信息，请妥善保管，用后销毁。`,
  ]
  if (note.format === 'csv') await writeCsv(out, columnSpecs(register), rows(), footer)
  else
    await writeWorkbook(out, [
      { name: sheetNameOf(register.title), columns: columnSpecs(register), filter: true, rows: rows(), footer },
    ])
  return records
}

function cellOf(
  register: Register,
  column: LedgerColumn,
  record: Exported,
  line: NonNullable<Exported['lines']>[number] | null,
  unmasked: boolean,
): Value {
  if (column.role === 'unit') return record.unitName
  if (column.role === 'date') return record.happenedOn
  if (column.role === 'endDate') return record.endedOn
  if (column.role === 'title') return record.title
  if (column.role !== 'field' && column.role !== 'number') return null
  const source = column.level === 'line' ? line : record
  if (!source) return null
  const { field } = column
  const siblings = column.level === 'line' ? (register.lines?.fields ?? []) : register.fields
  const isSubject = subjectField(siblings, field.kind === 'household' ? 'household' : 'person') === field
  if (column.role === 'number') return isSubject && field.kind === 'person' ? source.staffNo : null
  if (isSubject && field.kind === 'person') return source.person
  if (isSubject && field.kind === 'household') return source.head
  return shown(field, source.fields[field.id], unmasked)
}

function shown(field: Field, value: unknown, unmasked: boolean): Value {
  if (value === undefined || value === null) return null
  if (field.sensitive && !unmasked) return '＊＊＊'
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'object') return String((value as { name?: unknown }).name ?? '')
  return value as Value
}
