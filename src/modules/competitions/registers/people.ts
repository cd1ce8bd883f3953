import { field, register } from '../../../kernel/register/declaration.ts'

/** Record breakers and the teams that excel at their post. */
export const excellence = register({
  id: 'competitions.excellence',
  title: '岗位创优与创新记录',
  domain: 'JS',
  mechanisms: ['JS-04'],
  help: '每个创优团队或每位创优能手一行；创新记录的写明原记录和新记录。',
  dateLabel: '命名日期',
  fields: [
    field.choice('kind', '种类', ['岗位创优团队', '岗位创优能手'], { required: true, key: true }),
    field.text('team', '团队名称', { dim: true, key: true }),
    field.person('worker', '能手姓名'),
    field.choice('record', '创新记录种类', ['生产', '承揽', '销售', '质量']),
    field.text('former', '原记录'),
    field.text('fresh', '新记录'),
  ],
  metrics: [
    {
      id: 'competitions.excellence.teams',
      label: '岗位创优团队数',
      unit: '个',
      aggregate: { distinct: { dim: 'team' }, of: 'record', where: { kind: '岗位创优团队' } },
    },
    {
      id: 'competitions.excellence.workers',
      label: '岗位创优能手人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'record', where: { kind: '岗位创优能手' } },
    },
    {
      id: 'competitions.excellence.record-breakers',
      label: '创新记录职工人数',
      unit: '名',
      aggregate: {
        distinct: 'person',
        of: 'record',
        where: { kind: '岗位创优能手', record: ['生产', '承揽', '销售', '质量'] },
      },
    },
  ],
  clauses: [
    { text: '{period}评出岗位创优团队{competitions.excellence.teams}。', weight: 86 },
    {
      text: '{period}命名岗位创优能手{competitions.excellence.workers}[，其中创造新记录的{competitions.excellence.record-breakers}]。',
      weight: 85,
    },
  ],
  sample: {
    date: '2025-12-18',
    kind: '岗位创优能手',
    worker: '雷承志',
    record: '生产',
    former: '单班检修三台',
    fresh: '单班检修四台',
  },
})

/** Teams of the house: contests of type, pilots, pioneers. */
export const team = register({
  id: 'competitions.team',
  title: '班组建设与工人先锋号',
  domain: 'JS',
  mechanisms: ['JS-07', 'JS-08', 'JS-25'],
  help: '每个班组每参加一项创建、试点或获得一次称号登记一行。',
  dateLabel: '登记日期',
  fields: [
    field.text('team', '班组名称', { required: true, dim: true, key: true }),
    field.choice('kind', '种类', ['“六型”班组竞赛', '班组建设试点', '班组建设考核', '工人先锋号', '先进班组'], {
      required: true,
      key: true,
    }),
    field.choice('level', '级别', ['全国', '省级', '市级', '集团公司级', '本单位']),
    field.choice('result', '结果', ['参加', '达标', '优胜', '授予称号'], { required: true }),
    field.integer('score', '得分', { min: 0, max: 1000 }),
  ],
  metrics: [
    {
      id: 'competitions.team.six-types',
      label: '参加“六型”班组竞赛的班组数',
      unit: '个',
      aggregate: { distinct: { dim: 'team' }, of: 'record', where: { kind: '“六型”班组竞赛' } },
    },
    {
      id: 'competitions.team.six-types-passed',
      label: '“六型”班组竞赛达标优胜班组数',
      unit: '个',
      aggregate: {
        distinct: { dim: 'team' },
        of: 'record',
        where: { kind: '“六型”班组竞赛', result: ['达标', '优胜', '授予称号'] },
      },
    },
    {
      id: 'competitions.team.pilots',
      label: '班组建设试点数',
      unit: '个',
      aggregate: { distinct: { dim: 'team' }, of: 'record', where: { kind: '班组建设试点' } },
    },
    {
      id: 'competitions.team.appraised',
      label: '接受班组建设考核的班组数',
      unit: '个',
      aggregate: { distinct: { dim: 'team' }, of: 'record', where: { kind: '班组建设考核' } },
    },
    {
      id: 'competitions.team.pioneers-striving',
      label: '争创工人先锋号的班组数',
      unit: '个',
      aggregate: { distinct: { dim: 'team' }, of: 'record', where: { kind: '工人先锋号' } },
    },
    {
      id: 'competitions.team.pioneers',
      label: '获授工人先锋号的班组数',
      unit: '个',
      aggregate: { distinct: { dim: 'team' }, of: 'record', where: { kind: '工人先锋号', result: '授予称号' } },
    },
    {
      id: 'competitions.team.pioneers-nation',
      label: '获授全国工人先锋号的班组数',
      unit: '个',
      aggregate: {
        distinct: { dim: 'team' },
        of: 'record',
        where: { kind: '工人先锋号', result: '授予称号', level: '全国' },
      },
    },
    {
      id: 'competitions.team.advanced',
      label: '先进班组数',
      unit: '个',
      aggregate: { distinct: { dim: 'team' }, of: 'record', where: { kind: '先进班组', result: '授予称号' } },
    },
  ],
  clauses: [
    {
      text: '{period}参加“六型”班组竞赛的班组{competitions.team.six-types}[，其中达标优胜{competitions.team.six-types-passed}]。',
      weight: 77,
    },
    {
      text: '{period}确定班组建设试点{competitions.team.pilots}[，考核班组{competitions.team.appraised}]。',
      weight: 75,
    },
    {
      text: '{period}争创工人先锋号的班组{competitions.team.pioneers-striving}[，其中获授称号{competitions.team.pioneers}][，全国级{competitions.team.pioneers-nation}]。',
      weight: 79,
    },
    { text: '{period}评出先进班组{competitions.team.advanced}。', weight: 62 },
  ],
  sample: { date: '2025-04-28', team: '汽机班', kind: '工人先锋号', level: '市级', result: '授予称号', score: '96' },
})

