import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, forbidden, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { officialDate, type Block, type OfficialDocument } from '../../../kernel/documents/model.ts'
import { publish } from '../../openness/public.ts'
import { appoints, LEAST_NAMED, naming, ROUND_KINDS, scaleAt, scored } from '../words.ts'
import { keepRound } from './keeping.ts'
import { countedResults, resultsFor, type Results, type SubjectResult } from './results.ts'
import { groupTitle, maySeeResults, roundToRun, type Round } from './rounds.ts'

const hundredths = (value: number | null): string => (value === null ? '—' : (value / 100).toFixed(2))
const percent = (value: number | null): string => (value === null ? '—' : `${hundredths(value)}%`)
const paragraph = (text: string): Block => ({ kind: 'paragraph', runs: [{ text }] })
const heading = (text: string): Block => ({ kind: 'heading', level: 1, text })

const rule = (round: Round): string =>
  round.whole === 'complete' ? '有一项未评的评议票为无效票' : `“${round.criteria[0]}”未评的评议票为无效票`
/** What decides on an appointment is told in counts; a mean of agreement would say nothing. */
const hasScore = (round: Round): boolean => !appoints(round.kind) && scored(round.grades)

function overallTable(round: Round, results: Results): Block {
  return {
    kind: 'table',
    repeatHeader: true,
    columns: [
      { title: '评议对象', width: 20 },
      { title: '收回', align: 'right' },
      { title: '有效', align: 'right' },
      ...round.grades.map((grade) => ({ title: grade.title, align: 'right' as const })),
      ...(hasScore(round) ? [{ title: '得分', align: 'right' as const }] : []),
    ],
    rows: results.subjects.map((subject) => [
      subject.post ? `${subject.name}（${subject.post}）` : subject.name,
      String(subject.returned),
      String(subject.valid),
      ...round.grades.map((_, grade) => (subject.suppressed ? '—' : String(subject.criteria[0]!.counts[grade]))),
      ...(hasScore(round) ? [subject.suppressed ? '—' : hundredths(subject.criteria[0]!.score)] : []),
    ]),
  }
}

const goodTitle = (round: Round): string =>
  round.grades
    .slice(0, round.goodGrades)
    .map((grade) => grade.title)
    .join('和')

/** What share of a subject's sheets is good, how often each choice was made where none is better, or why it isn't told. */
export function goodSentence(round: Round, subject: SubjectResult): string {
  if (subject.suppressed) return `${subject.name}：有效票少于 ${round.least} 张，不公布评价情况。`
  if (!subject.good) return `${subject.name}：${chosen(round, subject)}。`
  return `${subject.name}：${goodTitle(round)} ${subject.good.count} 票，占有评价的 ${subject.good.of} 票的 ${percent(subject.good.share)}。`
}
const chosen = (round: Round, subject: SubjectResult): string =>
  round.grades.map((grade, at) => `${grade.title} ${subject.criteria[0]!.counts[at]} 票`).join('、')

/** Questions beside the first that have a score, and those that are told answer by answer. */
const furtherOf = (round: Round): { means: number[]; apart: number[] } => {
  const further = round.criteria.keys().drop(1).toArray()
  const mean = (at: number): boolean => !appoints(round.kind) && !round.scales[at]
  return { means: further.filter(mean), apart: further.filter((at) => !mean(at)) }
}

/** One question, answer by answer: a line for each subject. */
function questionTable(round: Round, results: Results, at: number): Block[] {
  const { grades } = scaleAt(round, at)
  const means = !appoints(round.kind) && scored(grades)
  return [
    paragraph(`${round.criteria[at]}：`),
    {
      kind: 'table',
      repeatHeader: true,
      columns: [
        { title: '评议对象', width: 20 },
        ...grades.map((grade) => ({ title: grade.title, align: 'right' as const })),
        { title: '未填', align: 'right' as const },
        ...(means ? [{ title: '得分', align: 'right' as const }] : []),
      ],
      rows: results.subjects.map((subject) => {
        const counted = subject.suppressed ? null : subject.criteria[at]!
        return [
          subject.name,
          ...grades.map((_, grade) => (counted ? String(counted.counts[grade]) : '—')),
          counted ? String(counted.blank) : '—',
          ...(means ? [counted ? hundredths(counted.score) : '—'] : []),
        ]
      }),
    },
  ]
}

