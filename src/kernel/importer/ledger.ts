import { declaredPermissions, mayAnywhere, requirePermission } from '../access/access.ts'
import { forbidden, refused } from '../contract/problem.ts'
import type { Register } from '../register/declaration.ts'
import type { RecordDraft } from '../register/draft.ts'
import { requireAt, requireUsable } from '../register/reading.ts'
import { catalogue, type Catalogue } from '../register/registry.ts'
import { offStandardOfImport, warningsOf } from '../register/standard.ts'
import { insertRecords, rewriteRecords } from '../register/store.ts'
import { cellText, type Row } from '../xlsx/cell.ts'
import { openWorkbook, type Sheet } from '../xlsx/read.ts'
import type { CheckContext, CheckReport, CommitContext, CommitOutcome, ImportKind, StagedRow } from './kind.ts'
import { fitOf, matchHeader, type SheetLayout } from './layout.ts'
import { judgeSheet, type PendingLine, type PendingRecord } from './ledger-check.ts'
import { everybody, recheckLedger } from './ledger-recheck.ts'
import { readLedgerRow, type LedgerRow } from './ledger-read.ts'
import { writeLedgerTemplate, guideSheet } from './ledger-template.ts'
import type { PeoplePort, Someone } from './people.ts'

const MAX_ROWS = 200_000

/** Imports a year's ledgers: one sheet per register, columns recognised by header. */
export const ledgerImport = (port: PeoplePort): ImportKind => ({
  kind: 'ledger',
  title: '台账',
  measure: '条',
  needsYear: true,
  async authorise(db, actor, unitId) {
    const modules = [...declaredPermissions().keys()].filter(
      (name) => name.endsWith('.import') && name !== 'members.import',
    )
    if (!modules.some((name) => mayAnywhere(actor, name))) throw forbidden('导入台账')
    await requirePermission(db, actor, 'organisation.read', unitId)
  },
  check: (context) => check(port, context),
  commit: (context) => commit(port, context),
  async template(out, options) {
    await writeLedgerTemplate(out, options.registerObjects ?? [])
  },
})

async function check(port: PeoplePort, context: CheckContext): Promise<CheckReport> {
  const known = await catalogue(context.tx, [context.run.unitId])
  const workbook = await openWorkbook(context.file)
  const notices: string[] = []
  const sheets: { name: string; headers: readonly string[]; register: string }[] = []
  let groupNo = 1
  try {
    for (const sheet of workbook.sheets) {
      if (sheet.name === guideSheet || sheet.name.startsWith('选项')) continue
      if (sheet.hidden) {
        notices.push(`工作表“${sheet.name}”是隐藏的，未导入；如需导入请先取消隐藏。`)
        continue
      }
      const found = await findLayout(sheet, known)
      if (!found) {
        notices.push(`工作表“${sheet.name}”不是任何登记簿，未导入；请核对工作表名称和表头。`)
        continue
      }
      const { layout, headerRow } = found
      await requireAt(context.tx, context.actor, layout.register, 'import', context.run.unitId)
      await requireUsable(context.tx, known, layout.register, context.run.unitId)
      sheets.push({ name: sheet.name, headers: layout.headers, register: layout.register.id })
      notices.push(...noticesOf(sheet.name, layout))
      if (layout.missing.length)
        throw refused(
          'columns-missing',
          `工作表“${sheet.name}”缺少必填列：${layout.missing.join('、')}。请使用模板或补上这些列。`,
        )
      const rows = await readRows(sheet, layout, headerRow, context.run.year!, notices)
      const staged = await judgeSheet(
        { tx: context.tx, rootId: context.run.unitId, year: context.run.year!, port },
        sheet.name,
        layout,
        rows,
        groupNo,
      )
      groupNo += rows.length + 1
      notices.push(...(await offStandardNotices(context, sheet.name, layout.register, staged)))
      for (let start = 0; start < staged.length; start += 4000) await context.stage(staged.slice(start, start + 4000))
    }
  } finally {
    workbook.close()
  }
  if (!sheets.length)
    throw refused('no-register-sheet', '工作簿里没有可以识别的登记簿。请下载模板，按模板的工作表名称和表头填写。')
  return { sheets, notices }
}

