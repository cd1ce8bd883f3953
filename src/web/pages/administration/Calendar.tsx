import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, put, remove } from '../../api.ts'
import { useScope } from '../../session.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../ui/FieldInput.tsx'
import { Empty, Loaded, Notice } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { StatusTag } from '../../ui/values.tsx'

interface CalendarYear {
  year: number
  noticed: boolean
  mayEdit: boolean
  days: { day: string; kind: 'rest' | 'work'; name: string; own: boolean }[]
}

/** Days off and weekends worked in exchange: what working-day deadlines are counted over. */
export function Calendar(): ReactElement {
  const { year } = useScope()
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const calendar = useQuery({
    queryKey: ['calendar', year],
    queryFn: () => get<CalendarYear>('/api/calendar', { year }),
  })
  const refresh = (): void => void queries.invalidateQueries({ queryKey: ['calendar'] })
  const forget = (day: string): void =>
    void remove(`/api/calendar/days/${day}`)
      .then(
        () => toast('已删去，恢复随软件提供的安排。'),
        (error: Error) => toast(error.message, 'bad'),
      )
      .then(refresh)
  return (
    <Loaded query={calendar}>
      {({ days, noticed, mayEdit }) => (
        <>
          <div className="toolbar">
            {mayEdit && <Button onClick={() => setAdding(true)}>录入一天</Button>}
            <span className="faint">年度在页面顶部切换。</span>
          </div>
          {!noticed && (
            <div style={{ padding: '0 16px 12px' }}>
              <Notice tone="warn">{year} 年的放假通知还没有录入，期限暂按周末和法定节日推算。</Notice>
            </div>
          )}
          <DataTable
            caption={`${year} 年放假与调休`}
            density="compact"
            rows={days}
            rowKey={(row) => row.day}
            columns={[
              { id: 'day', title: '日期', lead: true, width: 120, render: (row) => row.day },
              {
                id: 'kind',
                title: '安排',
                render: (row) =>
                  row.kind === 'work' ? <StatusTag text="上班" tone="warn" /> : <StatusTag text="放假" tone="good" />,
              },
              { id: 'name', title: '节日', render: (row) => row.name },
              { id: 'own', title: '来源', render: (row) => (row.own ? '本单位录入' : '随软件提供') },
            ]}
            renderActions={(row) =>
              mayEdit &&
              row.own && (
                <button type="button" className="link danger" onClick={() => forget(row.day)}>
                  删去
                </button>
              )
            }
            empty={<Empty title={`${year} 年没有调休安排`} />}
          />
          {adding && (
            <AddDay
              close={() => {
                setAdding(false)
                refresh()
              }}
            />
          )}
        </>
      )}
    </Loaded>
  )
}

function AddDay({ close }: { close: () => void }): ReactElement {
  const [day, setDay] = useState<string | null>(null)
  const [kind, setKind] = useState<'rest' | 'work'>('rest')
  const [name, setName] = useState('')
  const [source, setSource] = useState('')
  return (
    <Dialog
      title="录入放假或调休"
      okText="录入"
      done="已录入。"
      ready={Boolean(day && name.trim())}
      close={close}
      work={() => put('/api/calendar/days', { days: [{ day, kind, name: name.trim(), source: source.trim() }] })}
    >
      {(errors) => (
        <>
          <LabelledField id="d-day" label="日期" required error={errors['days.0.day']}>
            <DateInput id="d-day" label="日期" value={day} onChange={setDay} />
          </LabelledField>
          <LabelledField id="d-kind" label="安排" required group>
            <div className="row" role="radiogroup" aria-label="安排" style={{ gap: 18 }}>
              {(['rest', 'work'] as const).map((one) => (
                <label key={one} className="row">
                  <input type="radio" name="d-kind" checked={kind === one} onChange={() => setKind(one)} />
                  {one === 'rest' ? '放假' : '调休上班'}
                </label>
              ))}
            </div>
          </LabelledField>
          <LabelledField id="d-name" label="节日" required error={errors['days.0.name']}>
            <Input
              id="d-name"
              placeholder="例如 国庆节"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="d-source" label="依据" required error={errors['days.0.source']}>
            <Input
              id="d-source"
              placeholder="例如 国务院办公厅放假通知文号"
              value={source}
              onChange={(event) => setSource(event.target.value)}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
