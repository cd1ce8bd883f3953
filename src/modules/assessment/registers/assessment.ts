import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'

const quarter = counting('assessment.quarterly', 'line')
export const quarterly = register({
  id: 'assessment.quarterly',
  title: '分会季度考核',
  domain: 'KH',
  mechanisms: ['KH-01', 'KH-04', 'KH-05'],
  help: '一次考核为一条；被考核的分会（主席）一行一个。',
  dateLabel: '考核日期',
  titleLabel: '考核名称',
  fields: [field.choice('kind', '考核种类', ['季度综合考核', '年度量化考核', '专项考核'], { required: true })],
  lines: {
    title: '被考核单位',
    fields: [
      field.text('branch', '分会名称', { required: true, dim: true }),
      field.choice('level', '层级', ['二级分会', '三级分会', '小组'], { required: true }),
      field.integer('score', '得分', { min: 0, max: 1000 }),
      field.choice('grade', '等次', ['优秀', '良好', '合格', '不合格']),
    ],
  },
  metrics: [
    quarter.records('count', '开展分会考核次数', '次'),
    quarter.every('rhythm', '分会考核频次', 'quarter', { kind: '季度综合考核' }),
    quarter.kinds('second', '考核二级分会个数', '个', 'branch', { level: '二级分会' }),
    quarter.kinds('third', '考核三级分会个数', '个', 'branch', { level: '三级分会' }),
    quarter.kinds('groups', '考核工会小组个数', '个', 'branch', { level: '小组' }),
    quarter.lines('excellent', '考核优秀分会次数', '个次', { grade: '优秀' }),
  ],
  clauses: [
    {
      text: '{period}对{assessment.quarterly.second}二级分会[、{assessment.quarterly.third}三级分会][、{assessment.quarterly.groups}小组]进行考核{assessment.quarterly.count}[，每季度{assessment.quarterly.rhythm#}次]。',
      weight: 60,
    },
  ],
  sample: {
    date: '2026-03-31',
    title: '一季度考核',
    kind: '季度综合考核',
    branch: '铸造分会',
    level: '二级分会',
    score: '92',
    grade: '优秀',
  },
})

const commentator = counting('assessment.commentator', 'line')
export const commentators = register({
  id: 'assessment.commentator',
  title: '工会评论员',
  domain: 'KH',
  mechanisms: ['KH-02'],
  help: '聘任一批、开一次会议、参加一次大型活动为一条；评论员一行一人。',
  dateLabel: '日期',
  titleLabel: '事项名称',
  fields: [
    field.choice('kind', '事项', ['聘任', '会议', '参加大型活动'], { required: true }),
    field.integer('batch', '第几批', { min: 1, max: 99 }),
  ],
  lines: { title: '评论员', fields: [field.person('person', '姓名', { required: true })] },
  metrics: [
    commentator.stated('batch', '工会评论员批次', '批', 'batch', { kind: '聘任' }),
    commentator.people('appointed', '聘任评论员人数', { kind: '聘任' }),
    commentator.records('meetings', '评论员会议次数', '次', { kind: '会议' }),
    commentator.records('events', '评论员参加大型活动次数', '次', { kind: '参加大型活动' }),
    commentator.people('persons', '参与评议的评论员人数'),
  ],
  clauses: [
    {
      text: '{period}聘任第{assessment.commentator.batch#}批工会评论员[{assessment.commentator.appointed}]。',
      weight: 58,
    },
    {
      text: '{period}召开评论员会议{assessment.commentator.meetings}[，组织评论员参加大型活动{assessment.commentator.events}]。',
      weight: 57,
    },
  ],
  sample: { date: '2026-02-26', title: '第四批评论员聘任', kind: '聘任', batch: '4', person: '段晓峰' },
})

