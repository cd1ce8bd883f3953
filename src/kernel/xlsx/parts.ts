import { columnName } from './cell.ts'
import type { ColumnSpec, SheetSpec } from './write.ts'

/** The fixed parts of a workbook: content types, relations, styles, the workbook itself. */

// XML 1.0 has no place for these; a lone surrogate is no character either.
// eslint-disable-next-line no-control-regex
const forbidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const special = /[&<>"\r\u0000-\u001f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_/

/** Text as XML text or attribute value. Most text needs nothing, so that is asked first. */
export function escapeXml(text: string): string {
  if (!special.test(text)) return text
  return text
    .replace(forbidden, '')
    .replace(/_(x[0-9A-Fa-f]{4}_)/g, '_x005F_$1')
    .replace(/\r\n?/g, '\n')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships'

export const sheetHead = `${head}<worksheet xmlns="${main}" xmlns:r="${relations}">`

/** Index of each cell style in the table below. */
export const style = {
  plain: 0,
  header: 1,
  requiredHeader: 2,
  title: 3,
  text: 4,
  date: 5,
  money: 6,
  integer: 7,
  percent: 8,
  wrap: 9,
  sample: 10,
  note: 11,
  ruledText: 12,
  ruledMoney: 13,
  strongText: 14,
  strongMoney: 15,
} as const
export type StyleName = keyof typeof style

const alignment = (horizontal: string, wrap = false): string =>
  `<alignment${horizontal ? ` horizontal="${horizontal}"` : ''} vertical="center"${wrap ? ' wrapText="1"' : ''}/>`
const xf = (format: number, font: number, fill: number, border: number, inner: string): string =>
  `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${inner}</xf>`

const font = (size: number, extra = ''): string =>
  `<font>${extra.includes('<b/>') ? '<b/>' : ''}${extra.includes('<i/>') ? '<i/>' : ''}<sz val="${size}"/>${extra.replace(/<[bi]\/>/g, '')}<name val="宋体"/><charset val="134"/></font>`
const solid = (colour: string): string =>
  `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/><bgColor indexed="64"/></patternFill></fill>`
const edge = (name: string): string => `<${name} style="thin"><color rgb="FFBFBFBF"/></${name}>`

export const stylesXml = `${head}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>\
<fonts count="6">${font(11)}${font(11, '<b/>')}${font(11, '<b/><color rgb="FFC00000"/>')}${font(16, '<b/>')}${font(11, '<i/><color rgb="FF7F7F7F"/>')}${font(10, '<color rgb="FF595959"/>')}</fonts>\
<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${solid('FFE8EEF7')}${solid('FFF7F7F7')}</fills>\
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${['left', 'right', 'top', 'bottom'].map(edge).join('')}<diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="16">${[
  xf(0, 0, 0, 0, alignment('')),
  xf(49, 1, 2, 1, alignment('center', true)),
  xf(49, 2, 2, 1, alignment('center', true)),
  xf(49, 3, 0, 0, alignment('center', true)),
  xf(49, 0, 0, 0, alignment('')),
  xf(164, 0, 0, 0, alignment('center')),
  xf(4, 0, 0, 0, alignment('right')),
  xf(1, 0, 0, 0, alignment('right')),
  xf(10, 0, 0, 0, alignment('right')),
  xf(49, 0, 0, 0, alignment('', true)),
  xf(49, 4, 3, 0, alignment('')),
  xf(49, 5, 0, 0, alignment('', true)),
  xf(49, 0, 0, 1, alignment('', true)),
  xf(4, 0, 0, 1, alignment('right')),
  xf(49, 1, 0, 1, alignment('', true)),
  xf(4, 1, 0, 1, alignment('right')),
].join('')}</cellXfs><cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

export const contentTypes = (sheetCount: number): string =>
  `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${Array.from(
    { length: sheetCount },
    (_, index) =>
      `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
  ).join('')}</Types>`

export const packageRelationsXml = `${head}<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

export const workbookRelations = (sheetCount: number): string =>
  `${head}<Relationships xmlns="${packageRelations}">${Array.from(
    { length: sheetCount },
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  ).join('')}<Relationship Id="rId${sheetCount + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`

const quoted = (sheetName: string): string => `'${sheetName.replace(/'/g, "''")}'`

export function workbookXml(sheets: readonly SheetSpec[], headerRows: readonly number[]): string {
  const names = sheets
    .map((sheet, index) => {
      const last = columnName(Math.max(0, sheet.columns.length - 1))
      const row = headerRows[index]!
      // The header is printed again on each page; the filter's own name is what Excel expects beside autoFilter.
      return (
        (sheet.filter
          ? `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${escapeXml(quoted(sheet.name))}!$A$${row}:$${last}$${row}</definedName>`
          : '') +
        `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${escapeXml(quoted(sheet.name))}!$${row}:$${row}</definedName>`
      )
    })
    .join('')
  return `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${sheets
    .map(
      (sheet, index) =>
        `<sheet name="${escapeXml(sheet.name)}" sheetId="${index + 1}"${sheet.hidden ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`,
    )
    .join('')}</sheets><definedNames>${names}</definedNames></workbook>`
}

const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text)

/** Drop-downs and the hints shown when a cell is entered, one per column. */
export function validationsXml(
  columns: readonly ColumnSpec[],
  firstRow: number,
  choiceRanges: ReadonlyMap<ColumnSpec, string>,
): string {
  const parts = columns.flatMap((column, index) => {
    if (!column.prompt && !column.choices?.length) return []
    const range = `${columnName(index)}${firstRow}:${columnName(index)}${firstRow + 9999}`
    const prompt = column.prompt
      ? ` showInputMessage="1" promptTitle="${escapeXml(cut(column.header, 32))}" prompt="${escapeXml(cut(column.prompt, 250))}"`
      : ''
    if (!column.choices?.length) return [`<dataValidation allowBlank="1"${prompt} sqref="${range}"/>`]
    // An open list only suggests; a closed one refuses what isn't on it.
    const refusal = column.openChoices ? ' errorStyle="warning"' : ''
    const source = choiceRanges.get(column) ?? `"${column.choices.join(',')}"`
    return [
      `<dataValidation type="list"${refusal} allowBlank="1"${prompt} showErrorMessage="1" errorTitle="不在选项内" error="请从下拉列表中选择。" sqref="${range}"><formula1>${escapeXml(source)}</formula1></dataValidation>`,
    ]
  })
  return parts.length ? `<dataValidations count="${parts.length}">${parts.join('')}</dataValidations>` : ''
}
