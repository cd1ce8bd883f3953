import { field, register } from '../../../kernel/register/declaration.ts'

/** Degrees: the year's quota and the long target, with the people who study. */
export const degree = register({
  id: 'training.degree',
  title: '学历提升计划',
  domain: 'SZ',
  mechanisms: ['SZ-08'],
  help: '每年度计划一条记录，每位在读或毕业的职工占一行。',
  dateLabel: '计划日期',
  titleLabel: '计划名称',
  fields: [
    field.integer('quotaLow', '年度名额下限', { min: 0, max: 10_000, atMost: 'quotaHigh' }),
    field.integer('quotaHigh', '年度名额上限', { min: 0, max: 10_000 }),
    field.percent('target', '学历占比目标（%）'),
    field.integer('years', '实现年限（年）', { min: 1, max: 50 }),
  ],
  lines: {
    title: '学习职工',
    fields: [
      field.person('student', '职工姓名', { required: true }),
      field.choice('degree', '攻读学历', ['大专', '本科', '硕士研究生', '博士研究生'], { required: true }),
      field.choice('stage', '进展', ['在读', '毕业', '中止'], { required: true }),
      field.money('funding', '资助金额（元）'),
    ],
  },
  metrics: [
    {
      id: 'training.degree.students',
      label: '参加学历提升职工人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line' },
    },
    {
      id: 'training.degree.postgraduates',
      label: '攻读研究生学历职工人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line', where: { degree: ['硕士研究生', '博士研究生'] } },
    },
    {
      id: 'training.degree.graduated',
      label: '学历提升毕业人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line', where: { stage: '毕业' } },
    },
    { id: 'training.degree.funding', label: '学历提升资助金额', unit: '元', aggregate: { sum: 'funding' } },
    {
      id: 'training.degree.quota-low',
      label: '学历提升年度名额下限',
      unit: '名额',
      aggregate: { stated: 'quotaLow' },
    },
    {
      id: 'training.degree.quota-high',
      label: '学历提升年度名额上限',
      unit: '名额',
      aggregate: { stated: 'quotaHigh' },
    },
    {
      id: 'training.degree.target',
      label: '学历占比目标',
      unit: '%',
      aggregate: { stated: 'target' },
    },
    {
      id: 'training.degree.years',
      label: '学历占比目标实现年限',
      unit: '年',
      aggregate: { stated: 'years' },
    },
  ],
  clauses: [
    {
      text: '{period}支持职工提升学历{training.degree.students}[，其中攻读研究生{training.degree.postgraduates}][，毕业{training.degree.graduated}][，资助{training.degree.funding}]。',
      weight: 68,
    },
    {
      text: '{period}制定的学历提升计划，名额不少于{training.degree.quota-low}[，不超过{training.degree.quota-high}][，用{training.degree.years}使学历占比达到{training.degree.target}]。',
      weight: 46,
    },
  ],
  sample: {
    date: '2025-03-16',
    title: '年度研究生培养计划',
    quotaLow: '3',
    quotaHigh: '5',
    target: '50',
    years: '8',
    student: '方若兰',
    degree: '硕士研究生',
    stage: '在读',
    funding: '6000',
  },
})
