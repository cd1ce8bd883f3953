import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, post } from '../../../../web/api.ts'
import { useMay, useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { Page } from '../../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../../web/ui/states.tsx'
import { StatusTag } from '../../../../web/ui/values.tsx'
import { AUDIT_KINDS, AUDIT_STATES, type AuditState } from '../../audit-contract.ts'
import { AskDialog, idOf } from '../AskDialog.tsx'
import { fundsPath } from '../paths.ts'
import type { Audit, AuditRow } from '../../audit-contract.ts'
import '../funds.css'

export const STATE_TONES: Readonly<Record<AuditState, '' | 'good' | 'warn' | 'info'>> = {
  planned: '',
  noticed: 'info',
  fieldwork: 'info',
  mending: 'warn',
  closed: 'good',
  dropped: '',
}

/** Audits of the union and those below it. */
export function Audits(): ReactElement {
  const { unitId, unitName, year } = useScope()
  const may = useMay()('funds.audit')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const audits = useQuery({
    queryKey: ['funds', 'audits', unitId],
    queryFn: () => get<{ audits: AuditRow[] }>('/api/funds/audits', { unitId }).then((one) => one.audits),
    enabled: unitId > 0,
  })
  const plan = may && (
    <Button type="primary" onClick={() => setAsking(true)}>
      列入审查计划
    </Button>
  )
  return (
    <Page
      title="经费审查"
      help="经审会按计划审查本级和下级的经费：通知、查账、底稿、意见、整改，最后向大会报告。"
      actions={plan}
    >
      <section className="card">
        <Loaded query={audits}>
          {(rows) => (
            <DataTable
              caption="经费审查"
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'title',
                  title: '审查',
                  lead: true,
                  render: (row) => <Link to={fundsPath.audit(row.id) as never}>{row.title}</Link>,
                },
                { id: 'unit', title: '被审查单位', render: (row) => row.unitName },
                { id: 'kind', title: '种类', width: 100, render: (row) => AUDIT_KINDS[row.kind] },
                { id: 'period', title: '审查期间', width: 200, render: (row) => `${row.fromOn} 至 ${row.toOn}` },
                { id: 'starts', title: '进场', width: 100, render: (row) => row.startsOn },
                {
                  id: 'findings',
                  title: '问题 / 未整改',
                  number: true,
                  width: 110,
                  render: (row) => (row.opinedOn ? `${row.findings} / ${row.openFindings}` : ''),
                },
                {
                  id: 'state',
                  title: '状态',
                  width: 90,
                  render: (row) => <StatusTag text={AUDIT_STATES[row.state]} tone={STATE_TONES[row.state]} />,
                },
              ]}
              empty={
                <Empty title="还没有经费审查" actions={plan}>
                  工会经费收支由同级经审会审查，并定期向会员（代表）大会报告。
                </Empty>
              }
            />
          )}
        </Loaded>
      </section>
      {asking && (
        <AskDialog
          title="列入审查计划"
          okText="保存计划"
          fields={[
            field.text('title', '审查名称', { required: true }),
            field.choice('kind', '种类', Object.values(AUDIT_KINDS), { required: true }),
            field.date('fromOn', '审查期间起', { required: true }),
            field.date('toOn', '审查期间止', { required: true }),
            field.date('startsOn', '进场日期', { required: true }),
            field.date('endsOn', '结束日期', { required: true }),
            field.text('lead', '组长', { required: true }),
            field.text('members', '成员'),
            field.yesno('fromAbove', '由上级经审会审查'),
            field.longtext('scope', '审查范围'),
          ]}
          initial={{
            title: `${unitName}${year}年度经费审查`,
            kind: AUDIT_KINDS.yearly,
            fromOn: `${year}-01-01`,
            toOn: `${year}-12-31`,
            fromAbove: false,
          }}
          close={() => setAsking(false)}
          send={(values) =>
            post<Audit>('/api/funds/audits', {
              ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
              unitId,
              kind: idOf(AUDIT_KINDS, values['kind']),
            }).then((made) => {
              void queries.invalidateQueries({ queryKey: ['funds', 'audits'] })
              void navigate({ to: fundsPath.audit(made.id) as never })
            })
          }
        />
      )}
    </Page>
  )
}
