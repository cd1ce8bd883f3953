import { fork, type ChildProcess } from 'node:child_process'
import type { Config } from '../../../kernel/http/services.ts'
import { toText } from '../format/bytes.ts'
import { urnFile } from './places.ts'

/** A question to a process of the vote. */
export interface Asked {
  number: number
  deed: string
  parts: Record<string, string>
}

export interface BoxSettings {
  dataDir: string
  host: string
  port: number
  origin: string
  tls: { cert: string; key: string } | null
}

type Answer = { number: number; value?: unknown; error?: string } | { ready: number } | { failed: string }

/** A child that is asked over its channel, and started again when it is needed and gone. */
class Helper {
  private readonly file: URL
  private readonly settings: BoxSettings
  private child: ChildProcess | null = null
  private starting: Promise<number> | null = null
  private readonly open = new Map<number, { done: (value: unknown) => void; failed: (error: Error) => void }>()
  private last = 0
  private readonly lost: () => void

  /** @param lost called when the child ended by itself, or was killed */
  constructor(file: string, settings: BoxSettings, lost: () => void = () => {}) {
    this.file = new URL(file, import.meta.url)
    this.settings = settings
    this.lost = lost
  }

  get pid(): number | null {
    return this.child?.pid ?? null
  }

  /** @returns the port it listens on @throws Error with a Chinese sentence when it can't start */
  start(): Promise<number> {
    return (this.starting ??= new Promise<number>((ready, failed) => {
      const child = fork(this.file, [], {
        execArgv: [],
        // Output of a child could carry what must not be written down.
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        env: { BALLOT_BOX: JSON.stringify(this.settings), PATH: process.env['PATH'], TZ: 'UTC' },
      })
      this.child = child
      child.on('message', (message: Answer) => {
        if ('ready' in message) return ready(message.ready)
        if ('failed' in message)
          return failed(
            new Error(`票箱不能启动（端口 ${this.settings.port}）：${message.failed}。请用 BOX_PORT 换一个端口。`),
          )
        const asked = this.open.get(message.number)
        this.open.delete(message.number)
        if (message.error !== undefined) asked?.failed(new Error(message.error))
        else asked?.done(message.value)
      })
      child.once('exit', () => {
        if (this.child === child) [this.child, this.starting] = [null, null]
        const gone = new Error('票箱进程刚刚中断，正在恢复，请再试一次。')
        failed(gone)
        for (const asked of this.open.values()) asked.failed(gone)
        this.open.clear()
        this.lost()
      })
    }))
  }

  async ask(deed: string, parts: Record<string, string> = {}): Promise<unknown> {
    await this.start()
    const number = ++this.last
    return new Promise((done, failed) => {
      this.open.set(number, { done, failed })
      this.child!.send({ number, deed, parts }, (error) => error && failed(error))
    })
  }

  async stop(): Promise<void> {
    const child = this.child
    if (!child) return
    const gone = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    await gone
  }
}

/** The box and the registrar of an installation: started when a secret vote needs them, and not before. */
export class VoteProcesses {
  private readonly settings: BoxSettings
  private readonly box: Helper
  private readonly registrar: Helper
  /** Openings of the votes whose urns should be open, and those the box has open now. */
  private readonly wanted = new Map<string, string>()
  private readonly held = new Set<string>()
  private recovering = false
  private stopped = false

  constructor(config: Config) {
    this.settings = {
      dataDir: config.dataDir,
      host: config.host || '127.0.0.1',
      port: config.box?.port ?? 0,
      origin: new URL(config.publicUrl).origin,
      tls: config.tls,
    }
    this.box = new Helper('./box.ts', this.settings, () => void this.recover())
    this.registrar = new Helper('./registrar.ts', this.settings)
  }

  /** Where the box is reached from outside; a port of the system's own choosing only in tests. */
  async url(config: Config): Promise<string> {
    const port = await this.box.start()
    return config.box?.url ?? `http://127.0.0.1:${port}`
  }

  /** The box has this vote's urn open, also after it was killed. */
  async hold(eid: string, opening: string): Promise<void> {
    if (this.stopped) throw new Error('正在停止')
    if (this.held.has(eid)) return
    this.wanted.set(eid, opening)
    await this.box.ask('open', { opening, urn: urnFile(this.settings.dataDir, eid) })
    this.held.add(eid)
  }

  /** Voters talk to the box and not to us: it must come back without being asked for, however long its port is taken. */
  private async recover(): Promise<void> {
    this.held.clear()
    if (this.recovering) return
    this.recovering = true
    for (let attempt = 0; !this.stopped && this.wanted.size > this.held.size; attempt++) {
      await new Promise((done) => setTimeout(done, Math.min(50 * attempt, 2000)))
      for (const [eid, opening] of this.wanted) await this.hold(eid, opening).catch(() => {})
    }
    this.recovering = false
  }

  /** No ballot comes in any more. */
  async release(eid: string, opening: string): Promise<void> {
    await this.hold(eid, opening)
    this.held.delete(eid)
    this.wanted.delete(eid)
    await this.box.ask('close', { eid })
    await this.registrar.ask('forget', { eid })
  }

  async signHead(message: Uint8Array): Promise<string> {
    return (await this.box.ask('sign', { message: toText(message) })) as string
  }

  async blindSign(eid: string, blinded: string): Promise<string> {
    return (await this.registrar.ask('sign', { eid, blinded })) as string
  }

  /** For the tests that kill it. */
  get boxPid(): number | null {
    return this.box.pid
  }

  get registrarPid(): number | null {
    return this.registrar.pid
  }

  async stop(): Promise<void> {
    this.stopped = true
    await Promise.all([this.box.stop(), this.registrar.stop()])
  }
}

const houses = new Map<string, VoteProcesses>()

/** One of each per installation, whoever asks first. */
export function processesOf(config: Config): VoteProcesses {
  let house = houses.get(config.dataDir)
  if (!house) {
    house = new VoteProcesses(config)
    houses.set(config.dataDir, house)
  }
  return house
}

export async function stopProcesses(config: Config): Promise<void> {
  const house = houses.get(config.dataDir)
  houses.delete(config.dataDir)
  await house?.stop()
}
