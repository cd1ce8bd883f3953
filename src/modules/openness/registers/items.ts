import { field, register } from '../../../kernel/register/declaration.ts'

/** What was disclosed: one row an item, whatever the house calls its disclosure. */
export const item = register({
  id: 'openness.item',
  title: '公开事项',
  domain: 'DM',
  mechanisms: ['DM-28', 'DM-29', 'DM-30', 'DM-31'],
  help: '每公开一项内容一行；同一内容下次再公开，另登记一行。',
  dateLabel: '公开日期',
  endDateLabel: '撤下日期',
  titleLabel: '公开内容',
  fields: [
    field.choice('kind', '公开种类', ['厂务公开', '院务公开', '校务公开', '政务公开', '站务公开'], { required: true }),
    field.choice(
      'category',
      '内容类别',
      [
        '重大决策',
        '财务收支',
        '基建与大宗采购',
        '业务招待费',
        '干部选拔任用',
        '工资奖金分配',
        '职称评聘',
        '评先评优',
        '考核结果',
        '职工福利',
        '招生收费',
        '教学培训',
        '后勤管理',
        '党务工作',
        '工作职责',
        '办事程序',
        '服务承诺',
      ],
      { required: true, open: true },
    ),
    field.choice('channel', '公开渠道', ['公开栏', '职代会', '职工大会', '网站与内网', '文件', '电子屏'], {
      required: true,
      open: true,
    }),
    field.text('scope', '公开范围', { example: '全体职工' }),
  ],
  metrics: [
    { id: 'openness.item.count', label: '公开事项数', unit: '项', aggregate: { sum: 'record' } },
    {
      id: 'openness.item.factory',
      label: '厂务公开事项数',
      unit: '项',
      aggregate: { sum: 'record', where: { kind: '厂务公开' } },
    },
    {
      id: 'openness.item.hospital',
      label: '院务公开事项数',
      unit: '项',
      aggregate: { sum: 'record', where: { kind: '院务公开' } },
    },
    {
      id: 'openness.item.school',
      label: '校务公开事项数',
      unit: '项',
      aggregate: { sum: 'record', where: { kind: '校务公开' } },
    },
    {
      id: 'openness.item.government',
      label: '政务公开事项数',
      unit: '项',
      aggregate: { sum: 'record', where: { kind: '政务公开' } },
    },
    {
      id: 'openness.item.station',
      label: '站务公开事项数',
      unit: '项',
      aggregate: { sum: 'record', where: { kind: '站务公开' } },
    },
    {
      id: 'openness.item.categories',
      label: '公开内容类别数',
      unit: '类',
      aggregate: { distinct: { dim: 'category' }, of: 'record' },
    },
    {
      id: 'openness.item.factory-categories',
      label: '厂务公开类别数',
      unit: '类',
      aggregate: { distinct: { dim: 'category' }, of: 'record', where: { kind: '厂务公开' } },
    },
    {
      id: 'openness.item.school-categories',
      label: '校务公开类别数',
      unit: '类',
      aggregate: { distinct: { dim: 'category' }, of: 'record', where: { kind: '校务公开' } },
    },
    {
      id: 'openness.item.government-categories',
      label: '政务公开类别数',
      unit: '类',
      aggregate: { distinct: { dim: 'category' }, of: 'record', where: { kind: '政务公开' } },
    },
    {
      id: 'openness.item.at-congress',
      label: '在职代会上公开事项数',
      unit: '项',
      aggregate: { sum: 'record', where: { channel: '职代会' } },
    },
    {
      id: 'openness.item.channels',
      label: '公开渠道数',
      unit: '种',
      aggregate: { distinct: { dim: 'channel' }, of: 'record' },
    },
  ],
  clauses: [
    {
      text: '{period}向职工公开{list:category}，分属{openness.item.categories}，合计{openness.item.count}[，其中在职代会上公开{openness.item.at-congress}][，公开渠道{openness.item.channels}]。',
      weight: 75,
    },
    { text: '{period}厂务公开{openness.item.factory}[，涉及{openness.item.factory-categories}内容]。', weight: 60 },
    { text: '{period}院务公开{openness.item.hospital}。', weight: 60 },
    { text: '{period}校务公开{openness.item.school}[，涉及{openness.item.school-categories}内容]。', weight: 60 },
    {
      text: '{period}政务公开{openness.item.government}[，重点公开{openness.item.government-categories}内容]。',
      weight: 60,
    },
    { text: '{period}站务公开{openness.item.station}。', weight: 40 },
  ],
  signatures: ['承办部门', '公开工作小组'],
  sample: {
    date: '2025-04-10',
    endDate: '2025-04-24',
    title: '一季度福利费支出情况',
    kind: '厂务公开',
    category: '职工福利',
    channel: '公开栏',
    scope: '全体职工',
  },
})

