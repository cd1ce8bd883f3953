import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Keys } from '../../../kernel/crypto/keys.ts'
import { cleanText, readDate } from '../../../kernel/importer/cells.ts'
import type {
  CheckContext,
  CheckReport,
  CommitContext,
  ImportKind,
  RowError,
  StagedRow,
} from '../../../kernel/importer/kind.ts'
import { cellText, type Cell, type Row } from '../../../kernel/xlsx/cell.ts'
import { openWorkbook } from '../../../kernel/xlsx/read.ts'
import { writeWorkbook } from '../../../kernel/xlsx/write.ts'
import { survivorInput, type SurvivorInput } from '../contract.ts'
import { GROUNDS, PLACES, RELATIONS } from '../words.ts'
import { openSurvivors } from './opening.ts'
import { addSurvivor } from './survivors.ts'

const HEADERS = {
  name: ['遗属姓名', '遗属', '姓名'],
  relation: ['与亡故职工关系', '关系'],
  bornOn: ['出生日期', '遗属出生日期'],
  place: ['居住地'],
  ground: ['供养理由', '理由'],
  deceased: ['亡故职工', '职工姓名', '亡故职工姓名'],
  diedOn: ['亡故日期', '去世日期'],
  grade: ['供养标准档', '标准档', '标准'],
  entitledFrom: ['供养起始日期', '起始日期'],
  untilOn: ['到期日期'],
  paidThrough: ['已发至月份', '已发至'],
} as const
type Column = keyof typeof HEADERS
const columns = Object.keys(HEADERS) as Column[]
type Places = Partial<Record<Column, number>>

/** Imports the roster of survivors: a row is one person. What was exported goes in again and is known. */
export const survivorsImport = (keys: Keys): ImportKind => ({
  kind: 'survivors',
  title: '遗属名册',
  measure: '人',
  needsYear: false,
  authorise: (db, actor, unitId) => requirePermission(db, actor, 'survivors.import', unitId, 'survivors.read'),
  check,
  commit: (context) => commit(context, keys),
  template: (out) =>
    writeWorkbook(out, [
      {
        name: '遗属名册',
        columns: [
          { header: '遗属姓名', required: true, width: 12 },
          { header: '与亡故职工关系', required: true, width: 14, choices: RELATIONS },
          { header: '出生日期', kind: 'date', required: true, width: 14 },
          { header: '居住地', required: true, width: 10, choices: PLACES },
          { header: '供养理由', required: true, width: 16, choices: GROUNDS },
          { header: '亡故职工', required: true, width: 12 },
          { header: '亡故日期', kind: 'date', required: true, width: 14 },
          { header: '供养标准档', required: true, width: 12 },
          { header: '供养起始日期', kind: 'date', required: true, width: 14 },
          { header: '到期日期', kind: 'date', width: 14, prompt: '未成年的可以不填；在校就读的填毕业日期。' },
          { header: '已发至月份', width: 12, prompt: '例如 2025-12；以前没有发过的不填。' },
        ],
        rows: [
          {
            style: 'sample',
            cells: [
              '（示例）孙桂兰',
              '配偶',
              '1951-04-02',
              '外地',
              '年老无收入',
              '孙大海',
              '2019-05-20',
              '一档',
              '2019-06-01',
              null,
              '2025-12',
            ],
          },
        ],
      },
    ]),
})

