/** Who counts as in hardship: integers only, by a union's dated parameters, with every comparison written out. */

export type Category = '深度困难' | '相对困难' | '意外致困'

/** A district's standard from a day on. The national scheme names the kinds; the numbers are local. */
export interface Parameters {
  /** 当地低保标准, fen a month and person */
  lineFen: number
  /** 深度困难: at most the line (≤), or below it (<). */
  deepInclusive: boolean
  /** 相对困难: at most so many hundredths of the line; 200 is twice. */
  relativeHundredths: number
  /** 意外致困: losses above this share of the year's income, in hundredths of a percent; 8000 is 80 %. */
  lossShare: number
  /** Precondition: the year's income a person below this, fen; null where the district has none. */
  ceilingFen: number | null
  document: string
}

/** A family's year. Amounts in fen, of a whole year. */
export interface Household {
  familySize: number
  /** 家庭年度可支配收入; 0 is a family without any. */
  incomeFen: number
  /** 因困（刚性）支出: what was spent on the cause itself, after insurance and aid. */
  rigidFen: number
  /** Loss of an accident or disaster, after insurance and compensation. */
  lossFen: number
  /** There was an accident, a disaster or an epidemic. */
  accident: boolean
  /** Things that exclude, answered with yes: 有两套以上住房 … */
  exclusions: readonly string[]
}

export interface Step {
  text: string
  holds: boolean
}

export interface Classified {
  category: Category | null
  /** 家庭月人均: (income − rigid) ÷ 12 ÷ persons, fen, rounded down; for display, never for the comparison. */
  perCapitaFen: number
  steps: Step[]
}

const yuan = (fen: number): string => (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2 })

/**
 * Sorts a family into a kind of hardship.
 * Sums are compared, not quotients: (income − rigid) ≤ line × 12 × persons, so that no cent is lost in a division.
 * @throws RangeError for a family without persons or negative amounts
 */
export function classify(family: Household, rule: Parameters): Classified {
  if (!Number.isSafeInteger(family.familySize) || family.familySize < 1) throw new RangeError('familySize')
  for (const amount of [family.incomeFen, family.rigidFen, family.lossFen])
    if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError('amount')
  const { familySize: size, incomeFen: income } = family
  const left = income - family.rigidFen
  const steps: Step[] = []
  const step = (text: string, holds: boolean): boolean => {
    steps.push({ text, holds })
    return holds
  }
  const perCapitaFen = Math.floor(left / 12 / size)
  const done = (category: Category | null): Classified => ({ category, perCapitaFen, steps })

  for (const reason of family.exclusions) step(`不予建档的情形：${reason}`, false)
  if (family.exclusions.length) return done(null)
  if (
    rule.ceilingFen !== null &&
    !step(
      `前提：家庭年收入 ${yuan(income)} 元 ＜ 上年人均可支配收入 ${yuan(rule.ceilingFen)} 元 × ${size} 人 = ${yuan(rule.ceilingFen * size)} 元`,
      income < rule.ceilingFen * size,
    )
  )
    return done(null)

  const yearly = rule.lineFen * 12 * size
  const net = `(${yuan(income)} − ${yuan(family.rigidFen)})`
  if (
    step(
      `深度困难：${net} 元 ${rule.deepInclusive ? '≤' : '＜'} 低保标准 ${yuan(rule.lineFen)} 元 × 12 月 × ${size} 人 = ${yuan(yearly)} 元`,
      rule.deepInclusive ? left <= yearly : left < yearly,
    )
  )
    return done('深度困难')
  if (
    step(
      `相对困难：${net} 元 ≤ 低保标准的 ${rule.relativeHundredths / 100} 倍，一年 ${yuan(Math.floor((yearly * rule.relativeHundredths) / 100))} 元`,
      left * 100 <= yearly * rule.relativeHundredths,
    )
  )
    return done('相对困难')
  if (
    family.accident &&
    step(
      `意外致困：损失 ${yuan(family.lossFen)} 元 ＞ 家庭年收入 ${yuan(income)} 元的 ${rule.lossShare / 100}%`,
      family.lossFen * 10_000 > income * rule.lossShare,
    )
  )
    return done('意外致困')
  return done(null)
}
