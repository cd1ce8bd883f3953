import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { useAddress, useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { moneyText, StatusTag } from '../../../web/ui/values.tsx'
import type { ClaimRow } from '../contract.ts'
import { standing } from './shapes.ts'

const tabs = [
  { id: '', title: '全部' },
  { id: 'filed', title: '待初审' },
  { id: 'examined', title: '待审批' },
  { id: 'approved', title: '待支付' },
  { id: 'paid', title: '已支付' },
  { id: 'refused', title: '不予补助' },
  { id: 'appealed', title: '申诉中' },
] as const

/** Claims of a unit and below, or one's own. */
export function Claims(): ReactElement {
  const scope = useScope()
  const may = useMay()
  const [address, setAddress] = useAddress()
  const state = address['state'] ?? ''
  const officer = may('mutual-aid.read-confidential')
  const claims = useQuery({
    queryKey: ['mutual-aid-claims', officer && scope.unitId, state, address['after']],
    queryFn: () =>
      get<{ rows: ClaimRow[]; next: number | null }>('/api/mutual-aid/claims', {
        ...(officer && { unitId: scope.unitId }),
        state,
        cursor: address['after'],
      }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      title="互助理赔"
      help={
        officer
          ? '提交时机器逐条核对、算出金额，再由两个人初审和审批。申请、计算、批准、支付四个数分别记。'
          : '您本人的申请。每一步到了哪里、为什么，都在申请里。'
      }
      actions={
        <>
          <LinkButton to="/mutual-aid/plans">互助计划</LinkButton>
          <LinkButton to="/mutual-aid/file" type="primary">
            申请补助
          </LinkButton>
        </>
      }
    >
      <section className="card">
        {officer && (
          <div className="toolbar" role="group" aria-label="状态">
            {tabs.map((tab) => (
              <Button
                key={tab.id}
                type={state === tab.id ? 'primary' : 'text'}
                aria-pressed={state === tab.id}
                onClick={() => setAddress({ state: tab.id, after: null })}
              >
                {tab.title}
              </Button>
            ))}
          </div>
        )}
        <Loaded query={claims}>
          {({ rows, next }) => (
            <>
              <DataTable
                caption="互助理赔"
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  {
                    id: 'who',
                    title: '职工',
                    lead: true,
                    render: (row) => <Link to={`/mutual-aid/claims/${row.id}` as never}>{row.personName}</Link>,
                  },
                  { id: 'plan', title: '计划', render: (row) => row.planTitle },
                  { id: 'cause', title: '原因', render: (row) => row.cause },
                  { id: 'on', title: '申请日期', width: 110, render: (row) => row.filedOn },
                  { id: 'own', title: '自付（元）', number: true, render: (row) => moneyText(row.ownFen) },
                  {
                    id: 'sum',
                    title: '批准（元）',
                    number: true,
                    render: (row) => (row.approvedFen === null ? '' : moneyText(row.approvedFen)),
                  },
                  {
                    id: 'state',
                    title: '状态',
                    render: (row) => {
                      const { text, tone } = standing(row)
                      return <StatusTag text={text} tone={tone} />
                    },
                  },
                ]}
                empty={<Empty title="没有申请">住院等情况符合互助计划的，点“申请补助”，先看条件再填。</Empty>}
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
    </Page>
  )
}