function readPlaces(row: Row): Places | null {
  const places: Places = {}
  row.cells.forEach((cell, index) => {
    const header = cleanText(cell).replace(/[*\s]|[(（].*$/g, '')
    const column = columns.find((name) => (HEADERS[name] as readonly string[]).includes(header))
    if (column) places[column] ??= index
  })
  return places.name !== undefined && places.deceased !== undefined ? places : null
}

const keyOf = (draft: SurvivorInput): string =>
  [draft.name, draft.bornOn, draft.deceased.name, draft.deceased.diedOn].join('|')

async function check({ tx, actor, run, file, stage }: CheckContext): Promise<CheckReport> {
  await openSurvivors(tx, actor)
  const { rows } = await sql<{ key: string; id: number }>`
    select concat_ws('|', n.name, s.born_on, d.name, d.died_on) as key, s.id
    from survivors.survivor s join survivors.deceased d on d.id = s.deceased_id join kernel.person_name n on n.id = s.person_id`.execute(
    tx,
  )
  const known = new Map(rows.map((row) => [row.key, row.id]))
  const workbook = await openWorkbook(file)
  const seen = new Set<string>()
  const sheets: CheckReport['sheets'][number][] = []
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
        const name = original[places.name!]?.trim() ?? ''
        if (
          name.startsWith('（示例）') ||
          !original.some((text) => text.trim()) ||
          /^共 \d+ 人/.test(original[0] ?? '')
        )
          continue
        const { draft, errors } = readRow(row, places, headers, run.unitId)
        const key = draft && keyOf(draft)
        if (key && seen.has(key)) errors.push({ message: '这个人在前面已有一行，请删去一行。' })
        if (key) seen.add(key)
        const at = { sheet: sheet.name, rowNo: row.rowNo }
        if (errors.length || !draft) staged.push({ ...at, status: 'error', errors, original })
        else if (known.has(key!)) staged.push({ ...at, status: 'same', targetId: known.get(key!)! })
        else staged.push({ ...at, status: 'new', parsed: draft })
      }
      if (!places) notices.push(`工作表“${sheet.name}”没有“遗属姓名”和“亡故职工”表头，未导入。`)
      else {
        sheets.push({ name: sheet.name, headers })
        await stage(staged)
      }
    }
  } finally {
    workbook.close()
  }
  if (!sheets.length)
    throw refused('survivors-no-sheet', '没有找到遗属名册：表头须有“遗属姓名”和“亡故职工”。请使用模板。')
  return { sheets, notices }
}

function readRow(
  row: Row,
  places: Places,
  headers: readonly string[],
  unitId: number,
): { draft: SurvivorInput | null; errors: RowError[] } {
  const errors: RowError[] = []
  const cell = (column: Column): Cell | undefined =>
    places[column] === undefined ? undefined : row.cells[places[column]]
  const wrong = (column: Column, message: string): void =>
    void errors.push({ ...(places[column] !== undefined && { column: headers[places[column]]! }), message })
  const date = (column: Column): string | null => {
    const read = readDate(cell(column))
    if ('error' in read) wrong(column, read.error)
    return 'error' in read ? null : (read.value as string | null)
  }
  const text = (column: Column): string => cleanText(cell(column))
  const raw = {
    unitId,
    name: text('name'),
    relation: text('relation'),
    ground: text('ground'),
    bornOn: date('bornOn') ?? '',
    place: text('place'),
    grade: text('grade'),
    entitledFrom: date('entitledFrom') ?? '',
    untilOn: date('untilOn'),
    paidThrough: text('paidThrough').slice(0, 7) || null,
    deceased: { name: text('deceased'), diedOn: date('diedOn') ?? '' },
  }
  if (errors.length) return { draft: null, errors }
  const parsed = survivorInput.safeParse(raw)
  if (parsed.success) return { draft: parsed.data, errors }
  for (const issue of parsed.error.issues) {
    const last = issue.path.join('.')
    const column = (last === 'deceased.name' ? 'deceased' : last.replace('deceased.', '')) as Column
    wrong(column in HEADERS ? column : 'name', issue.message)
  }
  return { draft: null, errors }
}

async function commit(
  { tx, actor, run, today, rows }: CommitContext,
  keys: Keys,
): Promise<{ created: number; updated: number; same: number }> {
  await openSurvivors(tx, actor)
  const outcome = { created: 0, updated: 0, same: 0 }
  for await (const batch of rows(['new']))
    for (const row of batch) {
      await addSurvivor(tx, actor, keys, { ...(row.parsed as SurvivorInput), unitId: run.unitId }, today)
      outcome.created++
    }
  return outcome
}
