import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { refused } from '../../../../kernel/contract/problem.ts'
import { SUMS } from './archive.ts'

export interface Checked {
  /** files that are as they were packed */
  files: number
  /** vouchers whose hash was worked out again */
  vouchers: number
  /** SHA-256 of the list of hashes: the same as the audit log says of the export, or the list itself was changed */
  seal: string
  faults: string[]
}

/**
 * Checks an archive package by itself: no database, no network. Every file against the list, nothing missing and nothing
 * beside it, and each voucher's hash from its content and the one before.
 * @param source path of the package, or its bytes
 * @throws Problem 422 `no-archive`
 */
export async function checkArchive(source: string | Buffer): Promise<Checked> {
  const options = { lazyEntries: true, autoClose: false }
  const zip = await (
    typeof source === 'string' ? yauzl.openPromise(source, options) : yauzl.fromBufferPromise(source, options)
  ).catch(() => {
    throw refused('no-archive', '这不是会计档案包，或文件已损坏，打不开。')
  })
  try {
    const entries = new Map<string, Entry>()
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
    const list = entries.get(SUMS)
    if (!list) throw refused('no-archive', `包里没有 ${SUMS}，不是本系统导出的会计档案包。`)
    const sums = await buffer(await read(zip, list))
    const found: Checked = { files: 0, vouchers: 0, seal: createHash('sha256').update(sums).digest('hex'), faults: [] }
    entries.delete(SUMS)
    for (const line of sums.toString('utf8').split('\n').filter(Boolean)) {
      const [, hash, name = ''] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? []
      const entry = entries.get(name)
      entries.delete(name)
      if (!hash || !entry) {
        found.faults.push(`${name || line}：清单上有，包里没有。`)
        continue
      }
      if (name.endsWith('校验链.ndjson'))
        found.vouchers += await walk(await buffer(await read(zip, entry)), found.faults)
      if ((await hashOf(await read(zip, entry))) === hash) found.files += 1
      else found.faults.push(`${name}：内容与装入时不一致，被改动过。`)
    }
    for (const name of entries.keys()) found.faults.push(`${name}：清单上没有，是后来放进去的。`)
    return found
  } finally {
    zip.close()
  }
}

const read = (zip: ZipFile, entry: Entry): Promise<Readable> => zip.openReadStreamPromise(entry)

async function hashOf(stream: Readable): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of stream) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** Works every voucher's hash out again; one that follows in the book's order begins where the one before ended. */
function walk(chain: Buffer, faults: string[]): number {
  let before: { seq: number; hash: string } | null = null
  let vouchers = 0
  for (const line of chain.toString('utf8').split('\n').filter(Boolean)) {
    const one = JSON.parse(line) as { seq: number; number: string; previous: string; hash: string; content: string }
    const own = createHash('sha256').update(Buffer.from(one.previous, 'hex')).update(one.content, 'utf8').digest('hex')
    if (own !== one.hash) faults.push(`${one.number}：校验码与内容不符。`)
    if (before && one.seq === before.seq + 1 && one.previous !== before.hash)
      faults.push(`${one.number}：与前一张凭证的链断开。`)
    before = one
    vouchers += 1
  }
  return vouchers
}
