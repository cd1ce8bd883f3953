/** Invented persons, days and pieces for the case ledgers. Everything is a function of its number, nothing is random. */

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜']
const given = [...'文武春夏秋冬海江河湖山岭云雨雪霜梅兰竹菊松柏桂枫金银铜铁玉石瑞祥安康宁静和平明亮']

/** The person of this number; the first 2,400 are all different. */
export function person(number: number): string {
  const at = number % surnames.length
  const round = Math.floor(number / surnames.length)
  return `${surnames[at]!}${given[(round * 17 + at * 7) % given.length]!}${number % 3 ? given[(at * 11 + 5) % given.length]! : ''}`
}

/** @param from number of the first, so that two groups of one case do not overlap unless they mean to */
export const persons = (count: number, from = 0): string[] => Array.from({ length: count }, (_, at) => person(from + at))

export const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))

/** `YYYY-MM-DD`, `days` days after a day of 2025. */
export function day(month: number, date: number, days = 0): string {
  return new Date(Date.UTC(2025, month - 1, date + days)).toISOString().slice(0, 10)
}

/** Whole yuan in fen, as workbooks' money is given. */
export const yuan = (amount: number): number => amount * 100

/** Splits a sum of yuan over so many payments: as even as whole tens go, the last takes what is left. In fen. */
export function payments(totalYuan: number, count: number): number[] {
  const each = Math.floor(totalYuan / count / 10) * 10
  return times(count, (at) => yuan(at === count - 1 ? totalYuan - each * (count - 1) : each))
}

const numerals = '一二三四五六七八九十'
/** 一 … 九十九 */
export const numeral = (number: number): string =>
  number <= 10
    ? numerals[number - 1]!
    : `${number >= 20 ? numerals[Math.floor(number / 10) - 1]! : ''}十${number % 10 ? numerals[(number % 10) - 1]! : ''}`
