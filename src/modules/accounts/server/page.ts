/** Small printable pages on A4: lists an officer signs, slips to hand out. */

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const escapeHtml = (text: unknown): string => String(text ?? '').replace(/[&<>"']/g, (sign) => entities[sign]!)

/** Rows of a table; values are escaped here. */
export const table = (head: readonly string[], rows: readonly (readonly unknown[])[]): string =>
  `<table><thead><tr>${head.map((cell) => `<th>${escapeHtml(cell)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`

/** @param body HTML whose values are escaped already */
export const page = (title: string, body: string, style = ''): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>
@page { size: A4; margin: 18mm 16mm }
body { font: 11pt/1.6 "Noto Serif SC", SimSun, serif; color: #222; max-width: 180mm; margin: 0 auto }
h1 { font-size: 18pt; text-align: center; margin: 0 0 6mm } h2 { font-size: 13pt; margin: 6mm 0 2mm }
table { width: 100%; border-collapse: collapse } th, td { border: 1px solid #666; padding: 1.5mm 2mm; text-align: left }
thead { display: table-header-group } tr { break-inside: avoid } th { background: #f3f3f3 }
.sign { display: flex; gap: 12mm; margin-top: 14mm } .sign span { flex: 1; border-bottom: 1px solid #666 }
${style}</style></head><body><h1>${escapeHtml(title)}</h1>${body}</body></html>`
