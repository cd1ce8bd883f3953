import { z } from 'zod'
import { day, id, year } from '../../kernel/http/parse.ts'
import { EVENT_KINDS, LEAST_EVER, LEAST_USUAL, naming, roundKinds, scored, SOURCES, type Scale } from './words.ts'

/** What can be asked of appraisal over HTTP. */
const line = (label: string, most: number) =>
  z.string(`请填写${label}`).trim().min(1, `请填写${label}`).max(most, `${label}不超过 ${most} 个字`)
/** As names are compared: one form of each sign, no blanks. */
const personName = z
  .string('请填写姓名')
  .transform((text) => text.normalize('NFKC').replaceAll(/\s+/g, ''))
  .pipe(z.string().min(1, '请填写姓名').max(20, '姓名不超过 20 个字'))
const different = (names: readonly string[]): boolean => new Set(names).size === names.length

/** Most answers a question may have. */
const ANSWERS_MOST = 8
const grades = z
  .array(
    z.object({
      title: line('等次', 12),
      /** null: a choice, neither better nor worse than the others. */
      points: z.int('请填写分值').min(0, '分值不小于 0').max(100, '分值不超过 100').nullable(),
    }),
  )
  .min(2, '至少两个等次或选项')
  .max(ANSWERS_MOST, `最多 ${ANSWERS_MOST} 个等次或选项`)

/** What can't be true of a question's answers; null when they will do. */
function scaleWrong({ grades: given, good }: Scale): string | null {
  if (!different(given.map((grade) => grade.title))) return '等次（选项）的名称重复'
  if (!scored(given)) {
    if (given.some((grade) => grade.points !== null)) return '要么每个等次都有分值，要么都不计分'
    return good ? '不计分的选项没有好评和差评之分' : null
  }
  if (given.some((grade, at) => at > 0 && grade.points! >= given[at - 1]!.points!))
    return '等次请从高到低排列，分值逐个减小'
  return good < 1 || good >= given.length ? '至少留一个等次算好评、一个不算好评' : null
}

