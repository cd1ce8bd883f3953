import { Button } from 'antd'
import type { ReactElement } from 'react'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import type { DetailShape } from './shapes.ts'

const PAPERS = [
  ['plan', '选举方案请示', '报上一级工会'],
  ['method', '选举办法（草案）', '提交大会通过'],
  ['candidates', '候选人简况', '公示和会场介绍，以姓氏笔画为序'],
  ['ballot', '选票', '每项选举一页'],
  ['result', '选举结果报告单', '监票人、计票人、主持人签名'],
  ['report', '选举结果报告', '报上一级工会批复'],
] as const

/** Documents as they go on paper. */
export function Papers({ detail }: { detail: DetailShape }): ReactElement {
  const counted = detail.ballots.some((ballot) => ballot.result)
  return (
    <div className="election-pane stack">
      <ul className="stack" style={{ gap: 0 }}>
        {PAPERS.map(([paper, title, help]) => {
          const early = (paper === 'result' || paper === 'report') && !counted
          return (
            <li
              key={paper}
              className="spread"
              style={{ flexWrap: 'nowrap', padding: '10px 0', borderBottom: '1px solid var(--line)' }}
            >
              <span>
                <b>{title}</b> <span className="faint">{early ? '计票结束后生成' : help}</span>
              </span>
              <Button
                disabled={early}
                href={`/api/elections/${detail.election.id}/papers/${paper}`}
                aria-label={`下载${title}`}
              >
                下载
              </Button>
            </li>
          )
        })}
      </ul>
      {counted && (
        <div>
          <LinkButton to={`/elections/${detail.election.id}/print`}>打印结果</LinkButton>
        </div>
      )}
    </div>
  )
}
