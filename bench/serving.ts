import http from 'node:http'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import pg from 'pg'
import { buildApp, type App } from '../src/kernel/http/app.ts'
import { createAuthenticate } from '../src/modules/accounts/server/sessions.ts'
import { routes } from '../src/routes.ts'
import { TODAY } from './city.ts'
import type { House } from './house.ts'

export interface Statement {
  text: string
  values: unknown[]
}

/** Hears every statement that is sent to the database while `work` runs. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const heard: Statement[] = []
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function hearing(this: pg.Client, ...words: unknown[]) {
    const [first, second] = words as [unknown, unknown]
    if (typeof first === 'string') heard.push({ text: first, values: Array.isArray(second) ? second : [] })
    else if (first && typeof first === 'object' && 'name' in first) heard.push(first as unknown as Statement)
    return (query as (...all: unknown[]) => unknown).apply(this, words)
  } as typeof query
  try {
    await work()
  } finally {
    pg.Client.prototype.query = query
  }
  return heard
}

export interface Answer {
  status: number
  body: string
}

export interface Server {
  /** Listens on the loopback, as a browser would meet it. */
  ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer>
  close(): Promise<void>
}

async function serve(app: App, cookie: string): Promise<Server> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  return {
    ask: (method, path, body) =>
      new Promise((resolve, reject) => {
        const text = body === undefined ? undefined : JSON.stringify(body)
        const headers = {
          cookie,
          ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        }
        const request = http.request({ host: '127.0.0.1', port, path, method, agent, headers }, (response) => {
          let answer = ''
          response.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk))
          response.on('end', () => resolve({ status: response.statusCode!, body: answer }))
        })
        request.on('error', reject).end(text)
      }),
    async close() {
      agent.destroy()
      await app.close()
    },
  }
}

/** The product's own server with everything it answers. */
export async function ourServer({ connection, config, cookie }: House): Promise<Server> {
  const services = { db: connection.db, config, today: () => TODAY }
  return serve(await buildApp(services, createAuthenticate(services), routes), cookie)
}

/** Fastify with routes that do nothing but the SQL: no session, no permission, no check of what comes in. */
export async function bareServer(house: House, add: (app: App, pool: pg.Pool) => void): Promise<Server> {
  const app = Fastify({ logger: false }) as unknown as App
  add(app, house.connection.pool)
  return serve(app, house.cookie)
}

export function expectStatus(answer: Answer, status: number): Answer {
  if (answer.status !== status) throw new Error(`answered ${answer.status}: ${answer.body.slice(0, 300)}`)
  return answer
}
