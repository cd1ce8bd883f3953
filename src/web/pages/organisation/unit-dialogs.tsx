import { Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import {
  UNION_KINDS,
  UNIT_TYPES,
  unitTypes,
  type UnionKind,
  type UnitType,
} from '../../../modules/organisation/types.ts'
import { post, put } from '../../api.ts'
import { today } from '../../session.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DateInput, LabelledField, parseNumber } from '../../ui/FieldInput.tsx'
import type { UnitDetail } from './shapes.ts'

export function AddUnit({ parent, close }: { parent: UnitDetail; close: () => void }): ReactElement {
  const allowed = unitTypes.filter((type) => UNIT_TYPES[type].under.includes(parent.type))
  const [type, setType] = useState<UnitType | null>(allowed[0] ?? null)
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [foundedOn, setFoundedOn] = useState<string | null>(null)
  const [document, setDocument] = useState('')
  return (
    <Dialog
      title={`在“${parent.name}”下新建单位`}
      okText="新建"
      done="已建立。"
      ready={Boolean(type && code.trim() && name.trim())}
      close={close}
      work={() =>
        post('/api/units', {
          parentId: parent.id,
          type,
          code: code.trim(),
          name: name.trim(),
          foundedOn,
          ...(document.trim() && { document: document.trim() }),
        })
      }
    >
      {(fields) => (
        <>
          <LabelledField id="u-name" label="名称" required error={fields['name']}>
            <Input id="u-name" maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
          </LabelledField>
          <LabelledField id="u-type" label="类型" required error={fields['type']}>
            <Select
              id="u-type"
              aria-label="类型"
              value={type}
              options={allowed.map((value) => ({ value, label: UNIT_TYPES[value].title }))}
              onChange={setType}
            />
          </LabelledField>
          <LabelledField
            id="u-code"
            label="编号"
            required
            error={fields['code']}
            help="字母、数字、短横，导入台账时用来指明单位，例如 demo-03"
          >
            <Input id="u-code" maxLength={40} value={code} onChange={(event) => setCode(event.target.value)} />
          </LabelledField>
          <LabelledField
            id="u-founded"
            label="成立日期"
            error={fields['foundedOn']}
            help="不详可不填：不计入“新建工会”。"
          >
            <DateInput id="u-founded" label="成立日期" value={foundedOn} onChange={setFoundedOn} />
          </LabelledField>
          <LabelledField id="u-paper" label="批复文号">
            <Input id="u-paper" value={document} onChange={(event) => setDocument(event.target.value)} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

const lines = [
  { id: 'upperUnion', label: '上级工会', rows: 1 },
  { id: 'partyBody', label: '党组织', rows: 1 },
  { id: 'administration', label: '行政', rows: 1 },
  { id: 'motto', label: '工作主线', rows: 2 },
  { id: 'idea', label: '工作思路', rows: 3 },
  { id: 'guiding', label: '指导思想', rows: 3 },
] as const

export function EditProfile({
  unit,
  year,
  close,
}: {
  unit: UnitDetail
  year: number
  close: () => void
}): ReactElement {
  const before = unit.profile
  const [kind, setKind] = useState<UnionKind | null>(before?.kind ?? null)
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(lines.map(({ id }) => [id, before?.[id] ?? ''])),
  )
  return (
    <Dialog
      title={`${year} 年工会概况`}
      okText="保存"
      done="已保存，重新生成报告即写入。"
      close={close}
      work={() =>
        put(`/api/units/${unit.id}/profile/${year}`, {
          kind,
          ...Object.fromEntries(lines.map(({ id }) => [id, values[id]?.trim() || null])),
          ...(before?.year === year && { version: before.version }),
        })
      }
    >
      {(fields) => (
        <>
          <LabelledField id="p-kind" label="单位性质" error={fields['kind']} help="决定报告的章节顺序。">
            <Select
              id="p-kind"
              aria-label="单位性质"
              allowClear
              placeholder="请选择"
              value={kind}
              options={(Object.keys(UNION_KINDS) as UnionKind[]).map((value) => ({ value, label: UNION_KINDS[value] }))}
              onChange={(value: UnionKind | null) => setKind(value ?? null)}
            />
          </LabelledField>
          {lines.map(({ id, label, rows }) => (
            <LabelledField key={id} id={`p-${id}`} label={label} error={fields[id]}>
              <Input.TextArea
                id={`p-${id}`}
                autoSize={{ minRows: rows }}
                value={values[id] ?? ''}
                onChange={(event) => setValues((old) => ({ ...old, [id]: event.target.value }))}
              />
            </LabelledField>
          ))}
        </>
      )}
    </Dialog>
  )
}

export function AddHeadcount({ unit, close }: { unit: UnitDetail; close: () => void }): ReactElement {
  const [countedOn, setCountedOn] = useState<string | null>(today())
  const [values, setValues] = useState<Record<string, string>>({})
  const area = unit.type === 'federation' || unit.type === 'industry'
  const rows = [
    { id: 'staff', label: '职工人数', required: true },
    { id: 'women', label: '其中女职工' },
    { id: 'dispatched', label: '其中劳务派遣' },
    ...(area ? [{ id: 'employers', label: '辖区企事业单位数' }] : []),
  ]
  const number = (id: string): number | string | null => {
    const text = values[id]?.trim()
    return text ? (parseNumber('integer', text) ?? text) : null
  }
  return (
    <Dialog
      title="登记职工人数"
      okText="登记"
      done="已登记。"
      ready={Boolean(countedOn && values['staff']?.trim())}
      close={close}
      work={() =>
        put(`/api/units/${unit.id}/headcounts`, {
          countedOn,
          ...Object.fromEntries(rows.map(({ id }) => [id, number(id)])),
          source: values['source']?.trim() || null,
        })
      }
    >
      {(fields) => (
        <>
          <p className="quiet">只填“{unit.name}”本身的人数，不含下级单位。</p>
          <LabelledField id="h-on" label="统计日期" required error={fields['countedOn']}>
            <DateInput id="h-on" label="统计日期" value={countedOn} onChange={setCountedOn} />
          </LabelledField>
          {rows.map(({ id, label, required }) => (
            <LabelledField key={id} id={`h-${id}`} label={label} required={required} error={fields[id]}>
              <Input
                id={`h-${id}`}
                inputMode="numeric"
                suffix={id === 'employers' ? '个' : '人'}
                value={values[id] ?? ''}
                onChange={(event) => setValues((old) => ({ ...old, [id]: event.target.value }))}
              />
            </LabelledField>
          ))}
          <LabelledField id="h-source" label="来源" help="例如 人力资源部月报">
            <Input
              id="h-source"
              value={values['source'] ?? ''}
              onChange={(event) => setValues((old) => ({ ...old, source: event.target.value }))}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
