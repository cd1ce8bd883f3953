import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import { cleanText, readDate, readInteger } from '../../../kernel/importer/cells.ts'
import type {
  CheckContext,
  CheckReport,
  CommitContext,
  CommitOutcome,
  ImportKind,
  RowError,
  StagedRow,
} from '../../../kernel/importer/kind.ts'
import { cellText, type Row } from '../../../kernel/xlsx/cell.ts'
import { openWorkbook } from '../../../kernel/xlsx/read.ts'
import { writeWorkbook } from '../../../kernel/xlsx/write.ts'
import { BODIES, CATEGORIES, KINDS, type Body, type Category } from '../words.ts'
import { seatDelegates, type NewDelegate } from './delegates.ts'

const HEADERS = {
  body: ['大会', '会议种类'],
  constituency: ['选举单位', '代表团', '单位'],
  name: ['姓名', '代表姓名', '代表'],
  staffNo: ['工号', '职工编号', '会员号'],
  category: ['人员类别', '类别', '身份'],
  electedOn: ['当选日期', '选举日期'],
  votes: ['得票数', '得票', '赞成票'],
  dispatched: ['劳务派遣', '是否劳务派遣'],
  ended: ['终止日期'],
} as const
type Column = keyof typeof HEADERS
type Places = Partial<Record<Column, number>>

interface Parsed extends NewDelegate {
  termId: number
  electedOn: string
}

/** Imports delegates of the unit's open terms: a row is one elected delegate. */
export const delegateImport: ImportKind = {
  kind: 'delegates',
  title: '代表名单',
  measure: '人',
  needsYear: false,
  authorise: (db, actor, unitId) => requirePermission(db, actor, 'congress.import', unitId, 'congress.read'),
  check,
  commit,
  template: (out) =>
    writeWorkbook(out, [
      {
        name: '代表',
        columns: [
          {
            header: '大会',
            required: true,
            width: 16,
            prompt: `填“${BODIES.staff}”或“${BODIES.members}”，两个大会的代表分别登记。`,
          },
          { header: '选举单位', required: true, width: 24, prompt: '与已划定的选举单位名称一致。' },
          { header: '姓名', required: true, width: 12 },
          { header: '工号', width: 12, prompt: '同名时必填。' },
          { header: '人员类别', required: true, width: 20, prompt: Object.values(CATEGORIES).join('、') },
          { header: '当选日期', kind: 'date', required: true, width: 14 },
          { header: '得票数', kind: 'integer', width: 10 },
          { header: '劳务派遣', width: 10, prompt: '是或否' },
        ],
        rows: [
          {
            style: 'sample',
            cells: ['（示例）职工代表大会', '装配车间', '陆文涛', 'Z1024', '一线职工', '2026-01-06', 46, '否'],
          },
        ],
      },
    ]),
}

function readPlaces(row: Row): Places | null {
  const places: Places = {}
  row.cells.forEach((cell, index) => {
    const header = cleanText(cell).replace(/[*\s]|[(（].*$/g, '')
    const column = (Object.keys(HEADERS) as Column[]).find((name) =>
      (HEADERS[name] as readonly string[]).includes(header),
    )
    if (column) places[column] ??= index
  })
  return places.name !== undefined && places.constituency !== undefined ? places : null
}

interface Known {
  terms: Map<Body, { id: number; constituencies: Map<string, { id: number; room: number }> }>
  people: Map<string, { id: number; staffNo: string | null; seated: number[] }[]>
}

async function known({ tx, run }: Pick<CheckContext, 'tx' | 'run'>): Promise<Known> {
  const { rows: seats } = await sql<{ termId: number; body: Body; id: number; name: string; room: number }>`
    select t.id as "termId", t.body, c.id, c.name, c.seats - (select count(*) from congress.delegate d where d.constituency_id = c.id and d.to_on is null)::int as room
    from congress.term t join congress.constituency c on c.term_id = t.id where t.unit_id = ${run.unitId} and t.ended_on is null`.execute(
    tx,
  )
  const { rows: people } = await sql<{ id: number; name: string; staffNo: string | null; seated: number[] }>`
    select p.id, p.name, p.staff_no as "staffNo", (select coalesce(json_agg(d.term_id), '[]') from congress.delegate d where d.person_id = p.id and d.to_on is null) as seated
    from members.person p join kernel.closure c on c.descendant_id = p.unit_id and c.ancestor_id = ${run.unitId} and c.valid_to > current_date
    where p.merged_into is null`.execute(tx)
  const terms: Known['terms'] = new Map()
  for (const seat of seats) {
    if (!terms.has(seat.body)) terms.set(seat.body, { id: seat.termId, constituencies: new Map() })
    terms.get(seat.body)!.constituencies.set(seat.name, { id: seat.id, room: seat.room })
  }
  const byName: Known['people'] = new Map()
  for (const person of people) byName.set(person.name, [...(byName.get(person.name) ?? []), person])
  return { terms, people: byName }
}

async function check(context: CheckContext): Promise<CheckReport> {
  const workbook = await openWorkbook(context.file)
  const all = await known(context)
  const sheets = []
  const notices: string[] = []
  const taken = new Set<string>()
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
        if (!original.some((text) => text.trim()) || original[0]?.startsWith('（示例）')) continue
        // An exported list carries former delegates too; they stay as they are.
        if (places.ended !== undefined && original[places.ended]?.trim()) continue
        staged.push(judge(row, places, headers, all, taken, context.today, sheet.name, original))
      }
      if (!places) notices.push(`工作表“${sheet.name}”没有“姓名”和“选举单位”表头，未导入。`)
      else {
        sheets.push({ name: sheet.name, headers })
        await context.stage(staged)
      }
    }
  } finally {
    workbook.close()
  }
  if (!sheets.length) throw refused('delegates-no-sheet', '没有找到代表名单：表头须有“姓名”和“选举单位”。请使用模板。')
  return { sheets, notices }
}

