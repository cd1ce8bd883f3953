import type { ReactElement } from 'react'
import type { Field } from '../../kernel/register/declaration.ts'
import type { FieldValues, HouseholdRef, PersonRef, RecordState } from '../shapes.ts'

/** How stored values look on a page: money from fen, percentages from hundredths, dates as written. */

const grouped = new Intl.NumberFormat('zh-CN')
export const numberText = (value: number): string => grouped.format(value)

/** Fen as yuan with two decimals and grouping; exact for every safe integer. */
export function moneyText(fen: number): string {
  const whole = Math.trunc(Math.abs(fen) / 100)
  const cents = String(Math.abs(fen) % 100).padStart(2, '0')
  return `${fen < 0 ? '-' : ''}${grouped.format(whole)}.${cents}`
}
/** Hundredths of a percent as a percentage: 9650 → 96.5%. */
export const percentText = (hundredths: number): string => `${Number((hundredths / 100).toFixed(2))}%`

export const MoneyText = ({ fen }: { fen: number }): ReactElement => <span className="nowrap">{moneyText(fen)} 元</span>

/** An instant as local wall clock in the unit's time zone. */
export const timeText = (instant: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(instant),
  )

const nameOf = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const some = value as Partial<PersonRef & HouseholdRef>
  return some.name ?? some.headName
}

/** One field's value as plain text; empty string when there is none. */
export function fieldText(field: Field, value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  if (field.kind === 'money') return moneyText(Number(value))
  if (field.kind === 'percent') return percentText(Number(value))
  if (field.kind === 'integer') return numberText(Number(value))
  if (field.kind === 'yesno') return value === true || value === '是' ? '是' : '否'
  if (Array.isArray(value)) return value.join('、')
  return nameOf(value) ?? String(value)
}

/** The value of a field wherever the server keeps it: persons and households stand beside the fields. */
export function fieldValue(
  field: Field,
  row: { fields: FieldValues; person?: PersonRef | null; household?: HouseholdRef | null },
): unknown {
  const own = row.fields[field.id]
  if (field.kind === 'person') return nameOf(own) !== undefined ? own : (row.person ?? own)
  if (field.kind === 'household') return nameOf(own) !== undefined ? own : (row.household ?? own)
  return own
}

export const isNumeric = (field: Field): boolean => ['integer', 'money', 'percent'].includes(field.kind)

const states: Record<RecordState, [string, string]> = {
  draft: ['草稿', 'warn'],
  recorded: ['已登记', 'good'],
  void: ['已作废', 'bad'],
}
export const StateTag = ({ state }: { state: RecordState }): ReactElement => (
  <span className={`tag ${states[state][1]}`}>{states[state][0]}</span>
)

/** A status word with a tone; the word always says it, the colour only helps. */
export const StatusTag = ({
  text,
  tone = '',
}: {
  text: string
  tone?: '' | 'good' | 'warn' | 'bad' | 'info'
}): ReactElement => <span className={`tag ${tone}`}>{text}</span>

/** A figure's value in its own unit, exactly: 278 人次, 1,234.50 元, 82.5%. */
export function figureValueText(
  figure: { value: number; unit: string; kind: string; withheld?: string; text?: string },
  value = figure.value,
): string {
  if (figure.withheld && value === figure.value) return figure.text ?? '不单列'
  if (figure.kind === 'rate' || figure.unit === '%') return percentText(value)
  return figure.unit === '元' ? moneyText(value) : numberText(value)
}
