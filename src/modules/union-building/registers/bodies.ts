import { field, register } from '../../../kernel/register/declaration.ts'

/** Branches and groups of the union with their leaders, and what was reorganised. */
export const body = register({
  id: 'union-building.body',
  title: '分会与工会小组',
  domain: 'ZZ',
  mechanisms: ['ZZ-15', 'ZZ-16'],
  help: '每个分会、支会、小组一行；每年核对或调整时再登记，同一组织不会重复计数。',
  dateLabel: '调整（核对）日期',
  fields: [
    field.text('body', '组织名称', { required: true, dim: true, key: true }),
    field.choice('kind', '层级', ['分工会', '二级分会', '三级分会', '支会', '工会小组', '机关直属工会小组'], {
      required: true,
    }),
    field.choice('change', '变动', ['无变动', '新设', '合并', '更名', '撤销']),
    field.text('former', '原组织名称'),
    field.person('leader', '负责人'),
    field.yesno('settled', '是否选定负责人', { required: true }),
  ],
  metrics: [
    {
      id: 'union-building.body.branches',
      label: '分工会个数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record', where: { kind: '分工会' } },
    },
    {
      id: 'union-building.body.second-level',
      label: '二级分会个数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record', where: { kind: '二级分会' } },
    },
    {
      id: 'union-building.body.third-level',
      label: '三级分会个数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record', where: { kind: ['三级分会', '支会'] } },
    },
    {
      id: 'union-building.body.groups',
      label: '工会小组个数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record', where: { kind: ['工会小组', '机关直属工会小组'] } },
    },
    {
      id: 'union-building.body.direct-groups',
      label: '机关直属工会小组个数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record', where: { kind: '机关直属工会小组' } },
    },
    {
      id: 'union-building.body.groups-settled',
      label: '选定负责人的工会小组数',
      unit: '个',
      aggregate: {
        distinct: { dim: 'body' },
        of: 'record',
        where: { kind: ['工会小组', '机关直属工会小组'], settled: '是' },
      },
    },
    {
      id: 'union-building.body.reorganised',
      label: '调整的分会和小组数',
      unit: '个',
      aggregate: {
        distinct: { dim: 'body' },
        of: 'record',
        where: { change: ['新设', '合并', '更名', '撤销'] },
      },
    },
  ],
  clauses: [
    { text: '经{period}核对，工会下设分工会{union-building.body.branches}。', weight: 85 },
    { text: '经{period}核对，工会下设机关直属工会小组{union-building.body.direct-groups}。', weight: 84 },
    {
      text: '经{period}核对，工会下设二级分会{union-building.body.second-level}[，三级分会{union-building.body.third-level}]。',
      weight: 84,
    },
    {
      text: '{period}{union-building.body.groups-settled}工会小组选定了负责人[，小组合计{union-building.body.groups}]。',
      weight: 82,
    },
    { text: '{period}随机构变化调整分会和小组{union-building.body.reorganised}。', weight: 62 },
  ],
  sample: {
    date: '2025-02-10',
    body: '财务处工会小组',
    kind: '工会小组',
    change: '无变动',
    leader: '舒静怡',
    settled: '是',
  },
})

