import path from 'node:path'
import { Problem } from '../contract/problem.ts'
import { type Cell, type MergedRange, type Row, serialToDate } from './cell.ts'
import { type Container, damaged, defaultLimits, type Limits, openContainer, workbookProblem } from './container.ts'
import { type Meaning, styleReader } from './styles.ts'
import { readXml, walkXml } from './xml.ts'

export interface Workbook {
  sheets: readonly Sheet[]
  close(): void
}

export interface Sheet {
  name: string
  hidden: boolean
  /** Rows that hold something, as they come; reading again starts over. @throws Problem `workbook-*` */
  rows(): AsyncGenerator<Row>
  /** Known once `rows()` has come to its end: the file names them last. */
  merges: readonly MergedRange[]
}

/** All rows of a sheet at once, for sheets that are known to be small. */
export async function allRows(sheet: Sheet): Promise<Row[]> {
  const rows: Row[] = []
  for await (const row of sheet.rows()) rows.push(row)
  return rows
}

interface Shared {
  container: Container
  limits: Limits
  strings: readonly string[]
  meanings: readonly Meaning[]
  from1904: boolean
}

/**
 * Opens an .xlsx for streaming. Only the strings shared by all sheets are held in memory.
 * @param source path of the file, or its bytes
 * @throws Problem 422 workbook-not-xlsx | -old-format | -encrypted | -truncated | -damaged | -too-big | -empty
 */
export async function openWorkbook(source: string | Buffer, limits: Partial<Limits> = {}): Promise<Workbook> {
  const allowed = { ...defaultLimits, ...limits }
  const container = await openContainer(source, allowed)
  try {
    const workbookPart = await findWorkbook(container)
    const relations = await readRelations(container, workbookPart)
    const part = (ending: string): string | undefined =>
      [...relations.values()].find(({ type }) => type.endsWith(ending))?.target
    const found: { name: string; hidden: boolean; part: string | undefined }[] = []
    let from1904 = false
    await readXml(await container.stream(workbookPart), {
      open(name, attributes) {
        if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes['date1904'] ?? '')
        if (name !== 'sheet') return
        const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? ''
        found.push({
          name: attributes['name'] ?? '',
          hidden: /hidden/i.test(attributes['state'] ?? ''),
          part: relations.get(relation)?.type.endsWith('/worksheet') ? relations.get(relation)?.target : undefined,
        })
      },
    })
    const styles = styleReader()
    const stylesPart = part('/styles')
    if (stylesPart && container.has(stylesPart)) await readXml(await container.stream(stylesPart), styles)
    const shared: Shared = {
      container,
      limits: allowed,
      strings: await readStrings(container, part('/sharedStrings'), allowed),
      meanings: styles.meanings,
      from1904,
    }
    const sheets = found.flatMap(({ name, hidden, part: target }) =>
      target && container.has(target) ? [openSheet(name, hidden, target, shared)] : [],
    )
    if (!sheets.length) throw workbookProblem('workbook-empty', '工作簿里没有工作表。请检查是否选错了文件。')
    return { sheets, close: () => container.close() }
  } catch (error) {
    container.close()
    throw error
  }
}

async function findWorkbook(container: Container): Promise<string> {
  if (container.has('xl/workbook.xml')) return 'xl/workbook.xml'
  if (container.has('_rels/.rels')) {
    const main = [...(await readRelations(container, '')).values()].find(({ type }) => type.endsWith('/officeDocument'))
    if (main?.target.endsWith('.xml') && main.target.includes('workbook') && container.has(main.target))
      return main.target
  }
  const kind = container.names().some((name) => name.startsWith('word/'))
    ? '这是 Word 文档，不是工作簿。'
    : container.has('xl/workbook.bin')
      ? '这是 .xlsb 二进制工作簿。'
      : '这个文件不是 .xlsx 工作簿。'
  throw workbookProblem('workbook-not-xlsx', `${kind}请用 Excel 或 WPS 另存为“Excel 工作簿（*.xlsx）”后再上传。`)
}

async function readRelations(
  container: Container,
  part: string,
): Promise<Map<string, { type: string; target: string }>> {
  const folder = path.posix.dirname(part)
  const name = part ? `${folder}/_rels/${path.posix.basename(part)}.rels` : '_rels/.rels'
  const relations = new Map<string, { type: string; target: string }>()
  if (!container.has(name)) return relations
  await readXml(await container.stream(name), {
    open(tag, attributes) {
      if (tag !== 'Relationship' || attributes['TargetMode'] === 'External') return
      const target = attributes['Target'] ?? ''
      relations.set(attributes['Id'] ?? '', {
        type: attributes['Type'] ?? '',
        target: target.startsWith('/') ? target.slice(1) : path.posix.normalize(part ? `${folder}/${target}` : target),
      })
    },
  })
  return relations
}

/** Excel writes control characters as _x000D_. */
const unescapeText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : text

async function readStrings(container: Container, part: string | undefined, limits: Limits): Promise<string[]> {
  const strings: string[] = []
  if (!part || !container.has(part)) return strings
  let current = ''
  let inText = false
  let phonetic = 0
  let total = 0
  await readXml(await container.stream(part), {
    open(name) {
      if (name === 'si') current = ''
      else if (name === 't') inText = true
      // Readings above the characters (pinyin, furigana) are not part of the text.
      else if (name === 'rPh') phonetic++
    },
    text(text) {
      if (!inText || phonetic) return
      current += text
      total += text.length
      if (total > limits.maxSharedStrings)
        throw workbookProblem('workbook-too-big', '工作簿里的文字异常庞大，已停止读取。请拆分成几个文件后再上传。')
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') phonetic--
      else if (name === 'si') strings.push(unescapeText(current))
    },
  })
  return strings
}

