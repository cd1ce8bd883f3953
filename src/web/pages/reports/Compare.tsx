import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../api.ts'
import { path } from '../../path.ts'
import { useAddress } from '../../session.ts'
import type { ReportChange, ReportDetail } from '../../shapes.ts'
import { Page } from '../../ui/Page.tsx'
import { Loaded } from '../../ui/states.tsx'
import { Changes } from './Changes.tsx'

/** Two versions of a report, sentence by sentence. */
export function Compare(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const [address, setAddress] = useAddress()
  const report = useQuery({ queryKey: ['report', Number(id)], queryFn: () => get<ReportDetail>(`/api/reports/${id}`) })
  const to = address['to'] ?? String(report.data?.version ?? '')
  const from = address['from'] ?? String(Math.max(1, (report.data?.version ?? 1) - 1))
  const changes = useQuery({
    queryKey: ['report-compare', id, from, to],
    queryFn: () =>
      get<{ changes: ReportChange[] }>(`/api/reports/${id}/compare`, { from, to }).then((answer) => answer.changes),
    enabled: Boolean(to),
  })
  const pick = (name: 'from' | 'to', value: string): ReactElement => (
    <select
      className="control"
      style={{ width: 'auto' }}
      aria-label={name === 'from' ? '旧版' : '新版'}
      value={value}
      onChange={(event) => setAddress({ from, to, [name]: event.target.value }, { replace: true })}
    >
      {report.data?.versions.map((version) => (
        <option key={version.no} value={version.no}>
          第 {version.no} 版（{version.reason}）
        </option>
      ))}
    </select>
  )
  return (
    <Page
      title="版本比较"
      crumbs={[
        { title: '工作报告', to: path.reports },
        { title: report.data?.title ?? '报告', to: path.report(Number(id)) },
      ]}
      narrow
    >
      <div className="card toolbar">
        {pick('from', from)} 与 {pick('to', to)}
      </div>
      <section className="card">
        <Loaded query={changes}>{(rows) => <Changes changes={rows} />}</Loaded>
      </section>
    </Page>
  )
}
