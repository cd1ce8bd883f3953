import { columnWidths } from './columns.ts'
import { FONT, markSize, signatureIndents, titleLines } from './layout.ts'
import type { Attachment, Block, Column, Head, OfficialDocument, Signature } from './model.ts'
import { escapeHtml, htmlText } from './text.ts'

/** System faces that come closest, for machines without the official ones. */
const stack = (name: string, ...others: string[]): string => [name, ...others].map((face) => `"${face}"`).join(', ')
const FANGSONG = `${stack(FONT.fangsong, '仿宋', 'FangSong', 'STFangsong', 'Noto Serif CJK SC')}, serif`
const KAI = `${stack(FONT.kai, '楷体', 'KaiTi', 'STKaiti', 'Noto Serif CJK SC')}, serif`
const HEI = `${stack(FONT.hei, 'SimHei', 'Heiti SC', 'Noto Sans CJK SC')}, sans-serif`
const SONG = `${stack(FONT.song, 'SimSun', 'Songti SC', 'Noto Serif CJK SC')}, serif`
const TITLE = `${stack(FONT.title, '方正小标宋_GBK', '小标宋体', '宋体', 'SimSun', 'Noto Serif CJK SC')}, serif`

/** The same page as the DOCX: 28 characters a line, page numbers outside. Chromium and WPS honour the page's margin boxes. */
const STYLE = `
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
@page :right { @bottom-right { content: "— " counter(page) " —"; font: 14pt ${SONG}; padding: 7mm 14pt 0 0; vertical-align: top; } }
@page :left { @bottom-left { content: "— " counter(page) " —"; font: 14pt ${SONG}; padding: 7mm 0 0 14pt; vertical-align: top; } }
@page wide { size: A4 landscape; margin: 28mm 37mm 26mm 35mm; }
* { box-sizing: border-box; }
body { margin: 0; color: #000; font: 16pt/28.95pt ${FANGSONG}; letter-spacing: -0.25pt; text-align: justify; }
h1 { margin: 0 0 28.95pt; font: 22pt/32pt ${TITLE}; letter-spacing: 0; text-align: center; }
.head { text-align: center; border-bottom: 1.5pt solid #f00; padding-bottom: 4mm; margin-bottom: 57.9pt; }
.head p { text-indent: 0; } .head .mark { color: #f00; font-family: ${TITLE}; letter-spacing: 0; line-height: 1.2; margin: 35mm 0 57.9pt; }
.head .signed { display: flex; justify-content: space-between; padding: 0 1em; }
h2, h3, h4 { margin: 0; font-size: 16pt; font-weight: normal; text-indent: 2em; break-after: avoid; }
h2 { font-family: ${HEI}; } h3 { font-family: ${KAI}; }
p { margin: 0; text-indent: 2em; }
p.addressee, p.label { text-indent: 0; } p.label { font-family: ${HEI}; margin-bottom: 28.95pt; }
.amount { white-space: nowrap; }
.signature { margin-top: 28.95pt; text-align: right; break-inside: avoid; }
.signature p { text-indent: 0; }
.attachments { margin-top: 28.95pt; }
.attachments p { text-indent: -3em; margin-left: 5em; }
section.attachment { break-before: page; } section.wide { page: wide; }
table { width: 100%; margin: 6pt 0; border-collapse: collapse; border: 1pt solid #000; font: 10.5pt/15pt ${SONG};
  letter-spacing: 0; table-layout: fixed; }
td, th { border: .5pt solid #000; padding: 2.5pt 4pt; overflow-wrap: anywhere; text-align: left; }
th { font-family: ${HEI}; font-weight: normal; text-align: center; }
td.right { text-align: right; } td.center { text-align: center; }
tr { break-inside: avoid; } thead.once { display: table-row-group; }
@media screen {
  body { background: #eceff1; } main { width: 210mm; margin: 8mm auto; padding: 37mm 26mm 35mm 28mm; background: #fff;
  box-shadow: 0 1px 6px rgb(0 0 0 / .18); }
  section.attachment { margin-top: 20mm; }
}`

