import { createHash } from 'node:crypto'
import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  Document,
  DocumentGridType,
  Footer,
  HeadingLevel,
  HeightRule,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlignTable,
  WidthType,
  type IParagraphOptions,
  type ISectionOptions,
} from 'docx'
import { columnWidths } from './columns.ts'
import { fontTable } from './font-table.ts'
import { settingsPart } from './settings-part.ts'
import {
  CHARACTER_SPACING,
  EM,
  FONT,
  LINE,
  MARK_DROP,
  PAGE,
  RED_LINE_SPACE,
  SIZE,
  TEXT_WIDTH,
  TEXT_WIDTH_LANDSCAPE,
  TITLE_LINE,
  markSize,
  signatureIndents,
  titleLines,
} from './layout.ts'
import type { Attachment, Block, Head, OfficialDocument, Run, Signature } from './model.ts'
import { printable } from './text.ts'

type TableBlock = Extract<Block, { kind: 'table' }>

/** Hanging punctuation would let LibreOffice part 2,306 after its comma. */
const paragraph = (options: IParagraphOptions): Paragraph =>
  new Paragraph({ widowControl: false, overflowPunctuation: false, ...options })
const face = (eastAsia: string) => ({ ascii: FONT.latin, hAnsi: FONT.latin, cs: FONT.latin, eastAsia })
const exact = (line: number) => ({ line, lineRule: LineRuleType.EXACT, before: 0, after: 0 })

/** A paragraph of one plain text, in the body's type unless `run` says otherwise. */
const line = (value: string, options: IParagraphOptions = {}, run: { font?: string; size?: number } = {}): Paragraph =>
  paragraph({
    ...options,
    children: [
      new TextRun({
        text: printable(value),
        ...(run.font && { font: face(run.font) }),
        ...(run.size && { size: run.size }),
      }),
    ],
  })
const blank = (options: IParagraphOptions = {}): Paragraph => paragraph({ ...options, children: [] })

/** 版头: red mark, number (and signer), red line, two blank lines (7.2.4 to 7.2.7). */
function headParagraphs(head: Head): Paragraph[] {
  const size = markSize(head.mark)
  const border = { bottom: { style: BorderStyle.SINGLE, size: 12, color: 'FF0000', space: RED_LINE_SPACE } }
  const number = printable(head.number ?? '')
  const signer = head.signer
    ? [new TextRun('\t签发人：'), new TextRun({ text: `${printable(head.signer)}　`, font: face(FONT.kai) })]
    : []
  return [
    paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { ...exact(size * 24), before: MARK_DROP - size * 2 },
      children: [
        new TextRun({
          text: printable(head.mark),
          font: face(FONT.title),
          size: size * 2,
          color: 'FF0000',
          characterSpacing: 0,
        }),
      ],
    }),
    blank(),
    blank(),
    paragraph({
      alignment: head.signer ? AlignmentType.LEFT : AlignmentType.CENTER,
      border,
      tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }],
      children: [new TextRun(head.signer ? `　${number}` : number), ...signer],
    }),
    blank(),
    blank(),
  ]
}

function titleParagraphs(title: string, newPage = false): Paragraph[] {
  return titleLines(printable(title)).map((part, index) =>
    // 2号 type needs a little more air than the body's line.
    line(
      part,
      {
        alignment: AlignmentType.CENTER,
        spacing: exact(TITLE_LINE),
        keepNext: true,
        ...(newPage && index === 0 && { pageBreakBefore: true }),
      },
      { font: FONT.title, size: SIZE.erhao },
    ),
  )
}

/** Text runs; a bookmarked one is wrapped, so that a figure in Word can be jumped to from the appendix. */
function runChildren(runs: readonly Run[]): (TextRun | Bookmark)[] {
  return runs
    .map((run) => {
      const parts = printable(run.text).split('\n')
      const children = parts.map((part, index) => new TextRun({ text: part, ...(index > 0 && { break: 1 }) }))
      return run.bookmark ? new Bookmark({ id: bookmarkName(run.bookmark), children }) : children
    })
    .flat()
}

/**
 * Word takes names of letters, digits and `_` that begin with a letter, up to 40 characters. A name that had to change gets
 * a mark of its own, so that two figures never share one.
 */
function bookmarkName(name: string): string {
  const plain = `f_${name.replace(/[^A-Za-z0-9_]/g, '_')}`
  if (plain === `f_${name}` && plain.length <= 40) return plain
  return `${plain.slice(0, 31)}_${createHash('sha256').update(name).digest('hex').slice(0, 8)}`
}