function judge(
  row: Row,
  places: Places,
  headers: readonly string[],
  all: Known,
  taken: Set<string>,
  today: string,
  sheet: string,
  original: readonly string[],
): StagedRow {
  const errors: RowError[] = []
  const wrong = (column: Column, message: string): null => {
    errors.push({ ...(places[column] !== undefined && { column: headers[places[column]]! }), message })
    return null
  }
  const cell = (column: Column) => (places[column] === undefined ? undefined : row.cells[places[column]])
  const text = (column: Column): string => cleanText(cell(column))
  const body = (Object.keys(BODIES) as Body[]).find((one) =>
    [
      BODIES[one],
      ...Object.entries(KINDS)
        .filter(([kind]) => kind.startsWith(one))
        .map(([, title]) => title),
    ].includes(text('body')),
  )
  const term = body ? all.terms.get(body) : undefined
  if (!body) wrong('body', `请填“${BODIES.staff}”或“${BODIES.members}”。`)
  else if (!term) wrong('body', `本单位还没有建立${BODIES[body]}的届次和选举单位，请先建立。`)
  const seat = term?.constituencies.get(text('constituency'))
  if (term && !seat) wrong('constituency', `没有选举单位“${text('constituency')}”，请按已划定的名称填写。`)
  const named = (all.people.get(text('name')) ?? []).filter(
    (one) => !text('staffNo') || one.staffNo === text('staffNo'),
  )
  const person = named.length === 1 ? named[0]! : null
  if (!text('name')) wrong('name', '请填写。')
  else if (!named.length)
    wrong('name', `本单位花名册上没有“${text('name')}”${text('staffNo') ? `（工号 ${text('staffNo')}）` : ''}。`)
  else if (!person) wrong('staffNo', `花名册上有 ${named.length} 个“${text('name')}”，请填写工号。`)
  const category = (Object.keys(CATEGORIES) as Category[]).find((one) => CATEGORIES[one] === text('category'))
  if (!category) wrong('category', `请填：${Object.values(CATEGORIES).join('、')}。`)
  const date = readDate(cell('electedOn'))
  const electedOn =
    'error' in date ? wrong('electedOn', date.error) : ((date.value as string | null) ?? wrong('electedOn', '请填写。'))
  if (electedOn && electedOn > today) wrong('electedOn', '日期在今天之后，请核对。')
  const votes = readInteger(cell('votes'))
  if ('error' in votes) wrong('votes', votes.error)
  if (person && term?.id && person.seated.includes(term.id))
    return { sheet, rowNo: row.rowNo, status: 'same', targetId: person.id }
  if (person && term) {
    if (taken.has(`${term.id}|${person.id}`)) wrong('name', '前面已经填过这个人，请删去一行。')
    taken.add(`${term.id}|${person.id}`)
  }
  if (seat && !errors.length && --seat.room < 0) wrong('constituency', '超出这个选举单位的名额，请先调整名额。')
  if (errors.length) return { sheet, rowNo: row.rowNo, status: 'error', errors, original }
  const parsed: Parsed = {
    termId: term!.id,
    electedOn: electedOn!,
    personId: person!.id,
    constituencyId: seat!.id,
    category: category!,
    dispatched: text('dispatched') === '是',
    votes: 'error' in votes ? null : (votes.value as number | null),
  }
  return { sheet, rowNo: row.rowNo, status: 'new', parsed }
}

async function commit({ tx, actor, rows }: CommitContext): Promise<CommitOutcome> {
  const byElection = new Map<string, Parsed[]>()
  for await (const batch of rows(['new']))
    for (const row of batch) {
      const parsed = row.parsed as Parsed
      const key = `${parsed.electedOn}|${parsed.termId}`
      byElection.set(key, [...(byElection.get(key) ?? []), parsed])
    }
  let created = 0
  // By day, so that the earliest election of a term is its term change.
  for (const key of [...byElection.keys()].toSorted()) {
    const drafts = byElection.get(key)!
    await seatDelegates(tx, actor, drafts[0]!.termId, drafts[0]!.electedOn, drafts)
    created += drafts.length
  }
  return { created, updated: 0, same: 0 }
}
