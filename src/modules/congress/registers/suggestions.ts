import { field, register } from '../../../kernel/register/declaration.ts'

/** Rationalisation suggestions and the lighter «golden ideas»: collected, graded, adopted, carried out. */
export const suggestion = register({
  id: 'congress.suggestion',
  title: '合理化建议与金点子',
  domain: 'DM',
  mechanisms: ['DM-38', 'DM-40'],
  help: '每条建议一行；评审、采纳、实施情况有了再补。',
  dateLabel: '提交日期',
  titleLabel: '建议题目',
  fields: [
    field.person('proposer', '建议人', { required: true }),
    field.choice('kind', '活动种类', ['合理化建议', '金点子'], { required: true }),
    field.text('branch', '所在分会（小组）', { dim: true }),
    field.choice('category', '内容类别', ['增产增效', '节能降耗', '安全环保', '管理改进', '服务质量', '其他'], {
      open: true,
    }),
    field.longtext('text', '建议内容'),
    field.choice('grade', '评审等次', ['一等奖', '二等奖', '三等奖', '优秀奖', '未获奖']),
    field.yesno('adopted', '是否采纳'),
    field.yesno('implemented', '是否实施'),
    field.money('benefit', '实施效益（元）'),
  ],
  metrics: [
    {
      id: 'congress.suggestion.count',
      label: '合理化建议条数',
      unit: '条',
      aggregate: { sum: 'record', where: { kind: '合理化建议' } },
    },
    {
      id: 'congress.suggestion.first',
      label: '合理化建议一等奖',
      unit: '条',
      aggregate: { sum: 'record', where: { kind: '合理化建议', grade: '一等奖' } },
    },
    {
      id: 'congress.suggestion.second',
      label: '合理化建议二等奖',
      unit: '条',
      aggregate: { sum: 'record', where: { kind: '合理化建议', grade: '二等奖' } },
    },
    {
      id: 'congress.suggestion.third',
      label: '合理化建议三等奖',
      unit: '条',
      aggregate: { sum: 'record', where: { kind: '合理化建议', grade: '三等奖' } },
    },
    {
      id: 'congress.suggestion.adopted',
      label: '采纳合理化建议条数',
      unit: '条',
      aggregate: { sum: 'record', where: { kind: '合理化建议', adopted: '是' } },
    },
    {
      id: 'congress.suggestion.implemented',
      label: '实施合理化建议条数',
      unit: '条',
      aggregate: { sum: 'record', where: { kind: '合理化建议', adopted: '是', implemented: '是' } },
    },
    {
      id: 'congress.suggestion.adoption-rate',
      label: '合理化建议采纳率',
      unit: '%',
      aggregate: { ratio: { numerator: 'congress.suggestion.adopted', denominator: 'congress.suggestion.count' } },
      definition: '采纳条数 ÷ 收到条数',
    },
    {
      id: 'congress.suggestion.benefit',
      label: '合理化建议实施效益',
      unit: '元',
      aggregate: { sum: 'benefit', where: { kind: '合理化建议', implemented: '是' } },
    },
    {
      id: 'congress.suggestion.proposers',
      label: '提出建议的职工人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'record' },
      definition: '合理化建议和金点子合计，一人多条只计一人',
    },
    {
      id: 'congress.suggestion.ideas',
      label: '金点子条数',
      unit: '条',
      aggregate: { sum: 'record', where: { kind: '金点子' } },
    },
    {
      id: 'congress.suggestion.ideas-adopted',
      label: '采纳金点子条数',
      unit: '条',
      aggregate: { sum: 'record', where: { kind: '金点子', adopted: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}收到职工合理化建议{congress.suggestion.count}[，其中评为一等奖{congress.suggestion.first}][，二等奖{congress.suggestion.second}][，三等奖{congress.suggestion.third}][，已采纳{congress.suggestion.adopted}，采纳率{congress.suggestion.adoption-rate}][，已实施{congress.suggestion.implemented}][，计算效益{congress.suggestion.benefit}]。',
      weight: 91,
    },
    {
      text: '{period}发动职工献“金点子”{congress.suggestion.ideas}[，其中被采纳{congress.suggestion.ideas-adopted}]。',
      weight: 64,
    },
    { text: '{period}先后有职工{congress.suggestion.proposers}为单位发展建言。', weight: 42 },
  ],
  sample: {
    date: '2025-04-22',
    title: '改进冷却水回收装置',
    proposer: '贺小满',
    kind: '合理化建议',
    branch: '动力分会',
    category: '节能降耗',
    text: '在二级水箱后加装回收管路，减少补水',
    grade: '二等奖',
    adopted: '是',
    implemented: '是',
    benefit: '36000',
  },
})

/** The panel that judges suggestions: which departments sit in it. */
export const reviewPanel = register({
  id: 'congress.review-panel',
  title: '合理化建议评审小组',
  domain: 'DM',
  mechanisms: ['DM-39'],
  help: '每个评审小组一条记录，每位成员占一行。',
  dateLabel: '成立日期',
  titleLabel: '小组名称',
  fields: [field.text('documentNo', '成立文件号')],
  lines: {
    title: '小组成员',
    fields: [
      field.text('department', '所在部门', { required: true, dim: true }),
      field.person('member', '成员姓名', { required: true }),
      field.choice('role', '职务', ['组长', '副组长', '成员']),
    ],
  },
  metrics: [
    { id: 'congress.review-panel.count', label: '评审小组数', unit: '个', aggregate: { sum: 'record' } },
    {
      id: 'congress.review-panel.departments',
      label: '评审小组成员部门数',
      unit: '个',
      aggregate: { distinct: { dim: 'department' }, of: 'line' },
    },
    {
      id: 'congress.review-panel.members',
      label: '评审小组成员人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
  ],
  clauses: [
    {
      text: '{period}收到的合理化建议由{congress.review-panel.departments}部门负责人组成的评审小组评审[，小组成员{congress.review-panel.members}]。',
      weight: 62,
    },
  ],
  sample: {
    date: '2025-03-01',
    title: '合理化建议评审小组',
    documentNo: '工字〔2025〕6号',
    department: '技术部',
    member: '闻思远',
    role: '组长',
  },
})

/** A draft sent round for comment: one record a round, one line an opinion and what became of it. */
export const consultation = register({
  id: 'congress.consultation',
  title: '方案制度征求意见',
  domain: 'DM',
  mechanisms: ['DM-18'],
  help: '每个方案每征求一轮意见登记一条记录，每条意见占一行并写明处理结果。',
  dateLabel: '征求意见日期',
  fields: [
    field.text('draft', '方案或制度名称', { required: true, dim: true, key: true }),
    field.integer('round', '第几轮', { min: 1, max: 20 }),
  ],
  lines: {
    title: '意见',
    fields: [
      field.longtext('opinion', '意见内容', { required: true }),
      field.person('proposer', '提出人', { help: '不署名的可不填' }),
      field.choice('disposition', '处理结果', ['采纳', '部分采纳', '未采纳并说明'], { required: true }),
    ],
  },
  metrics: [
    { id: 'congress.consultation.rounds', label: '征求意见轮次', unit: '次', aggregate: { sum: 'record' } },
    {
      id: 'congress.consultation.drafts',
      label: '征求意见的方案制度数',
      unit: '项',
      aggregate: { distinct: { dim: 'draft' }, of: 'record' },
    },
    { id: 'congress.consultation.opinions', label: '收到修改意见条数', unit: '条', aggregate: { sum: 'line' } },
    {
      id: 'congress.consultation.adopted',
      label: '采纳修改意见条数',
      unit: '条',
      aggregate: { sum: 'line', where: { disposition: ['采纳', '部分采纳'] } },
    },
  ],
  clauses: [
    {
      text: '{period}就{congress.consultation.drafts}方案制度征求职工意见{congress.consultation.rounds}[，收到意见{congress.consultation.opinions}][，采纳{congress.consultation.adopted}]。',
      weight: 68,
    },
  ],
  sample: {
    date: '2025-06-10',
    draft: '班组考核办法',
    round: '2',
    opinion: '加班与考勤的计算口径应当一致',
    proposer: '陆文涛',
    disposition: '采纳',
  },
})

/** Questionnaires: forms by batch (they carry no names), and the measures that answered them. */
export const questionnaire = register({
  id: 'congress.questionnaire',
  title: '征求意见表',
  domain: 'DM',
  mechanisms: ['DM-36'],
  help: '每批发出的意见表一条记录，填这一批发出、收回的份数；因意见而办的事每件占一行。',
  dateLabel: '发出日期',
  titleLabel: '意见表名称',
  fields: [
    field.text('audience', '发放对象', { dim: true, key: true }),
    field.integer('issued', '本批发出份数', { required: true }),
    field.integer('returned', '本批收回份数', { atMost: 'issued' }),
  ],
  lines: {
    title: '根据意见办的事',
    fields: [field.text('action', '办理事项', { required: true }), field.yesno('done', '是否办结', { required: true })],
  },
  metrics: [
    { id: 'congress.questionnaire.issued', label: '发放意见表份数', unit: '份', aggregate: { sum: 'issued' } },
    { id: 'congress.questionnaire.returned', label: '收回意见表份数', unit: '份', aggregate: { sum: 'returned' } },
    {
      id: 'congress.questionnaire.return-rate',
      label: '意见表回收率',
      unit: '%',
      aggregate: {
        ratio: { numerator: 'congress.questionnaire.returned', denominator: 'congress.questionnaire.issued' },
      },
      definition: '收回份数 ÷ 发出份数',
    },
    {
      id: 'congress.questionnaire.actions',
      label: '根据意见办结事项数',
      unit: '项',
      aggregate: { sum: 'line', where: { done: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}发放征求意见表{congress.questionnaire.issued}[，收回{congress.questionnaire.returned}，回收率{congress.questionnaire.return-rate}][，据此办结{congress.questionnaire.actions}]。',
      weight: 59,
    },
  ],
  sample: {
    date: '2025-09-03',
    title: '新一届工会征求意见表',
    audience: '全体教职工',
    issued: '60',
    returned: '57',
    action: '重新开放教工活动室',
    done: '是',
  },
})
