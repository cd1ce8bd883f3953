import { field, register } from '../../../kernel/register/declaration.ts'

/** Courses of every kind that train staff: one record a batch, one line a trainee. */
export const course = register({
  id: 'training.course',
  title: '职工培训班',
  domain: 'SZ',
  mechanisms: ['SZ-06', 'SZ-10', 'SZ-16', 'SZ-17', 'SZ-23', 'SZ-24'],
  help: '每期（批）培训一条记录，每位学员占一行。',
  dateLabel: '开班日期',
  endDateLabel: '结业日期',
  titleLabel: '培训名称',
  fields: [
    field.choice(
      'kind',
      '培训种类',
      [
        '新员工入职培训',
        '管理人员培训',
        '新任领导培训',
        '岗位技能培训',
        '职业道德培训',
        '厂纪厂规培训',
        '公益课程',
        '学历与职称辅导',
      ],
      { required: true, open: true },
    ),
    field.text('provider', '培训机构', { dim: true }),
    field.choice('form', '形式', ['集中授课', '视频培训', '现场实训', '网上学习']),
    field.integer('hours', '学时（小时）', { min: 0, max: 2000 }),
  ],
  lines: {
    title: '学员',
    fields: [
      field.person('trainee', '学员姓名', { required: true }),
      field.choice('group', '学员类别', ['在职职工', '新入职', '实习生', '农民工', '小微企业职工'], { required: true }),
      field.yesno('passed', '是否合格'),
    ],
  },
  metrics: [
    { id: 'training.course.count', label: '职工培训期数', unit: '期', aggregate: { sum: 'record' } },
    { id: 'training.course.attendances', label: '职工培训人次', unit: '人次', aggregate: { sum: 'line' } },
    {
      id: 'training.course.trainees',
      label: '职工培训人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
      definition: '一人参加多期只计一人',
    },
    {
      id: 'training.course.passed',
      label: '培训合格人次',
      unit: '人次',
      aggregate: { sum: 'line', where: { passed: '是' } },
    },
    {
      id: 'training.course.newcomer-batches',
      label: '新员工和实习生培训批数',
      unit: '批',
      aggregate: { sum: 'record', where: { kind: '新员工入职培训' } },
    },
    {
      id: 'training.course.newcomers',
      label: '受训新员工和实习生人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '新员工入职培训' } },
    },
    {
      id: 'training.course.managers',
      label: '受训管理人员人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: ['管理人员培训', '新任领导培训'] } },
    },
    {
      id: 'training.course.factory',
      label: '岗位技能和厂纪厂规培训期数',
      unit: '期',
      aggregate: { sum: 'record', where: { kind: ['岗位技能培训', '厂纪厂规培训'] } },
    },
    {
      id: 'training.course.factory-attendances',
      label: '岗位技能和厂纪厂规培训人次',
      unit: '人次',
      aggregate: { sum: 'line', where: { kind: ['岗位技能培训', '厂纪厂规培训'] } },
    },
    {
      id: 'training.course.ethics',
      label: '职业道德培训期数',
      unit: '期',
      aggregate: { sum: 'record', where: { kind: '职业道德培训' } },
    },
    {
      id: 'training.course.ethics-attendances',
      label: '职业道德培训人次',
      unit: '人次',
      aggregate: { sum: 'line', where: { kind: '职业道德培训' } },
    },
    {
      id: 'training.course.public-courses',
      label: '公益课程期数',
      unit: '期',
      aggregate: { sum: 'record', where: { kind: '公益课程' } },
    },
    {
      id: 'training.course.public-attendances',
      label: '公益课程参加人次',
      unit: '人次',
      aggregate: { sum: 'line', where: { kind: '公益课程' } },
    },
    {
      id: 'training.course.migrants',
      label: '受训农民工和小微企业职工人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { group: ['农民工', '小微企业职工'] } },
    },
    {
      id: 'training.course.degree-support',
      label: '参加学历与职称辅导人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '学历与职称辅导' } },
    },
  ],
  clauses: [
    {
      text: '{period}举办职工培训{training.course.count}[，培训{training.course.trainees}、{training.course.attendances}][，其中考核合格{training.course.passed}]。',
      weight: 88,
    },
    {
      text: '{period}分{training.course.newcomer-batches}培训新员工和实习生[，培训{training.course.newcomers}]。',
      weight: 74,
    },
    { text: '{period}培训管理人员和新任领导{training.course.managers}。', weight: 66 },
    {
      text: '{period}举办岗位技能、厂纪厂规培训{training.course.factory}[，参加{training.course.factory-attendances}]。',
      weight: 70,
    },
    {
      text: '{period}举办职业道德培训{training.course.ethics}[，参加{training.course.ethics-attendances}]。',
      weight: 62,
    },
    {
      text: '{period}引进公益课程{training.course.public-courses}[，参加{training.course.public-attendances}]。',
      weight: 56,
    },
    { text: '{period}为农民工和小微企业职工提供技能培训，受训{training.course.migrants}。', weight: 63 },
    { text: '{period}支持职工{training.course.degree-support}参加学历和职称辅导。', weight: 50 },
  ],
  sample: {
    date: '2025-07-14',
    endDate: '2025-07-18',
    title: '新员工入职培训第二批',
    kind: '新员工入职培训',
    provider: '公司培训中心',
    form: '集中授课',
    hours: '32',
    trainee: '蒋小朴',
    group: '新入职',
    passed: '是',
  },
})

/** Who of the staff was trained at all, against the plan's target. */
export const coverage = register({
  id: 'training.coverage',
  title: '培训覆盖核对',
  domain: 'SZ',
  mechanisms: ['SZ-07'],
  help: '每次核对一条记录，每位应培训职工占一行，注明本期是否受过培训。',
  dateLabel: '核对日期',
  titleLabel: '核对名称',
  fields: [field.percent('target', '培训覆盖率目标（%）')],
  lines: {
    title: '应培训职工',
    fields: [
      field.person('staff', '职工姓名', { required: true }),
      field.yesno('done', '是否受过培训', { required: true }),
    ],
  },
  metrics: [
    { id: 'training.coverage.due', label: '应培训职工人数', unit: '人', aggregate: { distinct: 'person', of: 'line' } },
    {
      id: 'training.coverage.done',
      label: '核对受训职工人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { done: '是' } },
    },
    {
      id: 'training.coverage.rate',
      label: '职工培训覆盖率',
      unit: '%',
      aggregate: { ratio: { numerator: 'training.coverage.done', denominator: 'training.coverage.due' } },
      definition: '受过培训的职工 ÷ 核对名单上的职工，按人计',
    },
    {
      id: 'training.coverage.target',
      label: '职工培训覆盖率目标',
      unit: '%',
      aggregate: { stated: 'target' },
    },
  ],
  clauses: [
    {
      text: '经{period}核对，应培训职工{training.coverage.due}，已培训{training.coverage.done}，覆盖率{training.coverage.rate}。',
      weight: 80,
    },
    { text: '{period}确定的职工培训覆盖率目标为{training.coverage.target}。', weight: 44 },
  ],
  sample: { date: '2025-12-08', title: '年度培训覆盖核对', target: '80', staff: '方若兰', done: '是' },
})
