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

export const cleanUpInput = z.object({ unitId: z.number().int().positive(), kind: z.string().max(60) })
export const decisionInput = z.object({ confirm: z.boolean('请选择确认或撤销') })
export const smallestInput = z.object({
  smallest: z.number('请填写人数').int('请填写整数').min(3, '不能少于 3').max(50, '不超过 50'),
})

export interface CleanUp {
  id: number
  beforeOn: string
  people: number
  state: 'proposed' | 'done' | 'dropped'
  proposedName: string
  proposedAt: string
  decidedName: string | null
  decidedAt: string | null
  forgotten: number | null
  files: number | null
}

/** What is due of one kind of data, and why some of it has to wait. */
export interface DueKind {
  kind: string
  title: string
  becomes: string
  beforeOn: string
  years: number
  rule: { id: string; title: string; source: string; article: string; verification: string; note: string | null }
  due: number
  held: { reason: string; n: number }[]
  open: (CleanUp & { mine: boolean }) | null
  past: CleanUp[]
}
