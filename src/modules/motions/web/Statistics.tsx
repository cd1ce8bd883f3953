import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { withQuery } from '../../../web/path.ts'
import { useAddress, useMay, useScope } from '../../../web/session.ts'
import type { OpenFigure } from '../../../web/shapes.ts'
import { DataTable, type Column } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { FigureDrawer } from '../../../web/ui/FigureDrawer.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { useOptions } from './shapes.ts'
import './motions.css'

interface Breakdown {
  name: string
  collected: number
  filed: number
  replied: number
  implemented: number
  judged: number
  satisfied: number
}
interface Punctuality {
  name: string
  assigned: number
  onTime: number
  late: number
  pending: number
  overdue: number
}
interface Shape {
  from: string
  to: string
  figures: (OpenFigure & { text: string })[]
  byCategory: Breakdown[]
  byDelegation: Breakdown[]
  byDepartment: Breakdown[]
  punctuality: Punctuality[]
}

/** 办理公开: the year's motions by category, unit and department, for everybody of the union. */
export function Statistics(): ReactElement {
  const options = useOptions()
  return <Loaded query={options}>{(known) => <Year unitId={known.unitId} supervises={known.may.supervise} />}</Loaded>
}

function Year({ unitId, supervises }: { unitId: number; supervises: boolean }): ReactElement {
  const { year: chosen } = useScope()
  const [address] = useAddress()
  const year = Number(address['year'] ?? chosen)
  const period = { unitId, from: `${year}-01-01`, to: `${year}-12-31` }
  const may = useMay()
  const [figure, setFigure] = useState<OpenFigure | null>(null)
  const [reporting, setReporting] = useState(false)
  const statistics = useQuery({
    queryKey: ['motion-statistics', period],
    queryFn: () => get<Shape>('/api/motion-statistics', period),
  })
  return (
    <Page
      title={`提案办理公开（${year} 年）`}
      crumbs={[{ title: '提案', to: '/motions' }]}
      help="本单位职工都能看到。每个百分比都写明几分之几。"
      actions={supervises && <Button onClick={() => setReporting(true)}>生成办理情况报告</Button>}
    >
      <Loaded query={statistics}>
        {(shown) =>
          shown.figures.length === 0 ? (
            <div className="card">
              <Empty title={`${year} 年还没有收到提案`}>可在页面上方换一个年度。</Empty>
            </div>
          ) : (
            <div className="stack" style={{ gap: 14 }}>
              <div className="card key-figures">
                {shown.figures.map((one) =>
                  may('reports.figures') ? (
                    <a
                      key={one.metric}
                      href="#rows"
                      onClick={(event) => {
                        event.preventDefault()
                        setFigure(one)
                      }}
                    >
                      <b>{one.text}</b>
                      <span>{one.label}</span>
                    </a>
                  ) : (
                    <a key={one.metric} role="presentation">
                      <b>{one.text}</b>
                      <span>{one.label}</span>
                    </a>
                  ),
                )}
              </div>
              <Table title="按内容类别" first="类别" rows={shown.byCategory} />
              <Table title="按代表团（分会）" first="代表团" rows={shown.byDelegation} />
              <Table title="按承办部门" first="部门" rows={shown.byDepartment} filedOnly />
              {shown.punctuality.length > 0 && (
                <Card title="答复是否按期" aside={<span className="faint">只统计在本系统交办的，含协办</span>} flush>
                  <DataTable<Punctuality>
                    caption="答复是否按期"
                    rows={shown.punctuality}
                    rowKey={(row) => row.name}
                    columns={[
                      { id: 'name', title: '部门', lead: true, render: (row) => row.name },
                      {
                        id: 'bar',
                        title: '按期（绿）、逾期（红）、未到期（灰）',
                        width: 240,
                        render: (row) => (
                          <span className="motion-bar" aria-hidden="true">
                            <i style={{ flexGrow: row.onTime, background: 'var(--accent)' }} />
                            <i style={{ flexGrow: row.late + row.overdue, background: 'var(--red)' }} />
                            <i style={{ flexGrow: row.pending }} />
                          </span>
                        ),
                      },
                      { id: 'on', title: '按期答复', number: true, render: (row) => `${row.onTime}/${row.assigned}` },
                      { id: 'late', title: '逾期答复', number: true, render: (row) => row.late },
                      { id: 'overdue', title: '已逾期未答复', number: true, render: (row) => row.overdue },
                      { id: 'pending', title: '未到期', number: true, render: (row) => row.pending },
                    ]}
                    empty={null}
                  />
                </Card>
              )}
            </div>
          )
        }
      </Loaded>
      {figure && <FigureDrawer figure={figure} close={() => setFigure(null)} />}
      {reporting && <ReportDialog period={period} close={() => setReporting(false)} />}
    </Page>
  )
}

