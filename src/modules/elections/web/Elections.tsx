import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { ELECTION_KINDS, STATES, type ElectionState } from '../posts.ts'
import type { ElectionShape } from './shapes.ts'

const TONES: Partial<Record<ElectionState, 'good' | 'warn' | 'bad' | 'info'>> = {
  approved: 'good',
  review: 'warn',
  reported: 'warn',
  meeting: 'info',
  refused: 'bad',
  invalid: 'bad',
}
export const ElectionTag = ({ state }: { state: ElectionState }): ReactElement => (
  <StatusTag text={STATES[state]} tone={TONES[state] ?? ''} />
)

/** Elections of the unions one may see, the newest first. */
export function Elections(): ReactElement {
  const may = useMay()
  const elections = useQuery({
    queryKey: ['elections'],
    queryFn: () => get<{ elections: ElectionShape[] }>('/api/elections').then((answer) => answer.elections),
  })
  const start = may('elections.write') && (
    <LinkButton type="primary" to="/elections/new">
      筹备选举
    </LinkButton>
  )
  return (
    <Page
      title="工会选举"
      help="从选举方案、候选人、签到、计票到上级批复；任职由选举结果写入，不用另行登记。"
      actions={
        <>
          <LinkButton to="/elections/terms">届期、空缺与延期</LinkButton>
          {start}
        </>
      }
    >
      <Card flush>
        <Loaded query={elections}>
          {(rows) => (
            <DataTable
              caption="工会选举"
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'title',
                  title: '选举',
                  lead: true,
                  wrap: true,
                  render: (row) => <Link to={`/elections/${row.id}` as never}>{row.title}</Link>,
                },
                { id: 'unit', title: '单位', render: (row) => row.unitName },
                { id: 'kind', title: '种类', render: (row) => ELECTION_KINDS[row.kind] },
                { id: 'day', title: '选举日', width: 120, render: (row) => row.heldOn },
                { id: 'state', title: '进展', render: (row) => <ElectionTag state={row.state} /> },
              ]}
              empty={
                <Empty title="还没有选举" actions={start || undefined}>
                  换届、首届选举、主席直选、委员增补和罢免都从这里办理。系统按规定检查名额、差额、公示和法定人数。
                </Empty>
              }
            />
          )}
        </Loaded>
      </Card>
    </Page>
  )
}
