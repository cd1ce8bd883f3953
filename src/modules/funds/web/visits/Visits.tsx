import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../../web/api.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { Page } from '../../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../../web/ui/states.tsx'
import type { Outsider } from '../../outsider-contract.ts'
import { fundsPath } from '../paths.ts'
import '../funds.css'

/** What an outside auditor finds: the books that are open today, and until when. */
export function Visits(): ReactElement {
  const visits = useQuery({
    queryKey: ['funds', 'visits'],
    queryFn: () => get<{ visits: Outsider[] }>('/api/funds/visits').then((one) => one.visits),
  })
  return (
    <Page title="查账" help="在约定的日期内查看被审期间的账，只读。每次打开都有记录，到期自动关闭。" narrow>
      <section className="card">
        <Loaded query={visits}>
          {(rows) => (
            <DataTable
              caption="可以查看的账"
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'unit',
                  title: '单位',
                  lead: true,
                  render: (row) => <Link to={fundsPath.visit(row.id) as never}>{row.unitName}</Link>,
                },
                { id: 'audit', title: '审查', render: (row) => row.auditTitle },
                { id: 'books', title: '被审期间', width: 210, render: (row) => `${row.booksFrom} 至 ${row.booksTo}` },
                { id: 'open', title: '开放至', width: 110, render: (row) => row.closesOn },
              ]}
              empty={
                <Empty title="现在没有向您开放的账">
                  账套在约定的日期内开放。需要延长的，请联系被审计单位的工会主席。
                </Empty>
              }
            />
          )}
        </Loaded>
      </section>
    </Page>
  )
}
