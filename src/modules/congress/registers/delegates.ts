import { field, register } from '../../../kernel/register/declaration.ts'

/** Delegates elected, re-elected and added, at company and at branch level. */
export const delegateElection = register({
  id: 'congress.delegate-election',
  title: '职工代表选举与增补',
  domain: 'DM',
  mechanisms: ['DM-14'],
  help: '每次选举、改选或增补一条记录，每位当选代表占一行，注明是否由职工民主选举产生。',
  dateLabel: '选举日期',
  titleLabel: '选举名称',
  fields: [
    field.choice('kind', '选举种类', ['换届选举', '改选', '增补', '撤换后补选'], { required: true }),
    field.choice('level', '代表层级', ['公司（院、校）级', '基层（分会）级'], { required: true, open: true }),
    field.text('reason', '改选或增补原因'),
  ],
  lines: {
    title: '当选代表',
    fields: [
      field.person('delegate', '代表姓名', { required: true }),
      field.text('constituency', '选举单位', { dim: true }),
      field.yesno('elected', '是否民主选举产生', { required: true }),
      field.integer('votes', '得票数'),
      field.date('termEnd', '任期届满'),
    ],
  },
  metrics: [
    {
      id: 'congress.delegate-election.delegates',
      label: '新产生职工代表人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
    {
      id: 'congress.delegate-election.added',
      label: '增补职工代表人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: ['增补', '撤换后补选'] } },
    },
    {
      id: 'congress.delegate-election.levels',
      label: '职工代表队伍层级数',
      unit: '级',
      aggregate: { distinct: { dim: 'level' }, of: 'record' },
      definition: '期内进行过代表选举、改选或增补的层级，不重复计',
    },
    {
      id: 'congress.delegate-election.constituencies',
      label: '选举单位数',
      unit: '个',
      aggregate: { distinct: { dim: 'constituency' }, of: 'line' },
    },
    {
      id: 'congress.delegate-election.seats',
      label: '选举产生代表名额数',
      unit: '个',
      aggregate: { sum: 'line' },
      definition: '同一人在两级都当选的计两个名额',
    },
    {
      id: 'congress.delegate-election.elected',
      label: '民主选举产生的代表名额数',
      unit: '个',
      aggregate: { sum: 'line', where: { elected: '是' } },
    },
    {
      id: 'congress.delegate-election.elected-rate',
      label: '代表民主选举产生比例',
      unit: '%',
      aggregate: {
        ratio: {
          numerator: 'congress.delegate-election.elected',
          denominator: 'congress.delegate-election.seats',
        },
      },
      definition: '民主选举产生的名额 ÷ 期内产生的全部名额',
    },
  ],
  clauses: [
    {
      text: '{period}选举产生职工代表{congress.delegate-election.delegates}[，其中增补{congress.delegate-election.added}][，来自{congress.delegate-election.constituencies}选举单位][，代表由民主选举产生的占{congress.delegate-election.elected-rate}]。',
      weight: 83,
    },
    { text: '{period}调整充实了{congress.delegate-election.levels}职工代表队伍。', weight: 79 },
  ],
  signatures: ['监票人', '选举单位负责人'],
  sample: {
    date: '2025-01-06',
    title: '年初职工代表增补',
    kind: '增补',
    level: '公司（院、校）级',
    reason: '原代表调离',
    delegate: '薛雨桐',
    constituency: '质量部',
    elected: '是',
    votes: '46',
    termEnd: '2027-12-31',
  },
})

/** Training of delegates, with everybody who was due, so that «every delegate» can be claimed or not. */
export const delegateTraining = register({
  id: 'congress.delegate-training',
  title: '职工代表培训',
  domain: 'DM',
  mechanisms: ['DM-15'],
  help: '每期培训一条记录，应参加的代表每人一行，注明是否参加。',
  titleLabel: '培训主题',
  fields: [
    field.choice('form', '形式', ['专题授课', '经验交流', '现场观摩', '网上学习'], { required: true }),
    field.text('trainer', '授课人'),
    field.text('place', '地点'),
  ],
  lines: {
    title: '应参加代表',
    fields: [
      field.person('delegate', '代表姓名', { required: true }),
      field.yesno('done', '是否参加', { required: true }),
    ],
  },
  metrics: [
    { id: 'congress.delegate-training.count', label: '职工代表培训次数', unit: '次', aggregate: { sum: 'record' } },
    {
      id: 'congress.delegate-training.exchanges',
      label: '职工代表经验交流次数',
      unit: '次',
      aggregate: { sum: 'record', where: { form: '经验交流' } },
    },
    {
      id: 'congress.delegate-training.attendances',
      label: '职工代表培训人次',
      unit: '人次',
      aggregate: { sum: 'line', where: { done: '是' } },
    },
    {
      id: 'congress.delegate-training.trained',
      label: '受训职工代表人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { done: '是' } },
    },
    {
      id: 'congress.delegate-training.due',
      label: '应受训职工代表人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
    {
      id: 'congress.delegate-training.coverage',
      label: '职工代表培训覆盖率',
      unit: '%',
      aggregate: {
        ratio: { numerator: 'congress.delegate-training.trained', denominator: 'congress.delegate-training.due' },
      },
      definition: '至少参加过一次的代表 ÷ 应参加的代表，都按人计',
    },
  ],
  clauses: [
    {
      text: '{period}举办职工代表培训{congress.delegate-training.count}[，其中经验交流{congress.delegate-training.exchanges}][，培训代表{congress.delegate-training.trained}][，覆盖率{congress.delegate-training.coverage}]。',
      weight: 81,
    },
    {
      text: '{date}以“{title}”为题培训职工代表[，到课{congress.delegate-training.attendances}]。',
      each: { max: 3 },
      weight: 55,
    },
  ],
  sample: {
    date: '2025-03-12',
    title: '怎样写好一份提案',
    form: '专题授课',
    trainer: '市总工会讲师',
    place: '培训室',
    delegate: '陆文涛',
    done: '是',
  },
})
