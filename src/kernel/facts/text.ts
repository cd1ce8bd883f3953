import type { Figure } from './figures.ts'

export interface FigureText {
  /** The figure as it stands in a sentence: 278人次, 10万余元, 82.5%. */
  text: string
  /** How the printed number relates to the exact one. */
  qualifier: 'exact' | '余'
  /** The printed number in the figure's own unit (fen for money). */
  printed: number
}

/** An integer of hundredths as a decimal without trailing zeros, by digits and not by floating point. */
const hundredths = (value: number): string => {
  const digits = String(Math.abs(value)).padStart(3, '0')
  const fraction = digits.slice(-2).replace(/0+$/, '')
  return `${value < 0 ? '-' : ''}${digits.slice(0, -2)}${fraction && `.${fraction}`}`
}

/**
 * Writes a figure the way a careful secretary does: counts exact; money exact below 100,000 yuan and above it floored
 * to whole 万 with 余 when something remains; rates to at most two decimals.
 */
export function figureText(
  figure: Pick<Figure, 'value' | 'unit' | 'kind'>,
  options: { bare?: boolean } = {},
): FigureText {
  const { value, kind } = figure
  const unit = options.bare ? '' : figure.unit
  if (kind === 'rate' || figure.unit === '%') {
    const text = hundredths(value)
    return { text: `${text}${options.bare ? '' : '%'}`, qualifier: 'exact', printed: value }
  }
  if (figure.unit === '元') {
    const tenThousand = 1_000_000 // fen in a 万元
    if (Math.abs(value) < 10 * tenThousand)
      return { text: `${hundredths(value)}${unit}`, qualifier: 'exact', printed: value }
    const whole = Math.trunc(value / tenThousand)
    return whole * tenThousand === value
      ? { text: `${whole}万${unit}`, qualifier: 'exact', printed: value }
      : { text: `${whole}万余${unit}`, qualifier: '余', printed: whole * tenThousand }
  }
  return { text: `${value}${unit}`, qualifier: 'exact', printed: value }
}
