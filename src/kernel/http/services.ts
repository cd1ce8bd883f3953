import type { Actor } from '../access/actor.ts'
import type { Db } from '../db/database.ts'

/** What routes and jobs need from the outside, passed as an argument so that tests can replace it. */
export interface Services {
  db: Db
  config: Config
  /** Today in Asia/Shanghai, `YYYY-MM-DD`; tests fix it. */
  today(): string
}

export interface Config {
  dataDir: string
  publicUrl: string
  host: string
  port: number
  tls: { cert: string; key: string } | null
  /** Where ballots are cast: a process of its own at its own address. Without it the box takes any free port (tests). */
  box?: { url: string; port: number }
  /** Directory of the built web app; null when only the API is served. */
  webDir: string | null
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the session hook. Routes under `/api/` other than the public ones never run without it. */
    actor: Actor
  }
  interface FastifyContextConfig {
    /** A route anyone may call before signing in. Everything else under /api/ needs a session. */
    open?: boolean
    /** An open route that a whole hall uses at once from one address: counted widely (limits.ts). */
    hall?: boolean
  }
}
