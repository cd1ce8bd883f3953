import { field, register } from '../../../kernel/register/declaration.ts'

/** Labour contests of every name: one record a contest, one line an entrant. */
export const contest = register({
  id: 'competitions.contest',
  title: '劳动竞赛',
  domain: 'JS',
  mechanisms: ['JS-01', 'JS-05', 'JS-09', 'JS-20', 'JS-21', 'JS-22', 'JS-26', 'JS-27'],
  help: '每项竞赛一条记录，每位参赛职工占一行并写明所在班组（单位）；只以单位参赛的，填单位联系人。',
  dateLabel: '启动日期',
  endDateLabel: '结束日期',
  titleLabel: '竞赛名称',
  fields: [
    field.choice(
      'series',
      '竞赛系列',
      [
        '主题劳动竞赛',
        '“五比一创”竞赛',
        '双创劳动竞赛',
        '爱岗敬业全勤竞赛',
        '学先进赶先进竞赛',
        '业务质量竞赛',
        '建功立业竞赛',
        '重点工程建设竞赛',
      ],
      { required: true, open: true },
    ),
    field.choice('carrier', '竞赛载体', ['专项竞赛', '攻关竞赛', '“五小”竞赛', '创记录竞赛', '班组创优竞赛']),
    field.text('project', '结合的项目', { dim: true }),
    field.choice('honour', '上级评定', ['省级先进单位', '市级先进单位', '行业先进单位', '未参评']),
  ],
  lines: {
    title: '参赛职工',
    fields: [
      field.person('entrant', '参赛职工', { required: true }),
      field.text('team', '班组（单位）', { dim: true }),
      field.choice('award', '评比结果', ['先进', '优胜', '参加'], { required: true }),
    ],
  },
  metrics: [
    { id: 'competitions.contest.count', label: '开展劳动竞赛项数', unit: '项', aggregate: { sum: 'record' } },
    {
      id: 'competitions.contest.carriers',
      label: '竞赛载体数',
      unit: '个',
      aggregate: { distinct: { dim: 'carrier' }, of: 'record' },
      definition: '专项、攻关、“五小”、创记录、班组创优竞赛中，期内开展过的种数',
    },
    {
      id: 'competitions.contest.projects',
      label: '竞赛结合的项目数',
      unit: '个',
      aggregate: { distinct: { dim: 'project' }, of: 'record' },
    },
    {
      id: 'competitions.contest.entrants',
      label: '参加劳动竞赛人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line' },
      definition: '一人参加多项竞赛只计一人',
    },
    {
      id: 'competitions.contest.entries',
      label: '参加劳动竞赛人次',
      unit: '人次',
      aggregate: { sum: 'line' },
    },
    {
      id: 'competitions.contest.teams',
      label: '参加劳动竞赛班组（单位）数',
      unit: '个',
      aggregate: { distinct: { dim: 'team' }, of: 'line' },
    },
    {
      id: 'competitions.contest.winners',
      label: '劳动竞赛先进优胜人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line', where: { award: ['先进', '优胜'] } },
    },
    {
      id: 'competitions.contest.five-compare',
      label: '“五比一创”竞赛项数',
      unit: '项',
      aggregate: { sum: 'record', where: { series: '“五比一创”竞赛' } },
    },
    {
      id: 'competitions.contest.double-create',
      label: '双创劳动竞赛项数',
      unit: '项',
      aggregate: { sum: 'record', where: { series: '双创劳动竞赛' } },
    },
    {
      id: 'competitions.contest.attendance-entrants',
      label: '爱岗敬业全勤竞赛参加人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line', where: { series: '爱岗敬业全勤竞赛' } },
    },
    {
      id: 'competitions.contest.attendance-teams',
      label: '爱岗敬业全勤竞赛参加单位数',
      unit: '个',
      aggregate: { distinct: { dim: 'team' }, of: 'line', where: { series: '爱岗敬业全勤竞赛' } },
    },
    {
      id: 'competitions.contest.emulations',
      label: '学先进赶先进竞赛项数',
      unit: '项',
      aggregate: { sum: 'record', where: { series: '学先进赶先进竞赛' } },
    },
    {
      id: 'competitions.contest.quality',
      label: '业务质量竞赛项数',
      unit: '项',
      aggregate: { sum: 'record', where: { series: '业务质量竞赛' } },
    },
    {
      id: 'competitions.contest.merit',
      label: '建功立业竞赛项数',
      unit: '项',
      aggregate: { sum: 'record', where: { series: '建功立业竞赛' } },
    },
    {
      id: 'competitions.contest.key-projects',
      label: '重点工程建设竞赛项数',
      unit: '项',
      aggregate: { sum: 'record', where: { series: '重点工程建设竞赛' } },
    },
    {
      id: 'competitions.contest.key-projects-honoured',
      label: '重点工程建设竞赛获上级先进单位次数',
      unit: '次',
      aggregate: {
        sum: 'record',
        where: { series: '重点工程建设竞赛', honour: ['省级先进单位', '市级先进单位', '行业先进单位'] },
      },
    },
  ],
  clauses: [
    {
      text: '{period}开展劳动竞赛{competitions.contest.count}[，运用{list:carrier}{competitions.contest.carriers}载体][，结合项目{competitions.contest.projects}][，参加职工{competitions.contest.entrants}][，班组和单位{competitions.contest.teams}][，评出先进优胜{competitions.contest.winners}]。',
      weight: 95,
    },
    {
      text: '{period}开展爱岗敬业全勤竞赛，参加职工{competitions.contest.attendance-entrants}[，涉及单位{competitions.contest.attendance-teams}]。',
      weight: 78,
    },
    { text: '{period}组织“五比一创”劳动竞赛{competitions.contest.five-compare}。', weight: 76 },
    { text: '{period}结合班组建设开展双创劳动竞赛{competitions.contest.double-create}。', weight: 60 },
    { text: '{period}开展学先进、赶先进竞赛{competitions.contest.emulations}。', weight: 60 },
    { text: '{period}开展业务质量竞赛{competitions.contest.quality}。', weight: 58 },
    { text: '{period}开展群众性建功立业竞赛{competitions.contest.merit}。', weight: 58 },
    {
      text: '{period}参加重点工程建设竞赛{competitions.contest.key-projects}[，获上级先进单位{competitions.contest.key-projects-honoured}]。',
      weight: 74,
    },
  ],
  sample: {
    date: '2025-03-03',
    endDate: '2025-11-30',
    title: '大修工期攻坚竞赛',
    series: '主题劳动竞赛',
    carrier: '专项竞赛',
    project: '二号机组大修',
    honour: '未参评',
    entrant: '雷承志',
    team: '汽机班',
    award: '优胜',
  },
})

