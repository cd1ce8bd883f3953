import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { field, type Field } from '../../../kernel/register/declaration.ts'
import { get, post } from '../../../web/api.ts'
import { today, useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { FieldInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import {
  ACTIVITY_FORMS,
  ACTIVITY_KINDS,
  EVENT_KINDS,
  FESTIVALS,
  GIFT_KINDS,
  LEADERS,
  type EventKind,
  type EventRow,
} from '../contract.ts'

/** Outings, rounds of visits and things handed out, each with its list. */
export function Events({ unitId }: { unitId: number }): ReactElement {
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const events = useQuery({
    queryKey: ['retirees-events', unitId],
    queryFn: () => get<{ rows: EventRow[] }>('/api/retirees/events', { unitId }).then((answer) => answer.rows),
    enabled: unitId > 0,
  })
  const add = may('retirees.write') && <Button onClick={() => setAdding(true)}>登记一次</Button>
  return (
    <Loaded query={events}>
      {(rows) => (
        <>
          {rows.length > 0 && <div className="toolbar">{add}</div>}
          <DataTable
            caption="活动、走访、福利"
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              {
                id: 'title',
                title: '名称',
                lead: true,
                render: (row) => <Link to={`/retirees/events/${row.id}` as never}>{row.title}</Link>,
              },
              { id: 'kind', title: '类别', render: (row) => EVENT_KINDS[row.kind] },
              { id: 'on', title: '日期', render: (row) => row.onDay },
              { id: 'unit', title: '单位', wrap: true, render: (row) => row.unitName },
              { id: 'due', title: '名单', number: true, render: (row) => `${row.due} 人` },
              { id: 'done', title: '参加（走访到、领到）', number: true, render: (row) => `${row.done} 人` },
            ]}
            empty={
              <Empty title="还没有登记过" actions={add}>
                名单取自花名册上的退休会员；没有来的也在名单里，参加率才算得准。
              </Empty>
            }
          />
          {adding && <AddDialog unitId={unitId} close={() => setAdding(false)} />}
        </>
      )}
    </Loaded>
  )
}

const fields: Readonly<Record<EventKind, readonly Field[]>> = {
  activity: [
    field.choice('occasion', '活动类别', ACTIVITY_KINDS, { required: true }),
    field.choice('form', '形式', ACTIVITY_FORMS),
    field.text('place', '地点'),
    field.money('costFen', '支出（元）', { help: '已建账的留空，登记后在活动页申请经费。' }),
  ],
  visit: [
    field.choice('festival', '时节', FESTIVALS, { required: true }),
    field.choice('ledBy', '带队人', LEADERS, { required: true }),
  ],
  gift: [field.choice('giftKind', '类别', GIFT_KINDS, { required: true }), field.money('valueFen', '每份折价（元）')],
}
const first = [field.text('title', '名称', { required: true }), field.date('onDay', '日期', { required: true })]

function AddDialog({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [kind, setKind] = useState<EventKind>('activity')
  const [values, setValues] = useState<Record<string, unknown>>({ onDay: today() })
  const clubs = useQuery({
    queryKey: ['retirees-clubs', unitId],
    queryFn: () => get<{ clubs: { id: number; name: string }[] }>('/api/retirees/clubs', { unitId }),
  })
  return (
    <Dialog
      title="登记活动、走访或福利"
      okText="登记"
      close={close}
      work={async () => {
        const { id } = await post<{ id: number }>('/api/retirees/events', { unitId, kind, ...values })
        void queries.invalidateQueries({ queryKey: ['retirees-events'] })
        void navigate({ to: `/retirees/events/${id}` as never })
      }}
    >
      {(errors) => (
        <>
          <LabelledField id="kind" label="登记什么" required>
            <Select
              id="kind"
              aria-label="登记什么"
              value={kind}
              options={Object.entries(EVENT_KINDS).map(([value, label]) => ({ value: value as EventKind, label }))}
              onChange={(next) => {
                setKind(next)
                setValues({ title: values['title'], onDay: values['onDay'] })
              }}
            />
          </LabelledField>
          {[...first, ...fields[kind]].map((declared) => (
            <LabelledField
              key={declared.id}
              id={declared.id}
              label={declared.label}
              required={declared.required}
              error={errors[declared.id]}
              {...(declared.help && { help: declared.help })}
            >
              <FieldInput
                id={declared.id}
                field={declared}
                value={values[declared.id]}
                onChange={(value: unknown) => setValues({ ...values, [declared.id]: value ?? undefined })}
                invalid={Boolean(errors[declared.id])}
              />
            </LabelledField>
          ))}
          <LabelledField id="clubId" label="小组" help="不选为全部退休会员。">
            <Select
              id="clubId"
              aria-label="小组"
              allowClear
              placeholder="全部退休会员"
              value={values['clubId'] as number | undefined}
              options={(clubs.data?.clubs ?? []).map((club) => ({ value: club.id, label: club.name }))}
              onChange={(clubId) => setValues({ ...values, clubId: clubId ?? undefined })}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
