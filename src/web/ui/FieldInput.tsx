import { AutoComplete, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useState, type ReactElement } from 'react'
import type { Field } from '../../kernel/register/declaration.ts'
import { PersonPicker, type Named } from './PersonPicker.tsx'
import { UnitPicker } from './UnitPicker.tsx'

// Month and weekday names of the calendar come from dayjs, not from Ant Design's locale.
dayjs.locale('zh-cn')

const formats = ['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/M/D', 'YYYY.M.D', 'YYYY年M月D日']

export function DateInput({
  id,
  label,
  value,
  onChange,
  invalid,
}: {
  id?: string
  label: string
  value: string | null
  onChange: (value: string | null) => void
  invalid?: boolean
}): ReactElement {
  return (
    <DatePicker
      {...(id && { id })}
      aria-label={label}
      format={formats}
      placeholder="例如 2026-03-05"
      {...(invalid && { status: 'error' as const })}
      value={value ? dayjs(value) : null}
      onChange={(next) => onChange(next ? next.format('YYYY-MM-DD') : null)}
    />
  )
}

/** Full-width digits and signs as typed by a Chinese keyboard. */
const halfWidth = (text: string): string =>
  text
    .replaceAll(/[０-９．，－％]/g, (sign) => String.fromCodePoint(sign.codePointAt(0)! - 0xfee0))
    .replaceAll(/[,\s元%]/g, '')
    .replaceAll('。', '.')

/** What a typed number means in the field's own unit (fen, hundredths of a percent); null if it is no such number. */
export function parseNumber(kind: Field['kind'], text: string): number | null {
  const plain = halfWidth(text)
  const pattern = kind === 'integer' ? /^-?\d{1,12}$/ : /^-?\d{1,12}(\.\d{1,2})?$/
  if (!pattern.test(plain)) return null
  if (kind === 'integer') return Number(plain)
  const [whole = '0', cents = ''] = plain.replace('-', '').split('.')
  const value = Number(whole) * 100 + Number(cents.padEnd(2, '0'))
  return plain.startsWith('-') ? -value : value
}

const shownNumber = (kind: Field['kind'], value: unknown): string => {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value !== 'number') return String(value)
  if (kind === 'integer') return String(value)
  return kind === 'money' ? (value / 100).toFixed(2) : String(Number((value / 100).toFixed(2)))
}

/** Keeps what was typed while it is being typed; hands on a number, or the text itself so that the server can say why not. */
function NumberInput({
  id,
  field,
  value,
  onChange,
  invalid,
}: {
  id: string
  field: Field
  value: unknown
  onChange: (value: unknown) => void
  invalid: boolean
}): ReactElement {
  const [text, setText] = useState<string | null>(null)
  const suffix = field.kind === 'money' ? '元' : field.kind === 'percent' ? '%' : undefined
  return (
    <Input
      id={id}
      aria-label={field.label}
      inputMode={field.kind === 'integer' ? 'numeric' : 'decimal'}
      {...(invalid && { status: 'error' as const })}
      {...(suffix && { suffix })}
      {...(field.example && { placeholder: `例如 ${field.example}` })}
      value={text ?? shownNumber(field.kind, value)}
      onChange={(event) => {
        setText(event.target.value)
        const typed = event.target.value.trim()
        onChange(typed === '' ? null : (parseNumber(field.kind, typed) ?? typed))
      }}
      onBlur={() => setText(null)}
    />
  )
}