/** Winners commended for a past year's contests, and the trades' own titles. */
export const commendation = register({
  id: 'competitions.commendation',
  title: '竞赛先进表彰',
  domain: 'JS',
  mechanisms: ['JS-06', 'JS-28'],
  help: '每个受表彰的集体或个人一行。',
  dateLabel: '表彰日期',
  titleLabel: '表彰名称',
  fields: [
    field.choice('award', '称号', ['先进集体', '先进个人', '优胜班组', '优秀站务员'], {
      required: true,
      open: true,
      key: true,
    }),
    field.text('collective', '集体名称', { dim: true, key: true }),
    field.person('person', '个人姓名'),
    field.integer('year', '所属年度', { min: 1980, max: 2100 }),
  ],
  metrics: [
    {
      id: 'competitions.commendation.collectives',
      label: '表彰竞赛先进集体数',
      unit: '个',
      aggregate: { distinct: { dim: 'collective' }, of: 'record', where: { award: '先进集体' } },
    },
    {
      id: 'competitions.commendation.people',
      label: '表彰竞赛先进个人人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'record', where: { award: '先进个人' } },
    },
    {
      id: 'competitions.commendation.teams',
      label: '表彰优胜班组数',
      unit: '个',
      aggregate: { distinct: { dim: 'collective' }, of: 'record', where: { award: '优胜班组' } },
    },
    {
      id: 'competitions.commendation.station-staff',
      label: '表彰优秀站务员人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'record', where: { award: '优秀站务员' } },
    },
  ],
  clauses: [
    { text: '{period}表彰劳动竞赛先进集体{competitions.commendation.collectives}。', weight: 73 },
    { text: '{period}表彰劳动竞赛先进个人{competitions.commendation.people}。', weight: 72 },
    { text: '{period}评出优胜班组{competitions.commendation.teams}。', weight: 56 },
    { text: '{period}评出优秀站务员{competitions.commendation.station-staff}。', weight: 55 },
  ],
  sample: {
    date: '2025-01-20',
    title: '上年度劳动竞赛表彰',
    award: '先进集体',
    collective: '汽机班',
    year: '2024',
  },
})

/** A union's effort tied to the sales target: each contract won, and the target it serves. */
export const salesSupport = register({
  id: 'competitions.sales-support',
  title: '经济指标攻坚',
  domain: 'JS',
  mechanisms: ['JS-10'],
  help: '每促成一笔业务一行；年度目标写在“单位年度目标”列。',
  dateLabel: '签约日期',
  titleLabel: '业务名称',
  fields: [
    field.person('promoter', '促成人', { required: true }),
    field.text('customer', '客户', { dim: true }),
    field.money('amount', '业务金额（元）', { required: true }),
    field.money('target', '单位年度目标（元）'),
  ],
  metrics: [
    { id: 'competitions.sales-support.deals', label: '促成业务笔数', unit: '笔', aggregate: { sum: 'record' } },
    { id: 'competitions.sales-support.amount', label: '促成业务金额', unit: '元', aggregate: { sum: 'amount' } },
    {
      id: 'competitions.sales-support.promoters',
      label: '促成业务的职工人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'record' },
    },
    {
      id: 'competitions.sales-support.target',
      label: '单位年度经济目标',
      unit: '元',
      aggregate: { stated: 'target' },
    },
  ],
  clauses: [
    { text: '{period}围绕单位{competitions.sales-support.target}的年度目标开展工作。', weight: 70 },
    {
      text: '{period}职工{competitions.sales-support.promoters}促成业务{competitions.sales-support.deals}[，金额{competitions.sales-support.amount}]。',
      weight: 68,
    },
  ],
  sample: {
    date: '2025-08-11',
    title: '泵站检修合同',
    promoter: '雷承志',
    customer: '江北水务',
    amount: '420000',
    target: '80000000',
  },
})
