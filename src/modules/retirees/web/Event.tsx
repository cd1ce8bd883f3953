import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../kernel/register/declaration.ts'
import { get, post } from '../../../web/api.ts'
import { useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { FieldInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded, Problem } from '../../../web/ui/states.tsx'
import { moneyText, StatusTag } from '../../../web/ui/values.tsx'
import { EVENT_KINDS, VISIT_FORMS, type Attendance, type EventDetail } from '../contract.ts'
import { EventMoneyCard } from './EventMoney.tsx'

const DONE = { activity: '参加了', visit: '走访到', gift: '领到了' } as const

/** One event and its list: who was asked, who came, what was brought. */
export function EventPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const event = useQuery({
    queryKey: ['retirees-event', id],
    queryFn: () => get<EventDetail>(`/api/retirees/events/${id}`),
  })
  return <Loaded query={event}>{(shown) => <Shown event={shown} />}</Loaded>
}

function Shown({ event }: { event: EventDetail }): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  const [visiting, setVisiting] = useState<Attendance | null>(null)
  const write = may('retirees.write')
  const refresh = (): void => {
    setError(null)
    setVisiting(null)
    for (const key of ['retirees-event', 'retirees-events']) void queries.invalidateQueries({ queryKey: [key] })
  }
  const mark = (marks: object[]): void =>
    void post(`/api/retirees/events/${event.id}/marks`, { marks }).then(refresh, setError)
  const uninvited = event.rows.filter((row) => !row.invited)
  return (
    <Page
      title={event.title}
      crumbs={[{ title: '退休职工', to: '/retirees?tab=events' }]}
      help={`${EVENT_KINDS[event.kind]} · ${event.onDay} · ${event.unitName}`}
      actions={
        write &&
        event.kind === 'activity' &&
        uninvited.length > 0 && (
          <Button onClick={() => mark(uninvited.map((row) => ({ personId: row.personId, invited: true })))}>
            全部已邀请
          </Button>
        )
      }
    >
      {error !== null && <Problem error={error} />}
      <Card>
        <Facts
          items={[
            { label: '名单', value: `${event.due} 人` },
            ...(event.kind === 'activity' ? [{ label: '已邀请', value: `${event.invited} 人` }] : []),
            { label: DONE[event.kind], value: `${event.done} 人` },
          ]}
        />
      </Card>
      {event.kind === 'activity' && <EventMoneyCard event={event} changed={refresh} />}
      <section className="card">
        <DataTable
          caption="名单"
          rows={event.rows}
          rowKey={(row) => row.personId}
          columns={[
            { id: 'name', title: '姓名', lead: true, render: (row) => row.name },
            { id: 'unit', title: '单位', wrap: true, render: (row) => row.unitName },
            { id: 'status', title: '身份', render: (row) => row.status },
            {
              id: 'done',
              title: '情况',
              wrap: true,
              render: (row) =>
                row.done ? (
                  <>
                    <StatusTag text={DONE[event.kind]} tone="good" /> {row.form}
                    {row.amountFen > 0 && ` ${moneyText(row.amountFen)} 元`}
                    {row.note && `，${row.note}`}
                  </>
                ) : row.invited ? (
                  <StatusTag text="已邀请" tone="info" />
                ) : (
                  ''
                ),
            },
          ]}
          {...(write && {
            renderActions: (row: Attendance) => (
              <Button
                size="small"
                onClick={() =>
                  event.kind === 'visit' && !row.done
                    ? setVisiting(row)
                    : mark([{ personId: row.personId, done: !row.done }])
                }
              >
                {row.done ? '更正为没有' : DONE[event.kind]}
              </Button>
            ),
          })}
          empty={<Empty title="名单是空的" />}
        />
      </section>
      {visiting && <VisitDialog event={event} row={visiting} close={refresh} />}
    </Page>
  )
}

function VisitDialog({ event, row, close }: { event: EventDetail; row: Attendance; close: () => void }): ReactElement {
  const [form, setForm] = useState<(typeof VISIT_FORMS)[number]>('上门走访')
  const [amount, setAmount] = useState<unknown>(null)
  const [note, setNote] = useState<unknown>(null)
  return (
    <Dialog
      title={`登记走访：${row.name}`}
      okText="登记"
      done="走访已登记。"
      close={close}
      work={() =>
        post(`/api/retirees/events/${event.id}/marks`, {
          marks: [
            {
              personId: row.personId,
              done: true,
              form,
              ...(amount === null || amount === undefined ? {} : { amountFen: amount }),
              ...(note ? { note } : {}),
            },
          ],
        })
      }
    >
      {(errors) => (
        <>
          <LabelledField id="form" label="形式" required>
            <Select
              id="form"
              aria-label="形式"
              value={form}
              options={VISIT_FORMS.map((value) => ({ value, label: value }))}
              onChange={setForm}
            />
          </LabelledField>
          <LabelledField id="amountFen" label="慰问金（元）" error={errors['marks.0.amountFen']}>
            <FieldInput
              id="amountFen"
              field={field.money('amountFen', '慰问金（元）')}
              value={amount}
              onChange={setAmount}
              invalid={Boolean(errors['marks.0.amountFen'])}
            />
          </LabelledField>
          <LabelledField id="note" label="意见建议" help="不要写病情。">
            <FieldInput
              id="note"
              field={field.text('note', '意见建议')}
              value={note}
              onChange={setNote}
              invalid={false}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
