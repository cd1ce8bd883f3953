import { compareBytes, utf8 } from './bytes.ts'
import { judge, nameIsWritable, type Fault } from './ballot.ts'
import type { Json } from './json.ts'
import type { Vote } from './opening.ts'
import type { Papers } from './roll.ts'

/** Papers counted by hand at one station, as two tellers signed them. */
export interface Station {
  name: string
  issued: number
  returned: number
  invalid: number
  /** Per item in the order of the opening, per symbol in the order of its symbols. */
  marks: number[][]
  names: { name: string; votes: number }[]
  /** Who counted; at least two. */
  tellers: string[]
}

export interface Count {
  eid: string
  papers: Papers
  /** Papers handed in, by channel. */
  returned: { box: number; paper: number }
  valid: number
  invalid: Record<Fault | 'paper', number>
  items: { id: string; votes: Record<string, number> }[]
  names: { name: string; votes: number }[]
}

/** Adds papers one by one; the order never matters. */
export class Tally {
  private readonly vote: Vote
  private readonly votes: number[][]
  private readonly names = new Map<string, number>()
  private readonly invalid: Record<Fault | 'paper', number>
  private readonly returned = { box: 0, paper: 0 }
  private valid = 0

  constructor(vote: Vote) {
    this.vote = vote
    this.votes = vote.opening.items.map(({ symbols }) => Array.from(symbols, () => 0))
    this.invalid = { form: 0, limit: 0, names: 0, paper: 0, sealed: 0, symbols: 0 }
  }

  /** A message that was opened. */
  add(message: string): void {
    const choice = judge(this.vote, message)
    if (typeof choice === 'string') return this.addInvalid(choice)
    this.returned.box++
    this.valid++
    const { items } = this.vote.opening
    for (let at = 0; at < items.length; at++) this.votes[at]![items[at]!.symbols.indexOf(choice.marks[at]!)]!++
    for (const name of choice.names) this.names.set(name, (this.names.get(name) ?? 0) + 1)
  }

  addInvalid(fault: Fault): void {
    this.returned.box++
    this.invalid[fault]++
  }

  addStation(station: Station): void {
    this.returned.paper += station.returned
    this.invalid.paper += station.invalid
    this.valid += station.returned - station.invalid
    for (const [at, marks] of station.marks.entries())
      for (const [symbol, votes] of marks.entries()) this.votes[at]![symbol]! += votes
    for (const { name, votes } of station.names) this.names.set(name, (this.names.get(name) ?? 0) + votes)
  }

  /** @param papers the roll's lines by channel */
  count(eid: string, papers: Papers): Count {
    return {
      eid,
      papers,
      returned: { ...this.returned },
      valid: this.valid,
      invalid: { ...this.invalid },
      items: this.vote.opening.items.map(({ id, symbols }, at) => ({
        id,
        votes: Object.fromEntries(Array.from(symbols, (symbol, place) => [symbol, this.votes[at]![place]!])),
      })),
      names: [...this.names]
        .map(([name, votes]) => ({ name, votes, bytes: utf8(name) }))
        .toSorted((one, other) => other.votes - one.votes || compareBytes(one.bytes, other.bytes))
        .map(({ name, votes }) => ({ name, votes })),
    }
  }
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= 1_000_000_000
const keysAre = (value: unknown, keys: string): value is Record<string, Json> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).toSorted().join(' ') === keys

function isStation(vote: Vote, value: unknown): value is Station {
  if (!keysAre(value, 'invalid issued marks name names returned tellers')) return false
  const { marks, names, tellers } = value
  const { items, writeIn } = vote.opening
  return (
    typeof value['name'] === 'string' &&
    [value['issued'], value['returned'], value['invalid']].every(isCount) &&
    Array.isArray(marks) &&
    marks.length === items.length &&
    marks.every((row, at) => Array.isArray(row) && row.length === items[at]!.symbols.length && row.every(isCount)) &&
    Array.isArray(names) &&
    names.every(
      (entry) =>
        keysAre(entry, 'name votes') &&
        typeof entry['name'] === 'string' &&
        writeIn !== null &&
        nameIsWritable(entry['name'], writeIn.length) &&
        isCount(entry['votes']),
    ) &&
    Array.isArray(tellers) &&
    tellers.length >= 2 &&
    tellers.every((teller) => typeof teller === 'string' && teller !== '')
  )
}

/** The stations of `paper.json`; null if it isn't one. */
export function readStations(vote: Vote, value: unknown): Station[] | null {
  if (!keysAre(value, 'stations') || !Array.isArray(value['stations'])) return null
  return value['stations'].every((station) => isStation(vote, station))
    ? (value['stations'] as unknown as Station[])
    : null
}

/** No more papers come back than went out, none is counted twice, every valid paper marks every item. */
export function stationAddsUp(station: Station): boolean {
  const valid = station.returned - station.invalid
  return (
    station.returned <= station.issued &&
    valid >= 0 &&
    station.marks.every((row) => row.reduce((sum, votes) => sum + votes, 0) === valid)
  )
}
