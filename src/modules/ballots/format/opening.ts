import { concat, fromText, fromTextOf, label, utf8, type Bytes } from './bytes.ts'
import type { TokenKey } from './blind.ts'
import { canonical, parseCanonical } from './json.ts'
import type { Primitives } from './primitives.ts'

/** What everybody agrees on before the first paper is drawn; its hash is the name of the vote (eid). */
export interface Opening {
  format: 'zhijia-ballots-1'
  /** Of the vote, as printed on the notice. */
  title: string
  /** 32 random bytes. */
  nonce: string
  /** A motion is one item; an election one per candidate; a sheet of appraisal one per criterion. */
  items: { id: string; title: string; symbols: string }[]
  /** At most so many marks of this symbol on a paper, names written in included. */
  limit: { symbol: string; most: number } | null
  /** Names may be written in, at most one for each mark of `on`. `length` counts characters. */
  writeIn: { on: string; most: number; length: number } | null
  roll: { size: number; root: string }
  /** One issuer of papers, or several that must all sign. */
  tokenKeys: { n: string; e: number }[]
  /** Points of the scrutineers. Threshold 0: not sealed. */
  trustees: { threshold: number; keys: string[] }
  boxKey: string
  /** Length of the padded message in bytes. */
  pad: number
  /** Anything else that is announced: hours, the rule's hash, the page's hash. */
  notes: Record<string, unknown>
}

/** The opening with its bytes decoded. */
export interface Vote {
  opening: Opening
  eid: Bytes
  nonce: Bytes
  rollRoot: Bytes
  tokenKeys: TokenKey[]
  trusteeKeys: Bytes[]
  boxKey: Bytes
}

type Shape = Record<string, unknown>
const isRecord = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const hasKeys = (value: unknown, keys: string): value is Shape =>
  isRecord(value) && Object.keys(value).toSorted().join(' ') === keys
const isText = (value: unknown): value is string => typeof value === 'string'
const isCount = (value: unknown, least: number, most: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
const isSymbol = (value: unknown): boolean => isText(value) && /^[a-z]$/.test(value)

function isItem(value: unknown): boolean {
  if (!hasKeys(value, 'id symbols title')) return false
  const { id, symbols, title } = value
  if (!isText(id) || !isText(symbols) || !isText(title)) return false
  return /^[a-z0-9-]{1,40}$/.test(id) && /^[a-z]{1,26}$/.test(symbols) && new Set(symbols).size === symbols.length
}

const isLimit = (value: unknown): boolean =>
  value === null || (hasKeys(value, 'most symbol') && isSymbol(value['symbol']) && isCount(value['most'], 0, 500))
const isWriteIn = (value: unknown): boolean =>
  value === null ||
  (hasKeys(value, 'length most on') &&
    isSymbol(value['on']) &&
    isCount(value['most'], 1, 100) &&
    isCount(value['length'], 1, 100))

function isOpening(value: unknown): value is Opening {
  if (!hasKeys(value, 'boxKey format items limit nonce notes pad roll title tokenKeys trustees writeIn')) return false
  const { items, roll, tokenKeys, trustees } = value
  return (
    value['format'] === 'zhijia-ballots-1' &&
    isText(value['title']) &&
    isText(value['nonce']) &&
    isText(value['boxKey']) &&
    isRecord(value['notes']) &&
    isCount(value['pad'], 16, 16_384) &&
    Array.isArray(items) &&
    isCount(items.length, 1, 500) &&
    items.every(isItem) &&
    new Set(items.map((item: { id: string }) => item.id)).size === items.length &&
    isLimit(value['limit']) &&
    isWriteIn(value['writeIn']) &&
    hasKeys(roll, 'root size') &&
    isText(roll['root']) &&
    isCount(roll['size'], 1, 10_000_000) &&
    Array.isArray(tokenKeys) &&
    isCount(tokenKeys.length, 1, 4) &&
    tokenKeys.every((key) => hasKeys(key, 'e n') && key['e'] === 65_537 && isText(key['n'])) &&
    hasKeys(trustees, 'keys threshold') &&
    Array.isArray(trustees['keys']) &&
    trustees['keys'].every(isText) &&
    isCount(trustees['keys'].length, 0, 20) &&
    (trustees['keys'].length ? isCount(trustees['threshold'], 1, trustees['keys'].length) : trustees['threshold'] === 0)
  )
}

/** @returns null unless the text is a canonical opening with keys of the right size */
export function readOpening(primitives: Primitives, text: string): Vote | null {
  const opening = parseCanonical(text)
  if (!isOpening(opening)) return null
  const nonce = fromTextOf(opening.nonce, 32)
  const rollRoot = fromTextOf(opening.roll.root, 32)
  const boxKey = fromTextOf(opening.boxKey, 65)
  const trusteeKeys = opening.trustees.keys.map((key) => fromTextOf(key, 65))
  const tokenKeys = opening.tokenKeys.map((key) => ({ n: fromText(key.n), e: key.e }))
  if (!nonce || !rollRoot || !boxKey || trusteeKeys.includes(null)) return null
  if (!tokenKeys.every(({ n }) => n && [256, 384, 512].includes(n.length) && n[0]! & 0x80 && n.at(-1)! & 1)) return null
  const eid = primitives.sha256(concat(label('opening'), utf8(text)))
  return {
    opening,
    eid,
    nonce,
    rollRoot,
    boxKey,
    trusteeKeys: trusteeKeys as Bytes[],
    tokenKeys: tokenKeys as TokenKey[],
  }
}

/** The text of an opening, and what it says. @throws TypeError on an opening that its own reader would refuse */
export function announce(primitives: Primitives, opening: Opening): { text: string; vote: Vote } {
  const text = canonical(opening)
  const vote = readOpening(primitives, text)
  if (!vote) throw new TypeError('not an opening')
  return { text, vote }
}