const opinion = counting('assessment.commentator-opinion')
export const commentatorOpinions = register({
  id: 'assessment.commentator-opinion',
  title: '评论员意见建议',
  domain: 'KH',
  mechanisms: ['KH-03', 'KH-06'],
  help: '评论员、职工对工会工作的一条意见建议一行。',
  dateLabel: '提出日期',
  titleLabel: '意见建议',
  fields: [
    field.choice('source', '来源', ['评论员', '职工评工会', '下级工会评议', '满意度测评'], { required: true }),
    field.person('person', '提出人'),
    field.yesno('adopted', '是否采纳', { required: true }),
    field.text('usedIn', '采纳到'),
    field.choice('satisfaction', '满意程度', ['满意', '基本满意', '不满意']),
  ],
  metrics: [
    opinion.records('count', '评论员建议条数', '条', { source: '评论员' }),
    opinion.records('adopted', '评论员建议采纳条数', '条', { source: '评论员', adopted: '是' }),
    opinion.rate('rate', '评论员建议采纳率', 'adopted', 'count', '采纳条数占评论员建议条数。'),
    opinion.records('staff', '职工评工会意见条数', '条', { source: ['职工评工会', '下级工会评议'] }),
    opinion.records('surveyed', '满意度测评份数', '份', { source: '满意度测评' }),
    opinion.records('satisfied', '测评满意份数', '份', { source: '满意度测评', satisfaction: ['满意', '基本满意'] }),
    opinion.rate('satisfaction', '职工满意率', 'satisfied', 'surveyed', '满意和基本满意份数占测评份数。'),
  ],
  clauses: [
    {
      text: '{period}评论员提出建议和评价意见{assessment.commentator-opinion.count}[，采纳{assessment.commentator-opinion.adopted}]。',
      weight: 56,
    },
    { text: '{period}收到职工评工会意见{assessment.commentator-opinion.staff}。', weight: 50 },
    {
      text: '{period}开展满意度测评{assessment.commentator-opinion.surveyed}，满意率{assessment.commentator-opinion.satisfaction}。',
      weight: 49,
    },
  ],
  sample: {
    date: '2026-04-15',
    title: '增加晚间健身时段',
    source: '评论员',
    person: '段晓峰',
    adopted: '是',
    usedIn: '活动中心开放安排',
  },
})

const check = counting('assessment.inspection')
export const inspections = register({
  id: 'assessment.inspection',
  title: '迎检验收与自查',
  domain: 'KH',
  mechanisms: ['KH-07', 'KH-08', 'KH-09', 'KH-10'],
  help: '接受一次检查验收、开展一次自查、申报一份材料一行。',
  dateLabel: '日期',
  titleLabel: '事项',
  fields: [
    field.choice('kind', '种类', ['上级检查验收', '计划检查总结', '典型材料申报', '评议结果应用'], { required: true }),
    field.choice('result', '结果', ['合格', '一次合格', '需整改', '已申报', '已应用']),
    field.text('body', '检查（受理）单位', { dim: true }),
  ],
  metrics: [
    check.records('count', '迎检自查事项数', '项'),
    check.records('visits', '接受上级检查验收次数', '次', { kind: '上级检查验收' }),
    check.records('passed', '一次验收合格次数', '次', { kind: '上级检查验收', result: '一次合格' }),
    check.records('self', '计划检查总结次数', '次', { kind: '计划检查总结' }),
    check.records('dossiers', '申报典型材料份数', '份', { kind: '典型材料申报' }),
    check.records('used', '评议结果应用次数', '次', { kind: '评议结果应用' }),
  ],
  clauses: [
    {
      text: '{period}接受上级检查验收{assessment.inspection.visits}[，一次合格{assessment.inspection.passed}][，开展计划执行检查{assessment.inspection.self}][，申报典型材料{assessment.inspection.dossiers}]。',
      weight: 40,
    },
  ],
  sample: { date: '2026-09-20', title: '模范职工之家复查', kind: '上级检查验收', result: '一次合格', body: '市总工会' },
})

const lack = counting('assessment.shortcoming')
export const shortcomings = register({
  id: 'assessment.shortcoming',
  title: '工作不足分析',
  domain: 'KH',
  mechanisms: ['KH-11'],
  help: '委员会讨论认定的一条不足一行。',
  dateLabel: '认定日期',
  titleLabel: '不足',
  fields: [field.longtext('cause', '原因'), field.longtext('measure', '改进措施'), field.yesno('mended', '已改进')],
  metrics: [
    lack.records('count', '认定工作不足条数', '条'),
    lack.records('mended', '已改进不足条数', '条', { mended: '是' }),
  ],
  clauses: [
    {
      text: '{period}认真分析工作，认定不足{assessment.shortcoming.count}[，已改进{assessment.shortcoming.mended}]。',
      weight: 20,
    },
  ],
  sample: {
    date: '2026-12-10',
    title: '会员发展覆盖面不够广',
    cause: '新建企业走访少',
    measure: '每月走访两家',
    mended: '否',
  },
})
