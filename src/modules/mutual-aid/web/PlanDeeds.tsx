import { Radio } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../kernel/register/declaration.ts'
import { post } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, FieldInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { Notice } from '../../../web/ui/states.tsx'
import { moneyText, numberText } from '../../../web/ui/values.tsx'
import type { PlanDesk } from '../contract.ts'

interface Deed {
  desk: PlanDesk
  unitId: number
  close: () => void
}
const of = (desk: PlanDesk, deed: string): string => `/api/mutual-aid/plans/${desk.plan.id}/${deed}`

function Day({
  id,
  label,
  value,
  change,
  error,
  help,
  required = true,
}: {
  id: string
  label: string
  value: string | null
  change: (next: string | null) => void
  error: string | undefined
  help?: string
  required?: boolean
}): ReactElement {
  return (
    <LabelledField id={id} label={label} required={required} error={error} help={help}>
      <DateInput id={id} label={label} value={value} onChange={change} />
    </LabelledField>
  )
}

/** By the roster or person by person; paid straight to the organisation, where that is so. */
export function EnrolDialog({ desk, unitId, close }: Deed): ReactElement {
  const [whom, setWhom] = useState<'roster' | 'one'>('roster')
  const [person, setPerson] = useState<Named | null>(null)
  const [paidOn, setPaidOn] = useState<string | null>(null)
  return (
    <Dialog
      title={`办理参加：${desk.plan.title}`}
      okText="办理"
      ready={whom === 'roster' || person !== null}
      done="已办理，参保台账随之更新。"
      close={close}
      work={() => post(of(desk, 'enrolments'), { unitId, paidOn, ...(whom === 'one' && { personIds: [person!.id] }) })}
    >
      {(errors) => (
        <>
          <Radio.Group
            aria-label="办理方式"
            value={whom}
            onChange={(event) => setWhom(event.target.value as 'roster' | 'one')}
            options={[
              { value: 'roster', label: `按花名册（应参加 ${numberText(desk.due)} 人）` },
              { value: 'one', label: '逐人办理' },
            ]}
          />
          {whom === 'one' && (
            <LabelledField id="person" label="职工" required error={errors['personIds']}>
              <PersonPicker id="person" label="职工" value={person} onChange={setPerson} unitId={unitId} membersOnly />
            </LabelledField>
          )}
          <p>已经参加的不重复。上一期刚结束的算连续参加，没有等待期。</p>
          {desk.plan.kind !== 'internal' && (
            <Day
              id="paidOn"
              label="直接缴费日期"
              value={paidOn}
              change={setPaidOn}
              error={errors['paidOn']}
              required={false}
              help="直接交给承办机构的填；经工会账户收的不填，办理后再点“收缴”。"
            />
          )}
        </>
      )}
    </Dialog>
  )
}

export function RenewDialog({ desk, unitId, close }: Deed): ReactElement {
  const [answer, setAnswer] = useState<{ renewed: number; gone: string[] } | null>(null)
  return (
    <Dialog
      title={`续保：${desk.plan.title}`}
      okText={answer ? '知道了' : '续保'}
      stay={answer === null}
      close={close}
      work={async () =>
        answer
          ? undefined
          : setAnswer(await post<{ renewed: number; gone: string[] }>(of(desk, 'renewals'), { unitId }))
      }
    >
      {() =>
        answer ? (
          <Notice tone={answer.gone.length ? 'warn' : 'good'}>
            已续保 {answer.renewed} 人。
            {answer.gone.length > 0 && `不在花名册上、没有续保的：${answer.gone.join('、')}。`}
          </Notice>
        ) : (
          <p>上一期有 {numberText(desk.renewable)} 人还没有续保。仍在花名册上的转入本期，没有等待期；缴费另行收缴。</p>
        )
      }
    </Dialog>
  )
}

export function CollectDialog({ desk, unitId, close }: Deed): ReactElement {
  const [receivedOn, setReceivedOn] = useState<string | null>(today())
  const { plan } = desk
  const ownFen = plan.premiumFen - plan.unionFen
  const sum = desk.unpaid * (plan.kind === 'internal' ? plan.premiumFen : ownFen)
  return (
    <Dialog
      title={`收缴：${plan.title}`}
      okText="登记并入账"
      ready={receivedOn !== null}
      done="已登记缴费，凭证已记账。"
      close={close}
      work={() => post(of(desk, 'collections'), { unitId, receivedOn })}
    >
      {(errors) => (
        <>
          <p>
            未缴费 {numberText(desk.unpaid)} 人，每人 {moneyText(ownFen)} 元；入账 {moneyText(sum)}{' '}
            元，记入代管经费，不是工会收入。
          </p>
          {plan.kind === 'internal' && plan.unionFen > 0 && (
            <p>工会每人补助 {moneyText(plan.unionFen)} 元，同时从工会经费列支，占预算。</p>
          )}
          <p className="faint">没有交钱的人，请先在名单里移出，或等交齐再登记。</p>
          <Day
            id="receivedOn"
            label="收款日期"
            value={receivedOn}
            change={setReceivedOn}
            error={errors['receivedOn']}
          />
        </>
      )}
    </Dialog>
  )
}

export function HandOverDialog({ desk, unitId, close }: Deed): ReactElement {
  const [handedOn, setHandedOn] = useState<string | null>(today())
  return (
    <Dialog
      title={`上交名单：${desk.plan.title}`}
      okText="上交"
      ready={handedOn !== null}
      done="名单已生成，款项已入账。"
      close={close}
      work={() => post(of(desk, 'handovers'), { unitId, handedOn })}
    >
      {(errors) => (
        <>
          <p>
            {numberText(desk.toHandOver)} 人列入名单交给{desk.plan.organiser}。经工会账户收的钱随名单付出
            {desk.plan.unionFen > 0 && `，工会承担的每人 ${moneyText(desk.plan.unionFen)} 元从工会经费列支，占预算`}。
          </p>
          <Day id="handedOn" label="上交日期" value={handedOn} change={setHandedOn} error={errors['handedOn']} />
        </>
      )}
    </Dialog>
  )
}

export function ReceiveDialog({ desk, unitId, close }: Deed): ReactElement {
  const [receivedOn, setReceivedOn] = useState<string | null>(today())
  const [amount, setAmount] = useState<unknown>(null)
  const [reference, setReference] = useState<unknown>('')
  return (
    <Dialog
      title={`登记理赔拨款：${desk.plan.title}`}
      okText="登记并入账"
      ready={receivedOn !== null && amount !== null}
      done="拨款已入账，可以支付给职工。"
      close={close}
      work={() =>
        post(of(desk, 'receipts'), { unitId, receivedOn, amountFen: amount, reference: String(reference ?? '') })
      }
    >
      {(errors) => (
        <>
          <p>承办机构把补助拨到工会账户、由工会转付的，先在这里登记。直接打给职工本人的不用登记。</p>
          <LabelledField id="amountFen" label="到账金额（元）" required error={errors['amountFen']}>
            <FieldInput
              id="amountFen"
              field={field.money('amountFen', '到账金额（元）')}
              value={amount}
              onChange={setAmount}
              invalid={Boolean(errors['amountFen'])}
            />
          </LabelledField>
          <Day
            id="receivedOn"
            label="到账日期"
            value={receivedOn}
            change={setReceivedOn}
            error={errors['receivedOn']}
          />
          <LabelledField id="reference" label="拨付单号或说明" required error={errors['reference']}>
            <FieldInput
              id="reference"
              field={field.text('reference', '拨付单号或说明')}
              value={reference}
              onChange={setReference}
              invalid={Boolean(errors['reference'])}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