const HEADINGS = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const

function blockElements(block: Block, width: number, keepNext: boolean): (Paragraph | Table)[] {
  if (block.kind === 'heading')
    return [
      paragraph({
        heading: HEADINGS[block.level],
        keepNext: true,
        indent: { firstLine: 2 * EM },
        children: [new TextRun(printable(block.text))],
      }),
    ]
  if (block.kind === 'paragraph')
    return [
      paragraph({
        alignment: AlignmentType.BOTH,
        keepNext,
        indent: { firstLine: 2 * EM },
        children: runChildren(block.runs),
      }),
    ]
  if (block.kind === 'page') return [...titleParagraphs(block.title, true), blank({ keepNext: true })]
  return [gridTable(block, width)]
}

const ALIGN = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const

/** A ruled table in 5号 宋体, head in 黑体; rows are never split between pages. */
function gridTable(table: TableBlock, width: number): Table {
  const widths = columnWidths(table.columns, width)
  const cell = (value: string, index: number, head: boolean): TableCell =>
    new TableCell({
      width: { size: widths[index]!, type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      children: printable(value)
        .split('\n')
        .map((part) =>
          paragraph({
            alignment: head ? AlignmentType.CENTER : ALIGN[table.columns[index]!.align ?? 'left'],
            spacing: exact(table.roomy ? 420 : 300),
            children: [
              new TextRun({
                text: part,
                size: table.roomy ? SIZE.sihao : SIZE.wuhao,
                characterSpacing: 0,
                font: face(head ? FONT.hei : FONT.song),
              }),
            ],
          }),
        ),
    })
  const row = (values: readonly string[], head: boolean): TableRow =>
    new TableRow({
      tableHeader: head && table.repeatHeader,
      cantSplit: true,
      height: { value: table.roomy ? 794 : head ? 454 : 397, rule: HeightRule.ATLEAST },
      children: table.columns.map((_, index) => cell(values[index] ?? '', index, head)),
    })
  const thin = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
  const frame = { style: BorderStyle.SINGLE, size: 8, color: '000000' }
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    alignment: AlignmentType.CENTER,
    margins: { marginUnitType: WidthType.DXA, top: 40, bottom: 40, left: 85, right: 85 },
    borders: { top: frame, bottom: frame, left: frame, right: frame, insideHorizontal: thin, insideVertical: thin },
    rows: [
      row(
        table.columns.map((column) => column.title),
        true,
      ),
      ...table.rows.map((values) => row(values, false)),
    ],
  })
}

/** 附件说明: one blank line, indented two characters, no end mark; wrapped lines align with the name. */
function attachmentNote(attachments: readonly Attachment[]): Paragraph[] {
  if (attachments.length === 1)
    return [
      blank({ keepNext: true }),
      line(`附件：${attachments[0]!.name}`, { keepNext: true, indent: { left: 5 * EM, hanging: 3 * EM } }),
    ]
  const numberWidth = 1.5 * EM
  return [
    blank({ keepNext: true }),
    ...attachments.map((attachment, index) =>
      line(`${index === 0 ? '附件：' : ''}${index + 1}. ${attachment.name}`, {
        keepNext: true,
        indent: { left: 5 * EM + numberWidth, hanging: index === 0 ? 3 * EM + numberWidth : numberWidth },
      }),
    ),
  ]
}

const fromRight = (ems: number, keepNext: boolean): IParagraphOptions => ({
  alignment: AlignmentType.RIGHT,
  keepNext,
  indent: { right: Math.round(ems * EM) },
})

function signatureParagraphs(signature: Signature): Paragraph[] {
  const indents = signatureIndents(signature.organ, signature.date, signature.sealed ?? false)
  return [
    // A seal needs room; without one, a single blank line.
    blank({ keepNext: true }),
    ...(signature.sealed ? [blank({ keepNext: true })] : []),
    line(signature.organ, fromRight(indents.organ, true)),
    line(signature.date, fromRight(indents.date, false)),
  ]
}

/** 4号 半角宋体 «— 1 —», odd pages right, even pages left, one character in. */
const footer = (even: boolean): Footer =>
  new Footer({
    children: [
      paragraph({
        alignment: even ? AlignmentType.LEFT : AlignmentType.RIGHT,
        spacing: exact(320),
        indent: even ? { left: 280 } : { right: 280 },
        children: [
          new TextRun({
            children: ['— ', PageNumber.CURRENT, ' —'],
            size: SIZE.sihao,
            characterSpacing: 0,
            font: { ascii: FONT.song, hAnsi: FONT.song, cs: FONT.song, eastAsia: FONT.song },
          }),
        ],
      }),
    ],
  })

