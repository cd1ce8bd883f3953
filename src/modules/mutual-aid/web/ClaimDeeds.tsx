import { Input, Radio } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { moneyText } from '../../../web/ui/values.tsx'
import type { ClaimDetail } from './shapes.ts'

interface Deed {
  claim: ClaimDetail
  close: () => void
}

export function PayDialog({ claim, close }: Deed): ReactElement {
  const [paidOn, setPaidOn] = useState<string | null>(today())
  const [through, setThrough] = useState<'account' | 'direct'>(claim.planKind === 'internal' ? 'account' : 'direct')
  return (
    <Dialog
      title={`登记支付：${moneyText(claim.approvedFen ?? 0)} 元`}
      okText="登记"
      ready={paidOn !== null}
      done="支付已登记。"
      close={close}
      work={() => post(`/api/mutual-aid/claims/${claim.id}/payment`, { paidOn, through })}
    >
      {(errors) => (
        <>
          {claim.planKind === 'organisation' ? (
            <LabelledField id="through" label="怎样支付" required error={errors['through']}>
              <Radio.Group
                id="through"
                aria-label="怎样支付"
                value={through}
                onChange={(event) => setThrough(event.target.value as 'account' | 'direct')}
                options={[
                  { value: 'direct', label: '承办机构直接打给本人' },
                  { value: 'account', label: '拨款到工会，由工会转付' },
                ]}
              />
            </LabelledField>
          ) : (
            <p>
              {claim.planKind === 'internal'
                ? '从工会代管的互助金支付，凭证同时记账。'
                : '由保险机构直接赔付本人，工会只登记结果。'}
            </p>
          )}
          <LabelledField id="paidOn" label="到账日期" required error={errors['paidOn']}>
            <DateInput id="paidOn" label="到账日期" value={paidOn} onChange={setPaidOn} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

function Words({
  id,
  label,
  most,
  value,
  change,
  error,
}: {
  id: string
  label: string
  most: number
  value: string
  change: (next: string) => void
  error: string | undefined
}): ReactElement {
  return (
    <LabelledField id={id} label={label} required error={error}>
      <Input.TextArea
        id={id}
        maxLength={most}
        autoSize={{ minRows: 2 }}
        value={value}
        onChange={(event) => change(event.target.value)}
      />
    </LabelledField>
  )
}

/** The bank sent the money back: it is held for the plan again, and the claim waits to be paid. */
export function BankReturnDialog({ claim, close }: Deed): ReactElement {
  const [returnedOn, setReturnedOn] = useState<string | null>(today())
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title={`登记退汇：${moneyText(claim.paidFen ?? 0)} 元`}
      okText="退汇入账"
      ready={returnedOn !== null && reason.trim() !== ''}
      done="退汇已入账，核对账号后可以再次支付。"
      close={close}
      work={() => post(`/api/mutual-aid/claims/${claim.id}/payment/return`, { returnedOn, reason })}
    >
      {(errors) => (
        <>
          <p>银行退回的款项记回代管经费，这件申请回到“待支付”，核对收款账号后再次支付。原来的凭证保留。</p>
          <LabelledField id="returnedOn" label="退汇日期" required error={errors['returnedOn']}>
            <DateInput id="returnedOn" label="退汇日期" value={returnedOn} onChange={setReturnedOn} />
          </LabelledField>
          <Words id="reason" label="退汇的原因" most={100} value={reason} change={setReason} error={errors['reason']} />
        </>
      )}
    </Dialog>
  )
}

export function SampleDialog({ claim, close }: Deed): ReactElement {
  const [outcome, setOutcome] = useState<'sound' | 'fault'>('sound')
  const [words, setWords] = useState('')
  return (
    <Dialog
      title={`抽查复核：${claim.personName}`}
      okText="登记"
      ready={words.trim() !== ''}
      done="抽查已登记。"
      close={close}
      work={() => post(`/api/mutual-aid/claims/${claim.id}/sample`, { outcome, words })}
    >
      {(errors) => (
        <>
          <p>请核对原件。初审和审批这件申请的人不能复查。</p>
          <Radio.Group
            aria-label="复查结论"
            value={outcome}
            onChange={(event) => setOutcome(event.target.value as 'sound' | 'fault')}
            options={[
              { value: 'sound', label: '属实，可以支付' },
              { value: 'fault', label: '有问题，退回重新审批' },
            ]}
          />
          <Words id="words" label="复查情况" most={300} value={words} change={setWords} error={errors['words']} />
        </>
      )}
    </Dialog>
  )
}

export function AppealDialog({ claim, close }: Deed): ReactElement {
  const [grounds, setGrounds] = useState('')
  return (
    <Dialog
      title="申诉"
      okText="提出申诉"
      ready={grounds.trim() !== ''}
      done="申诉已提交，由没有办理过这件申请的人决定。"
      close={close}
      work={() => post(`/api/mutual-aid/claims/${claim.id}/appeal`, { grounds })}
    >
      {(errors) => (
        <Words
          id="grounds"
          label="申诉的理由"
          most={500}
          value={grounds}
          change={setGrounds}
          error={errors['grounds']}
        />
      )}
    </Dialog>
  )
}
