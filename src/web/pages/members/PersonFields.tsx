import { Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { GENDERS } from '../../../modules/members/words.ts'
import { DateInput, LabelledField } from '../../ui/FieldInput.tsx'

export type PersonDraft = Record<
  'name' | 'gender' | 'bornOn' | 'staffNo' | 'employment' | 'idNo' | 'phone' | 'bank',
  string
>

export const emptyPerson: PersonDraft = {
  name: '',
  gender: '',
  bornOn: '',
  staffNo: '',
  employment: '',
  idNo: '',
  phone: '',
  bank: '',
}

/** What is sent: numbers only when typed (an untouched number stays as it is). */
export function personBody(draft: PersonDraft): Record<string, unknown> {
  const text = (value: string): string | null => value.trim() || null
  return {
    name: draft.name.trim(),
    gender: draft.gender || null,
    bornOn: draft.bornOn || null,
    staffNo: text(draft.staffNo),
    employment: text(draft.employment),
    ...(draft.idNo.trim() && { idNo: draft.idNo.trim() }),
    ...(draft.phone.trim() && { phone: draft.phone.trim() }),
    ...(draft.bank.trim() && { bank: draft.bank.trim() }),
  }
}

/** A person's particulars, in the order of the paper form. */
export function PersonFields({
  value,
  onChange,
  errors,
  kept,
}: {
  value: PersonDraft
  onChange: (value: PersonDraft) => void
  errors: Readonly<Record<string, string>>
  /** Last four of numbers that are already kept. */
  kept?: { idNo: string | null; phone: string | null; bank: string | null }
}): ReactElement {
  const set = (patch: Partial<PersonDraft>): void => onChange({ ...value, ...patch })
  const number = (id: 'idNo' | 'phone' | 'bank', label: string, help?: string): ReactElement => (
    <LabelledField
      id={`m-${id}`}
      label={label}
      error={errors[id]}
      help={kept?.[id] ? `已登记，尾号 ${kept[id]}；不改请留空` : help}
    >
      <Input
        id={`m-${id}`}
        autoComplete="off"
        value={value[id]}
        onChange={(event) => set({ [id]: event.target.value })}
      />
    </LabelledField>
  )
  return (
    <div className="form-grid" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))' }}>
      <LabelledField id="m-name" label="姓名" required error={errors['name']}>
        <Input id="m-name" maxLength={40} value={value.name} onChange={(event) => set({ name: event.target.value })} />
      </LabelledField>
      {number('idNo', '证件号码', '填了身份证号，性别和出生日期自动带出')}
      <LabelledField id="m-gender" label="性别" error={errors['gender']}>
        <Select
          id="m-gender"
          aria-label="性别"
          allowClear
          placeholder="请选择"
          value={value.gender || null}
          options={Object.entries(GENDERS).map(([key, label]) => ({ value: key, label }))}
          onChange={(gender: string | null) => set({ gender: gender ?? '' })}
        />
      </LabelledField>
      <LabelledField id="m-born" label="出生日期" error={errors['bornOn']}>
        <DateInput
          id="m-born"
          label="出生日期"
          value={value.bornOn || null}
          onChange={(bornOn) => set({ bornOn: bornOn ?? '' })}
        />
      </LabelledField>
      <LabelledField id="m-no" label="工号" error={errors['staffNo']}>
        <Input
          id="m-no"
          maxLength={60}
          value={value.staffNo}
          onChange={(event) => set({ staffNo: event.target.value })}
        />
      </LabelledField>
      <LabelledField id="m-employment" label="在职状态" error={errors['employment']} help="例如 在职、退休、离岗">
        <Input
          id="m-employment"
          maxLength={60}
          value={value.employment}
          onChange={(event) => set({ employment: event.target.value })}
        />
      </LabelledField>
      {number('phone', '手机')}
      {number('bank', '银行卡号')}
    </div>
  )
}