/** Chief workers chosen from candidates. */
export const chiefWorker = register({
  id: 'competitions.chief-worker',
  title: '首席员工评选',
  domain: 'JS',
  mechanisms: ['JS-14'],
  help: '每次评选一条记录，每位候选人占一行，注明是否当选。',
  dateLabel: '评选日期',
  titleLabel: '评选名称',
  fields: [field.text('termOfOffice', '聘期')],
  lines: {
    title: '候选人',
    fields: [
      field.person('candidate', '候选人', { required: true }),
      field.text('trade', '工种', { dim: true }),
      field.text('department', '候选人单位', { dim: true }),
      field.integer('score', '得分', { min: 0, max: 1000 }),
      field.yesno('elected', '是否当选', { required: true }),
    ],
  },
  metrics: [
    {
      id: 'competitions.chief-worker.candidates',
      label: '首席员工候选人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line' },
    },
    {
      id: 'competitions.chief-worker.elected',
      label: '首席员工人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line', where: { elected: '是' } },
    },
    {
      id: 'competitions.chief-worker.trades',
      label: '首席员工覆盖工种数',
      unit: '个',
      aggregate: { distinct: { dim: 'trade' }, of: 'line', where: { elected: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}开展首席员工评选，从{competitions.chief-worker.candidates}候选人中选出首席员工{competitions.chief-worker.elected}[，覆盖工种{competitions.chief-worker.trades}]。',
      weight: 83,
    },
  ],
  sample: {
    date: '2025-03-25',
    title: '年度首席员工评选',
    termOfOffice: '两年',
    candidate: '雷承志',
    trade: '汽轮机检修',
    department: '汽机分场',
    score: '91',
    elected: '是',
  },
})

/** Mentors and apprentices: one record a mentor, one line an apprentice, so a pair is a line. */
export const pairing = register({
  id: 'competitions.pairing',
  title: '师徒与帮教结对',
  domain: 'JS',
  mechanisms: ['JS-15', 'JS-16'],
  help: '每位师傅（帮教人）每次结对一条记录，每位徒弟（青年教师）占一行，一行就是一对。',
  dateLabel: '结对日期',
  endDateLabel: '期满日期',
  fields: [
    field.person('mentor', '师傅（帮教人）', { required: true, key: true }),
    field.choice('kind', '结对种类', ['导师带徒', '新老教师助教', '“一帮一”'], { required: true, key: true }),
    field.text('trade', '专业（学科）', { dim: true }),
  ],
  lines: {
    title: '徒弟',
    fields: [
      field.person('apprentice', '徒弟（青年教师）', { required: true }),
      field.text('goal', '培养目标'),
      field.choice('result', '考核结果', ['培养中', '合格出师', '优秀出师', '终止'], { required: true }),
    ],
  },
  metrics: [
    {
      id: 'competitions.pairing.pairs',
      label: '导师带徒对数',
      unit: '对',
      aggregate: { sum: 'line', where: { kind: '导师带徒' } },
    },
    {
      id: 'competitions.pairing.mentors',
      label: '带徒导师人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'record', where: { kind: '导师带徒' } },
    },
    {
      id: 'competitions.pairing.apprentices',
      label: '拜师徒弟人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '导师带徒' } },
    },
    {
      id: 'competitions.pairing.graduated',
      label: '出师对数',
      unit: '对',
      aggregate: { sum: 'line', where: { kind: '导师带徒', result: ['合格出师', '优秀出师'] } },
    },
    {
      id: 'competitions.pairing.teaching-pairs',
      label: '新老教师结对数',
      unit: '对',
      aggregate: { sum: 'line', where: { kind: ['新老教师助教', '“一帮一”'] } },
    },
    {
      id: 'competitions.pairing.young-teachers',
      label: '结对青年教师人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line', where: { kind: ['新老教师助教', '“一帮一”'] } },
    },
  ],
  clauses: [
    {
      text: '{period}签订导师带徒协议{competitions.pairing.pairs}[，导师{competitions.pairing.mentors}][，徒弟{competitions.pairing.apprentices}][，其中已出师{competitions.pairing.graduated}]。',
      weight: 80,
    },
    {
      text: '{period}安排新老教师结对{competitions.pairing.teaching-pairs}[，帮带青年教师{competitions.pairing.young-teachers}]。',
      weight: 78,
    },
  ],
  signatures: ['师傅', '徒弟', '所在单位', '工会'],
  sample: {
    date: '2025-03-30',
    endDate: '2027-03-29',
    mentor: '雷承志',
    kind: '导师带徒',
    trade: '汽轮机检修',
    apprentice: '卓一凡',
    goal: '独立完成轴系找正',
    result: '培养中',
  },
})
