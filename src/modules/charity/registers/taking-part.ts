import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'

const volunteering = counting('charity.volunteer', 'line')
export const volunteerings = register({
  id: 'charity.volunteer',
  title: '志愿者服务',
  domain: 'GY',
  mechanisms: ['GY-03'],
  help: '一次志愿服务为一条，参加的人一人一行。',
  titleLabel: '服务活动',
  fields: [
    field.choice('kind', '类别', ['社区服务', '环境清洁', '交通引导', '助老助残', '赛会服务', '其他'], {
      required: true,
      open: true,
    }),
    field.text('organiser', '组织单位'),
  ],
  lines: {
    title: '志愿者',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.integer('hours', '服务时长（小时）', { min: 1, max: 200 }),
      field.yesno('named', '同意公布姓名'),
    ],
  },
  metrics: [
    volunteering.records('events', '志愿服务活动', '次'),
    volunteering.people('people', '参加志愿服务职工人数'),
    volunteering.lines('times', '志愿服务人次', '人次'),
    volunteering.sum('hours', '志愿服务时长', '小时', 'hours'),
  ],
  clauses: [
    {
      text: '{period}，职工{charity.volunteer.people}、{charity.volunteer.times}参加志愿服务{charity.volunteer.events}[，服务{charity.volunteer.hours}]。',
      weight: 72,
    },
  ],
  sample: {
    date: '2026-03-05',
    title: '社区便民服务',
    kind: '社区服务',
    organiser: '团县委',
    person: '周丽',
    hours: '3',
    named: '是',
  },
})

const show = counting('charity.show', 'line')
export const shows = register({
  id: 'charity.show',
  title: '义演赈灾',
  domain: 'GY',
  mechanisms: ['GY-05'],
  help: '参加一场义演为一条，演职人员一人一行。',
  dateLabel: '演出日期',
  titleLabel: '义演名称',
  fields: [
    field.choice('purpose', '目的', ['赈灾', '助学', '助残', '助老', '其他'], { required: true }),
    field.text('organiser', '主办单位'),
  ],
  lines: {
    title: '演职人员',
    fields: [field.person('person', '姓名', { required: true }), field.text('act', '节目', { dim: true })],
  },
  metrics: [
    show.records('shows', '参加义演场次', '场'),
    show.people('people', '参加义演职工人数'),
    show.lines('times', '参加义演人次', '人次'),
    show.kinds('acts', '义演节目', '个', 'act'),
    show.records('relief', '赈灾义演', '场', { purpose: '赈灾' }),
    show.records('study', '助学义演', '场', { purpose: '助学' }),
  ],
  clauses: [
    {
      text: '{period}，参加公益义演{charity.show.shows}[，其中赈灾义演{charity.show.relief}][、助学义演{charity.show.study}]，登台职工{charity.show.people}[，演出节目{charity.show.acts}]。',
      weight: 60,
    },
  ],
  sample: {
    date: '2026-08-28',
    title: '金秋助学义演',
    purpose: '助学',
    organiser: '市总工会',
    person: '郑宏伟',
    act: '男声合唱',
  },
})

const exchange = counting('charity.exchange', 'line')
export const exchanges = register({
  id: 'charity.exchange',
  title: '共建联谊',
  domain: 'GY',
  mechanisms: ['GY-06'],
  help: '与社区、企业、部队等单位的一次联谊或座谈为一条，本单位参加的人一人一行。',
  titleLabel: '活动名称',
  fields: [
    field.text('partner', '共建单位', { required: true, dim: true }),
    field.choice('kind', '形式', ['联谊', '座谈', '参观学习', '联欢', '其他'], { required: true }),
    field.text('occasion', '时机', { example: '庆“七一”' }),
  ],
  lines: {
    title: '参加人员',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.choice('role', '身份', ['职工代表', '职工', '领导', '演职人员']),
    ],
  },
  metrics: [
    exchange.records('events', '共建联谊活动', '次'),
    exchange.people('people', '参加共建联谊职工人数'),
    exchange.lines('times', '参加共建联谊人次', '人次'),
    exchange.recordKinds('partners', '开展共建的单位', '家', 'partner'),
    exchange.records('forums', '共建座谈', '次', { kind: '座谈' }),
  ],
  clauses: [
    {
      text: '{period}，与共建单位{charity.exchange.partners}开展联谊座谈{charity.exchange.events}，参加职工{charity.exchange.people}[，其中座谈{charity.exchange.forums}]。',
      weight: 66,
    },
    {
      text: '{date}，与{field:partner}共同开展{title}，职工{charity.exchange.people}参加。',
      each: { max: 3 },
      weight: 64,
    },
  ],
  sample: {
    date: '2026-06-29',
    title: '庆“七一”联谊',
    partner: '航空维修基地',
    kind: '联谊',
    occasion: '庆“七一”',
    person: '周丽',
    role: '职工代表',
  },
})

const campaign = counting('charity.campaign', 'line')
export const campaigns = register({
  id: 'charity.campaign',
  title: '参与社会中心工作',
  domain: 'GY',
  mechanisms: ['GY-07'],
  help: '承担农村扶贫、行风评议等一项任务为一条，参加的人一人一行。',
  dateLabel: '开始日期',
  endDateLabel: '结束日期',
  titleLabel: '任务名称',
  fields: [
    field.choice('kind', '类别', ['农村扶贫', '行风评议', '文明创建', '防汛抗灾', '人口普查', '其他'], {
      required: true,
      open: true,
    }),
    field.text('assignedBy', '交办单位'),
    field.choice('state', '进展', ['进行中', '已完成'], { required: true }),
  ],
  lines: {
    title: '参加人员',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.integer('days', '参加天数', { min: 1, max: 366 }),
    ],
  },
  metrics: [
    campaign.records('tasks', '参与社会中心工作', '项'),
    campaign.records('finished', '已完成的社会中心工作', '项', { state: '已完成' }),
    campaign.people('people', '参与社会中心工作职工人数'),
    campaign.sum('days', '参与社会中心工作天数', '人天', 'days'),
    campaign.records('poverty', '参与农村扶贫任务', '项', { kind: '农村扶贫' }),
    campaign.records('appraisal', '参与行风评议任务', '项', { kind: '行风评议' }),
  ],
  clauses: [
    {
      text: '{period}，参与{list:kind}工作{charity.campaign.tasks}[，抽调职工{charity.campaign.people}][，投入{charity.campaign.days}][，已完成{charity.campaign.finished}]。',
      weight: 50,
    },
  ],
  sample: {
    date: '2026-04-01',
    endDate: '2026-11-30',
    title: '驻村帮扶',
    kind: '农村扶贫',
    assignedBy: '县委',
    state: '进行中',
    person: '刘洋',
    days: '120',
  },
})
