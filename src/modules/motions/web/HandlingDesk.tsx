import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Empty, Notice } from '../../../web/ui/states.tsx'
import { numberText, VERDICTS } from '../words.ts'
import { DueDay } from './MotionList.tsx'
import { MotionTag } from './pieces.tsx'
import type { MotionRow } from './shapes.ts'

/** What was given to the reader's departments: the open ones by their day, the finished ones behind a button. */
export function HandlingDesk(): ReactElement {
  const [all, setAll] = useState(false)
  const desk = useQuery({
    queryKey: ['motions', 'desk'],
    queryFn: () => get<{ departments: { id: number; name: string }[] }>('/api/motions/desk'),
  })
  const page = useQuery({
    queryKey: ['motions', 'desk', all],
    queryFn: () =>
      get<{ rows: MotionRow[]; total: number }>('/api/motions', {
        whose: 'desk',
        tab: all ? undefined : 'handling',
        limit: 100,
      }),
  })
  const rows = page.data?.rows.toSorted((one, other) => (one.dueOn ?? '').localeCompare(other.dueOn ?? ''))
  const late = rows?.filter((row) => row.late && row.state === 'handling').length ?? 0
  return (
    <Page
      title="提案承办"
      crumbs={[{ title: '提案', to: '/motions' }]}
      help={
        desk.data?.departments.length
          ? `承办部门：${desk.data.departments.map((one) => one.name).join('、')}`
          : '交给您部门办理的提案会出现在这里。'
      }
    >
      {late > 0 && <Notice tone="bad">有 {late} 件已过答复期限，请尽快答复或报进展。</Notice>}
      <div className="card" style={{ marginTop: late ? 14 : 0 }}>
        <div className="motion-tabs" role="group" aria-label="范围">
          <button type="button" aria-pressed={!all} onClick={() => setAll(false)}>
            待答复
          </button>
          <button type="button" aria-pressed={all} onClick={() => setAll(true)}>
            全部
          </button>
        </div>
        <DataTable<MotionRow>
          caption="承办的提案"
          rows={rows}
          rowKey={(row) => row.id}
          columns={[
            {
              id: 'title',
              title: '题目',
              lead: true,
              wrap: true,
              render: (row) => <Link to={`/motions/${row.id}` as never}>{row.title}</Link>,
            },
            { id: 'number', title: '编号', render: (row) => numberText(row.series, row.number) },
            { id: 'mover', title: '提案人', width: 100, render: (row) => row.moverName ?? '未署名' },
            { id: 'department', title: '主办部门', render: (row) => row.department ?? '' },
            { id: 'due', title: '答复期限', width: 180, render: (row) => <DueDay row={row} /> },
            {
              id: 'state',
              title: '状态',
              width: 130,
              render: (row) => <MotionTag state={row.state} mergedInto={row.mergedInto} />,
            },
            { id: 'verdict', title: '评价', width: 90, render: (row) => (row.verdict ? VERDICTS[row.verdict] : '') },
          ]}
          empty={<Empty title="没有待答复的提案">交办以后会进入您的待办，到期前五个工作日提醒。</Empty>}
        />
      </div>
    </Page>
  )
}
