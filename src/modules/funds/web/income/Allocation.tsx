import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, post, put } from '../../../../web/api.ts'
import { today, useMay, useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { LinkButton } from '../../../../web/ui/LinkButton.tsx'
import { Empty, Loaded, Notice } from '../../../../web/ui/states.tsx'
import { moneyText, percentText } from '../../../../web/ui/values.tsx'
import type { MemoRow, ShareRow } from '../../income-contract.ts'
import { ALLOCATION_WAYS } from '../../income-words.ts'
import { AskDialog, idOf } from '../AskDialog.tsx'
import { processPath } from '../process-paths.ts'

/** The employer's two per cent: declared, due, received, divided; what is missing stands here and in no account. */
export function Allocation(): ReactElement {
  const { unitId, year } = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const [open, setOpen] = useState<'payroll' | 'receive' | null>(null)
  const memo = useQuery({
    queryKey: ['funds-allocation', unitId, year],
    queryFn: () =>
      get<{ rows: MemoRow[]; upperOwedFen: number; shares: ShareRow[] }>('/api/funds/allocation', { unitId, year }),
    enabled: unitId > 0,
  })
  const close = (): void => {
    setOpen(null)
    for (const key of ['funds-allocation', 'funds-receipts']) void queries.invalidateQueries({ queryKey: [key] })
  }
  const money = (fen: number | null): string => (fen ? moneyText(fen) : '')
  return (
    <Loaded query={memo}>
      {({ rows, upperOwedFen, shares }) => {
        const sum = (of: (row: MemoRow) => number | null): string =>
          moneyText(rows.reduce((all, row) => all + (of(row) ?? 0), 0))
        const thisMonth = today().slice(0, 7)
        // What hasn't begun is no row yet, unless something was declared or paid ahead.
        const begun = rows.filter((row) => row.month <= thisMonth || row.payrollFen !== null || row.receivedFen > 0)
        const inForce = shares.filter((one) => one.validFrom <= today() && (!one.validTo || one.validTo >= today()))
        return (
          <>
            <div className="toolbar">
              {may('funds.pay') && (
                <Button type="primary" onClick={() => setOpen('receive')}>
                  收到拨缴经费
                </Button>
              )}
              {may('funds.prepare') && <Button onClick={() => setOpen('payroll')}>登记工资总额</Button>}
              {may('funds.apply') && upperOwedFen > 0 && (
                <LinkButton to={processPath.newRequest} search={{ unit: unitId }}>
                  申请上解经费
                </LinkButton>
              )}
            </div>
            <div className="inside stack">
              {inForce.length ? (
                <p className="faint">
                  上缴比例：
                  {inForce
                    .map((one) => `${one.name} ${percentText(one.share)}（${one.document}，自 ${one.validFrom}）`)
                    .join('；')}
                </p>
              ) : (
                <Notice tone="warn">还没有登记上缴比例，请先在“经费设置”登记比例和文号。</Notice>
              )}
              {upperOwedFen > 0 && <Notice>应付上级经费余额 {moneyText(upperOwedFen)} 元。</Notice>}
            </div>
            <DataTable
              caption={`${year} 年应拨未拨台账`}
              rows={begun}
              rowKey={(row) => row.month}
              columns={[
                { id: 'month', title: '月份', lead: true, width: 100, render: (row) => row.month },
                {
                  id: 'payroll',
                  title: '工资总额（元）',
                  number: true,
                  render: (row) =>
                    row.payrollFen === null ? <span className="faint">未登记</span> : moneyText(row.payrollFen),
                  total: sum((row) => row.payrollFen),
                },
                {
                  id: 'due',
                  title: '应拨 2%（元）',
                  number: true,
                  render: (row) => money(row.dueFen),
                  total: sum((row) => row.dueFen),
                },
                {
                  id: 'received',
                  title: '已拨（元）',
                  number: true,
                  render: (row) => money(row.receivedFen),
                  total: sum((row) => row.receivedFen),
                },
                {
                  id: 'own',
                  title: '其中本级（元）',
                  number: true,
                  render: (row) => money(row.ownFen),
                  total: sum((row) => row.ownFen),
                },
                {
                  id: 'upper',
                  title: '其中上级（元）',
                  number: true,
                  render: (row) => money(row.upperFen),
                  total: sum((row) => row.upperFen),
                },
                {
                  id: 'open',
                  title: '应拨未拨（元）',
                  number: true,
                  render: (row) => money(row.openFen),
                  total: sum((row) => row.openFen),
                },
              ]}
              empty={<Empty title="这一年还没有开始">登记每月的工资总额后，应拨、已拨和未拨列在这里。</Empty>}
            />
            <p className="faint inside">应拨未拨只作备查，不列入账面资产；拖欠的由工会依法催缴。</p>
            {open === 'payroll' && (
              <AskDialog
                title="登记工资总额"
                okText="登记"
                done="已登记。"
                initial={{ declaredOn: today(), month: today().slice(0, 7) }}
                fields={[
                  field.text('month', '月份', { required: true, example: '2026-03' }),
                  field.money('payrollFen', '全部职工工资总额（元）', { required: true }),
                  field.date('declaredOn', '申报日期', { required: true }),
                  field.text('source', '依据'),
                ]}
                send={(values) =>
                  put('/api/funds/allocation/payroll', { ...values, unitId, source: values['source'] || null })
                }
                close={close}
              />
            )}
            {open === 'receive' && (
              <AskDialog
                title="收到拨缴经费"
                okText="登记收款"
                done="已登记，收据和凭证已生成。"
                initial={{ receivedOn: today(), month: today().slice(0, 7), way: ALLOCATION_WAYS.direct }}
                fields={[
                  field.choice('way', '到账方式', Object.values(ALLOCATION_WAYS), { required: true }),
                  field.text('month', '所属月份', { required: true, example: '2026-03' }),
                  field.money('totalFen', '到账金额（元）', { required: true }),
                  field.date('receivedOn', '到账日期', { required: true }),
                  field.text('payer', '拨缴单位', { required: true }),
                ]}
                send={(values) =>
                  post('/api/funds/allocation', {
                    unitId,
                    receivedOn: values['receivedOn'],
                    way: idOf(ALLOCATION_WAYS, values['way']),
                    payer: values['payer'] ?? '',
                    months: [{ month: values['month'], totalFen: values['totalFen'] }],
                  })
                }
                close={close}
              />
            )}
          </>
        )
      }}
    </Loaded>
  )
}
