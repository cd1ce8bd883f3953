import type { Figure } from './figures.ts'

export interface FigureText {
  /** The figure as it stands in a sentence: 278人次, 10万余元, 82.5%. */
  text: string
  /** How the printed number relates to the exact one. */
  qualifier: 'exact' | '余'
  /** The printed number in the figure's own unit (fen for money). */
  printed: number
}

const trimmed = (whole: number, places: number): string => {
  const text = (whole / 10 ** places).toFixed(places)
  return text.replace(/\.?0+$/, '')
}

/**
 * Writes a figure the way a careful secretary does: counts exact; money exact below 100,000 yuan and above it floored
 * to whole 万 with 余 when something remains; rates to at most two decimals.
 */
export function figureText(figure: Pick<Figure, 'value' | 'unit' | 'kind'>, options: { bare?: boolean } = {}): FigureText {
  const { value, kind } = figure
  const unit = options.bare ? '' : figure.unit
  if (kind === 'rate' || figure.unit === '%') {
    const text = trimmed(value, 2)
    return { text: `${text}${options.bare ? '' : '%'}`, qualifier: 'exact', printed: value }
  }
  if (figure.unit === '元') {
    const tenThousand = 1_000_000 // fen in a 万元
    if (Math.abs(value) < 10 * tenThousand) return { text: `${trimmed(value, 2)}${unit}`, qualifier: 'exact', printed: value }
    const whole = Math.trunc(value / tenThousand)
    return whole * tenThousand === value
      ? { text: `${whole}万${unit}`, qualifier: 'exact', printed: value }
      : { text: `${whole}万余${unit}`, qualifier: '余', printed: whole * tenThousand }
  }
  return { text: `${value}${unit}`, qualifier: 'exact', printed: value }
}
