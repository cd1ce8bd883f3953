import type { Bytes } from './bytes.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 16 bytes as 26 characters of Crockford's alphabet, in groups of four and a rest of two, to be written on paper. */
export function recoveryCode(seed: Uint8Array): string {
  let number = 0n
  for (const byte of seed) number = (number << 8n) | BigInt(byte)
  number <<= 2n
  const letters = Array.from({ length: 26 }, (_, at) => alphabet[Number((number >> BigInt(125 - 5 * at)) & 31n)]!)
  return letters
    .join('')
    .match(/.{1,4}/g)!
    .join('-')
}

/** Forgives lower case, spaces, dashes, O for 0 and I or L for 1. @returns null if it isn't a code */
export function seedOf(code: string): Bytes | null {
  const letters = code
    .toUpperCase()
    .replaceAll(/[\s–—-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  if (letters.length !== 26) return null
  let number = 0n
  for (const letter of letters) {
    const value = alphabet.indexOf(letter)
    if (value < 0) return null
    number = (number << 5n) | BigInt(value)
  }
  if (number & 3n) return null
  number >>= 2n
  return Uint8Array.from({ length: 16 }, (_, at) => Number((number >> BigInt(120 - 8 * at)) & 255n))
}
