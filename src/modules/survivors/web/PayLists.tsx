import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../kernel/register/declaration.ts'
import { get, post } from '../../../web/api.ts'
import { today, useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { moneyText, numberText, StatusTag } from '../../../web/ui/values.tsx'
import type { PayRow } from '../contract.ts'
import { SOURCES } from '../words.ts'
import { FieldsForm } from './FieldsForm.tsx'
import { payStanding } from './shapes.ts'

/** The monthly lists of a unit and below. */
export function PayLists(): ReactElement {
  const scope = useScope()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const lists = useQuery({
    queryKey: ['survivors-pay', scope.unitId],
    queryFn: () =>
      get<{ rows: PayRow[] }>('/api/survivors/pay', { unitId: scope.unitId }).then((answer) => answer.rows),
    enabled: scope.unitId > 0,
  })
  const add = may('survivors.write') && (
    <Button type="primary" onClick={() => setAdding(true)}>
      编制发放表
    </Button>
  )
  return (
    <Page
      title="按月发放"
      crumbs={[{ title: '遗属供养', to: '/survivors' }]}
      help="编表 → 另一人审批 → 发放。暂停的不列入，以前漏发的月份一并补发；从工会经费或代管经费发的，凭证同时记账。"
      actions={
        <>
          <LinkButton to="/survivors/held">代管的抚恤金</LinkButton>
          {add}
        </>
      }
    >
      <section className="card">
        <Loaded query={lists}>
          {(rows) => (
            <DataTable
              caption="发放表"
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'month',
                  title: '月份',
                  lead: true,
                  render: (row) => <Link to={`/survivors/pay/${row.id}` as never}>{row.month}</Link>,
                },
                { id: 'unit', title: '单位', wrap: true, render: (row) => row.unitName },
                { id: 'source', title: '资金来源', render: (row) => row.source },
                { id: 'people', title: '人数', number: true, render: (row) => `${numberText(row.people)} 人` },
                { id: 'sum', title: '金额（元）', number: true, render: (row) => moneyText(row.totalFen) },
                { id: 'on', title: '发放日期', render: (row) => row.paidOn ?? '' },
                {
                  id: 'state',
                  title: '状态',
                  render: (row) => {
                    const { text, tone } = payStanding(row.state)
                    return <StatusTag text={text} tone={tone} />
                  },
                },
              ]}
              empty={
                <Empty title="还没有发放表" actions={add}>
                  每月编一张，名单和金额按名册和标准算出。
                </Empty>
              }
            />
          )}
        </Loaded>
      </section>
      {adding && <AddDialog unitId={scope.unitId} close={() => setAdding(false)} />}
    </Page>
  )
}

const fields = [
  field.text('month', '月份', { required: true, help: '例如 2026-03。' }),
  field.choice('source', '资金来源', SOURCES, {
    required: true,
    help: '单位拨到工会账户的选“代管经费”；单位或社保自己发的，只登记结果。',
  }),
]
function AddDialog({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const navigate = useNavigate()
  const [values, setValues] = useState<Record<string, unknown>>({ month: today().slice(0, 7), source: '工会经费' })
  return (
    <Dialog
      title="编制发放表"
      okText="编制"
      close={close}
      work={async () => {
        const { id } = await post<{ id: number }>('/api/survivors/pay', { unitId, ...values })
        void navigate({ to: `/survivors/pay/${id}` as never })
      }}
    >
      {(errors) => <FieldsForm fields={fields} values={values} change={setValues} errors={errors} />}
    </Dialog>
  )
}
