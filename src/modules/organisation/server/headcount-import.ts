import { requirePermission } from '../../../kernel/access/access.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import { cleanText, readDate, readInteger, type Read } from '../../../kernel/importer/cells.ts'
import type {
  CheckContext,
  CheckReport,
  CommitContext,
  CommitOutcome,
  ImportKind,
  RowError,
  StagedRow,
} from '../../../kernel/importer/kind.ts'
import { cellText, type Cell, type Row } from '../../../kernel/xlsx/cell.ts'
import { openWorkbook } from '../../../kernel/xlsx/read.ts'
import { writeWorkbook } from '../../../kernel/xlsx/write.ts'
import { headcountsOf, saveHeadcounts, type HeadcountDraft } from './headcount.ts'
import { unitFinder, type FindUnit } from './unit-finder.ts'

const HEADERS = {
  unit: ['单位', '单位名称', '单位编号'],
  countedOn: ['统计日期', '日期', '截止日期'],
  staff: ['职工人数', '职工总数', '在职职工数', '职工数'],
  women: ['女职工人数', '女职工数', '其中女职工'],
  dispatched: ['劳务派遣人数', '派遣工人数', '劳务派遣'],
  employers: ['企事业单位数', '辖区企事业单位数', '企业数'],
  source: ['来源', '数据来源', '备注'],
} as const
type Column = keyof typeof HEADERS
const columns = Object.keys(HEADERS) as Column[]
type Places = Partial<Record<Column, number>>

/** Imports dated headcounts: a row is one unit's count on one day. */
export const headcountImport: ImportKind = {
  kind: 'headcounts',
  title: '职工人数',
  measure: '条',
  needsYear: false,
  authorise: (db, actor, unitId) => requirePermission(db, actor, 'organisation.write', unitId, 'organisation.read'),
  check,
  commit,
  template: (out) =>
    writeWorkbook(out, [
      {
        name: '职工人数',
        columns: [
          {
            header: '单位',
            required: true,
            width: 28,
            prompt: '组织机构中的名称或编号；不填则为导入时选定的单位。人数只算本单位，不含已单独填报的下级。',
          },
          { header: '统计日期', kind: 'date', required: true, width: 14 },
          { header: '职工人数', kind: 'integer', required: true, width: 12 },
          { header: '女职工人数', kind: 'integer', width: 12 },
          { header: '劳务派遣人数', kind: 'integer', width: 14 },
          { header: '企事业单位数', kind: 'integer', width: 14, prompt: '总工会、乡镇工会填写，用于计算建会率。' },
          { header: '来源', width: 24 },
        ],
        rows: [{ style: 'sample', cells: ['（示例）装配车间分工会', '2026-06-30', 120, 45, 8, null, '人力资源月报'] }],
      },
    ]),
}

function readPlaces(row: Row): Places | null {
  const places: Places = {}
  row.cells.forEach((cell, index) => {
    const header = cleanText(cell).replace(/[*\s]|[(（].*$/g, '')
    const column = columns.find((name) => (HEADERS[name] as readonly string[]).includes(header))
    if (column) places[column] ??= index
  })
  return places.staff !== undefined && places.countedOn !== undefined ? places : null
}

async function check({ tx, run, file, today, stage }: CheckContext): Promise<CheckReport> {
  const workbook = await openWorkbook(file)
  const findUnit = await unitFinder(tx, run.unitId)
  const seen = new Set<string>()
  const sheets = []
  const notices: string[] = []
  try {
    for (const sheet of workbook.sheets) {
      let places: Places | null = null
      let headers: string[] = []
      const staged: StagedRow[] = []
      for await (const row of sheet.rows()) {
        if (!places) {
          places = readPlaces(row)
          headers = Array.from(row.cells, (cell) => cellText(cell))
          continue
        }
        const original = headers.map((_, index) => cellText(row.cells[index]))
        if (!original.some((text) => text.trim()) || original[places.unit ?? 0]?.startsWith('（示例）')) continue
        const { draft, errors } = readRow(row, places, headers, findUnit, today)
        const key = `${draft.unitId}|${draft.countedOn}`
        if (!errors.length && seen.has(key))
          errors.push({ column: headers[places.countedOn!], message: '同一单位同一天已在前面填过，请删去一行。' })
        seen.add(key)
        if (errors.length) staged.push({ sheet: sheet.name, rowNo: row.rowNo, status: 'error', errors, original })
        else staged.push({ sheet: sheet.name, rowNo: row.rowNo, status: await statusOf(tx, draft), parsed: draft })
      }
      if (!places) notices.push(`工作表“${sheet.name}”没有“统计日期”和“职工人数”表头，未导入。`)
      else {
        sheets.push({ name: sheet.name, headers })
        await stage(staged)
      }
    }
  } finally {
    workbook.close()
  }
  if (!sheets.length)
    throw refused('headcount-no-sheet', '没有找到职工人数表：表头须有“统计日期”和“职工人数”。请使用模板。')
  return { sheets, notices }
}

function readRow(
  row: Row,
  places: Places,
  headers: string[],
  findUnit: FindUnit,
  today: string,
): { draft: HeadcountDraft; errors: RowError[] } {
  const errors: RowError[] = []
  const cell = (column: Column): Cell | undefined =>
    places[column] === undefined ? undefined : row.cells[places[column]]
  const wrong = (column: Column, message: string): void => {
    errors.push({ ...(places[column] !== undefined && { column: headers[places[column]]! }), message })
  }
  const value = (column: Column, read: Read, required: boolean): unknown => {
    if ('error' in read) wrong(column, read.error)
    else if (read.value === null && required) wrong(column, '请填写。')
    else return read.value
    return null
  }
  const count = (column: Column, required = false): number | null => {
    const number = value(column, readInteger(cell(column)), required) as number | null
    if (number !== null && number < 0) wrong(column, '人数不能为负，请核对。')
    return number
  }
  const unit = findUnit(cleanText(cell('unit')) || null)
  if (typeof unit === 'string') wrong('unit', unit)
  const countedOn = value('countedOn', readDate(cell('countedOn')), true) as string | null
  if (countedOn && countedOn > today) wrong('countedOn', '日期在今天之后，请核对。')
  const staff = count('staff', true)
  const women = count('women')
  if (staff !== null && women !== null && women > staff) wrong('women', '女职工人数多于职工人数，请核对。')
  return {
    draft: {
      unitId: typeof unit === 'number' ? unit : 0,
      countedOn: countedOn ?? '',
      staff: staff ?? 0,
      women,
      dispatched: count('dispatched'),
      employers: count('employers'),
      source: cleanText(cell('source')) || null,
    },
    errors,
  }
}

async function statusOf(tx: CheckContext['tx'], draft: HeadcountDraft): Promise<'new' | 'update' | 'same'> {
  const known = (await headcountsOf(tx, draft.unitId)).find((count) => count.countedOn === draft.countedOn)
  if (!known) return 'new'
  const same = (['staff', 'women', 'dispatched', 'employers', 'source'] as const).every(
    (field) => known[field] === draft[field],
  )
  return same ? 'same' : 'update'
}

async function commit({ tx, actor, rows }: CommitContext): Promise<CommitOutcome> {
  const outcome = { created: 0, updated: 0, same: 0 }
  for await (const batch of rows(['new', 'update'])) {
    await saveHeadcounts(
      tx,
      actor,
      batch.map((row) => row.parsed as HeadcountDraft),
    )
    for (const row of batch) outcome[row.status === 'new' ? 'created' : 'updated']++
  }
  return outcome
}
