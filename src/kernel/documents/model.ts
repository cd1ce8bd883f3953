/** An official document (公文) as data: what it says, in order. How it looks is the writer's job (docx or HTML). */

export interface OfficialDocument {
  /** 版头: the red mark of a document that goes out with a number; reports and minutes have none. */
  head?: Head
  /** Centred in 2号 小标宋; broken into balanced lines by the writer, or by the caller with `\n`. */
  title: string
  /** 主送机关, without the colon. */
  addressee?: string
  body: readonly Block[]
  signature?: Signature
  /** Each begins on a page of its own after the signature and is listed in the 附件说明. */
  attachments?: readonly Attachment[]
  /** Turns the whole document; for wide tables rather turn the attachment that holds them. */
  landscape?: boolean
}

export interface Head {
  /** 发文机关标志: 清河县总工会文件 */
  mark: string
  /** 发文字号: 清工发〔2026〕6号; see `documentNumber`. */
  number?: string
  /** 签发人 of a document that goes upwards; moves the number to the left. */
  signer?: string
}

export interface Signature {
  organ: string
  /** As printed: 2026年1月5日, no leading zeros. See `officialDate`. */
  date: string
  /** A document that gets a seal centres the organ over the date (GB/T 9704 7.3.5.1); false by default. */
  sealed?: boolean
}

export interface Attachment {
  name: string
  body: readonly Block[]
  landscape?: boolean
}

/** The caller numbers headings: level 1 一、 (黑体), level 2 （一） (楷体), level 3 1. (仿宋). */
export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'paragraph'; runs: readonly Run[] }
  | {
      kind: 'table'
      columns: readonly Column[]
      rows: readonly (readonly string[])[]
      /** Print the head again on every page. */
      repeatHeader: boolean
      /** Large type and high rows, for a table that is written in by hand: a ballot, signatures. */
      roomy?: boolean
    }
  /** Begins a page with a title of its own: one sheet among several, such as the ballots of one meeting. */
  | { kind: 'page'; title: string }

export interface Column {
  title: string
  /** Share of the table's width; columns without one share the rest equally. */
  width?: number
  /** 'left' by default. */
  align?: 'left' | 'center' | 'right'
}

export interface Run {
  text: string
  /** Names the run so that a link or the figures' appendix can point at it: ASCII letters, digits, `_` and `.`. */
  bookmark?: string
}

/** `2026-01-05` → `2026年1月5日`, the way an official document writes its date. */
export function officialDate(day: string): string {
  const [year, month, dayOfMonth] = day.split('-').map(Number)
  return `${year}年${month}月${dayOfMonth}日`
}

/** 1 → 一, 12 → 十二, 99 → 九十九: for headings 一、（一）. @param n 1 to 99 */
export function chineseOrdinal(n: number): string {
  const digits = '〇一二三四五六七八九'
  if (!Number.isInteger(n) || n < 1 || n > 99) throw new RangeError(`chineseOrdinal: ${n}`)
  const tens = Math.floor(n / 10)
  return (tens > 1 ? digits[tens] : '') + (tens > 0 ? '十' : '') + (n % 10 ? digits[n % 10] : '')
}

/** 发文字号 with six-cornered brackets and no leading zero: ('清工发', 2026, 6) → 清工发〔2026〕6号 */
export const documentNumber = (organ: string, year: number, n: number): string => `${organ}〔${year}〕${n}号`
