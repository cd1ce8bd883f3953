import { columnWidths } from './columns.ts'
import type { Column } from './model.ts'
import { escapeHtml, htmlText } from './text.ts'

/** A printed form or list: one record of a register, a 台账, a 花名册. */
export interface PrintForm {
  title: string
  /** Line under the title, left and right: 填报单位：… and 编号：… or 日期：… */
  left?: string
  right?: string
  /** Pairs of label and value in a grid, two pairs a row; a wide one takes the whole row. */
  fields?: readonly { label: string; value: string; wide?: boolean }[]
  lines?: {
    title?: string
    columns: readonly Column[]
    rows: readonly (readonly string[])[]
    /** A last row in the same columns: 合计. */
    totals?: readonly string[]
  }
  /** Places to sign: 经办人, 审批人 … each with a rule and a date. */
  signatures?: readonly string[]
  /** Small print at the foot: who printed it and when, why personal data are shown. */
  note?: string
  /** Repeated across every page, when personal data leave the house. */
  watermark?: string
  landscape?: boolean
}

const STYLE = `
* { box-sizing: border-box; }
body { margin: 0; color: #000; font: 10.5pt/16pt "宋体", SimSun, "Songti SC", "Noto Serif CJK SC", serif; }
h1 { margin: 0 0 10pt; text-align: center; font: 18pt/26pt "方正小标宋简体", "小标宋体", "宋体", SimSun, "Noto Serif CJK SC", serif;
  letter-spacing: 1pt; }
.under { display: flex; justify-content: space-between; gap: 12pt; margin-bottom: 4pt; }
table { width: 100%; border-collapse: collapse; border: 1pt solid #000; table-layout: fixed; }
table + h2, table + table { margin-top: 10pt; }
h2 { margin: 10pt 0 4pt; font: 11pt/16pt "黑体", SimHei, "Noto Sans CJK SC", sans-serif; }
td, th { border: .5pt solid #000; padding: 4pt 5pt; text-align: left; vertical-align: middle; overflow-wrap: anywhere;
  font-weight: normal; }
thead th, th.label { font-family: "黑体", SimHei, "Noto Sans CJK SC", sans-serif; text-align: center; }
.fields td { height: 26pt; } .fields td.wide { min-height: 40pt; }
.right { text-align: right; } .center { text-align: center; }
.right, .amount { font-variant-numeric: tabular-nums; } .amount { white-space: nowrap; }
tr { break-inside: avoid; } thead { display: table-header-group; }
tr.totals td { font-family: "黑体", SimHei, "Noto Sans CJK SC", sans-serif; }
.signatures { display: flex; flex-wrap: wrap; gap: 18pt 24pt; margin-top: 24pt; break-inside: avoid; }
.signatures div { flex: 1 1 40%; display: flex; align-items: flex-end; white-space: nowrap; }
.signatures i { flex: 1; min-width: 50pt; border-bottom: .5pt solid #000; margin: 0 8pt 2pt 2pt; }
.note { margin-top: 12pt; font-size: 9pt; color: #333; }
.watermark { position: fixed; inset: 0; z-index: -1; display: flex; align-items: center; justify-content: center;
  font: 40pt "黑体", SimHei, "Noto Sans CJK SC", sans-serif; color: rgb(0 0 0 / .07); transform: rotate(-28deg); }
@media screen {
  body { background: #eceff1; } main { margin: 8mm auto; padding: 20mm 18mm; background: #fff;
  box-shadow: 0 1px 6px rgb(0 0 0 / .18); }
}`

type Fields = NonNullable<PrintForm['fields']>
type Lines = NonNullable<PrintForm['lines']>

/** Rows of the grid: pairs side by side, wide values on their own, an odd last value across. */
function fieldRows(fields: Fields): Fields[number][][] {
  const rows: Fields[number][][] = []
  for (const field of fields) {
    const last = rows.at(-1)
    if (!field.wide && last?.length === 1 && !last[0]!.wide) last.push(field)
    else rows.push([field])
  }
  return rows
}

function fieldsHtml(fields: Fields): string {
  const cell = (field: Fields[number], span: number): string =>
    `<th class="label" scope="row">${htmlText(field.label)}</th>` +
    `<td colspan="${span}"${field.wide ? ' class="wide"' : ''}>${htmlText(field.value)}</td>`
  const rows = fieldRows(fields).map(
    (row) => `<tr>${row.map((field) => cell(field, row.length === 1 ? 3 : 1)).join('')}</tr>`,
  )
  return (
    '<table class="fields"><colgroup><col style="width:17%"><col style="width:33%"><col style="width:17%"><col style="width:33%"></colgroup>' +
    `<tbody>${rows.join('')}</tbody></table>`
  )
}

function linesHtml(lines: Lines): string {
  const row = (values: readonly string[], kind = ''): string =>
    `<tr${kind}>${lines.columns
      .map(
        (column, index) =>
          `<td${column.align && column.align !== 'left' ? ` class="${column.align}"` : ''}>${htmlText(values[index] ?? '')}</td>`,
      )
      .join('')}</tr>`
  return (
    (lines.title ? `<h2>${htmlText(lines.title)}</h2>` : '') +
    `<table><colgroup>${columnWidths(lines.columns, 10_000)
      .map((width) => `<col style="width:${width / 100}%">`)
      .join('')}</colgroup>` +
    `<thead><tr>${lines.columns.map((column) => `<th scope="col">${htmlText(column.title)}</th>`).join('')}</tr></thead>` +
    `<tbody>${lines.rows.map((values) => row(values)).join('')}${lines.totals ? row(lines.totals, ' class="totals"') : ''}</tbody></table>`
  )
}

/** The form as one HTML page for A4. All text is escaped; no script, no link. */
export function printForm(form: PrintForm): string {
  const page = form.landscape
    ? '@page { size: A4 landscape; margin: 18mm 16mm; @bottom-center { content: "第 " counter(page) " 页 共 " counter(pages) " 页"; font: 9pt SimSun, serif; } }\nmain { max-width: 297mm; }'
    : '@page { size: A4; margin: 20mm 18mm; @bottom-center { content: "第 " counter(page) " 页 共 " counter(pages) " 页"; font: 9pt SimSun, serif; } }\nmain { max-width: 210mm; }'
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${escapeHtml(form.title)}</title><style>${page}${STYLE}</style></head>
<body>${form.watermark ? `<div class="watermark" aria-hidden="true">${escapeHtml(form.watermark)}</div>` : ''}<main>
<h1>${escapeHtml(form.title)}</h1>
${form.left || form.right ? `<div class="under"><span>${htmlText(form.left ?? '')}</span><span>${htmlText(form.right ?? '')}</span></div>` : ''}
${form.fields?.length ? fieldsHtml(form.fields) : ''}
${form.lines ? linesHtml(form.lines) : ''}
${form.signatures?.length ? `<div class="signatures">${form.signatures.map((place) => `<div>${htmlText(place)}：<i></i>年&emsp;月&emsp;日</div>`).join('')}</div>` : ''}
${form.note ? `<p class="note">${htmlText(form.note)}</p>` : ''}
</main></body></html>
`
}
