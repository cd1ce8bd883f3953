import { field, register } from '../../../kernel/register/declaration.ts'

/** First to know, first to report: incidents of labour relations and how soon they were reported. Confidential. */
export const incident = register({
  id: 'rights.incident',
  title: '劳动关系事件报告',
  domain: 'LD',
  mechanisms: ['LD-07'],
  help: '每起事件一行，写明何时知道、何时报告。',
  dateLabel: '知悉日期',
  titleLabel: '事件',
  fields: [
    field.choice('kind', '种类', ['劳资纠纷', '停工怠工', '欠薪苗头', '政策误解', '其他']),
    field.date('reportedOn', '报告日期'),
    field.text('reportedTo', '报告对象', { dim: true }),
    field.yesno('sameDay', '是否当日报告', { required: true }),
    field.yesno('resolved', '是否化解', { required: true }),
  ],
  metrics: [
    {
      id: 'rights.incident.count',
      label: '工会报告的劳动关系事件数',
      unit: '起',
      aggregate: { sum: 'record' },
      lowerIsBetter: true,
    },
    {
      id: 'rights.incident.same-day',
      label: '当日报告的劳动关系事件数',
      unit: '起',
      aggregate: { sum: 'record', where: { sameDay: '是' } },
    },
    {
      id: 'rights.incident.resolved',
      label: '已化解的劳动关系事件数',
      unit: '起',
      aggregate: { sum: 'record', where: { resolved: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}履行第一知情人、第一报告人职责，报告劳动关系事件{rights.incident.count}[，其中当日报告{rights.incident.same-day}][，已化解{rights.incident.resolved}]。',
      weight: 79,
    },
  ],
  confidential: true,
  sample: {
    date: '2025-08-05',
    title: '外包班组反映工资迟发',
    kind: '欠薪苗头',
    reportedOn: '2025-08-05',
    reportedTo: '公司党委',
    sameDay: '是',
    resolved: '是',
  },
})

/** Labour-law supervision: inspections and what they found. */
export const lawInspection = register({
  id: 'rights.law-inspection',
  title: '劳动法律监督检查',
  domain: 'LD',
  mechanisms: ['LD-08', 'LD-18'],
  help: '每次检查一条记录，发现的每个问题占一行。',
  dateLabel: '检查日期',
  fields: [
    field.text('employer', '被检查单位', { required: true, dim: true, key: true }),
    field.choice('kind', '检查种类', ['劳动法律监督', '职业道德规范监督'], { required: true, key: true }),
  ],
  lines: {
    title: '发现的问题',
    fields: [
      field.choice(
        'violation',
        '问题种类',
        ['拖欠工资', '不合理降薪', '未签劳动合同', '未缴社会保险', '超时加班', '职业道德失范', '其他'],
        {
          required: true,
          open: true,
        },
      ),
      field.text('finding', '问题说明'),
      field.yesno('fixed', '是否整改', { required: true }),
    ],
  },
  metrics: [
    {
      id: 'rights.law-inspection.count',
      label: '劳动法律监督检查次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '劳动法律监督' } },
    },
    {
      id: 'rights.law-inspection.employers',
      label: '接受劳动法律监督的单位数',
      unit: '家',
      aggregate: { distinct: { dim: 'employer' }, of: 'record', where: { kind: '劳动法律监督' } },
    },
    {
      id: 'rights.law-inspection.violations',
      label: '劳动法律监督发现问题数',
      unit: '个',
      aggregate: { sum: 'line', where: { kind: '劳动法律监督' } },
      lowerIsBetter: true,
    },
    {
      id: 'rights.law-inspection.fixed',
      label: '劳动法律监督问题整改数',
      unit: '个',
      aggregate: { sum: 'line', where: { kind: '劳动法律监督', fixed: '是' } },
    },
    {
      id: 'rights.law-inspection.fix-rate',
      label: '劳动法律监督问题整改率',
      unit: '%',
      aggregate: {
        ratio: { numerator: 'rights.law-inspection.fixed', denominator: 'rights.law-inspection.violations' },
      },
      definition: '已整改问题 ÷ 发现问题',
    },
    {
      id: 'rights.law-inspection.arrears',
      label: '发现拖欠工资和不合理降薪问题数',
      unit: '个',
      aggregate: { sum: 'line', where: { violation: ['拖欠工资', '不合理降薪'] } },
      lowerIsBetter: true,
    },
    {
      id: 'rights.law-inspection.ethics',
      label: '职业道德规范监督次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '职业道德规范监督' } },
    },
  ],
  clauses: [
    {
      text: '{period}开展劳动法律监督检查{rights.law-inspection.count}[，检查单位{rights.law-inspection.employers}][，发现问题{rights.law-inspection.violations}][，其中拖欠工资和不合理降薪{rights.law-inspection.arrears}][，整改{rights.law-inspection.fixed}，整改率{rights.law-inspection.fix-rate}]。',
      weight: 77,
    },
    { text: '{period}监督职业道德规范执行{rights.law-inspection.ethics}。', weight: 34 },
  ],
  sample: {
    date: '2025-07-22',
    employer: '江北铸造厂',
    kind: '劳动法律监督',
    violation: '超时加班',
    finding: '七月加班超过法定上限',
    fixed: '是',
  },
})
