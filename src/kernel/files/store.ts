import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { S3Store, s3Settings } from './s3.ts'

/** Where the bytes lie, under their SHA-256 in hexadecimal. The same bytes lie there once. */
export interface Store {
  /** Takes the file over (it is gone from where it was) and returns once it is safe on the disk. */
  put(sha256: string, file: string): Promise<void>
  /** @throws when there are no such bytes */
  read(sha256: string): Promise<Readable>
  /** Takes the bytes away for good; nothing happens when they are gone already. */
  remove(sha256: string): Promise<void>
}

/** The folder `files` of DATA_DIR: `files/ab/ab34…`. What backup saves. */
export class LocalStore implements Store {
  readonly #root: string

  constructor(dataDir: string) {
    this.#root = path.join(dataDir, 'files')
  }

  #place(sha256: string): string {
    return path.join(this.#root, sha256.slice(0, 2), sha256)
  }

  async put(sha256: string, file: string): Promise<void> {
    const place = this.#place(sha256)
    if (await stat(place).catch(() => null)) return rm(file)
    await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
    await rename(file, place)
    // The name in its folder must survive a power cut as well as the bytes do.
    const folder = await open(path.dirname(place))
    await folder.sync().finally(() => folder.close())
  }

  async read(sha256: string): Promise<Readable> {
    const place = this.#place(sha256)
    await stat(place)
    return createReadStream(place)
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.#place(sha256), { force: true })
  }
}

/** S3 when the environment names a bucket, otherwise the local folder. */
export function openStore(dataDir: string, environment: NodeJS.ProcessEnv = process.env): Store {
  const s3 = s3Settings(environment)
  return s3 ? new S3Store(s3) : new LocalStore(dataDir)
}

/** Half-received uploads of an earlier run: nobody will finish them. */
export async function sweepUploads(folder: string, olderThanMs = 86_400_000): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name)
    const found = await stat(file).catch(() => null)
    if (found && Date.now() - found.mtimeMs > olderThanMs) await rm(file, { force: true })
  }
}
