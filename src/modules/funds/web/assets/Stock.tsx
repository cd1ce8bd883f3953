import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, post } from '../../../../web/api.ts'
import { today, useMay, useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { Empty, Loaded } from '../../../../web/ui/states.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import { codeOf, useAccountChoices } from '../account-choices.ts'
import { AskDialog, given } from '../AskDialog.tsx'
import type { StockItem } from '../../asset-contract.ts'

/** Goods bought in bulk: into store at cost, out at the mean price. */
export function Stock(): ReactElement {
  const { unitId } = useScope()
  const may = useMay()('funds.post')
  const queries = useQueryClient()
  const choices = useAccountChoices()
  const [asking, setAsking] = useState<'in' | StockItem | null>(null)
  const stock = useQuery({
    queryKey: ['funds', 'stock', unitId],
    queryFn: () => get<{ items: StockItem[] }>('/api/funds/stock', { unitId }).then((one) => one.items),
    enabled: unitId > 0,
  })
  const changed = (): void => void queries.invalidateQueries({ queryKey: ['funds'] })
  const add = may && (
    <Button type="primary" onClick={() => setAsking('in')}>
      购入入库
    </Button>
  )
  return (
    <>
      <div className="toolbar">
        <span className="faint">随买随用的物品不必入库。</span>
        <span className="push" />
        {add}
      </div>
      <Loaded query={stock}>
        {(items) => (
          <DataTable
            caption="库存物品"
            rows={items}
            rowKey={(item) => item.id}
            columns={[
              { id: 'name', title: '物品', lead: true, render: (item) => item.name },
              { id: 'quantity', title: '结存数量', number: true, render: (item) => `${item.quantity} ${item.measure}` },
              { id: 'amount', title: '结存金额', number: true, render: (item) => moneyText(item.amountFen) },
              {
                id: 'last',
                title: '最近收发',
                wrap: true,
                render: (item) => {
                  const last = item.moves.at(-1)
                  return last
                    ? `${last.onDate} ${last.quantity > 0 ? '入库' : '领用'} ${Math.abs(last.quantity)} ${item.measure}：${last.purpose}`
                    : ''
                },
              },
            ]}
            {...(may && {
              renderActions: (item: StockItem) =>
                item.quantity > 0 && (
                  <button type="button" className="link" onClick={() => setAsking(item)}>
                    领用
                  </button>
                ),
            })}
            empty={
              <Empty title="没有库存物品" actions={add}>
                节日慰问品、文体用品成批购入时先入库，发放时领用。
              </Empty>
            }
          />
        )}
      </Loaded>
      {asking === 'in' && (
        <AskDialog
          title="购入入库"
          okText="入库并记账"
          done="已入库，凭证已记账。"
          fields={[
            field.date('onDate', '日期', { required: true }),
            field.text('name', '物品名称', { required: true, example: '毛巾被' }),
            field.text('measure', '计量单位', { required: true, example: '条' }),
            field.integer('quantity', '数量', { required: true, min: 1 }),
            field.money('amountFen', '金额（合计）', { required: true }),
            field.choice('spendingAccount', '支出科目', choices.spending, { required: true }),
            field.choice('payFrom', '付款账户', choices.money, { required: true }),
            field.integer('attachments', '附件张数', { required: true, min: 1 }),
            field.text('purpose', '用途', { required: true, example: '端午慰问' }),
          ]}
          initial={{
            onDate: today(),
            payFrom: choices.of('102'),
            spendingAccount: choices.of('50105'),
            attachments: 1,
          }}
          close={() => setAsking(null)}
          send={(values) =>
            post('/api/funds/stock', {
              ...given(values),
              payFrom: codeOf(values['payFrom']),
              spendingAccount: codeOf(values['spendingAccount']),
              unitId,
            }).then(changed)
          }
        />
      )}
      {asking !== null && asking !== 'in' && (
        <AskDialog
          title={`领用 ${asking.name}（结存 ${asking.quantity} ${asking.measure}）`}
          okText="领用并记账"
          done="已领用，凭证已记账。"
          fields={[
            field.date('onDate', '日期', { required: true }),
            field.integer('quantity', '数量', { required: true, min: 1 }),
            field.integer('attachments', '附件张数', { required: true, min: 1 }),
            field.text('purpose', '用途', { required: true }),
          ]}
          initial={{ onDate: today(), attachments: 1 }}
          close={() => setAsking(null)}
          send={(values) => post(`/api/funds/stock/${asking.id}/issue`, { ...given(values), unitId }).then(changed)}
        />
      )}
    </>
  )
}
