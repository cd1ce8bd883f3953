import { field, register } from '../../../kernel/register/declaration.ts'

/** Surveys of what people think: forms by batch, hot issues as lines. */
export const survey = register({
  id: 'rights.survey',
  title: '职工思想状况调查',
  domain: 'XF',
  mechanisms: ['XF-09'],
  help: '每次调查一条记录，归纳的每个热点问题占一行；调查表不记名。',
  dateLabel: '调查日期',
  titleLabel: '调查名称',
  fields: [
    field.text('partner', '合办部门', { dim: true }),
    field.integer('issued', '发出问卷份数'),
    field.integer('returned', '收回问卷份数', { atMost: 'issued' }),
    field.yesno('written', '是否书面报告', { required: true }),
  ],
  lines: {
    title: '热点问题',
    fields: [
      field.text('issue', '热点问题', { required: true, dim: true }),
      field.yesno('resolved', '是否解决', { required: true }),
    ],
  },
  metrics: [
    { id: 'rights.survey.count', label: '职工思想状况调查次数', unit: '次', aggregate: { sum: 'record' } },
    { id: 'rights.survey.returned', label: '思想状况调查收回问卷份数', unit: '份', aggregate: { sum: 'returned' } },
    {
      id: 'rights.survey.issues',
      label: '调查归纳热点问题数',
      unit: '个',
      aggregate: { distinct: { dim: 'issue' }, of: 'line' },
    },
    {
      id: 'rights.survey.reports',
      label: '思想状况书面报告份数',
      unit: '份',
      aggregate: { sum: 'record', where: { written: '是' } },
    },
    {
      id: 'rights.survey.resolved',
      label: '已解决热点问题数',
      unit: '个',
      aggregate: { distinct: { dim: 'issue' }, of: 'line', where: { resolved: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}开展职工思想状况调查{rights.survey.count}[，收回问卷{rights.survey.returned}][，归纳热点问题{rights.survey.issues}][，向党组织书面报告{rights.survey.reports}][，其中已解决{rights.survey.resolved}]。',
      weight: 78,
    },
  ],
  sample: {
    date: '2025-05-28',
    title: '上半年职工思想状况调查',
    partner: '机关党委',
    issued: '120',
    returned: '113',
    written: '是',
    issue: '集体宿舍管理',
    resolved: '是',
  },
})

/** One-to-one talks. Confidential: only that they took place is counted. */
export const talk = register({
  id: 'rights.talk',
  title: '谈心谈话',
  domain: 'XF',
  mechanisms: ['XF-10'],
  help: '每与一位职工谈心一次一行；谈话内容只写必要的事由。',
  dateLabel: '谈心日期',
  fields: [
    field.person('staff', '谈心对象', { required: true, sensitive: true }),
    field.person('talker', '谈话人'),
    field.choice('reason', '事由', ['思想波动', '家庭变故', '岗位变动', '受到处分', '日常谈心'], { required: true }),
    field.yesno('settled', '情绪是否平稳'),
  ],
  metrics: [
    {
      id: 'rights.talk.people',
      label: '谈心职工人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'record' },
    },
    { id: 'rights.talk.talks', label: '谈心谈话人次', unit: '人次', aggregate: { sum: 'record' } },
    {
      id: 'rights.talk.unsettled',
      label: '思想波动职工谈心人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'record', where: { reason: '思想波动' } },
    },
  ],
  clauses: [
    { text: '{period}与职工谈心谈话{rights.talk.talks}，涉及职工{rights.talk.people}。', weight: 64 },
    { text: '{period}对{rights.talk.unsettled}思想有波动的职工谈心。', weight: 63 },
  ],
  confidential: true,
  sample: { date: '2025-02-19', staff: '路长河', talker: '纪明轩', reason: '思想波动', settled: '是' },
})

/** Leaders going out to listen, and what they brought back. */
export const listening = register({
  id: 'rights.listening',
  title: '下基层走访座谈',
  domain: 'XF',
  mechanisms: ['XF-11'],
  help: '每次下基层一条记录，听到的每个问题占一行。',
  dateLabel: '走访日期',
  fields: [
    field.text('place', '走访单位或村', { required: true, dim: true, key: true }),
    field.choice('form', '形式', ['座谈会', '走村串户', '到班组'], { required: true }),
    field.text('visitors', '走访人'),
  ],
  lines: {
    title: '反映的问题',
    fields: [field.text('issue', '问题', { required: true }), field.yesno('solved', '是否解决', { required: true })],
  },
  metrics: [
    { id: 'rights.listening.count', label: '下基层走访座谈次数', unit: '次', aggregate: { sum: 'record' } },
    {
      id: 'rights.listening.places',
      label: '走访的基层单位和村数',
      unit: '个',
      aggregate: { distinct: { dim: 'place' }, of: 'record' },
    },
    { id: 'rights.listening.issues', label: '走访收集问题数', unit: '个', aggregate: { sum: 'line' } },
    {
      id: 'rights.listening.solved',
      label: '走访问题解决数',
      unit: '个',
      aggregate: { sum: 'line', where: { solved: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}组织领导干部下基层走访座谈{rights.listening.count}[，到过{rights.listening.places}单位和村][，收集问题{rights.listening.issues}][，其中解决{rights.listening.solved}]。',
      weight: 66,
    },
  ],
  sample: {
    date: '2025-08-20',
    place: '柳湾村',
    form: '走村串户',
    visitors: '高远帆等',
    issue: '外出人员孩子暑期无人看护',
    solved: '是',
  },
})

/** What staff ask for, by any channel, followed until it is answered. */
export const appeal = register({
  id: 'rights.appeal',
  title: '职工诉求办理',
  domain: 'XF',
  mechanisms: ['XF-12'],
  help: '每件诉求一行，办结和反馈后修改本行。',
  dateLabel: '收到日期',
  titleLabel: '诉求',
  fields: [
    field.choice('channel', '来源', ['工会小组', '热线电话', '网上平台', '当面反映', '座谈会'], {
      required: true,
      open: true,
    }),
    field.person('staff', '反映人', { sensitive: true }),
    field.text('owner', '承办部门', { dim: true }),
    field.choice('stage', '办理情况', ['已解决', '已答复', '办理中'], { required: true }),
    field.yesno('returned', '是否反馈', { required: true }),
  ],
  metrics: [
    { id: 'rights.appeal.count', label: '收集职工诉求件数', unit: '件', aggregate: { sum: 'record' } },
    {
      id: 'rights.appeal.settled',
      label: '解决和答复职工诉求件数',
      unit: '件',
      aggregate: { sum: 'record', where: { stage: ['已解决', '已答复'] } },
    },
    {
      id: 'rights.appeal.returned',
      label: '反馈职工诉求件数',
      unit: '件',
      aggregate: { sum: 'record', where: { returned: '是' } },
    },
    {
      id: 'rights.appeal.rate',
      label: '职工诉求办结率',
      unit: '%',
      aggregate: { ratio: { numerator: 'rights.appeal.settled', denominator: 'rights.appeal.count' } },
      definition: '已解决和已答复的 ÷ 收集的',
    },
  ],
  clauses: [
    {
      text: '{period}收集职工诉求{rights.appeal.count}[，解决和答复{rights.appeal.settled}，办结率{rights.appeal.rate}][，向职工反馈{rights.appeal.returned}]。',
      weight: 74,
    },
  ],
  confidential: true,
  sample: {
    date: '2025-06-12',
    title: '更衣室通风不良',
    channel: '工会小组',
    staff: '路长河',
    owner: '设备部',
    stage: '已解决',
    returned: '是',
  },
})
