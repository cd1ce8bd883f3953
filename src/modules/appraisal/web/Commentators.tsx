import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { Appoint, Decide, Met, Suggest, type Panel, type Suggestion } from './commentator-dialogs.tsx'

type Asking =
  | { kind: 'appoint' }
  | { kind: 'met'; panel: Panel }
  | { kind: 'suggest' }
  | { kind: 'decide'; suggestion: Suggestion }
  | null

/** Batches of commentators, what they did, what they said and what it changed. */
export function Commentators(): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<Asking>(null)
  const found = useQuery({
    queryKey: ['appraisal', 'commentators'],
    queryFn: () => get<{ panels: Panel[]; suggestions: Suggestion[] }>('/api/appraisal/commentators'),
  })
  const write = may('appraisal.write')
  const close = (): void => {
    setAsking(null)
    void queries.invalidateQueries({ queryKey: ['appraisal'] })
  }
  return (
    <Page
      title="工会评论员"
      crumbs={[{ title: '民主评议', to: '/appraisal' }]}
      help="按批聘任评论员；他们和职工提的建议，采纳了要写明改了什么。"
      actions={
        write && (
          <>
            <Button onClick={() => setAsking({ kind: 'appoint' })}>聘任一批</Button>
            <Button type="primary" onClick={() => setAsking({ kind: 'suggest' })}>
              登记建议
            </Button>
          </>
        )
      }
    >
      <Loaded query={found}>
        {({ panels, suggestions }) => (
          <>
            <Card title="建议和它们改变了什么" flush>
              <DataTable
                caption="建议"
                rows={suggestions}
                rowKey={(row) => row.id}
                columns={[
                  { id: 'words', title: '建议', lead: true, wrap: true, render: (row) => row.words },
                  {
                    id: 'source',
                    title: '来源',
                    render: (row) => `${row.source}${row.personName ? ` ${row.personName}` : ''}`,
                  },
                  { id: 'on', title: '提出日期', width: 110, render: (row) => row.madeOn },
                  {
                    id: 'state',
                    title: '处理',
                    width: 90,
                    render: (row) =>
                      row.adopted === null ? (
                        <StatusTag text="待处理" tone="warn" />
                      ) : (
                        <StatusTag text={row.adopted ? '已采纳' : '未采纳'} tone={row.adopted ? 'good' : ''} />
                      ),
                  },
                  {
                    id: 'changed',
                    title: '改了什么',
                    wrap: true,
                    render: (row) =>
                      row.changed && row.link ? (
                        <Link to={row.link as never}>{row.changed}</Link>
                      ) : (
                        (row.changed ?? row.outcome ?? '')
                      ),
                  },
                ]}
                {...(write && {
                  renderActions: (row: Suggestion) =>
                    row.adopted === null && (
                      <button
                        type="button"
                        className="link"
                        onClick={() => setAsking({ kind: 'decide', suggestion: row })}
                      >
                        处理
                      </button>
                    ),
                })}
                empty={<Empty title="还没有建议" small />}
              />
            </Card>
            {panels.map((panel) => (
              <Card
                key={panel.id}
                title={`第 ${panel.batch} 批评论员`}
                aside={
                  <span className="row">
                    <span className="quiet">
                      {panel.unitName} · {panel.appointedOn} 至 {panel.endsOn}
                    </span>
                    {write && (
                      <button type="button" className="link" onClick={() => setAsking({ kind: 'met', panel })}>
                        登记会议或活动
                      </button>
                    )}
                  </span>
                }
                flush
              >
                <DataTable
                  caption={`第 ${panel.batch} 批评论员`}
                  rows={panel.events}
                  rowKey={(row) => row.id}
                  columns={[
                    { id: 'title', title: '事项', lead: true, render: (row) => row.title },
                    { id: 'kind', title: '种类', width: 120, render: (row) => row.kind },
                    { id: 'on', title: '日期', width: 110, render: (row) => row.onDate },
                    {
                      id: 'people',
                      title: '评论员',
                      wrap: true,
                      render: (row) => row.people.map((person) => person.name).join('、'),
                    },
                  ]}
                  empty={null}
                />
              </Card>
            ))}
          </>
        )}
      </Loaded>
      {asking?.kind === 'appoint' && <Appoint close={close} />}
      {asking?.kind === 'met' && <Met panel={asking.panel} close={close} />}
      {asking?.kind === 'suggest' && <Suggest panels={found.data?.panels ?? []} close={close} />}
      {asking?.kind === 'decide' && <Decide suggestion={asking.suggestion} close={close} />}
    </Page>
  )
}
