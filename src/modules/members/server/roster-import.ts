import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Keys } from '../../../kernel/crypto/keys.ts'
import type {
  CheckContext,
  CheckReport,
  CommitContext,
  CommitOutcome,
  ImportKind,
  RowError,
  SheetLayout,
  StagedRow,
  StoredRow,
} from '../../../kernel/importer/kind.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import { cellText, type Row } from '../../../kernel/xlsx/cell.ts'
import { openWorkbook, type Sheet } from '../../../kernel/xlsx/read.ts'
import { enrol } from './enrol.ts'
import { matchPeople, type Known } from './roster-match.ts'
import { readHeader, readRow, type Layout, type RosterRow } from './roster-read.ts'
import { freeze, thaw, type FrozenRow } from './roster-row.ts'
import { writeRosterTemplate } from './roster-template.ts'
import { unitFinder, type FindUnit } from '../../organisation/public.ts'
import { applyUpdates, differences } from './roster-update.ts'

const BATCH = 4000

/** Imports the roster of members. Reads streaming, checks and writes by the batch, keeps numbers sealed from the first step. */
export const rosterImport = (keys: Keys): ImportKind => ({
  kind: 'members',
  title: '会员花名册',
  measure: '人',
  needsYear: false,
  authorise: (db, actor, unitId) => requirePermission(db, actor, 'members.import', unitId, 'organisation.read'),
  check: (context) => check(keys, context),
  commit: (context) => commit(context),
  template: (out) => writeRosterTemplate(out),
})

/** Seen so far in the workbook: what must not come twice, and where it came first. */
type Seen = Map<string, string>

async function check(keys: Keys, context: CheckContext): Promise<CheckReport> {
  const workbook = await openWorkbook(context.file)
  const findUnit = await unitFinder(context.tx, context.run.unitId)
  const seen: Seen = new Map()
  const sheets: SheetLayout[] = []
  const notices: string[] = []
  try {
    for (const sheet of workbook.sheets) {
      if (sheet.hidden) notices.push(`工作表“${sheet.name}”是隐藏的，未导入；如需导入请先取消隐藏。`)
      else {
        const layout = await readSheet(
          sheet,
          context,
          (lines, layout) => judge(keys, context, { sheet: sheet.name, layout, lines, findUnit, seen }),
          notices,
        )
        if (layout) sheets.push({ name: sheet.name, headers: layout.headers })
      }
    }
  } finally {
    workbook.close()
  }
  if (!sheets.length)
    throw refused('roster-no-sheet', '没有找到花名册：表头须有“姓名”一列和至少一列其他内容。请使用模板，或核对表头。')
  return { sheets, notices }
}

interface Line {
  row: RosterRow
  original: Row
}

/** Streams one sheet in batches; null when it holds no roster. */
async function readSheet(
  sheet: Sheet,
  context: CheckContext,
  take: (lines: Line[], layout: Layout) => Promise<void>,
  notices: string[],
): Promise<Layout | null> {
  let layout: Layout | null = null
  let before = 0
  let formulas = 0
  let lines: Line[] = []
  let taken = Promise.resolve()
  try {
    for await (const row of sheet.rows()) {
      if (!layout) {
        layout = readHeader(row)
        if (!layout && ++before >= 30) break
        continue
      }
      const found = layout
      if (!Object.values(found.places).some((place) => cellText(row.cells[place]).trim())) continue
      // The template's sample is left in more often than it is taken out.
      if (cellText(row.cells[found.places.name!]).startsWith('（示例）')) continue
      if (row.cells.some((cell) => cell?.formula)) formulas++
      lines.push({ row: readRow(row, layout, context.today), original: row })
      if (lines.length >= BATCH) {
        // The database looks at one batch while the next is being unpacked.
        await taken
        taken = take(lines, layout)
        taken.catch(() => {})
        lines = []
      }
    }
  } finally {
    // Nothing may still be written when the transaction ends, however it ends.
    await taken.catch(() => {})
  }
  await taken
  if (!layout) {
    notices.push(`工作表“${sheet.name}”没有“姓名”表头，未导入。`)
    return null
  }
  if (lines.length) await take(lines, layout)
  if (layout.unknown.length) notices.push(`工作表“${sheet.name}”中不认识的列未导入：${layout.unknown.join('、')}。`)
  if (sheet.merges.some((range) => range.fromRow !== range.toRow))
    notices.push(`工作表“${sheet.name}”有合并单元格，只有左上角一格有内容；被合并的其余行请逐行填写。`)
  if (formulas) notices.push(`工作表“${sheet.name}”有 ${formulas} 行含公式，按表格上次算出的值导入。`)
  return layout
}

interface Batch {
  sheet: string
  layout: Layout
  lines: readonly Line[]
  findUnit: FindUnit
  seen: Seen
}

