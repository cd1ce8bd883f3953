import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, post } from '../../../../web/api.ts'
import { today, useAddress, useMay, useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { Page } from '../../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../../web/ui/states.tsx'
import { Tabs } from '../../../../web/ui/Tabs.tsx'
import { moneyText, StatusTag } from '../../../../web/ui/values.tsx'
import { AskDialog, given } from '../AskDialog.tsx'
import { codeOf, useAccountChoices } from '../account-choices.ts'
import { fundsPath } from '../paths.ts'
import { EntrustedMoney, Projects } from './PurposeMoney.tsx'
import type { Advance } from '../../asset-contract.ts'
import '../funds.css'

/** Money that isn't free: advances to be settled, money with a purpose, money held for others. */
export function Advances(): ReactElement {
  return (
    <Page title="借支与专款" help="借支要按期报账；专项和捐赠资金专款专用；代管经费不是工会收入，单独列示。">
      <section className="card">
        <Tabs
          tabs={[
            { id: 'advances', title: '借支', render: () => <AdvanceList /> },
            { id: 'projects', title: '专项与捐赠', render: () => <Projects /> },
            { id: 'entrusted', title: '代管经费', render: () => <EntrustedMoney /> },
          ]}
        />
      </section>
    </Page>
  )
}

function AdvanceList(): ReactElement {
  const { unitId } = useScope()
  const [address, setAddress] = useAddress()
  const may = useMay()('funds.post')
  const queries = useQueryClient()
  const choices = useAccountChoices()
  const [asking, setAsking] = useState<'new' | Advance | null>(null)
  const open = address['all'] !== '1'
  const advances = useQuery({
    queryKey: ['funds', 'advances', unitId, open],
    queryFn: () =>
      get<{ advances: Advance[] }>('/api/funds/advances', { unitId, open: open ? 'true' : undefined }).then(
        (one) => one.advances,
      ),
    enabled: unitId > 0,
  })
  const changed = (): void => void queries.invalidateQueries({ queryKey: ['funds'] })
  const add = may && (
    <Button type="primary" onClick={() => setAsking('new')}>
      借支付款
    </Button>
  )
  return (
    <>
      <div className="toolbar">
        <label className="row">
          <input type="checkbox" checked={!open} onChange={() => setAddress({ all: open ? 1 : null })} /> 也看已结清的
        </label>
        <span className="push" />
        {add}
      </div>
      <Loaded query={advances}>
        {(rows) => (
          <DataTable
            caption="借支"
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              { id: 'payee', title: '借款人', lead: true, render: (row) => row.payee },
              { id: 'purpose', title: '用途', wrap: true, render: (row) => row.purpose },
              {
                id: 'on',
                title: '借款日期',
                width: 110,
                render: (row) => <Link to={fundsPath.voucher(row.voucherId) as never}>{row.paidOn}</Link>,
              },
              { id: 'amount', title: '借款', number: true, render: (row) => moneyText(row.amountFen) },
              { id: 'open', title: '未结清', number: true, render: (row) => moneyText(row.openFen) },
              {
                id: 'due',
                title: '报账期限',
                width: 150,
                render: (row) =>
                  row.openFen === 0 ? (
                    <StatusTag text="已结清" tone="good" />
                  ) : row.dueOn < today() ? (
                    <StatusTag text={`${row.dueOn} 已逾期`} tone="bad" />
                  ) : (
                    row.dueOn
                  ),
              },
            ]}
            {...(may && {
              renderActions: (row: Advance) =>
                row.openFen > 0 && (
                  <button type="button" className="link" onClick={() => setAsking(row)}>
                    报账
                  </button>
                ),
            })}
            empty={
              <Empty title={open ? '没有未结清的借支' : '没有借支'} actions={add}>
                办活动预借的款项在这里付出和报账。
              </Empty>
            }
          />
        )}
      </Loaded>
      {asking === 'new' && (
        <AskDialog
          title="借支付款"
          okText="付款并记账"
          done="已付款，凭证已记账。"
          fields={[
            field.text('payee', '借款人', { required: true }),
            field.money('amountFen', '金额', { required: true }),
            field.date('onDate', '付款日期', { required: true }),
            field.date('dueOn', '报账期限', { required: true }),
            field.choice('payFrom', '付款账户', choices.money, { required: true }),
            field.integer('attachments', '附件张数', { required: true, min: 1 }),
            field.longtext('purpose', '用途', { required: true }),
          ]}
          initial={{ onDate: today(), payFrom: choices.of('102'), attachments: 1 }}
          close={() => setAsking(null)}
          send={(values) =>
            post('/api/funds/advances', { ...given(values), payFrom: codeOf(values['payFrom']), unitId }).then(changed)
          }
        />
      )}
      {asking !== null && asking !== 'new' && (
        <AskDialog
          title={`${asking.payee}报账（未结清 ${moneyText(asking.openFen)} 元）`}
          okText="报账并记账"
          done="已报账，凭证已记账。"
          fields={[
            field.date('onDate', '报账日期', { required: true }),
            field.money('spentFen', '报销金额'),
            field.money('returnedFen', '交回余款'),
            field.choice('spendingAccount', '支出科目', choices.spending),
            field.choice('account', '收付账户', choices.money, {
              help: '交回余款收入的账户；报销超过借款的，从这里补付。',
            }),
            field.integer('attachments', '附件张数', { required: true, min: 1 }),
          ]}
          initial={{ onDate: today(), account: choices.of('102'), attachments: 1 }}
          close={() => setAsking(null)}
          send={(values) =>
            post(`/api/funds/advances/${asking.id}/settlement`, {
              ...given(values),
              account: codeOf(values['account']),
              spendingAccount: codeOf(values['spendingAccount']),
              unitId,
            }).then(changed)
          }
        />
      )}
    </>
  )
}
