import { open as openFile, type FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { Problem } from '../contract/problem.ts'

/** What a workbook may unpack to. A real roster of 1.5 million rows stays below these. Bytes unless named otherwise. */
export interface Limits {
  maxEntry: number
  maxTotal: number
  maxEntries: number
  /** Unpacked ÷ packed, asked only of entries above `ratioFrom`. */
  maxRatio: number
  ratioFrom: number
  maxSharedStrings: number
  maxRows: number
  maxColumns: number
}

export const defaultLimits: Limits = {
  maxEntry: 600 * 1024 * 1024,
  maxTotal: 1200 * 1024 * 1024,
  maxEntries: 5000,
  maxRatio: 250,
  ratioFrom: 30 * 1024 * 1024,
  maxSharedStrings: 200 * 1024 * 1024,
  maxRows: 200_000,
  maxColumns: 512,
}

export const workbookProblem = (code: string, sentence: string): Problem => new Problem(422, code, sentence)

export const damaged = (): Problem =>
  workbookProblem(
    'workbook-damaged',
    '工作簿内容已损坏，无法读完。请用 Excel 或 WPS 打开，另存为新的 .xlsx 文件后再上传。',
  )

export interface Container {
  has(name: string): boolean
  names(): string[]
  /** Unpacks one entry as it is read. @throws Problem `workbook-damaged` when it isn't there */
  stream(name: string): Promise<Readable>
  close(): void
}

/**
 * Opens the zip of a workbook and refuses what can't be one before anything is unpacked.
 * @param source path of the file, or its bytes
 */
export async function openContainer(source: string | Buffer, limits: Limits): Promise<Container> {
  await refuseForeignFormat(source)
  let zip: ZipFile
  const entries = new Map<string, Entry>()
  try {
    const options = { autoClose: false, lazyEntries: true }
    zip =
      typeof source === 'string'
        ? await yauzl.openPromise(source, options)
        : await yauzl.fromBufferPromise(source, options)
  } catch {
    throw workbookProblem(
      'workbook-truncated',
      '文件不完整，可能上传时中断或下载没有完成。请重新取得完整的 .xlsx 文件后再上传。',
    )
  }
  try {
    let total = 0
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw encrypted()
      total += entry.uncompressedSize
      const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize)
      if (
        entry.uncompressedSize > limits.maxEntry ||
        total > limits.maxTotal ||
        entries.size >= limits.maxEntries ||
        (entry.uncompressedSize > limits.ratioFrom && ratio > limits.maxRatio)
      )
        throw workbookProblem(
          'workbook-too-big',
          '文件展开后异常庞大，已停止读取。请删去空白行列和多余格式，或拆分成几个文件后再上传。',
        )
      entries.set(entry.fileName.replace(/^\//, ''), entry)
    }
  } catch (error) {
    zip.close()
    throw error instanceof Problem ? error : damaged()
  }
  return {
    has: (name) => entries.has(name),
    names: () => [...entries.keys()],
    async stream(name) {
      const entry = entries.get(name)
      if (!entry) throw damaged()
      try {
        return await zip.openReadStreamPromise(entry)
      } catch {
        throw damaged()
      }
    },
    close: () => zip.close(),
  }
}

const encrypted = (): Problem =>
  workbookProblem(
    'workbook-encrypted',
    '工作簿设有打开密码，系统不能读取。请用 Excel 或 WPS 打开，取消密码后另存为 .xlsx 再上传。',
  )

const oleHeader = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const encryptedStream = Buffer.from('EncryptedPackage', 'utf16le')

/** Old .xls files and encrypted .xlsx files are both OLE containers; the stream's name tells them apart. */
async function refuseForeignFormat(source: string | Buffer): Promise<void> {
  const file = typeof source === 'string' ? await openFile(source) : null
  try {
    const head = file ? await bytesAt(file, 0, 8) : (source as Buffer).subarray(0, 8)
    if (head.length === 0) throw workbookProblem('workbook-empty', '上传的文件是空的。请重新选择工作簿后上传。')
    if (head.equals(oleHeader)) {
      const locked = file ? await contains(file, encryptedStream) : (source as Buffer).includes(encryptedStream)
      if (locked) throw encrypted()
      throw workbookProblem(
        'workbook-old-format',
        '这是旧版 .xls 工作簿（即使扩展名改成了 .xlsx）。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再上传。',
      )
    }
    if (head[0] !== 0x50 || head[1] !== 0x4b)
      throw workbookProblem(
        'workbook-not-xlsx',
        '这不是 .xlsx 工作簿。请用 Excel 或 WPS 另存为“Excel 工作簿（*.xlsx）”后再上传。',
      )
  } finally {
    await file?.close()
  }
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

async function contains(file: FileHandle, needle: Buffer): Promise<boolean> {
  const step = 1024 * 1024
  for (let position = 0; ; position += step) {
    const bytes = await bytesAt(file, position, step + needle.length)
    if (bytes.includes(needle)) return true
    if (bytes.length < step) return false
  }
}
