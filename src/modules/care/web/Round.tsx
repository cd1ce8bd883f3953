import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Checkbox, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Loaded, Notice } from '../../../web/ui/states.tsx'
import { Timeline } from '../../../web/ui/Timeline.tsx'
import { MoneyText, numberText, StatusTag } from '../../../web/ui/values.tsx'
import { ROLLS } from '../../members/words.ts'
import { REQUEST_WORDS } from '../../funds/words.ts'
import { ROUND_STATES, SOURCES } from '../words.ts'
import { HandOutDesk } from './HandOutDesk.tsx'
import { ROUND_TONES, type RoundDetail as Shape } from './round-shapes.ts'

/** One round: what is given, what the rules say to it, the desk and the roster. */
export function RoundDetail(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const round = useQuery({ queryKey: ['care-round', id], queryFn: () => get<Shape>(`/api/care/rounds/${id}`) })
  return <Loaded query={round}>{(shown) => <Shown round={shown} />}</Loaded>
}

function Shown({ round }: { round: Shape }): ReactElement {
  const queries = useQueryClient()
  const [dialog, setDialog] = useState<'open' | 'close' | 'cancel' | null>(null)
  const changed = (): void => {
    for (const key of ['care-round', 'care-rounds', 'care-entries']) void queries.invalidateQueries({ queryKey: [key] })
  }
  const close = (): void => {
    setDialog(null)
    changed()
  }
  const { money } = round
  return (
    <Page
      title={round.title}
      crumbs={[{ title: '节日和生日慰问', to: '/care/rounds' }]}
      help={
        <span className="row">
          <StatusTag text={ROUND_STATES[round.state]} tone={ROUND_TONES[round.state]} /> {round.unitName} · 已领{' '}
          {numberText(round.taken)} 人，名单 {numberText(round.people)} 人
        </span>
      }
      actions={
        round.mayRun && (
          <>
            {(round.state === 'draft' || (round.state === 'open' && round.taken === 0)) && (
              <Button onClick={() => setDialog('cancel')}>取消</Button>
            )}
            {round.state === 'draft' && (
              <Button type="primary" onClick={() => setDialog('open')}>
                开始发放
              </Button>
            )}
            {round.state === 'open' && <Button onClick={() => setDialog('close')}>结束发放</Button>}
          </>
        )
      }
    >
      {round.remarks.map((remark) => (
        <Notice key={remark.title} tone={remark.blocks ? 'bad' : 'warn'}>
          <b>{remark.title}</b>
          {remark.steps.map((step) => (
            <div key={step}>{step}</div>
          ))}
        </Notice>
      ))}
      {round.state === 'open' && <HandOutDesk roundId={round.id} changed={changed} />}
      <Card title="发放内容">
        <Facts
          items={[
            { label: '慰问品', value: round.gift },
            { label: '每份金额', value: round.valueFen ? <MoneyText fen={round.valueFen} /> : '未填' },
            { label: '范围', value: ROLLS[round.roll] },
            { label: '日期', value: `${round.startOn} 至 ${round.untilOn}` },
            { label: '地点', value: round.place },
            { label: '来源', value: SOURCES[round.source] },
            ...(round.overReason ? [{ label: '超标准原因', value: round.overReason, whole: true }] : []),
            ...(money
              ? [
                  {
                    label: '采购款',
                    value: (
                      <span className="row">
                        <Link to={`/funds/spending/${money.requestId}` as never}>
                          <MoneyText fen={money.amountFen} />
                        </Link>
                        <StatusTag text={REQUEST_WORDS[money.state]} tone={money.state === 'paid' ? 'good' : 'info'} />
                        {money.voucherId && (
                          <Link to={`/funds/vouchers/${money.voucherId}` as never}>{money.voucherNumber}</Link>
                        )}
                      </span>
                    ),
                  },
                ]
              : []),
            ...(round.returned ? [{ label: '退回库存', value: numberText(round.returned) }] : []),
            ...(round.reason ? [{ label: '取消原因', value: round.reason, whole: true }] : []),
          ]}
        />
      </Card>
      {round.state !== 'open' && <HandOutDesk roundId={round.id} changed={changed} readOnly />}
      <Card title="办理记录">
        <Timeline acts={round.acts} />
      </Card>
      {dialog === 'open' && <OpenDialog round={round} close={close} />}
      {dialog === 'close' && (
        <Dialog
          title="结束发放"
          okText="结束"
          done="已结束。"
          close={close}
          work={() => post(`/api/care/rounds/${round.id}/close`)}
        >
          {() => (
            <p>
              还有 {numberText(round.people - round.taken)} 人没有领取。
              {round.source === 'stock' && '没领完的退回库存。'}结束后不能再登记。
            </p>
          )}
        </Dialog>
      )}
      {dialog === 'cancel' && <CancelDialog round={round} close={close} />}
    </Page>
  )
}

function OpenDialog({ round, close }: { round: Shape; close: () => void }): ReactElement {
  const [confirmed, setConfirmed] = useState(false)
  const [overReason, setOverReason] = useState('')
  return (
    <Dialog
      title="开始发放"
      okText="开始"
      done="已开始，会员在手机上能看到领取号。"
      close={close}
      work={() => post(`/api/care/rounds/${round.id}/open`, { confirmed, ...(overReason.trim() && { overReason }) })}
    >
      {(fields) => (
        <div className="fields">
          <p className="whole">
            名单 {numberText(round.people)} 人{round.source === 'request' && '，采购款将提交支出申请'}
            {round.source === 'stock' && '，物品将从库存领出'}。
          </p>
          {round.remarks.length > 0 && (
            <LabelledField id="overReason" label="与规定不一致的原因" required error={fields['overReason']}>
              <Input
                id="overReason"
                maxLength={100}
                value={overReason}
                onChange={(one) => setOverReason(one.target.value)}
              />
            </LabelledField>
          )}
          {round.source === 'request' && (
            <LabelledField id="confirmed" label="用途确认" error={fields['confirmed']}>
              <Checkbox id="confirmed" checked={confirmed} onChange={(one) => setConfirmed(one.target.checked)}>
                对象和用途属实，不属于“八不准”
              </Checkbox>
            </LabelledField>
          )}
        </div>
      )}
    </Dialog>
  )
}

function CancelDialog({ round, close }: { round: Shape; close: () => void }): ReactElement {
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title="取消发放"
      okText="取消发放"
      danger
      done="已取消。"
      ready={reason.trim() !== ''}
      close={close}
      work={() => post(`/api/care/rounds/${round.id}/cancel`, { reason })}
    >
      {(fields) => (
        <LabelledField id="reason" label="原因" required error={fields['reason']}>
          <Input id="reason" maxLength={200} value={reason} onChange={(one) => setReason(one.target.value)} />
        </LabelledField>
      )}
    </Dialog>
  )
}
