/**
 * The words of a command, the value of an option joined to its name where it begins with a dash.
 * One in sixty-four numbers of a vote does, and one in four thousand begins with two: unless the next word
 * is itself an option of the command, it is the value of the option before it.
 */
export function joined(words: readonly string[], options: Readonly<Record<string, { type: string }>>): string[] {
  const known = (word: string): string | null => {
    const name = /^--([^=]+)/.exec(word)?.[1] ?? ''
    return name === 'help' || Object.hasOwn(options, name) ? name : null
  }
  const whole: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    const next = words[at + 1]
    const name = word.includes('=') ? null : known(word)
    if (name !== null && options[name]?.type === 'string' && next?.startsWith('-') && known(next) === null) {
      whole.push(`${word}=${next}`)
      at++
    } else whole.push(word)
  }
  return whole
}