/** Sentences of the merging, so that a reader knows why a group isn't shown alone. */
function merged(round: Round, results: Results): string[] {
  const sentences = results.subjects.flatMap((subject) =>
    subject.cells
      .filter((cell) => cell.together)
      .map((cell) => `${cell.groups.join('、')}因人数较少合并计算，权重合计 ${cell.weight}%`),
  )
  return [...new Set(sentences)].map((sentence) => `${sentence}，以免看出个人的评价。`)
}

/** 民主推荐情况汇总: each post with those named for it. */
function namedTables(round: Round, results: Results): Block[] {
  return [
    heading('二、推荐情况汇总'),
    ...results.subjects.flatMap((subject, at): Block[] => {
      if (!subject.named) return []
      const { names, otherPeople, otherVotes } = subject.named
      return [
        paragraph(
          `${subject.name}（每张表最多推荐 ${round.subjects[at]!.seats} 人）：收回 ${subject.returned} 张，有效 ${subject.valid} 张。`,
        ),
        {
          kind: 'table',
          repeatHeader: true,
          columns: [
            { title: '被推荐人', width: 40 },
            { title: '得票', align: 'right' },
            { title: '占有效票', align: 'right' },
          ],
          rows: names.map((one) => [one.name, String(one.votes), percent(one.share)]),
        },
        ...(otherPeople
          ? [paragraph(`另写的姓名中有 ${otherPeople} 人合计 ${otherVotes} 票，每人少于 ${LEAST_NAMED} 票，不列姓名。`)]
          : []),
      ]
    }),
    paragraph('监票人：　　　　　　计票人：　　　　　　组织推荐工作负责人：'),
  ]
}

/** The report to the body that appoints: counts, the overall table, shares, how it was counted. */
export function reportOf(round: Round, results: Results, to: string | null): OfficialDocument {
  const { means, apart } = furtherOf(round)
  const told = results.subjects.some((subject) => !subject.suppressed)
  return {
    title: `关于${round.title}结果的报告`,
    addressee: to ?? round.reportedTo ?? '上级工会',
    body: [
      paragraph(
        `${round.unitName}于${officialDate(round.heldOn)}至${officialDate(round.closesOn)}组织${ROUND_KINDS[round.kind]}，评议对象 ${round.subjects.length} 个。现将结果报告如下。`,
      ),
      heading('一、评议票收发情况'),
      paragraph(
        `发出评议票 ${results.issued} 张，收回 ${results.returned} 张，收回率 ${percent(results.returnRate)}。${rule(round)}。评议不记名。`,
      ),
      {
        kind: 'table',
        repeatHeader: true,
        columns: [
          { title: '评议人' },
          { title: '权重', align: 'right' },
          { title: '发出', align: 'right' },
          { title: '收回', align: 'right' },
        ],
        rows: round.groups.map((group) => [
          groupTitle(group),
          `${group.weight}%`,
          String(group.issued),
          String(group.returned ?? 0),
        ]),
      },
      ...(naming(round.kind) ? namedTables(round, results) : []),
      ...(naming(round.kind) ? [] : [heading(`二、${round.criteria[0]}`), overallTable(round, results)]),
      ...results.subjects.map((subject) => paragraph(goodSentence(round, subject))),
      ...(means.length && told
        ? [
            heading('三、分项得分'),
            {
              kind: 'table',
              repeatHeader: true,
              columns: [
                { title: '评议对象', width: 24 },
                ...means.map((at) => ({ title: round.criteria[at]!, align: 'right' as const })),
              ],
              rows: results.subjects.map((subject) => [
                subject.name,
                ...means.map((at) => (subject.suppressed ? '—' : hundredths(subject.criteria[at]!.score))),
              ]),
            } satisfies Block,
          ]
        : []),
      ...(apart.length && told
        ? [
            heading(means.length ? '四、其他各题' : '三、其他各题'),
            ...apart.flatMap((at) => questionTable(round, results, at)),
          ]
        : []),
      paragraph(
        naming(round.kind)
          ? `票数按推荐表张数相加，各组权重不折算。少于 ${round.least} 张有效票的职务不公布推荐情况。`
          : !hasScore(round)
            ? `票数按张数相加，各组权重不折算。少于 ${round.least} 张有效票的数字不单独公布。${merged(round, results).join('')}`
            : `得分按各组权重加权计算，满分 100 分，四舍五入到小数点后两位。少于 ${round.least} 张有效票的数字不单独公布。${merged(round, results).join('')}`,
      ),
    ],
    signature: { organ: round.unitName, date: officialDate(round.reportedOn ?? round.closedOn ?? round.closesOn) },
  }
}

