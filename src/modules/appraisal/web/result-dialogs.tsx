import { useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { addDays } from '../../../kernel/calendar/days.ts'
import { post } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import type { Round } from './shapes.ts'

/** To whom and when the result was reported. */
export function ReportUp({ round, close }: { round: Round; close: () => void }): ReactElement {
  const queries = useQueryClient()
  const [to, setTo] = useState(round.reportedTo ?? '')
  const [on, setOn] = useState<string | null>(round.reportedOn ?? today())
  return (
    <Dialog
      title="登记上报"
      okText="登记"
      done="已登记上报。"
      ready={Boolean(to.trim() && on)}
      close={close}
      work={() =>
        post(`/api/appraisal/rounds/${round.id}/report`, { reportedTo: to.trim(), reportedOn: on }).then(() =>
          queries.invalidateQueries({ queryKey: ['appraisal'] }),
        )
      }
    >
      {(errors) => (
        <>
          <LabelledField id="r-to" label="上报给谁" required error={errors['reportedTo']}>
            <Input id="r-to" value={to} onChange={(event) => setTo(event.target.value)} />
          </LabelledField>
          <LabelledField id="r-on" label="上报日期" required error={errors['reportedOn']}>
            <DateInput id="r-on" label="上报日期" value={on} onChange={setOn} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

/** Onto the board, in sums only. */
export function Publish({ round, close }: { round: Round; close: () => void }): ReactElement {
  const [until, setUntil] = useState<string | null>(addDays(today(), 15))
  return (
    <Dialog
      title="在公开栏公布结果"
      okText="公布"
      done="已在公开栏公布。"
      ready={Boolean(until)}
      close={close}
      work={() => post(`/api/appraisal/rounds/${round.id}/publish`, { untilOn: until })}
    >
      {(errors) => (
        <>
          <p>只公布收发数和合计票数，不公布意见。职工在公开栏上可以提出询问。</p>
          <LabelledField id="p-until" label="公布到" required error={errors['untilOn']}>
            <DateInput id="p-until" label="公布到" value={until} onChange={setUntil} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
