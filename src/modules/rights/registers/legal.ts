import { field, register } from '../../../kernel/register/declaration.ts'

/** Legal aid, advice and help with a lawsuit: one row a person and occasion. */
export const legalAid = register({
  id: 'rights.legal-aid',
  title: '法律援助与咨询',
  domain: 'LD',
  mechanisms: ['LD-09', 'LD-11'],
  help: '每人每次一行。',
  dateLabel: '服务日期',
  fields: [
    field.person('applicant', '申请人（咨询人）', { required: true, sensitive: true }),
    field.choice('kind', '服务种类', ['法律援助', '法律咨询', '协助诉讼', '维权求助'], { required: true }),
    field.choice('topic', '事项', ['劳动报酬', '劳动合同', '社会保险', '工伤', '婚姻家庭', '其他'], { open: true }),
    field.yesno('closed', '是否办结', { required: true }),
  ],
  metrics: [
    {
      id: 'rights.legal-aid.aids',
      label: '法律援助次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '法律援助' } },
    },
    {
      id: 'rights.legal-aid.consultations',
      label: '法律咨询人次',
      unit: '人次',
      aggregate: { sum: 'record', where: { kind: '法律咨询' } },
    },
    {
      id: 'rights.legal-aid.lawsuits',
      label: '协助职工诉讼次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '协助诉讼' } },
    },
    {
      id: 'rights.legal-aid.requests',
      label: '受理职工维权求助次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '维权求助' } },
    },
    {
      id: 'rights.legal-aid.people',
      label: '得到法律服务的职工人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'record' },
    },
    {
      id: 'rights.legal-aid.closed',
      label: '办结的法律服务次数',
      unit: '次',
      aggregate: { sum: 'record', where: { closed: '是' } },
    },
  ],
  clauses: [
    { text: '{period}提供法律援助{rights.legal-aid.aids}。', weight: 75 },
    { text: '{period}提供法律咨询{rights.legal-aid.consultations}。', weight: 74 },
    { text: '{period}协助职工诉讼{rights.legal-aid.lawsuits}。', weight: 56 },
    { text: '{period}受理职工维权求助{rights.legal-aid.requests}。', weight: 55 },
    {
      text: '{period}有职工{rights.legal-aid.people}得到工会的法律服务[，办结{rights.legal-aid.closed}]。',
      weight: 50,
    },
  ],
  confidential: true,
  sample: { date: '2025-05-21', applicant: '路长河', kind: '法律咨询', topic: '工伤', closed: '是' },
})

/** Courses for employers' people in charge of labour matters. */
export const employerTraining = register({
  id: 'rights.employer-training',
  title: '企业劳资人员培训',
  domain: 'LD',
  mechanisms: ['LD-14'],
  help: '每期培训一条记录，每位参加者占一行并写明所在企业。',
  titleLabel: '培训内容',
  fields: [field.text('partner', '合办单位', { dim: true, example: '区人社局' })],
  lines: {
    title: '参加者',
    fields: [
      field.person('trainee', '姓名', { required: true }),
      field.text('employer', '所在企业', { required: true, dim: true }),
    ],
  },
  metrics: [
    { id: 'rights.employer-training.count', label: '企业劳资人员培训期数', unit: '期', aggregate: { sum: 'record' } },
    {
      id: 'rights.employer-training.employers',
      label: '参加劳资培训的企业数',
      unit: '家',
      aggregate: { distinct: { dim: 'employer' }, of: 'line' },
    },
    {
      id: 'rights.employer-training.attendances',
      label: '企业劳资人员培训人次',
      unit: '人次',
      aggregate: { sum: 'line' },
    },
  ],
  clauses: [
    {
      text: '{date}，为{rights.employer-training.employers}企业的劳资负责人举办“{title}”培训[，参加{rights.employer-training.attendances}]。',
      each: { max: 3 },
      weight: 66,
    },
    {
      text: '{period}举办企业劳资人员培训{rights.employer-training.count}[，参加企业{rights.employer-training.employers}]。',
      weight: 64,
    },
  ],
  sample: {
    date: '2025-06-23',
    title: '社会保险新政',
    partner: '区人社局',
    trainee: '童一鸣',
    employer: '云溪机械有限公司',
  },
})