function Table({
  title,
  first,
  rows,
  filedOnly,
}: {
  title: string
  first: string
  rows: readonly Breakdown[]
  filedOnly?: boolean
}): ReactElement | null {
  if (!rows.length) return null
  const widest = Math.max(1, ...rows.map((row) => (filedOnly ? row.filed : row.collected)))
  const sum = (part: (row: Breakdown) => number): number => rows.reduce((total, row) => total + part(row), 0)
  const columns: Column<Breakdown>[] = [
    { id: 'name', title: first, lead: true, render: (row) => row.name, total: '合计' },
    {
      id: 'bar',
      title: filedOnly ? '立案' : '收到',
      width: 200,
      render: (row) => (
        <span className="motion-bar" aria-hidden="true">
          <i
            style={{
              width: `${(100 * (filedOnly ? row.filed : row.collected)) / widest}%`,
              background: 'var(--accent)',
            }}
          />
        </span>
      ),
    },
    ...(filedOnly
      ? []
      : [
          {
            id: 'collected',
            title: '收到',
            number: true,
            render: (row: Breakdown) => row.collected,
            total: sum((row) => row.collected),
          },
        ]),
    { id: 'filed', title: '立案', number: true, render: (row) => row.filed, total: sum((row) => row.filed) },
    {
      id: 'replied',
      title: '答复',
      number: true,
      render: (row) => `${row.replied}/${row.filed}`,
      total: `${sum((row) => row.replied)}/${sum((row) => row.filed)}`,
    },
    {
      id: 'implemented',
      title: '已落实',
      number: true,
      render: (row) => row.implemented,
      total: sum((row) => row.implemented),
    },
    {
      id: 'satisfied',
      title: '满意和基本满意',
      number: true,
      render: (row) => (row.judged ? `${row.satisfied}/${row.judged}` : '—'),
      total: `${sum((row) => row.satisfied)}/${sum((row) => row.judged)}`,
    },
  ]
  return (
    <Card title={title} flush>
      <DataTable<Breakdown> caption={title} rows={rows} rowKey={(row) => row.name} columns={columns} empty={null} />
    </Card>
  )
}

function ReportDialog({
  period,
  close,
}: {
  period: { unitId: number; from: string; to: string }
  close: () => void
}): ReactElement {
  const [congress, setCongress] = useState('职工代表大会')
  return (
    <Dialog
      title="提案办理情况报告"
      okText="下载 Word 文档"
      close={close}
      done="报告已生成。"
      work={async () => {
        const address = withQuery('/api/motion-report.docx', { ...period, congress })
        // Asked first, so that a refusal is read here and not as a broken file.
        await get('/api/motion-report', { ...period, congress })
        window.location.assign(address)
      }}
    >
      {(errors) => (
        <>
          <p className="quiet">
            统计 {period.from} 至 {period.to} 收到的提案，正文和一览表自动生成，供下次大会审议。
          </p>
          <LabelledField id="r-congress" label="向哪次大会报告" required error={errors['congress']}>
            <Input
              id="r-congress"
              aria-label="向哪次大会报告"
              value={congress}
              onChange={(event) => setCongress(event.target.value)}
            />
          </LabelledField>
          <a href={withQuery('/motions/report', { ...period, congress })} target="_blank" rel="noreferrer">
            先看看，或直接打印
          </a>
        </>
      )}
    </Dialog>
  )
}
