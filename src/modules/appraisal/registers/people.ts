import { field, register } from '../../../kernel/register/declaration.ts'

/** Democratic appraisal of leaders and managers: one record an appraisal, one line a rated person. */
export const leader = register({
  id: 'appraisal.leader',
  title: '民主评议领导干部',
  domain: 'DM',
  mechanisms: ['DM-21', 'DM-22', 'DM-23'],
  help: '每次评议一条记录，每位被评议人占一行，票数按汇总表填写。评议人不记名。',
  dateLabel: '评议日期',
  titleLabel: '评议名称',
  fields: [
    field.choice('kind', '评议种类', ['民主评议领导干部', '校长书记测评', '中层干部评议'], { required: true }),
    field.text('reportedTo', '结果上报', { dim: true, example: '集团公司' }),
    field.yesno('reportedUp', '是否上报', { required: true }),
    field.integer('formYears', '现行评议形式已沿用年数', { min: 0, max: 60, help: '用于对照检查评议形式是否陈旧' }),
  ],
  lines: {
    title: '被评议人',
    fields: [
      field.person('leader', '被评议人', { required: true }),
      field.text('post', '职务'),
      field.yesno('reported', '是否述职'),
      field.integer('ballots', '收回评议票（张）'),
      field.integer('excellent', '优秀票（张）', { atMost: 'ballots' }),
      field.integer('competent', '称职票（张）', { atMost: 'ballots' }),
      field.choice('result', '评议等次', ['优秀', '称职', '基本称职', '不称职']),
    ],
  },
  metrics: [
    {
      id: 'appraisal.leader.count',
      label: '民主评议领导干部次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '民主评议领导干部' } },
    },
    {
      id: 'appraisal.leader.leaders',
      label: '接受民主评议的领导干部人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '民主评议领导干部' } },
    },
    {
      id: 'appraisal.leader.self-reports',
      label: '述职的领导干部人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '民主评议领导干部', reported: '是' } },
    },
    {
      id: 'appraisal.leader.reported-up',
      label: '评议结果上报次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '民主评议领导干部', reportedUp: '是' } },
    },
    {
      id: 'appraisal.leader.form-years',
      label: '评议形式已沿用年数',
      unit: '年',
      aggregate: { stated: 'formYears', where: { kind: '民主评议领导干部' } },
      definition: '取期内最近一次评议记录所填的年数',
    },
    {
      id: 'appraisal.leader.principal-appraisals',
      label: '校长书记测评次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '校长书记测评' } },
    },
    {
      id: 'appraisal.leader.manager-appraisals',
      label: '中层干部民主评议次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '中层干部评议' } },
    },
    {
      id: 'appraisal.leader.managers',
      label: '接受民主评议的中层干部人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '中层干部评议' } },
    },
    { id: 'appraisal.leader.ballots', label: '收回评议票数', unit: '张', aggregate: { sum: 'ballots' } },
    { id: 'appraisal.leader.excellent', label: '评议优秀票数', unit: '张', aggregate: { sum: 'excellent' } },
    {
      id: 'appraisal.leader.excellent-rate',
      label: '评议优秀率',
      unit: '%',
      aggregate: { ratio: { numerator: 'appraisal.leader.excellent', denominator: 'appraisal.leader.ballots' } },
      definition: '优秀票 ÷ 收回的评议票，各被评议人合计',
    },
  ],
  clauses: [
    {
      text: '{period}组织职工代表民主评议领导干部{appraisal.leader.count}[，{appraisal.leader.leaders}接受评议][，述职{appraisal.leader.self-reports}][，结果上报{appraisal.leader.reported-up}]。',
      weight: 77,
    },
    { text: '{period}配合完成校长、书记测评{appraisal.leader.principal-appraisals}。', weight: 56 },
    {
      text: '{period}组织中层干部民主评议{appraisal.leader.manager-appraisals}[，涉及中层干部{appraisal.leader.managers}]。',
      weight: 56,
    },
    {
      text: '{period}民主评议沿用现行形式{appraisal.leader.form-years}。',
      weight: 15,
    },
  ],
  confidential: true,
  signatures: ['监票人', '计票人', '工会主席'],
  sample: {
    date: '2025-01-17',
    title: '年度领导干部述职评议',
    kind: '民主评议领导干部',
    reportedTo: '集团公司',
    reportedUp: '是',
    formYears: '4',
    leader: '邵立群',
    post: '副总经理',
    reported: '是',
    ballots: '87',
    excellent: '71',
    competent: '15',
    result: '优秀',
  },
})

/** A performance scheme whose result feeds awards and promotion: one line a person. */
export const performance = register({
  id: 'appraisal.performance',
  title: '绩效考核结果',
  domain: 'SZ',
  mechanisms: ['SZ-27'],
  help: '每次考核一条记录，每位被考核人占一行，写明结果的运用。',
  dateLabel: '考核日期',
  titleLabel: '考核名称',
  fields: [field.text('scheme', '考核办法', { dim: true })],
  lines: {
    title: '被考核人',
    fields: [
      field.person('staff', '被考核人', { required: true }),
      field.integer('score', '得分', { min: 0, max: 200 }),
      field.choice('grade', '考核等次', ['优秀', '合格', '基本合格', '不合格'], { required: true }),
      field.choice('use', '结果运用', ['晋升', '晋级', '奖励', '推荐评先', '谈话提醒', '未运用']),
    ],
  },
  metrics: [
    {
      id: 'appraisal.performance.people',
      label: '参加绩效考核人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
    {
      id: 'appraisal.performance.excellent',
      label: '绩效考核优秀人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { grade: '优秀' } },
    },
    {
      id: 'appraisal.performance.rewarded',
      label: '考核结果用于晋升、晋级、奖励的人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { use: ['晋升', '晋级', '奖励', '推荐评先'] } },
    },
  ],
  clauses: [
    {
      text: '{period}对{appraisal.performance.people}进行绩效考核[，其中优秀{appraisal.performance.excellent}][，考核结果与晋升、晋级、奖励挂钩的{appraisal.performance.rewarded}]。',
      weight: 38,
    },
  ],
  confidential: true,
  sample: {
    date: '2025-12-28',
    title: '年度绩效考核',
    scheme: '干部绩效考核办法',
    staff: '闻思远',
    score: '94',
    grade: '优秀',
    use: '推荐评先',
  },
})
