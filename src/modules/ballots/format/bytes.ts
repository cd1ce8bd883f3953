/** Bytes and their one spelling as text. Runs in Node and in a browser alike. */
export type Bytes = Uint8Array<ArrayBuffer>

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** By character code; 255 where the character isn't of the alphabet. A counted board is read letter by letter. */
const values = new Uint8Array(128).fill(255)
for (let value = 0; value < 64; value++) values[alphabet.charCodeAt(value)] = value
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const utf8 = (text: string): Bytes => encoder.encode(text) as Bytes

/** @returns null unless the bytes are valid UTF-8; a byte order mark stays a character */
export function utf8Text(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Every hash and every signature begins with its own label, so that none can stand for another. */
export const label = (name: string): Bytes => concat(utf8(`zhijia-ballots-1/${name}`), new Uint8Array(1))

export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at])

/** Lexicographic, as unsigned bytes. */
export function compareBytes(one: Uint8Array, other: Uint8Array): number {
  const shorter = Math.min(one.length, other.length)
  for (let at = 0; at < shorter; at++) if (one[at] !== other[at]) return one[at]! - other[at]!
  return one.length - other.length
}

/** base64url without padding (RFC 4648 §5). */
export function toText(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at
    const group = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    text += alphabet[group >> 18]! + alphabet[(group >> 12) & 63]!
    if (left > 1) text += alphabet[(group >> 6) & 63]!
    if (left > 2) text += alphabet[group & 63]!
  }
  return text
}

/** @returns null for anything but the one spelling of these bytes: no padding, no white space, unused bits zero */
export function fromText(text: string): Bytes | null {
  if (text.length % 4 === 1) return null
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let kept = 0
  let bits = 0
  let at = 0
  for (let from = 0; from < text.length; from++) {
    const code = text.charCodeAt(from)
    const value = code < 128 ? values[code]! : 255
    if (value === 255) return null
    kept = ((kept << 6) | value) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (kept >> bits) & 255
    }
  }
  return bits && kept & ((1 << bits) - 1) ? null : bytes
}

/** Exactly so many bytes, or null. */
export function fromTextOf(text: string, length: number): Bytes | null {
  const bytes = fromText(text)
  return bytes?.length === length ? bytes : null
}

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function toBigInt(bytes: Uint8Array): bigint {
  let hex = '0x0'
  for (let at = 0; at < bytes.length; at++) hex += hexOf[bytes[at]!]!
  return BigInt(hex)
}

/** Big-endian, padded with zeros to `length`. @throws RangeError if it doesn't fit */
export function fromBigInt(value: bigint, length: number): Bytes {
  const hex = value.toString(16).padStart(length * 2, '0')
  if (hex.length > length * 2) throw new RangeError('number too large')
  return Uint8Array.from({ length }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16))
}
