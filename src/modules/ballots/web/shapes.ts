import type { VerdictShape } from '../../../web/ui/Verdict.tsx'
import type { Kind } from '../verdict/rule.ts'
import type { Mode, VoteState } from '../words.ts'

/** What the server says about a vote. */
export interface VoteShape {
  id: number
  unitId: number
  unitName: string
  subjectPath: string
  title: string
  kind: Kind
  mode: Mode
  state: VoteState
  heldOn: string
  round: number
  expected: number
  present: number | null
  hash: string | null
  rule: { kind: Kind; grades?: readonly string[]; seats?: number }
  items: { key: string; label: string; personId: number | null; listed: boolean }[]
  tellers: { personId: number; name: string; duty: string }[]
}
export interface SheetShape {
  issued: number
  returned: number
  valid: number
  invalid: number
  items: {
    key: string
    label: string
    yes: number
    no: number
    abstain: number
    grades?: number[]
    writtenIn?: boolean
  }[]
}
export interface ChannelShape {
  channel: string
  title: string
  entries: { slot: number; name: string; mine: boolean }[]
  agreed: boolean
  differences: { where: string; first: number; second: number }[]
  sheet: SheetShape | null
}
export interface VoteAnswer {
  vote: VoteShape
  channels: ChannelShape[]
  result: VerdictShape | null
}
export interface RollShape {
  lines: { personId: number; name: string; unitName: string; struck: boolean; present: boolean }[]
  corrections: {
    id: number
    personId: number
    name: string
    verb: 'add' | 'strike'
    reason: string
    proposedName: string
    confirmedName: string | null
  }[]
}
