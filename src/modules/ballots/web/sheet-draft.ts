import { parseNumber } from '../../../web/ui/FieldInput.tsx'
import type { Named } from '../../../web/ui/PersonPicker.tsx'
import { marksOf } from '../words.ts'
import type { SheetShape, VoteShape } from './shapes.ts'

/** A sheet while it is typed: numbers are still text. */
export interface SheetDraft {
  issued: string
  returned: string
  valid: string
  invalid: string
  graded: boolean
  lines: { key: string; label: string; marks: string[] }[]
  writeIns: { id: number; person: Named | null; yes: string }[]
}

const graded = (vote: VoteShape): boolean => vote.kind === 'appraisal' || vote.kind === 'satisfaction'

export const emptyDraft = (vote: VoteShape): SheetDraft => ({
  issued: '',
  returned: '',
  valid: '',
  invalid: '',
  graded: graded(vote),
  lines: vote.items
    .filter((item) => item.listed)
    .map((item) => ({ key: item.key, label: item.label, marks: marksOf(vote.rule).map(() => '') })),
  writeIns: [],
})

export function fromSheet(vote: VoteShape, sheet: SheetShape): SheetDraft {
  const draft = emptyDraft(vote)
  return {
    ...draft,
    issued: String(sheet.issued),
    returned: String(sheet.returned),
    valid: String(sheet.valid),
    invalid: String(sheet.invalid),
    lines: draft.lines.map((line) => {
      const item = sheet.items.find((one) => one.key === line.key)
      const marks = graded(vote) ? (item?.grades ?? []) : [item?.yes ?? 0, item?.no ?? 0, item?.abstain ?? 0]
      return { ...line, marks: marks.map(String) }
    }),
    writeIns: sheet.items.flatMap((item, id) =>
      item.writtenIn
        ? [{ id, person: { id: Number(item.key.slice(1)), name: item.label }, yes: String(item.yes) }]
        : [],
    ),
  }
}

/** Empty counts as none: a teller needn't type every zero. */
const numberOf = (text: string): number => (text.trim() === '' ? 0 : (parseNumber('integer', text) ?? Number.NaN))

export const toInput = (draft: SheetDraft) => ({
  issued: numberOf(draft.issued),
  returned: numberOf(draft.returned),
  valid: numberOf(draft.valid),
  invalid: numberOf(draft.invalid),
  items: draft.lines.map((line) => {
    const marks = line.marks.map(numberOf)
    return draft.graded
      ? { key: line.key, grades: marks }
      : { key: line.key, yes: marks[0] ?? 0, no: marks[1] ?? 0, abstain: marks[2] ?? 0 }
  }),
  writeIns: draft.writeIns
    .filter((one) => one.person)
    .map((one) => ({ label: one.person!.name, personId: one.person!.id, yes: numberOf(one.yes) })),
})

/** What doesn't add up while typing, once the ballots are in; the server says the rest. */
export function checkSheet(vote: VoteShape, draft: SheetDraft): string[] {
  if (vote.mode === 'hands' || draft.valid.trim() === '') return []
  const { returned, valid, invalid, issued } = toInput(draft)
  const faults: string[] = []
  if (valid + invalid !== returned && draft.returned.trim() !== '')
    faults.push(`有效 ${valid} 张加无效 ${invalid} 张，不等于收回 ${returned} 张。`)
  if (returned > issued && draft.issued.trim() !== '')
    faults.push(`收回 ${returned} 张多于发出 ${issued} 张：如属实，投票无效。请先重新清点。`)
  for (const line of draft.lines) {
    const total = line.marks.reduce((sum, text) => sum + numberOf(text), 0)
    if (line.marks.every((text) => text.trim() !== '') && total !== valid)
      faults.push(`${line.label}各项合计 ${total}，不等于有效票 ${valid} 张。`)
  }
  return faults
}
