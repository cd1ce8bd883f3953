import { useState, type ReactElement, type ReactNode } from 'react'
import type { Field } from '../../../kernel/register/declaration.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { FieldInput, LabelledField } from '../../../web/ui/FieldInput.tsx'

export type Values = Record<string, unknown>

/** A question of a few declared fields; what the server refuses stands at the field. */
export function AskDialog({
  title,
  okText,
  fields,
  initial = {},
  unitId,
  send,
  done,
  close,
  danger,
  dense,
  children,
}: {
  title: string
  okText: string
  fields: readonly Field[]
  initial?: Values
  /** For fields that name a person. */
  unitId?: number
  send: (values: Values) => Promise<unknown>
  done?: string
  close: () => void
  danger?: boolean
  /** Many short fields: three in a row where there is room. */
  dense?: boolean
  /** Above the fields; may show what the values lead to. */
  children?: (values: Values) => ReactNode
}): ReactElement {
  const [values, setValues] = useState<Values>(initial)
  return (
    <Dialog
      title={title}
      okText={okText}
      work={() => send(values)}
      close={close}
      {...(done && { done })}
      {...(danger && { danger })}
    >
      {(faults) => (
        <>
          {children?.(values)}
          <div className={dense ? 'form-grid dense' : 'form-grid'}>
            {fields.map((field) => (
              <LabelledField
                key={field.id}
                id={`ask-${field.id}`}
                label={field.label}
                required={field.required}
                error={faults[field.id]}
                help={field.help}
                whole={field.kind === 'longtext'}
                group={field.kind === 'yesno'}
              >
                <FieldInput
                  id={`ask-${field.id}`}
                  field={field}
                  value={values[field.id]}
                  onChange={(value) => setValues((before) => ({ ...before, [field.id]: value }))}
                  invalid={faults[field.id] !== undefined}
                  {...(unitId && { unitId })}
                />
              </LabelledField>
            ))}
          </div>
        </>
      )}
    </Dialog>
  )
}

/** The id behind a Chinese word of a choice. */
export const idOf = <Id extends string>(words: Readonly<Record<Id, string>>, word: unknown): Id | undefined =>
  (Object.keys(words) as Id[]).find((id) => words[id] === word)

/** What was filled in: the rest is left to the server's defaults. */
export const given = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  )
