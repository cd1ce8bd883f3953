import { Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import { Card, Facts } from '../../../web/ui/Page.tsx'
import { SignaturePad, signatureForm } from '../../../web/ui/SignaturePad.tsx'
import { Notice } from '../../../web/ui/states.tsx'
import { MoneyText, StatusTag } from '../../../web/ui/values.tsx'
import { REQUEST_WORDS } from '../../funds/words.ts'
import type { EventDetail, EventMoney } from './shapes.ts'

/** The visit's money: the request, the voucher, what came back, and who signed for it. */
export function EventMoneyCard({ event, changed }: { event: EventDetail; changed: () => void }): ReactElement {
  const [dialog, setDialog] = useState<'receipt' | 'refund' | null>(null)
  const { money } = event
  const close = (): void => {
    setDialog(null)
    changed()
  }
  return (
    <Card
      title="慰问金和签收"
      aside={
        <span className="row">
          {money?.mayRefund && money.refundedFen < money.amountFen && (
            <Button size="small" onClick={() => setDialog('refund')}>
              登记退回
            </Button>
          )}
          {event.mayVisit && (
            <Button size="small" onClick={() => setDialog('receipt')}>
              {event.signedBy ? '重新签收' : '签收'}
            </Button>
          )}
        </span>
      }
    >
      <Facts
        items={[
          ...(money
            ? [
                {
                  label: '支出申请',
                  value: (
                    <span className="row">
                      <Link to={`/funds/spending/${money.requestId}` as never}>第 {money.requestId} 号</Link>
                      <StatusTag
                        text={REQUEST_WORDS[money.state]}
                        tone={money.state === 'paid' ? 'good' : money.state === 'refused' ? 'bad' : 'info'}
                      />
                    </span>
                  ),
                },
                { label: '金额', value: <MoneyText fen={money.amountFen} /> },
                {
                  label: '凭证',
                  value: money.voucherId ? (
                    <Link to={`/funds/vouchers/${money.voucherId}` as never}>
                      {money.voucherNumber}，{money.paidOn}
                    </Link>
                  ) : (
                    '还没有付款'
                  ),
                },
                ...(money.refundedFen ? [{ label: '已退回', value: <MoneyText fen={money.refundedFen} /> }] : []),
              ]
            : [{ label: '慰问金', value: '没有从账上支出' }]),
          { label: '签收', value: event.signedBy ? `${event.signedBy}，${event.signedOn}` : '还没有签收' },
        ]}
      />
      {dialog === 'receipt' && <ReceiptDialog event={event} close={close} />}
      {dialog === 'refund' && money && <RefundDialog event={event} money={money} close={close} />}
    </Card>
  )
}

function ReceiptDialog({ event, close }: { event: EventDetail; close: () => void }): ReactElement {
  const [signedBy, setSignedBy] = useState(event.personName)
  const [on, setOn] = useState<string | null>(today())
  const [picture, setPicture] = useState<Blob | null>(null)
  return (
    <Dialog
      title="签收"
      okText="确定"
      done="已签收。"
      ready={Boolean(signedBy.trim() && on)}
      close={close}
      work={async () => {
        await post(`/api/care/events/${event.id}/receipt`, { signedBy, on })
        if (picture) await post('/api/files', signatureForm('care-event', event.id, signedBy.trim(), picture))
      }}
    >
      {(fields) => (
        <div className="fields">
          <LabelledField id="signedBy" label="签收人" required error={fields['signedBy']}>
            <Input id="signedBy" maxLength={30} value={signedBy} onChange={(one) => setSignedBy(one.target.value)} />
          </LabelledField>
          <LabelledField id="on" label="签收日期" required error={fields['on']}>
            <DateInput id="on" label="签收日期" value={on} onChange={setOn} />
          </LabelledField>
          <SignaturePad label="签名" onChange={setPicture} />
        </div>
      )}
    </Dialog>
  )
}

function RefundDialog({
  event,
  money,
  close,
}: {
  event: EventDetail
  money: EventMoney
  close: () => void
}): ReactElement {
  const [on, setOn] = useState<string | null>(today())
  const [amount, setAmount] = useState(String((money.amountFen - money.refundedFen) / 100))
  const [reason, setReason] = useState('')
  const later = money.paidOn !== null && on !== null && on.slice(0, 4) !== money.paidOn.slice(0, 4)
  return (
    <Dialog
      title="登记退回的慰问金"
      okText="退回入账"
      done={later ? '已入账，记入年初余额调整。' : '已入账，慰问金已相应减少。'}
      ready={Boolean(on && reason.trim())}
      close={close}
      work={() => post(`/api/care/events/${event.id}/refunds`, { on, amountFen: parseNumber('money', amount), reason })}
    >
      {(fields) => (
        <div className="fields">
          <LabelledField id="on" label="退回日期" required error={fields['on']}>
            <DateInput id="on" label="退回日期" value={on} onChange={setOn} />
          </LabelledField>
          <LabelledField id="amountFen" label="退回金额（元）" required error={fields['amountFen']}>
            <Input id="amountFen" inputMode="decimal" value={amount} onChange={(one) => setAmount(one.target.value)} />
          </LabelledField>
          <LabelledField id="reason" label="退回原因" required error={fields['reason']}>
            <Input id="reason" maxLength={100} value={reason} onChange={(one) => setReason(one.target.value)} />
          </LabelledField>
          {later && (
            <Notice>以前年度付出的慰问金，退回时记入年初余额调整，不冲减今年的支出，也不改付款年度的数。</Notice>
          )}
        </div>
      )}
    </Dialog>
  )
}
