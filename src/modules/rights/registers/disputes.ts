import { field, register } from '../../../kernel/register/declaration.ts'

/** Bodies that mediate, with their members. */
export const mediationBody = register({
  id: 'rights.mediation-body',
  title: '争议调解组织',
  domain: 'LD',
  mechanisms: ['LD-05'],
  help: '每个调解组织一条记录，每位调解员占一行；每年核对再登记，同一组织不重复计数。',
  dateLabel: '成立（核对）日期',
  fields: [
    field.text('body', '调解组织名称', { required: true, dim: true, key: true }),
    field.choice('kind', '种类', ['劳动争议调解委员会', '人事争议调解组织'], { required: true }),
    field.yesno('rules', '制度与流程是否健全', { required: true }),
  ],
  lines: {
    title: '调解员',
    fields: [
      field.person('mediator', '调解员姓名', { required: true }),
      field.choice('side', '代表方', ['职工代表', '企业代表', '工会代表'], { required: true }),
    ],
  },
  metrics: [
    {
      id: 'rights.mediation-body.bodies',
      label: '争议调解组织数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record' },
    },
    {
      id: 'rights.mediation-body.with-rules',
      label: '制度流程健全的调解组织数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record', where: { rules: '是' } },
    },
    {
      id: 'rights.mediation-body.mediators',
      label: '争议调解员人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
  ],
  clauses: [
    {
      text: '经{period}核对，设有争议调解组织{rights.mediation-body.bodies}[，其中制度流程健全的{rights.mediation-body.with-rules}][，调解员{rights.mediation-body.mediators}]。',
      weight: 76,
    },
  ],
  sample: {
    date: '2025-01-22',
    body: '公司劳动争议调解委员会',
    kind: '劳动争议调解委员会',
    rules: '是',
    mediator: '纪明轩',
    side: '工会代表',
  },
})

/** Cases of staff against employer: disputes, appeals, migrant workers' claims. Confidential. */
export const dispute = register({
  id: 'rights.dispute',
  title: '劳动人事争议案件',
  domain: 'LD',
  mechanisms: ['LD-06', 'LD-10', 'LD-13'],
  help: '每件案件一条记录，每位当事职工占一行；追回的款项按人填写。',
  dateLabel: '受理日期',
  endDateLabel: '结案日期',
  titleLabel: '案由',
  fields: [
    field.choice('kind', '案件种类', ['劳动争议', '人事争议', '教师申诉', '农民工维权'], { required: true }),
    field.choice(
      'cause',
      '争议事项',
      ['劳动报酬', '续签劳动合同', '解除劳动合同', '社会保险', '工伤待遇', '职称考核', '其他'],
      {
        open: true,
      },
    ),
    field.text('employer', '用人单位', { dim: true }),
    field.yesno('collective', '是否集体争议', { required: true }),
    field.choice('outcome', '结果', ['调解成功', '调解不成', '撤回', '裁决或判决', '办理中'], { required: true }),
  ],
  lines: {
    title: '当事职工',
    fields: [
      field.person('worker', '职工姓名', { required: true, sensitive: true }),
      field.money('recovered', '追回款项（元）'),
    ],
  },
  metrics: [
    {
      id: 'rights.dispute.count',
      label: '受理劳动人事争议件数',
      unit: '件',
      aggregate: { sum: 'record', where: { kind: ['劳动争议', '人事争议'] } },
    },
    {
      id: 'rights.dispute.collective',
      label: '集体争议件数',
      unit: '件',
      aggregate: { sum: 'record', where: { kind: ['劳动争议', '人事争议'], collective: '是' } },
      lowerIsBetter: true,
    },
    {
      id: 'rights.dispute.settled',
      label: '调解成功件数',
      unit: '件',
      aggregate: { sum: 'record', where: { kind: ['劳动争议', '人事争议'], outcome: '调解成功' } },
    },
    {
      id: 'rights.dispute.success-rate',
      label: '争议调解成功率',
      unit: '%',
      aggregate: { ratio: { numerator: 'rights.dispute.settled', denominator: 'rights.dispute.count' } },
      definition: '调解成功 ÷ 受理（含仍在办理的）',
    },
    {
      id: 'rights.dispute.appeals',
      label: '教师申诉件数',
      unit: '件',
      aggregate: { sum: 'record', where: { kind: '教师申诉' } },
    },
    {
      id: 'rights.dispute.appeals-closed',
      label: '教师申诉办结件数',
      unit: '件',
      aggregate: { sum: 'record', where: { kind: '教师申诉', outcome: ['调解成功', '撤回', '裁决或判决'] } },
    },
    {
      id: 'rights.dispute.migrant-cases',
      label: '农民工维权件数',
      unit: '件',
      aggregate: { sum: 'record', where: { kind: '农民工维权' } },
    },
    {
      id: 'rights.dispute.migrant-workers',
      label: '农民工维权涉及人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '农民工维权' } },
    },
    {
      id: 'rights.dispute.migrant-recovered',
      label: '为农民工追回款项',
      unit: '元',
      aggregate: { sum: 'recovered', where: { kind: '农民工维权' } },
    },
    {
      id: 'rights.dispute.recovered',
      label: '为职工追回款项',
      unit: '元',
      aggregate: { sum: 'recovered' },
      definition: '各类案件合计，含农民工维权',
    },
  ],
  clauses: [
    {
      text: '{period}受理劳动人事争议{rights.dispute.count}[，其中集体争议{rights.dispute.collective}][，调解成功{rights.dispute.settled}，成功率{rights.dispute.success-rate}]。',
      weight: 84,
    },
    {
      text: '{period}办理农民工维权案件{rights.dispute.migrant-cases}[，涉及{rights.dispute.migrant-workers}][，追回款项{rights.dispute.migrant-recovered}]。',
      weight: 82,
    },
    {
      text: '{period}受理教师申诉{rights.dispute.appeals}[，其中办结{rights.dispute.appeals-closed}]。',
      weight: 62,
    },
    { text: '{period}通过各类维权案件为职工追回款项{rights.dispute.recovered}。', weight: 60 },
  ],
  confidential: true,
  signatures: ['调解员', '调解委员会主任'],
  sample: {
    date: '2025-06-09',
    endDate: '2025-06-27',
    title: '加班工资争议',
    kind: '劳动争议',
    cause: '劳动报酬',
    employer: '江北铸造厂',
    collective: '否',
    outcome: '调解成功',
    worker: '路长河',
    recovered: '2860',
  },
})
