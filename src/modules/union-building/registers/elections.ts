import { field, register } from '../../../kernel/register/declaration.ts'

/** Elections of committees and chairs: one record an election, one line an elected person. */
export const election = register({
  id: 'union-building.election',
  title: '工会选举',
  domain: 'ZZ',
  mechanisms: ['ZZ-07', 'ZZ-08', 'ZZ-09', 'ZZ-10'],
  help: '每次选举一条记录，每位当选人占一行。',
  dateLabel: '选举日期',
  fields: [
    field.text('body', '选举单位名称', { required: true, dim: true, key: true }),
    field.choice('kind', '选举种类', ['首届选举', '换届选举', '委员增补', '主席直接选举'], {
      required: true,
      key: true,
    }),
    field.integer('term', '届', { min: 1, max: 99 }),
    field.yesno('onTime', '是否按期'),
    field.text('reason', '增补原因'),
    field.text('approvalNo', '批复文号'),
  ],
  lines: {
    title: '当选人',
    fields: [
      field.person('elected', '当选人', { required: true }),
      field.choice(
        'post',
        '当选职务',
        ['主席', '副主席', '委员', '经费审查委员会主任', '经费审查委员', '女职工委员会主任', '女职工委员'],
        { required: true },
      ),
      field.choice('route', '产生方式', ['委员会选举', '大会直接选举', '党组织副职经选举兼任', '文件任命后选举确认']),
      field.integer('votes', '得票数'),
    ],
  },
  metrics: [
    {
      id: 'union-building.election.terms',
      label: '完成换届选举的单位数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record', where: { kind: ['换届选举', '首届选举'] } },
      definition: '含首届选举',
    },
    {
      id: 'union-building.election.terms-on-time',
      label: '按期换届的单位数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record', where: { kind: '换届选举', onTime: '是' } },
    },
    {
      id: 'union-building.election.added',
      label: '增补工会委员人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '委员增补' } },
    },
    {
      id: 'union-building.election.direct',
      label: '实行主席直选的单位数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record', where: { kind: '主席直接选举' } },
    },
    {
      id: 'union-building.election.chairs',
      label: '选举产生工会主席人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { post: '主席' } },
    },
    {
      id: 'union-building.election.party-chairs',
      label: '党组织副职经选举兼任工会主席人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { post: '主席', route: '党组织副职经选举兼任' } },
    },
    {
      id: 'union-building.election.elected',
      label: '选举产生工会干部人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
  ],
  clauses: [
    {
      text: '{period}完成工会选举换届的单位{union-building.election.terms}[，其中按期换届{union-building.election.terms-on-time}]。',
      weight: 88,
    },
    { text: '{period}按选举程序增补工会委员{union-building.election.added}。', weight: 74 },
    {
      text: '{period}在{union-building.election.direct}基层单位实行工会主席直接选举。',
      weight: 86,
    },
    {
      text: '{period}选举产生工会主席{union-building.election.chairs}[，其中党组织副职经选举兼任{union-building.election.party-chairs}]。',
      weight: 66,
    },
    {
      text: '{date}，{field:body}进行{field:kind}，选举产生工会干部{union-building.election.elected}。',
      each: { max: 3, where: { kind: ['首届选举', '换届选举'] } },
      weight: 64,
    },
  ],
  signatures: ['监票人', '计票人', '大会主持人'],
  sample: {
    date: '2025-06-24',
    body: '市场部分会',
    kind: '主席直接选举',
    term: '4',
    onTime: '是',
    elected: '高远帆',
    post: '主席',
    route: '大会直接选举',
    votes: '61',
  },
})

/** Which sub-unions elect their chair directly, and the plan's target. */
export const directElectionCheck = register({
  id: 'union-building.direct-election-check',
  title: '主席直选推行情况',
  domain: 'ZZ',
  mechanisms: ['ZZ-09'],
  help: '每次核对一条记录，应推行直选的每个基层工会占一行。',
  dateLabel: '核对日期',
  titleLabel: '核对名称',
  fields: [field.percent('target', '直选覆盖率目标（%）')],
  lines: {
    title: '基层工会',
    fields: [
      field.text('body', '基层工会名称', { required: true, dim: true }),
      field.yesno('done', '是否已实行直选', { required: true }),
    ],
  },
  metrics: [
    {
      id: 'union-building.direct-election-check.due',
      label: '应推行主席直选的单位数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'line' },
    },
    {
      id: 'union-building.direct-election-check.done',
      label: '已推行主席直选的单位数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'line', where: { done: '是' } },
    },
    {
      id: 'union-building.direct-election-check.rate',
      label: '主席直选覆盖率',
      unit: '%',
      aggregate: {
        ratio: {
          numerator: 'union-building.direct-election-check.done',
          denominator: 'union-building.direct-election-check.due',
        },
      },
      definition: '已实行直选的基层工会 ÷ 应推行的基层工会',
    },
    {
      id: 'union-building.direct-election-check.target',
      label: '主席直选覆盖率目标',
      unit: '%',
      aggregate: { stated: 'target' },
    },
  ],
  clauses: [
    {
      text: '经{period}核对，应推行主席直选的{union-building.direct-election-check.due}基层工会中已有{union-building.direct-election-check.done}实行，覆盖率{union-building.direct-election-check.rate}。',
      weight: 68,
    },
    { text: '{period}确定的主席直选覆盖率目标为{union-building.direct-election-check.target}。', weight: 40 },
  ],
  sample: { date: '2025-12-10', title: '直选推行核对', target: '100', body: '市场部分会', done: '是' },
})

/** People put forward for upper congresses. */
export const nominee = register({
  id: 'union-building.nominee',
  title: '上级代表大会人选推荐',
  domain: 'ZZ',
  mechanisms: ['ZZ-28'],
  help: '每个代表大会一条记录，每位推荐人选占一行。',
  dateLabel: '推荐日期',
  titleLabel: '代表大会名称',
  fields: [field.text('host', '召集单位', { dim: true })],
  lines: {
    title: '推荐人选',
    fields: [
      field.person('candidate', '推荐人选', { required: true }),
      field.choice('role', '推荐为', ['代表', '委员', '执行委员', '常务委员'], { required: true }),
      field.yesno('elected', '是否当选', { required: true }),
    ],
  },
  metrics: [
    {
      id: 'union-building.nominee.congresses',
      label: '推荐人选的上级代表大会数',
      unit: '个',
      aggregate: { sum: 'record' },
    },
    {
      id: 'union-building.nominee.delegates',
      label: '推荐上级代表大会代表人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { role: '代表' } },
    },
    {
      id: 'union-building.nominee.committee',
      label: '推荐上级委员会委员人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { role: ['委员', '执行委员', '常务委员'] } },
    },
    {
      id: 'union-building.nominee.elected',
      label: '推荐人选当选人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { elected: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}为{union-building.nominee.congresses}上级代表大会推荐人选[，其中代表{union-building.nominee.delegates}][，委员、执行委员{union-building.nominee.committee}][，当选{union-building.nominee.elected}]。',
      weight: 52,
    },
  ],
  sample: {
    date: '2025-04-02',
    title: '市总工会第九次代表大会',
    host: '市总工会',
    candidate: '高远帆',
    role: '代表',
    elected: '是',
  },
})
