import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../../web/api.ts'
import { useAddress, useMay, useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { LinkButton } from '../../../../web/ui/LinkButton.tsx'
import { Page } from '../../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../../web/ui/states.tsx'
import { moneyText, StatusTag } from '../../../../web/ui/values.tsx'
import { processPath } from '../process-paths.ts'
import { toneOf, type RequestRow } from './shapes.ts'
import '../processes.css'

const STATES = [
  ['', '全部'],
  ['submitted', '待审核'],
  ['checked', '待审批'],
  ['approved', '待付款'],
  ['paid', '已付款'],
  ['returned', '已退回'],
  ['draft', '待提交'],
] as const

/** Requests to spend: what was asked, by whom, where each one stands. */
export function Spending(): ReactElement {
  const [address, setAddress] = useAddress()
  const { unitId, year } = useScope()
  const may = useMay()
  const state = address['state'] ?? ''
  const mine = address['mine'] === '1'
  const rows = useQuery({
    queryKey: ['funds-spending', unitId, year, state, mine],
    queryFn: () =>
      get<{ rows: RequestRow[] }>('/api/funds/spending', { unitId, year, state, mine, limit: 200 }).then(
        (answer) => answer.rows,
      ),
    enabled: unitId > 0,
  })
  return (
    <Page
      title="支出与报销"
      help="先申请，经审核、审批后由出纳付款，付款时自动生成记账凭证。"
      actions={
        may('funds.apply') && (
          <LinkButton type="primary" to={processPath.newRequest} search={{ unit: unitId }}>
            提出申请
          </LinkButton>
        )
      }
    >
      <section className="card">
        <div className="toolbar">
          <div className="choice-chips" role="group" aria-label="按状态筛选">
            {STATES.map(([id, title]) => (
              <button
                key={id}
                type="button"
                aria-pressed={state === id}
                onClick={() => setAddress({ state: id }, { replace: true })}
              >
                {title}
              </button>
            ))}
          </div>
          <label className="row">
            <input
              type="checkbox"
              checked={mine}
              onChange={(event) => setAddress({ mine: event.target.checked ? 1 : null }, { replace: true })}
            />
            只看我申请的
          </label>
        </div>
        <Loaded query={rows}>
          {(all) => (
            <DataTable
              caption="支出申请"
              rows={all}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'purpose',
                  title: '用途',
                  lead: true,
                  wrap: true,
                  render: (row) => <Link to={processPath.request(row.id) as never}>{row.purpose}</Link>,
                },
                { id: 'kind', title: '种类', width: 150, render: (row) => row.kindTitle },
                {
                  id: 'amount',
                  title: '金额（元）',
                  width: 120,
                  number: true,
                  render: (row) => moneyText(row.amountFen),
                },
                { id: 'unit', title: '申请单位', render: (row) => row.unitName },
                { id: 'who', title: '经办人', width: 90, render: (row) => row.createdName },
                { id: 'on', title: '申请日期', width: 110, render: (row) => row.requestedOn },
                {
                  id: 'state',
                  title: '状态',
                  width: 110,
                  render: (row) => <Tag state={row.state} title={row.stateTitle} />,
                },
              ]}
              empty={
                <Empty title="没有支出申请">活动、慰问、办公等支出先在这里提出申请，手机上拍下票据即可提交。</Empty>
              }
            />
          )}
        </Loaded>
      </section>
    </Page>
  )
}

export function Tag({ state, title }: { state: string; title: string }): ReactElement {
  const tone = toneOf(state)
  return <StatusTag text={title} {...(tone && { tone })} />
}
