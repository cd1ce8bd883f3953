import { addDays } from '../../../kernel/calendar/days.ts'
import { naming, PRESETS, ROUND_KINDS, scaleAt, SCALES, type Channel, type RoundKind } from '../words.ts'
import { answersOf, scaleOf, type DraftAnswers, type DraftQuestion } from './answers.ts'
import type { Round } from './shapes.ts'

/** A plan as it is typed. */
export interface DraftSubject {
  personId: number | null
  name: string
  post: string
  report: string
  /** 任教班级, parted by 、 */
  classes: string
  /** 民主推荐: how many a form may name, and from whom, one a line. */
  seats: string
  nominees: string
}
export interface DraftGroup {
  name: string
  weight: string
  planned: string
  class: string
  channel: Channel
}
export interface Draft {
  kind: RoundKind
  title: string
  unit: { id: number; name: string }
  year: string
  heldOn: string | null
  closesOn: string | null
  /** The first question, by its preset's words where it isn't changed, and its answers. */
  first: string
  answers: DraftAnswers
  /** Beside the overall grade, parted by 、 */
  criteria: string
  /** Each further question apart, with answers of its own; then `questions` stands instead of `criteria`. */
  apart: boolean
  questions: DraftQuestion[]
  whole: 'overall' | 'complete'
  topMost: string
  least: string
  formYears: string
  remarks: boolean
  writeIns: boolean
  resultsAt: 'unit' | 'upper'
  subjects: DraftSubject[]
  groups: DraftGroup[]
}

export const emptySubject = (): DraftSubject => ({
  personId: null,
  name: '',
  post: '',
  report: '',
  classes: '',
  seats: '1',
  nominees: '',
})
export const emptyGroup = (): DraftGroup => ({ name: '', weight: '', planned: '', class: '', channel: 'slip' })
const split = (text: string): string[] =>
  text
    .split(/[、，,\s]+/)
    .map((one) => one.trim())
    .filter(Boolean)
/** Kinds whose raters answer for their own class. */
export const byClass = (kind: RoundKind): boolean => kind === 'parents-teachers'

/** What a kind asks at first. */
export const questionsOf = (kind: RoundKind): Pick<Draft, 'first' | 'answers' | 'criteria' | 'apart' | 'questions'> => {
  const { criteria, scale } = PRESETS[kind]
  return {
    first: criteria[0]!,
    answers: { scale, own: '' },
    criteria: criteria.slice(1).join('、'),
    // Who is asked for an opinion is asked several things, seldom on one scale.
    apart: kind === 'opinion-test',
    questions: [],
  }
}
/** From a line of titles to questions one by one, and back. */
export const parted = (draft: Draft): DraftQuestion[] =>
  split(draft.criteria).map((title) => ({ title, scale: 'same', own: '' }))
export const joined = (draft: Draft): string => draft.questions.map((question) => question.title).join('、')

export function newDraft(unit: { id: number; name: string }, year: number, today: string): Draft {
  const preset = PRESETS.leaders
  return {
    kind: 'leaders',
    title: `${year}年度${ROUND_KINDS.leaders}`,
    unit,
    year: String(year),
    heldOn: today,
    closesOn: addDays(today, 7),
    ...questionsOf('leaders'),
    whole: 'overall',
    topMost: '',
    least: '10',
    formYears: '',
    remarks: true,
    writeIns: true,
    resultsAt: 'unit',
    subjects: [emptySubject()],
    groups: preset.groups.map((group) => ({ ...emptyGroup(), name: group.name, weight: String(group.weight) })),
  }
}

export const draftOf = (round: Round): Draft => ({
  kind: round.kind,
  title: round.title,
  unit: { id: round.unitId, name: round.unitName },
  year: String(round.year),
  heldOn: round.heldOn,
  closesOn: round.closesOn,
  first: round.criteria[0]!,
  answers: answersOf(scaleAt(round, 0)),
  criteria: round.criteria.slice(1).join('、'),
  apart: round.kind === 'opinion-test' || round.scales.some(Boolean),
  questions: round.criteria.slice(1).map((title, at) => {
    const own = round.scales[at + 1]
    return own ? { title, ...answersOf(own) } : { title, scale: 'same', own: '' }
  }),
  whole: round.whole,
  topMost: String(round.topMost ?? ''),
  least: String(round.least),
  formYears: String(round.formYears ?? ''),
  remarks: round.remarks,
  writeIns: round.writeIns,
  resultsAt: round.resultsUnitId === round.unitId ? 'unit' : 'upper',
  subjects: round.subjects.map((subject) => ({
    personId: subject.personId,
    name: subject.name,
    post: subject.post ?? '',
    report: subject.report ?? '',
    classes: subject.classes.join('、'),
    seats: String(subject.seats ?? 1),
    nominees: subject.nominees.map((one) => [one.name, one.post ?? ''].join(' ').trim()).join('\n'),
  })),
  groups: round.groups.map((group) => ({
    name: group.name,
    weight: String(group.weight),
    planned: String(group.planned),
    class: group.class ?? '',
    channel: group.channel,
  })),
})

/** A number where one was typed; what isn't one goes to the server as it is, which says so at the field. */
const number = (text: string): number | string | null => {
  const plain = text.trim()
  if (!plain) return null
  return /^\d+$/.test(plain) ? Number(plain) : plain
}

/** A person a line: name, then the present post. */
const peopleOf = (text: string): { name: string; post: string | null }[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [name, ...post] = line.split(/[\s,，]+/)
      return { name: name!, post: post.join(' ') || null }
    })

export function bodyOf(draft: Draft): object {
  const scale = naming(draft.kind) ? SCALES.naming : scaleOf(draft.answers)
  const further: readonly DraftQuestion[] = naming(draft.kind) ? [] : draft.apart ? draft.questions : parted(draft)
  return {
    unitId: draft.unit.id,
    kind: draft.kind,
    title: draft.title,
    year: number(draft.year),
    heldOn: draft.heldOn,
    closesOn: draft.closesOn,
    grades: scale.grades,
    goodGrades: scale.good,
    criteria: [naming(draft.kind) ? '推荐' : draft.first, ...further.map((question) => question.title)],
    scales: further.some((question) => question.scale !== 'same')
      ? [null, ...further.map(({ scale: given, own }) => (given === 'same' ? null : scaleOf({ scale: given, own })))]
      : [],
    whole: draft.whole,
    topMost: naming(draft.kind) ? null : number(draft.topMost),
    least: number(draft.least),
    formYears: number(draft.formYears),
    remarks: draft.remarks,
    writeIns: draft.writeIns,
    resultsAt: draft.resultsAt,
    subjects: draft.subjects.map((subject) => ({
      personId: subject.personId,
      name: subject.name,
      post: subject.post || null,
      report: subject.report || null,
      classes: byClass(draft.kind) ? split(subject.classes) : [],
      ...(naming(draft.kind) && { seats: number(subject.seats), nominees: peopleOf(subject.nominees) }),
    })),
    groups: draft.groups.map((group) => ({
      name: group.name,
      weight: number(group.weight),
      planned: number(group.planned),
      class: (byClass(draft.kind) && group.class.trim()) || null,
      channel: group.channel,
    })),
  }
}
