import type { RawBuilder } from 'kysely'
import type { FileOwner } from '../files/files.ts'
import type { Routes } from '../http/app.ts'
import type { Services } from '../http/services.ts'
import type { Job } from '../jobs/jobs.ts'
import type { LegalHold, Retention } from './retention.ts'

/**
 * What a module does while the server runs: the active half beside the data-only manifest. A module with a file
 * `serve.ts` is served; the composition roots find it, so that adding a room touches no list.
 */
export interface Serving {
  routes?: readonly Routes[]
  jobs?: readonly Job<never>[]
  /** What each measure's facts must add up to, from the module's own tables. */
  recomputes?: Readonly<Record<string, () => RawBuilder<unknown>>>
  /** Who may read and attach files to this module's objects. */
  fileOwners?: readonly FileOwner[]
  /** Personal data with a term, and units of which nothing may be forgotten (an open finding). */
  retentions?: readonly Retention[]
  holds?: readonly LegalHold[]
  /** Processes that live as long as the server (a ballot box). Returns how to stop them. */
  start?: (services: Services, say: (line: string) => void) => Promise<() => Promise<void>>
}

/** Identity with a type. */
export const serve = (serving: Serving): Serving => serving