/** Written duties and systems of the union, and whether they hang on the wall. */
export const rule = register({
  id: 'union-building.rule',
  title: '工会制度与职责',
  domain: 'ZZ',
  mechanisms: ['ZZ-19', 'ZZ-20'],
  help: '每制定或修订一项制度、职责一行。',
  dateLabel: '制定（修订）日期',
  titleLabel: '制度名称',
  fields: [
    field.choice('kind', '种类', ['岗位职责', '工作制度', '管理办法'], { required: true }),
    field.choice(
      'topic',
      '内容',
      [
        '主席职责',
        '委员会职责',
        '女职工委员职责',
        '委员职责',
        '工作汇报',
        '干部培训',
        '档案管理',
        '会议',
        '财务',
        '其他',
      ],
      { open: true },
    ),
    field.yesno('fresh', '是否新制定', { required: true }),
    field.yesno('posted', '是否上墙', { required: true }),
  ],
  metrics: [
    { id: 'union-building.rule.count', label: '制定修订制度项数', unit: '项', aggregate: { sum: 'record' } },
    {
      id: 'union-building.rule.duties',
      label: '制定职责项数',
      unit: '项',
      aggregate: { sum: 'record', where: { kind: '岗位职责' } },
    },
    {
      id: 'union-building.rule.systems',
      label: '制定工作制度和办法项数',
      unit: '项',
      aggregate: { sum: 'record', where: { kind: ['工作制度', '管理办法'] } },
    },
    {
      id: 'union-building.rule.posted',
      label: '上墙制度项数',
      unit: '项',
      aggregate: { sum: 'record', where: { posted: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}制定、修订工会制度{union-building.rule.count}[，其中各类职责{union-building.rule.duties}][，工作制度和办法{union-building.rule.systems}][，已上墙公布{union-building.rule.posted}]。',
      weight: 78,
    },
  ],
  sample: {
    date: '2025-03-11',
    title: '工会小组长职责',
    kind: '岗位职责',
    topic: '委员职责',
    fresh: '是',
    posted: '是',
  },
})

/** Meetings of the committee, of group leaders, and on special subjects. */
export const meeting = register({
  id: 'union-building.meeting',
  title: '工会会议',
  domain: 'ZZ',
  mechanisms: ['ZZ-21', 'ZZ-22'],
  help: '每次会议一条记录，应到会的人每人占一行。',
  titleLabel: '会议议题',
  fields: [
    field.choice(
      'kind',
      '会议种类',
      [
        '工会委员会会议',
        '工会工作专题会议',
        '工会小组长会议',
        '经费审查委员会会议',
        '女职工委员会会议',
        '工会工作例会',
      ],
      { required: true },
    ),
    field.longtext('decision', '议定事项'),
  ],
  lines: {
    title: '应到人员',
    fields: [
      field.person('attendee', '参会人姓名', { required: true }),
      field.yesno('attended', '是否到会', { required: true }),
    ],
  },
  metrics: [
    { id: 'union-building.meeting.count', label: '工会会议次数', unit: '次', aggregate: { sum: 'record' } },
    {
      id: 'union-building.meeting.committee',
      label: '工会委员会会议次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '工会委员会会议' } },
    },
    {
      id: 'union-building.meeting.thematic',
      label: '工会工作专题会议次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '工会工作专题会议' } },
    },
    {
      id: 'union-building.meeting.thematic-per-year',
      label: '工会专题会议频次',
      unit: '次/年',
      aggregate: { frequency: 'record', per: 'year', where: { kind: '工会工作专题会议' } },
    },
    {
      id: 'union-building.meeting.group-leaders',
      label: '工会小组长会议次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '工会小组长会议' } },
    },
    { id: 'union-building.meeting.due', label: '工会会议应到人次', unit: '人次', aggregate: { sum: 'line' } },
    {
      id: 'union-building.meeting.attended',
      label: '工会会议实到人次',
      unit: '人次',
      aggregate: { sum: 'line', where: { attended: '是' } },
    },
    {
      id: 'union-building.meeting.attendance-rate',
      label: '工会会议到会率',
      unit: '%',
      aggregate: {
        ratio: { numerator: 'union-building.meeting.attended', denominator: 'union-building.meeting.due' },
      },
      definition: '实到人次 ÷ 应到人次',
    },
  ],
  clauses: [
    {
      text: '{period}召开工会会议{union-building.meeting.count}[，其中工会委员会会议{union-building.meeting.committee}][，小组长会议{union-building.meeting.group-leaders}][，到会率{union-building.meeting.attendance-rate}]。',
      weight: 76,
    },
    {
      text: '{period}召开研究工会工作的专题会议{union-building.meeting.thematic}[，按{union-building.meeting.thematic-per-year}的频次进行]。',
      weight: 77,
    },
  ],
  sample: {
    date: '2025-02-14',
    title: '研究年度工作要点',
    kind: '工会委员会会议',
    decision: '通过年度工作要点和经费预算',
    attendee: '高远帆',
    attended: '是',
  },
})