/** The input for one declared field, whatever its kind. Used by record forms, line tables and custom pages alike. */
export function FieldInput({
  id,
  field,
  value,
  onChange,
  invalid = false,
  unitId,
}: {
  id: string
  field: Field
  value: unknown
  onChange: (value: unknown) => void
  invalid?: boolean
  unitId?: number
}): ReactElement {
  const status = invalid ? { status: 'error' as const } : {}
  const placeholder = field.example ? { placeholder: `例如 ${field.example}` } : {}
  switch (field.kind) {
    case 'longtext':
      return (
        <Input.TextArea
          id={id}
          aria-label={field.label}
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={4000}
          {...status}
          {...placeholder}
          value={(value as string) ?? ''}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    case 'integer':
    case 'money':
    case 'percent':
      return <NumberInput id={id} field={field} value={value} onChange={onChange} invalid={invalid} />
    case 'date':
      return (
        <DateInput
          id={id}
          label={field.label}
          value={(value as string) ?? null}
          onChange={onChange}
          invalid={invalid}
        />
      )
    case 'yesno':
      return (
        <div
          className="row"
          role="radiogroup"
          aria-label={field.label}
          id={id}
          style={{ minHeight: 'var(--control)', gap: 18 }}
        >
          {[true, false].map((choice) => (
            <label key={String(choice)} className="row">
              <input type="radio" name={id} checked={value === choice} onChange={() => onChange(choice)} />
              {choice ? '是' : '否'}
            </label>
          ))}
          {!field.required && value !== undefined && value !== null && (
            <button type="button" className="link faint" onClick={() => onChange(null)}>
              清除
            </button>
          )}
        </div>
      )
    case 'choice': {
      const options = (field.choices ?? []).map((choice) => ({ value: choice, label: choice }))
      if (field.open)
        return (
          <AutoComplete
            id={id}
            aria-label={field.label}
            allowClear
            placeholder="选择，或直接填写"
            {...status}
            options={options}
            showSearch={{ filterOption: (input, option) => (option?.value ?? '').includes(input) }}
            value={(value as string) ?? ''}
            onChange={(next: string | null) => onChange(next ?? null)}
          />
        )
      return (
        <Select
          id={id}
          aria-label={field.label}
          allowClear={!field.required}
          showSearch
          placeholder="请选择"
          {...status}
          options={options}
          value={(value as string) ?? null}
          onChange={(next: string | null) => onChange(next ?? null)}
        />
      )
    }
    case 'person':
    case 'household':
      return (
        <PersonPicker
          id={id}
          label={field.label}
          household={field.kind === 'household'}
          membersOnly={field.memberOnly ?? false}
          invalid={invalid}
          value={(value as Named | null) ?? null}
          onChange={onChange}
          {...(unitId && { unitId })}
        />
      )
    case 'unit':
      return (
        <UnitPicker
          id={id}
          label={field.label}
          invalid={invalid}
          // A unit named in a record is kept by name: it may be one that was never in the tree.
          value={value ? { id: -1, name: String(value) } : null}
          onChange={(unit) => onChange(unit?.name ?? null)}
        />
      )
    default:
      return (
        <Input
          id={id}
          aria-label={field.label}
          maxLength={200}
          {...status}
          {...placeholder}
          value={(value as string) ?? ''}
          onChange={(event) => onChange(event.target.value)}
        />
      )
  }
}

/** Label, input, help and error of one field, tied together for a screen reader. */
export function LabelledField({
  id,
  label,
  required,
  error,
  help,
  whole,
  group,
  children,
}: {
  id: string
  label: string
  required?: boolean | undefined
  error?: string | undefined
  help?: string | undefined
  whole?: boolean
  /** The input is a group of its own (是/否), which a label can't point at. */
  group?: boolean
  children: ReactElement
}): ReactElement {
  const words = (
    <>
      {required && (
        <span className="must" aria-hidden="true">
          *
        </span>
      )}
      {label}
      {required && <span className="sr-only">（必填）</span>}
    </>
  )
  return (
    <div className={whole ? 'field whole' : 'field'} data-field={id}>
      {group ? <span className="label">{words}</span> : <label htmlFor={id}>{words}</label>}
      {children}
      {error ? (
        <span className="field-error" role="alert">
          {error}
        </span>
      ) : (
        help && <span className="faint">{help}</span>
      )}
    </div>
  )
}