async function judge(
  keys: Keys,
  { tx, run, stage }: CheckContext,
  { sheet, layout, lines, findUnit, seen }: Batch,
): Promise<void> {
  const ready: { line: Line; frozen: FrozenRow }[] = []
  const staged: StagedRow[] = []
  for (const line of lines) {
    const { row } = line
    const unit = findUnit(row.unit)
    if (typeof unit === 'string') row.errors.push({ column: '单位', message: unit })
    else if (!row.errors.length) {
      const frozen = freeze(keys, row, unit)
      const twin = remember(seen, frozen, `${sheet} 第 ${row.rowNo} 行`)
      if (twin) row.errors.push(twin)
      else ready.push({ line, frozen })
    }
    if (row.errors.length) staged.push(bad(sheet, layout, line, row.errors))
  }
  const known = await matchPeople(
    tx,
    run.unitId,
    ready.map(({ frozen }) => thaw(frozen)),
  )
  const targets = new Map<number, string>()
  ready.forEach(({ line, frozen }, place) => {
    const base = known.get(place)
    const problem = base && problemWith(base, targets)
    if (problem) return staged.push(bad(sheet, layout, line, [problem]))
    if (!base) return staged.push({ sheet, rowNo: line.row.rowNo, status: 'new', parsed: frozen })
    targets.set(base.personId, '')
    const same = differences(frozen, base).length === 0
    return staged.push({
      sheet,
      rowNo: line.row.rowNo,
      status: same ? 'same' : 'update',
      targetId: base.personId,
      ...(!same && { parsed: frozen }),
    })
  })
  staged.sort((one, other) => one.rowNo - other.rowNo)
  await stage(staged)
}

const bad = (sheet: string, layout: Layout, { row, original }: Line, errors: readonly RowError[]): StagedRow => ({
  sheet,
  rowNo: row.rowNo,
  status: 'error',
  errors,
  original: layout.headers.map((_, place) => cellText(original.cells[place])),
})

/** The same person twice in one workbook: the first row stands, the second is refused. */
function remember(seen: Seen, row: FrozenRow, place: string): RowError | null {
  const keysOf = [
    row.idNoHash && { key: `id|${row.idNoHash}`, column: '证件号码', what: '证件号码' },
    row.staffNo && { key: `no|${row.staffNo}`, column: '工号', what: '工号' },
    !row.idNoHash &&
      !row.staffNo && {
        key: `name|${row.unitId}|${row.name}|${row.bornOn ?? ''}`,
        column: '姓名',
        what: '同单位同名人员',
      },
  ]
  for (const one of keysOf) {
    if (!one) continue
    const first = seen.get(one.key)
    if (first)
      return {
        column: one.column,
        message: `${one.what}与${first}重复。${one.what === '同单位同名人员' ? '若是两个人，请填写工号或证件号码以区分。' : '请删去重复的一行，或更正号码。'}`,
      }
  }
  for (const one of keysOf) if (one) seen.set(one.key, place)
  return null
}

function problemWith(base: Known, targets: Map<number, string>): RowError | null {
  if (!base.inScope && base.state)
    return { column: '证件号码', message: '此人已是其他单位的会员，不能重复入会；请办理会员转移。' }
  if (targets.has(base.personId))
    return { column: '姓名', message: '与本表前面一行指向同一名会员，请填写证件号码以区分。' }
  return null
}

async function commit({ tx, actor, run, today, rows }: CommitContext): Promise<CommitOutcome> {
  // One roster at a time: what was checked against the base must still hold when the rows are written.
  await sql`select pg_advisory_xact_lock(5170040)`.execute(tx)
  const outcome = { created: 0, updated: 0, same: 0 }
  const notes: string[] = []
  const write = async (batch: StoredRow[]): Promise<void> => {
    const people = batch.map((row) => thaw(row.parsed as FrozenRow))
    const known = await matchPeople(tx, run.unitId, people)
    const fresh = people.filter((_, place) => !known.has(place))
    const changed = [...known].flatMap(([place, base]) => {
      if (!base.inScope && base.state) {
        notes.push(`第 ${batch[place]!.rowNo} 行在预检之后已成为其他单位的会员，未导入。`)
        return []
      }
      return [{ row: people[place]!, base }]
    })
    await enrol(tx, actor, fresh, run.id)
    outcome.created += fresh.length
    const updated = await applyUpdates(tx, actor, changed, today)
    outcome.updated += updated
    outcome.same += changed.length - updated
  }
  for await (const batch of rows(['new'], BATCH)) await write(batch)
  for await (const batch of rows(['update'], BATCH)) await write(batch)
  return { ...outcome, ...(notes.length && { notes }) }
}
