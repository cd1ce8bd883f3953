import type { ReactElement } from 'react'
import type { ReportChange } from '../../shapes.ts'
import { Empty } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/values.tsx'

const kinds = {
  added: { text: '新增', tone: 'good' },
  removed: { text: '删去', tone: 'bad' },
  changed: { text: '改动', tone: 'info' },
  kept: { text: '保留手写', tone: 'warn' },
} as const

/** Sentences before and after, one under the other, what differs within them marked. */
export function Changes({ changes }: { changes: readonly ReportChange[] }): ReactElement {
  if (changes.length === 0) return <Empty title="没有差异">两版的文字和数字完全相同。</Empty>
  return (
    <ol>
      {changes.map((change) => (
        <li
          key={`${change.kind} ${change.blockId}`}
          style={{ padding: '12px 16px', borderBottom: '1px solid #eef0eb', whiteSpace: 'pre-line' }}
        >
          <StatusTag {...kinds[change.kind]} />
          {change.kind === 'kept' ? (
            <>
              <p style={{ marginTop: 6 }}>{change.before}</p>
              <p className="quiet" style={{ marginTop: 4 }}>
                按现在的台账，这一句会写成：{change.after}
              </p>
            </>
          ) : (
            <Differing change={change} />
          )}
        </li>
      ))}
    </ol>
  )
}

function Differing({ change }: { change: ReportChange }): ReactElement {
  const { head, before, after, tail } = differing(change.before, change.after)
  return (
    <>
      {change.kind !== 'added' && change.before && (
        <p style={{ marginTop: 6 }}>
          {head}
          <del className="del">{before}</del>
          {tail}
        </p>
      )}
      {change.kind !== 'removed' && change.after && (
        <p style={{ marginTop: 4 }}>
          {head}
          <ins className="ins">{after}</ins>
          {tail}
        </p>
      )}
    </>
  )
}

const inNumber = /[\d.,]/

/** The common beginning and end of two sentences, and what lies between: enough to see a figure that moved. */
export function differing(
  before: string,
  after: string,
): { head: string; before: string; after: string; tail: string } {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++
  // Numbers are marked whole: 1100 → 1800, not 1[1]00 → 1[8]00.
  while (start > 0 && inNumber.test(before[start - 1]!)) start--
  while (end > 0 && inNumber.test(before.at(-end)!)) end--
  return {
    head: before.slice(0, start),
    before: before.slice(start, before.length - end),
    after: after.slice(start, after.length - end),
    tail: end ? before.slice(-end) : '',
  }
}
