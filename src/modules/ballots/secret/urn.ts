import { randomInt } from 'node:crypto'
import { existsSync, renameSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { compareBytes, concat, label, toText, utf8, utf8Text, type Bytes } from '../format/bytes.ts'
import { ballotId, readLine, type Ballot } from '../format/ballot.ts'
import type { Vote } from '../format/opening.ts'
import { nodePrimitives } from '../format/primitives-node.ts'

/**
 * The urn: a file as long from the first day as on the last, filled with random bytes. A ballot lies in a slot drawn by
 * lot, behind a hash of itself, so nothing in the file says in what order ballots came; a slot half written when the
 * power went is a free one, and nobody got a receipt for it.
 */
export interface UrnEntry {
  ballot: Ballot
  id: Bytes
  line: string
}

interface Waiting {
  slot: Bytes
  done: () => void
  failed: (error: Error) => void
}

const hashLength = 32
const everyTime = new Date('2000-01-01T00:00:00Z')

/** All lines of a vote have one length: every part has. */
function lineLength(vote: Vote): number {
  const text = (bytes: number): number => Math.ceil((bytes * 4) / 3)
  const list = (lengths: readonly number[]): number =>
    lengths.reduce((sum, bytes) => sum + text(bytes) + 2, 0) + Math.max(0, lengths.length - 1)
  const sealed = vote.trusteeKeys.length > 0
  return (
    '{"body":"","ephemeral":"","key":"","prefixes":[],"shares":[],"signature":"","tokens":[]}'.length +
    text(vote.opening.pad + (sealed ? 16 : 0)) +
    text(sealed ? 65 : 0) +
    text(65) +
    text(64) +
    list(vote.tokenKeys.map(() => 32)) +
    list(vote.trusteeKeys.map(() => 32)) +
    list(vote.tokenKeys.map((key) => key.n.length))
  )
}

const seal = (vote: Vote, line: Uint8Array): Bytes => nodePrimitives.sha256(concat(label('slot'), vote.eid, line))

export class Urn {
  private readonly vote: Vote
  private readonly handle: FileHandle
  private readonly slotLength: number
  private readonly free: number[]
  private waiting: Waiting[] = []
  private writing: Promise<void> | null = null

  private constructor(vote: Vote, handle: FileHandle, free: number[]) {
    this.vote = vote
    this.handle = handle
    this.free = free
    this.slotLength = hashLength + lineLength(vote)
  }

  /** Opens the vote's urn, making it when it isn't there; gives what lies in it already. */
  static async open(vote: Vote, file: string): Promise<{ urn: Urn; entries: UrnEntry[] }> {
    if (!existsSync(file)) await Urn.prepare(vote, file)
    const handle = await open(file, 'r+')
    const free: number[] = []
    const entries: UrnEntry[] = []
    for await (const { slot, entry } of Urn.slots(vote, handle)) {
      if (entry) entries.push(entry)
      else free.push(slot)
    }
    return { urn: new Urn(vote, handle, free), entries }
  }

  /** What lies in a closed urn, in the order of the ids. */
  static async read(vote: Vote, file: string): Promise<UrnEntry[]> {
    const handle = await open(file, 'r')
    try {
      const entries: UrnEntry[] = []
      for await (const { entry } of Urn.slots(vote, handle)) if (entry) entries.push(entry)
      return entries.toSorted((one, other) => compareBytes(one.id, other.id))
    } finally {
      await handle.close()
    }
  }

  /** Ids by place, for looking at the urn from outside. */
  static async layout(vote: Vote, file: string): Promise<string[]> {
    const handle = await open(file, 'r')
    try {
      const ids: string[] = []
      for await (const { entry } of Urn.slots(vote, handle)) if (entry) ids.push(toText(entry.id))
      return ids
    } finally {
      await handle.close()
    }
  }

  /** A free slot for every voter, and a reserve, so that the last ones are drawn by lot too. */
  private static async prepare(vote: Vote, file: string): Promise<void> {
    const length = hashLength + lineLength(vote)
    const slots = vote.opening.roll.size + Math.ceil(vote.opening.roll.size / 4) + 64
    const part = `${file}.part`
    const handle = await open(part, 'w', 0o600)
    for (let left = slots * length; left > 0; left -= 1 << 20)
      await handle.write(nodePrimitives.random(Math.min(left, 1 << 20)))
    await handle.utimes(everyTime, everyTime)
    await handle.sync()
    await handle.close()
    renameSync(part, file)
  }

  private static async *slots(
    vote: Vote,
    handle: FileHandle,
  ): AsyncGenerator<{ slot: number; entry: UrnEntry | null }> {
    const length = hashLength + lineLength(vote)
    const bytes = new Uint8Array(length)
    for (let slot = 0; ; slot++) {
      const { bytesRead } = await handle.read(bytes, 0, length, slot * length)
      if (bytesRead < length) return
      const text = bytes.subarray(hashLength)
      const written = compareBytes(seal(vote, text), bytes.subarray(0, hashLength)) === 0
      const line = written ? utf8Text(text) : null
      const ballot = line === null ? null : readLine(vote, line)
      yield { slot, entry: ballot && line ? { ballot, id: ballotId(nodePrimitives, vote, ballot), line } : null }
    }
  }

  /** Resolves when the ballot is on the disk, and not before. @throws Error when the urn is full or the disk fails */
  put(line: string): Promise<void> {
    const text = utf8(line)
    if (text.length !== this.slotLength - hashLength) return Promise.reject(new Error('not a line of this vote'))
    return new Promise((done, failed) => {
      this.waiting.push({ slot: concat(seal(this.vote, text), text), done, failed })
      this.writing ??= this.writeAll().finally(() => (this.writing = null))
    })
  }

  /** Whatever came while the disk was busy goes down together: one fdatasync for the group. */
  private async writeAll(): Promise<void> {
    while (this.waiting.length) {
      const group = this.waiting
      this.waiting = []
      try {
        await Promise.all(group.map(({ slot }) => this.handle.write(slot, 0, slot.length, this.take() * slot.length)))
        await this.handle.datasync()
        // Only that there is an urn may be seen from outside, not when it was last used.
        await this.handle.utimes(everyTime, everyTime)
        for (const { done } of group) done()
      } catch (error) {
        for (const { failed } of group) failed(error as Error)
      }
    }
  }

  private take(): number {
    if (!this.free.length) throw new Error('the urn is full')
    const at = randomInt(this.free.length)
    const slot = this.free[at]!
    this.free[at] = this.free.at(-1)!
    this.free.pop()
    return slot
  }

  async close(): Promise<void> {
    await this.writing
    await this.handle.close()
  }
}

/** Overwrites before deleting; what a disk keeps inside is beyond us, and the limits say so. */
export async function destroyUrn(file: string): Promise<void> {
  if (!existsSync(file)) return
  const handle = await open(file, 'r+')
  const { size } = await handle.stat()
  for (let at = 0; at < size; at += 1 << 20) {
    const noise = nodePrimitives.random(Math.min(1 << 20, size - at))
    await handle.write(noise, 0, noise.length, at)
  }
  await handle.sync()
  await handle.close()
}
