import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { exceeding, subjectField } from '../register/draft.ts'
import type { Field, Register } from '../register/declaration.ts'
import type { StagedRow } from './kind.ts'
import type { SheetLayout } from './layout.ts'
import { groupRows, requiredMissing, type Group, type LedgerRow } from './ledger-read.ts'
import { personFinder, type Finder, type PeoplePort, type Someone } from './people.ts'

/** A record as it waits between check and commit: units known, persons known or named. */
export interface PendingLine {
  person?: Someone
  household?: Someone
  fields: Record<string, unknown>
}
export interface PendingRecord extends PendingLine {
  register: string
  unitId: number
  happenedOn: string
  endedOn: string | null
  title: string | null
  lines: PendingLine[]
  rowNo: number
}

export interface LedgerContext {
  tx: Tx
  rootId: number
  year: number
  port: PeoplePort
}

/** Judges one sheet: names resolved, rows grouped, records compared with what is kept. Group numbers go on from `firstGroup`. */
export async function judgeSheet(
  context: LedgerContext,
  sheet: string,
  layout: SheetLayout,
  rows: readonly LedgerRow[],
  firstGroup: number,
): Promise<StagedRow[]> {
  const { register } = layout
  const findUnit = await context.port.unitFinder(context.tx, context.rootId)
  const finder = await finderFor(context, register, rows)
  const pending: { group: Group; record: PendingRecord | null }[] = []
  for (const group of groupRows(layout, rows))
    pending.push({ group, record: resolveGroup(layout, group, findUnit, finder) })
  const known = await keptRecords(context, register)
  const staged: StagedRow[] = []
  pending.forEach(({ group, record }, at) => {
    const groupNo = firstGroup + at
    if (!record || group.rows.some((row) => row.errors.length)) {
      const faulty = group.rows.filter((row) => row.errors.length)
      for (const row of group.rows)
        staged.push({
          sheet,
          rowNo: row.rowNo,
          status: 'error',
          groupNo,
          original: row.original,
          errors: row.errors.length
            ? row.errors
            : [{ message: `同一条记录的第 ${faulty[0]?.rowNo} 行有错误，改正后请一并导入。` }],
        })
      return
    }
    const verdict = known.judge(record)
    group.rows.forEach((row, index) =>
      staged.push({
        sheet,
        rowNo: row.rowNo,
        groupNo,
        status: verdict.status,
        ...(index === 0 && verdict.status !== 'same' && { parsed: record }),
        ...(verdict.targetId && { targetId: verdict.targetId }),
      }),
    )
  })
  return staged.toSorted((one, other) => one.rowNo - other.rowNo)
}

const named = (fields: readonly Field[]): Field[] =>
  fields.filter((field) => field.kind === 'person' || field.kind === 'household')

async function finderFor(context: LedgerContext, register: Register, rows: readonly LedgerRow[]): Promise<Finder> {
  const names = new Set<string>()
  const numbers = new Set<string>()
  for (const row of rows) {
    for (const [level, fields] of [
      ['record', register.fields],
      ['line', register.lines?.fields ?? []],
    ] as const)
      for (const field of named(fields))
        if (row.values[level][field.id]) names.add(row.values[level][field.id] as string)
    for (const number of Object.values(row.numbers)) if (number) numbers.add(number)
  }
  return personFinder(context.tx, context.rootId, [...names], [...numbers])
}

function resolveGroup(
  layout: SheetLayout,
  group: Group,
  findUnit: (text: string | null) => number | string,
  finder: Finder,
): PendingRecord | null {
  const { register } = layout
  const first = group.rows[0]!
  const unitId = findUnit(first.unit)
  if (typeof unitId === 'string') {
    first.errors.push({ column: '单位', message: unitId })
    return null
  }
  const someone = (row: LedgerRow, field: Field, name: string, number: string | undefined): Someone | null => {
    const found = finder.find(name, number || null, unitId)
    if ('error' in found) {
      row.errors.push({ column: field.label, message: found.error })
      return null
    }
    if (field.memberOnly && !('id' in found && finder.isMember(found.id))) {
      row.errors.push({ column: field.label, message: `名册中没有“${name}”，这一列只能填会员；请先导入花名册。` })
      return null
    }
    return found
  }
  const resolve = (
    row: LedgerRow,
    fields: readonly Field[],
    values: Readonly<Record<string, unknown>>,
    numbers: Readonly<Record<string, string>>,
  ): PendingLine => {
    const out: PendingLine = { fields: {} }
    const subjects = { person: subjectField(fields, 'person'), household: subjectField(fields, 'household') }
    for (const field of fields) {
      const value = values[field.id]
      if (value === undefined) continue
      if (field.kind !== 'person' && field.kind !== 'household') {
        out.fields[field.id] = value
        continue
      }
      const found = someone(row, field, value as string, numbers[field.id])
      if (!found) continue
      if (field === subjects.person) out.person = found
      else if (field === subjects.household) out.household = found
      else out.fields[field.id] = found
    }
    return out
  }
  const tooLarge = (row: LedgerRow, fields: readonly Field[], values: Readonly<Record<string, unknown>>): void => {
    for (const { field, sentence } of exceeding(fields, values))
      row.errors.push({ column: field.label, message: sentence })
  }
  requiredMissing(first, layout, 'record', group.record)
  tooLarge(first, register.fields, group.record)
  const record = resolve(first, register.fields, group.record, group.recordNumbers)
  const lines: PendingLine[] = []
  const seen = new Map<string, number>()
  for (const row of register.lines ? group.rows : []) {
    // A record whose only row has no line cells has no lines.
    if (!Object.keys(row.values.line).length) {
      if (group.rows.length > 1) row.errors.push({ message: '这一行没有填写明细，请补齐或删去。' })
      continue
    }
    requiredMissing(row, layout, 'line', row.values.line)
    tooLarge(row, register.lines!.fields, row.values.line)
    const line = resolve(row, register.lines!.fields, row.values.line, row.numbers)
    const key = JSON.stringify(line)
    const before = seen.get(key)
    if (before && line.person) row.errors.push({ message: `与第 ${before} 行完全相同，疑为重复，请核对后删去一行。` })
    seen.set(key, row.rowNo)
    lines.push(line)
  }
  if (!first.date) return null
  return {
    register: register.id,
    unitId,
    happenedOn: first.date,
    endedOn: group.rows.find((row) => row.endDate)?.endDate ?? null,
    title: first.title,
    ...record,
    lines,
    rowNo: first.rowNo,
  }
}

