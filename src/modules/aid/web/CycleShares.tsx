import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../kernel/register/declaration.ts'
import { get, post } from '../../../web/api.ts'
import { today, useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, FieldInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card } from '../../../web/ui/Page.tsx'
import { Empty, Loaded, Notice } from '../../../web/ui/states.tsx'
import { moneyText, StatusTag } from '../../../web/ui/values.tsx'
import type { Entitlement } from '../contract.ts'
import { ENTITLEMENT_STATES } from '../words.ts'
import { shareTones, type CycleDetail } from './shapes.ts'

type Deed = 'withhold' | 'refund' | 'receipt'
const deeds: Readonly<Record<Deed, { title: string; done: string }>> = {
  withhold: { title: '移出名单', done: '已移出。' },
  refund: { title: '登记退回', done: '已登记退回，凭证已记账。' },
  receipt: { title: '纸面签收', done: '已登记签收。' },
}

/** Everybody on the list, what became of it, and what may be done to one of them. */
export function CycleShares({ cycle }: { cycle: CycleDetail }): ReactElement {
  const may = useMay()
  const [after, setAfter] = useState(0)
  const [doing, setDoing] = useState<{ deed: Deed; share: Entitlement } | null>(null)
  const shares = useQuery({
    queryKey: ['aid-shares', cycle.id, after],
    queryFn: () =>
      get<{ rows: Entitlement[]; next: number | null }>(`/api/aid/cycles/${cycle.id}/entitlements`, { after }),
    placeholderData: keepPreviousData,
  })
  const offered = (share: Entitlement): Deed[] => [
    ...(share.state === 'proposed' && may('aid.manage') ? (['withhold'] as const) : []),
    ...(share.state === 'paid' && !share.receivedOn && may('aid.write') ? (['receipt'] as const) : []),
    ...(share.state === 'paid' && may('aid.pay') ? (['refund'] as const) : []),
  ]
  return (
    <Card flush>
      <Loaded query={shares}>
        {({ rows, next }) => (
          <>
            <DataTable
              caption="发放名单"
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                { id: 'who', title: '领取人', lead: true, render: (row) => row.personName },
                { id: 'unit', title: '单位', render: (row) => row.unitName },
                { id: 'by', title: '方式', render: (row) => (row.byFamily ? '按户' : '按人') },
                { id: 'amount', title: '金额（元）', number: true, render: (row) => moneyText(row.amountFen) },
                {
                  id: 'back',
                  title: '已退回（元）',
                  number: true,
                  render: (row) => (row.refundedFen ? moneyText(row.refundedFen) : ''),
                },
                {
                  id: 'state',
                  title: '状态',
                  render: (row) => <StatusTag text={ENTITLEMENT_STATES[row.state]} tone={shareTones[row.state]} />,
                },
                {
                  id: 'voucher',
                  title: '凭证',
                  wrap: true,
                  render: (row) => (
                    <>
                      {row.voucherNumber ?? ''}
                      {row.refunds.map((one) => (
                        <div key={one.voucherId} className="faint">
                          {one.on} 退回 {moneyText(one.amountFen)} 元，
                          {may('funds.read') ? (
                            <Link to={`/funds/vouchers/${one.voucherId}` as never}>{one.voucherNumber}</Link>
                          ) : (
                            one.voucherNumber
                          )}
                        </div>
                      ))}
                    </>
                  ),
                },
                {
                  id: 'received',
                  title: '签收',
                  render: (row) =>
                    row.receivedOn
                      ? `${row.receivedOn} ${row.receivedHow === 'hand' ? '手写' : '纸面'}`
                      : row.state === 'paid'
                        ? '未签收'
                        : '',
                },
                {
                  id: 'reason',
                  title: '说明',
                  wrap: true,
                  render: (row) => row.refunds.map((one) => one.reason).join('；') || (row.reason ?? ''),
                },
              ]}
              renderActions={(row) =>
                offered(row).map((deed) => (
                  <Button key={deed} type="link" size="small" onClick={() => setDoing({ deed, share: row })}>
                    {deeds[deed].title}
                  </Button>
                ))
              }
              empty={<Empty small title="名单上没有人" />}
            />
            {(next !== null || after > 0) && (
              <div className="pager">
                <Button disabled={!after} onClick={() => setAfter(0)}>
                  回到开头
                </Button>
                <Button disabled={next === null} onClick={() => setAfter(next!)}>
                  下一页
                </Button>
              </div>
            )}
          </>
        )}
      </Loaded>
      {doing && <DeedDialog {...doing} close={() => setDoing(null)} />}
    </Card>
  )
}

function DeedDialog({ deed, share, close }: { deed: Deed; share: Entitlement; close: () => void }): ReactElement {
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const [refundedOn, setRefundedOn] = useState<string | null>(today())
  const leftFen = share.amountFen - share.refundedFen
  const [amount, setAmount] = useState<unknown>(leftFen)
  const { title, done } = deeds[deed]
  // Money of an earlier year doesn't come off this year's spending: said before it is booked.
  const laterYear = deed === 'refund' && share.paidOn !== null && refundedOn?.slice(0, 4) !== share.paidOn.slice(0, 4)
  return (
    <Dialog
      title={`${title}：${share.personName}`}
      okText={title}
      done={done}
      ready={deed === 'receipt' || Boolean(reason.trim())}
      close={close}
      work={async () => {
        const refunded = { reason, refundedOn, amountFen: amount ?? undefined, seenFen: share.refundedFen }
        const body = deed === 'receipt' ? { how: 'paper' } : deed === 'refund' ? refunded : { reason }
        await post(`/api/aid/entitlements/${share.id}/${deed}`, body)
        await queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('aid-') })
      }}
    >
      {(fields) =>
        deed === 'receipt' ? (
          <p>
            {share.personName}已在纸面签领表上签字，{moneyText(leftFen)} 元。
          </p>
        ) : (
          <>
            <LabelledField id="reason" label="原因" required error={fields['reason']}>
              <Input id="reason" maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
            </LabelledField>
            {deed === 'refund' && (
              <LabelledField
                id="amountFen"
                label="退回金额（元）"
                required
                error={fields['amountFen']}
                help={`发放 ${moneyText(share.amountFen)} 元${share.refundedFen ? `，已退回 ${moneyText(share.refundedFen)} 元` : ''}，最多还能退回 ${moneyText(leftFen)} 元。`}
              >
                <FieldInput
                  id="amountFen"
                  field={field.money('amountFen', '退回金额（元）')}
                  value={amount}
                  onChange={setAmount}
                  invalid={Boolean(fields['amountFen'])}
                />
              </LabelledField>
            )}
            {deed === 'refund' && (
              <LabelledField id="refundedOn" label="退回日期" required error={fields['refundedOn']}>
                <DateInput id="refundedOn" label="退回日期" value={refundedOn} onChange={setRefundedOn} />
              </LabelledField>
            )}
            {laterYear && (
              <Notice>以前年度发放的款项，退回时记入年初余额调整，不冲减今年的支出，也不改发放年度的数。</Notice>
            )}
          </>
        )
      }
    </Dialog>
  )
}
