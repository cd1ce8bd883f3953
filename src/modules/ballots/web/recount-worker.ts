// Recounts a publication beside the page, so that the page stays alive meanwhile.
import { pssHolds } from '../format/blind.ts'
import { utf8, utf8Text } from '../format/bytes.ts'
import { noblePrimitives as primitives } from '../format/primitives-noble.ts'
import type { FileName } from '../format/publication.ts'
import { verifyPublication, type Question, type Report } from '../format/verify.ts'

export interface RecountAsked {
  files: Record<FileName, string>
  question: Question
}

self.addEventListener('message', ({ data }: MessageEvent<RecountAsked>) => {
  const report: Report = verifyPublication(
    primitives,
    (n, message, token) => pssHolds(primitives, { n: n as Uint8Array<ArrayBuffer>, e: 65_537 }, message, token),
    (name) => utf8(data.files[name]),
    utf8Text,
    data.question,
  )
  self.postMessage(report)
})
