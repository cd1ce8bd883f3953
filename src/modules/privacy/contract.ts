import { z } from 'zod'
import { type Use, USES } from './words.ts'

export const consentInput = z.object({
  use: z.enum(Object.keys(USES) as [Use, ...Use[]], '请选择用途'),
  given: z.boolean('请选择同意或不同意'),
})

export interface MyInformation {
  person: {
    name: string
    unitName: string
    staffNo: string | null
    bornOn: string | null
    /** The last four characters alone; the number itself is sealed. */
    idLast4: string | null
    phoneLast4: string | null
  }
  /** Lines of ledgers in which the person stands. */
  ledgers: { title: string; lines: number; first: string; last: string }[]
  /** Lines of ledgers that are kept closed: how many, never which. */
  closedLines: number
  files: { id: number; state: string }[]
  /** Who opened something that is normally shut, the newest first. */
  looks: { at: string; who: string; office: string; what: string; why: string }[]
  consents: { use: Use; given: boolean; saidAt: string | null }[]
  holds: { module: string; what: string; basis: string; retention: string }[]
}
