/** Text as it may stand in a document: no character that breaks the file or the page. */

/** Drops the control characters that XML 1.0 cannot hold and lone surrogates; keeps line breaks and tabs. */
export const printable = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\ufffe\uffff]/gu, '')

/** Text for an HTML element or a quoted attribute. */
export const escapeHtml = (text: string): string =>
  printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

const AMOUNT = /[-+]?[0-9][0-9,]*(?:\.[0-9]+)?(?:[%‰]|余?[万亿]?余?(?:元|人次|户次|人|户|件|项|次|场|个)?)/g

/** Escaped text in which no number parts from its measure word at a line's end. */
export function htmlText(text: string): string {
  let html = ''
  let from = 0
  for (const match of text.matchAll(AMOUNT)) {
    html += `${escapeHtml(text.slice(from, match.index))}<span class="amount">${escapeHtml(match[0])}</span>`
    from = match.index + match[0].length
  }
  return (html + escapeHtml(text.slice(from))).replaceAll('\n', '<br>')
}
