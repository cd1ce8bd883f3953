import type { ElectionKind, Post } from '../posts.ts'

export interface RaceDraft {
  id: number
  post: Post
  seats: string
  unit: { id: number; name: string } | null
}
/** What an officer types of a plan. */
export interface Draft {
  unit: { id: number; name: string } | null
  kind: ElectionKind
  form: 'members' | 'delegates'
  title: string
  ordinal: string
  termYears: number
  heldOn: string | null
  chairBy: 'committee' | 'assembly'
  enterprise: boolean
  reason: string
  petitioners: string
  races: RaceDraft[]
}

const race = (id: number, position: Post, seats: number): RaceDraft => ({
  id,
  post: position,
  seats: String(seats),
  unit: null,
})
/** What a plan of the kind usually elects. */
export const USUAL: Readonly<Record<ElectionKind, readonly RaceDraft[]>> = {
  first: [race(1, 'member', 5), race(2, 'audit', 3), race(3, 'chair', 1)],
  term: [race(1, 'member', 5), race(2, 'audit', 3), race(3, 'chair', 1)],
  direct: [race(1, 'chair', 1)],
  fill: [race(1, 'member', 1)],
  recall: [race(1, 'recall', 1)],
  delegates: [race(1, 'delegate', 1)],
}
