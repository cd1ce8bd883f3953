import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import type { Block, ReportDetail, ReportFigure, Run } from '../../shapes.ts'
import { Notice } from '../../ui/states.tsx'
import { numberText } from '../../ui/values.tsx'
import { Runs, RunsEditor } from './runs.tsx'

/** A heading, a paragraph or a table of the report, its figures as chips. */
export function BlockText({
  block,
  report,
  open,
}: {
  block: Block
  report: ReportDetail
  open: (figure: ReportFigure) => void
}): ReactElement {
  const mark = block.manual && <span className="manual-mark">手写</span>
  const runs = <Runs runs={block.runs} body={report.body} open={open} />
  if (block.kind === 'heading')
    return block.level === 3 ? (
      <h3>
        {runs}
        {mark}
      </h3>
    ) : (
      <h2>
        {runs}
        {mark}
      </h2>
    )
  if (block.kind === 'table') return <BlockTable block={block} report={report} open={open} />
  return (
    <p>
      {runs}
      {mark}
    </p>
  )
}

/** Rows shown of a long table until somebody asks for the rest: the table behind the text has over a thousand. */
const FEW = 20

function BlockTable({
  block,
  report,
  open,
}: {
  block: Block
  report: ReportDetail
  open: (figure: ReportFigure) => void
}): ReactElement {
  const rows = block.rows ?? []
  const [all, setAll] = useState(rows.length <= FEW + 10)
  return (
    <>
      <div className="table-scroll" tabIndex={0} role="region" aria-label="附表">
        <table className="paper-table">
          <thead>
            <tr>
              {block.columns?.map((column) => (
                <th key={column.title} scope="col">
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(all ? rows : rows.slice(0, FEW)).map((row, at) => (
              <tr key={at}>
                {row.map((cell, index) => (
                  <td key={index} className={block.columns?.[index]?.align === 'right' ? 'number' : undefined}>
                    <Runs runs={cell} body={report.body} open={open} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!all && (
        <div className="no-print spread" style={{ fontFamily: 'var(--sans)', fontSize: '0.875rem', padding: '8px 0' }}>
          <span className="faint">
            共 {numberText(rows.length)} 行，这里列出前 {FEW} 行；下载的文件里是全部。
          </span>
          <Button onClick={() => setAll(true)}>展开全部</Button>
        </div>
      )}
    </>
  )
}

/** Changes one paragraph around its chips. */
export function BlockEditor({
  block,
  report,
  busy,
  cancel,
  save,
  remove,
}: {
  block: Block
  report: ReportDetail
  busy: boolean
  cancel: () => void
  save: (runs: Run[]) => void
  remove: () => void
}): ReactElement {
  const [runs, setRuns] = useState<Run[]>(block.runs)
  return (
    <div
      style={{ margin: '10px 0' }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') cancel()
      }}
    >
      <RunsEditor runs={block.runs} body={report.body} onChange={setRuns} />
      <div
        style={{ fontFamily: 'var(--sans)', fontSize: '0.875rem', lineHeight: 1.5, textIndent: 0, padding: '8px 0' }}
      >
        <Notice>数字来自台账，不能手改；可以改前后的文字，或删去整句。改过的段落会标“手写”，重新生成时保留。</Notice>
        <div className="row" style={{ marginTop: 8 }}>
          <Button type="primary" loading={busy} onClick={() => save(runs)}>
            保存这一段
          </Button>
          <Button onClick={cancel}>取消</Button>
          <Button danger disabled={busy} onClick={remove}>
            删除这一段
          </Button>
        </div>
      </div>
    </div>
  )
}
