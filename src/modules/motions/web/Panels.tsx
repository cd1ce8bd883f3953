import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { useRefresh } from './Deeds.tsx'
import { FormPanel } from './FormPanel.tsx'
import { useOptions, type Options, type PanelRow } from './shapes.ts'

/** Panels of the union: those the reader leads, and those the reader sits in. */
export function Panels(): ReactElement {
  const options = useOptions()
  return <Loaded query={options}>{(known) => <Shown options={known} />}</Loaded>
}

function Shown({ options }: { options: Options }): ReactElement {
  const [asking, setAsking] = useState(false)
  const refresh = useRefresh()
  const panels = useQuery({
    queryKey: ['panels', options.unitId],
    queryFn: () =>
      get<{ panels: PanelRow[] }>('/api/motion-panels', { unitId: options.unitId }).then((answer) => answer.panels),
  })
  return (
    <Page
      title="评审与评优"
      crumbs={[{ title: '合理化建议', to: '/suggestions' }]}
      help="合理化建议评等次，提案评最佳、优秀和优秀组织单位，由评审小组打分产生；提案也可以由大会代表投票评选。"
      actions={
        options.may.supervise && (
          <Button type="primary" onClick={() => setAsking(true)}>
            成立评审小组
          </Button>
        )
      }
    >
      <div className="card">
        <DataTable<PanelRow>
          caption="评审小组"
          rows={panels.data}
          rowKey={(row) => row.id}
          columns={[
            {
              id: 'title',
              title: '小组',
              lead: true,
              render: (row) => <Link to={`/motions/panels/${row.id}` as never}>{row.title}</Link>,
            },
            {
              id: 'purpose',
              title: '评什么',
              width: 110,
              render: (row) => (row.purpose === 'motion' ? '提案评优' : '合理化建议'),
            },
            { id: 'formed', title: '成立', width: 110, render: (row) => row.formedOn },
            {
              id: 'judges',
              title: '评委',
              number: true,
              render: (row) => (row.method === 'ballot' ? '代表投票' : row.judges),
            },
            { id: 'entries', title: '参评', number: true, render: (row) => row.entries },
            {
              id: 'state',
              title: '状态',
              width: 100,
              render: (row) => (
                <StatusTag text={row.closedOn ? '已评定' : '评审中'} tone={row.closedOn ? 'good' : 'info'} />
              ),
            },
          ]}
          empty={<Empty title="没有评审小组">您参加的评审会出现在这里。</Empty>}
        />
      </div>
      {asking && (
        <FormPanel
          options={options}
          close={() => {
            setAsking(false)
            refresh()
          }}
        />
      )}
    </Page>
  )
}
