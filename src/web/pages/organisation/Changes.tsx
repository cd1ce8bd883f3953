import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { CHANGE_KINDS, type ChangeKind } from '../../../modules/organisation/types.ts'
import { get, post } from '../../api.ts'
import { today, useMay } from '../../session.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../ui/FieldInput.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { UnitPicker } from '../../ui/UnitPicker.tsx'
import { numberText, StatusTag } from '../../ui/values.tsx'
import type { UnitDetail } from './shapes.ts'

interface Change {
  id: number
  kind: ChangeKind
  unitName: string
  effectiveOn: string
  document: string | null
  reason: string
  payload: { name?: string; toCode?: string; units?: { code: string; name: string }[] }
  preview: { label: string; count: number }[]
  state: 'draft' | 'applied' | 'cancelled'
}

/** Moves, mergers, splits and dissolutions: a paper first, with what it touches; then carried out on its day. */
export function Changes({ unit }: { unit: UnitDetail }): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const [drawing, setDrawing] = useState(false)
  const changes = useQuery({
    queryKey: ['changes', unit.id],
    queryFn: () =>
      get<{ changes: Change[] }>('/api/units/changes', { unitId: unit.id }).then((answer) => answer.changes),
  })
  const refresh = (): void => {
    for (const key of ['changes', 'unit', 'units', 'unit-name']) void queries.invalidateQueries({ queryKey: [key] })
  }
  const act = async (change: Change, verb: 'apply' | 'cancel'): Promise<void> => {
    await post(`/api/units/changes/${change.id}/${verb}`).then(
      () => toast(verb === 'apply' ? '变更已办理。以往的数字不变。' : '变更已取消。'),
      (error: Error) => toast(error.message, 'bad'),
    )
    refresh()
  }
  return (
    <>
      {may('organisation.restructure') && (
        <div className="toolbar">
          <Button onClick={() => setDrawing(true)}>拟定变更</Button>
          <span className="faint">先拟定、看清影响，再办理。以往各年的统计不受影响。</span>
        </div>
      )}
      <Loaded query={changes}>
        {(rows) => (
          <DataTable
            caption="机构变更"
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              { id: 'kind', title: '变更', lead: true, render: (row) => CHANGE_KINDS[row.kind] },
              { id: 'on', title: '生效日期', width: 110, render: (row) => row.effectiveOn },
              {
                id: 'what',
                title: '内容',
                render: (row) =>
                  row.payload.name ?? row.payload.toCode ?? row.payload.units?.map((one) => one.name).join('、') ?? '',
              },
              {
                id: 'touches',
                title: '影响',
                render: (row) => row.preview.map((one) => `${one.label} ${numberText(one.count)}`).join('，'),
              },
              { id: 'reason', title: '理由', render: (row) => row.reason },
              {
                id: 'state',
                title: '状态',
                width: 90,
                render: (row) =>
                  row.state === 'applied' ? (
                    <StatusTag text="已办理" tone="good" />
                  ) : row.state === 'draft' ? (
                    <StatusTag text="已拟定" tone="warn" />
                  ) : (
                    <StatusTag text="已取消" />
                  ),
              },
            ]}
            renderActions={(row) =>
              row.state === 'draft' &&
              may('organisation.restructure') && (
                <>
                  <button type="button" className="link" onClick={() => void act(row, 'apply')}>
                    办理
                  </button>
                  <button type="button" className="link danger" onClick={() => void act(row, 'cancel')}>
                    取消
                  </button>
                </>
              )
            }
            empty={<Empty title="没有机构变更">更名、移交、合并、拆分、撤销都在这里办理，需写明文号和理由。</Empty>}
          />
        )}
      </Loaded>
      {drawing && (
        <DrawUp
          unit={unit}
          close={() => {
            setDrawing(false)
            refresh()
          }}
        />
      )}
    </>
  )
}

function DrawUp({ unit, close }: { unit: UnitDetail; close: () => void }): ReactElement {
  const [kind, setKind] = useState<ChangeKind>('rename')
  const [effectiveOn, setEffectiveOn] = useState<string | null>(today())
  const [name, setName] = useState('')
  const [to, setTo] = useState<{ id: number; name: string; code?: string } | null>(null)
  const [parts, setParts] = useState<string[]>([])
  const [reason, setReason] = useState('')
  const [document, setDocument] = useState('')
  const payload =
    kind === 'rename'
      ? { name: name.trim() }
      : kind === 'move' || kind === 'merge'
        ? { toCode: to?.code }
        : kind === 'split'
          ? { units: parts.map((part, index) => ({ code: `${unit.code}-${index + 1}`, name: part })) }
          : {}
  return (
    <Dialog
      title={`拟定变更：${unit.name}`}
      okText="拟定"
      done="已拟定，核对影响后再办理。"
      ready={Boolean(effectiveOn && reason.trim())}
      close={close}
      work={() =>
        post('/api/units/changes', {
          kind,
          unitId: unit.id,
          effectiveOn,
          reason: reason.trim(),
          ...(document.trim() && { document: document.trim() }),
          ...payload,
        })
      }
    >
      {(errors) => (
        <>
          <LabelledField id="g-kind" label="变更种类" required error={errors['kind']}>
            <Select
              id="g-kind"
              aria-label="变更种类"
              value={kind}
              options={(Object.keys(CHANGE_KINDS) as ChangeKind[]).map((value) => ({
                value,
                label: CHANGE_KINDS[value],
              }))}
              onChange={setKind}
            />
          </LabelledField>
          {kind === 'rename' && (
            <LabelledField id="g-name" label="新名称" required error={errors['name']}>
              <Input id="g-name" maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
            </LabelledField>
          )}
          {(kind === 'move' || kind === 'merge') && (
            <LabelledField
              id="g-to"
              label={kind === 'move' ? '移到哪个单位之下' : '并入哪个单位'}
              required
              error={errors['toCode']}
            >
              <UnitPicker id="g-to" label="单位" value={to} onChange={setTo} />
            </LabelledField>
          )}
          {kind === 'split' && (
            <LabelledField
              id="g-parts"
              label="拆分成哪些单位"
              required
              error={errors['units']}
              help="逐个输入名称，按回车确认。"
            >
              <Select
                id="g-parts"
                aria-label="拆分成哪些单位"
                mode="tags"
                open={false}
                value={parts}
                onChange={setParts}
              />
            </LabelledField>
          )}
          <LabelledField id="g-on" label="生效日期" required error={errors['effectiveOn']}>
            <DateInput id="g-on" label="生效日期" value={effectiveOn} onChange={setEffectiveOn} />
          </LabelledField>
          <LabelledField id="g-reason" label="理由" required error={errors['reason']}>
            <Input id="g-reason" maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
          </LabelledField>
          <LabelledField id="g-paper" label="批复文号" error={errors['document']}>
            <Input id="g-paper" value={document} onChange={(event) => setDocument(event.target.value)} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
