import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { today, useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { periodText, STATES } from '../words.ts'
import type { Due } from './shapes.ts'

export function DueTag({ due }: { due: Due }): ReactElement {
  if (due.publishedOn)
    return due.publishedOn > due.dueOn ? (
      <StatusTag text={`${due.publishedOn} 迟公开`} tone="warn" />
    ) : (
      <StatusTag text={`${due.publishedOn} 已公开`} tone="good" />
    )
  if (due.overdue) return <StatusTag text="逾期未公开" tone="bad" />
  if (due.itemState) return <StatusTag text={STATES[due.itemState][0]} tone="warn" />
  return <StatusTag text="待公开" />
}

export function DueTable({ rows, caption }: { rows: readonly Due[]; caption: string }): ReactElement {
  const may = useMay()
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(row) => `${row.dutyId} ${row.period}`}
      columns={[
        { id: 'title', title: '应公开内容', lead: true, wrap: true, render: (row) => row.title },
        { id: 'unit', title: '单位', render: (row) => row.unitName },
        { id: 'category', title: '类别', render: (row) => `${row.kind} · ${row.category}` },
        { id: 'period', title: '期间', width: 120, render: (row) => periodText(row.period) },
        { id: 'due', title: '最迟公开', width: 110, render: (row) => row.dueOn },
        { id: 'state', title: '状态', width: 150, render: (row) => <DueTag due={row} /> },
      ]}
      renderActions={(row) =>
        row.itemId ? (
          <Link className="link" to={`/openness/items/${row.itemId}` as never}>
            查看
          </Link>
        ) : (
          may('openness.write') && (
            <Link
              className="link"
              to="/openness/new"
              search={{ unit: row.unitId, duty: row.dutyId, period: row.period } as never}
            >
              起草
            </Link>
          )
        )
      }
      empty={<Empty title="没有到期的内容">先在“公开目录”里确定应当公开什么，到期日自动排出来。</Empty>}
    />
  )
}

/** The year's calendar of duties. */
export function DuesTab({ unitId }: { unitId: number }): ReactElement {
  const { year } = useScope()
  const dues = useQuery({
    queryKey: ['openness', 'dues', unitId, year],
    queryFn: () =>
      get<{ dues: Due[] }>('/api/openness/dues', { unitId, from: `${year}-01-01`, to: `${year}-12-31` }).then(
        (answer) => answer.dues,
      ),
  })
  return (
    <Loaded query={dues}>
      {(rows) => (
        <>
          <p className="quiet" style={{ padding: '8px 14px 0' }}>
            {year} 年应公开 {rows.length} 次，已公开 {rows.filter((row) => row.publishedOn).length} 次， 逾期{' '}
            {rows.filter((row) => row.overdue).length} 次（到 {today()}）。
          </p>
          <DueTable caption="到期日历" rows={rows} />
        </>
      )}
    </Loaded>
  )
}
