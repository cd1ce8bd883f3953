import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { numberText, StatusTag } from '../../../web/ui/values.tsx'
import { ROUND_KINDS, ROUND_STATES } from '../words.ts'
import type { Round } from './shapes.ts'

const sum = (round: Round, of: 'issued' | 'returned'): number =>
  round.groups.reduce((total, group) => total + (group[of] ?? 0), 0)

/** Every round the reader may see; what is open stands first. */
export function Rounds(): ReactElement {
  const may = useMay()
  const rounds = useQuery({
    queryKey: ['appraisal', 'rounds'],
    queryFn: () => get<{ rounds: Round[] }>('/api/appraisal/rounds').then((answer) => answer.rounds),
  })
  return (
    <Page
      title="民主评议"
      help="领导干部评议、民主推荐、民意测试、职工评工会、满意度测评都在这里，不记名。"
      actions={
        <>
          <LinkButton to="/appraisal/commentators">评论员</LinkButton>
          {may('appraisal.write') && (
            <LinkButton type="primary" to="/appraisal/new">
              新的评议
            </LinkButton>
          )}
        </>
      }
    >
      <section className="card">
        <Loaded query={rounds}>
          {(rows) => (
            <DataTable
              caption="评议"
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'title',
                  title: '评议名称',
                  lead: true,
                  wrap: true,
                  render: (row) => <Link to={`/appraisal/rounds/${row.id}` as never}>{row.title}</Link>,
                },
                { id: 'kind', title: '种类', render: (row) => ROUND_KINDS[row.kind] },
                { id: 'unit', title: '单位', render: (row) => row.unitName },
                { id: 'days', title: '评议期间', render: (row) => `${row.heldOn} 至 ${row.closesOn}` },
                { id: 'subjects', title: '评议对象', number: true, render: (row) => row.subjects.length },
                { id: 'issued', title: '发出', number: true, render: (row) => numberText(sum(row, 'issued')) },
                {
                  id: 'returned',
                  title: '收回',
                  number: true,
                  render: (row) => (row.state === 'closed' ? numberText(sum(row, 'returned')) : '—'),
                },
                {
                  id: 'state',
                  title: '状态',
                  width: 90,
                  render: (row) => <StatusTag text={ROUND_STATES[row.state][0]} tone={ROUND_STATES[row.state][1]} />,
                },
              ]}
              empty={
                <Empty title="还没有评议">先拟定方案：评议谁、谁来评、各组权重多少；开始后打印评议条发给评议人。</Empty>
              }
            />
          )}
        </Loaded>
      </section>
    </Page>
  )
}
