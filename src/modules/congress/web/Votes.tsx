import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card } from '../../../web/ui/Page.tsx'
import { Empty } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { MODES, OUTCOMES, STATES } from '../../ballots/words.ts'
import { Ask } from './Ask.tsx'
import type { SessionDetail, VoteRow } from './shapes.ts'
import { GateLine } from './tags.tsx'

/** Every vote with the gate as it was judged, who counted, and the verdict with its steps. */
export function Votes({ detail: { session, votes, may } }: { detail: SessionDetail }): ReactElement {
  const queries = useQueryClient()
  const [asking, setAsking] = useState<{ kind: 'announce' | 'end' | 'void'; row: VoteRow } | null>(null)
  const close = (): void => {
    setAsking(null)
    void queries.invalidateQueries({ queryKey: ['congress'] })
  }
  if (votes.length === 0)
    return (
      <Card>
        <Empty title="还没有表决">会议开始后，在“议程”里把议题付诸表决；在场不足三分之二的不能开始。</Empty>
      </Card>
    )
  return (
    <>
      {votes.map((row) => (
        <Card
          key={row.vote.id}
          title={row.vote.title}
          aside={
            row.result ? (
              <StatusTag
                text={OUTCOMES[row.result.verdict.outcome as keyof typeof OUTCOMES]}
                tone={['passed', 'elected', 'reported'].includes(row.result.verdict.outcome) ? 'good' : 'bad'}
              />
            ) : (
              <StatusTag text={STATES[row.vote.state]} tone="info" />
            )
          }
        >
          <p className="quiet" style={{ marginBottom: 8 }}>
            {row.dutyTitle} · {MODES[row.vote.mode]} · 应到 {row.vote.expected} 人，表决时在场 {row.gate.present} 人
            {row.vote.tellers.length > 0 && ` · 监票人、计票人：${row.vote.tellers.map((one) => one.name).join('、')}`}
          </p>
          {!row.gate.holds && <GateLine gate={row.gate} />}
          {row.vote.state === 'issuing' && session.state === 'open' && (
            <div className="row" style={{ marginTop: 8 }}>
              {may.read && row.box !== null && <LinkButton to={`/votes/${row.vote.id}`}>电子票箱</LinkButton>}
              {may.read && row.box !== 'open' && (
                <LinkButton to={`/votes/${row.vote.id}/count`}>
                  {row.box === null ? '录入票数' : '录入纸质票'}
                </LinkButton>
              )}
              {may.run && (
                <>
                  {row.box === 'open' ? (
                    <Button type="primary" onClick={() => setAsking({ kind: 'end', row })}>
                      结束投票
                    </Button>
                  ) : (
                    <Button type="primary" onClick={() => setAsking({ kind: 'announce', row })}>
                      宣布结果
                    </Button>
                  )}
                  <Button danger onClick={() => setAsking({ kind: 'void', row })}>
                    作废重来
                  </Button>
                </>
              )}
            </div>
          )}
          {row.result && (
            <>
              <DataTable
                caption={`${row.vote.title}计票结果`}
                rows={row.result.verdict.items}
                rowKey={(item) => item.key}
                columns={[
                  { id: 'label', title: '事项', lead: true, wrap: true, render: (item) => item.label },
                  { id: 'yes', title: '赞成', number: true, width: 90, render: (item) => item.yes },
                  { id: 'no', title: '不赞成', number: true, width: 90, render: (item) => item.no },
                  { id: 'abstain', title: '弃权', number: true, width: 90, render: (item) => item.abstain },
                ]}
                empty={null}
              />
              <ol className="stack faint" style={{ gap: 4, marginTop: 10 }}>
                {row.result.words
                  .split('\n')
                  .slice(1)
                  .map((line) => (
                    <li key={line}>{line}</li>
                  ))}
              </ol>
            </>
          )}
        </Card>
      ))}
      {asking?.kind === 'announce' && (
        <Ask
          title="宣布结果"
          okText="宣布结果"
          note={
            asking.row.box === null
              ? '两人录入一致后才能宣布；宣布后结果和推算步骤存档，不能再改。'
              : '电子票随即公布，任何人都可以核对；有纸质票的，先由两人录入。宣布后不能再改。'
          }
          questions={[]}
          work={() => post(`/api/congress/votes/${asking.row.vote.id}/announce`)}
          done="结果已宣布"
          close={close}
        />
      )}
      {asking?.kind === 'end' && (
        <Ask
          title="结束投票"
          okText="结束投票"
          note="结束后不能再领票、投票。请先提醒已领票还没有投的代表。"
          questions={[]}
          work={() => post(`/api/congress/votes/${asking.row.vote.id}/end`)}
          done="投票已结束"
          close={close}
        />
      )}
      {asking?.kind === 'void' && (
        <Ask
          title="作废这次表决"
          okText="作废"
          danger
          questions={[{ id: 'reason', label: '原因', kind: 'text', required: true }]}
          work={(values) => post(`/api/congress/votes/${asking.row.vote.id}/void`, values)}
          done="已作废，可以重新表决"
          close={close}
        />
      )}
    </>
  )
}

/** Papers before the session. */
export function Papers({ detail: { session, papers, items, may } }: { detail: SessionDetail }): ReactElement {
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const editable = may.write && (session.state === 'preparing' || session.state === 'open')
  return (
    <>
      {editable && (
        <div className="toolbar">
          <Button onClick={() => setAdding(true)}>提交文件</Button>
          <span className="faint">正文按段分条；代表对条款的意见、处理结果和改后的文字都能对照着看。</span>
        </div>
      )}
      <Card flush>
        <DataTable
          caption="文件"
          rows={papers}
          rowKey={(row) => row.id}
          columns={[
            {
              id: 'title',
              title: '文件',
              lead: true,
              wrap: true,
              render: (row) => <Link to={`/congress/papers/${row.id}` as never}>{row.title}</Link>,
            },
            {
              id: 'item',
              title: '议题',
              wrap: true,
              render: (row) => items.find((item) => item.id === row.itemId)?.title ?? '',
            },
            { id: 'versions', title: '稿', width: 80, render: (row) => `第 ${row.versions} 稿` },
            {
              id: 'remarks',
              title: '意见',
              width: 130,
              render: (row) => (row.remarks ? `${row.remarks} 条${row.open ? `，${row.open} 条未答复` : ''}` : ''),
            },
          ]}
          empty={<Empty title="还没有文件">把提交审议的报告、方案和草案放在这里，代表会前就能看、能提意见。</Empty>}
        />
      </Card>
      {adding && (
        <Ask
          title="提交文件"
          okText="提交"
          questions={[
            { id: 'title', label: '文件名称', kind: 'text', required: true },
            {
              id: 'itemId',
              label: '所属议题',
              kind: 'choice',
              options: items.map((item) => ({ value: item.id, label: item.title })),
            },
            { id: 'text', label: '正文', kind: 'long', required: true, help: '每段作为一条' },
          ]}
          work={(values) => post(`/api/congress/sessions/${session.id}/papers`, values)}
          done="已提交"
          close={() => {
            setAdding(false)
            void queries.invalidateQueries({ queryKey: ['congress'] })
          }}
        />
      )}
    </>
  )
}
