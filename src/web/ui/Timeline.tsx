import type { ReactElement } from 'react'
import type { ActRow } from '../shapes.ts'
import { timeText } from './values.tsx'

/** Who did what to a record, in which office, with what words; the newest first. */
export function Timeline({ acts }: { acts: readonly ActRow[] }): ReactElement {
  if (acts.length === 0) return <p className="quiet">还没有办理记录。</p>
  return (
    <ol className="timeline">
      {acts.toReversed().map((act) => (
        <li key={`${act.at}${act.verb}`}>
          <div className="row">
            <b>{act.verb}</b>
            <span>{act.actorName}</span>
            <span className="faint">
              {act.office} · {timeText(act.at)}
            </span>
          </div>
          {act.words && <blockquote>{act.words}</blockquote>}
        </li>
      ))}
    </ol>
  )
}
