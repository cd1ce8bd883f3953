import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../../api.ts'
import { useAddress, useMay, useScope } from '../../session.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { Empty, Problem } from '../../ui/states.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { StatusTag } from '../../ui/values.tsx'
import { Accounts } from './Accounts.tsx'
import { Appoint, Delegate, HandOver, Leave } from './office-dialogs.tsx'

/** Where the to-do of a reset leads. */
export const Resets = (): ReactElement => (
  <Navigate to={'/offices' as never} search={{ tab: 'accounts' } as never} replace />
)

export interface OfficeRow {
  id: number
  accountId: number
  name: string
  login: string
  unitId: number
  unitName: string
  role: string
  roleTitle?: string
  title: string
  startsOn: string
  endedOn: string | null
  document: string | null
  leaveReason: string | null
  delegations: { id: number; accountId: number; name: string; startsOn: string; endsOn: string; reason: string }[]
}
type Asking = { kind: 'appoint' } | { kind: 'leave' | 'hand-over' | 'delegate'; office: OfficeRow }

/** Who holds which office at the unit, and the accounts behind them. */
export function Offices(): ReactElement {
  const may = useMay()
  const [asking, setAsking] = useState<Asking | null>(null)
  const queries = useQueryClient()
  const close = (): void => {
    setAsking(null)
    for (const key of ['offices', 'accounts']) void queries.invalidateQueries({ queryKey: [key] })
  }
  return (
    <Page
      title="职务与授权"
      help="权限跟着职务走：任命即有，离任当天即止。每次任免都记入操作日志。"
      actions={
        // The system administrator appoints the first security administrator; the server refuses whatever else.
        (may('accounts.appoint') || may('accounts.system')) && (
          <Button type="primary" onClick={() => setAsking({ kind: 'appoint' })}>
            任命职务
          </Button>
        )
      }
    >
      <section className="card">
        <Tabs
          tabs={[
            { id: 'offices', title: '任职', render: () => <OfficeTable ask={setAsking} /> },
            { id: 'accounts', title: '账号', render: () => <Accounts /> },
          ]}
        />
      </section>
      {asking?.kind === 'appoint' && <Appoint close={close} />}
      {asking?.kind === 'leave' && <Leave office={asking.office} close={close} />}
      {asking?.kind === 'hand-over' && <HandOver office={asking.office} close={close} />}
      {asking?.kind === 'delegate' && <Delegate office={asking.office} close={close} />}
    </Page>
  )
}

function OfficeTable({ ask }: { ask: (asking: Asking) => void }): ReactElement {
  const [address, setAddress] = useAddress()
  const { unitId, unitName } = useScope()
  const may = useMay()
  const past = address['past'] === '1'
  const offices = useQuery({
    queryKey: ['offices', unitId, past],
    queryFn: () =>
      get<{ offices: OfficeRow[] }>('/api/offices', { unitId, past: past ? 'true' : undefined }).then(
        (answer) => answer.offices,
      ),
    enabled: unitId > 0,
  })
  if (offices.error && !offices.data) return <Problem error={offices.error} retry={() => void offices.refetch()} />
  return (
    <>
      <div className="toolbar">
        <span className="quiet">单位：{unitName}</span>
        <label className="row push">
          <input
            type="checkbox"
            checked={past}
            onChange={(event) => setAddress({ past: event.target.checked ? 1 : null }, { replace: true })}
          />
          包括已离任的
        </label>
      </div>
      <DataTable
        caption="任职"
        rows={offices.data}
        rowKey={(row) => row.id}
        columns={[
          { id: 'name', title: '姓名', lead: true, width: 110, render: (row) => row.name },
          { id: 'title', title: '职务', render: (row) => row.title },
          { id: 'role', title: '权限角色', render: (row) => row.roleTitle ?? row.role },
          { id: 'from', title: '任职日期', width: 110, render: (row) => row.startsOn },
          {
            id: 'to',
            title: '状态',
            render: (row) =>
              row.endedOn ? (
                <StatusTag text={`${row.endedOn} 离任`} />
              ) : row.delegations.length ? (
                <StatusTag
                  tone="info"
                  text={`授权${row.delegations.map((one) => `${one.name}至 ${one.endsOn}`).join('、')}`}
                />
              ) : (
                <StatusTag tone="good" text="在任" />
              ),
          },
          { id: 'document', title: '文号', render: (row) => row.document ?? '' },
        ]}
        renderActions={(row) =>
          may('accounts.appoint') &&
          !row.endedOn && (
            <>
              <button type="button" className="link" onClick={() => ask({ kind: 'hand-over', office: row })}>
                交接
              </button>
              <button type="button" className="link" onClick={() => ask({ kind: 'delegate', office: row })}>
                临时授权
              </button>
              <button type="button" className="link danger" onClick={() => ask({ kind: 'leave', office: row })}>
                离任
              </button>
            </>
          )
        }
        empty={<Empty title="本单位还没有任职">任命职务后，那个人登录即有相应权限。</Empty>}
      />
    </>
  )
}
