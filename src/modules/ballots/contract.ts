import { z } from 'zod'
import { id } from '../../kernel/http/parse.ts'
import type { Count as Recount } from './format/tally.ts'
import type { SecretTerms } from './verdict/rule.ts'

export type { SecretTerms }

/** What can be asked of a vote over HTTP. */
const count = z.int('请填写 0 或正整数').min(0, '请填写 0 或正整数').max(1_000_000, '数字太大，请核对')

export const votesQuery = z.object({ unitId: id.optional(), subject: z.string().max(80).optional() })
export const voteParam = z.object({ id })
export const channelParam = z.object({ id, channel: z.string().min(1).max(40) })

export const correctionInput = z.object({
  personId: id,
  verb: z.enum(['add', 'strike'], '请选择补入或划出'),
  reason: z.string('请写明原因').trim().min(1, '请写明原因').max(200),
})
export const correctionParam = z.object({ id, correctionId: id })

export const sheetInput = z.object({
  issued: count.default(0),
  returned: count.default(0),
  valid: count.default(0),
  invalid: count.default(0),
  items: z
    .array(
      z.object({
        key: z.string().min(1).max(60),
        yes: count.default(0),
        no: count.default(0),
        abstain: count.default(0),
        grades: z.array(count).max(10).optional(),
      }),
    )
    .max(500),
  /** 另选他人: a name, with department or number where two are called alike. */
  writeIns: z
    .array(
      z.object({
        label: z.string('请填写姓名').trim().min(2, '请填写姓名').max(60),
        personId: id.nullish(),
        yes: z.int('请填写得票数').min(1, '至少一票').max(1_000_000),
      }),
    )
    .max(200)
    .default([]),
})
export type SheetInput = z.output<typeof sheetInput>

export const namedInput = z.object({
  marks: z
    .array(
      z.object({ personId: id, key: z.string().min(1).max(60), mark: z.enum(['yes', 'no', 'abstain'], '请选择表态') }),
    )
    .min(1, '请至少录入一人')
    .max(20_000),
})

/** waiting: no box yet; open; closed: to be opened by the scrutineers; published; void. */
export type BoxState = 'waiting' | 'open' | 'closed' | 'published' | 'void'

/** How far a secret vote is, for its officers and tellers. */
export interface Standing {
  state: BoxState
  terms: SecretTerms | null
  /** Names of the papers, as announced; empty before the box opens. */
  eids: string[]
  castFrom: string | null
  castTo: string | null
  /** Who has made a key, and who has opened with it. */
  keys: { personId: number; name: string; made: boolean; opened: boolean }[]
  /** Papers taken, by how; nobody's ballot can be seen here. */
  drawn: { channel: string; papers: number }[]
  notDrawn: number
  /** Paper stations and kiosk. */
  stations: string[]
  /** So many ballots at least, or nothing is published. */
  fewest: number
  /** Names written in whom an officer still has to tell apart. */
  writeIns: { label: string; yes: number }[]
  may: { run: boolean; station: boolean }
}

/** What a scrutineer has to do for one vote. */
export interface Duty {
  voteId: number
  title: string
  subjectPath: string
  heldOn: string
  state: BoxState
  threshold: number
  made: boolean
  opened: boolean
  keys: number
  openedBy: number
}

/** A vote on whose roll the reader stands. */
export interface MyVote {
  id: number
  title: string
  unitName: string
  /** `YYYY-MM-DD` */
  heldOn: string
  drawn: string | null
  state: Exclude<BoxState, 'waiting'>
  venue: SecretTerms['venue']
  /** Instants, where the opening announces them. */
  castFrom: string | null
  castTo: string | null
}

/** The hall's screen. */
export interface HallScreen {
  title: string
  unitName: string
  state: BoxState
  expected: number
  drawn: number
  notDrawn: number
  /** Names of the papers, to be compared with what the phones show. */
  eids: string[]
  /** Data URL of the way to «我的投票». */
  qr: string
  code?: string
  secondsLeft?: number
}

/** A line of the roll at the station's desk. */
export interface StationLine {
  personId: number
  name: string
  unitName: string
  staffNo: string | null
  drawn: string | null
}

/** What was published of a vote, sheet by sheet. */
export interface Publication {
  title: string
  unitName: string
  heldOn: string
  subjectPath: string
  files: readonly string[]
  sheets: { eid: string; count: Recount }[]
}
