import type { Choice } from '../format/ballot.ts'
import { readOpening } from '../format/opening.ts'
import { nodePrimitives } from '../format/primitives-node.ts'
import { drawn, drawRequest, fill, keysOf } from '../format/voter.ts'

/** A paper as the server hands it to a phone or a station. */
export interface PaperGiven {
  boxUrl: string
  papers: { eid: string; opening: string }[]
}

/** What a phone (or the kiosk) does with one sheet, without a browser: for the demo and the tests. */
export function phoneFor(paper: PaperGiven, seed = nodePrimitives.random(16)) {
  const { eid, opening } = paper.papers[0]!
  const vote = readOpening(nodePrimitives, opening)!
  const keys = keysOf(nodePrimitives, vote, seed)
  return {
    eid,
    request: [{ eid, blinded: drawRequest(nodePrimitives, vote, keys)[0]! }],
    /** Puts it into the box, over HTTP, as nobody. */
    async cast(answer: string, choice: Choice) {
      const { line, id } = fill(nodePrimitives, vote, keys, drawn(nodePrimitives, vote, keys, [answer])!, choice)
      const response = await fetch(`${paper.boxUrl}/cast`, { method: 'POST', body: JSON.stringify({ eid, line }) })
      return { status: response.status, id, body: (await response.json()) as Record<string, string> }
    },
  }
}
