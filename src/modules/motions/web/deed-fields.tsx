import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { KINDS, type Kind } from '../words.ts'
import type { Deed } from './deed-dialogs.tsx'
import { SimilarOnes } from './pieces.tsx'
import type { MotionRow, MotionShape, Options } from './shapes.ts'

/** What a deed asks for besides words. */
export interface ExtraProps {
  motion: Pick<MotionShape, 'id' | 'unitId' | 'title' | 'category' | 'kind'>
  deed: Deed
  more: Record<string, unknown>
  set: (patch: Record<string, unknown>) => void
  errors: Readonly<Record<string, string>>
}

function useUnitOptions(unitId: number): Options | undefined {
  return useQuery({
    queryKey: ['motion-options', unitId],
    queryFn: () => get<Options>('/api/motions/options', { unitId }),
  }).data
}

export function Filing({ motion, more, set, errors }: ExtraProps): ReactElement {
  const options = useUnitOptions(motion.unitId)
  return (
    <>
      <SimilarOnes title={motion.title} unitId={motion.unitId} notId={motion.id} />
      {motion.kind === 'opinion' && (
        <LabelledField id="d-kind" label="立为" required error={errors['kind']}>
          <Select
            id="d-kind"
            aria-label="立为"
            value={more['kind'] as Kind}
            options={(['motion', 'bill'] as const).map((value) => ({ value, label: KINDS[value] }))}
            onChange={(kind: Kind) => set({ kind })}
          />
        </LabelledField>
      )}
      <LabelledField id="d-category" label="内容类别" required error={errors['category']}>
        <AutoComplete
          id="d-category"
          aria-label="内容类别"
          options={(options?.categories ?? []).map((value) => ({ value, label: value }))}
          value={(more['category'] as string | undefined) ?? ''}
          onChange={(category: string | null) => set({ category: category ?? '' })}
        />
      </LabelledField>
    </>
  )
}

export function Merging({ motion, more, set, errors }: ExtraProps): ReactElement {
  const [text, setText] = useState('')
  const found = useQuery({
    queryKey: ['motions', 'merge', motion.unitId, text],
    queryFn: () =>
      get<{ rows: MotionRow[] }>('/api/motions', { unitId: motion.unitId, q: text || undefined, limit: 20 }),
  })
  const options = (found.data?.rows ?? [])
    .filter((one) => one.id !== motion.id && ['received', 'filed', 'handling', 'replied'].includes(one.state))
    .map((one) => ({ value: one.id, label: one.title }))
  return (
    <>
      <SimilarOnes
        title={motion.title}
        unitId={motion.unitId}
        notId={motion.id}
        action={(one) =>
          one.mayOpen ? (
            <button type="button" className="link" onClick={() => set({ intoId: one.id, intoTitle: undefined })}>
              {more['intoId'] === one.id ? '已选' : '并入它'}
            </button>
          ) : null
        }
      />
      <LabelledField id="d-into" label="并入哪份提案" required error={errors['intoId']}>
        <Select
          id="d-into"
          aria-label="并入哪份提案"
          placeholder="输入题目查找"
          showSearch={{ filterOption: false, searchValue: text, onSearch: setText }}
          value={(more['intoId'] as number | undefined) ?? null}
          options={options}
          onChange={(intoId: number) => {
            setText('')
            set({ intoId })
          }}
        />
      </LabelledField>
    </>
  )
}

export function Transfer({ motion, more, set, errors }: ExtraProps): ReactElement {
  const options = useUnitOptions(motion.unitId)
  const departments = (options?.departments ?? []).map((one) => ({
    value: one.id,
    label: one.headName ? `${one.name}（${one.headName}）` : one.name,
  }))
  return (
    <>
      {options && departments.length === 0 && (
        <p className="notice warn">还没有承办部门。请先到“征集与承办部门”里登记。</p>
      )}
      <LabelledField id="d-leader" label="分管领导" required error={errors['leader']}>
        <Input
          id="d-leader"
          aria-label="分管领导"
          maxLength={30}
          value={(more['leader'] as string | undefined) ?? ''}
          onChange={(event) => set({ leader: event.target.value })}
        />
      </LabelledField>
      <LabelledField id="d-lead" label="主办部门" required error={errors['leadId']}>
        <Select
          id="d-lead"
          aria-label="主办部门"
          placeholder="请选择"
          value={(more['leadId'] as number | undefined) ?? null}
          options={departments}
          onChange={(leadId: number) => set({ leadId })}
        />
      </LabelledField>
      <LabelledField id="d-joint" label="协办部门" error={errors['jointIds']}>
        <Select
          id="d-joint"
          aria-label="协办部门"
          mode="multiple"
          placeholder="可不选"
          value={(more['jointIds'] as number[] | undefined) ?? []}
          options={departments.filter((one) => one.value !== more['leadId'])}
          onChange={(jointIds: number[]) => set({ jointIds })}
        />
      </LabelledField>
      <LabelledField id="d-due" label="答复期限" error={errors['dueOn']} help="不填按征集时定的工作日数计算">
        <DateInput
          id="d-due"
          label="答复期限"
          value={(more['dueOn'] as string | undefined) ?? null}
          onChange={(dueOn) => set({ dueOn: dueOn ?? undefined })}
        />
      </LabelledField>
    </>
  )
}

export function HandOn({ motion, more, set, errors }: ExtraProps): ReactElement {
  const options = useUnitOptions(motion.unitId)
  return (
    <LabelledField id="d-to" label="转给" required error={errors['toDepartmentId']}>
      <Select
        id="d-to"
        aria-label="转给"
        placeholder="请选择"
        value={(more['toDepartmentId'] as number | undefined) ?? null}
        options={(options?.departments ?? []).map((one) => ({ value: one.id, label: one.name }))}
        onChange={(toDepartmentId: number) => set({ toDepartmentId })}
      />
    </LabelledField>
  )
}
