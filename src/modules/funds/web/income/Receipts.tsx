import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, post } from '../../../../web/api.ts'
import { today, useMay, useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { Empty, Loaded } from '../../../../web/ui/states.tsx'
import { moneyText, StatusTag } from '../../../../web/ui/values.tsx'
import type { IncomeRow } from '../../income-contract.ts'
import { INCOME_KINDS, PLAIN_INCOME } from '../../income-words.ts'
import { METHODS } from '../../spending-kinds.ts'
import { AskDialog, idOf } from '../AskDialog.tsx'
import { MorePages } from '../MorePages.tsx'
import { processPath } from '../process-paths.ts'

const KINDS = Object.fromEntries(PLAIN_INCOME.map((id) => [id, INCOME_KINDS[id].title])) as Record<
  (typeof PLAIN_INCOME)[number],
  string
>

/** Every receipt of the year; subsidies, interest and gifts are entered here. */
export function Receipts(): ReactElement {
  const { unitId, year } = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const list = useInfiniteQuery({
    queryKey: ['funds-receipts', unitId, year],
    queryFn: ({ pageParam }) =>
      get<{ rows: IncomeRow[]; next: number | null }>('/api/funds/receipts', {
        unitId,
        year,
        before: pageParam,
        limit: 20,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    enabled: unitId > 0,
  })
  return (
    <>
      {may('funds.pay') && (
        <div className="toolbar">
          <Button type="primary" onClick={() => setAdding(true)}>
            登记其他收入
          </Button>
        </div>
      )}
      <Loaded query={list}>
        {({ pages }) => (
          <DataTable
            caption="收据"
            rows={pages.flatMap((page) => page.rows)}
            rowKey={(row) => row.id}
            columns={[
              {
                id: 'no',
                title: '收据号',
                lead: true,
                width: 120,
                render: (row) => (
                  <>
                    <Link to={processPath.receipt(row.id) as never}>{row.receiptNo}</Link>
                    {row.reversedById !== null && <StatusTag text="已注销" tone="" />}
                  </>
                ),
              },
              { id: 'on', title: '日期', width: 110, render: (row) => row.receivedOn },
              { id: 'kind', title: '种类', width: 130, render: (row) => row.kindTitle },
              { id: 'summary', title: '摘要', wrap: true, render: (row) => row.summary },
              { id: 'payer', title: '交款人', render: (row) => row.payer },
              {
                id: 'amount',
                title: '金额（元）',
                width: 120,
                number: true,
                render: (row) => moneyText(row.amountFen),
              },
              {
                id: 'voucher',
                title: '凭证',
                width: 110,
                render: (row) => <Link to={`/funds/vouchers/${row.voucherId}` as never}>{row.voucherNumber}</Link>,
              },
            ]}
            empty={<Empty title="这一年还没有收入">收会费、拨缴经费，或登记其他收入后，收据列在这里。</Empty>}
          />
        )}
      </Loaded>
      <MorePages query={list} text="再看 20 张" />
      {adding && (
        <AskDialog
          title="登记其他收入"
          okText="登记收款"
          done="已登记，收据和凭证已生成。"
          initial={{ receivedOn: today(), method: METHODS.transfer }}
          fields={[
            field.choice('kind', '收入种类', Object.values(KINDS), { required: true }),
            field.money('amountFen', '金额（元）', { required: true }),
            field.date('receivedOn', '到账日期', { required: true }),
            field.text('payer', '缴款单位（个人）', { required: true }),
            field.text('summary', '摘要', { required: true, example: '一季度结息' }),
            field.choice('method', '收款方式', Object.values(METHODS), { required: true }),
            field.text('project', '项目编码', { help: '专项补助必填。' }),
            field.text('document', '文件'),
          ]}
          send={(values) =>
            post('/api/funds/receipts', {
              ...values,
              unitId,
              kind: idOf(KINDS, values['kind']),
              method: idOf(METHODS, values['method']),
              project: values['project'] || null,
              document: values['document'] || null,
            })
          }
          close={() => {
            setAdding(false)
            void queries.invalidateQueries({ queryKey: ['funds-receipts'] })
          }}
        />
      )}
    </>
  )
}
