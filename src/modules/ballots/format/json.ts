/**
 * Canonical JSON: RFC 8785 without fractions. Keys are ASCII names, numbers are safe integers, depth is at most eight.
 * One value has one spelling, so whatever parses and comes out the same may be hashed.
 */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

const keyName = /^[A-Za-z][A-Za-z0-9]*$/

/** @throws TypeError on what has no canonical spelling here */
export function canonical(value: unknown, depth = 0): string {
  if (depth > 8) throw new TypeError('too deep')
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError('not a safe integer')
    return String(value)
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('lone surrogate')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((each) => canonical(each, depth + 1)).join(',')}]`
  if (typeof value !== 'object') throw new TypeError(`no JSON: ${typeof value}`)
  const keys = Object.keys(value).toSorted()
  if (!keys.every((key) => keyName.test(key))) throw new TypeError('key')
  return `{${keys.map((key) => `"${key}":${canonical((value as Record<string, unknown>)[key], depth + 1)}`).join(',')}}`
}

/** @returns undefined unless the text is the canonical spelling of some value */
export function parseCanonical(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json
    return canonical(value) === text ? value : undefined
  } catch {
    return undefined
  }
}
