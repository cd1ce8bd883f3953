import type { ReactElement } from 'react'
import type { Field } from '../../../kernel/register/declaration.ts'
import { FieldInput, LabelledField } from '../../../web/ui/FieldInput.tsx'

/** Declared fields one below another, each with its refusal. */
export function FieldsForm({
  fields,
  values,
  change,
  errors,
  prefix = '',
}: {
  fields: readonly Field[]
  values: Readonly<Record<string, unknown>>
  change: (next: Record<string, unknown>) => void
  errors: Readonly<Record<string, string>>
  prefix?: string
}): ReactElement {
  return (
    <>
      {fields.map((declared) => (
        <LabelledField
          key={declared.id}
          id={declared.id}
          label={declared.label}
          required={declared.required}
          help={declared.help}
          error={errors[`${prefix}${declared.id}`]}
        >
          <FieldInput
            id={declared.id}
            field={declared}
            value={values[declared.id]}
            onChange={(value: unknown) => change({ ...values, [declared.id]: value ?? undefined })}
            invalid={Boolean(errors[`${prefix}${declared.id}`])}
          />
        </LabelledField>
      ))}
    </>
  )
}
