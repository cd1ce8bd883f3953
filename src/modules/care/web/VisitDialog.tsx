import { Checkbox, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import { LEADERS } from '../words.ts'
import type { EventDetail } from './shapes.ts'

export interface Visited {
  recordId: number
  warnings: { sentence: string }[]
}

/** What the visit brought and who went; where the union keeps a book, its money is asked for in the same deed. */
export function VisitDialog({
  event,
  close,
}: {
  event: EventDetail
  close: (visited?: Visited) => void
}): ReactElement {
  const [visitedOn, setVisitedOn] = useState<string | null>(today())
  const [amount, setAmount] = useState('')
  const [gift, setGift] = useState('')
  const [giftValue, setGiftValue] = useState('')
  const [ledBy, setLedBy] = useState<string | null>(null)
  const [visitors, setVisitors] = useState('')
  const [followUp, setFollowUp] = useState('')
  const [giftBought, setGiftBought] = useState(false)
  const [payee, setPayee] = useState(event.personName)
  const [method, setMethod] = useState<'transfer' | 'cash'>('transfer')
  const [confirmed, setConfirmed] = useState(false)
  const [overReason, setOverReason] = useState('')
  const [signedBy, setSignedBy] = useState('')
  const [visited, setVisited] = useState<Visited>()
  const fen = (text: string): number | null => (text.trim() ? parseNumber('money', text) : 0)
  return (
    <Dialog
      title={`登记走访：${event.personName}`}
      okText="登记"
      done={event.state === 'open' ? '走访已登记，待办已消除。' : '走访已更正。'}
      ready={Boolean(visitedOn && ledBy && visitors.trim())}
      close={() => close(visited)}
      work={async () => {
        const answer = await post<Visited>(`/api/care/events/${event.id}/visit`, {
          visitedOn,
          amountFen: fen(amount),
          giftValueFen: fen(giftValue),
          ...(gift.trim() && { gift }),
          ledBy,
          visitors,
          ...(followUp.trim() && { followUp }),
          giftBought,
          method,
          confirmed,
          ...(payee.trim() && { payee }),
          ...(overReason.trim() && { overReason }),
          ...(signedBy.trim() && { signedBy }),
        })
        setVisited(answer)
        close(answer)
      }}
    >
      {(fields) => (
        <div className="fields">
          <LabelledField id="visitedOn" label="走访日期" required error={fields['visitedOn']}>
            <DateInput id="visitedOn" label="走访日期" value={visitedOn} onChange={setVisitedOn} />
          </LabelledField>
          <LabelledField id="ledBy" label="带队人" required error={fields['ledBy']}>
            <Select
              id="ledBy"
              aria-label="带队人"
              placeholder="请选择"
              value={ledBy}
              options={LEADERS.map((value) => ({ value, label: value }))}
              onChange={setLedBy}
            />
          </LabelledField>
          <LabelledField id="visitors" label="走访人" required error={fields['visitors']}>
            <Input id="visitors" maxLength={100} value={visitors} onChange={(one) => setVisitors(one.target.value)} />
          </LabelledField>
          <LabelledField id="amount" label="慰问金（元）" error={fields['amountFen']}>
            <Input id="amount" inputMode="decimal" value={amount} onChange={(one) => setAmount(one.target.value)} />
          </LabelledField>
          <LabelledField id="gift" label="慰问品" error={fields['gift']}>
            <Input id="gift" maxLength={80} value={gift} onChange={(one) => setGift(one.target.value)} />
          </LabelledField>
          <LabelledField id="giftValue" label="慰问品折价（元）" error={fields['giftValueFen']}>
            <Input
              id="giftValue"
              inputMode="decimal"
              value={giftValue}
              onChange={(one) => setGiftValue(one.target.value)}
            />
          </LabelledField>
          {giftValue.trim() !== '' && (
            <Checkbox checked={giftBought} onChange={(one) => setGiftBought(one.target.checked)}>
              慰问品为这次购买，随慰问金一并报销
            </Checkbox>
          )}
          {(amount.trim() !== '' || giftBought) && (
            <>
              <LabelledField id="payee" label="收款人" error={fields['payee']} help="垫付的，填垫付人。">
                <Input id="payee" maxLength={60} value={payee} onChange={(one) => setPayee(one.target.value)} />
              </LabelledField>
              <LabelledField id="method" label="付款方式" error={fields['method']}>
                <Select
                  id="method"
                  aria-label="付款方式"
                  value={method}
                  options={[
                    { value: 'transfer', label: '银行转账' },
                    { value: 'cash', label: '现金' },
                  ]}
                  onChange={setMethod}
                />
              </LabelledField>
              <LabelledField
                id="overReason"
                label="超标准原因"
                error={fields['overReason']}
                help="没有超过慰问标准的不填。"
              >
                <Input
                  id="overReason"
                  maxLength={100}
                  value={overReason}
                  onChange={(one) => setOverReason(one.target.value)}
                />
              </LabelledField>
              <LabelledField id="confirmed" label="用途确认" error={fields['confirmed']}>
                <Checkbox id="confirmed" checked={confirmed} onChange={(one) => setConfirmed(one.target.checked)}>
                  对象和用途属实，不属于“八不准”
                </Checkbox>
              </LabelledField>
            </>
          )}
          <LabelledField id="signedBy" label="签收人" error={fields['signedBy']} help="当场签收的填写；也可以以后补。">
            <Input id="signedBy" maxLength={30} value={signedBy} onChange={(one) => setSignedBy(one.target.value)} />
          </LabelledField>
          <LabelledField id="followUp" label="后续事项" error={fields['followUp']} help="例如 协助办理医疗互助申请。">
            <Input.TextArea
              id="followUp"
              maxLength={500}
              autoSize={{ minRows: 2 }}
              value={followUp}
              onChange={(one) => setFollowUp(one.target.value)}
            />
          </LabelledField>
        </div>
      )}
    </Dialog>
  )
}
