import { plainYuan } from './money.ts'

/** How a printed number stands to the exact one. 近 and 余 exclude each other by being one value. */
type Qualifier = 'exact' | '余' | '近' | '以上'

export interface FigureText {
  text: string
  qualifier: Qualifier
  /** The printed number in the figure's own unit (fen for money): what `text` says without its qualifier. */
  printedValue: number
}

const WAN = 1_000_000 // fen in 1万元

/**
 * Money in a sentence: exact below 10万元, above it floored to whole 万 with 余 where something remains
 * (10万余元; 146万元 when it is even). The exact amount stays a click away.
 * @param fen integer fen
 */
export function moneyFigure(fen: number): FigureText {
  if (Math.abs(fen) < 10 * WAN) return { text: plainYuan(fen), qualifier: 'exact', printedValue: fen }
  const wan = Math.trunc(fen / WAN)
  return fen % WAN === 0
    ? { text: `${wan}万元`, qualifier: 'exact', printedValue: fen }
    : { text: `${wan}万余元`, qualifier: '余', printedValue: wan * WAN }
}

/** A count is always exact: 2306 人次 → 2306人次. @throws RangeError when it isn't an integer */
export function countFigure(value: number, unit: string): FigureText {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a count: ${value}`)
  return { text: `${value}${unit}`, qualifier: 'exact', printedValue: value }
}

/**
 * A count printed as a round number: 230余件 when the round one is below, 近200件 when it is above, and no word when it
 * hits. `round` is the author's choice; the word follows from the numbers.
 */
export function roundedFigure(value: number, round: number, unit: string): FigureText {
  if (value === round) return countFigure(value, unit)
  return round < value
    ? { text: `${round}余${unit}`, qualifier: '余', printedValue: round }
    : { text: `近${round}${unit}`, qualifier: '近', printedValue: round }
}

/** A bound that a record states: 50% or more → 50%以上. */
export const boundFigure = (value: number, unit: string): FigureText => ({
  text: `${value}${unit}以上`,
  qualifier: '以上',
  printedValue: value,
})

export interface Percent {
  /** 98.5%, or 不足0.1% where the share is too small to print. */
  text: string
  /** Hundredths of a percent as printed, so that 9850 is 98.5%. */
  hundredths: number
}

/**
 * n of m as a percentage in integers: rounded half up to `decimals` places, idle zeros dropped. 100% appears only when
 * both are equal and 0% only when the numerator is nought, however many decimals would round there.
 * @returns null when the denominator is nought: there is no rate of nothing
 */
export function percent(numerator: number, denominator: number, decimals: 0 | 1 | 2 = 1): Percent | null {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || numerator < 0 || denominator < 0)
    throw new RangeError(`percent of ${numerator} by ${denominator}`)
  if (denominator === 0) return null
  const step = 10 ** (2 - decimals)
  const scale = BigInt(10 ** (decimals + 2))
  const [part, whole] = [BigInt(numerator), BigInt(denominator)]
  let printed = Number((2n * part * scale + whole) / (2n * whole)) * step
  if (printed === 0 && numerator > 0) return { text: `不足${plain(step)}%`, hundredths: 0 }
  if (numerator < denominator && printed >= 10_000) printed = 10_000 - step
  if (numerator > denominator && printed <= 10_000) printed = 10_000 + step
  return { text: `${plain(printed)}%`, hundredths: printed }
}

/** Hundredths as a decimal without idle zeros: 9850 → 98.5. */
function plain(hundredths: number): string {
  const digits = String(hundredths).padStart(3, '0')
  const fraction = digits.slice(-2).replace(/0+$/, '')
  return digits.slice(0, -2) + (fraction && `.${fraction}`)
}
