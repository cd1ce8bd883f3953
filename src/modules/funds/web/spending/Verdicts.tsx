import type { ReactElement } from 'react'
import { StatusTag } from '../../../../web/ui/values.tsx'
import type { Verdict } from './shapes.ts'

const rank = (verdict: Verdict): number =>
  verdict.blocks ? 0 : verdict.holds === false ? 1 : verdict.holds === null || verdict.notes.length ? 2 : 3

/** What the rules say, the worst first, each with its arithmetic and source; what is fine is folded away. */
export function Verdicts({ verdicts }: { verdicts: readonly Verdict[] }): ReactElement {
  const sorted = verdicts.toSorted((one, other) => rank(one) - rank(other))
  const open = sorted.filter((one) => rank(one) < 3)
  const fine = sorted.filter((one) => rank(one) === 3)
  return (
    <div className="stack">
      {open.map((verdict) => (
        <Line key={verdict.cardId} verdict={verdict} />
      ))}
      {fine.length > 0 && (
        <details>
          <summary>
            {open.length ? '其余 ' : ''}
            {fine.length} 项规定都符合
          </summary>
          {fine.map((verdict) => (
            <Line key={verdict.cardId} verdict={verdict} />
          ))}
        </details>
      )}
    </div>
  )
}

function Line({ verdict }: { verdict: Verdict }): ReactElement {
  return (
    <div className="verdict">
      <div className="row">
        {verdict.blocks ? (
          <StatusTag text="不能批准" tone="bad" />
        ) : verdict.holds === false ? (
          <StatusTag text="请注意" tone="warn" />
        ) : verdict.holds === null ? (
          <StatusTag text="待核对" tone="warn" />
        ) : (
          <StatusTag text="符合" tone="good" />
        )}
        <b>{verdict.title}</b>
      </div>
      <ol className="steps">
        {verdict.steps.map((step) => (
          <li key={step}>{step.replace(/^\d+\. /, '')}</li>
        ))}
      </ol>
      {verdict.notes.map((note) => (
        <p key={note} className="faint">
          {note}
        </p>
      ))}
    </div>
  )
}
