import { post, Refusal } from '../../../web/api.ts'
import { messageOf, judge, type Choice } from '../format/ballot.ts'
import { fromTextOf, toText } from '../format/bytes.ts'
import { readOpening, type Vote } from '../format/opening.ts'
import { noblePrimitives as primitives } from '../format/primitives-noble.ts'
import { drawn, drawRequest, fill, keysOf, receiptHolds, type Receipt } from '../format/voter.ts'
import { seedBytes, seedText, type Kept, type KeptSheet } from './booth-store.ts'

/** What the server says before drawing. */
export interface PaperAnswer {
  title: string
  name: string
  drawn: string | null
  venue: 'hall' | 'remote'
  profile: 'meeting' | 'days' | 'appraisal'
  reference: string
  boxUrl: string
  papers: { eid: string; sheet: number; opening: string; state: string; salt: string }[]
}

/** The opening, checked against the name it goes by: a page with other questions has another name. */
export function voteOf(opening: string, eid: string): Vote {
  const vote = readOpening(primitives, opening)
  if (!vote || toText(vote.eid) !== eid)
    throw new Refusal(0, 'wrong-opening', '选票与公告不符，请不要投票，并告诉监票人。')
  return vote
}

/** How papers are asked for: by a voter who is signed in, or at a station with a slip. */
export type Ask = (papers: { eid: string; blinded: string }[]) => Promise<{ papers: { eid: string; answer: string }[] }>

export const askAsMyself =
  (voteId: number, code: string): Ask =>
  (papers) =>
    post(`/api/votes/${voteId}/draw`, { papers, ...(code && { code }) })

/** Somebody without an account: by the code on their own slip. */
export const askByCode =
  (voteId: number, code: string, hall: string): Ask =>
  (papers) =>
    post(`/api/votes/${voteId}/code/draw`, { code, papers, ...(hall && { hall }) })

/** Draws all sheets, checks every token, and only then says so. Again with the same seed gives the same papers. */
export async function drawPapers(
  ask: Ask,
  paper: Pick<PaperAnswer, 'papers' | 'boxUrl' | 'reference' | 'title' | 'name'>,
  seed: Uint8Array,
): Promise<Kept> {
  const sheets = paper.papers.map(({ eid, opening, salt }) => {
    const vote = voteOf(opening, eid)
    return { eid, opening, salt, vote, keys: keysOf(primitives, vote, seed) }
  })
  const { papers } = await ask(
    sheets.map(({ eid, vote, keys }) => ({ eid, blinded: drawRequest(primitives, vote, keys)[0]! })),
  )
  return {
    seed: seedText(seed),
    boxUrl: paper.boxUrl,
    reference: paper.reference,
    title: paper.title,
    name: paper.name,
    sheets: sheets.map(({ eid, opening, salt, vote, keys }) => {
      const answer = papers.find((one) => one.eid === eid)?.answer
      const tokens = answer === undefined ? null : drawn(primitives, vote, keys, [answer])
      if (!tokens)
        throw new Refusal(0, 'wrong-answer', '领到的选票核对不上，没有领成。请再试一次；仍不行请告诉监票人。')
      return { eid, opening, salt, token: toText(tokens[0]!) }
    }),
  }
}

/** What is wrong with a choice before it is cast: afterwards it would be an invalid paper. */
export function faultOf(vote: Vote, choice: Choice): string | null {
  const verdict = judge(vote, messageOf(choice))
  const { limit, writeIn } = vote.opening
  if (verdict === 'limit') return `最多可以选 ${limit!.most} 人（含另选他人），您选多了，这样是废票。`
  if (verdict === 'names')
    return `另选他人须与“不赞成”的人数相当，最多 ${writeIn?.most ?? 0} 人，姓名只用汉字、字母、数字和“·”，不能重复。`
  return typeof verdict === 'string' ? '请把每一项都选好。' : null
}

/** The kept paper with one sheet changed. */
export const withSheet = (kept: Kept, at: number, change: Partial<KeptSheet>): Kept => ({
  ...kept,
  sheets: kept.sheets.map((one, place) => (place === at ? { ...one, ...change } : one)),
})

/**
 * To the box: without cookie, without referrer, on a connection of its own. The same choice may be sent again: it has the
 * same bytes, and the box answers with the same receipt.
 */
export async function castSheet(kept: Kept, at: number, choice: Choice): Promise<Receipt> {
  const sheet = kept.sheets[at]!
  const vote = voteOf(sheet.opening, sheet.eid)
  const keys = keysOf(primitives, vote, seedBytes(kept))
  const token = fromTextOf(sheet.token!, vote.tokenKeys[0]!.n.length)!
  const { line, id } = fill(primitives, vote, keys, [token], choice)
  const answer = await toBox(kept.boxUrl, JSON.stringify({ eid: sheet.eid, line }))
  const receipt: Receipt = { eid: sheet.eid, id, receipt: answer.receipt ?? '' }
  if (answer.id !== id || !receiptHolds(primitives, vote.boxKey, receipt))
    throw new Refusal(0, 'wrong-receipt', '回执核对不上，请马上告诉监票人，并保留这一页。')
  return receipt
}

interface BoxAnswer {
  id?: string
  receipt?: string
  code?: string
  message?: string
}

async function toBox(boxUrl: string, body: string): Promise<BoxAnswer> {
  const offline = new Refusal(0, 'offline', '没有收到票箱的回执，可能是网络不好。请再按一次“投票”，不会重复计票。')
  const response = await fetch(`${boxUrl}/cast`, {
    method: 'POST',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    headers: { 'content-type': 'text/plain' },
    body,
    signal: AbortSignal.timeout(20_000),
  }).catch(() => null)
  if (!response) throw offline
  const answer = (await response.json().catch(() => null)) as BoxAnswer | null
  if (!answer) throw offline
  if (!response.ok)
    throw new Refusal(response.status, answer.code ?? 'unknown', answer.message ?? '票箱没有正常回答，请再试一次。')
  return answer
}
