import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { utf8Text } from '../format/bytes.ts'
import { canonical, parseCanonical } from '../format/json.ts'
import { nodePrimitives } from '../format/primitives-node.ts'
import { verifyPublication, type Report } from '../format/verify.ts'
import { verifyToken } from './signer.ts'

export interface Asked {
  eid?: string
  /** Paths of files. */
  receipts?: readonly string[]
  mine?: string
}

const value = (file: string): unknown =>
  parseCanonical(readFileSync(file, 'utf8').replaceAll(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')) ?? null

/** Checks and recounts a published folder, without network or database. */
export function recountFolder(folder: string, asked: Asked = {}): Report {
  return verifyPublication(
    nodePrimitives,
    verifyToken,
    (name) => {
      const file = path.join(folder, name)
      return existsSync(file) ? new Uint8Array(readFileSync(file)) : null
    },
    utf8Text,
    {
      ...(asked.eid !== undefined && { eid: asked.eid }),
      receipts: (asked.receipts ?? []).map(value),
      ...(asked.mine !== undefined && { mine: value(asked.mine) }),
    },
  )
}

export const reportText = (report: Report): string => canonical(report)
