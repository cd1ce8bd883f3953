import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../api.ts'
import { path } from '../../path.ts'
import type { LintLine, ReportDetail } from '../../shapes.ts'
import { Loading, Problem } from '../../ui/states.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { StatusTag, timeText } from '../../ui/values.tsx'

type Act = (work: () => Promise<unknown>, done?: string) => Promise<boolean>

/** Beside the text: what a careful secretary would ask, what colleagues say, earlier versions, signatures. */
export function ReportSide({
  report,
  remarks,
  act,
}: {
  report: ReportDetail
  remarks: UseQueryResult<LintLine[]>
  act: Act
}): ReactElement {
  return (
    <aside className="card report-side no-print" aria-label="检查与意见">
      <Tabs
        name="side"
        tabs={[
          { id: 'lint', title: `检查 ${remarks.data?.length || ''}`, render: () => <Lint remarks={remarks} /> },
          {
            id: 'comments',
            title: `意见 ${report.comments.length || ''}`,
            render: () => <Comments report={report} act={act} />,
          },
          { id: 'versions', title: '版本', render: () => <Versions report={report} /> },
          {
            id: 'acts',
            title: '签发',
            render: () => (
              <div style={{ padding: 16 }}>
                <Timeline acts={report.acts} />
              </div>
            ),
          },
        ]}
      />
    </aside>
  )
}

function Lint({ remarks }: { remarks: UseQueryResult<LintLine[]> }): ReactElement {
  if (remarks.isPending) return <Loading what="正在核对各部分与总数…" />
  if (remarks.error)
    return (
      <div style={{ padding: 16 }}>
        <Problem error={remarks.error} retry={() => void remarks.refetch()} />
      </div>
    )
  if (remarks.data.length === 0) return <p style={{ padding: 16 }}>没有发现问题：各部分与总数相符，期间一致。</p>
  return (
    <ul>
      {remarks.data.map((line) => (
        <li key={line.sentence} style={{ padding: '10px 16px', borderBottom: '1px solid #eef0eb' }}>
          <StatusTag
            text={line.level === 'warning' ? '请核对' : '提示'}
            tone={line.level === 'warning' ? 'warn' : ''}
          />
          <p style={{ margin: '4px 0' }}>{line.sentence}</p>
          {line.blockId && (
            <a
              href={`#block-${line.blockId}`}
              onClick={(event) => {
                event.preventDefault()
                document.getElementById(`block-${line.blockId}`)?.scrollIntoView({ block: 'center' })
              }}
            >
              看这一段
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}

function Comments({ report, act }: { report: ReportDetail; act: Act }): ReactElement {
  const [words, setWords] = useState('')
  const send = async (): Promise<void> => {
    if (await act(() => post(`/api/reports/${report.id}/comments`, { words: words.trim() }), '意见已记下。'))
      setWords('')
  }
  return (
    <div style={{ padding: 16 }} className="stack">
      {report.comments.map((comment) => (
        <div key={comment.id}>
          <div className="faint">
            {comment.author} · {timeText(comment.createdAt)}
          </div>
          <p>{comment.words}</p>
        </div>
      ))}
      {report.comments.length === 0 && <p className="quiet">还没有意见。</p>}
      <div className="field">
        <label htmlFor="comment">写一条意见</label>
        <Input.TextArea
          id="comment"
          autoSize={{ minRows: 2 }}
          maxLength={1000}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <div>
          <Button disabled={!words.trim()} onClick={() => void send()}>
            提交意见
          </Button>
        </div>
      </div>
    </div>
  )
}

function Versions({ report }: { report: ReportDetail }): ReactElement {
  return (
    <ul>
      {report.versions.map((version, index) => {
        const earlier = report.versions[index + 1]
        return (
          <li key={version.no} style={{ padding: '10px 16px', borderBottom: '1px solid #eef0eb' }}>
            <b>第 {version.no} 版</b> {version.reason}
            <div className="faint">
              {version.author} · {timeText(version.createdAt)}
            </div>
            {earlier && (
              <Link to={path.compareReport(report.id) as never} search={{ from: earlier.no, to: version.no } as never}>
                与上一版比较
              </Link>
            )}
          </li>
        )
      })}
    </ul>
  )
}
