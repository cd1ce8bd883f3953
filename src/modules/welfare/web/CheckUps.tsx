import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input, InputNumber, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { today, useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { ROLLS } from '../../members/words.ts'
import type { CheckUpRow } from '../contract.ts'
import { CHECK_UP_STATES, PARTS, SCOPES } from '../words.ts'

export const CHECK_UP_TONES = { draft: 'info', open: 'warn', closed: 'good', cancelled: '' } as const

/** A year's check-ups: who is due, booked, done. */
export function CheckUps(): ReactElement {
  const scope = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const [planning, setPlanning] = useState(false)
  const checkUps = useQuery({
    queryKey: ['check-ups', scope.unitId, scope.year],
    queryFn: () =>
      get<{ checkUps: CheckUpRow[] }>('/api/welfare/check-ups', { unitId: scope.unitId, year: scope.year }).then(
        (answer) => answer.checkUps,
      ),
    enabled: scope.unitId > 0,
  })
  const plan = may('welfare.write') && (
    <Button type="primary" onClick={() => setPlanning(true)}>
      安排体检
    </Button>
  )
  return (
    <Page
      title="职工体检"
      help="人人有名额，会员在手机上选时段。这里只记谁去了、是否提示复查，不记检查结果。"
      actions={plan}
    >
      <section className="card">
        <Loaded query={checkUps}>
          {(rows) => (
            <DataTable
              caption="职工体检"
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'title',
                  title: '体检',
                  lead: true,
                  render: (row) => <Link to={`/welfare/check-ups/${row.id}` as never}>{row.title}</Link>,
                },
                { id: 'unit', title: '单位', render: (row) => row.unitName },
                { id: 'hospital', title: '体检机构', render: (row) => row.hospital },
                { id: 'days', title: '日期', width: 200, render: (row) => `${row.startOn} 至 ${row.untilOn}` },
                {
                  id: 'people',
                  title: '已检 / 已约 / 应检',
                  number: true,
                  render: (row) => `${row.attended} / ${row.booked} / ${row.people} 人`,
                },
                {
                  id: 'state',
                  title: '状态',
                  render: (row) => <StatusTag text={CHECK_UP_STATES[row.state]} tone={CHECK_UP_TONES[row.state]} />,
                },
              ]}
              empty={
                <Empty title="今年还没有安排体检" actions={plan}>
                  定好体检机构和时段，名单从会员名册生成。
                </Empty>
              }
            />
          )}
        </Loaded>
      </section>
      {planning && (
        <PlanDialog
          unitId={scope.unitId}
          close={() => {
            setPlanning(false)
            void queries.invalidateQueries({ queryKey: ['check-ups'] })
          }}
        />
      )}
    </Page>
  )
}

interface SlotDraft {
  onDay: string | null
  part: (typeof PARTS)[number]
  places: number | null
}

function PlanDialog({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const [title, setTitle] = useState('')
  const [scope, setScope] = useState<string>('全员体检')
  const [hospital, setHospital] = useState('')
  const [roll, setRoll] = useState<string>('all')
  const [startOn, setStartOn] = useState<string | null>(today())
  const [untilOn, setUntilOn] = useState<string | null>(null)
  const [cost, setCost] = useState('')
  const [note, setNote] = useState('')
  const [slots, setSlots] = useState<SlotDraft[]>([{ onDay: today(), part: '上午', places: 100 }])
  const change = (at: number, part: Partial<SlotDraft>): void =>
    setSlots(slots.map((slot, index) => (index === at ? { ...slot, ...part } : slot)))
  return (
    <Dialog
      title="安排体检"
      okText="生成名单"
      done="名单已生成。"
      ready={Boolean(
        title.trim() && hospital.trim() && startOn && untilOn && slots.every((slot) => slot.onDay && slot.places),
      )}
      close={close}
      work={() =>
        post('/api/welfare/check-ups', {
          unitId,
          title,
          scope,
          hospital,
          roll,
          startOn,
          untilOn,
          slots,
          costFen: cost.trim() ? parseNumber('money', cost) : 0,
          ...(note.trim() && { note }),
        })
      }
    >
      {(fields) => (
        <div className="fields">
          <LabelledField id="title" label="体检名称" required error={fields['title']}>
            <Input id="title" maxLength={60} value={title} onChange={(one) => setTitle(one.target.value)} />
          </LabelledField>
          <LabelledField id="scope" label="体检范围" required error={fields['scope']}>
            <Select
              id="scope"
              aria-label="体检范围"
              value={scope}
              options={SCOPES.map((value) => ({ value, label: value }))}
              onChange={setScope}
            />
          </LabelledField>
          <LabelledField id="hospital" label="体检机构" required error={fields['hospital']}>
            <Input id="hospital" maxLength={60} value={hospital} onChange={(one) => setHospital(one.target.value)} />
          </LabelledField>
          <LabelledField id="roll" label="应检人员" required error={fields['roll']}>
            <Select
              id="roll"
              aria-label="应检人员"
              value={roll}
              options={(['all', 'women', 'retired'] as const).map((value) => ({ value, label: ROLLS[value] }))}
              onChange={setRoll}
            />
          </LabelledField>
          <LabelledField id="startOn" label="开始日期" required error={fields['startOn']}>
            <DateInput id="startOn" label="开始日期" value={startOn} onChange={setStartOn} />
          </LabelledField>
          <LabelledField id="untilOn" label="结束日期" required error={fields['untilOn']}>
            <DateInput id="untilOn" label="结束日期" value={untilOn} onChange={setUntilOn} />
          </LabelledField>
          <LabelledField id="costFen" label="每人费用（元）" error={fields['costFen']}>
            <Input id="costFen" inputMode="decimal" value={cost} onChange={(one) => setCost(one.target.value)} />
          </LabelledField>
          <LabelledField id="note" label="注意事项" error={fields['note']}>
            <Input
              id="note"
              maxLength={200}
              placeholder="例如 空腹前往"
              value={note}
              onChange={(one) => setNote(one.target.value)}
            />
          </LabelledField>
          <div className="whole stack" data-field="slots" style={{ gap: 8, marginTop: 8 }}>
            <b>时段和名额</b>
            {slots.map((slot, at) => (
              <div key={at} className="row">
                <DateInput
                  id={`day${at}`}
                  label={`时段 ${at + 1} 日期`}
                  value={slot.onDay}
                  onChange={(onDay) => change(at, { onDay })}
                />
                <Select
                  aria-label={`时段 ${at + 1} 上午或下午`}
                  value={slot.part}
                  options={PARTS.map((value) => ({ value, label: value }))}
                  onChange={(part) => change(at, { part })}
                />
                <InputNumber
                  aria-label={`时段 ${at + 1} 人数`}
                  min={1}
                  value={slot.places}
                  suffix="人"
                  onChange={(places) => change(at, { places })}
                />
              </div>
            ))}
            {fields['slots'] && <p className="field-error">{fields['slots']}</p>}
            <div>
              <Button onClick={() => setSlots([...slots, { ...slots.at(-1)!, onDay: null }])}>再加一个时段</Button>
            </div>
          </div>
        </div>
      )}
    </Dialog>
  )
}
