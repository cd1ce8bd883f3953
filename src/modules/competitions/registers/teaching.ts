import { field, register } from '../../../kernel/register/declaration.ts'

/** Teaching contests, in the school and outside. */
export const teachingContest = register({
  id: 'competitions.teaching-contest',
  title: '教学基本功竞赛',
  domain: 'JS',
  mechanisms: ['JS-23'],
  help: '每次竞赛或说讲评活动一条记录，每位参赛教师占一行。',
  dateLabel: '竞赛日期',
  titleLabel: '竞赛名称',
  fields: [
    field.choice('kind', '种类', ['基本功竞赛', '教学竞赛', '说讲评活动', '评课比赛'], { required: true }),
    field.choice('level', '级别', ['全国', '省级', '市级', '县（区）级', '本校'], { required: true }),
    field.integer('edition', '届', { min: 1, max: 200 }),
  ],
  lines: {
    title: '参赛教师',
    fields: [
      field.person('teacher', '教师姓名', { required: true }),
      field.text('team', '代表队', { dim: true }),
      field.text('item', '项目', { dim: true }),
      field.integer('rank', '名次', { min: 1, max: 9999 }),
      field.choice('award', '奖项', ['一等奖', '二等奖', '三等奖', '“三十佳”', '优秀奖', '未获奖'], { required: true }),
    ],
  },
  metrics: [
    { id: 'competitions.teaching-contest.count', label: '教学竞赛次数', unit: '次', aggregate: { sum: 'record' } },
    {
      id: 'competitions.teaching-contest.review-events',
      label: '说讲评活动次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '说讲评活动' } },
    },
    {
      id: 'competitions.teaching-contest.review-per-year',
      label: '说讲评活动频次',
      unit: '次/年',
      aggregate: { frequency: 'record', per: 'year', where: { kind: '说讲评活动' } },
    },
    {
      id: 'competitions.teaching-contest.teachers',
      label: '参加教学竞赛教师人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line' },
    },
    {
      id: 'competitions.teaching-contest.teams',
      label: '参加教学竞赛代表队数',
      unit: '个',
      aggregate: { distinct: { dim: 'team' }, of: 'line' },
    },
    {
      id: 'competitions.teaching-contest.winners',
      label: '教学竞赛获奖教师人数',
      unit: '名',
      aggregate: {
        distinct: 'person',
        of: 'line',
        where: { award: ['一等奖', '二等奖', '三等奖', '“三十佳”', '优秀奖'] },
      },
    },
    {
      id: 'competitions.teaching-contest.thirty-best',
      label: '教学“三十佳”教师人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line', where: { award: '“三十佳”' } },
    },
    {
      id: 'competitions.teaching-contest.edition',
      label: '教学竞赛届数',
      unit: '届',
      aggregate: { stated: 'edition' },
    },
  ],
  clauses: [
    {
      text: '{period}组织教学竞赛{competitions.teaching-contest.count}[，参加教师{competitions.teaching-contest.teachers}][，代表队{competitions.teaching-contest.teams}][，获奖教师{competitions.teaching-contest.winners}][，其中“三十佳”{competitions.teaching-contest.thirty-best}]。',
      weight: 84,
    },
    {
      text: '{period}组织说、讲、评活动{competitions.teaching-contest.review-events}[，频次为{competitions.teaching-contest.review-per-year}]。',
      weight: 74,
    },
    {
      text: '{date}，教师参加第{competitions.teaching-contest.edition#}届{title}[，获奖{competitions.teaching-contest.winners}]。',
      each: { max: 3 },
      weight: 62,
    },
  ],
  sample: {
    date: '2025-05-14',
    title: '青年教师教学竞赛',
    kind: '教学竞赛',
    level: '市级',
    edition: '8',
    teacher: '沈秋白',
    team: '城北实验小学队',
    item: '说课',
    rank: '3',
    award: '二等奖',
  },
})
