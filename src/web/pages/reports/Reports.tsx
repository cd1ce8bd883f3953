import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Modal, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { GENRES, type Genre } from '../../../kernel/register/declaration.ts'
import { AUDIENCES, type Audience } from '../../../kernel/small-groups/audience.ts'
import { get, post } from '../../api.ts'
import { path } from '../../path.ts'
import { useMay, useScope } from '../../session.ts'
import type { ReportSummary } from '../../shapes.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { Empty, Problem } from '../../ui/states.tsx'
import { timeText } from '../../ui/values.tsx'
import { AudienceChoice } from './AudienceChoice.tsx'
import { ReportStateTag } from './ReportStateTag.tsx'

/** Reports of a unit and year; 生成报告 writes a new one from the ledger. */
export function Reports(): ReactElement {
  const { unitId, unitName, year } = useScope()
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const reports = useQuery({
    queryKey: ['reports', unitId, year],
    queryFn: () => get<{ rows: ReportSummary[] }>('/api/reports', { unitId, year }).then((answer) => answer.rows),
    enabled: unitId > 0,
  })
  const generate = may('reports.write') && (
    <Button type="primary" onClick={() => setAsking(true)}>
      生成报告
    </Button>
  )
  return (
    <Page
      title="工作报告"
      help="从台账数出数字，按公文体例写成稿子。每个数字都能点开看依据；手写的句子会标明。"
      actions={generate}
      narrow
    >
      <section className="card">
        {reports.error && !reports.data ? (
          <Problem error={reports.error} retry={() => void reports.refetch()} />
        ) : (
          <DataTable
            caption="工作报告"
            rows={reports.data}
            rowKey={(row) => row.id}
            columns={[
              {
                id: 'title',
                title: '标题',
                lead: true,
                render: (row) => <Link to={path.report(row.id) as never}>{row.title}</Link>,
              },
              { id: 'genre', title: '种类', render: (row) => GENRES[row.genre] ?? row.genre },
              { id: 'state', title: '状态', width: 90, render: (row) => <ReportStateTag state={row.state} /> },
              { id: 'audience', title: '用途', width: 80, render: (row) => AUDIENCES[row.audience].title },
              { id: 'version', title: '版本', width: 70, render: (row) => `第 ${row.version} 版` },
              {
                id: 'at',
                title: '最近修改',
                width: 210,
                render: (row) => (row.updatedAt ? `${timeText(row.updatedAt)} ${row.author ?? ''}` : ''),
              },
            ]}
            renderActions={(row) => <Link to={path.report(row.id) as never}>打开</Link>}
            empty={
              <Empty title={`${unitName || '本单位'} ${year} 年还没有报告`} actions={generate}>
                先导入或登记这一年的台账，再生成报告；生成后可以修改、批注、签发和定稿。
              </Empty>
            }
          />
        )}
      </section>
      {asking && <Generate unitId={unitId} unitName={unitName} year={year} close={() => setAsking(false)} />}
    </Page>
  )
}

function Generate({
  unitId,
  unitName,
  year,
  close,
}: {
  unitId: number
  unitName: string
  year: number
  close: () => void
}): ReactElement {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [genre, setGenre] = useState<Genre>('annual')
  const [audience, setAudience] = useState<Audience>('inside')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const generate = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const { id } = await post<{ id: number }>('/api/reports', { unitId, year, genre, audience })
      void queries.invalidateQueries({ queryKey: ['reports'] })
      void navigate({ to: path.report(id) as never })
    } catch (refusal) {
      setError(refusal)
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title="生成报告"
      okText="生成"
      okButtonProps={{ loading: busy }}
      onOk={() => void generate()}
      onCancel={close}
    >
      <div className="stack" style={{ gap: 12 }}>
        {error !== null && <Problem error={error} />}
        <p>
          单位：{unitName || `编号 ${unitId}`}
          <br />
          年度：{year} 年<span className="faint">（可在页面顶部切换单位和年度）</span>
        </p>
        <div className="field">
          <label htmlFor="genre">报告种类</label>
          <Select
            id="genre"
            aria-label="报告种类"
            value={genre}
            onChange={setGenre}
            options={(Object.keys(GENRES) as Genre[]).map((value) => ({ value, label: GENRES[value] }))}
          />
        </div>
        <AudienceChoice audience={audience} choose={setAudience} />
      </div>
    </Modal>
  )
}
