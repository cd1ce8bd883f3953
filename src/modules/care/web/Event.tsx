import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { Attachments } from '../../../web/ui/Attachments.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Loaded, Notice } from '../../../web/ui/states.tsx'
import { Timeline } from '../../../web/ui/Timeline.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { EventMoneyCard } from './EventMoney.tsx'
import { standing, whose, type EventDetail as Shape } from './shapes.ts'
import { VisitDialog } from './VisitDialog.tsx'

/** One event: what happened, until when somebody must go, and the visit that settles it. */
export function EventDetail(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const event = useQuery({ queryKey: ['care-event', id], queryFn: () => get<Shape>(`/api/care/events/${id}`) })
  return <Loaded query={event}>{(shown) => <Shown event={shown} />}</Loaded>
}

function Shown({ event }: { event: Shape }): ReactElement {
  const queries = useQueryClient()
  const [dialog, setDialog] = useState<'visit' | 'waive' | null>(null)
  const [remarks, setRemarks] = useState<string[]>([])
  const open = event.state === 'open' && event.mayVisit
  const turnedDown = event.mayVisit && (event.money?.state === 'refused' || event.money?.state === 'cancelled')
  const { text, tone } = standing(event)
  const close = (): void => {
    setDialog(null)
    for (const key of ['care-event', 'care-events', 'care-coverage', 'todos', 'files'])
      void queries.invalidateQueries({ queryKey: [key] })
  }
  return (
    <Page
      title={`${event.personName}：${whose(event)}`}
      crumbs={[{ title: '走访事项', to: '/care/events' }]}
      help={
        <span className="row">
          <StatusTag text={text} tone={tone} /> {event.unitName}
          {event.dueOn && ` · 应在 ${event.dueOn} 前走访`}
        </span>
      }
      actions={
        turnedDown ? (
          <Button type="primary" onClick={() => setDialog('visit')}>
            更正走访
          </Button>
        ) : (
          open && (
            <>
              <Button onClick={() => setDialog('waive')}>不再走访</Button>
              <Button type="primary" onClick={() => setDialog('visit')}>
                登记走访
              </Button>
            </>
          )
        )
      }
    >
      {remarks.map((sentence) => (
        <Notice key={sentence} tone="warn">
          {sentence}
        </Notice>
      ))}
      <Card title="事项">
        <Facts
          items={[
            { label: '职工状况', value: event.status },
            { label: '发生日期', value: event.happenedOn },
            { label: '得知日期', value: event.knownOn },
            {
              label: '依据',
              value: event.system ? `${event.system}，由${event.visitor}走访` : '未规定必访，可自愿走访',
            },
            { label: '看望地点', value: event.place },
            { label: '走访日期', value: event.visitedOn ?? '还没有走访' },
            { label: '情况说明', value: event.note, whole: true },
            ...(event.reason ? [{ label: '不再走访的原因', value: event.reason, whole: true }] : []),
          ]}
        />
      </Card>
      {event.state === 'visited' && <EventMoneyCard event={event} changed={close} />}
      <Card title="照片和签收单" flush>
        <Attachments objectKind="care-event" objectId={event.id} mayChange={event.mayVisit} />
      </Card>
      <Card title="办理记录">
        <Timeline acts={event.acts} />
      </Card>
      {dialog === 'visit' && (
        <VisitDialog
          event={event}
          close={(visited) => {
            if (visited) setRemarks(visited.warnings.map((warning) => warning.sentence))
            close()
          }}
        />
      )}
      {dialog === 'waive' && <WaiveDialog event={event} close={close} />}
    </Page>
  )
}

function WaiveDialog({ event, close }: { event: Shape; close: () => void }): ReactElement {
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title={`不再走访：${event.personName}`}
      okText="确定"
      danger
      ready={reason.trim() !== ''}
      done="已注明。这件事仍计入应访。"
      close={close}
      work={() => post(`/api/care/events/${event.id}/waive`, { reason })}
    >
      {(fields) => (
        <LabelledField id="reason" label="原因" required error={fields['reason']}>
          <Input
            id="reason"
            maxLength={200}
            placeholder="例如 本人谢绝探望"
            value={reason}
            onChange={(one) => setReason(one.target.value)}
          />
        </LabelledField>
      )}
    </Dialog>
  )
}