/** Notes to whom and when the result was reported; the register then counts it as reported up. */
export async function reportUp(
  tx: Tx,
  actor: Actor,
  id: number,
  input: { reportedTo: string; reportedOn: string },
): Promise<void> {
  const round = await roundToRun(tx, actor, id, 'appraisal.run')
  if (round.state !== 'closed') throw conflict('not-closed', '评议还没有结束，不能上报结果。')
  if (input.reportedOn < round.closedOn!)
    throw refused('reported-early', `上报日期不能早于评议结束的 ${round.closedOn}。`, { reportedOn: '早于结束日期' })
  await sql`update appraisal.round set reported_to = ${input.reportedTo}, reported_on = ${input.reportedOn}::date,
    version = version + 1 where id = ${id}`.execute(tx)
  await keepRound(tx, actor, id)
  await audit(tx, actor, {
    action: 'appraisal.report-up',
    objectKind: 'appraisal-round',
    objectId: id,
    unitId: round.unitId,
    summary: `向${input.reportedTo}上报“${round.title}”结果`,
  })
}

/**
 * Puts the aggregated result on the board (民主评议结果属于厂务公开内容): shares and scores, no remarks.
 * @returns the item's id
 */
export async function publishResults(
  tx: Tx,
  actor: Actor,
  id: number,
  untilOn: string,
  today: string,
): Promise<number> {
  const round = await roundToRun(tx, actor, id, 'appraisal.run')
  if (!(await maySeeResults(tx, actor, round))) throw forbidden('查看评议结果')
  if (appoints(round.kind))
    throw conflict('not-for-the-board', `${ROUND_KINDS[round.kind]}的结果只报给有任免权的单位，不在公开栏公布。`)
  if (round.state !== 'closed') throw conflict('not-closed', '评议还没有结束，不能公开结果。')
  const results = await countedResults(tx, round)
  return publish(tx, actor, {
    unitId: round.unitId,
    title: `${round.title}结果`,
    category: '民主评议结果',
    body: [
      `发出评议票 ${results.issued} 张，收回 ${results.returned} 张，收回率 ${percent(results.returnRate)}。`,
      ...results.subjects.map((subject) => goodSentence(round, subject)),
      ...merged(round, results),
    ].join('\n\n'),
    from: today,
    until: untilOn,
    source: `appraisal/rounds/${id}`,
  })
}

/** The report as a document, for whoever may see the result. */
export async function reportFor(
  db: Parameters<typeof resultsFor>[0],
  actor: Actor,
  id: number,
): Promise<OfficialDocument> {
  const { round, results } = await resultsFor(db, actor, id)
  return reportOf(round, results, null)
}
