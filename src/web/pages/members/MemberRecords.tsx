import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../api.ts'
import { path } from '../../path.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Empty, Problem } from '../../ui/states.tsx'

interface Mention {
  id: number
  register: string
  registerTitle: string
  happenedOn: string
  title: string | null
  unitName: string
}

/** What the ledgers say of a person, among the registers the reader may open. */
export function MemberRecords({ personId }: { personId: number }): ReactElement {
  const records = useQuery({
    queryKey: ['records', 'of-person', personId],
    queryFn: () => get<{ rows: Mention[] }>(`/api/persons/${personId}/records`).then((answer) => answer.rows),
    retry: false,
  })
  if (records.error) return <Problem error={records.error} retry={() => void records.refetch()} />
  return (
    <DataTable
      caption="台账记录"
      rows={records.data}
      rowKey={(row) => row.id}
      columns={[
        { id: 'on', title: '日期', width: 110, render: (row) => row.happenedOn },
        {
          id: 'what',
          title: '记录',
          lead: true,
          render: (row) => <Link to={path.record(row.id) as never}>{row.title || row.registerTitle}</Link>,
        },
        { id: 'register', title: '登记簿', render: (row) => row.registerTitle },
        { id: 'unit', title: '单位', render: (row) => row.unitName },
      ]}
      empty={<Empty title="没有台账记录">您能查看的登记簿里还没有提到这个人。</Empty>}
    />
  )
}
