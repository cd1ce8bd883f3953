import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'
import { Problem } from '../contract/problem.ts'
import { hashing, manifestSchema, type Manifest } from './manifest.ts'

const damaged = (why: string): Problem =>
  new Problem(422, 'backup-damaged', `备份文件已损坏或不完整（${why}），没有恢复任何内容。请换用另一份备份。`)

/** An opened backup file. */
export interface Archive {
  manifest: Manifest
  read(entry: string): Promise<Readable>
  close(): void
}

/**
 * Opens a backup and reads it through once, comparing every hash, before anybody trusts it.
 * @throws Problem `backup-damaged`
 */
export async function openArchive(file: string): Promise<Archive> {
  const zip = await yauzl.openPromise(file, { autoClose: false }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new Problem(404, 'no-backup', `没有找到备份文件 ${file}。`)
    throw damaged(error.message)
  })
  try {
    const entries = new Map<string, yauzl.Entry>()
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
    const read = async (name: string): Promise<Readable> => {
      const entry = entries.get(name)
      if (!entry) throw damaged(`缺少 ${name}`)
      return zip.openReadStreamPromise(entry)
    }
    const parsed = manifestSchema.safeParse(JSON.parse(await text(await read('manifest.json'))))
    if (!parsed.success) throw damaged('清单的格式不对')
    const manifest = parsed.data
    for (const part of [...manifest.tables, ...manifest.files]) {
      const { stream, result } = hashing()
      await pipeline(await read(part.entry), stream.resume())
      if (result().sha256 !== part.sha256) throw damaged(`${part.entry} 的内容与清单不符`)
    }
    return { manifest, read, close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error instanceof Problem ? error : damaged((error as Error).message)
  }
}
