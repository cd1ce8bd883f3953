import { pinyin } from 'pinyin-pro'

const asLetters = (text: string, surname: boolean): string =>
  pinyin(text, {
    pattern: 'first',
    toneType: 'none',
    type: 'array',
    nonZh: 'consecutive',
    ...(surname && { surname: 'head' as const }),
  })
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')

/** Initials of a place or a unit: 第一车间工会 → `dycjgh`. Digits and Latin letters stay. */
export const initialsOf = (text: string): string => asLetters(text, false)

const known = new Map<string, string>()

/**
 * Initials of a person's name, the family name read as a family name: 单雪 → `sx`, 解放军 → `xfj`.
 * Characters are remembered one by one (all but the family name): a roster of 100,000 repeats a few thousand.
 */
export function personInitials(name: string): string {
  const clean = name.replace(/[\s·•.]/g, '')
  if (!/^\p{Script=Han}{2,4}$/u.test(clean)) return asLetters(clean, true)
  // Two characters carry every family name that is read otherwise, also the double ones (尉迟, 单于, 万俟).
  const head = letters(clean.slice(0, 2), true)
  return head + [...clean.slice(2)].map((character) => letters(character, false)).join('')
}

function letters(text: string, surname: boolean): string {
  const key = surname ? `^${text}` : text
  let value = known.get(key)
  if (value === undefined) {
    value = asLetters(text, surname)
    if (known.size < 200_000) known.set(key, value)
  }
  return value
}
