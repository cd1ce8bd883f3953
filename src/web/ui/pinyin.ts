/**
 * Initials by the browser's own pinyin collation: enough to find a register by its letters, and no dictionary to load.
 * A character with two readings goes by its commoner one; people are searched on the server, which knows family names.
 */
const collator = new Intl.Collator('zh-CN-u-co-pinyin')
const first = '阿芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝'
const letters = 'abcdefghjklmnopqrstwxyz'
const known = new Map<string, string>()

function initialOf(character: string): string {
  if (!/\p{Script=Han}/u.test(character)) return /[a-z0-9]/i.test(character) ? character.toLowerCase() : ''
  let letter = known.get(character)
  if (letter === undefined) {
    letter = ''
    for (let at = first.length - 1; at >= 0; at--)
      if (collator.compare(character, first[at]!) >= 0) {
        letter = letters[at]!
        break
      }
    known.set(character, letter)
  }
  return letter
}

export const initials = (text: string): string => [...text].map(initialOf).join('')

/** True if the text contains what is wanted, as written or by initials. */
export const matches = (text: string, wanted: string): boolean =>
  text.toLowerCase().includes(wanted.toLowerCase()) || initials(text).includes(wanted.toLowerCase())
