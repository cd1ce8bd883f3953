import type { ReactElement } from 'react'
import './grade-bars.css'

/** From good to bad, readable beside each other on paper too; the numbers stand in the table that follows. */
const scales: Readonly<Record<number, readonly string[]>> = {
  2: ['#1f6f5c', '#a23b2c'],
  3: ['#1f6f5c', '#d8a94a', '#a23b2c'],
}
const usual = ['#1f6f5c', '#7fae9f', '#d8a94a', '#a23b2c', '#6d3a33', '#3f3f3f', '#8a8a8a', '#c4c4c4']
/** Choices among which none is better: colours that say only which is which. */
const apart = ['#2f5d8a', '#7a9e3f', '#c9822f', '#7d5ba6', '#3d9a9a', '#b5577d', '#8a7a4a', '#5f6f7f']

/** One bar a row, parted by grade, with its numbers; on a phone each row is a bar with its numbers below. */
export function GradeBars({
  caption,
  grades,
  choices = false,
  rows,
}: {
  caption: string
  grades: readonly string[]
  /** Neither better nor worse. */
  choices?: boolean
  rows: readonly { label: string; counts: readonly number[]; blank: number; score?: string }[]
}): ReactElement {
  const tones = choices ? apart : (scales[grades.length] ?? usual)
  const scored = rows.some((row) => row.score !== undefined)
  return (
    <table className="grid compact grade-bars">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col" className="what">
            项目
          </th>
          <th scope="col" className="bar">
            分布
          </th>
          {grades.map((grade, at) => (
            <th key={grade} scope="col" className="number">
              <i aria-hidden="true" style={{ background: tones[at] }} />
              {grade}
            </th>
          ))}
          <th scope="col" className="number">
            未填
          </th>
          {scored && (
            <th scope="col" className="number">
              得分
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const total = row.counts.reduce((sum, count) => sum + count, 0)
          return (
            <tr key={row.label}>
              <td className="what">{row.label}</td>
              <td className="bar" aria-hidden="true">
                <svg width="100%" height="12" viewBox="0 0 1000 12" preserveAspectRatio="none">
                  {row.counts.map((count, at) => {
                    const before = row.counts.slice(0, at).reduce((sum, one) => sum + one, 0)
                    return (
                      <rect
                        key={grades[at]}
                        x={total ? (before * 1000) / total : 0}
                        width={total ? (count * 1000) / total : 0}
                        height={12}
                        fill={tones[at]}
                      />
                    )
                  })}
                </svg>
              </td>
              {row.counts.map((count, at) => (
                <td key={grades[at]} className="number">
                  <Key tone={tones[at]} text={grades[at]!} />
                  {count}
                </td>
              ))}
              <td className="number">
                <Key text="未填" />
                {row.blank}
              </td>
              {scored && (
                <td className="number">
                  <Key text="得分" />
                  {row.score}
                </td>
              )}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** Where the heads of the columns aren't to be seen. */
const Key = ({ text, tone }: { text: string; tone?: string | undefined }): ReactElement => (
  <span className="key" aria-hidden="true">
    {tone && <i style={{ background: tone }} />}
    {text}
  </span>
)
