import { Select } from 'antd'
import type { ReactElement } from 'react'
import { LabelledField } from './FieldInput.tsx'

/** One of a few: a labelled list as forms have it. */
export function ChoiceField<Value extends string | number>({
  id,
  label,
  value,
  options,
  onChange,
  required = true,
  disabled = false,
  error,
  help,
}: {
  id: string
  label: string
  value: Value | null
  options: readonly { value: Value; label: string; disabled?: boolean }[]
  onChange: (value: Value) => void
  required?: boolean
  disabled?: boolean
  error?: string | undefined
  help?: string | undefined
}): ReactElement {
  return (
    <LabelledField id={id} label={label} required={required} error={error} help={help}>
      <Select
        id={id}
        aria-label={label}
        disabled={disabled}
        value={value}
        options={[...options]}
        onChange={(next: Value) => onChange(next)}
      />
    </LabelledField>
  )
}
