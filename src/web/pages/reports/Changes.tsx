import type { ReactElement } from 'react'
import type { ReportChange } from '../../shapes.ts'
import { Empty } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/values.tsx'

/** Sentences before and after, one under the other, what differs within them marked. */
export function Changes({ changes }: { changes: readonly ReportChange[] }): ReactElement {
  if (changes.length === 0) return <Empty title="没有差异">两版的文字和数字完全相同。</Empty>
  return (
    <ol>
      {changes.map((change) => {
        const { head, before, after, tail } = differing(change.before, change.after)
        return (
          <li key={change.blockId} style={{ padding: '12px 16px', borderBottom: '1px solid #eef0eb' }}>
            {change.kind === 'added' ? (
              <StatusTag text="新增" tone="good" />
            ) : change.kind === 'removed' ? (
              <StatusTag text="删去" tone="bad" />
            ) : (
              <StatusTag text="改动" tone="info" />
            )}
            {change.kind !== 'added' && (
              <p style={{ marginTop: 6 }}>
                {head}
                <del className="del">{before}</del>
                {tail}
              </p>
            )}
            {change.kind !== 'removed' && (
              <p style={{ marginTop: 4 }}>
                {head}
                <ins className="ins">{after}</ins>
                {tail}
              </p>
            )}
          </li>
        )
      })}
    </ol>
  )
}

/** The common beginning and end of two sentences, and what lies between: enough to see a figure that moved. */
export function differing(
  before: string,
  after: string,
): { head: string; before: string; after: string; tail: string } {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++
  return {
    head: before.slice(0, start),
    before: before.slice(start, before.length - end),
    after: after.slice(start, after.length - end),
    tail: end ? before.slice(-end) : '',
  }
}
