import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Card } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import type { Application } from '../member-contract.ts'
import { APPLICATION_STATES } from '../words.ts'
import type { CycleDetail } from './shapes.ts'

/** Who applied to a cycle, and which papers lack. */
export function CycleApplications({ cycle }: { cycle: CycleDetail }): ReactElement {
  const applications = useQuery({
    queryKey: ['aid-applications', cycle.id],
    queryFn: () => get<{ applications: Application[] }>(`/api/aid/cycles/${cycle.id}/applications`),
  })
  return (
    <Card flush>
      <Loaded query={applications}>
        {({ applications: rows }) => (
          <DataTable
            caption="申请"
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              {
                id: 'who',
                title: '申请人',
                lead: true,
                render: (row) => <Link to={`/aid/applications/${row.id}` as never}>{row.personName}</Link>,
              },
              { id: 'unit', title: '单位', render: (row) => row.unitName },
              { id: 'on', title: '提交日期', render: (row) => row.submittedOn ?? '' },
              {
                id: 'papers',
                title: '缺的材料',
                wrap: true,
                render: (row) => row.needed.filter((paper) => !row.papers.includes(paper)).join('、') || '齐全',
              },
              { id: 'state', title: '状态', render: (row) => APPLICATION_STATES[row.state] },
            ]}
            empty={
              <Empty small title="还没有人申请">
                会员在手机上“我的帮扶”里申请，到 {cycle.closesOn} 截止。
              </Empty>
            }
          />
        )}
      </Loaded>
    </Card>
  )
}
