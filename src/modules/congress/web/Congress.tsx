import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { today, useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Empty } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { FORMS, KINDS } from '../words.ts'
import { Ask, optionsOf } from './Ask.tsx'
import type { SessionRow, TermRow } from './shapes.ts'
import { SessionState } from './tags.tsx'

/** Sessions and terms of the chosen unit. */
export function Congress(): ReactElement {
  const { unitId, unitName } = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<'term' | 'session' | null>(null)
  const terms = useQuery({
    queryKey: ['congress', 'terms', unitId],
    queryFn: () => get<{ terms: TermRow[] }>('/api/congress/terms', { unitId }).then((answer) => answer.terms),
  })
  const sessions = useQuery({
    queryKey: ['congress', 'sessions', unitId],
    queryFn: () =>
      get<{ sessions: SessionRow[] }>('/api/congress/sessions', { unitId }).then((answer) => answer.sessions),
  })
  const open = (terms.data ?? []).filter((term) => !term.endedOn)
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ['congress'] })
  return (
    <Page
      title="职代会与会员代表大会"
      help={`${unitName}。职工代表大会与会员代表大会分别建届、分别开会、分别表决。`}
      actions={
        <>
          <LinkButton to="/congress/projects">参与和监督</LinkButton>
          {may('congress.write') && (
            <>
              <Button onClick={() => setAsking('term')}>建立新一届</Button>
              <Button type="primary" disabled={open.length === 0} onClick={() => setAsking('session')}>
                筹备会议
              </Button>
            </>
          )}
        </>
      }
    >
      <Card title="会议" flush>
        <DataTable
          caption="会议"
          rows={sessions.data}
          rowKey={(row) => row.id}
          columns={[
            {
              id: 'title',
              title: '会议',
              lead: true,
              wrap: true,
              render: (row) => <Link to={`/congress/sessions/${row.id}` as never}>{row.title}</Link>,
            },
            { id: 'form', title: '种类', width: 130, render: (row) => FORMS[row.form] },
            { id: 'on', title: '日期', width: 120, render: (row) => row.startsOn },
            { id: 'place', title: '地点', render: (row) => row.place ?? '' },
            { id: 'state', title: '状态', width: 100, render: (row) => <SessionState state={row.state} /> },
          ]}
          empty={
            <Empty title="还没有会议">
              {open.length === 0
                ? '请先建立一届大会，划定选举单位、登记代表，再筹备会议。'
                : '点“筹备会议”，列出议程、通知代表，到会签到后逐项审议表决。'}
            </Empty>
          }
        />
      </Card>
      <Card title="届次" flush>
        <DataTable
          caption="届次"
          rows={terms.data}
          rowKey={(row) => row.id}
          columns={[
            {
              id: 'term',
              title: '届次',
              lead: true,
              render: (row) => (
                <Link to={`/congress/terms/${row.id}` as never}>{`第${row.ordinal}届${KINDS[row.kind]}`}</Link>
              ),
            },
            { id: 'from', title: '任期', render: (row) => `${row.startsOn} 至 ${row.dueOn}` },
            { id: 'seats', title: '名额', number: true, width: 90, render: (row) => row.seats },
            { id: 'seated', title: '现有代表', number: true, width: 100, render: (row) => row.seated },
            {
              id: 'state',
              title: '状态',
              width: 150,
              render: (row) =>
                row.endedOn ? (
                  <StatusTag text={`${row.endedOn} 已换届`} />
                ) : row.dueOn < today() ? (
                  <StatusTag text="届满未换届" tone="bad" />
                ) : (
                  <StatusTag text="本届" tone="good" />
                ),
            },
          ]}
          empty={<Empty title="还没有建立届次">登记届次、任期和代表名额；届次可以从现有的届数接着往下排。</Empty>}
        />
      </Card>
      {asking === 'term' && (
        <Ask
          title="建立新一届"
          okText="建立"
          note="原有的一届到新一届开始之日为止，其代表资格同时终止。"
          questions={[
            { id: 'kind', label: '大会种类', kind: 'choice', required: true, options: optionsOf(KINDS) },
            { id: 'ordinal', label: '第几届', kind: 'number', required: true },
            { id: 'startsOn', label: '开始日期', kind: 'date', required: true },
            { id: 'dueOn', label: '届满日期', kind: 'date', required: true, help: '任期三年至五年' },
            { id: 'people', label: '职工（会员）人数', kind: 'number', required: true },
            { id: 'women', label: '其中女职工（女会员）', kind: 'number', required: true },
            {
              id: 'seats',
              label: '代表名额',
              kind: 'number',
              required: true,
              help: '职工代表不少于职工的百分之五，最少三十人',
            },
            { id: 'document', label: '批复文号', kind: 'text' },
          ]}
          work={async (values) => {
            const made = await post<{ id: number }>('/api/congress/terms', { ...values, unitId })
            await refresh()
            void navigate({ to: `/congress/terms/${made.id}` as never })
          }}
          close={() => setAsking(null)}
        />
      )}
      {asking === 'session' && (
        <Ask
          title="筹备会议"
          okText="开始筹备"
          initial={{ form: 'session', ...(open.length === 1 && { termId: open[0]!.id }) }}
          questions={[
            {
              id: 'termId',
              label: '哪一届',
              kind: 'choice',
              required: true,
              options: open.map((term) => ({ value: term.id, label: `第${term.ordinal}届${KINDS[term.kind]}` })),
            },
            { id: 'form', label: '会议种类', kind: 'choice', required: true, options: optionsOf(FORMS) },
            {
              id: 'number',
              label: '本届第几次',
              kind: 'number',
              help: '不填则接着上一次',
              when: (values) => values['form'] === 'session',
            },
            {
              id: 'preparesId',
              label: '为哪一次会议预备',
              kind: 'choice',
              required: true,
              options: (sessions.data ?? [])
                .filter((one) => one.form === 'session' && one.state === 'preparing')
                .map((one) => ({ value: one.id, label: one.title })),
              when: (values) => values['form'] === 'preparatory',
            },
            { id: 'startsOn', label: '开会日期', kind: 'date', required: true },
            { id: 'endsOn', label: '闭会日期', kind: 'date', required: true },
            { id: 'place', label: '地点', kind: 'text' },
            { id: 'host', label: '主持人', kind: 'text' },
            { id: 'recorder', label: '记录人', kind: 'text' },
            { id: 'occasion', label: '临时召开的事由', kind: 'text' },
          ]}
          work={async (values) => {
            const made = await post<{ id: number }>('/api/congress/sessions', values)
            await refresh()
            void navigate({ to: `/congress/sessions/${made.id}` as never })
          }}
          close={() => setAsking(null)}
        />
      )}
    </Page>
  )
}
