import type { FieldValues, RecordDetail, RegisterShape } from '../../shapes.ts'
import { fieldValue } from '../../ui/values.tsx'

/** A record as it is being filled in. Keys of lines only serve the screen. */
export interface Draft {
  unit: { id: number; name: string } | null
  happenedOn: string | null
  endedOn: string | null
  title: string
  fields: FieldValues
  lines: { key: number; fields: FieldValues }[]
}

let lastKey = 0
export const newLine = (): Draft['lines'][number] => ({ key: ++lastKey, fields: {} })

export const emptyDraft = (unit: Draft['unit'], happenedOn: string, register: RegisterShape): Draft => ({
  unit,
  happenedOn,
  endedOn: null,
  title: '',
  fields: {},
  lines: register.lines ? [newLine()] : [],
})

export const draftOf = (register: RegisterShape, record: RecordDetail): Draft => ({
  unit: { id: record.unitId, name: record.unitName },
  happenedOn: record.happenedOn,
  endedOn: record.endedOn,
  title: record.title ?? '',
  fields: Object.fromEntries(register.fields.map((field) => [field.id, fieldValue(field, record)])),
  lines: record.lines.map((line) => ({
    key: ++lastKey,
    fields: Object.fromEntries((register.lines?.fields ?? []).map((field) => [field.id, fieldValue(field, line)])),
  })),
})

const filled = (fields: FieldValues): FieldValues =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        value !== null && value !== undefined && value !== '' && !(typeof value === 'string' && value.trim() === ''),
    ),
  )

/** What is sent: empty values and empty lines left out. `lineAt` maps a sent line back to the screen's. */
export function bodyOf(draft: Draft, state: 'draft' | 'recorded'): { body: Record<string, unknown>; lineAt: number[] } {
  const lineAt: number[] = []
  const lines = draft.lines
    .map((line, index) => ({ fields: filled(line.fields), index }))
    .filter((line) => Object.keys(line.fields).length > 0)
    .map(({ fields, index }) => {
      lineAt.push(index)
      return { fields }
    })
  return {
    lineAt,
    body: {
      state,
      unitId: draft.unit?.id,
      happenedOn: draft.happenedOn ?? '',
      endedOn: draft.endedOn,
      title: draft.title.trim() || null,
      fields: filled(draft.fields),
      lines,
    },
  }
}
