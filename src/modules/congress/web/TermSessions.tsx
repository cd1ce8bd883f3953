import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Card } from '../../../web/ui/Page.tsx'
import { Empty } from '../../../web/ui/states.tsx'
import { FORMS } from '../words.ts'
import type { TermDetail } from './shapes.ts'
import { SessionState, StandingTag } from './tags.tsx'

/** Sessions of a term and what they resolved. */
export function TermSessions({ detail }: { detail: TermDetail }): ReactElement {
  return (
    <>
      <Card title="会议" flush>
        <DataTable
          caption="会议"
          rows={detail.sessions}
          rowKey={(row) => row.id}
          columns={[
            {
              id: 'title',
              title: '会议',
              lead: true,
              wrap: true,
              render: (row) => <Link to={`/congress/sessions/${row.id}` as never}>{row.title}</Link>,
            },
            { id: 'form', title: '种类', render: (row) => FORMS[row.form] },
            { id: 'on', title: '日期', width: 120, render: (row) => row.startsOn },
            { id: 'state', title: '状态', width: 100, render: (row) => <SessionState state={row.state} /> },
          ]}
          empty={<Empty title="本届还没有会议" small />}
        />
      </Card>
      <Card title="决议" flush>
        <DataTable
          caption="决议"
          rows={detail.resolutions}
          rowKey={(row) => row.id}
          columns={[
            { id: 'title', title: '决议', lead: true, wrap: true, render: (row) => row.title },
            { id: 'passed', title: '通过', width: 110, render: (row) => row.passedOn },
            { id: 'effective', title: '施行', width: 110, render: (row) => row.effectiveOn },
            { id: 'standing', title: '状态', render: (row) => <StandingTag standing={row.standing} /> },
          ]}
          empty={<Empty title="本届还没有决议" small />}
        />
      </Card>
    </>
  )
}
