/** What a number format makes of a number. */
export type Meaning = 'number' | 'date' | 'time' | 'percent'

/** Formats that need no definition in the file; 27–36 and 50–58 are the date formats of Chinese Excel. */
function builtin(id: number): Meaning {
  if (id === 9 || id === 10) return 'percent'
  if (
    (id >= 14 && id <= 17) ||
    id === 22 ||
    (id >= 27 && id <= 31) ||
    id === 36 ||
    (id >= 50 && id <= 54) ||
    (id >= 57 && id <= 58)
  )
    return 'date'
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47) || (id >= 32 && id <= 35) || id === 55 || id === 56)
    return 'time'
  return 'number'
}

/** Judges a number format's code: quoted words, escapes and [colours] say nothing about dates. */
export function meaningOfFormat(code: string): Meaning {
  const bare = (code.split(';')[0] ?? '').replace(/"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]/gi, '').toLowerCase()
  if (/general|[0#?]/.test(bare)) return bare.includes('%') ? 'percent' : 'number'
  if (/[yd]/.test(bare) || (bare.includes('m') && !/[hs]/.test(bare))) return 'date'
  return /[hs]/.test(bare) ? 'time' : 'number'
}

/** Collects the cell styles of `xl/styles.xml` while it is walked; `meanings[s]` answers for a cell's `s`. */
export function styleReader(): {
  meanings: Meaning[]
  open(name: string, attributes: Record<string, string>): void
  close(name: string): void
} {
  const custom = new Map<number, Meaning>()
  const meanings: Meaning[] = []
  let inCellFormats = false
  return {
    meanings,
    open(name, attributes) {
      if (name === 'numFmt') custom.set(Number(attributes['numFmtId']), meaningOfFormat(attributes['formatCode'] ?? ''))
      else if (name === 'cellXfs') inCellFormats = true
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attributes['numFmtId'] ?? 0)
        meanings.push(custom.get(id) ?? builtin(id))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
  }
}
