import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { Problem } from '../../../kernel/contract/problem.ts'
import { openKeys } from '../../../kernel/crypto/keys.ts'

/**
 * The urn of an open round: a sealed file below DATA_DIR/urns, outside PostgreSQL (no transaction number, no log, no commit
 * time) and outside every backup. It holds a set and no history: each return rewrites it whole, with every part sorted, so
 * the file left behind says nothing about the order in which sheets came, and which sheets of it came together.
 */
export interface Urn {
  /** Keyed hashes of used codes, hex, sorted. */
  used: string[]
  /** One rater's opinion of one subject, sorted: `[group, subject, grade of each criterion or -1]`. */
  sheets: number[][]
  /** 民主推荐: `[group, subject, name]`, one line a name, sorted; which names were on one form is told by nothing. */
  names?: [number, number, string][]
  /** `[subject or 0, words]`, sorted by words. */
  remarks: [number, string][]
}

const fileOf = (dataDir: string, roundId: number): string =>
  path.join(dataDir, 'urns', `appraisal-${Math.trunc(roundId)}.sealed`)
const columnOf = (roundId: number): string => `appraisal.urn.${roundId}`

/** Slots of a closed round are random bytes before the file goes. */
export function destroyUrn(dataDir: string, roundId: number): void {
  const file = fileOf(dataDir, roundId)
  if (!existsSync(file)) return
  const handle = openSync(file, 'r+')
  try {
    writeFileSync(handle, randomBytes(statSync(file).size))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  rmSync(file)
}

export const hasUrn = (dataDir: string, roundId: number): boolean => existsSync(fileOf(dataDir, roundId))

/** @throws Problem 500 `urn-missing`: never counted as an empty urn */
export function readUrn(dataDir: string, roundId: number): Urn {
  const file = fileOf(dataDir, roundId)
  if (!existsSync(file))
    throw new Problem(
      500,
      'urn-missing',
      '评议箱文件不在这台服务器上，不能收表或计票。请立即联系系统管理员，不要重新打开评议。',
    )
  return JSON.parse(openKeys(dataDir).open(readFileSync(file), columnOf(roundId))) as Urn
}

const compare = (one: readonly number[], other: readonly number[]): number => {
  for (const [at, value] of one.entries()) if (value !== other[at]) return value - (other[at] ?? 0)
  return 0
}

/** Writes the whole urn beside the old one, on disk before it takes its place: killed at any moment, one of both stands. */
export function writeUrn(dataDir: string, roundId: number, urn: Urn): void {
  const file = fileOf(dataDir, roundId)
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const sorted: Urn = {
    used: urn.used.toSorted(),
    sheets: urn.sheets.toSorted(compare),
    names: (urn.names ?? []).toSorted(
      ([group, subject, name], [otherGroup, otherSubject, other]) =>
        subject - otherSubject || group - otherGroup || (name < other ? -1 : name > other ? 1 : 0),
    ),
    remarks: urn.remarks.toSorted(([, one], [, other]) => (one < other ? -1 : one > other ? 1 : 0)),
  }
  const next = `${file}.next`
  const handle = openSync(next, 'w', 0o600)
  try {
    writeFileSync(handle, openKeys(dataDir).seal(JSON.stringify(sorted), columnOf(roundId)))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(next, file)
  const folder = openSync(path.dirname(file), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

export const emptyUrn = (): Urn => ({ used: [], sheets: [], names: [], remarks: [] })

const waiting = new Map<number, Promise<unknown>>()

/** One at a time per round: a return and the close never cross. In one process, as the urn is one file on one machine. */
export function atUrn<Result>(roundId: number, work: () => Promise<Result>): Promise<Result> {
  const before = waiting.get(roundId) ?? Promise.resolve()
  const mine = before.then(work, work)
  const settled = mine.catch(() => {})
  waiting.set(roundId, settled)
  void settled.then(() => {
    if (waiting.get(roundId) === settled) waiting.delete(roundId)
  })
  return mine
}