function openSheet(name: string, hidden: boolean, part: string, shared: Shared): Sheet {
  const sheet = { name, hidden, merges: [] as MergedRange[], rows }
  async function* rows(): AsyncGenerator<Row> {
    sheet.merges = []
    const reader = sheetReader(name, sheet.merges, shared)
    const walk = walkXml(await shared.container.stream(part), reader)
    try {
      for await (const _ of walk) yield* reader.take()
    } catch (error) {
      throw error instanceof Problem ? error : damaged()
    }
  }
  return sheet
}

const charCodeOf = { A: 65, Z: 90, zero: 48, nine: 57 }

/** Column of a reference such as `AB12`, 0-based; -1 when it has none. */
function columnOf(reference: string): number {
  let column = 0
  for (let index = 0; index < reference.length; index++) {
    const code = reference.charCodeAt(index)
    if (code < charCodeOf.A || code > charCodeOf.Z) break
    column = column * 26 + code - charCodeOf.A + 1
  }
  return column - 1
}

function sheetReader(sheetName: string, merges: MergedRange[], shared: Shared) {
  const { limits, strings, meanings, from1904 } = shared
  let ready: Row[] = []
  let row: Row | null = null
  let rowNo = 0
  let column = -1
  let count = 0
  let type = ''
  let style = 0
  let inCell = false
  let formula = false
  let collecting: 'value' | 'inline' | null = null
  let phonetic = 0
  let value = ''
  let inline = ''

  function finishCell(): void {
    const cell = cellOf(type, type === 'inlineStr' ? inline : value, meanings[style] ?? 'number', strings, from1904)
    if (!cell) return
    if (formula) cell.formula = true
    if (column >= limits.maxColumns)
      throw workbookProblem(
        'workbook-too-wide',
        `工作表“${sheetName}”的列超过 ${limits.maxColumns} 列，已停止读取。请删去右侧多余的内容后再上传。`,
      )
    row!.cells[column] = cell
  }

  return {
    take(): Row[] {
      const taken = ready
      ready = []
      return taken
    },
    open(name: string, attributes: Record<string, string>): void {
      switch (name) {
        case 'row': {
          const stated = Number(attributes['r'] ?? rowNo + 1)
          if (!Number.isInteger(stated) || stated <= rowNo || stated > 1_048_576) throw damaged()
          rowNo = stated
          row = { rowNo, cells: [] }
          column = -1
          break
        }
        case 'c': {
          if (!row) throw damaged()
          const reference = attributes['r']
          column = reference === undefined ? column + 1 : columnOf(reference)
          if (column < 0 || column > 16_383) throw damaged()
          type = attributes['t'] ?? 'n'
          style = Number(attributes['s'] ?? 0)
          inCell = true
          formula = false
          value = inline = ''
          break
        }
        case 'f':
          formula = inCell
          break
        case 'v':
          collecting = inCell ? 'value' : null
          break
        case 't':
          collecting = inCell ? 'inline' : null
          break
        case 'rPh':
          phonetic++
          break
        case 'mergeCell': {
          const [from, to] = (attributes['ref'] ?? '').split(':')
          if (!from || !to || merges.length >= 100_000) break
          merges.push({
            fromRow: Number(from.replace(/\D/g, '')) - 1,
            fromColumn: columnOf(from),
            toRow: Number(to.replace(/\D/g, '')) - 1,
            toColumn: columnOf(to),
          })
        }
      }
    },
    text(text: string): void {
      if (!collecting || phonetic) return
      if (collecting === 'value') value += text
      else inline += text
      if (value.length + inline.length > 200_000) throw damaged()
    },
    close(name: string): void {
      switch (name) {
        case 'v':
        case 't':
          collecting = null
          break
        case 'rPh':
          phonetic--
          break
        case 'c':
          finishCell()
          inCell = false
          break
        case 'row':
          if (row?.cells.length) {
            if (++count > limits.maxRows)
              throw workbookProblem(
                'workbook-too-many-rows',
                `工作表“${sheetName}”超过 ${limits.maxRows} 行，一次导入不了。请拆分成几个文件后再上传。`,
              )
            ready.push(row)
          }
          row = null
      }
    },
  }
}

function cellOf(
  type: string,
  raw: string,
  meaning: Meaning,
  strings: readonly string[],
  from1904: boolean,
): Cell | null {
  if (type === 'inlineStr') return raw === '' ? null : { kind: 'text', text: unescapeText(raw) }
  if (raw === '') return null
  switch (type) {
    case 's': {
      const text = strings[Number(raw)]
      if (text === undefined) throw damaged()
      return text === '' ? null : { kind: 'text', text }
    }
    case 'str':
      return { kind: 'text', text: unescapeText(raw) }
    case 'b':
      return { kind: 'boolean', value: raw.trim() === '1' }
    case 'e':
      return { kind: 'error', code: raw }
    case 'd': {
      const [date, time] = raw.split('T')
      return /^\d{4}-\d{2}-\d{2}$/.test(date!)
        ? { kind: 'date', date: date!, ...(time && { time: time.slice(0, 8) }) }
        : { kind: 'text', text: raw }
    }
    default: {
      const number = Number(raw)
      if (!Number.isFinite(number)) return { kind: 'text', text: raw }
      if (meaning === 'date') {
        const day = serialToDate(number, from1904)
        if (day) return { kind: 'date', ...day }
      }
      if (meaning === 'time' && number >= 0 && number < 1)
        return { kind: 'text', text: serialToDate(number + 61)?.time ?? '00:00:00' }
      return meaning === 'percent'
        ? { kind: 'number', value: number, text: raw, percent: true }
        : { kind: 'number', value: number, text: raw }
    }
  }
}
