import { field, register } from '../../../kernel/register/declaration.ts'

/** Activities of the safety month and of safety campaigns. */
export const campaign = register({
  id: 'safety.campaign',
  title: '安全生产月与安全宣传',
  domain: 'AQ',
  mechanisms: ['AQ-06'],
  help: '每项活动一条记录，每位参加职工占一行。',
  titleLabel: '活动名称',
  fields: [
    field.choice('kind', '活动种类', ['安全生产月', '安全生产创建', '安全宣传', '应急演练'], { required: true }),
  ],
  lines: { title: '参加职工', fields: [field.person('participant', '参加职工', { required: true })] },
  metrics: [
    { id: 'safety.campaign.count', label: '安全生产活动项数', unit: '项', aggregate: { sum: 'record' } },
    {
      id: 'safety.campaign.month',
      label: '安全生产月活动项数',
      unit: '项',
      aggregate: { sum: 'record', where: { kind: '安全生产月' } },
    },
    {
      id: 'safety.campaign.drills',
      label: '应急演练次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '应急演练' } },
    },
    { id: 'safety.campaign.attendances', label: '参加安全生产活动人次', unit: '人次', aggregate: { sum: 'line' } },
  ],
  clauses: [
    {
      text: '{period}开展安全生产活动{safety.campaign.count}[，其中安全生产月活动{safety.campaign.month}][，应急演练{safety.campaign.drills}][，参加{safety.campaign.attendances}]。',
      weight: 74,
    },
  ],
  sample: { date: '2025-06-05', title: '安全承诺签名', kind: '安全生产月', participant: '童小川' },
})

/** Occupational health: who was due for surveillance and who was examined. */
export const surveillance = register({
  id: 'safety.surveillance',
  title: '职业健康监护',
  domain: 'AQ',
  mechanisms: ['AQ-07'],
  help: '每次职业健康检查一条记录，每位应检职工占一行。',
  dateLabel: '检查日期',
  titleLabel: '检查名称',
  fields: [field.text('hospital', '检查机构', { dim: true })],
  lines: {
    title: '应检职工',
    fields: [
      field.person('worker', '职工姓名', { required: true, sensitive: true }),
      field.choice('hazard', '接触危害', ['粉尘', '噪声', '高温', '化学毒物', '放射', '其他'], {
        required: true,
        open: true,
      }),
      field.yesno('done', '是否受检', { required: true }),
      field.yesno('followUp', '是否需复查'),
    ],
  },
  metrics: [
    {
      id: 'safety.surveillance.due',
      label: '应做职业健康检查人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
    {
      id: 'safety.surveillance.done',
      label: '职业健康检查人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { done: '是' } },
    },
    {
      id: 'safety.surveillance.coverage',
      label: '职业健康检查率',
      unit: '%',
      aggregate: { ratio: { numerator: 'safety.surveillance.done', denominator: 'safety.surveillance.due' } },
      definition: '受检职工 ÷ 接触职业病危害的应检职工，按人计',
    },
    {
      id: 'safety.surveillance.follow-ups',
      label: '职业健康检查需复查人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { done: '是', followUp: '是' } },
      lowerIsBetter: true,
    },
  ],
  clauses: [
    {
      text: '{period}为{safety.surveillance.done}接触职业危害的职工作了健康检查[，占应检职工的{safety.surveillance.coverage}][，安排复查{safety.surveillance.follow-ups}]。',
      weight: 72,
    },
  ],
  confidential: true,
  sample: {
    date: '2025-09-09',
    title: '年度职业健康检查',
    hospital: '市职业病防治院',
    worker: '童小川',
    hazard: '噪声',
    done: '是',
    followUp: '否',
  },
})

/** Meetings where experience on safety and health at work is exchanged. */
export const exchangeMeeting = register({
  id: 'safety.exchange-meeting',
  title: '职业健康与安全经验交流',
  domain: 'AQ',
  mechanisms: ['AQ-07'],
  help: '每次参加或举办经验交流会一条记录，每位参加者占一行。',
  titleLabel: '会议名称',
  fields: [
    field.choice('level', '召开层级', ['全国', '省级', '市级', '本单位'], { required: true }),
    field.yesno('spoke', '是否作经验介绍'),
  ],
  lines: { title: '参加者', fields: [field.person('participant', '参加者姓名', { required: true })] },
  metrics: [
    {
      id: 'safety.exchange-meeting.count',
      label: '职业健康与安全经验交流会次数',
      unit: '次',
      aggregate: { sum: 'record' },
    },
    {
      id: 'safety.exchange-meeting.upper',
      label: '参加全国和省级职业健康经验交流会次数',
      unit: '次',
      aggregate: { sum: 'record', where: { level: ['全国', '省级'] } },
    },
    {
      id: 'safety.exchange-meeting.spoke',
      label: '在经验交流会上作介绍次数',
      unit: '次',
      aggregate: { sum: 'record', where: { spoke: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}参加和举办职业健康与安全经验交流会{safety.exchange-meeting.count}[，其中全国和省级{safety.exchange-meeting.upper}][，作经验介绍{safety.exchange-meeting.spoke}]。',
      weight: 62,
    },
  ],
  sample: { date: '2025-05-23', title: '职业健康监护经验交流会', level: '省级', spoke: '是', participant: '俞向东' },
})

/** Training in safety, fire and public-order rules. */
export const training = register({
  id: 'safety.training',
  title: '安全消防法规培训',
  domain: 'AQ',
  mechanisms: ['AQ-08'],
  help: '每期培训一条记录，每位应参加职工占一行。',
  titleLabel: '培训内容',
  fields: [field.choice('topic', '类别', ['安全生产', '消防', '治安', '劳动保护', '交通安全'], { required: true })],
  lines: {
    title: '应参加职工',
    fields: [
      field.person('trainee', '职工姓名', { required: true }),
      field.yesno('done', '是否参加', { required: true }),
    ],
  },
  metrics: [
    { id: 'safety.training.count', label: '安全消防法规培训期数', unit: '期', aggregate: { sum: 'record' } },
    {
      id: 'safety.training.attendances',
      label: '安全消防法规培训人次',
      unit: '人次',
      aggregate: { sum: 'line', where: { done: '是' } },
    },
    {
      id: 'safety.training.trained',
      label: '受安全消防培训人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { done: '是' } },
    },
    {
      id: 'safety.training.due',
      label: '应受安全消防培训人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
    {
      id: 'safety.training.coverage',
      label: '安全消防培训覆盖率',
      unit: '%',
      aggregate: { ratio: { numerator: 'safety.training.trained', denominator: 'safety.training.due' } },
      definition: '至少参加一期的职工 ÷ 应参加的职工，按人计',
    },
  ],
  clauses: [
    {
      text: '{period}举办安全、消防、治安法规培训{safety.training.count}[，培训{safety.training.trained}、{safety.training.attendances}][，覆盖率{safety.training.coverage}]。',
      weight: 68,
    },
  ],
  sample: { date: '2025-02-28', title: '灭火器使用', topic: '消防', trainee: '童小川', done: '是' },
})