/** Rows whose amount is not their standard's: said before the officer imports them, and no error. */
async function offStandardNotices(
  { tx }: CheckContext,
  sheet: string,
  register: Register,
  staged: readonly StagedRow[],
): Promise<string[]> {
  const rows = staged.filter((row) => row.parsed).map((row) => row.parsed as PendingRecord)
  const warnings = await warningsOf(tx, register, rows)
  if (!warnings.size) return []
  const first = [...warnings].slice(0, 3).map(([at, { sentence }]) => `第 ${rows[at]!.rowNo} 行，${sentence}`)
  const more = warnings.size > first.length ? '……' : ''
  return [`工作表“${sheet}”有 ${warnings.size} 行与标准不一致，不影响导入，请核对：${first.join('')}${more}`]
}

function noticesOf(sheet: string, layout: SheetLayout): string[] {
  const notices: string[] = []
  if (sheet !== layout.register.title) notices.push(`工作表“${sheet}”按“${layout.register.title}”读取。`)
  if (layout.unknown.length) notices.push(`工作表“${sheet}”中不认识的列未导入：${layout.unknown.join('、')}。`)
  for (const { header, as } of layout.renamed) notices.push(`工作表“${sheet}”的列“${header}”按“${as}”读取。`)
  return notices
}

/** The register of a sheet: by its name, otherwise by headers that fit one register clearly better than all others. */
async function findLayout(sheet: Sheet, known: Catalogue): Promise<{ layout: SheetLayout; headerRow: number } | null> {
  const plain = (name: string): string => name.normalize('NFKC').replaceAll(/\s/g, '').slice(0, 31)
  const named = [...known.registers.values()].filter((register) => plain(register.title) === plain(sheet.name))
  const first: Row[] = []
  for await (const row of sheet.rows()) {
    first.push(row)
    if (first.length >= 10) break
  }
  const best = (registers: readonly Register[], least: number): { layout: SheetLayout; headerRow: number } | null => {
    const fits = registers
      .flatMap((register) =>
        first.flatMap((row) => {
          const layout = matchHeader(register, row)
          return layout ? [{ layout, headerRow: row.rowNo, fit: fitOf(layout) }] : []
        }),
      )
      .toSorted((one, other) => other.fit - one.fit || other.layout.columns.size - one.layout.columns.size)
    const [winner, runner] = fits
    if (!winner || winner.fit < least) return null
    const rival = fits.find((one) => one.layout.register !== winner.layout.register) ?? runner
    if (
      least > 0 &&
      rival &&
      rival.layout.register !== winner.layout.register &&
      rival.fit === winner.fit &&
      rival.layout.columns.size === winner.layout.columns.size
    )
      return null
    return winner
  }
  return named.length ? best(named, 0) : best([...known.registers.values()], 0.75)
}

async function readRows(
  sheet: Sheet,
  layout: SheetLayout,
  headerRow: number,
  year: number,
  notices: string[],
): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = []
  const places = [...layout.columns.keys()]
  let formulas = 0
  for await (const row of sheet.rows()) {
    if (row.rowNo <= headerRow) continue
    if (!places.some((place) => cellText(row.cells[place]).trim())) continue
    // The template's sample row and an export's last line are the program's own.
    if (row.cells.some((cell) => cell && /^(示例|※)/.test(cellText(cell)))) continue
    if (row.cells.some((cell) => cell?.formula)) formulas += 1
    rows.push(readLedgerRow(row, layout, year))
    if (rows.length > MAX_ROWS)
      throw refused('too-many-rows', `工作表“${sheet.name}”超过 ${MAX_ROWS} 行，请拆成几个文件分次导入。`)
  }
  if (formulas) notices.push(`工作表“${sheet.name}”有 ${formulas} 行含公式，按表格上次算出的值导入。`)
  if (sheet.merges.some((range) => range.fromRow !== range.toRow && range.fromRow >= headerRow))
    notices.push(`工作表“${sheet.name}”有合并单元格，只有左上角一格有内容；被合并的其余行请逐行填写。`)
  return rows
}

