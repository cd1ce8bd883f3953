import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Assembled, Closed, Opened } from '../format/publication.ts'
import type { CountTask } from './count-worker.ts'

/** Fewer than these aren't worth a thread of their own. */
const PORTION = 200

const inWorker = <Answer>(task: CountTask): Promise<Answer> =>
  new Promise((done, failed) => {
    const worker = new Worker(new URL('./count-worker.ts', import.meta.url), { workerData: task, execArgv: [] })
    worker.once('message', done)
    worker.once('error', failed)
  })

/** Opens and counts off the server's own thread, the opening on every core: each ballot is opened by itself. */
export async function countInWorkers(closed: Omit<Closed, 'vote'>): Promise<Assembled> {
  const { ballots } = closed
  const threads = Math.max(1, Math.min(availableParallelism(), Math.ceil(ballots.length / PORTION)))
  const each = Math.ceil(ballots.length / threads)
  const portions = Array.from({ length: threads }, (_, at) => ballots.slice(at * each, (at + 1) * each))
  const opened = await Promise.all(portions.map((part) => inWorker<Opened[]>({ ...closed, ballots: part, roll: [] })))
  return inWorker<Assembled>({ ...closed, opened: opened.flat() })
}
