import { countFigure, moneyFigure } from '../money/figure-text.ts'
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

/** Writes a figure the way a careful secretary does; `bare` leaves the measure word to the sentence. */
export function figureText(
  figure: Pick<Figure, 'value' | 'unit' | 'kind'>,
  options: { bare?: boolean } = {},
): FigureText {
  const { value, kind, unit } = figure
  if (kind === 'rate' || unit === '%')
    return { text: `${hundredths(value)}${options.bare ? '' : '%'}`, qualifier: 'exact', printed: value }
  const written = unit === '元' ? moneyFigure(value) : countFigure(value, unit)
  return {
    text: options.bare ? written.text.slice(0, written.text.length - unit.length) : written.text,
    qualifier: written.qualifier === '余' ? '余' : 'exact',
    printed: written.printedValue,
  }
}
