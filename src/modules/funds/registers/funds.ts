import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'

const income = counting('funds.receipt')
/** A plain ledger of money in and out, until the journal takes over; metric ids stay. */
export const receipts = register({
  id: 'funds.receipt',
  title: '经费收入台账',
  domain: 'CW',
  mechanisms: ['CW-01', 'CW-03', 'CW-20'],
  help: '收到一笔经费一行。',
  dateLabel: '到账日期',
  titleLabel: '摘要',
  fields: [
    field.choice('kind', '收入种类', ['拨缴经费', '会费', '上级补助', '行政补助', '捐赠', '其他'], { required: true }),
    field.money('amount', '收入金额（元）', { required: true }),
    field.text('payer', '缴款单位（人）', { dim: true }),
  ],
  metrics: [
    income.records('count', '经费收入笔数', '笔'),
    income.money('amount', '经费收入', 'amount'),
    income.money('allocated', '拨缴经费收入', 'amount', { kind: '拨缴经费' }),
    income.money('dues', '会费收入', 'amount', { kind: '会费' }),
    income.money('administration', '行政补助收入', 'amount', { kind: '行政补助' }),
    income.money('upper', '上级补助收入', 'amount', { kind: '上级补助' }),
    income.money('donated', '捐赠收入', 'amount', { kind: '捐赠' }),
  ],
  clauses: [
    {
      text: '{period}收入工会经费{funds.receipt.amount}[，其中拨缴经费{funds.receipt.allocated}][、会费{funds.receipt.dues}][、上级补助{funds.receipt.upper}][、行政补助{funds.receipt.administration}]。',
      weight: 70,
      unless: 'funds.income',
    },
    {
      text: '{period}收入工会经费{funds.income}[，其中拨缴经费{funds.income-allocated}][、会费{funds.income-dues}][、上级补助{funds.income-upper}][、行政补助{funds.income-administration}][、其他收入{funds.income-other}]。',
      weight: 72,
    },
  ],
  sample: { date: '2026-03-10', title: '一季度拨缴经费', kind: '拨缴经费', amount: '86000', payer: '公司财务部' },
})

const spending = counting('funds.payment')
export const payments = register({
  id: 'funds.payment',
  title: '经费支出台账',
  domain: 'CW',
  mechanisms: ['CW-02', 'CW-05', 'CW-06', 'CW-18'],
  help: '支出一笔经费一行。',
  dateLabel: '支出日期',
  titleLabel: '摘要',
  fields: [
    field.choice(
      'kind',
      '支出去向',
      [
        '上解经费',
        '职工活动',
        '维权',
        '送温暖',
        '劳动竞赛',
        '文化教育',
        '奖励',
        '职工福利',
        '行政办公',
        '资产购置',
        '其他',
      ],
      { required: true },
    ),
    field.money('amount', '支出金额（元）', { required: true }),
    field.person('approver', '审批人'),
    field.yesno('complete', '手续齐全'),
  ],
  metrics: [
    spending.records('count', '经费支出笔数', '笔'),
    spending.money('amount', '经费支出', 'amount'),
    spending.money('remitted', '上解经费', 'amount', { kind: '上解经费' }),
    spending.money('activities', '职工活动支出', 'amount', { kind: ['职工活动', '文化教育'] }),
    spending.money('relief', '送温暖支出', 'amount', { kind: '送温暖' }),
    spending.money('welfare', '职工福利支出', 'amount', { kind: '职工福利' }),
    spending.money('contests', '劳动竞赛和奖励支出', 'amount', { kind: ['劳动竞赛', '奖励'] }),
    spending.records('complete', '手续齐全支出笔数', '笔', { complete: '是' }),
    spending.rate('compliance', '支出手续齐全率', 'complete', 'count', '手续齐全笔数占支出笔数。'),
  ],
  clauses: [
    {
      text: '{period}支出工会经费{funds.payment.amount}[，其中职工活动{funds.payment.activities}][、送温暖{funds.payment.relief}][、职工福利{funds.payment.welfare}][、劳动竞赛和奖励{funds.payment.contests}][，上解经费{funds.payment.remitted}]。',
      weight: 68,
      unless: 'funds.expense',
    },
    {
      text: '{period}支出工会经费{funds.expense}[，其中职工活动{funds.expense-activities}][、职工服务{funds.expense-services}][、维权{funds.expense-rights}][、业务{funds.expense-business}][、资本性{funds.expense-capital}][、其他{funds.expense-other}]。[会员人均支出{funds.expense-per-member}。]',
      weight: 70,
    },
    {
      text: '{period}支出困难帮扶和送温暖经费{funds.aid}[，其中困难职工帮扶{funds.expense-hardship}][、送温暖{funds.expense-warmth}]。',
      weight: 66,
    },
    {
      text: '{period}列支文体活动{funds.expense-sports}[、职工教育{funds.expense-education}][、会员活动{funds.expense-members}][、劳动和技能竞赛{funds.expense-contests}][、疗休养{funds.expense-recuperation}]。',
      weight: 64,
    },
    {
      text: '{period}支出预算{funds.budget-spending}，执行{funds.expense}，执行率{funds.budget-execution}[；收入预算{funds.budget-income}，完成率{funds.budget-income-execution}]。',
      weight: 62,
    },
  ],
  sample: {
    date: '2026-03-22',
    title: '三八节活动',
    kind: '职工活动',
    amount: '5200',
    approver: '范志远',
    complete: '是',
  },
})

