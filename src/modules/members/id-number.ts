/** The 18-digit citizen number (GB 11643): date of birth, gender and check digit. Pure. */

export type IdNumber =
  | { kind: 'citizen'; number: string; bornOn: string; gender: 'm' | 'f' }
  /** A passport, a permit of Hong Kong, Macao or Taiwan: kept as written, nothing can be derived. */
  | { kind: 'other'; number: string }

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10X98765432'

/** Full-width to half-width, spaces and dashes away, upper case: two spellings of one number become one. */
export function normaliseNumber(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u200b'’-]/g, '')
    .toUpperCase()
}

/**
 * Reads a number as typed.
 * @param today `YYYY-MM-DD`; nobody was born after it
 * @returns the number with what it says, or the sentence to show at the field
 */
export function readIdNumber(text: string, today: string): IdNumber | string {
  const number = normaliseNumber(text)
  if (/^\d(\.\d+)?E\+?\d+$/.test(number))
    return '证件号码被表格软件改成了科学计数，后几位已丢失；请把该列设为“文本”格式后重新填写。'
  if (/^\d{15}$/.test(number)) return '这是 15 位旧号码，请填写 18 位身份证号码。'
  if (/^\d{16,17}$|^\d{19,}$/.test(number)) return `身份证号码应为 18 位，现有 ${number.length} 位，请核对。`
  if (!/^\d{17}[\dX]$/.test(number))
    return /^(?=.*\d)[A-Z0-9()]{5,20}$/.test(number) && !/^\d+$/.test(number)
      ? { kind: 'other', number }
      : '证件号码格式不正确，请核对。'
  const bornOn = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isDay(bornOn) || bornOn < '1900-01-01' || bornOn > today) return '身份证号码中的出生日期不存在，请核对。'
  if (checkDigit(number) !== number[17]) return '身份证号码的校验码不对，可能有一位抄错了，请核对。'
  return { kind: 'citizen', number, bornOn, gender: Number(number[16]) % 2 ? 'm' : 'f' }
}

/** The 18th character for the first 17 digits. */
export function checkDigit(number: string): string {
  let sum = 0
  for (let place = 0; place < 17; place++) sum += Number(number[place]) * weights[place]!
  return checks[sum % 11]!
}

/** A day of the calendar: 2023-02-29 is none. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const instant = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text)
}
