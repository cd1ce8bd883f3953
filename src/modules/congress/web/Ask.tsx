import { Checkbox, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'

type Values = Record<string, unknown>
export interface Question {
  id: string
  label: string
  kind: 'text' | 'long' | 'number' | 'date' | 'choice' | 'many' | 'person' | 'people' | 'check'
  options?: readonly { value: string | number; label: string }[]
  required?: boolean
  help?: string
  /** Asked only when this holds. */
  when?: (values: Values) => boolean
}

/** One dialog for the short forms of this room: fields as data, refusals at the field. */
export function Ask({
  title,
  okText,
  danger,
  questions,
  initial = {},
  unitId,
  work,
  done,
  close,
  note,
}: {
  title: string
  okText: string
  danger?: boolean
  questions: readonly Question[]
  initial?: Values
  unitId?: number
  work: (values: Values) => Promise<unknown>
  done?: string
  close: () => void
  note?: string
}): ReactElement {
  const [values, setValues] = useState<Values>(initial)
  const set = (id: string) => (value: unknown) => setValues((before) => ({ ...before, [id]: value }))
  const asked = questions.filter((question) => !question.when || question.when(values))
  const ready = asked.every((question) => {
    const value = values[question.id]
    return (
      !question.required ||
      (Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== '')
    )
  })
  const sent = (): Values =>
    Object.fromEntries(
      asked.map(({ id, kind }) => {
        const value = values[id]
        if (kind === 'number') return [id, typeof value === 'string' ? parseNumber('integer', value) : (value ?? null)]
        if (kind === 'person') return [id, (value as Named | null)?.id ?? null]
        if (kind === 'people') return [id, ((value as Named[] | undefined) ?? []).map((one) => one.id)]
        if (kind === 'check') return [id, value === true]
        return [id, value === '' || value === undefined ? null : value]
      }),
    )
  return (
    <Dialog
      title={title}
      okText={okText}
      {...(danger && { danger })}
      ready={ready}
      work={() => work(sent())}
      {...(done && { done })}
      close={close}
    >
      {(faults) => (
        <>
          {note && <p className="quiet">{note}</p>}
          {asked.map((question) =>
            question.kind === 'check' ? (
              <Checkbox
                key={question.id}
                checked={values[question.id] === true}
                onChange={(event) => set(question.id)(event.target.checked)}
              >
                {question.label}
              </Checkbox>
            ) : (
              <LabelledField
                key={question.id}
                id={`ask-${question.id}`}
                label={question.label}
                required={question.required}
                error={faults[question.id]}
                help={question.help}
              >
                <Answer
                  question={question}
                  value={values[question.id]}
                  set={set(question.id)}
                  unitId={unitId}
                  invalid={Boolean(faults[question.id])}
                />
              </LabelledField>
            ),
          )}
        </>
      )}
    </Dialog>
  )
}

function Answer({
  question,
  value,
  set,
  unitId,
  invalid,
}: {
  question: Question
  value: unknown
  set: (value: unknown) => void
  unitId: number | undefined
  invalid: boolean
}): ReactElement {
  const id = `ask-${question.id}`
  const status = invalid ? { status: 'error' as const } : {}
  if (question.kind === 'long')
    return (
      <Input.TextArea
        id={id}
        rows={6}
        value={String(value ?? '')}
        onChange={(event) => set(event.target.value)}
        {...status}
      />
    )
  if (question.kind === 'date')
    return (
      <DateInput
        id={id}
        label={question.label}
        value={(value as string | null) ?? null}
        onChange={set}
        invalid={invalid}
      />
    )
  if (question.kind === 'choice' || question.kind === 'many')
    return (
      <Select
        id={id}
        aria-label={question.label}
        {...(question.kind === 'many' && { mode: 'multiple' as const })}
        showSearch={{ optionFilterProp: 'label' }}
        allowClear={!question.required}
        value={(value as string | undefined) ?? (question.kind === 'many' ? [] : null)}
        options={[...(question.options ?? [])]}
        onChange={set}
        {...status}
      />
    )
  if (question.kind === 'person')
    return (
      <PersonPicker
        id={id}
        label={question.label}
        membersOnly
        value={(value as Named | null) ?? null}
        onChange={set}
        {...(unitId && { unitId })}
        invalid={invalid}
      />
    )
  if (question.kind === 'people') {
    const chosen = (value as Named[] | undefined) ?? []
    return (
      <div className="stack" style={{ gap: 6 }}>
        <PersonPicker
          id={id}
          label={question.label}
          membersOnly
          value={null}
          onChange={(one) => one && set([...chosen.filter((other) => other.id !== one.id), one])}
          {...(unitId && { unitId })}
          invalid={invalid}
        />
        {chosen.length > 0 && (
          <span className="row" style={{ gap: '2px 12px' }}>
            {chosen.map((one) => (
              <span key={one.id}>
                {one.name}{' '}
                <button
                  type="button"
                  className="link"
                  aria-label={`去掉${one.name}`}
                  onClick={() => set(chosen.filter((other) => other !== one))}
                >
                  去掉
                </button>
              </span>
            ))}
          </span>
        )}
      </div>
    )
  }
  return (
    <Input
      id={id}
      value={String(value ?? '')}
      inputMode={question.kind === 'number' ? 'numeric' : 'text'}
      onChange={(event) => set(event.target.value)}
      {...status}
    />
  )
}

/** Choices from a record of words. */
export const optionsOf = (words: Readonly<Record<string, string>>): { value: string; label: string }[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }))
