import { z } from 'zod'
import { Problem } from '../contract/problem.ts'
import { day } from '../http/parse.ts'
import type { Field, Register } from './declaration.ts'

/** A person or household named by a field that is not the row's subject. */
export interface Named {
  id: number
  name: string
}

export interface LineDraft {
  personId?: number | null
  householdId?: number | null
  fields: Record<string, unknown>
}

/** A checked record, ready to be kept. Money in fen, percentages in hundredths of a percent. */
export interface RecordDraft {
  unitId: number
  happenedOn: string
  endedOn?: string | null
  title?: string | null
  personId?: number | null
  householdId?: number | null
  fields: Record<string, unknown>
  lines?: readonly LineDraft[]
  importId?: number | null
  sheet?: string | null
  rowNo?: number | null
  /** The path of what files it, see kept.ts; never from a form. */
  keptBy?: string
}

const named = z.object({ id: z.number().int().positive(), name: z.string().max(60) })

/** The check of one field's value; money and integers are safe integers within the declared bounds. */
export function schemaOf(declared: Field): z.ZodType {
  switch (declared.kind) {
    case 'text':
    case 'unit':
      return z.string().trim().max(200, '不超过 200 个字')
    case 'longtext':
      return z.string().trim().max(4000, '不超过 4000 个字')
    case 'integer':
      return bounded(declared, '请填写整数', declared.min ?? 0, declared.max ?? 1_000_000_000)
    case 'money':
      return bounded(declared, '请填写金额，最多两位小数', declared.min ?? 0, declared.max ?? 100_000_000_000_00)
    case 'percent':
      return bounded(declared, '请填写百分比', declared.min ?? 0, declared.max ?? 10_000)
    case 'date':
      return day
    case 'yesno':
      return z.boolean('请选择是或否')
    case 'choice':
      return declared.open
        ? z.string().trim().max(60, '不超过 60 个字')
        : z.enum(declared.choices as [string, ...string[]], `请从列表中选择：${declared.choices?.join('、')}`)
    case 'person':
    case 'household':
      return named
  }
}

const bounded = (declared: Field, sentence: string, min: number, max: number): z.ZodType => {
  const shown = (value: number): string =>
    declared.kind === 'money' ? `${value / 100} 元` : declared.kind === 'percent' ? `${value / 100}%` : `${value}`
  return z
    .number(sentence)
    .int(sentence)
    .min(min, `不能小于 ${shown(min)}`)
    .max(max, `不能大于 ${shown(max)}`)
}

/** The field whose person (household) is the row's subject: the first of that kind. */
export const subjectField = (fields: readonly Field[], kind: 'person' | 'household'): Field | undefined =>
  fields.find((declared) => declared.kind === kind)

export const empty = (value: unknown): boolean => value === undefined || value === null || value === ''

/** Numbers of a row that exceed what they are part of, each with the sentence naming both. */
export function exceeding(
  fields: readonly Field[],
  values: Readonly<Record<string, unknown>>,
): { field: Field; sentence: string }[] {
  const shown = (value: number, kind: Field['kind']): string => String(kind === 'integer' ? value : value / 100)
  return fields.flatMap((field) => {
    const whole = field.atMost && fields.find((one) => one.id === field.atMost)
    if (!whole) return []
    const [part, all] = [values[field.id], values[whole.id]]
    if (typeof part !== 'number' || typeof all !== 'number' || part <= all) return []
    const sentence = `“${field.label}”填了 ${shown(part, field.kind)}，大于“${whole.label}”的 ${shown(all, whole.kind)}，请核对。`
    return [{ field, sentence }]
  })
}

const envelope = z.object({
  unitId: z.number('请选择单位').int().positive(),
  happenedOn: day,
  endedOn: day.nullish(),
  title: z.string().trim().max(200, '不超过 200 个字').nullish(),
  personId: z.number().int().positive().nullish(),
  householdId: z.number().int().positive().nullish(),
  fields: z.record(z.string(), z.unknown()).default({}),
  lines: z
    .array(
      z.object({
        personId: z.number().int().positive().nullish(),
        householdId: z.number().int().positive().nullish(),
        fields: z.record(z.string(), z.unknown()).default({}),
      }),
    )
    .max(20_000, '一条记录最多 20000 行，请分次登记')
    .default([]),
})

/**
 * Checks a form's content against the register's declaration.
 * @param complete false for a saved draft: required fields may still be missing, what is there must be right
 * @throws Problem 422 `invalid-input`, field errors keyed `happenedOn`, `fields.amount`, `lines.3.fields.grade`
 */
export function checkDraft(register: Register, input: unknown, complete: boolean): RecordDraft {
  const errors: Record<string, string> = {}
  const parsed = envelope.safeParse(input)
  if (!parsed.success) for (const issue of parsed.error.issues) errors[issue.path.join('.') || '_'] ??= issue.message
  const draft = parsed.data
  if (!draft) throw new Problem(422, 'invalid-input', '有内容未填写正确，请按提示修改后再提交。', errors)

  const check = (
    fields: readonly Field[],
    row: { personId?: number | null; householdId?: number | null; fields: Record<string, unknown> },
    at: string,
  ): void => {
    const known = new Map(fields.map((declared) => [declared.id, declared]))
    for (const name of Object.keys(row.fields)) if (!known.has(name)) delete row.fields[name]
    const subjects = { person: subjectField(fields, 'person'), household: subjectField(fields, 'household') }
    for (const declared of fields) {
      if (declared === subjects.person || declared === subjects.household) {
        const value = row.fields[declared.id] as Named | undefined
        const key = declared.kind === 'person' ? 'personId' : 'householdId'
        row[key] ??= value?.id ?? null
        delete row.fields[declared.id]
        if (complete && declared.required && !row[key]) errors[`${at}fields.${declared.id}`] = `请填写${declared.label}`
        continue
      }
      const value = row.fields[declared.id]
      if (empty(value)) {
        delete row.fields[declared.id]
        if (complete && declared.required) errors[`${at}fields.${declared.id}`] = `请填写${declared.label}`
        continue
      }
      const result = schemaOf(declared).safeParse(value)
      if (result.success) row.fields[declared.id] = result.data
      else errors[`${at}fields.${declared.id}`] = result.error.issues[0]?.message ?? '填写有误'
    }
    for (const { field, sentence } of exceeding(fields, row.fields)) errors[`${at}fields.${field.id}`] ??= sentence
  }
  check(register.fields, draft, '')
  if (!register.lines && draft.lines.length) errors['lines'] = '这个登记簿没有明细行'
  for (const [index, line] of draft.lines.entries()) check(register.lines?.fields ?? [], line, `lines.${index}.`)
  if (complete && register.titleLabel && !draft.title) errors['title'] = `请填写${register.titleLabel}`
  if (draft.endedOn && draft.endedOn < draft.happenedOn) errors['endedOn'] = '结束日期不能早于开始日期'
  if (Object.keys(errors).length)
    throw new Problem(422, 'invalid-input', '有内容未填写正确，请按提示修改后再提交。', errors)
  return draft
}
