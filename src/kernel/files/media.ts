import { open } from 'node:fs/promises'
import yauzl from 'yauzl'
import { refused } from '../contract/problem.ts'

/** What may be kept: pictures, PDF, Word and Excel files, recognised by their bytes. */
export interface Media {
  type: string
  /** The usual ending first. */
  endings: readonly string[]
  /** A browser may show it in the page; anything else is downloaded. */
  inline: boolean
}

const picture = (type: string, ...endings: string[]): Media => ({ type, endings, inline: true })
const JPEG = picture('image/jpeg', '.jpg', '.jpeg')
const PNG = picture('image/png', '.png')
const GIF = picture('image/gif', '.gif')
const WEBP = picture('image/webp', '.webp')
const PDF: Media = { type: 'application/pdf', endings: ['.pdf'], inline: true }
const DOCX: Media = {
  type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  endings: ['.docx'],
  inline: false,
}
const XLSX: Media = {
  type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  endings: ['.xlsx'],
  inline: false,
}

export const MEDIA: readonly Media[] = [JPEG, PNG, GIF, WEBP, PDF, DOCX, XLSX]
export const mediaOf = (type: string): Media | undefined => MEDIA.find((media) => media.type === type)

const unknown = () =>
  refused('file-type', '只能上传图片（JPG、PNG、GIF、WebP）、PDF、Word（.docx）和 Excel（.xlsx）文件。', {
    file: '不支持这种文件',
  })

/**
 * Says what a file is by its first bytes and, for Office files, by what its zip holds. The name is not asked.
 * @throws Problem 422 file-type | file-old-office | file-macros | file-damaged
 */
export async function recognise(file: string): Promise<Media> {
  const handle = await open(file)
  const head = Buffer.alloc(16)
  try {
    await handle.read(head, 0, 16, 0)
  } finally {
    await handle.close()
  }
  const text = head.toString('latin1')
  if (text.startsWith('\xff\xd8\xff')) return JPEG
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return PNG
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return GIF
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return WEBP
  if (text.startsWith('%PDF-')) return PDF
  if (text.startsWith('\xd0\xcf\x11\xe0'))
    throw refused(
      'file-old-office',
      '这是旧版 Office 文件（.doc、.xls）或加密文件，请去掉密码并另存为 .docx 或 .xlsx 后再上传。',
      {
        file: '请另存为新格式',
      },
    )
  if (text.startsWith('PK\x03\x04')) return office(file)
  throw unknown()
}

/** Many entries make no document: what lists more is refused before it costs anything. */
const mostEntries = 5000

async function office(file: string): Promise<Media> {
  const names = new Set<string>()
  try {
    const zip = await yauzl.openPromise(file, { autoClose: false, lazyEntries: true })
    try {
      for await (const entry of zip.eachEntry()) {
        names.add(entry.fileName.replaceAll('\\', '/'))
        if (names.size > mostEntries) throw new Error('too many entries')
      }
    } finally {
      zip.close()
    }
  } catch {
    throw refused('file-damaged', '文件不完整或已损坏，请重新保存后再上传。', { file: '文件已损坏' })
  }
  if ([...names].some((name) => name.endsWith('vbaProject.bin')))
    throw refused('file-macros', '文件里含有宏，为安全起见不能上传。请另存为不含宏的 .docx 或 .xlsx。', {
      file: '含有宏',
    })
  if (names.has('[Content_Types].xml') && names.has('word/document.xml')) return DOCX
  if (names.has('[Content_Types].xml') && names.has('xl/workbook.xml')) return XLSX
  throw unknown()
}

/** A name fit to show and to download: no path, no control signs, the ending of what it really is. */
export function cleanName(given: string, media: Media): string {
  const base = given.replaceAll('\\', '/').split('/').at(-1)!
  // Right-to-left marks make «fdp.exe» look like «exe.pdf».
  const plain = base
    .replaceAll(/[\p{Cc}\p{Cf}"<>|:*?]/gu, '')
    .trim()
    .replace(/^\.+/, '')
  const ending = plain.toLowerCase().match(/\.[a-z0-9]{1,5}$/)?.[0] ?? ''
  const stem = (media.endings.includes(ending) ? plain.slice(0, -ending.length) : plain).slice(0, 120)
  return `${stem || '附件'}${media.endings.includes(ending) ? ending : media.endings[0]}`
}
