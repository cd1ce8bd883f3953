import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../kernel/register/declaration.ts'
import { get, post, remove } from '../../../web/api.ts'
import { today, useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Loaded, Notice } from '../../../web/ui/states.tsx'
import { moneyText, numberText, StatusTag } from '../../../web/ui/values.tsx'
import type { PayDetail } from '../contract.ts'
import type { Source } from '../words.ts'
import { FieldsForm } from './FieldsForm.tsx'
import { payStanding } from './shapes.ts'

/** One month's list: who gets what for which months, who drew it up, who approved, the voucher. */
export function PayListPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const pay = useQuery({
    queryKey: ['survivors-pay-list', id],
    queryFn: () => get<PayDetail>(`/api/survivors/pay/${id}`),
  })
  return <Loaded query={pay}>{(shown) => <Shown pay={shown} />}</Loaded>
}

function Shown({ pay }: { pay: PayDetail }): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [dialog, setDialog] = useState<'approve' | 'pay' | 'drop' | null>(null)
  const { text, tone } = payStanding(pay.state)
  const write = may('survivors.write')
  const close = (): void => {
    setDialog(null)
    for (const key of ['survivors-pay-list', 'survivors-pay', 'survivors', 'survivor', 'todos'])
      void queries.invalidateQueries({ queryKey: [key] })
  }
  return (
    <Page
      title={`${pay.month} 遗属抚恤金`}
      crumbs={[
        { title: '遗属供养', to: '/survivors' },
        { title: '按月发放', to: '/survivors/pay' },
      ]}
      help={
        <span className="row">
          <StatusTag text={text} tone={tone} /> {pay.unitName} · {pay.source}
        </span>
      }
      actions={
        <>
          {may('survivors.export') && <Button href={`/api/survivors/pay/${pay.id}/list.xlsx`}>导出</Button>}
          <LinkButton to={`/print/survivors/pay/${pay.id}`}>打印</LinkButton>
          {write && pay.state !== 'paid' && <Button onClick={() => setDialog('drop')}>撤销</Button>}
          {may('survivors.approve') && pay.state === 'prepared' && !pay.mine && (
            <Button type="primary" onClick={() => setDialog('approve')}>
              批准
            </Button>
          )}
          {write && pay.state === 'approved' && (
            <Button type="primary" onClick={() => setDialog('pay')}>
              登记发放
            </Button>
          )}
        </>
      }
    >
      {pay.remarks.map((remark) => (
        <Notice key={remark} tone="warn">
          {remark}
        </Notice>
      ))}
      {pay.state === 'prepared' && pay.mine && <Notice>这张表是您编制的，要由另一个人审批。</Notice>}
      <Card>
        <Facts
          items={[
            { label: '人数', value: `${numberText(pay.people)} 人` },
            { label: '合计', value: `${moneyText(pay.totalFen)} 元` },
            { label: '编制', value: pay.preparedName },
            { label: '审批', value: pay.approvedName ?? '还没有审批' },
            { label: '发放', value: pay.paidOn ?? '还没有发放' },
            ...(pay.voucherId
              ? [
                  {
                    label: '凭证',
                    value: may('funds.read') ? (
                      <Link to={`/funds/vouchers/${pay.voucherId}` as never}>{pay.voucherNo}</Link>
                    ) : (
                      pay.voucherNo
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Card>
      <section className="card">
        <DataTable
          caption="发放名单"
          rows={pay.lines}
          rowKey={(row) => row.survivorId}
          columns={[
            {
              id: 'name',
              title: '遗属',
              lead: true,
              render: (row) => <Link to={`/survivors/${row.survivorId}` as never}>{row.name}</Link>,
            },
            { id: 'deceased', title: '亡故职工', render: (row) => `${row.deceasedName}（${row.relation}）` },
            { id: 'grade', title: '标准档', render: (row) => row.grade },
            {
              id: 'months',
              title: '月份',
              wrap: true,
              render: (row) => `${row.months.join('、')}${row.months.length > 1 ? '（含补发）' : ''}`,
            },
            {
              id: 'sum',
              title: '金额（元）',
              number: true,
              render: (row) => `${moneyText(row.amountFen)}${row.recovered ? '（有追回）' : ''}`,
              total: moneyText(pay.totalFen),
            },
          ]}
          empty={null}
        />
      </section>
      {dialog === 'approve' && (
        <Dialog
          title={`批准 ${pay.month} 发放表`}
          okText="批准"
          done="已批准。"
          close={close}
          work={() => post(`/api/survivors/pay/${pay.id}/approval`)}
        >
          {() => (
            <p>
              {pay.people} 人，{moneyText(pay.totalFen)} 元，从{pay.source}发放。
            </p>
          )}
        </Dialog>
      )}
      {dialog === 'drop' && (
        <Dialog
          title={`撤销 ${pay.month} 发放表`}
          okText="撤销"
          danger
          done="已撤销，可以重新编制。"
          close={() => setDialog(null)}
          work={async () => {
            await remove(`/api/survivors/pay/${pay.id}`)
            void queries.invalidateQueries({ queryKey: ['survivors-pay'] })
            void navigate({ to: '/survivors/pay' as never })
          }}
        >
          {() => <p>撤销后按现在的名册重新编制。</p>}
        </Dialog>
      )}
      {dialog === 'pay' && <PaidDialog pay={pay} close={close} />}
    </Page>
  )
}

const PAID_BY: Partial<Record<Source, string>> = {
  工会经费: '从工会经费支付，占预算，凭证同时记账。',
  代管经费: '从单位拨来代管的钱里支付，不占工会预算，凭证同时记账。',
}
const fields = [field.date('paidOn', '发放日期', { required: true })]
function PaidDialog({ pay, close }: { pay: PayDetail; close: () => void }): ReactElement {
  const [values, setValues] = useState<Record<string, unknown>>({ paidOn: today() })
  return (
    <Dialog
      title={`登记发放：${moneyText(pay.totalFen)} 元`}
      okText="登记"
      done="发放已登记。"
      close={close}
      work={() => post(`/api/survivors/pay/${pay.id}/payment`, values)}
    >
      {(errors) => (
        <>
          <p>{PAID_BY[pay.source] ?? `由${pay.source}发放，工会只登记结果。`}</p>
          <FieldsForm fields={fields} values={values} change={setValues} errors={errors} />
        </>
      )}
    </Dialog>
  )
}
