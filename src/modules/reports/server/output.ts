import { PassThrough } from 'node:stream'
import { officialDocx } from '../../../kernel/documents/official.ts'
import { officialHtml } from '../../../kernel/documents/official-html.ts'
import { officialDate, type Block as OfficialBlock, type OfficialDocument } from '../../../kernel/documents/model.ts'
import { writeWorkbook } from '../../../kernel/xlsx/write.ts'
import type { Catalogue } from '../../../kernel/register/registry.ts'
import { domainTitle } from '../genres.ts'
import { textOf, type Block, type Body, type ReportFigure } from '../body.ts'
import { definitionOf } from './appendix.ts'
import { shownIn } from './reports.ts'

const bookmarkOf = (key: string): string => `f_${key.replaceAll(/[^A-Za-z0-9_.]/g, '_')}`

const roomOf = (block: Block): string =>
  block.id.includes('.') ? block.id.slice(0, block.id.indexOf('.')) : (block.section ?? '')

/** Sentences on the same subject run on in one paragraph of a few lines, as a secretary would write them. */
const PARAGRAPH = 240
function paragraphsOf(blocks: readonly Block[], figures: Body['figures']): Block[][] {
  const groups: Block[][] = []
  let length = 0
  for (const block of blocks) {
    const last = groups.at(-1)
    const size = textOf(block.runs, figures).length
    const joins =
      last &&
      block.kind === 'paragraph' &&
      last[0]!.kind === 'paragraph' &&
      last[0]!.section === block.section &&
      roomOf(last[0]!) === roomOf(block) &&
      length + size <= PARAGRAPH
    if (joins) last.push(block)
    else groups.push([block])
    length = joins ? length + size : size
  }
  return groups
}

const firstText = (block: Block | undefined): string => {
  const run = block?.runs[0]
  return run && 'text' in run ? run.text : ''
}

/** «全年…。全年…。» reads badly: within a paragraph the next sentence of the same period leaves the word out. */
function sayPeriodOnce(runs: { text: string; bookmark?: string }[], before: Block | undefined): typeof runs {
  const words = ['全年', '上半年'].find((one) => firstText(before).startsWith(one) && runs[0]?.text.startsWith(one))
  if (!words) return runs
  const rest = runs[0]!.text.slice(words.length).replace(/^[，、]/, '')
  return [{ ...runs[0]!, text: rest }, ...runs.slice(1)]
}

/** On paper the table holds what the text tells; the whole of it is a click or a workbook away. */
function toldOnly(table: Block, body: Body): Block {
  const told = new Set(
    body.blocks
      .filter((block) => block.section !== 'appendix')
      .flatMap((block) => block.runs.flatMap((run) => ('figure' in run ? [body.figures[run.figure]?.metric] : []))),
  )
  const rows = (table.rows ?? []).filter((row) =>
    row.some((cell) => cell.some((run) => 'figure' in run && told.has(body.figures[run.figure]?.metric))),
  )
  return { ...table, rows: rows.map((row, at) => [[{ text: String(at + 1) }], ...row.slice(1)]) }
}

/** The report as an official document. Sentences written by hand carry a mark, so that nobody takes them for counted. */
function documentOf(body: Body): OfficialDocument {
  const named = new Set<string>()
  const runsOf = (block: Block): { text: string; bookmark?: string }[] => [
    ...block.runs.map((run) => {
      if ('text' in run) return { text: run.text }
      const text = body.figures[run.figure]?.text ?? ''
      if (named.has(run.figure)) return { text }
      named.add(run.figure)
      return { text, bookmark: bookmarkOf(run.figure) }
    }),
    ...(block.manual ? [{ text: '〔手写〕' }] : []),
  ]
  const official = (blocks: readonly Block[]): OfficialBlock => {
    const block = blocks[0]!
    if (block.kind === 'table')
      return {
        kind: 'table',
        repeatHeader: true,
        columns: block.columns ?? [],
        rows: (block.rows ?? []).map((row) => row.map((cell) => textOf(cell, body.figures))),
      }
    if (block.kind === 'heading')
      return { kind: 'heading', level: block.level ?? 1, text: textOf(block.runs, body.figures) }
    return { kind: 'paragraph', runs: blocks.flatMap((one, at) => sayPeriodOnce(runsOf(one), blocks[at - 1])) }
  }
  const main = body.blocks.filter((block) => block.section !== 'appendix')
  const appendix = body.blocks.filter((block) => block.section === 'appendix' && block.kind === 'table')
  return {
    title: body.title,
    ...(body.addressee && { addressee: body.addressee }),
    body: paragraphsOf(main, body.figures).map(official),
    signature: { organ: body.signature.organ, date: officialDate(body.signature.date) },
    ...(appendix.length && {
      attachments: [
        { name: '数据来源与口径', body: appendix.map((block) => official([toldOnly(block, body)])), landscape: true },
      ],
    }),
  }
}

