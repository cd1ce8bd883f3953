import { field, register } from '../../../kernel/register/declaration.ts'

/** Letters and visits, single and collective: one record a matter, one line a visitor. Confidential. */
export const petition = register({
  id: 'rights.petition',
  title: '信访接待',
  domain: 'XF',
  mechanisms: ['XF-01', 'XF-04'],
  help: '每次来访、来信、来电一条记录，每位来访人占一行。',
  dateLabel: '接待日期',
  titleLabel: '反映问题',
  fields: [
    field.choice('channel', '方式', ['来访', '集体来访', '来信', '来电', '网上'], { required: true, key: true }),
    field.choice('issue', '问题类别', ['工龄计算', '工资待遇', '续签合同', '社会保险', '住房', '退休待遇', '其他'], {
      required: true,
      open: true,
    }),
    field.text('handler', '接待人'),
    field.choice('outcome', '结果', ['已解决', '解释疏导息访', '转办', '办理中'], { required: true }),
  ],
  lines: {
    title: '来访人',
    fields: [field.person('petitioner', '来访（来信）人', { required: true, sensitive: true })],
  },
  metrics: [
    { id: 'rights.petition.count', label: '受理信访件数', unit: '件', aggregate: { sum: 'record' } },
    { id: 'rights.petition.visits', label: '接待信访人次', unit: '人次', aggregate: { sum: 'line' } },
    {
      id: 'rights.petition.seniority-visits',
      label: '接待工龄计算问题信访人次',
      unit: '人次',
      aggregate: { sum: 'line', where: { issue: '工龄计算' } },
    },
    {
      id: 'rights.petition.collective',
      label: '疏导集体来访起数',
      unit: '起',
      aggregate: { sum: 'record', where: { channel: '集体来访' } },
      lowerIsBetter: true,
    },
    {
      id: 'rights.petition.collective-people',
      label: '集体来访涉及人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { channel: '集体来访' } },
      lowerIsBetter: true,
    },
    {
      id: 'rights.petition.closed',
      label: '信访办结件数',
      unit: '件',
      aggregate: { sum: 'record', where: { outcome: ['已解决', '解释疏导息访'] } },
    },
    {
      id: 'rights.petition.close-rate',
      label: '信访办结率',
      unit: '%',
      aggregate: { ratio: { numerator: 'rights.petition.closed', denominator: 'rights.petition.count' } },
      definition: '已解决和解释疏导息访的 ÷ 受理的',
    },
  ],
  clauses: [
    {
      text: '{period}受理职工信访{rights.petition.count}，接待{rights.petition.visits}[，办结{rights.petition.closed}，办结率{rights.petition.close-rate}]。',
      weight: 90,
    },
    { text: '{period}接待工龄计算问题来访{rights.petition.seniority-visits}。', weight: 70 },
    {
      text: '{period}疏导集体来访{rights.petition.collective}[，涉及职工{rights.petition.collective-people}]。',
      weight: 80,
    },
  ],
  confidential: true,
  sample: {
    date: '2025-04-17',
    title: '调入前工龄未计算',
    channel: '来访',
    issue: '工龄计算',
    handler: '纪明轩',
    outcome: '已解决',
    petitioner: '路长河',
  },
})

/** Reports on stability to offices outside. */
export const stabilityReport = register({
  id: 'rights.stability-report',
  title: '维稳情况报告',
  domain: 'XF',
  mechanisms: ['XF-02'],
  help: '向每个单位每报告一次一行；同一天报告两个单位的登记两行。',
  dateLabel: '报告日期',
  fields: [
    field.choice('recipient', '报告对象', ['维稳办', '军转办', '信访局', '上级工会', '集团公司', '党委（党组）'], {
      required: true,
      open: true,
      key: true,
    }),
    field.text('content', '报告内容'),
  ],
  metrics: [
    { id: 'rights.stability-report.count', label: '维稳情况报告次数', unit: '次', aggregate: { sum: 'record' } },
    {
      id: 'rights.stability-report.stability-office',
      label: '向维稳办报告次数',
      unit: '次',
      aggregate: { sum: 'record', where: { recipient: '维稳办' } },
    },
    {
      id: 'rights.stability-report.veterans-office',
      label: '向军转办报告次数',
      unit: '次',
      aggregate: { sum: 'record', where: { recipient: '军转办' } },
    },
    {
      id: 'rights.stability-report.recipients',
      label: '报告对象单位数',
      unit: '个',
      aggregate: { distinct: { dim: 'recipient' }, of: 'record' },
    },
  ],
  clauses: [
    {
      text: '{period}报告维稳情况{rights.stability-report.count}[，其中向维稳办报告{rights.stability-report.stability-office}][，向军转办报告{rights.stability-report.veterans-office}]。',
      weight: 76,
    },
  ],
  sample: { date: '2025-03-28', recipient: '维稳办', content: '一季度职工队伍稳定情况' },
})

/** Screening for what may unsettle people, with its warnings and their closing. Confidential. */
export const risk = register({
  id: 'rights.risk',
  title: '矛盾纠纷排查',
  domain: 'XF',
  mechanisms: ['XF-03'],
  help: '每次排查一条记录，每个不稳定因素或隐患占一行。',
  dateLabel: '排查日期',
  titleLabel: '排查名称',
  fields: [field.yesno('written', '是否书面报告')],
  lines: {
    title: '不稳定因素',
    fields: [
      field.text('factor', '因素', { required: true }),
      field.choice('level', '预警级别', ['一般', '较大', '重大'], { required: true }),
      field.text('owner', '责任人（单位）'),
      field.yesno('resolved', '是否化解', { required: true }),
    ],
  },
  metrics: [
    { id: 'rights.risk.screenings', label: '矛盾纠纷排查次数', unit: '次', aggregate: { sum: 'record' } },
    { id: 'rights.risk.factors', label: '排查出矛盾纠纷件数', unit: '件', aggregate: { sum: 'line' } },
    {
      id: 'rights.risk.major',
      label: '重大矛盾纠纷件数',
      unit: '件',
      aggregate: { sum: 'line', where: { level: '重大' } },
      lowerIsBetter: true,
    },
    {
      id: 'rights.risk.resolved',
      label: '化解矛盾纠纷件数',
      unit: '件',
      aggregate: { sum: 'line', where: { resolved: '是' } },
    },
    {
      id: 'rights.risk.rate',
      label: '矛盾纠纷化解率',
      unit: '%',
      aggregate: { ratio: { numerator: 'rights.risk.resolved', denominator: 'rights.risk.factors' } },
      definition: '已化解 ÷ 排查出的',
    },
    {
      id: 'rights.risk.reports',
      label: '排查预警书面报告份数',
      unit: '份',
      aggregate: { sum: 'record', where: { written: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}开展矛盾纠纷和不稳定因素排查{rights.risk.screenings}[，排查出{rights.risk.factors}][，其中化解{rights.risk.resolved}，化解率{rights.risk.rate}][，书面报告{rights.risk.reports}]。',
      weight: 82,
    },
  ],
  confidential: true,
  sample: {
    date: '2025-09-25',
    title: '国庆节前排查',
    written: '是',
    factor: '外包班组工资迟发',
    level: '一般',
    owner: '人力资源部',
    resolved: '是',
  },
})