export const roundInput = z
  .object({
    unitId: id,
    kind: z.enum(roundKinds, '请选择评议种类'),
    title: line('评议名称', 120),
    year,
    heldOn: day,
    closesOn: day,
    grades,
    goodGrades: z.int().min(0),
    /** By the criteria's order: answers of a question's own; null takes the round's. */
    scales: z
      .array(z.object({ grades, good: z.int().min(0) }).nullable())
      .max(12)
      .default([]),
    criteria: z.array(line('评议项目', 20)).min(1, '至少一个评议项目').max(12, '评议项目最多 12 个'),
    groups: z
      .array(
        z.object({
          name: line('评议人组', 20),
          weight: z.int('权重请填整数').min(1, '权重至少 1%').max(100),
          planned: z.int('请填写人数').min(1, '至少 1 人').max(20_000, '一组最多 20000 人'),
          /** 班级 whose teachers the group rates; none: it rates everybody. */
          class: z.string().trim().max(20, '班级名称不超过 20 个字').nullish(),
          channel: z.enum(['slip', 'paper', 'account']).default('slip'),
        }),
      )
      .min(1, '至少一组评议人')
      .max(120, '评议人最多分 120 组'),
    subjects: z
      .array(
        z.object({
          personId: id.nullish(),
          name: line('评议对象', 60),
          post: z.string().trim().max(60, '不超过 60 个字').nullish(),
          report: z.string().trim().max(20_000, '述职报告不超过 20000 个字').nullish(),
          /** 任教班级 */
          classes: z.array(line('任教班级', 20)).max(60).default([]),
          /** 民主推荐: the subject is a post, a form names up to so many for it, from this list or in writing. */
          seats: z.int('请填写可推荐人数').min(1, '至少可推荐 1 人').max(20, '一张表最多推荐 20 人').nullish(),
          nominees: z
            .array(
              z.object({
                name: personName,
                post: z.string().trim().max(60, '不超过 60 个字').nullish(),
                personId: id.nullish(),
              }),
            )
            .max(300, '名单最多 300 人')
            .optional(),
        }),
      )
      .min(1, '至少一个评议对象')
      .max(120, '一次最多评议 120 个对象'),
    least: z.int().min(LEAST_EVER, `不能少于 ${LEAST_EVER} 份`).max(100).default(LEAST_USUAL),
    remarks: z.boolean().default(true),
    whole: z.enum(['overall', 'complete']).default('overall'),
    topMost: z.int().min(1).nullish(),
    formYears: z.int().min(0).max(60).nullish(),
    /** 民主推荐: names beside the list may be written. */
    writeIns: z.boolean().optional(),
    resultsAt: z.enum(['unit', 'upper']).default('unit'),
  })
  .superRefine((round, context) => {
    const say = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message })
    }
    // Groups of one name in several classes are one kind of rater, with one weight and one way of answering.
    const kinds = new Map(round.groups.map((group) => [group.name, group]))
    const total = [...kinds.values()].reduce((sum, group) => sum + group.weight, 0)
    if (total !== 100) say('groups', `各组权重合计应为 100%，现在是 ${total}%`)
    const uneven = round.groups.find(
      (group) => kinds.get(group.name)!.weight !== group.weight || kinds.get(group.name)!.channel !== group.channel,
    )
    if (uneven) say('groups', `各班“${uneven.name}”的权重和评议方式应当相同`)
    if (kinds.size > 8) say('groups', '评议人最多分 8 种')
    if (!different(round.groups.map((group) => `${group.name}\n${group.class ?? ''}`)))
      say('groups', '评议人组的名称重复')
    const classes = new Set(round.groups.flatMap((group) => group.class || []))
    const unknown = round.subjects.flatMap((subject) => subject.classes).find((one) => !classes.has(one))
    if (unknown) say('subjects', `没有“${unknown}”的评议人组，请核对任教班级`)
    if (classes.size) {
      const idle = [...classes].find((one) => !round.subjects.some((subject) => subject.classes.includes(one)))
      if (idle) say('groups', `“${idle}”没有可评的对象，请在评议对象里填写任教班级`)
      const unrated = round.subjects.find((subject) => !round.groups.some((group) => rates(group, subject)))
      if (unrated) say('subjects', `没有人评议“${unrated.name}”，请填写任教班级`)
    }
    if (naming(round.kind)) {
      if (round.criteria.length !== 1 || round.grades.length !== 2)
        say('grades', '民主推荐只记推荐和弃权，不设等次和分项')
      if (round.topMost) say('topMost', '民主推荐按每个职务的可推荐人数限制，不另设最高等次')
      if (round.groups.some((group) => group.channel === 'account'))
        say('groups', '民主推荐用扫码推荐表或纸质推荐表，不用本人账号')
      const open = round.subjects.find((subject) => !subject.seats)
      if (open) say('subjects', `请填写“${open.name}”一张表最多推荐几人`)
      const empty = round.subjects.find((subject) => round.writeIns === false && !subject.nominees?.length)
      if (empty) say('subjects', `“${empty.name}”没有名单可选，请列出名单或允许另写姓名`)
      const twice = round.subjects.find((subject) => !different((subject.nominees ?? []).map((one) => one.name)))
      if (twice) say('subjects', `“${twice.name}”的名单里有同名，请在姓名后注明部门`)
    } else if (round.subjects.some((subject) => subject.seats || subject.nominees?.length))
      say('subjects', '只有民主推荐列出名单和可推荐人数')
    const overall = scaleWrong({ grades: round.grades, good: round.goodGrades })
    if (overall) say('grades', overall)
    if (!scored(round.grades)) {
      if (round.kind !== 'opinion-test') say('grades', '除民意测试外，总的评价要用能计分的等次')
      if (round.topMost) say('topMost', '不分高低的选项不能限制最高等次')
    }
    if (!different(round.criteria)) say('criteria', '评议项目重复')
    if (naming(round.kind) && round.scales.some(Boolean)) say('scales', '民主推荐不分题设选项')
    if (round.scales[0]) say('scales', '第一题的选项就是总的等次，请在“等次”里设置')
    if (round.scales.length > round.criteria.length) say('scales', '选项比题目多，请核对')
    for (const [at, scale] of round.scales.entries()) {
      const wrong = scale && scaleWrong(scale)
      if (wrong) say(`scales.${at}`, `第 ${at + 1} 题：${wrong}`)
    }
    if (round.closesOn < round.heldOn) say('closesOn', '截止日期不能早于评议日期')
  })