/** Persons known only by name become contacts, one per name; households get their heads' ids. Then records are written. */
async function commit(port: PeoplePort, context: CommitContext): Promise<CommitOutcome> {
  const { tx, actor, run, rows } = context
  const known = await catalogue(tx, [run.unitId])
  const recheck = await recheckLedger(context)
  const outcome = { created: 0, updated: 0, same: recheck.same, notes: [] as string[] }
  const contacts = new Map<string, number>()
  for await (const batch of rows(['new', 'update'], 2000)) {
    const parsed = batch.filter((row) => row.parsed)
    await recheck.recognise(parsed.map((row) => row.parsed as PendingRecord))
    const waiting: { record: PendingRecord; targetId: number | null; sheet: string }[] = []
    for (const row of parsed) {
      const record = row.parsed as PendingRecord
      const { status, targetId } = await recheck.judge(known.register(record.register), record)
      if (status === 'same') outcome.same += 1
      else waiting.push({ record, targetId: targetId ?? null, sheet: row.sheet })
    }
    await makeContacts(
      port,
      tx,
      run.unitId,
      waiting.map(({ record }) => record),
      contacts,
    )
    const households = await makeHouseholds(
      port,
      tx,
      run.unitId,
      waiting.map(({ record }) => record),
      contacts,
    )
    const idOf = (someone: Someone): number => ('id' in someone ? someone.id : contacts.get(someone.name)!)
    const line = (pending: PendingLine): Pick<RecordDraft, 'personId' | 'householdId' | 'fields'> => ({
      personId: pending.person ? idOf(pending.person) : null,
      householdId: pending.household ? households.get(idOf(pending.household))! : null,
      fields: Object.fromEntries(
        Object.entries(pending.fields).map(([name, value]) => [
          name,
          value !== null && typeof value === 'object'
            ? { id: idOf(value as Someone), name: (value as Someone).name }
            : value,
        ]),
      ),
    })
    for (const [registerId, group] of Map.groupBy(waiting, ({ record }) => record.register)) {
      const register = known.register(registerId)
      await requireAt(tx, actor, register, 'import', run.unitId)
      const draft = ({ record, sheet }: (typeof group)[number]): RecordDraft => ({
        unitId: record.unitId,
        happenedOn: record.happenedOn,
        endedOn: record.endedOn,
        title: record.title,
        ...line(record),
        lines: record.lines.map(line),
        importId: run.id,
        sheet,
        rowNo: record.rowNo,
      })
      const fresh = group.filter((one) => one.targetId === null)
      await insertRecords(tx, actor, register, fresh.map(draft), 'import')
      const changed = group.filter((one) => one.targetId !== null)
      await rewriteRecords(
        tx,
        actor,
        register,
        changed.map((one) => ({ id: one.targetId!, draft: draft(one) })),
      )
      outcome.created += fresh.length
      outcome.updated += changed.length
    }
  }
  if (contacts.size) outcome.notes.push(`名册中没有的 ${contacts.size} 人记为非会员联系人。`)
  const off = await offStandardOfImport(tx, known, run.id)
  if (off) outcome.notes.push(`其中 ${off} 条金额与标准不一致，打开记录可见说明。`)
  return outcome
}

async function makeContacts(
  port: PeoplePort,
  tx: CommitContext['tx'],
  unitId: number,
  records: readonly PendingRecord[],
  contacts: Map<string, number>,
): Promise<void> {
  const names = new Set(
    everybody(records)
      .filter((one) => !('id' in one) && !contacts.has(one.name))
      .map((one) => one.name),
  )
  const list = [...names]
  const ids = await port.addContacts(
    tx,
    list.map((name) => ({ name, unitId })),
  )
  list.forEach((name, at) => contacts.set(name, ids[at]!))
}

async function makeHouseholds(
  port: PeoplePort,
  tx: CommitContext['tx'],
  unitId: number,
  records: readonly PendingRecord[],
  contacts: ReadonlyMap<string, number>,
): Promise<Map<number, number>> {
  const heads = new Set(
    records
      .flatMap((record) => [record, ...record.lines])
      .flatMap((one) =>
        one.household ? [('id' in one.household ? one.household.id : contacts.get(one.household.name))!] : [],
      ),
  )
  return heads.size
    ? port.householdsOf(
        tx,
        [...heads].map((personId) => ({ personId, unitId })),
      )
    : new Map()
}
