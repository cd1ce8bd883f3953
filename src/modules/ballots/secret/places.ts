import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { forbiddenFolder } from '../../../kernel/backup/forbidden.ts'
import { fromText, toText, type Bytes } from '../format/bytes.ts'
import { nodePrimitives } from '../format/primitives-node.ts'
import { scalarOf } from '../format/seal.ts'

/**
 * Where the secrets of a vote lie: outside PostgreSQL and outside every backup. While a vote is open its folder holds the
 * issuer's key and the urn; both go when it is closed.
 */
export const secretFolder = (dataDir: string): string => path.join(dataDir, 'ballots')
export const voteFolder = (dataDir: string, eid: string): string => path.join(secretFolder(dataDir), 'open', eid)
export const issuerFile = (dataDir: string, eid: string): string => path.join(voteFolder(dataDir, eid), 'issuer.der')
export const urnFile = (dataDir: string, eid: string): string => path.join(voteFolder(dataDir, eid), 'urn')
export const boxKeyFile = (dataDir: string): string => path.join(secretFolder(dataDir), 'box-key')

/** The key the box signs receipts with; one per installation, made when first asked for. */
export function boxScalar(dataDir: string): Bytes {
  const file = boxKeyFile(dataDir)
  if (!existsSync(file)) {
    mkdirSync(secretFolder(dataDir), { recursive: true, mode: 0o700 })
    writeFileSync(file, toText(scalarOf(nodePrimitives.random(48))), { mode: 0o600, flag: 'wx' })
  }
  return fromText(readFileSync(file, 'utf8').trim())!
}

export function keepIssuer(dataDir: string, eid: string, der: Uint8Array): void {
  mkdirSync(voteFolder(dataDir, eid), { recursive: true, mode: 0o700 })
  writeFileSync(issuerFile(dataDir, eid), der, { mode: 0o600, flag: 'wx' })
  // The difference of two copies would be the ballots of the time between them.
  mkdirSync(forbiddenFolder(dataDir), { recursive: true, mode: 0o700 })
  writeFileSync(
    path.join(forbiddenFolder(dataDir), eid),
    '电子票箱正在使用，这段时间不能备份、升级或做快照：两份备份的差别会暴露选票。请在投票结束后再备份。',
  )
}

export function removeVoteFolder(dataDir: string, eid: string): void {
  rmSync(voteFolder(dataDir, eid), { recursive: true, force: true })
  rmSync(path.join(forbiddenFolder(dataDir), eid), { force: true })
}
