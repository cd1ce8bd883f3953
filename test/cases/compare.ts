import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { operator } from '../../src/kernel/access/actor.ts'
import type { Db } from '../../src/kernel/db/database.ts'
import { recount } from '../../src/kernel/facts/drill.ts'
import { checkUpload, commitRun, rowsOf } from '../../src/kernel/importer/run.ts'
import { catalogue, type Catalogue } from '../../src/kernel/register/registry.ts'
import { importKinds } from '../../src/imports.ts'
import '../../src/modules.ts'
import { addUnit, saveProfile } from '../../src/modules/organisation/public.ts'
import type { Body, ReportFigure } from '../../src/modules/reports/body.ts'
import { generateReport, orderOf } from '../../src/modules/reports/public.ts'
import { fits, readCase, sameUnit, type Case, type Compared } from './expected.ts'

export interface Line {
  id: string
  passed: boolean
  text: string
}
export interface Outcome {
  lines: Line[]
  masked: number
  vague: number
  total: number
}

const today = '2026-01-10'
const actor = operator()

/**
 * A case in an empty, migrated database: the unit, its roster, its ledger through the ordinary importer, the ordinary
 * report, and every figure compared.
 * @param ledger path of another ledger workbook than the case's own
 */
export async function runCase(db: Db, dataDir: string, id: string, ledger?: string): Promise<Outcome> {
  const one = readCase(id)
  const folder = path.join(import.meta.dirname, id)
  const unit = await db.transaction().execute(async (tx) => {
    const added = await addUnit(tx, actor, { code: 'case', name: '某单位工会', type: one.setting.unitType })
    await saveProfile(tx, actor, added.id, one.setting.year, { kind: one.setting.unitKind })
    return added
  })
  const roster = path.join(folder, 'roster.xlsx')
  if (existsSync(roster)) await importWorkbook(db, dataDir, 'members', roster, unit.id, null)
  await importWorkbook(db, dataDir, 'ledger', ledger ?? path.join(folder, 'ledger.xlsx'), unit.id, one.setting.year)
  const known = await catalogue(db)
  const order = await orderOf(db, unit.id, one.setting.year, one.setting.genre, today)
  const body = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((tx) => generateReport(tx, known, order))
  return compare(db, known, one, body)
}

async function importWorkbook(
  db: Db,
  dataDir: string,
  kindName: string,
  file: string,
  unitId: number,
  year: number | null,
): Promise<void> {
  const kind = importKinds(dataDir).find((candidate) => candidate.kind === kindName)!
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex')
  const upload = { unitId, year, fileName: path.basename(file), sha256, file }
  const preview = await checkUpload(db, actor, kind, upload, today)
  if (preview.counts.error || preview.notices.length) {
    const { rows } = await rowsOf(db, preview.id, { status: 'error', limit: 3 })
    const said = rows.map((row) => `${row.sheet} ${row.rowNo}: ${row.errors.map((error) => error.message).join(' ')}`)
    throw new Error([`${file} is not clean:`, ...preview.notices, ...said].join('\n'))
  }
  await commitRun(db, actor, kind, preview.id, 'all', today)
}

async function compare(db: Db, known: Catalogue, one: Case, body: Body): Promise<Outcome> {
  const told = toldFigures(body)
  const lines: Line[] = []
  for (const wanted of one.figures) {
    if (!('metric' in wanted)) continue
    const { got, passed } = await judge(db, known, told, wanted, one.setting.year)
    const expected = `${wanted.qualifier === 'exact' ? '' : wanted.qualifier}${wanted.value}${wanted.unit}`
    const provider = known.metrics.get(wanted.metric)?.provider ?? 'unknown'
    lines.push({
      id: wanted.id,
      passed,
      text: `${one.id} ${wanted.id} expected ${expected} got ${got} ${wanted.metric} (${provider}) ${passed ? 'PASS' : 'FAIL'}`,
    })
  }
  const count = (name: 'masked' | 'vague'): number => one.figures.filter((each) => name in each).length
  return { lines, masked: count('masked'), vague: count('vague'), total: one.figures.length }
}

/** Chips that stand in a sentence of the report proper; what only the appendix or the shortcomings show does not count. */
function toldFigures(body: Body): ReportFigure[] {
  const keys = new Set(
    body.blocks
      .filter((block) => block.kind === 'paragraph' && !['appendix', 'shortcomings'].includes(block.section ?? ''))
      .flatMap((block) => block.runs.flatMap((run) => ('figure' in run ? [run.figure] : []))),
  )
  return Object.values(body.figures).filter((figure) => keys.has(figure.key))
}

/** Amounts in yuan, rates in per cent. */
const shown = (figure: ReportFigure): number =>
  figure.unit === '元' || figure.unit === '%' ? figure.value / 100 : figure.value

/** Passes when one chip fits in metric, unit, period and value, and its drill-down, counted with a pencil, gives the same. */
async function judge(
  db: Db,
  known: Catalogue,
  told: readonly ReportFigure[],
  wanted: Compared,
  year: number,
): Promise<{ got: string; passed: boolean }> {
  const chips = told.filter((figure) => figure.metric === wanted.metric)
  if (!chips.length) return { got: 'nothing', passed: false }
  const reasons: string[] = []
  for (const chip of chips) {
    const got = `${shown(chip)}${chip.unit} [${chip.periodFrom}..${chip.periodTo}]`
    const reason = !sameUnit(chip.unit, wanted.unit)
      ? 'another unit'
      : !samePeriod(chip, wanted.period, year)
        ? 'another period'
        : !fits(shown(chip), wanted)
          ? 'another value'
          : !meets(told, chip, wanted)
            ? 'another session'
            : await recountFault(db, known, chip, wanted)
    if (!reason) return { got, passed: true }
    reasons.push(`${got}: ${reason}`)
  }
  return { got: reasons.join('; '), passed: false }
}

/**
 * A named period must be the very one. A figure of the whole report may stand in a sentence that names a shorter period
 * because all its rows lie there; `recountFault` then proves that the year has no more of them.
 */
const samePeriod = (chip: ReportFigure, period: Compared['period'], year: number): boolean =>
  (chip.periodFrom === period.from && chip.periodTo === period.to) ||
  (period.from === `${year}-01-01` &&
    period.to === `${year}-12-31` &&
    chip.periodFrom >= period.from &&
    chip.periodTo <= period.to)

/** 届.次: the same record must say the 次. */
const meets = (told: readonly ReportFigure[], chip: ReportFigure, wanted: Compared): boolean =>
  !wanted.session ||
  told.some(
    (figure) =>
      figure.metric === wanted.session!.metric &&
      figure.value === wanted.session!.value &&
      figure.recordId === chip.recordId,
  )

/** Over the chip's own period, and, for a sentence that names a shorter one, over the whole it stands for. */
async function recountFault(db: Db, known: Catalogue, chip: ReportFigure, wanted: Compared): Promise<string | null> {
  const records = chip.recordId === undefined ? {} : { recordIds: [chip.recordId] }
  for (const [from, to] of [
    [chip.periodFrom, chip.periodTo],
    [wanted.period.from, wanted.period.to],
  ] as const) {
    const counted = await recount(db, known, chip.metric, { unitId: chip.unitId, from, to, ...records })
    if (counted !== chip.value) return `${from}..${to} recounts to ${counted}`
  }
  return null
}