/** Whether a group rates a subject: everybody's does, a class's those who teach it. */
export const rates = (group: { class?: string | null | undefined }, subject: { classes: readonly string[] }): boolean =>
  !group.class || subject.classes.includes(group.class)
export type RoundInput = z.output<typeof roundInput>

export const roundsQuery = z.object({ unitId: id.optional(), year: year.optional() })

/** 31 signs without those that are mistaken for another; dashes and blanks don't matter. */
const code = z.string('请输入评议码').trim().min(1, '请输入评议码').max(40, '评议码不对，请核对')
export const lookInput = z.object({ code })
export const returnInput = z.object({
  code,
  sheets: z
    .array(
      z.object({
        subjectId: id,
        marks: z
          .array(
            z
              .int()
              .min(0)
              .max(ANSWERS_MOST - 1)
              .nullable(),
          )
          .max(12),
        /** 民主推荐: who is named for the post. */
        names: z.array(personName).max(20).default([]),
      }),
    )
    .min(1)
    .max(120),
  remarks: z
    .array(z.object({ subjectId: id.nullish(), words: z.string().trim().min(1).max(500, '意见不超过 500 个字') }))
    .max(60)
    .default([]),
})
export type ReturnInput = z.output<typeof returnInput>

/** Raters of a group who use their accounts, and who keeps the keys of its box. */
export const ratersInput = z.object({
  /** Nobody means all members of the unit and below. */
  personIds: z.array(id).max(20_000).default([]),
  scrutineers: z.array(id, '请选择监票人').max(9, '监票人最多 9 名'),
  venue: z.enum(['hall', 'remote']).default('hall'),
  document: z.string().trim().max(80).nullish(),
})
export type RatersInput = z.output<typeof ratersInput>

const counts = z.array(z.int('请填整数').min(0)).max(ANSWERS_MOST)
/** What one of two counted of a paper group: per subject and criterion how often each grade was given. */
export const paperInput = z.object({
  issued: z.int('请填写发出张数').min(0).max(40_000),
  returned: z.int('请填写收回张数').min(0).max(40_000),
  subjects: z
    .array(
      z.object({
        subjectId: id,
        counts: z.array(counts).min(1).max(12),
        /** 民主推荐: how many of the forms bear each name. */
        names: z
          .array(z.object({ name: personName, votes: z.int('请填写票数').min(1).max(40_000) }))
          .max(2000)
          .default([]),
      }),
    )
    .min(1)
    .max(120),
})
export type PaperInput = z.output<typeof paperInput>

export const reportInput = z.object({ reportedTo: line('上报给谁', 60), reportedOn: day })
export const abandonInput = z.object({ reason: line('作废的理由', 300) })
export const publishInput = z.object({ untilOn: day })

const persons = z.array(id).min(1, '请选择评论员').max(200)
export const panelInput = z.object({
  unitId: id,
  batch: z.int('请填写第几批').min(1).max(99),
  appointedOn: day,
  endsOn: day,
  title: line('聘任名称', 120),
  personIds: persons,
})
export const eventInput = z.object({
  kind: z.enum(EVENT_KINDS.filter((kind) => kind !== '聘任')),
  title: line('事项名称', 120),
  onDate: day,
  personIds: persons,
})
export const suggestionInput = z.object({
  unitId: id,
  source: z.enum(SOURCES, '请选择来源'),
  panelId: id.nullish(),
  roundId: id.nullish(),
  personId: id.nullish(),
  words: line('意见建议', 200),
  madeOn: day,
})
export type SuggestionInput = z.output<typeof suggestionInput>
export const decideInput = z.object({
  adopted: z.boolean(),
  outcome: line('处理说明', 1000),
  changed: z.string().trim().max(200).nullish(),
  link: z
    .string()
    .trim()
    .max(200)
    .regex(/^\/[\w/?=&.-]*$/, '请填写本系统内的地址，以 / 开头')
    .nullish(),
})
