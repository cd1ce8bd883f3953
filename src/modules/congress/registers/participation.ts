import { field, register } from '../../../kernel/register/declaration.ts'

/** Where the union sits at the table: tenders, pay supervision, personnel reform, leading bodies. */
export const participation = register({
  id: 'congress.participation',
  title: '源头参与和民主监督',
  domain: 'DM',
  mechanisms: ['DM-41', 'DM-42', 'DM-43', 'DM-44', 'DM-50'],
  help: '工会代表每参与一次采购招标、绩效监督、改革论证或领导机构会议，登记一条记录；提出的每条意见占一行。',
  titleLabel: '项目或议题',
  fields: [
    field.choice('kind', '参与种类', ['采购与招标监督', '绩效工资监督', '人事制度改革', '涉及职工利益的领导机构'], {
      required: true,
    }),
    field.choice('right', '落实的民主权利', ['知情权', '参与权', '表达权', '监督权']),
    field.choice('stage', '参与环节', ['源头参与', '过程监督', '争议调解']),
    field.person('representative', '工会代表', { required: true }),
    field.yesno('written', '是否书面报告'),
  ],
  lines: {
    title: '提出的意见',
    fields: [
      field.longtext('opinion', '意见内容', { required: true }),
      field.choice('outcome', '处理结果', ['采纳', '部分采纳', '未采纳', '研究中'], { required: true }),
    ],
  },
  metrics: [
    { id: 'congress.participation.count', label: '源头参与次数', unit: '次', aggregate: { sum: 'record' } },
    {
      id: 'congress.participation.tenders',
      label: '参加采购招标监督次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '采购与招标监督' } },
    },
    {
      id: 'congress.participation.pay-supervisions',
      label: '参加绩效工资监督次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '绩效工资监督' } },
    },
    {
      id: 'congress.participation.pay-opinions',
      label: '对绩效工资提出意见条数',
      unit: '条',
      aggregate: { sum: 'line', where: { kind: '绩效工资监督' } },
    },
    {
      id: 'congress.participation.reforms',
      label: '参与人事制度改革次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '人事制度改革' } },
    },
    {
      id: 'congress.participation.bodies',
      label: '参加涉及职工利益的领导机构议事次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '涉及职工利益的领导机构' } },
    },
    {
      id: 'congress.participation.written-reports',
      label: '就职工切身利益问题书面报告份数',
      unit: '份',
      aggregate: { sum: 'record', where: { written: '是' } },
    },
    {
      id: 'congress.participation.opinions',
      label: '参与中提出意见条数',
      unit: '条',
      aggregate: { sum: 'line' },
    },
    {
      id: 'congress.participation.adopted',
      label: '参与中意见被采纳条数',
      unit: '条',
      aggregate: { sum: 'line', where: { outcome: ['采纳', '部分采纳'] } },
    },
    {
      id: 'congress.participation.rights',
      label: '有参与记录的民主权利项数',
      unit: '项',
      aggregate: { distinct: { dim: 'right' }, of: 'record' },
      definition: '知情权、参与权、表达权、监督权中，期内有参与记录的项数',
    },
  ],
  clauses: [
    {
      text: '{period}工会代表参加涉及职工利益事项的研究和监督{congress.participation.count}[，提出意见{congress.participation.opinions}][，被采纳{congress.participation.adopted}][，书面报告{congress.participation.written-reports}]。',
      weight: 66,
    },
    { text: '{period}派代表监督大宗采购和基建招标{congress.participation.tenders}。', weight: 52 },
    {
      text: '{period}参加绩效工资群众监督{congress.participation.pay-supervisions}[，指出问题和建议{congress.participation.pay-opinions}]。',
      weight: 51,
    },
    { text: '{period}从源头参与人事制度改革{congress.participation.reforms}。', weight: 49 },
    { text: '{period}在涉及职工切身利益的领导机构中参与议事{congress.participation.bodies}。', weight: 47 },
    { text: '{period}各项参与分别落实职工的{list:right}，共{congress.participation.rights}。', weight: 35 },
  ],
  sample: {
    date: '2025-07-15',
    title: '食堂食材供应商招标',
    kind: '采购与招标监督',
    right: '监督权',
    stage: '过程监督',
    representative: '邵立群',
    written: '否',
    opinion: '建议把配送时限写进合同',
    outcome: '采纳',
  },
})