/** Improvements asked of the administration: housing fund, titles, pay for extra work. */
export const claim = register({
  id: 'rights.claim',
  title: '职工待遇争取事项',
  domain: 'LD',
  mechanisms: ['LD-15'],
  help: '每提出一项改善要求一行，有结果后修改本行。',
  dateLabel: '提出日期',
  titleLabel: '事项',
  fields: [
    field.choice('kind', '种类', ['住房公积金', '职称评聘', '劳务报酬', '津贴补贴', '休息休假', '其他'], {
      required: true,
      open: true,
    }),
    field.choice('outcome', '结果', ['已落实', '部分落实', '正在协商', '未采纳'], { required: true }),
  ],
  metrics: [
    { id: 'rights.claim.count', label: '提出改善职工待遇事项数', unit: '项', aggregate: { sum: 'record' } },
    {
      id: 'rights.claim.met',
      label: '落实职工待遇事项数',
      unit: '项',
      aggregate: { sum: 'record', where: { outcome: ['已落实', '部分落实'] } },
    },
    {
      id: 'rights.claim.housing-fund',
      label: '提出住房公积金事项数',
      unit: '项',
      aggregate: { sum: 'record', where: { kind: '住房公积金' } },
    },
  ],
  clauses: [
    {
      text: '{period}就{list:kind}向行政提出改善待遇事项{rights.claim.count}[，其中已落实或部分落实{rights.claim.met}]。',
      weight: 68,
    },
  ],
  sample: { date: '2025-04-08', title: '提高夜班津贴标准', kind: '津贴补贴', outcome: '已落实' },
})

/** Help back to work: one row a person and step. */
export const reemployment = register({
  id: 'rights.reemployment',
  title: '再就业帮扶',
  domain: 'LD',
  mechanisms: ['LD-16'],
  help: '每人每次帮扶一行。',
  dateLabel: '帮扶日期',
  fields: [
    field.person('worker', '职工姓名', { required: true }),
    field.choice('kind', '帮扶方式', ['推荐岗位', '技能培训', '扶持创业', '盘活集体资产安置'], { required: true }),
    field.yesno('placed', '是否就业', { required: true }),
  ],
  metrics: [
    {
      id: 'rights.reemployment.people',
      label: '再就业帮扶人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'record' },
    },
    {
      id: 'rights.reemployment.placed',
      label: '帮扶后就业人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'record', where: { placed: '是' } },
    },
    {
      id: 'rights.reemployment.leads',
      label: '推荐岗位人次',
      unit: '人次',
      aggregate: { sum: 'record', where: { kind: '推荐岗位' } },
    },
  ],
  clauses: [
    {
      text: '{period}帮助下岗失业职工再就业{rights.reemployment.people}[，推荐岗位{rights.reemployment.leads}][，其中已就业{rights.reemployment.placed}]。',
      weight: 65,
    },
  ],
  sample: { date: '2025-03-13', worker: '路长河', kind: '推荐岗位', placed: '是' },
})

/** Competition for posts with the union in the room. */
export const postCompetition = register({
  id: 'rights.post-competition',
  title: '竞聘上岗监督',
  domain: 'LD',
  mechanisms: ['LD-17'],
  help: '每次竞聘一条记录，每位竞聘人占一行。',
  dateLabel: '竞聘日期',
  titleLabel: '竞聘名称',
  fields: [],
  lines: {
    title: '竞聘人',
    fields: [
      field.person('candidate', '竞聘人', { required: true }),
      field.text('post', '竞聘岗位', { required: true, dim: true }),
      field.yesno('appointed', '是否聘任', { required: true }),
    ],
  },
  metrics: [
    { id: 'rights.post-competition.count', label: '参与监督竞聘次数', unit: '次', aggregate: { sum: 'record' } },
    {
      id: 'rights.post-competition.posts',
      label: '竞聘岗位数',
      unit: '个',
      aggregate: { distinct: { dim: 'post' }, of: 'line' },
    },
    {
      id: 'rights.post-competition.candidates',
      label: '参加竞聘人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
    {
      id: 'rights.post-competition.appointed',
      label: '竞聘上岗人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { appointed: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}参与监督竞聘上岗{rights.post-competition.count}[，涉及岗位{rights.post-competition.posts}][，参加竞聘{rights.post-competition.candidates}][，其中聘任上岗{rights.post-competition.appointed}]。',
      weight: 48,
    },
  ],
  sample: { date: '2025-09-10', title: '中层岗位竞聘', candidate: '纪明轩', post: '安全主管', appointed: '是' },
})
