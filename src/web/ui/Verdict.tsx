import type { ReactElement } from 'react'
import { ITEM_OUTCOMES, MARKS, OUTCOMES } from '../../modules/ballots/words.ts'
import { Notice } from './states.tsx'
import { StatusTag } from './values.tsx'

/** A decided vote as every room shows it: the figures, the verdict, and how it was arrived at. */
export interface VerdictShape {
  count: { expected: number; present: number; issued: number; returned: number; valid: number; invalid: number }
  verdict: {
    outcome: keyof typeof OUTCOMES
    items: readonly {
      key: string
      label: string
      outcome: keyof typeof ITEM_OUTCOMES
      yes: number
      no: number
      abstain: number
      grades?: readonly number[]
      writtenIn?: boolean
    }[]
    steps: readonly { no: number; text: string; holds: boolean | null; article: string | null; unverified?: boolean }[]
    notes: readonly string[]
  }
}

const TONES = {
  passed: 'good',
  elected: 'good',
  reported: 'info',
  hidden: 'info',
  tied: 'warn',
  short: 'warn',
  failed: 'bad',
  void: 'bad',
} as const

export const OutcomeTag = ({ outcome }: { outcome: keyof typeof OUTCOMES }): ReactElement => (
  <StatusTag text={OUTCOMES[outcome]} tone={TONES[outcome]} />
)

/** Result table and numbered steps, each with its article. @param grades names of the marks where they aren't 赞成 … */
export function Verdict({
  result,
  grades,
}: {
  result: VerdictShape
  grades?: readonly string[] | undefined
}): ReactElement {
  const { count, verdict } = result
  const marks = grades?.length ? grades : Object.values(MARKS)
  return (
    <div className="stack" style={{ gap: 12 }}>
      <p className="row">
        <OutcomeTag outcome={verdict.outcome} />
        <span>
          应到会 {count.expected} 人，到会 {count.present} 人；发出 {count.issued} 张，收回 {count.returned} 张，有效{' '}
          {count.valid} 张，无效 {count.invalid} 张
        </span>
      </p>
      <div className="table-scroll" tabIndex={0} role="region" aria-label="得票情况">
        <table className="grid">
          <thead>
            <tr>
              <th>姓名（事项）</th>
              {marks.map((mark) => (
                <th key={mark} className="number">
                  {mark}
                </th>
              ))}
              <th>结果</th>
            </tr>
          </thead>
          <tbody>
            {verdict.items.map((item) => (
              <tr key={item.key}>
                <td>
                  {item.label}
                  {item.writtenIn && <span className="faint">（另选）</span>}
                </td>
                {(grades?.length ? (item.grades ?? []) : [item.yes, item.no, item.abstain]).map((n, index) => (
                  <td key={marks[index]} className="number">
                    {item.writtenIn && index > 0 ? '' : n}
                  </td>
                ))}
                <td>
                  <StatusTag
                    text={ITEM_OUTCOMES[item.outcome]}
                    tone={['elected', 'passed'].includes(item.outcome) ? 'good' : item.outcome === 'tied' ? 'warn' : ''}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Steps steps={verdict.steps} />
      {verdict.notes.map((note) => (
        <Notice key={note} tone="warn">
          {note}
        </Notice>
      ))}
    </div>
  )
}

/** The derivation: what was compared with what, and by which article. */
export function Steps({ steps }: { steps: VerdictShape['verdict']['steps'] }): ReactElement {
  return (
    <ol className="stack" style={{ gap: 6, paddingLeft: 0 }} aria-label="推算步骤">
      {steps.map((step) => (
        <li key={step.no} className="row" style={{ alignItems: 'baseline', flexWrap: 'nowrap' }}>
          <span className="number">{step.no}.</span>
          <span style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
            {step.text}
            {step.article && <span className="faint"> {step.article}</span>}
            {step.unverified && (
              <>
                {' '}
                <span className="tag warn">依据待核</span>
              </>
            )}
          </span>
        </li>
      ))}
    </ol>
  )
}