export const reportDocx = (body: Body): Promise<Buffer> => officialDocx(documentOf(body))
export const reportHtml = (body: Body): string => officialHtml(documentOf(body))

/** Figures a body prints, in the order of the text; of a sentence changed by hand, as it now reads. */
export function figuresIn(body: Body): ReportFigure[] {
  const reworded = new Map<string, string>()
  for (const block of body.blocks.filter((one) => one.manual))
    for (const run of block.runs) if ('figure' in run) reworded.set(run.figure, textOf(block.runs, body.figures))
  const shown = shownIn(body)
  return Object.values(body.figures)
    .filter((figure) => shown.has(figure.key))
    .map((figure) => ({ ...figure, sentence: reworded.get(figure.key) ?? figure.sentence }))
}

/** What `report --json` and the API answer for each figure. Amounts in fen, rates in per cent. */
export function figureJson(figure: ReportFigure): Record<string, unknown> {
  const percent = figure.kind === 'rate' || figure.unit === '%'
  return {
    metric: figure.metric,
    label: figure.label,
    kind: figure.kind,
    unit: figure.unit,
    value: figure.withheld ? null : percent ? figure.value / 100 : figure.value,
    ...(figure.withheld && { withheld: figure.withheld }),
    ...(figure.numerator !== undefined && { numerator: figure.numerator, denominator: figure.denominator }),
    qualifier: figure.qualifier,
    text: figure.text,
    unitCode: figure.unitCode,
    periodFrom: figure.periodFrom,
    periodTo: figure.periodTo,
    facts: figure.facts,
    section: sectionTitle(figure.section),
    sentence: figure.sentence,
    ...(figure.recordId !== undefined && { recordId: figure.recordId }),
  }
}

const sectionTitle = (section: string): string =>
  /^[A-Z]{2}$/.test(section) ? domainTitle(section as Parameters<typeof domainTitle>[0]) : section

/** The figures as a workbook: one row each. */
export function reportXlsx(known: Catalogue, body: Body): PassThrough {
  const out = new PassThrough()
  const figures = figuresIn(body)
  void writeWorkbook(out, [
    {
      name: '报告数字',
      title: body.title,
      columns: [
        { header: '序号', kind: 'integer', width: 6 },
        { header: '类别', width: 14 },
        { header: '指标', width: 30 },
        { header: '数值', width: 16 },
        { header: '单位', width: 8 },
        { header: '文中写法', width: 14 },
        { header: '期间起', kind: 'date', width: 12 },
        { header: '期间止', kind: 'date', width: 12 },
        { header: '口径', width: 46 },
        { header: '依据行数', kind: 'integer', width: 10 },
        { header: '所在句子', kind: 'longtext', width: 60 },
      ],
      rows: figures.map((figure, at) => [
        at + 1,
        domainTitle(figure.domain),
        figure.label,
        figure.withheld
          ? null
          : figure.unit === '元'
            ? (figure.value / 100).toFixed(2)
            : figure.kind === 'rate'
              ? figure.text
              : String(figure.value),
        figure.unit,
        figure.text,
        figure.periodFrom,
        figure.periodTo,
        definitionOf(known, figure),
        figure.facts,
        figure.sentence,
      ]),
    },
  ]).catch((error: Error) => out.destroy(error))
  return out
}
