import { Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { numberText } from '../../../web/ui/values.tsx'
import type { Round } from './shapes.ts'

/** Gives a round up, with the reason. */
export function Abandon({
  address,
  refresh,
  close,
}: {
  address: string
  refresh: () => void
  close: () => void
}): ReactElement {
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title="作废这次评议"
      okText="作废"
      danger
      done="已作废。"
      ready={reason.trim().length > 0}
      close={close}
      work={() => post(`${address}/abandon`, { reason: reason.trim() }).then(refresh)}
    >
      {(errors) => (
        <>
          <p>已发的评议条全部失效，收回的评议票不计票，也不能恢复。</p>
          <LabelledField id="abandon-reason" label="理由" required error={errors['reason']}>
            <Input id="abandon-reason" value={reason} onChange={(event) => setReason(event.target.value)} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

/** Prints slips of one group, or more of them. */
export function Print({
  group,
  close,
  work,
}: {
  group: Round['groups'][number]
  close: () => void
  work: (count: number | null) => Promise<void>
}): ReactElement {
  const [count, setCount] = useState('')
  const again = group.issued > 0
  return (
    <Dialog
      title={`${again ? '补打' : '打印'}评议条：${group.class ?? ''}${group.name}`}
      okText="生成评议条"
      ready={!again || Number(count) > 0}
      close={close}
      work={() => work(again ? Number(count) : null)}
    >
      {(errors) => (
        <>
          <p>
            评议条只在这一次显示，系统里不保存，请马上打印。裁开后打乱顺序，正面朝下让评议人自己抽取，不登记谁拿了哪一张。
          </p>
          {again ? (
            <LabelledField id="slip-count" label="补打张数" required error={errors['count']}>
              <Input
                id="slip-count"
                inputMode="numeric"
                value={count}
                onChange={(event) => setCount(event.target.value)}
              />
            </LabelledField>
          ) : (
            <p className="quiet">将生成 {numberText(group.planned)} 张。</p>
          )}
        </>
      )}
    </Dialog>
  )
}
