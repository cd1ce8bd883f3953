import type { ReactElement } from 'react'
import { numberText } from './values.tsx'

export interface Bar {
  label: string
  now: number
  before: number
}

/**
 * This year against last, one pair of bars per row. Plain SVG: prints, scales, and the numbers stand beside the bars.
 * The same numbers follow as a table for those who can't see the drawing.
 */
export function Bars({
  bars,
  nowLabel,
  beforeLabel,
  unit,
}: {
  bars: readonly Bar[]
  nowLabel: string
  beforeLabel: string
  unit: string
}): ReactElement {
  const widest = Math.max(1, ...bars.flatMap((bar) => [bar.now, bar.before]))
  const labelWidth = 84
  const step = 34
  const scale = (value: number): number => Math.max(value > 0 ? 1 : 0, (value / widest) * 210)
  return (
    <figure>
      <svg className="bars" viewBox={`0 0 360 ${bars.length * step + 4}`} aria-hidden="true">
        {bars.map((bar, index) => (
          <g key={bar.label} transform={`translate(0 ${index * step})`}>
            <text x={labelWidth - 10} y={20} textAnchor="end">
              {bar.label}
            </text>
            <rect className="now" x={labelWidth} y={6} width={scale(bar.now)} height={10} rx={1} />
            <rect className="before" x={labelWidth} y={18} width={scale(bar.before)} height={6} rx={1} />
            <text x={labelWidth + scale(bar.now) + 6} y={15}>
              {numberText(bar.now)}
            </text>
          </g>
        ))}
      </svg>
      <table className="sr-only">
        <caption>
          {nowLabel}与{beforeLabel}对比（{unit}）
        </caption>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.label}>
              <th scope="row">{bar.label}</th>
              <td>{bar.now}</td>
              <td>{bar.before}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <figcaption className="row faint" style={{ paddingTop: 6 }}>
        <span style={{ width: 12, height: 10, background: 'var(--accent)' }} />
        {nowLabel}
        <span style={{ width: 12, height: 6, background: '#c3cfc8', marginLeft: 10 }} />
        {beforeLabel}，单位：{unit}
      </figcaption>
    </figure>
  )
}