const quota = counting('funds.branch-quota')
export const branchQuotas = register({
  id: 'funds.branch-quota',
  title: '分会经费分配',
  domain: 'CW',
  mechanisms: ['CW-07', 'CW-08'],
  help: '给一个分会（一个预算科目）的一笔额度一行。',
  dateLabel: '分配日期',
  fields: [
    field.text('branch', '分会（科目）', { required: true, dim: true }),
    field.choice('kind', '种类', ['分会额度', '预算科目'], { required: true }),
    field.money('quota', '额度（元）', { required: true }),
    field.money('spent', '已用（元）'),
  ],
  metrics: [
    quota.kinds('branches', '分配经费的分会数', '个', 'branch', { kind: '分会额度' }),
    quota.money('quota', '分配分会经费', 'quota', { kind: '分会额度' }),
    quota.money('budget', '年度预算', 'quota', { kind: '预算科目' }),
    quota.money('spent', '预算已执行', 'spent', { kind: '预算科目' }),
    quota.rate('execution', '预算执行率', 'spent', 'budget', '已执行金额占年度预算。'),
  ],
  clauses: [
    { text: '{period}向{funds.branch-quota.branches}分会分配经费{funds.branch-quota.quota}。', weight: 50 },
    {
      text: '{period}年度预算{funds.branch-quota.budget}，执行{funds.branch-quota.spent}，执行率{funds.branch-quota.execution}。',
      weight: 52,
      unless: 'funds.budget-spending',
    },
  ],
  sample: { date: '2026-02-02', branch: '铸造分会', kind: '分会额度', quota: '12000' },
})

const audit = counting('funds.audit')
export const audits = register({
  id: 'funds.audit',
  title: '经费审查与财务管理',
  domain: 'CW',
  mechanisms: ['CW-09', 'CW-10', 'CW-11', 'CW-12', 'CW-13', 'CW-14', 'CW-15', 'CW-17'],
  help: '一次审查、自查、报告，一项制度、一名财务人员、一册账簿归档，各一行。',
  dateLabel: '日期',
  titleLabel: '事项',
  fields: [
    field.choice(
      'kind',
      '种类',
      ['经审会审查', '上级审查', '自查', '向职代会报告', '制度建立', '财务人员配备', '建账归档', '纳入行政议程和预算'],
      { required: true },
    ),
    field.choice('opinion', '结论', ['合规', '基本合规', '需整改']),
    field.integer('findings', '发现问题（个）', { max: 10_000 }),
    field.integer('mended', '已整改（个）', { max: 10_000, atMost: 'findings' }),
    field.person('person', '财务（经审）人员'),
  ],
  metrics: [
    audit.records('reviews', '经审会审查次数', '次', { kind: '经审会审查' }),
    audit.records('upper', '接受上级经费审查次数', '次', { kind: '上级审查' }),
    audit.records('self', '财务自查次数', '次', { kind: '自查' }),
    audit.records('reported', '向职代会报告经费次数', '次', { kind: '向职代会报告' }),
    audit.records('rules', '建立经审财务制度项数', '项', { kind: '制度建立' }),
    audit.people('staff', '工会财务人员人数', { kind: '财务人员配备' }),
    audit.records('books', '建账归档册数', '册', { kind: '建账归档' }),
    audit.records('included', '纳入行政议程和预算事项数', '项', { kind: '纳入行政议程和预算' }),
    audit.sum('findings', '审查发现问题个数', '个', 'findings', undefined, { lowerIsBetter: true }),
    audit.sum('mended', '审查问题整改个数', '个', 'mended'),
    audit.rate('mending', '审查问题整改率', 'mended', 'findings', '已整改个数占发现问题个数。'),
  ],
  clauses: [
    {
      text: '{period}经审会审查{funds.audit.reviews}[，接受上级审查{funds.audit.upper}][，自查{funds.audit.self}][，发现问题{funds.audit.findings}][，整改{funds.audit.mended}][，向职代会报告{funds.audit.reported}]。',
      weight: 48,
    },
    {
      text: '{period}建立财务和经审制度{funds.audit.rules}[，配备财务人员{funds.audit.staff}][，建账归档{funds.audit.books}]。',
      weight: 40,
    },
  ],
  sample: {
    date: '2026-04-18',
    title: '上年度经费审查',
    kind: '经审会审查',
    opinion: '合规',
    findings: '1',
    mended: '1',
    person: '卢小宁',
  },
})

const restricted = counting('funds.restricted')
export const restrictedFunds = register({
  id: 'funds.restricted',
  title: '专项资金收支',
  domain: 'CW',
  mechanisms: ['CW-19'],
  help: '专项资金收入或支出一笔一行。',
  dateLabel: '日期',
  titleLabel: '摘要',
  fields: [
    field.text('fund', '资金名称', { required: true, dim: true }),
    field.choice('direction', '收支', ['收入', '支出'], { required: true }),
    field.money('amount', '金额（元）', { required: true }),
    field.person('beneficiary', '受益人'),
  ],
  metrics: [
    restricted.kinds('funds', '专项资金个数', '个', 'fund'),
    restricted.money('in', '专项资金收入', 'amount', { direction: '收入' }),
    restricted.money('out', '专项资金支出', 'amount', { direction: '支出' }),
    restricted.people('beneficiaries', '专项资金受益人数', { direction: '支出' }),
  ],
  clauses: [
    {
      text: '{period}管理专项资金{funds.restricted.funds}[，收入{funds.restricted.in}][，支出{funds.restricted.out}][，受益职工{funds.restricted.beneficiaries}]。',
      weight: 45,
    },
  ],
  sample: {
    date: '2026-08-08',
    title: '大病互助支出',
    fund: '大病互助金',
    direction: '支出',
    amount: '8000',
    beneficiary: '马文斌',
  },
})
