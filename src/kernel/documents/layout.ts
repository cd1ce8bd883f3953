/**
 * The page of GB/T 9704—2012: A4, 22 lines of 28 characters in 3号 type. Lengths in twips (1/20 pt) unless said otherwise.
 * The numbers below that no clause states were measured in the PDF that LibreOffice makes (layout.test.ts repeats that).
 */

const twipsOfMm = (mm: number): number => Math.round((mm * 1440) / 25.4)

export const PAGE = {
  width: twipsOfMm(210),
  height: twipsOfMm(297),
  top: twipsOfMm(37),
  bottom: twipsOfMm(35),
  left: twipsOfMm(28),
  right: twipsOfMm(26),
  // The dash of the page number then stands 7 mm below the text block (7.5).
  footer: twipsOfMm(25),
}
/** 版心: 156 mm between the side margins. */
export const TEXT_WIDTH = PAGE.width - PAGE.left - PAGE.right
export const TEXT_WIDTH_LANDSCAPE = PAGE.height - PAGE.top - PAGE.bottom

/** One line. 580 would leave room for 21 lines only. */
export const LINE = 579
export const TITLE_LINE = 640
/** Between characters: 28 ems of 16 pt are 448 pt, the text block is 442.2 pt wide, so each gives up a quarter point. */
export const CHARACTER_SPACING = -5
export const CHARACTERS_PER_LINE = 28
export const LINES_PER_PAGE = 22

/** Type sizes in half points, as DOCX counts them. */
export const SIZE = { erhao: 44, sanhao: 32, sihao: 28, xiaosi: 24, wuhao: 21 }
/** One 3号 character with its spacing. */
export const EM = SIZE.sanhao * 10 + CHARACTER_SPACING

export const FONT = {
  fangsong: '仿宋_GB2312',
  kai: '楷体_GB2312',
  hei: '黑体',
  song: '宋体',
  title: '方正小标宋简体',
  latin: 'Times New Roman',
}

/**
 * Width of a text in ems: a Chinese character is one, a Latin letter or digit about half.
 * Exact enough to place a signature, not to break lines.
 */
function widthInEms(text: string): number {
  let half = 0
  for (const character of text) half += /[\u0020-\u007e\u00a0-\u024f]/.test(character) ? 1 : 2
  return half / 2
}

export interface SignatureIndents {
  /** Free ems to the right of the organ's name and of the date. */
  organ: number
  date: number
}

/**
 * Where organ and date stand (7.3.5.1 with a seal, 7.3.5.2 without).
 * Without: organ two ems from the right, the date begins two ems right of the organ's first character; a date that is
 * longer than the organ keeps two ems itself and pushes the organ's name further in.
 */
export function signatureIndents(organ: string, date: string, sealed: boolean): SignatureIndents {
  const organWidth = widthInEms(organ)
  const dateWidth = widthInEms(date)
  if (sealed) {
    // Centred over the date, but never past the right edge.
    const organIndent = 4 + (dateWidth - organWidth) / 2
    return organIndent >= 0 ? { organ: organIndent, date: 4 } : { organ: 0, date: 4 - organIndent }
  }
  if (dateWidth > organWidth) return { organ: 4 + dateWidth - organWidth, date: 2 }
  return { organ: 2, date: organWidth - dateWidth }
}

/** 2号 characters that fit in a title's line. */
const TITLE_CHARACTERS = 20

/**
 * Breaks a title into lines of similar length at word boundaries, longer above shorter (梯形), as 7.3.1 asks.
 * A caller's own `\n` wins.
 */
export function titleLines(title: string, perLine = TITLE_CHARACTERS): string[] {
  if (title.includes('\n')) return title.split('\n')
  const total = widthInEms(title)
  const count = Math.ceil(total / perLine)
  if (count <= 1) return [title]
  const words = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(title)].map((part) => part.segment)
  const lines: string[] = []
  let line = ''
  let placed = 0
  for (const word of words) {
    const share = (total - placed) / (count - lines.length)
    const width = widthInEms(line)
    const wanted = widthInEms(word)
    // A closing mark or 的 never begins a line.
    const sticks = /^[的之、，。）》”〕：；]/.test(word)
    const full = width + wanted > perLine || (!sticks && lines.length < count - 1 && width >= share - 0.5)
    if (line && full) {
      lines.push(line)
      placed += width
      line = ''
    }
    line += word
  }
  return [...lines, line]
}

/** 发文机关标志 in points: as large as the line of 156 mm takes, at most 48; its upper edge stands 35 mm below the text block's. */
export const markSize = (mark: string): number =>
  Math.min(48, Math.floor(TEXT_WIDTH / 20 / Math.max(1, widthInEms(mark))))
export const MARK_DROP = twipsOfMm(35)
/** Red line under the number, in points below it: 4 mm. */
export const RED_LINE_SPACE = 11
