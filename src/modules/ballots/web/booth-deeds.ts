import { post, Refusal } from '../../../web/api.ts'
import { messageOf, judge, type Choice } from '../format/ballot.ts'
import { fromTextOf, toText } from '../format/bytes.ts'
import { readOpening, type Vote } from '../format/opening.ts'
import { noblePrimitives as primitives } from '../format/primitives-noble.ts'
import { drawn, drawRequest, fill, keysOf, receiptHolds, type Receipt } from '../format/voter.ts'
import { keep, seedBytes, seedText, type Kept } from './booth-store.ts'

/** What the server says before drawing. */
export interface PaperAnswer {
  title: string
  drawn: string | null
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

/** Draws all sheets, checks every token, and only then says so. Again with the same seed gives the same papers. */
export async function drawPapers(voteId: number, paper: PaperAnswer, seed: Uint8Array): Promise<Kept> {
  const sheets = paper.papers.map(({ eid, opening, salt }) => {
    const vote = voteOf(opening, eid)
    return { eid, opening, salt, vote, keys: keysOf(primitives, vote, seed) }
  })
  const asked = sheets.map(({ eid, vote, keys }) => ({ eid, blinded: drawRequest(primitives, vote, keys)[0]! }))
  const { papers } = await post<{ papers: { eid: string; answer: string }[] }>(`/api/votes/${voteId}/draw`, {
    papers: asked,
  })
  const kept: Kept = {
    seed: seedText(seed),
    boxUrl: paper.boxUrl,
    reference: paper.reference,
    title: paper.title,
    sheets: sheets.map(({ eid, opening, salt, vote, keys }) => {
      const answer = papers.find((one) => one.eid === eid)?.answer
      const tokens = answer === undefined ? null : drawn(primitives, vote, keys, [answer])
      if (!tokens)
        throw new Refusal(0, 'wrong-answer', '领到的选票核对不上，没有领成。请再试一次；仍不行请告诉监票人。')
      return { eid, opening, salt, token: toText(tokens[0]!) }
    }),
  }
  keep(voteId, kept)
  return kept
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

/** To the box: without cookie, without referrer, on a connection of its own. The same choice may be sent again. */
export async function castSheet(voteId: number, kept: Kept, at: number, choice: Choice): Promise<Kept> {
  const sheet = kept.sheets[at]!
  const vote = voteOf(sheet.opening, sheet.eid)
  const keys = keysOf(primitives, vote, seedBytes(kept))
  const token = fromTextOf(sheet.token!, vote.tokenKeys[0]!.n.length)!
  const { line, id } = fill(primitives, vote, keys, [token], choice)
  let response: Response
  try {
    response = await fetch(`${kept.boxUrl}/cast`, {
      method: 'POST',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ eid: sheet.eid, line }),
    })
  } catch {
    throw new Refusal(0, 'offline', '连不上票箱。请检查网络后再按一次“投票”，不会重复计票。')
  }
  const answer = (await response.json()) as { id?: string; receipt?: string; code?: string; message?: string }
  if (!response.ok)
    throw new Refusal(response.status, answer.code ?? 'unknown', answer.message ?? '票箱没有正常回答，请再试一次。')
  const receipt: Receipt = { eid: sheet.eid, id, receipt: answer.receipt! }
  if (answer.id !== id || !receiptHolds(primitives, vote.boxKey, receipt))
    throw new Refusal(0, 'wrong-receipt', '回执核对不上，请马上告诉监票人，并保留这一页。')
  const next: Kept = { ...kept, sheets: kept.sheets.map((one, place) => (place === at ? { ...one, receipt } : one)) }
  keep(voteId, next)
  return next
}
