import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { useAddress, useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded, Notice } from '../../../web/ui/states.tsx'
import { numberText, StatusTag } from '../../../web/ui/values.tsx'
import { ReportDialog } from './ReportDialog.tsx'
import { standing, whose, type EventRow } from './shapes.ts'

const states = [
  { id: '', title: '全部' },
  { id: 'open', title: '待走访' },
  { id: 'late', title: '已逾期' },
  { id: 'visited', title: '已走访' },
  { id: 'waived', title: '不再走访' },
] as const

interface Coverage {
  due: number
  visited: number
  inTime: number
  late: number
  waived: number
  missed: { eventId: number; personName: string; unitName: string; occasion: string; dueOn: string }[]
}

/** Events that wait for a visit, and how far the year's checklist was kept. */
export function Events(): ReactElement {
  const scope = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const [address, setAddress] = useAddress()
  const [reporting, setReporting] = useState(false)
  const state = address['state'] ?? ''
  const events = useQuery({
    queryKey: ['care-events', scope.unitId, state, address['after']],
    queryFn: () =>
      get<{ rows: EventRow[]; next: string | null }>('/api/care/events', {
        unitId: scope.unitId,
        state,
        cursor: address['after'],
      }),
    enabled: scope.unitId > 0,
    placeholderData: keepPreviousData,
  })
  const officer = may('care.write')
  return (
    <Page
      title="走访事项"
      help="谁家有事，知道的人报一声；规定了必访的，到期前要去看望。只有登记了走访，待办才会消除。"
      actions={
        <>
          {officer && <LinkButton to="/care/obligations">必访规定</LinkButton>}
          <Button type="primary" onClick={() => setReporting(true)}>
            报告事项
          </Button>
        </>
      }
    >
      {officer && <CoverageCard unitId={scope.unitId} year={scope.year} />}
      <section className="card">
        <div className="toolbar" role="group" aria-label="状态">
          {states.map((one) => (
            <Button
              key={one.id}
              type={state === one.id ? 'primary' : 'text'}
              aria-pressed={state === one.id}
              onClick={() => setAddress({ state: one.id, after: null })}
            >
              {one.title}
            </Button>
          ))}
        </div>
        <Loaded query={events}>
          {({ rows, next }) => (
            <>
              <DataTable
                caption="走访事项"
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  {
                    id: 'who',
                    title: '职工',
                    lead: true,
                    render: (row) => <Link to={`/care/events/${row.id}` as never}>{row.personName}</Link>,
                  },
                  { id: 'what', title: '事由', render: whose },
                  { id: 'unit', title: '单位', render: (row) => row.unitName },
                  { id: 'on', title: '发生日期', width: 110, render: (row) => row.happenedOn },
                  { id: 'due', title: '应访期限', width: 110, render: (row) => row.dueOn ?? '未规定' },
                  { id: 'visited', title: '走访日期', width: 110, render: (row) => row.visitedOn ?? '' },
                  {
                    id: 'state',
                    title: '状态',
                    render: (row) => {
                      const { text, tone } = standing(row)
                      return <StatusTag text={text} tone={tone} />
                    },
                  },
                ]}
                empty={
                  <Empty
                    title={state === 'late' ? '没有逾期的事项' : '没有走访事项'}
                    actions={<Button onClick={() => setReporting(true)}>报告事项</Button>}
                  >
                    职工住院、生育、结婚、亲属去世，点“报告事项”报一声，到期前会提醒走访。
                  </Empty>
                }
              />
              {(next ?? address['after']) && (
                <div className="pager">
                  <Button disabled={!address['after']} onClick={() => setAddress({ after: null })}>
                    回到最新
                  </Button>
                  <Button disabled={!next} onClick={() => setAddress({ after: next })}>
                    更早的
                  </Button>
                </div>
              )}
            </>
          )}
        </Loaded>
      </section>
      {reporting && (
        <ReportDialog
          unitId={scope.unitId}
          close={() => {
            setReporting(false)
            void queries.invalidateQueries({ queryKey: ['care-events'] })
            void queries.invalidateQueries({ queryKey: ['care-coverage'] })
          }}
        />
      )}
    </Page>
  )
}

function CoverageCard({ unitId, year }: { unitId: number; year: number }): ReactElement {
  const coverage = useQuery({
    queryKey: ['care-coverage', unitId, year],
    queryFn: () => get<Coverage>('/api/care/coverage', { unitId, year }),
    enabled: unitId > 0,
  })
  return (
    <Loaded query={coverage}>
      {({ due, visited, inTime, late, waived, missed }) =>
        due === 0 ? (
          <Notice>{year} 年还没有按规定必访的事项。先在“必访规定”里定下哪些事、几个工作日内由谁去。</Notice>
        ) : (
          <Notice tone={late > 0 ? 'warn' : 'good'}>
            {year} 年应访 {numberText(due)} 人次，已访 {numberText(visited)} 人次，其中按期 {numberText(inTime)} 人次
            {waived > 0 && `；注明不再走访 ${numberText(waived)} 人次`}
            {late > 0 && (
              <>
                ；逾期未访 {numberText(late)} 人次：
                {missed.slice(0, 8).map((one, index) => (
                  <span key={one.eventId}>
                    {index > 0 && '、'}
                    <Link to={`/care/events/${one.eventId}` as never}>
                      {one.personName}（{one.occasion}）
                    </Link>
                  </span>
                ))}
                {missed.length > 8 && ' 等'}
              </>
            )}
            。
          </Notice>
        )
      }
    </Loaded>
  )
}
