import { ZipFile } from 'yazl'

/**
 * Builds workbooks the way other programs do, and wrongly on purpose, for tests. `parts` replace or add entries of a
 * minimal workbook with one sheet named 表一.
 */
export async function forgeWorkbook(parts: Record<string, string> = {}): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, text] of Object.entries({ ...minimal, ...parts })) if (text) zip.addBuffer(Buffer.from(text), name)
  zip.end()
  const chunks: Buffer[] = []
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006/relationships'

const minimal: Record<string, string> = {
  '_rels/.rels': `<Relationships xmlns="${packaged}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packaged}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/worksheet" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="rId3" Type="${office}/styles" Target="styles.xml"/><Relationship Id="rId4" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="表一" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/worksheets/sheet1.xml': sheetPart('<row r="1"><c r="A1"><v>1</v></c></row>'),
}

/** A worksheet part around the given rows; `after` stands behind sheetData. */
export function sheetPart(rows: string, after = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${main}"><sheetData>${rows}</sheetData>${after}</worksheet>`
}

export const workbookPart = (sheets: string, properties = ''): string =>
  `<workbook xmlns="${main}" xmlns:r="${office}">${properties}<sheets>${sheets}</sheets></workbook>`

/** Something that looks like the OLE container of an old or an encrypted workbook. */
export function forgeOle(stream: 'Workbook' | 'EncryptedPackage'): Buffer {
  return Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(504),
    Buffer.from('Root Entry', 'utf16le'),
    Buffer.alloc(108),
    Buffer.from(stream, 'utf16le'),
    Buffer.alloc(512),
  ])
}
