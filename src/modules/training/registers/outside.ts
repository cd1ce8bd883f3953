import { field, register } from '../../../kernel/register/declaration.ts'

/** Study visits outside. */
export const studyTour = register({
  id: 'training.study-tour',
  title: '外出考察学习',
  domain: 'SZ',
  mechanisms: ['SZ-18'],
  help: '每次外出一条记录，每位参加者占一行。',
  dateLabel: '出发日期',
  endDateLabel: '返回日期',
  titleLabel: '考察主题',
  fields: [
    field.text('host', '考察单位', { required: true, dim: true }),
    field.choice('kind', '种类', ['考察取经', '座谈交流', '联谊学习'], { required: true }),
    field.money('cost', '费用（元）'),
  ],
  lines: { title: '参加者', fields: [field.person('participant', '参加者姓名', { required: true })] },
  metrics: [
    { id: 'training.study-tour.count', label: '外出考察学习次数', unit: '次', aggregate: { sum: 'record' } },
    {
      id: 'training.study-tour.hosts',
      label: '考察学习单位数',
      unit: '家',
      aggregate: { distinct: { dim: 'host' }, of: 'record' },
    },
    {
      id: 'training.study-tour.people',
      label: '外出考察学习人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line' },
    },
    { id: 'training.study-tour.cost', label: '外出考察学习费用', unit: '元', aggregate: { sum: 'cost' } },
  ],
  clauses: [
    {
      text: '{period}组织外出考察学习{training.study-tour.count}[，到{training.study-tour.hosts}单位学习取经][，参加{training.study-tour.people}]。',
      weight: 63,
    },
    {
      text: '{date}，组织{training.study-tour.people}职工到{field:host}考察学习。',
      each: { max: 3 },
      weight: 50,
    },
  ],
  sample: {
    date: '2025-05-09',
    endDate: '2025-05-10',
    title: '课堂教学改革',
    host: '临湖中学',
    kind: '考察取经',
    cost: '3200',
    participant: '方若兰',
  },
})

/** Research of the staff that the union or the house supports. */
export const research = register({
  id: 'training.research',
  title: '科研项目支持',
  domain: 'SZ',
  mechanisms: ['SZ-25'],
  help: '每个项目一条记录，每位参与者占一行。',
  dateLabel: '立项日期',
  endDateLabel: '结题日期',
  titleLabel: '项目名称',
  fields: [
    field.choice('level', '级别', ['国家级', '省级', '市级', '本单位'], { required: true }),
    field.yesno('done', '是否结题', { required: true }),
    field.money('support', '支持经费（元）'),
  ],
  lines: { title: '参与者', fields: [field.person('researcher', '参与者姓名', { required: true })] },
  metrics: [
    { id: 'training.research.projects', label: '支持科研项目数', unit: '项', aggregate: { sum: 'record' } },
    {
      id: 'training.research.done',
      label: '结题科研项目数',
      unit: '项',
      aggregate: { sum: 'record', where: { done: '是' } },
    },
    {
      id: 'training.research.researchers',
      label: '参加科研职工人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
    { id: 'training.research.support', label: '科研项目支持经费', unit: '元', aggregate: { sum: 'support' } },
  ],
  clauses: [
    {
      text: '{period}支持职工科研项目{training.research.projects}[，参加{training.research.researchers}][，其中结题{training.research.done}][，支持经费{training.research.support}]。',
      weight: 54,
    },
  ],
  sample: {
    date: '2025-03-10',
    title: '小班化作业设计',
    level: '市级',
    done: '否',
    support: '5000',
    researcher: '方若兰',
  },
})

/** Union officers who sit in the leadership's own study. */
export const leadershipStudy = register({
  id: 'training.leadership-study',
  title: '参加中心组理论学习',
  domain: 'SZ',
  mechanisms: ['SZ-26'],
  help: '每次中心组学习一条记录，每位参加的工会干部占一行。',
  dateLabel: '学习日期',
  titleLabel: '学习专题',
  fields: [],
  lines: {
    title: '参加的工会干部',
    fields: [
      field.person('officer', '工会干部姓名', { required: true }),
      field.yesno('spoke', '是否发言', { required: true }),
    ],
  },
  metrics: [
    {
      id: 'training.leadership-study.count',
      label: '工会干部参加中心组学习次数',
      unit: '次',
      aggregate: { sum: 'record' },
    },
    {
      id: 'training.leadership-study.officers',
      label: '参加中心组学习的工会干部人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
    {
      id: 'training.leadership-study.spoke',
      label: '工会干部在中心组学习发言人次',
      unit: '人次',
      aggregate: { sum: 'line', where: { spoke: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}吸收工会干部参加中心组理论学习{training.leadership-study.count}[，参加{training.leadership-study.officers}][，发言{training.leadership-study.spoke}]。',
      weight: 46,
    },
  ],
  sample: { date: '2025-04-29', title: '产业工人队伍建设改革', officer: '方若兰', spoke: '是' },
})