export interface Verdict {
  status: 'new' | 'same' | 'update'
  targetId?: number
}

const idOf = (someone: Someone | undefined): number | string | null =>
  !someone ? null : 'id' in someone ? someone.id : someone.name
const sorted = (fields: Readonly<Record<string, unknown>>): unknown[] =>
  Object.entries(fields)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [
      name,
      typeof value === 'object'
        ? ((value as { id?: number; name: string }).id ?? (value as { name: string }).name)
        : value,
    ])
    .toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1))

/** What tells records apart: everything an officer wrote, nothing the program added. */
const contentOf = (record: Omit<PendingRecord, 'register' | 'rowNo'>): string =>
  JSON.stringify([
    record.unitId,
    record.happenedOn,
    record.endedOn,
    record.title,
    idOf(record.person),
    idOf(record.household),
    sorted(record.fields),
    record.lines
      .map((line) => JSON.stringify([idOf(line.person), idOf(line.household), sorted(line.fields)]))
      .toSorted(),
  ])

/**
 * Records of the register already kept for the year. A row like one of them is the same (as often as it is kept); a
 * titled record of the same unit and day with other content is an update of it.
 * @param taken records that answer for rows judged before
 */
export async function keptRecords(
  { tx, rootId, year }: Pick<LedgerContext, 'tx' | 'rootId' | 'year'>,
  register: Register,
  taken: readonly number[] = [],
): Promise<{ judge(record: PendingRecord): Verdict }> {
  const { rows } = await sql<{
    id: number
    unitId: number
    happenedOn: string
    endedOn: string | null
    title: string | null
    kept: boolean
    personId: number | null
    householdId: number | null
    headId: number | null
    fields: Record<string, unknown>
    lines: { person: number | null; head: number | null; fields: Record<string, unknown> }[] | null
  }>`
    select r.id, r.unit_id as "unitId", r.happened_on as "happenedOn", r.ended_on as "endedOn", r.title,
      r.kept_by is not null as kept, r.person_id as "personId", r.household_id as "householdId", h.head_id as "headId", r.fields,
      (select jsonb_agg(jsonb_build_object('person', l.person_id, 'head', lh.head_id, 'fields', l.fields) order by l.line_no)
       from kernel.record_line l left join kernel.household_name lh on lh.id = l.household_id where l.record_id = r.id) as lines
    from kernel.closure c join kernel.record r on r.unit_id = c.descendant_id
    left join kernel.household_name h on h.id = r.household_id
    where c.ancestor_id = ${rootId} and c.valid_to = 'infinity' and r.register = ${register.id} and r.state <> 'void'
      and r.happened_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date`.execute(tx)
  const some = (id: number | null): { person?: Someone } => (id === null ? {} : { person: { id, name: '' } })
  const same = new Map<string, number[]>()
  const titled = new Map<string, number[]>()
  for (const row of rows) {
    const content = contentOf({
      ...row,
      ...some(row.personId),
      ...(row.headId !== null && { household: { id: row.headId, name: '' } }),
      lines: (row.lines ?? []).map((line) => ({
        ...some(line.person),
        ...(line.head !== null && { household: { id: line.head, name: '' } }),
        fields: line.fields,
      })),
    })
    same.set(content, [...(same.get(content) ?? []), row.id])
    // What a process keeps is corrected there, never by a sheet.
    if (row.kept) continue
    const key = JSON.stringify([row.unitId, row.happenedOn, row.title])
    titled.set(key, [...(titled.get(key) ?? []), row.id])
  }
  const used = new Set(taken)
  return {
    judge(record) {
      const twin = same.get(contentOf(record))?.find((id) => !used.has(id))
      if (twin) {
        used.add(twin)
        return { status: 'same', targetId: twin }
      }
      const candidates =
        register.titleLabel && register.lines
          ? (titled.get(JSON.stringify([record.unitId, record.happenedOn, record.title])) ?? [])
          : []
      if (candidates.length === 1 && !used.has(candidates[0]!)) {
        used.add(candidates[0]!)
        return { status: 'update', targetId: candidates[0]! }
      }
      return { status: 'new' }
    },
  }
}