function tableHtml(columns: readonly Column[], rows: readonly (readonly string[])[], repeatHeader: boolean): string {
  const cells = (values: readonly string[]): string =>
    columns
      .map(
        (column, index) =>
          `<td${column.align && column.align !== 'left' ? ` class="${column.align}"` : ''}>${htmlText(values[index] ?? '')}</td>`,
      )
      .join('')
  return (
    `<table><colgroup>${columnWidths(columns, 10_000)
      .map((width) => `<col style="width:${width / 100}%">`)
      .join('')}</colgroup>` +
    `<thead${repeatHeader ? '' : ' class="once"'}><tr>${columns.map((column) => `<th scope="col">${htmlText(column.title)}</th>`).join('')}</tr></thead>` +
    `<tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('')}</tbody></table>`
  )
}

function blockHtml(block: Block): string {
  if (block.kind === 'heading') return `<h${block.level + 1}>${htmlText(block.text)}</h${block.level + 1}>`
  if (block.kind === 'table') return tableHtml(block.columns, block.rows, block.repeatHeader)
  if (block.kind === 'page') return `<h1 class="sheet">${htmlText(block.title)}</h1>`
  const runs = block.runs.map((run) =>
    run.bookmark
      ? `<span class="figure amount" id="${escapeHtml(run.bookmark)}" data-figure="${escapeHtml(run.bookmark)}">${escapeHtml(run.text)}</span>`
      : htmlText(run.text),
  )
  return `<p>${runs.join('')}</p>`
}

const blocksHtml = (blocks: readonly Block[]): string => blocks.map(blockHtml).join('\n')

function attachmentList(attachments: readonly Attachment[]): string {
  if (!attachments.length) return ''
  const items = attachments.map(
    (attachment, index) =>
      `<p>${index === 0 ? '附件：' : ''}${attachments.length > 1 ? `${index + 1}. ` : ''}${htmlText(attachment.name)}</p>`,
  )
  return `<div class="attachments">${items.join('')}</div>`
}

function signatureHtml(signature: Signature): string {
  const indents = signatureIndents(signature.organ, signature.date, signature.sealed ?? false)
  return (
    `<div class="signature"><p style="padding-right:${indents.organ}em">${htmlText(signature.organ)}</p>` +
    `<p style="padding-right:${indents.date}em">${htmlText(signature.date)}</p></div>`
  )
}

function headHtml(head: Head): string {
  const signer = head.signer
    ? `<span>签发人：<span style="font-family:${escapeHtml(KAI)}">${escapeHtml(head.signer)}</span></span>`
    : ''
  return (
    `<div class="head"><p class="mark" style="font-size:${markSize(head.mark)}pt">${escapeHtml(head.mark)}</p>` +
    `<p${signer ? ' class="signed"' : ''}><span>${escapeHtml(head.number ?? '')}</span>${signer}</p></div>`
  )
}

const heading = (title: string): string => `<h1>${titleLines(title).map(escapeHtml).join('<br>')}</h1>`

/**
 * The document as one HTML page that prints on A4 like the DOCX. Bookmarked runs become
 * `<span class="figure" data-figure="…">`, for a screen that opens them. All text is escaped; no script, no link.
 */
export function officialHtml(doc: OfficialDocument): string {
  const attachments = doc.attachments ?? []
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${escapeHtml(doc.title.replaceAll('\n', ''))}</title><style>${STYLE}</style></head>
<body><main>
<section${doc.landscape ? ' class="wide"' : ''}>${doc.head ? headHtml(doc.head) : ''}${heading(doc.title)}
${doc.addressee ? `<p class="addressee">${htmlText(doc.addressee)}：</p>` : ''}
${blocksHtml(doc.body)}
${attachmentList(attachments)}${doc.signature ? signatureHtml(doc.signature) : ''}</section>
${attachments
  .map(
    (attachment, index) =>
      `<section class="attachment${attachment.landscape ? ' wide' : ''}"><p class="label">附件${attachments.length > 1 ? index + 1 : ''}</p>` +
      `${heading(attachment.name)}\n${blocksHtml(attachment.body)}</section>`,
  )
  .join('\n')}
</main></body></html>
`
}
