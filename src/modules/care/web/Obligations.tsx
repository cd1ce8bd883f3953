import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, InputNumber, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { today, useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { OCCASIONS } from '../words.ts'

interface Line {
  id: number
  unitId: number
  unitName: string
  system: string
  occasion: string
  days: number
  visitor: string
  document: string | null
  from: string
}

/** The checklist of a unit: which events, within how long, who goes. */
export function Obligations(): ReactElement {
  const scope = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Line | null>(null)
  const lines = useQuery({
    queryKey: ['care-obligations', scope.unitId],
    queryFn: () =>
      get<{ obligations: Line[] }>('/api/care/obligations', { unitId: scope.unitId }).then(
        (answer) => answer.obligations,
      ),
    enabled: scope.unitId > 0,
  })
  const done = (): void => {
    setAdding(false)
    setEnding(null)
    void queries.invalidateQueries({ queryKey: ['care-obligations'] })
  }
  const add = may('care.oblige') && (
    <Button type="primary" onClick={() => setAdding(true)}>
      新增规定
    </Button>
  )
  return (
    <Page
      title="必访规定"
      crumbs={[{ title: '走访事项', to: '/care/events' }]}
      help="三必访、五必访、六必访由各单位自己定。下级没有自己的规定时，按上级的办。"
      actions={add}
    >
      <section className="card">
        <Loaded query={lines}>
          {(rows) => (
            <DataTable
              caption="必访规定"
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                { id: 'occasion', title: '事由', lead: true, render: (row) => row.occasion },
                { id: 'system', title: '制度', render: (row) => row.system },
                { id: 'days', title: '期限', render: (row) => `${row.days} 个工作日内` },
                { id: 'visitor', title: '由谁去', render: (row) => row.visitor },
                { id: 'unit', title: '规定单位', render: (row) => row.unitName },
                { id: 'document', title: '文件', render: (row) => row.document ?? '' },
                { id: 'from', title: '执行日期', width: 110, render: (row) => row.from },
              ]}
              renderActions={(row) =>
                may('care.oblige') && (
                  <Button size="small" onClick={() => setEnding(row)}>
                    停用
                  </Button>
                )
              }
              empty={
                <Empty title="还没有必访规定" actions={add}>
                  例如：职工住院，3 个工作日内由分会主席看望。
                </Empty>
              }
            />
          )}
        </Loaded>
      </section>
      {adding && <AddDialog unitId={scope.unitId} close={done} />}
      {ending && <EndDialog line={ending} close={done} />}
    </Page>
  )
}

function AddDialog({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const [system, setSystem] = useState('六必访')
  const [occasion, setOccasion] = useState<string | null>(null)
  const [days, setDays] = useState<number | null>(3)
  const [visitor, setVisitor] = useState('')
  const [document, setDocument] = useState('')
  const [from, setFrom] = useState<string | null>(today())
  return (
    <Dialog
      title="新增必访规定"
      okText="保存"
      done="规定已保存。"
      ready={Boolean(system.trim() && occasion && days && visitor.trim() && from)}
      close={close}
      work={() =>
        post('/api/care/obligations', {
          unitId,
          system,
          occasion,
          days,
          visitor,
          from,
          ...(document.trim() && { document }),
        })
      }
    >
      {(fields) => (
        <div className="fields">
          <LabelledField id="system" label="制度" required error={fields['system']}>
            <Input id="system" maxLength={20} value={system} onChange={(event) => setSystem(event.target.value)} />
          </LabelledField>
          <LabelledField id="occasion" label="事由" required error={fields['occasion']}>
            <Select
              id="occasion"
              aria-label="事由"
              placeholder="请选择"
              value={occasion}
              options={OCCASIONS.map((value) => ({ value, label: value }))}
              onChange={setOccasion}
            />
          </LabelledField>
          <LabelledField id="days" label="几个工作日内" required error={fields['days']} help="从得知的次日算起。">
            <InputNumber id="days" min={1} max={90} value={days} onChange={setDays} />
          </LabelledField>
          <LabelledField id="visitor" label="由谁去" required error={fields['visitor']}>
            <Input
              id="visitor"
              maxLength={40}
              placeholder="例如 分会主席"
              value={visitor}
              onChange={(event) => setVisitor(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="document" label="文件" error={fields['document']}>
            <Input
              id="document"
              maxLength={80}
              value={document}
              onChange={(event) => setDocument(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="from" label="执行日期" required error={fields['from']}>
            <DateInput id="from" label="执行日期" value={from} onChange={setFrom} />
          </LabelledField>
        </div>
      )}
    </Dialog>
  )
}

function EndDialog({ line, close }: { line: Line; close: () => void }): ReactElement {
  const [on, setOn] = useState<string | null>(today())
  return (
    <Dialog
      title={`停用“${line.occasion}”的规定`}
      okText="停用"
      danger
      ready={on !== null}
      done="已停用。此前发生的事仍按原规定走访。"
      close={close}
      work={() => post(`/api/care/obligations/${line.id}/end`, { on })}
    >
      {(fields) => (
        <LabelledField id="on" label="自哪天起停用" required error={fields['on']}>
          <DateInput id="on" label="自哪天起停用" value={on} onChange={setOn} />
        </LabelledField>
      )}
    </Dialog>
  )
}
