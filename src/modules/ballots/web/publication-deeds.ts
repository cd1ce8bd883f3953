import { Refusal } from '../../../web/api.ts'
import { ballotId, judge, readLine } from '../format/ballot.ts'
import { fromTextOf, toText } from '../format/bytes.ts'
import { readOpening } from '../format/opening.ts'
import { noblePrimitives as primitives } from '../format/primitives-noble.ts'
import { fileNames, type FileName } from '../format/publication.ts'
import { linesOf } from '../format/roll.ts'
import { unseal } from '../format/seal.ts'
import type { Question, Report } from '../format/verify.ts'
import { receiptHolds, type Receipt } from '../format/voter.ts'
import { markWord } from './marks.ts'
import type { RecountAsked } from './recount-worker.ts'

export type Files = Record<FileName, string>

async function getText(address: string): Promise<string> {
  const response = await fetch(address).catch(() => null)
  if (!response?.ok) throw new Refusal(response?.status ?? 0, 'no-file', '公布的文件没有下载完整，请检查网络后再试。')
  return response.text()
}

/** The whole publication. Always the whole: asking for one ballot would tell the server whose it is. */
export async function downloadAll(voteId: number, eid: string): Promise<Files> {
  const texts = await Promise.all(fileNames.map((name) => getText(`/api/votes/${voteId}/publication/${eid}/${name}`)))
  return Object.fromEntries(fileNames.map((name, at) => [name, texts[at]!])) as Files
}

/** Checks and counts everything again in this browser, by the program that the command line uses too. */
export function recountHere(files: Files, question: Question): Promise<Report> {
  const worker = new Worker(new URL('./recount-worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Report>((done, failed) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Report>) => done(data))
    worker.addEventListener('error', () => failed(new Error('本机没有核对成功，请用命令行核对。')))
    worker.postMessage({ files, question } satisfies RecountAsked)
  }).finally(() => worker.terminate())
}

/** Receipts as a file holds them: one, or a list. */
export function receiptsIn(text: string): Receipt[] {
  try {
    const value: unknown = JSON.parse(text)
    const list = Array.isArray(value) ? value : [value]
    return list.filter(
      (one): one is Receipt =>
        typeof one === 'object' &&
        one !== null &&
        ['eid', 'id', 'receipt'].every((key) => typeof one[key] === 'string'),
    )
  } catch {
    return []
  }
}

export type Found =
  | { kind: 'counted'; choice: { title: string; mark: string }[] | null }
  | { kind: 'missing' }
  | { kind: 'foreign' }
  | { kind: 'forged' }

/** Whether the ballot of a receipt is among the published ones, and what it says now that all are open. */
export function findBallot(files: Files, receipt: Receipt): Found {
  const vote = readOpening(primitives, files['opening.json'])
  if (!vote || receipt.eid !== toText(vote.eid)) return { kind: 'foreign' }
  if (!receiptHolds(primitives, vote.boxKey, receipt)) return { kind: 'forged' }
  for (const line of linesOf(files['board.jsonl']) ?? []) {
    const ballot = readLine(vote, line)
    if (!ballot || toText(ballotId(primitives, vote, ballot)) !== receipt.id) continue
    const { keys } = JSON.parse(files['trustees.json']) as { keys: { index: number; secret: string }[] }
    const opened = unseal(
      primitives,
      vote,
      ballot,
      keys.map(({ index, secret }) => ({ index, secret: fromTextOf(secret, 32)! })),
    )
    const choice = typeof opened === 'string' ? opened : judge(vote, opened.message)
    return {
      kind: 'counted',
      choice:
        typeof choice === 'string'
          ? null
          : [
              ...vote.opening.items.map((item, at) => ({
                title: item.title,
                mark: markWord(vote.opening, choice.marks[at]!, at),
              })),
              ...choice.names.map((name) => ({ title: name, mark: '另选他人' })),
            ],
    }
  }
  return { kind: 'missing' }
}
