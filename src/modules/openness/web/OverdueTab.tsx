import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import type { CoverageRow } from '../contract.ts'
import { QUESTION_KINDS } from '../words.ts'
import { DueTable } from './DuesTab.tsx'
import type { Due, Item, Question } from './shapes.ts'

interface Overdue {
  dues: Due[]
  questions: Question[]
  hanging: Item[]
  findings: { id: number; inspectionTitle: string; targetName: string; finding: string; dueOn: string }[]
  missing: CoverageRow[]
}

/** Everything that is late, each with the way to mend it. */
export function OverdueTab({ unitId }: { unitId: number }): ReactElement {
  const overdue = useQuery({
    queryKey: ['openness', 'overdue', unitId],
    queryFn: () => get<Overdue>('/api/openness/overdue', { unitId }),
  })
  return (
    <Loaded query={overdue}>
      {(late) => {
        const nothing =
          !late.dues.length &&
          !late.questions.length &&
          !late.hanging.length &&
          !late.findings.length &&
          !late.missing.length
        if (nothing) return <Empty title="没有逾期">该公开的都公开了，意见都答复了。</Empty>
        return (
          <>
            {late.dues.length > 0 && (
              <Part title={`应公开而没有公开（${late.dues.length}）`}>
                <DueTable caption="应公开而没有公开" rows={late.dues} />
              </Part>
            )}
            {late.missing.length > 0 && (
              <Part title={`应建制而没有建立（${late.missing.length}）`}>
                <DataTable
                  caption="应建制而没有建立"
                  rows={late.missing}
                  rowKey={(row) => `${row.unitId} ${row.kind}`}
                  columns={[
                    { id: 'name', title: '单位', lead: true, render: (row) => row.name },
                    { id: 'kind', title: '制度', width: 100, render: (row) => row.kind },
                    { id: 'wanting', title: '差什么', wrap: true, render: (row) => row.wanting },
                  ]}
                  empty={null}
                />
              </Part>
            )}
            {late.questions.length > 0 && (
              <Part title={`意见逾期未答复（${late.questions.length}）`}>
                <DataTable
                  caption="意见逾期未答复"
                  rows={late.questions}
                  rowKey={(row) => row.id}
                  columns={[
                    {
                      id: 'words',
                      title: '意见',
                      lead: true,
                      wrap: true,
                      render: (row) => <Link to={`/openness/items/${row.itemId}` as never}>{row.words}</Link>,
                    },
                    { id: 'kind', title: '种类', width: 70, render: (row) => QUESTION_KINDS[row.kind] },
                    { id: 'item', title: '公开事项', render: (row) => row.itemTitle },
                    { id: 'due', title: '应答复', width: 110, render: (row) => row.dueOn },
                  ]}
                  empty={null}
                />
              </Part>
            )}
            {late.hanging.length > 0 && (
              <Part title={`到期未撤下（${late.hanging.length}）`}>
                <DataTable
                  caption="到期未撤下"
                  rows={late.hanging}
                  rowKey={(row) => row.id}
                  columns={[
                    {
                      id: 'title',
                      title: '公开内容',
                      lead: true,
                      wrap: true,
                      render: (row) => <Link to={`/openness/items/${row.id}` as never}>{row.title}</Link>,
                    },
                    { id: 'unit', title: '单位', render: (row) => row.unitName },
                    { id: 'until', title: '应撤下', width: 110, render: (row) => row.untilOn },
                  ]}
                  empty={null}
                />
              </Part>
            )}
            {late.findings.length > 0 && (
              <Part title={`检查问题逾期未整改（${late.findings.length}）`}>
                <DataTable
                  caption="检查问题逾期未整改"
                  rows={late.findings}
                  rowKey={(row) => row.id}
                  columns={[
                    { id: 'finding', title: '问题', lead: true, wrap: true, render: (row) => row.finding },
                    { id: 'target', title: '单位', render: (row) => row.targetName },
                    { id: 'inspection', title: '检查', render: (row) => row.inspectionTitle },
                    { id: 'due', title: '整改期限', width: 110, render: (row) => row.dueOn },
                  ]}
                  empty={null}
                />
              </Part>
            )}
          </>
        )
      }}
    </Loaded>
  )
}

const Part = ({ title, children }: { title: string; children: ReactElement }): ReactElement => (
  <>
    <h2 style={{ padding: '14px 14px 4px', fontSize: '1rem' }}>{title}</h2>
    {children}
  </>
)
