import { fromKysely, PgBoss } from 'pg-boss'
import type { Db, Tx } from '../db/database.ts'
import type { Services } from '../http/services.ts'
import { queueSchema } from './install.ts'

/** Work that needn't be done while somebody waits, or that is done at night. */
export interface Job<Data extends object = object> {
  /** `<module>.<kebab-name>` */
  name: string
  /** For the log, in Chinese: 夜间核对. */
  title: string
  /** Minute hour day month weekday, in Shanghai: `30 2 * * *`. */
  schedule?: string
  /** Seconds one attempt may take before it is given to another worker; 900 by default, at most a day. */
  limitSeconds?: number
  /** Further attempts after a failure; 2 by default, with growing pauses. */
  retries?: number
  /** Never two of the same key waiting or running at once: a second one asked for meanwhile is dropped. */
  exclusive?: boolean
  /**
   * Does the work. It may run twice (a server that died half-way), so it must find out what is done already.
   * @param stopping aborted when the server shuts down
   */
  run(services: Services, data: Data, stopping: AbortSignal): Promise<void>
}

/** Identity with a type. */
export const defineJob = <Data extends object>(job: Job<Data>): Job<Data> => job

const quiet = { schema: queueSchema, migrate: false, supervise: false, schedule: false } as const

/**
 * Asks for a job in the caller's transaction: rolled back with it, visible to the workers once committed.
 * @param options.key with `exclusive`: what there may be one of; `startAfter`: not before this instant
 * @returns the job's id; null when an exclusive one is waiting or running already
 */
export async function enqueue<Data extends object>(
  db: Db | Tx,
  job: Pick<Job<Data>, 'name'>,
  data: Data,
  options: { key?: string; startAfter?: Date } = {},
): Promise<string | null> {
  const boss = new PgBoss({ ...quiet, db: fromKysely(db) })
  boss.on('error', () => {})
  return boss.send(job.name, data, {
    ...(options.key !== undefined && { singletonKey: options.key }),
    ...(options.startAfter && { startAfter: options.startAfter }),
  })
}

export interface Workers {
  /** Finishes what runs (at most ten seconds), takes nothing new. */
  stop(): Promise<void>
}

/** Every job has its queue; called before anything is enqueued. Needs no owner's rights. */
async function openQueues(boss: PgBoss, jobs: readonly Job<never>[]): Promise<void> {
  for (const job of jobs) {
    const options = {
      retryLimit: job.retries ?? 2,
      retryBackoff: true,
      retryDelay: 30,
      expireInSeconds: job.limitSeconds ?? 900,
      deleteAfterSeconds: 14 * 86_400,
    }
    // One table for all queues (no `partition`): a queue of its own would be created by DDL, which is the owner's.
    await boss.createQueue(job.name, { ...options, policy: job.exclusive ? 'exclusive' : 'standard' })
    await boss.updateQueue(job.name, options)
    if (job.schedule) await boss.schedule(job.name, job.schedule, {}, { tz: 'Asia/Shanghai' })
    else await boss.unschedule(job.name)
  }
}

/**
 * Works the jobs off inside this process. Several servers may do so on one database: each job goes to one of them.
 * @param options.pollSeconds how long a job waits at most before it is seen; 2 by default
 * @param options.report one line for each failure, for the log
 */
export async function startWorkers(
  services: Services,
  jobs: readonly Job<never>[],
  options: { pollSeconds?: number; report?: (line: string) => void } = {},
): Promise<Workers> {
  const report = options.report ?? ((line) => void process.stderr.write(`${new Date().toISOString()} ${line}\n`))
  const boss = new PgBoss({
    schema: queueSchema,
    migrate: false,
    db: fromKysely(services.db),
    // Rebuilding indexes and watching vacuum are the owner's; autovacuum does both well enough for this table.
    reindex: false,
    monitorVacuum: false,
  })
  boss.on('error', (error) => report(`作业队列：${error.message}`))
  await boss.start()
  await openQueues(boss, jobs)
  const stopping = new AbortController()
  for (const job of jobs)
    await boss.work(job.name, { pollingIntervalSeconds: options.pollSeconds ?? 2, batchSize: 1 }, async ([asked]) => {
      try {
        await job.run(services, (asked!.data ?? {}) as never, stopping.signal)
      } catch (error) {
        report(`作业“${job.title}”（${job.name}，${asked!.id}）失败：${(error as Error).stack ?? String(error)}`)
        throw error
      }
    })
  return {
    stop: async () => {
      stopping.abort()
      await boss.stop({ graceful: true, timeout: 10_000 })
    },
  }
}

/** Opens the queues without working: for commands that only enqueue, and for tests. */
export async function prepareQueues(db: Db, jobs: readonly Job<never>[]): Promise<void> {
  const boss = new PgBoss({ ...quiet, db: fromKysely(db) })
  boss.on('error', () => {})
  await boss.start()
  await openQueues(boss, jobs)
  await boss.stop({ graceful: false })
}
