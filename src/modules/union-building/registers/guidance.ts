import { field, register } from '../../../kernel/register/declaration.ts'

/** Guidance of enterprise unions and inspection tours over unions below. */
export const guidance = register({
  id: 'union-building.guidance',
  title: '基层工会指导与巡视督导',
  domain: 'ZZ',
  mechanisms: ['ZZ-32', 'ZZ-33'],
  help: '每到一家单位指导或督导一次登记一条记录，发现的每个问题占一行。',
  fields: [
    field.text('body', '单位名称', { required: true, dim: true, key: true }),
    field.choice('kind', '种类', ['企业工会指导', '党建巡视督导', '工作督导'], { required: true, key: true }),
    field.choice('topic', '内容', ['组织建设', '经费管理', '干部培训', '民主管理', '党建', '综合'], { open: true }),
    field.person('visitor', '带队人'),
  ],
  lines: {
    title: '发现的问题',
    fields: [
      field.longtext('finding', '问题', { required: true }),
      field.yesno('fixed', '是否整改', { required: true }),
    ],
  },
  metrics: [
    {
      id: 'union-building.guidance.visits',
      label: '指导企业工会次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '企业工会指导' } },
    },
    {
      id: 'union-building.guidance.enterprises',
      label: '接受指导的企业数',
      unit: '家',
      aggregate: { distinct: { dim: 'body' }, of: 'record', where: { kind: '企业工会指导' } },
    },
    {
      id: 'union-building.guidance.tours',
      label: '巡视督导次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: ['党建巡视督导', '工作督导'] } },
    },
    {
      id: 'union-building.guidance.findings',
      label: '督导发现问题数',
      unit: '个',
      aggregate: { sum: 'line', where: { kind: ['党建巡视督导', '工作督导'] } },
      lowerIsBetter: true,
    },
    {
      id: 'union-building.guidance.fixed',
      label: '督导问题整改数',
      unit: '个',
      aggregate: { sum: 'line', where: { kind: ['党建巡视督导', '工作督导'], fixed: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}上门指导企业工会建设{union-building.guidance.visits}[，涉及企业{union-building.guidance.enterprises}]。',
      weight: 56,
    },
    {
      text: '{period}开展巡视督导{union-building.guidance.tours}[，发现问题{union-building.guidance.findings}][，其中已整改{union-building.guidance.fixed}]。',
      weight: 54,
    },
  ],
  sample: {
    date: '2025-07-09',
    body: '云溪机械有限公司',
    kind: '企业工会指导',
    topic: '经费管理',
    visitor: '高远帆',
    finding: '经费未独立建账',
    fixed: '是',
  },
})

/** What members say, feel and need, and whether it was answered. */
export const memberNote = register({
  id: 'union-building.member-note',
  title: '会员呼声与需求',
  domain: 'ZZ',
  mechanisms: ['ZZ-30'],
  help: '每了解到一位会员的一条呼声、情绪或需求一行。',
  dateLabel: '了解日期',
  fields: [
    field.person('member', '会员姓名', { required: true, sensitive: true }),
    field.choice('kind', '种类', ['呼声', '情绪', '需求'], { required: true }),
    field.longtext('content', '内容', { required: true }),
    field.yesno('answered', '是否回应', { required: true }),
    field.yesno('satisfied', '会员是否满意'),
  ],
  metrics: [
    { id: 'union-building.member-note.count', label: '了解会员情况条数', unit: '条', aggregate: { sum: 'record' } },
    {
      id: 'union-building.member-note.members',
      label: '了解到情况的会员人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'record' },
    },
    {
      id: 'union-building.member-note.needs',
      label: '会员需求条数',
      unit: '条',
      aggregate: { sum: 'record', where: { kind: '需求' } },
    },
    {
      id: 'union-building.member-note.answered',
      label: '回应会员呼声和需求条数',
      unit: '条',
      aggregate: { sum: 'record', where: { answered: '是' } },
    },
    {
      id: 'union-building.member-note.satisfied',
      label: '会员满意的回应条数',
      unit: '条',
      aggregate: { sum: 'record', where: { answered: '是', satisfied: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}了解掌握会员呼声、情绪和需求{union-building.member-note.count}[，涉及会员{union-building.member-note.members}][，其中需求{union-building.member-note.needs}][，已回应{union-building.member-note.answered}][，会员表示满意{union-building.member-note.satisfied}]。',
      weight: 51,
    },
  ],
  confidential: true,
  sample: {
    date: '2025-03-27',
    member: '汪晓棠',
    kind: '需求',
    content: '希望夜班班车增加一站',
    answered: '是',
    satisfied: '是',
  },
})
