import { Link } from '@tanstack/react-router'
import { Button, Checkbox, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../kernel/register/declaration.ts'
import { post } from '../../../web/api.ts'
import { useMay } from '../../../web/session.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { FieldInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card, Facts } from '../../../web/ui/Page.tsx'
import { moneyText, StatusTag } from '../../../web/ui/values.tsx'
import { METHODS, REQUEST_WORDS, type Method } from '../../funds/words.ts'
import type { EventDetail } from '../contract.ts'

const tones = { paid: 'good', refused: 'bad', cancelled: 'bad' } as const

/** An activity's money: asked for, signed and paid in the union's funds; what was paid is its cost. */
export function EventMoneyCard({ event, changed }: { event: EventDetail; changed: () => void }): ReactElement {
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const { money } = event
  const over = money?.state === 'refused' || money?.state === 'cancelled'
  return (
    <Card
      title="活动经费"
      aside={
        may('retirees.write') &&
        may('funds.apply') &&
        (!money || over) && (
          <Button size="small" onClick={() => setAsking(true)}>
            申请经费
          </Button>
        )
      }
    >
      <Facts
        items={[
          { label: '支出', value: event.costFen ? `${moneyText(event.costFen)} 元` : '还没有支出' },
          ...(money
            ? [
                {
                  label: '支出申请',
                  value: (
                    <span className="row">
                      <Link to={`/funds/spending/${money.requestId}` as never}>
                        第 {money.requestId} 号，{moneyText(money.amountFen)} 元
                      </Link>
                      <StatusTag
                        text={REQUEST_WORDS[money.state]}
                        tone={(tones as Partial<Record<string, 'good' | 'bad'>>)[money.state] ?? 'info'}
                      />
                    </span>
                  ),
                },
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
              ]
            : []),
        ]}
      />
      {asking && (
        <AskDialog
          event={event}
          close={() => {
            setAsking(false)
            changed()
          }}
        />
      )}
    </Card>
  )
}

function AskDialog({ event, close }: { event: EventDetail; close: () => void }): ReactElement {
  const [amount, setAmount] = useState<unknown>(null)
  const [payee, setPayee] = useState<unknown>(null)
  const [method, setMethod] = useState<Method>('transfer')
  const [confirmed, setConfirmed] = useState(false)
  return (
    <Dialog
      title={`申请经费：${event.title}`}
      okText="提交申请"
      done="已提交，由会计审核、领导审批后付款。"
      close={close}
      work={() =>
        post(`/api/retirees/events/${event.id}/money`, {
          amountFen: amount ?? undefined,
          payee: payee ?? '',
          method,
          confirmed,
        })
      }
    >
      {(errors) => (
        <>
          <LabelledField id="amountFen" label="金额（元）" required error={errors['amountFen']}>
            <FieldInput
              id="amountFen"
              field={field.money('amountFen', '金额（元）')}
              value={amount}
              onChange={setAmount}
              invalid={Boolean(errors['amountFen'])}
            />
          </LabelledField>
          <LabelledField id="payee" label="收款人" required error={errors['payee']} help="收钱的单位或个人。">
            <FieldInput
              id="payee"
              field={field.text('payee', '收款人')}
              value={payee}
              onChange={setPayee}
              invalid={Boolean(errors['payee'])}
            />
          </LabelledField>
          <LabelledField id="method" label="付款方式" required>
            <Select
              id="method"
              aria-label="付款方式"
              value={method}
              options={Object.entries(METHODS).map(([value, label]) => ({ value: value as Method, label }))}
              onChange={setMethod}
            />
          </LabelledField>
          <LabelledField id="confirmed" label="八不准" required error={errors['confirmed']}>
            <Checkbox id="confirmed" checked={confirmed} onChange={(event) => setConfirmed(event.target.checked)}>
              对象和用途属实，不属于“八不准”
            </Checkbox>
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
