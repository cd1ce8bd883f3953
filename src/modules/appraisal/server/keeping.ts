import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import type { Register } from '../../../kernel/register/declaration.ts'
import type { RecordDraft } from '../../../kernel/register/draft.ts'
import { keepRecords, type Kept } from '../../../kernel/register/kept.ts'
import assessment from '../../assessment/module.ts'
import unionBuilding from '../../union-building/module.ts'
import { form } from '../registers/forms.ts'
import { leader } from '../registers/people.ts'
import { appoints, naming, type RoundKind } from '../words.ts'
import { countedResults, type Results } from './results.ts'
import { rounds, type Round } from './rounds.ts'

/** A register of another room, which appraisal fills where the catalogue keeps the mechanism there. */
export const registerOf = (registers: readonly Register[] | undefined, id: string): Register =>
  registers!.find((one) => one.id === id)!
const rating = registerOf(unionBuilding.registers, 'union-building.rating')
const opinion = registerOf(assessment.registers, 'assessment.commentator-opinion')

const LEADER_KINDS: Partial<Record<RoundKind, string>> = {
  leaders: '民主评议领导干部',
  principals: '校长书记测评',
  managers: '中层干部评议',
}
const FORM_KINDS: Partial<Record<RoundKind, string>> = {
  'parents-school': '家长委员会评议学校表',
  'parents-teachers': '家长和学生评议教师表',
  opinion: '民主测评表',
  recommendation: '民主推荐表',
  'opinion-test': '民意测试表',
  union: '职工评工会表',
  upper: '下级工会评议上级工会表',
  satisfaction: '满意度测评表',
}

/** Files a closed round where its kind is counted, or brings it up to date after it was reported upward. */
export async function keepRound(tx: Tx, actor: Actor, id: number): Promise<void> {
  const round = (await sql<Round>`${rounds} where r.id = ${id}`.execute(tx)).rows[0]!
  const results = await countedResults(tx, round)
  const keptBy = `appraisal/rounds/${id}`
  const file = (register: Register, fields: Record<string, unknown>, lines?: RecordDraft['lines']): Promise<number[]> =>
    keepRecords(tx, actor, register, [
      {
        keptBy,
        draft: { unitId: round.unitId, happenedOn: round.heldOn, title: round.title, fields, ...(lines && { lines }) },
      },
    ])
  const leaders = LEADER_KINDS[round.kind]
  if (leaders) {
    await file(
      leader,
      {
        kind: leaders,
        reportedUp: round.reportedOn !== null,
        ...(round.reportedTo && { reportedTo: round.reportedTo }),
        ...(round.formYears !== null && { formYears: round.formYears }),
      },
      leaderLines(round, results),
    )
    return
  }
  const batch = {
    issued: results.issued,
    returned: results.returned,
    // What recommends or agrees to an appointment isn't satisfied with anything.
    ...(appoints(round.kind) ? {} : satisfied(results)),
  }
  if (round.kind === 'home')
    await keepRecords(tx, actor, rating, [
      {
        keptBy,
        draft: {
          unitId: round.unitId,
          happenedOn: round.heldOn,
          fields: { body: round.subjects[0]!.name, ...batch },
        },
      },
    ])
  else
    await file(form, {
      kind: FORM_KINDS[round.kind],
      object: objectOf(round),
      ...batch,
      ...(appoints(round.kind) && { use: '干部任用' }),
    })
  if (round.kind === 'satisfaction') await keepRecords(tx, actor, opinion, surveyed(round, results))
}

const objectOf = (round: Round): string =>
  round.subjects.length === 1
    ? appoints(round.kind)
      ? (round.subjects[0]!.post ?? round.subjects[0]!.name)
      : round.subjects[0]!.name
    : naming(round.kind)
      ? round.subjects
          .map((subject) => subject.name)
          .join('、')
          .slice(0, 200)
      : `${round.unitName}${round.subjects.length}个评议对象`

/** How many of one object's sheets were good; left out when the figure may not be told, or there are several objects. */
function satisfied(results: Results): { satisfied?: number } {
  const only = results.subjects.length === 1 ? results.subjects[0]! : null
  return only?.good ? { satisfied: only.good.count } : {}
}

/** One line a person; outsiders without a roster entry are in the result and not on a line, which needs a person. */
function leaderLines(round: Round, results: Results): RecordDraft['lines'] {
  return round.subjects.flatMap((subject, at) => {
    const counted = results.subjects[at]!
    if (!subject.personId) return []
    return [
      {
        personId: subject.personId,
        fields: {
          ...(subject.post && { post: subject.post }),
          reported: subject.report !== null,
          ballots: counted.valid,
          ...(!counted.suppressed && {
            excellent: counted.criteria[0]!.counts[0]!,
            competent: counted.criteria[0]!.counts[1]!,
          }),
        },
      },
    ]
  })
}

/** A row of the survey's register for each sheet that may be told: by grade, so their order says nothing. */
function surveyed(round: Round, results: Results): Kept[] {
  const names = ['满意', '基本满意', '不满意']
  if (round.grades.some((grade, at) => grade.title !== names[at]) || round.subjects.length > 1) return []
  const counts = results.subjects[0]!.criteria[0]?.counts ?? []
  return counts
    .flatMap((count, grade) => Array.from({ length: count }, () => names[grade]!))
    .map((satisfaction, at) => ({
      keptBy: `appraisal/rounds/${round.id}#${at + 1}`,
      draft: {
        unitId: round.unitId,
        happenedOn: round.heldOn,
        title: `${round.title}第 ${at + 1} 份`,
        fields: { source: '满意度测评', adopted: false, satisfaction },
      },
    }))
}
