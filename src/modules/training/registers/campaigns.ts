import { field, register } from '../../../kernel/register/declaration.ts'

/** Drives of every name that educate: one record an event of the drive, one line a participant. */
export const campaign = register({
  id: 'training.campaign',
  title: '主题教育与创建活动',
  domain: 'SZ',
  mechanisms: ['SZ-05', 'SZ-11', 'SZ-14', 'SZ-20', 'SZ-21'],
  help: '每开展一次活动（动员、承诺、点评、评选等）一条记录，每位参加者占一行。',
  titleLabel: '活动名称',
  fields: [
    field.choice('kind', '活动种类', ['学习型组织创建', '师德教育', '道德与文明创建', '创先争优', '专题教育活动'], {
      required: true,
    }),
    field.choice('step', '环节', ['动员部署', '公开承诺', '学习实践', '点评会', '总结评比'], { required: true }),
    field.text('campaign', '所属主题活动', { dim: true }),
  ],
  lines: {
    title: '参加者',
    fields: [
      field.person('participant', '参加者姓名', { required: true }),
      field.text('body', '所在部门（家庭）', { dim: true }),
      field.choice('result', '评选结果', ['参加', '知识型职工', '师德标兵', '文明职工', '文明家庭', '优秀个人']),
    ],
  },
  metrics: [
    { id: 'training.campaign.count', label: '主题教育活动次数', unit: '次', aggregate: { sum: 'record' } },
    { id: 'training.campaign.attendances', label: '主题教育活动参加人次', unit: '人次', aggregate: { sum: 'line' } },
    {
      id: 'training.campaign.learning',
      label: '学习型组织创建活动次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '学习型组织创建' } },
    },
    {
      id: 'training.campaign.knowledge-workers',
      label: '评选知识型职工人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '学习型组织创建', result: '知识型职工' } },
    },
    {
      id: 'training.campaign.teacher-ethics',
      label: '师德教育活动次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '师德教育' } },
    },
    {
      id: 'training.campaign.ethics-models',
      label: '评选师德标兵人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '师德教育', result: '师德标兵' } },
    },
    {
      id: 'training.campaign.civic',
      label: '道德与文明创建活动次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '道德与文明创建' } },
    },
    {
      id: 'training.campaign.civic-people',
      label: '评选文明职工和文明家庭代表人数',
      unit: '人',
      aggregate: {
        distinct: 'person',
        of: 'line',
        where: { kind: '道德与文明创建', result: ['文明职工', '文明家庭'] },
      },
    },
    {
      id: 'training.campaign.striving',
      label: '创先争优活动次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '创先争优' } },
    },
    {
      id: 'training.campaign.pledges',
      label: '创先争优公开承诺人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '创先争优', step: '公开承诺' } },
    },
    {
      id: 'training.campaign.comment-sessions',
      label: '创先争优点评会次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '创先争优', step: '点评会' } },
    },
    {
      id: 'training.campaign.named',
      label: '专题教育活动项数',
      unit: '项',
      aggregate: { distinct: { dim: 'campaign' }, of: 'record', where: { kind: '专题教育活动' } },
      definition: '按所属主题活动的名称不重复计',
    },
  ],
  clauses: [
    {
      text: '{period}开展主题教育和创建活动{training.campaign.count}[，参加{training.campaign.attendances}]。',
      weight: 72,
    },
    {
      text: '{period}开展学习型组织创建活动{training.campaign.learning}[，评选知识型职工{training.campaign.knowledge-workers}]。',
      weight: 70,
    },
    {
      text: '{period}开展师德教育活动{training.campaign.teacher-ethics}[，评选师德标兵{training.campaign.ethics-models}]。',
      weight: 70,
    },
    {
      text: '{period}开展职业道德、家庭美德和文明创建活动{training.campaign.civic}[，评选文明职工、文明家庭代表{training.campaign.civic-people}]。',
      weight: 62,
    },
    {
      text: '{period}开展创先争优活动{training.campaign.striving}[，公开承诺{training.campaign.pledges}][，召开点评会{training.campaign.comment-sessions}]。',
      weight: 66,
    },
    { text: '{period}参加专题教育活动{training.campaign.named}。', weight: 48 },
  ],
  sample: {
    date: '2025-04-03',
    title: '创先争优公开承诺',
    kind: '创先争优',
    step: '公开承诺',
    campaign: '岗位建新功',
    participant: '方若兰',
    body: '质检部',
    result: '参加',
  },
})

/** Models recommended during a theme education. */
export const nomination = register({
  id: 'training.nomination',
  title: '先进典型推选',
  domain: 'SZ',
  mechanisms: ['SZ-12'],
  help: '每次推选一条记录，每位被推选人占一行。',
  dateLabel: '推选日期',
  titleLabel: '推选活动',
  fields: [field.text('theme', '教育主题', { dim: true })],
  lines: {
    title: '被推选人',
    fields: [
      field.person('nominee', '被推选人', { required: true }),
      field.text('department', '推选部门', { dim: true }),
      field.yesno('selected', '是否选定', { required: true }),
    ],
  },
  metrics: [
    { id: 'training.nomination.count', label: '先进典型推选活动次数', unit: '次', aggregate: { sum: 'record' } },
    {
      id: 'training.nomination.nominees',
      label: '推选先进典型人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line' },
    },
    {
      id: 'training.nomination.selected',
      label: '选定先进典型人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line', where: { selected: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}开展先进典型推选{training.nomination.count}，推选{training.nomination.nominees}[，其中选定{training.nomination.selected}]。',
      weight: 65,
    },
  ],
  sample: {
    date: '2025-06-26',
    title: '身边的榜样推选',
    theme: '岗位建新功',
    nominee: '方若兰',
    department: '质检部',
    selected: '是',
  },
})

/** Culture building with its responsible persons, department by department. */
export const culture = register({
  id: 'training.culture',
  title: '企业（机关）文化建设',
  domain: 'SZ',
  mechanisms: ['SZ-15'],
  help: '每年度一条记录，每个部门的每项任务占一行。',
  dateLabel: '部署日期',
  titleLabel: '建设方案',
  fields: [],
  lines: {
    title: '任务',
    fields: [
      field.text('department', '责任部门', { required: true, dim: true }),
      field.person('responsible', '第一责任人', { required: true }),
      field.text('task', '任务', { required: true }),
      field.yesno('done', '是否完成', { required: true }),
    ],
  },
  metrics: [
    {
      id: 'training.culture.responsible',
      label: '文化建设第一责任人人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
    {
      id: 'training.culture.departments',
      label: '承担文化建设任务的部门数',
      unit: '个',
      aggregate: { distinct: { dim: 'department' }, of: 'line' },
    },
    { id: 'training.culture.tasks', label: '文化建设任务项数', unit: '项', aggregate: { sum: 'line' } },
    {
      id: 'training.culture.done',
      label: '完成文化建设任务项数',
      unit: '项',
      aggregate: { sum: 'line', where: { done: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}在{training.culture.departments}部门部署文化建设任务{training.culture.tasks}[，明确第一责任人{training.culture.responsible}][，其中已完成{training.culture.done}]。',
      weight: 52,
    },
  ],
  sample: {
    date: '2025-02-20',
    title: '年度企业文化建设方案',
    department: '质检部',
    responsible: '方若兰',
    task: '编印班组故事集',
    done: '是',
  },
})