/** Student charges at the school gate: every charge is listed, with whether it was posted. */
export const fee = register({
  id: 'openness.fee',
  title: '收费公示',
  domain: 'DM',
  mechanisms: ['DM-34'],
  help: '每个收费项目一行，没有公示的也要列出并选“否”。',
  dateLabel: '公示日期',
  titleLabel: '收费项目',
  fields: [
    field.money('standard', '收费标准（元）'),
    field.text('basis', '收费依据'),
    field.text('place', '公示地点', { dim: true }),
    field.yesno('posted', '是否公示', { required: true }),
  ],
  metrics: [
    { id: 'openness.fee.due', label: '收费项目数', unit: '项', aggregate: { sum: 'record' } },
    {
      id: 'openness.fee.posted',
      label: '公示收费项目数',
      unit: '项',
      aggregate: { sum: 'record', where: { posted: '是' } },
    },
    {
      id: 'openness.fee.coverage',
      label: '收费项目公示率',
      unit: '%',
      aggregate: { ratio: { numerator: 'openness.fee.posted', denominator: 'openness.fee.due' } },
      definition: '已公示收费项目 ÷ 登记的收费项目',
    },
  ],
  clauses: [
    {
      text: '{period}向学生和家长公示收费项目{openness.fee.posted}[，占应公示项目的{openness.fee.coverage}]。',
      weight: 50,
    },
  ],
  sample: {
    date: '2025-09-01',
    title: '课后服务费',
    standard: '180',
    basis: '市发改委核定标准',
    place: '校门口公开栏',
    posted: '是',
  },
})

/** Major matters told to the staff by document or at a meeting. */
export const announcement = register({
  id: 'openness.announcement',
  title: '重大事项通报',
  domain: 'DM',
  mechanisms: ['DM-45'],
  help: '每通报一件事一行；同一件事在不同会上通报的，分行登记。',
  dateLabel: '通报日期',
  titleLabel: '通报事项',
  fields: [
    field.choice('channel', '通报方式', ['正式文件', '职工大会', '工会小组会议', '党政工联席会'], {
      required: true,
      open: true,
    }),
    field.text('audience', '通报范围', { dim: true }),
  ],
  metrics: [
    { id: 'openness.announcement.count', label: '重大事项通报次数', unit: '次', aggregate: { sum: 'record' } },
    {
      id: 'openness.announcement.in-groups',
      label: '工会小组会议通报次数',
      unit: '次',
      aggregate: { sum: 'record', where: { channel: '工会小组会议' } },
    },
    {
      id: 'openness.announcement.by-document',
      label: '文件通报次数',
      unit: '次',
      aggregate: { sum: 'record', where: { channel: '正式文件' } },
    },
  ],
  clauses: [
    {
      text: '{period}向职工通报重大事项{openness.announcement.count}[，其中以文件通报{openness.announcement.by-document}][，在工会小组会议上通报{openness.announcement.in-groups}]。',
      weight: 55,
    },
  ],
  sample: { date: '2025-06-30', title: '上半年经营情况', channel: '工会小组会议', audience: '机加车间小组' },
})
