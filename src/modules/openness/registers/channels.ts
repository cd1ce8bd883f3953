import { field, register } from '../../../kernel/register/declaration.ts'

/** Boards, boxes and published telephones: where disclosure hangs and where opinions go in. */
export const board = register({
  id: 'openness.board',
  title: '公开栏与意见箱设置',
  domain: 'DM',
  mechanisms: ['DM-33'],
  help: '每处公开栏、电子屏、意见箱、信箱或公布的电话一行；每年核对时在用的再登记一次，同一处不会重复计数。',
  dateLabel: '设置（核对）日期',
  fields: [
    field.choice('kind', '种类', ['公开栏', '电子屏', '网上公开栏', '意见箱', '领导信箱', '公布领导电话'], {
      required: true,
    }),
    field.text('place', '设置地点', { required: true, dim: true, key: true }),
    field.person('keeper', '管理人'),
  ],
  metrics: [
    {
      id: 'openness.board.boards',
      label: '公开栏处数',
      unit: '处',
      aggregate: { distinct: { dim: 'place' }, of: 'record', where: { kind: ['公开栏', '电子屏', '网上公开栏'] } },
      definition: '含电子屏和网上公开栏，按地点不重复计',
    },
    {
      id: 'openness.board.boxes',
      label: '意见箱和领导信箱个数',
      unit: '个',
      aggregate: { distinct: { dim: 'place' }, of: 'record', where: { kind: ['意见箱', '领导信箱'] } },
      definition: '按地点不重复计',
    },
    {
      id: 'openness.board.telephones',
      label: '公布领导电话数',
      unit: '部',
      aggregate: { sum: 'record', where: { kind: '公布领导电话' } },
    },
  ],
  clauses: [
    { text: '经{period}核对，设有公开栏{openness.board.boards}。', weight: 62 },
    { text: '经{period}核对，设有意见箱和领导信箱{openness.board.boxes}。', weight: 56 },
    { text: '经{period}核对，公布领导电话{openness.board.telephones}。', weight: 34 },
  ],
  sample: { date: '2025-01-05', kind: '公开栏', place: '办公楼一层大厅', keeper: '邵立群' },
})

/** What came out of a box, and what was done about it. */
export const mailbox = register({
  id: 'openness.mailbox',
  title: '意见箱来信来电',
  domain: 'DM',
  mechanisms: ['DM-35'],
  help: '每封来信、每个来电一行；匿名的不填来信人。',
  dateLabel: '开箱（来电）日期',
  titleLabel: '事由',
  fields: [
    field.choice('channel', '渠道', ['意见箱', '领导信箱', '领导电话', '网上留言'], { required: true }),
    field.person('writer', '来信人', { sensitive: true }),
    field.choice('kind', '性质', ['意见', '建议', '困难', '投诉'], { required: true }),
    field.text('handler', '承办部门', { dim: true }),
    field.yesno('adopted', '是否采纳或解决', { required: true }),
    field.longtext('outcome', '办理结果'),
  ],
  metrics: [
    { id: 'openness.mailbox.count', label: '意见箱、信箱、电话收到意见件数', unit: '件', aggregate: { sum: 'record' } },
    {
      id: 'openness.mailbox.suggestions',
      label: '信箱收到建议件数',
      unit: '件',
      aggregate: { sum: 'record', where: { kind: '建议' } },
    },
    {
      id: 'openness.mailbox.adopted',
      label: '信箱意见采纳解决件数',
      unit: '件',
      aggregate: { sum: 'record', where: { adopted: '是' } },
    },
    {
      id: 'openness.mailbox.adoption-rate',
      label: '信箱意见采纳解决率',
      unit: '%',
      aggregate: { ratio: { numerator: 'openness.mailbox.adopted', denominator: 'openness.mailbox.count' } },
      definition: '采纳或解决的件数 ÷ 收到的件数',
    },
  ],
  clauses: [
    {
      text: '{period}通过意见箱、信箱和公布的电话收到职工反映{openness.mailbox.count}[，其中建议{openness.mailbox.suggestions}][，已采纳或解决{openness.mailbox.adopted}，占{openness.mailbox.adoption-rate}]。',
      weight: 57,
    },
  ],
  confidential: true,
  sample: {
    date: '2025-03-03',
    title: '浴室热水时间太短',
    channel: '意见箱',
    writer: '贺小满',
    kind: '建议',
    handler: '行政后勤部',
    adopted: '是',
    outcome: '供水延长一小时',
  },
})

/** Checks that disclosure is real: one record an inspection, one line a finding. */
export const inspection = register({
  id: 'openness.inspection',
  title: '公开工作检查',
  domain: 'DM',
  mechanisms: ['DM-32'],
  help: '每次检查一条记录，发现的每个问题占一行；没有问题的不填明细。',
  dateLabel: '检查日期',
  titleLabel: '检查名称',
  fields: [
    field.choice('kind', '检查方式', ['定期检查', '不定期抽查'], { required: true }),
    field.text('place', '被检查单位', { dim: true, key: true }),
    field.person('leader', '检查组组长'),
  ],
  lines: {
    title: '发现的问题',
    fields: [
      field.longtext('finding', '问题', { required: true }),
      field.yesno('fixed', '是否整改', { required: true }),
    ],
  },
  metrics: [
    { id: 'openness.inspection.count', label: '公开工作检查次数', unit: '次', aggregate: { sum: 'record' } },
    {
      id: 'openness.inspection.regular',
      label: '公开工作定期检查次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '定期检查' } },
    },
    {
      id: 'openness.inspection.unscheduled',
      label: '公开工作不定期抽查次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '不定期抽查' } },
    },
    {
      id: 'openness.inspection.findings',
      label: '公开工作检查发现问题数',
      unit: '个',
      aggregate: { sum: 'line' },
      lowerIsBetter: true,
    },
    {
      id: 'openness.inspection.fixed',
      label: '公开工作检查整改问题数',
      unit: '个',
      aggregate: { sum: 'line', where: { fixed: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}检查公开工作{openness.inspection.count}[，其中定期检查{openness.inspection.regular}][，不定期抽查{openness.inspection.unscheduled}][，发现问题{openness.inspection.findings}][，已整改{openness.inspection.fixed}]。',
      weight: 58,
    },
  ],
  sample: {
    date: '2025-08-14',
    title: '厂务公开三季度检查',
    kind: '定期检查',
    place: '机加车间',
    leader: '邵立群',
    finding: '公开栏内容两个月未更新',
    fixed: '是',
  },
})
