import { field, register } from '../../../kernel/register/declaration.ts'

/** Groups whose case is settled with an office outside: subsidies, living relief. Confidential. */
export const specialGroup = register({
  id: 'rights.special-group',
  title: '特殊群体待遇协调',
  domain: 'XF',
  mechanisms: ['XF-05', 'XF-06'],
  help: '每项协调或发放一条记录，每位对象占一行。',
  dateLabel: '办理日期',
  titleLabel: '事项',
  fields: [
    field.choice('kind', '种类', ['退休军转干部补助金', '“两案”人员生活救助金', '其他群体待遇'], { required: true }),
    field.text('partner', '协调单位', { dim: true }),
    field.yesno('resolved', '是否解决', { required: true }),
  ],
  lines: {
    title: '对象',
    fields: [
      field.person('beneficiary', '对象姓名', { required: true, sensitive: true }),
      field.money('amount', '发放金额（元）'),
    ],
  },
  metrics: [
    {
      id: 'rights.special-group.veterans',
      label: '协调补助金的退休军转干部人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '退休军转干部补助金' } },
    },
    {
      id: 'rights.special-group.veterans-resolved',
      label: '补助金问题已解决的退休军转干部人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '退休军转干部补助金', resolved: '是' } },
    },
    {
      id: 'rights.special-group.relief-people',
      label: '发放“两案”人员生活救助金人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '“两案”人员生活救助金' } },
    },
    {
      id: 'rights.special-group.relief-amount',
      label: '发放“两案”人员生活救助金',
      unit: '元',
      aggregate: { sum: 'amount', where: { kind: '“两案”人员生活救助金' } },
    },
  ],
  clauses: [
    {
      text: '{period}协调退休军转干部补助金问题，涉及{rights.special-group.veterans}[，其中已解决{rights.special-group.veterans-resolved}]。',
      weight: 72,
    },
    {
      text: '{period}为“两案”人员{rights.special-group.relief-people}发放生活救助金[{rights.special-group.relief-amount}]。',
      weight: 60,
    },
  ],
  confidential: true,
  sample: {
    date: '2025-07-30',
    title: '军转干部补助金核定',
    kind: '退休军转干部补助金',
    partner: '市军转办',
    resolved: '是',
    beneficiary: '路长河',
    amount: '1200',
  },
})

/** Inspections of petition work itself, and contacts with courts. */
export const petitionReview = register({
  id: 'rights.petition-review',
  title: '信访工作迎检与法院联系',
  domain: 'XF',
  mechanisms: ['XF-07', 'XF-08'],
  help: '每次检查验收或每次与法院联系一行。',
  titleLabel: '事项',
  fields: [
    field.choice('kind', '种类', ['信访工作验收', '法院联系'], { required: true }),
    field.text('caseName', '所涉案件', { dim: true }),
    field.choice('outcome', '结果', ['一次验收合格', '整改后合格', '未通过', '已办结', '跟进中'], { required: true }),
  ],
  metrics: [
    {
      id: 'rights.petition-review.reviews',
      label: '信访工作验收次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '信访工作验收' } },
    },
    {
      id: 'rights.petition-review.passed-at-once',
      label: '信访工作一次验收合格次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '信访工作验收', outcome: '一次验收合格' } },
    },
    {
      id: 'rights.petition-review.court-contacts',
      label: '与法院联系处理经济纠纷次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '法院联系' } },
    },
    {
      id: 'rights.petition-review.court-cases',
      label: '与法院联系处理的案件数',
      unit: '件',
      aggregate: { distinct: { dim: 'caseName' }, of: 'record', where: { kind: '法院联系' } },
    },
  ],
  clauses: [
    {
      text: '{period}接受信访工作验收{rights.petition-review.reviews}[，其中一次验收合格{rights.petition-review.passed-at-once}]。',
      weight: 62,
    },
    {
      text: '{period}与法院联系处理经济纠纷{rights.petition-review.court-contacts}[，涉及案件{rights.petition-review.court-cases}]。',
      weight: 44,
    },
  ],
  sample: { date: '2025-10-22', title: '信访示范单位验收', kind: '信访工作验收', outcome: '一次验收合格' },
})
