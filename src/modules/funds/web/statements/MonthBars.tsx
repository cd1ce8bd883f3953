import { useSyncExternalStore, type ReactElement } from 'react'
import { moneyText } from '../../../../web/ui/values.tsx'

const wan = (fen: number): string =>
  fen >= 1_000_000 ? `${(fen / 1_000_000).toFixed(fen >= 10_000_000 ? 0 : 1)}万` : `${Math.round(fen / 100)}`

const phone = '(max-width: 640px)'
/** On a phone the drawing is drawn narrower instead of smaller: its letters stay readable. */
const usePhone = (): boolean =>
  useSyncExternalStore(
    (told) => {
      const query = matchMedia(phone)
      query.addEventListener('change', told)
      return () => query.removeEventListener('change', told)
    },
    () => matchMedia(phone).matches,
  )

/**
 * Income and spending month by month, the budget's monthly mean as dashed lines. Plain SVG: prints, scales, and the same
 * numbers follow as a table for those who can't see the drawing.
 */
export function MonthBars({
  months,
  budget,
}: {
  months: readonly { month: number; incomeFen: number; expenseFen: number }[]
  budget?: { incomeFen: number; expenseFen: number }
}): ReactElement {
  const means = budget ? [budget.incomeFen / 12, budget.expenseFen / 12] : []
  const top = Math.max(100, ...months.flatMap((one) => [one.incomeFen, one.expenseFen]), ...means)
  const narrow = usePhone()
  const [left, width, height] = narrow ? [40, 25, 170] : [44, 52, 190]
  const [first, bar, second] = narrow ? [4, 8, 13] : [9, 15, 27]
  const y = (fen: number): number => height - (Math.max(0, fen) / top) * (height - 14)
  return (
    <figure>
      <svg className="month-bars" viewBox={`0 0 ${left + width * 12 + 4} ${height + 26}`} aria-hidden="true">
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line x1={left} x2={left + width * 12} y1={y(top * share)} y2={y(top * share)} className="rule" />
            <text x={left - 8} y={y(top * share) + 4} textAnchor="end">
              {wan(top * share)}
            </text>
          </g>
        ))}
        {Array.from({ length: 12 }, (_, at) => {
          const one = months.find((month) => month.month === at + 1)
          const x = left + at * width
          return (
            <g key={at}>
              <rect
                className="income"
                x={x + first}
                width={bar}
                y={y(one?.incomeFen ?? 0)}
                height={height - y(one?.incomeFen ?? 0)}
              />
              <rect
                className="expense"
                x={x + second}
                width={bar}
                y={y(one?.expenseFen ?? 0)}
                height={height - y(one?.expenseFen ?? 0)}
              />
              <text x={x + width / 2} y={height + 18} textAnchor="middle">
                {at + 1}
                {narrow ? '' : '月'}
              </text>
            </g>
          )
        })}
        {means[0] !== undefined && (
          <line x1={left} x2={left + width * 12} y1={y(means[0])} y2={y(means[0])} className="mean income" />
        )}
        {means[1] !== undefined && (
          <line x1={left} x2={left + width * 12} y1={y(means[1])} y2={y(means[1])} className="mean expense" />
        )}
      </svg>
      <table className="sr-only">
        <caption>各月收入和支出（元）</caption>
        <tbody>
          {months.map((one) => (
            <tr key={one.month}>
              <th scope="row">{one.month}月</th>
              <td>{moneyText(one.incomeFen)}</td>
              <td>{moneyText(one.expenseFen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <figcaption className="row faint" style={{ flexWrap: 'wrap', gap: '4px 14px' }}>
        <span className="key income">收入</span>
        <span className="key expense">支出</span>
        {budget && <span>虚线：预算的月平均</span>}
        <span>单位：元</span>
      </figcaption>
    </figure>
  )
}
