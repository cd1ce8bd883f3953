import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../kernel/register/declaration.ts'
import { get, post } from '../../../web/api.ts'
import { today, useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { moneyText } from '../../../web/ui/values.tsx'
import type { Held, HeldMove } from '../contract.ts'
import { HELD_KINDS } from '../words.ts'
import { FieldsForm } from './FieldsForm.tsx'

/** The employer's money that the union holds for survivors: what came, what was paid on, what is left. */
export function HeldMoney(): ReactElement {
  const scope = useScope()
  const may = useMay()
  const [dialog, setDialog] = useState<'receive' | 'return' | null>(null)
  const held = useQuery({
    queryKey: ['survivors-held', scope.unitId],
    queryFn: () => get<Held>('/api/survivors/held', { unitId: scope.unitId }),
    enabled: scope.unitId > 0,
  })
  const receive = may('survivors.write') && may('survivors.read-confidential') && (
    <Button type="primary" onClick={() => setDialog('receive')}>
      登记拨款到账
    </Button>
  )
  return (
    <Page
      title="代管的抚恤金"
      crumbs={[
        { title: '遗属供养', to: '/survivors' },
        { title: '按月发放', to: '/survivors/pay' },
      ]}
      help="单位拨给工会、由工会按月发给遗属的钱。不是工会的收入和支出，只记代管经费；有多少发多少，不能垫支。"
      actions={
        <>
          {may('survivors.approve') && (held.data?.heldFen ?? 0) > 0 && (
            <Button onClick={() => setDialog('return')}>退还单位</Button>
          )}
          {receive}
        </>
      }
    >
      <Loaded query={held}>
        {(shown) => (
          <>
            <Card>
              <Facts
                items={[
                  { label: '结存', value: `${moneyText(shown.heldFen)} 元` },
                  { label: '批准未发', value: `${moneyText(shown.reservedFen)} 元` },
                  { label: '还可用', value: `${moneyText(shown.heldFen - shown.reservedFen)} 元` },
                ]}
              />
            </Card>
            <section className="card">
              <DataTable
                caption="代管经费收付"
                rows={shown.rows}
                rowKey={(row) => row.id}
                columns={[
                  { id: 'on', title: '日期', render: (row) => row.onDay },
                  { id: 'kind', title: '事项', lead: true, wrap: true, render: (row) => <Deed row={row} /> },
                  { id: 'party', title: '对方', wrap: true, render: (row) => row.party },
                  { id: 'reference', title: '单据或原因', wrap: true, render: (row) => row.reference ?? '' },
                  {
                    id: 'in',
                    title: '收入（元）',
                    number: true,
                    render: (row) => (row.amountFen > 0 ? moneyText(row.amountFen) : ''),
                  },
                  {
                    id: 'out',
                    title: '付出（元）',
                    number: true,
                    render: (row) => (row.amountFen < 0 ? moneyText(-row.amountFen) : ''),
                  },
                  {
                    id: 'voucher',
                    title: '凭证',
                    render: (row) =>
                      may('funds.read') ? (
                        <Link to={`/funds/vouchers/${row.voucherId}` as never}>{row.voucherNo}</Link>
                      ) : (
                        row.voucherNo
                      ),
                  },
                  { id: 'by', title: '经办', render: (row) => row.bookedName },
                ]}
                empty={
                  <Empty title="还没有代管的抚恤金" actions={receive}>
                    单位把抚恤金拨到工会账户后，在这里登记到账；编发放表时资金来源选“代管经费”。
                  </Empty>
                }
              />
            </section>
          </>
        )}
      </Loaded>
      {dialog && <MoveDialog way={dialog} unitId={scope.unitId} close={() => setDialog(null)} />}
    </Page>
  )
}

const Deed = ({ row }: { row: HeldMove }): ReactElement =>
  row.payId === null ? (
    <>{HELD_KINDS[row.kind]}</>
  ) : (
    <Link to={`/survivors/pay/${row.payId}` as never}>{HELD_KINDS[row.kind]}</Link>
  )

const forms = {
  receive: {
    title: '登记拨款到账',
    done: '已登记，凭证已记账。',
    path: '/api/survivors/held',
    dayField: 'receivedOn',
    fields: [
      field.money('amountFen', '金额（元）', { required: true }),
      field.date('receivedOn', '到账日期', { required: true }),
      field.text('payer', '拨款单位', { required: true }),
      field.text('reference', '拨款单或回单编号', { required: true }),
    ],
  },
  return: {
    title: '退还单位',
    done: '已登记退还，凭证已记账。',
    path: '/api/survivors/held/return',
    dayField: 'returnedOn',
    fields: [
      field.money('amountFen', '金额（元）', { required: true }),
      field.date('returnedOn', '退还日期', { required: true }),
      field.text('payee', '收款单位', { required: true }),
      field.text('reason', '退还的原因', { required: true }),
    ],
  },
} as const

function MoveDialog({
  way,
  unitId,
  close,
}: {
  way: 'receive' | 'return'
  unitId: number
  close: () => void
}): ReactElement {
  const queries = useQueryClient()
  const form = forms[way]
  const [values, setValues] = useState<Record<string, unknown>>({ [form.dayField]: today() })
  return (
    <Dialog
      title={form.title}
      okText="登记"
      done={form.done}
      close={close}
      work={async () => {
        await post(form.path, { unitId, ...values })
        await queries.invalidateQueries({ queryKey: ['survivors-held'] })
      }}
    >
      {(errors) => <FieldsForm fields={form.fields} values={values} change={setValues} errors={errors} />}
    </Dialog>
  )
}
