import { buffer } from 'node:stream/consumers'
import yauzl from 'yauzl'

/** The text of a DOCX, paragraph by paragraph. */
export async function docxText(bytes: Buffer): Promise<string> {
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true, autoClose: false })
  for await (const entry of zip.eachEntry())
    if (entry.fileName === 'word/document.xml') {
      const xml = (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8')
      return xml.replaceAll('</w:p>', '\n').replaceAll(/<[^>]+>/g, '')
    }
  throw new Error('no word/document.xml')
}
