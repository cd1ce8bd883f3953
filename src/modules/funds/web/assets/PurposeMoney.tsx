import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, post } from '../../../../web/api.ts'
import { today, useMay, useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { Empty, Loaded } from '../../../../web/ui/states.tsx'
import { moneyText, StatusTag } from '../../../../web/ui/values.tsx'
import type { Entrusted, PurposeMoney } from '../../asset-contract.ts'
import { FUND_WORDS } from '../../words.ts'
import { codeOf, useAccountChoices } from '../account-choices.ts'
import { AskDialog, given } from '../AskDialog.tsx'

const usePurposeMoney = () => {
  const { unitId } = useScope()
  return useQuery({
    queryKey: ['funds', 'purpose-money', unitId],
    queryFn: () => get<PurposeMoney>('/api/funds/purpose-money', { unitId }),
    enabled: unitId > 0,
  })
}

/** Money with a purpose: projects and gifts. */
export function Projects(): ReactElement {
  const money = usePurposeMoney()
  return (
    <Loaded query={money}>
      {({ projects }) => (
        <DataTable
          caption="专项与捐赠资金"
          rows={projects}
          rowKey={(row) => row.projectId}
          columns={[
            { id: 'code', title: '编码', width: 120, render: (row) => row.code },
            { id: 'name', title: '项目', lead: true, render: (row) => row.name },
            { id: 'kind', title: '资金性质', render: (row) => FUND_WORDS[row.fundKind] },
            { id: 'in', title: '收入', number: true, render: (row) => moneyText(row.incomeFen) },
            { id: 'out', title: '支出', number: true, render: (row) => moneyText(row.expenseFen) },
            { id: 'balance', title: '余额', number: true, render: (row) => moneyText(row.balanceFen) },
            {
              id: 'state',
              title: '状态',
              render: (row) =>
                row.finishedOn ? (
                  <StatusTag text={`${row.finishedOn} 结项`} />
                ) : (
                  <StatusTag text="进行中" tone="good" />
                ),
            },
          ]}
          empty={
            <Empty title="没有专项和捐赠项目">收到指定用途的补助或捐赠时，先在凭证里建立项目，再按项目记收支。</Empty>
          }
        />
      )}
    </Loaded>
  )
}

/** Money that is somebody else's: taken in, paid out, never more than is held. */
export function EntrustedMoney(): ReactElement {
  const { unitId } = useScope()
  const may = useMay()('funds.post')
  const money = usePurposeMoney()
  const queries = useQueryClient()
  const choices = useAccountChoices()
  const [asking, setAsking] = useState<{ way: 'in' | 'out'; whose?: string; heldFen?: number } | null>(null)
  const takeIn = may && (
    <Button type="primary" onClick={() => setAsking({ way: 'in' })}>
      收到代管款
    </Button>
  )
  return (
    <>
      <div className="toolbar">
        <span className="faint">代收的互助保障费、社团经费等不是工会收入；付出不能超过代为保管的数。</span>
        <span className="push" />
        {takeIn}
      </div>
      <Loaded query={money}>
        {({ entrusted }) => (
          <DataTable
            caption="代管经费"
            rows={entrusted}
            rowKey={(row) => row.counterparty}
            columns={[
              { id: 'whose', title: '所属', lead: true, render: (row) => row.counterparty },
              { id: 'in', title: '收到', number: true, render: (row) => moneyText(row.receivedFen) },
              { id: 'out', title: '付出', number: true, render: (row) => moneyText(row.paidFen) },
              { id: 'balance', title: '结存', number: true, render: (row) => moneyText(row.balanceFen) },
            ]}
            {...(may && {
              renderActions: (row: Entrusted) =>
                row.balanceFen > 0 &&
                !row.elsewhere && (
                  <button
                    type="button"
                    className="link"
                    onClick={() => setAsking({ way: 'out', whose: row.counterparty, heldFen: row.balanceFen })}
                  >
                    付出
                  </button>
                ),
            })}
            empty={<Empty title="没有代管经费">收到别人委托保管的钱时，在这里登记，凭证自动记账。</Empty>}
          />
        )}
      </Loaded>
      {asking && (
        <AskDialog
          title={asking.way === 'in' ? '收到代管款' : `付出代管款（结存 ${moneyText(asking.heldFen!)} 元）`}
          okText={asking.way === 'in' ? '收款并记账' : '付款并记账'}
          done="凭证已记账。"
          fields={[
            field.text('whose', '是谁的钱', { required: true, example: '职工足球协会' }),
            field.money('amountFen', '金额', { required: true }),
            field.text('party', asking.way === 'in' ? '交款人' : '收款人', { help: '与所属相同的不用填。' }),
            field.date('onDate', asking.way === 'in' ? '收款日期' : '付款日期', { required: true }),
            field.choice('account', '收付账户', choices.money, { required: true }),
            field.integer('attachments', '附件张数', { required: true, min: 1 }),
            field.longtext('purpose', '事由', { required: true }),
          ]}
          initial={{ onDate: today(), account: choices.of('102'), attachments: 1, whose: asking.whose }}
          close={() => setAsking(null)}
          send={(values) =>
            post('/api/funds/entrusted', {
              ...given(values),
              account: codeOf(values['account']),
              way: asking.way,
              unitId,
            }).then(() => queries.invalidateQueries({ queryKey: ['funds'] }))
          }
        />
      )}
    </>
  )
}
