// Opening and counting a hundred thousand ballots takes two minutes of one core: not on the server's own thread.
import { parentPort, workerData } from 'node:worker_threads'
import { readOpening } from '../format/opening.ts'
import { nodePrimitives } from '../format/primitives-node.ts'
import { assemble, type Closed } from '../format/publication.ts'

const given = workerData as Omit<Closed, 'vote'>
const vote = readOpening(nodePrimitives, given.opening)!
parentPort!.postMessage(assemble(nodePrimitives, { ...given, vote }))