function section(children: (Paragraph | Table)[], landscape: boolean): ISectionOptions {
  return {
    properties: {
      page: {
        size: {
          width: PAGE.width,
          height: PAGE.height,
          orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: landscape
          ? { top: PAGE.left, bottom: PAGE.right, left: PAGE.bottom, right: PAGE.top, footer: 800, header: 800 }
          : {
              top: PAGE.top,
              bottom: PAGE.bottom,
              left: PAGE.left,
              right: PAGE.right,
              footer: PAGE.footer,
              header: 850,
            },
      },
      // No grid: LibreOffice snaps exact lines to it, and one that counts characters puts 18 on a line.
      grid: { type: DocumentGridType.DEFAULT, linePitch: LINE },
    },
    footers: { default: footer(false), even: footer(true) },
    children,
  }
}

const air = (): Paragraph => paragraph({ spacing: exact(120), children: [] })

function bodyElements(blocks: readonly Block[], landscape: boolean, keepLastNext: boolean): (Paragraph | Table)[] {
  const width = landscape ? TEXT_WIDTH_LANDSCAPE : TEXT_WIDTH
  return blocks.flatMap((block, index) => {
    const elements = blockElements(block, width, keepLastNext && index === blocks.length - 1)
    if (block.kind !== 'table') return elements
    // Air above; below only where no paragraph follows: Word joins two tables that touch.
    return [...(index > 0 ? [air()] : []), ...elements, ...(blocks[index + 1]?.kind === 'paragraph' ? [] : [air()])]
  })
}

function attachmentSection(attachment: Attachment, label: string): ISectionOptions {
  const landscape = attachment.landscape ?? false
  return section(
    [
      line(label, {}, { font: FONT.hei }),
      blank(),
      ...titleParagraphs(attachment.name),
      blank(),
      ...bodyElements(attachment.body, landscape, false),
    ],
    landscape,
  )
}

/**
 * The document as DOCX by GB/T 9704—2012: 22 lines of 28 characters, page numbers outside, amounts on one line.
 * Fonts are named, not embedded: the reader's Word or WPS brings them.
 */
export async function officialDocx(doc: OfficialDocument): Promise<Buffer> {
  const attachments = doc.attachments ?? []
  const heading = (font: string) => ({
    run: {
      font: face(font),
      size: SIZE.sanhao,
      bold: false,
      italics: false,
      color: '000000',
      characterSpacing: CHARACTER_SPACING,
    },
    paragraph: { spacing: exact(LINE) },
  })
  const body = [
    ...(doc.head ? headParagraphs(doc.head) : []),
    ...titleParagraphs(doc.title),
    blank(),
    ...(doc.addressee ? [line(`${doc.addressee}：`)] : []),
    ...bodyElements(doc.body, doc.landscape ?? false, Boolean(doc.signature) || attachments.length > 0),
    ...(attachments.length ? attachmentNote(attachments) : []),
    ...(doc.signature ? signatureParagraphs(doc.signature) : []),
  ]
  const file = new Document({
    title: printable(doc.title).replaceAll('\n', ''),
    creator: printable(doc.signature?.organ ?? ''),
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: {
          run: {
            font: face(FONT.fangsong),
            size: SIZE.sanhao,
            characterSpacing: CHARACTER_SPACING,
            language: { value: 'en-US', eastAsia: 'zh-CN' },
          },
          paragraph: { spacing: exact(LINE) },
        },
        heading1: heading(FONT.hei),
        heading2: heading(FONT.kai),
        heading3: heading(FONT.fangsong),
      },
      // Without widow control every page holds its 22 lines.
      paragraphStyles: [
        { id: 'Normal', name: 'Normal', quickFormat: true, paragraph: { widowControl: false } as never },
      ],
    },
    sections: [
      section(body, doc.landscape ?? false),
      ...attachments.map((attachment, index) =>
        attachmentSection(attachment, attachments.length === 1 ? '附件' : `附件${index + 1}`),
      ),
    ],
  })
  return await Packer.toBuffer(file, undefined, [
    { path: 'word/fontTable.xml', data: fontTable },
    { path: 'word/settings.xml', data: settingsPart },
  ])
}
