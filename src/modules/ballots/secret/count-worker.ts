// Opening and counting a hundred thousand ballots takes minutes of a core: not on the server's own thread.
import { parentPort, workerData } from 'node:worker_threads'
import { readOpening } from '../format/opening.ts'
import { nodePrimitives } from '../format/primitives-node.ts'
import { assemble, openLines, type Closed, type Opened } from '../format/publication.ts'

export type CountTask = Omit<Closed, 'vote'> & {
  /** What the ballots say; without it they are opened here and the answer is just that. */
  opened?: readonly Opened[]
}

const given = workerData as CountTask
const vote = readOpening(nodePrimitives, given.opening)!
parentPort!.postMessage(
  given.opened
    ? assemble(nodePrimitives, { ...given, vote }, given.opened)
    : openLines(nodePrimitives, vote, given.ballots, given.secrets),
)
