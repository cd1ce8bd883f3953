import { field, register } from '../../../kernel/register/declaration.ts'

/** Collective wage bargaining: a round and its five steps, each with its day. */
export const bargaining = register({
  id: 'rights.bargaining',
  title: '工资集体协商',
  domain: 'LD',
  mechanisms: ['LD-01'],
  help: '每轮协商一条记录，沟通、协商、签约、审核、监督五个程序各占一行。',
  dateLabel: '启动日期',
  titleLabel: '协商名称',
  fields: [
    field.text('passedAt', '审议通过的会议', { example: '六届三次职代会' }),
    field.money('raise', '职工人均增资（元）', { help: '协议约定的人均增长额' }),
    field.choice('basis', '增资口径', ['每月', '每年']),
  ],
  lines: {
    title: '协商程序',
    fields: [
      field.choice('step', '程序', ['沟通', '协商', '签约', '审核', '监督'], { required: true }),
      field.date('stepOn', '完成日期'),
      field.yesno('done', '是否完成', { required: true }),
    ],
  },
  metrics: [
    { id: 'rights.bargaining.rounds', label: '工资集体协商轮数', unit: '轮', aggregate: { sum: 'record' } },
    {
      id: 'rights.bargaining.steps',
      label: '工资集体协商完成程序数',
      unit: '个',
      aggregate: { distinct: { dim: 'step' }, of: 'line', where: { done: '是' } },
    },
    {
      id: 'rights.bargaining.raise',
      label: '协商后职工工资人均增长',
      unit: '元',
      aggregate: { stated: 'raise' },
      definition: '取期内最近一轮协商的约定，是按月还是按年见记录',
    },
  ],
  clauses: [
    {
      text: '{period}开展工资集体协商{rights.bargaining.rounds}，沟通、协商、签约、审核、监督各程序已完成{rights.bargaining.steps}[，职工工资人均增长{rights.bargaining.raise}]。',
      weight: 92,
    },
  ],
  signatures: ['职工方首席代表', '企业方首席代表'],
  sample: {
    date: '2025-03-04',
    title: '年度工资集体协商',
    passedAt: '六届三次职代会',
    raise: '320',
    basis: '每月',
    step: '签约',
    stepOn: '2025-04-11',
    done: '是',
  },
})

/** Collective contracts and wage agreements, signed or under way, employer by employer. */
export const contract = register({
  id: 'rights.contract',
  title: '集体合同与工资协议',
  domain: 'LD',
  mechanisms: ['LD-02', 'LD-03'],
  help: '每份合同或协议一行；正在协商的也登记，签订后改为已签订。',
  dateLabel: '签订（启动）日期',
  endDateLabel: '期满日期',
  fields: [
    field.text('employer', '签订企业', { required: true, dim: true, key: true }),
    field.choice('kind', '种类', ['集体合同', '工资专项协议', '劳动安全卫生专项合同'], { required: true, key: true }),
    field.choice('stage', '进展', ['已签订', '正在协商'], { required: true }),
    field.yesno('filed', '是否报送备案'),
    field.date('expectedOn', '预计签订日期'),
  ],
  metrics: [
    {
      id: 'rights.contract.signed',
      label: '签订集体合同份数',
      unit: '份',
      aggregate: { sum: 'record', where: { kind: ['集体合同', '劳动安全卫生专项合同'], stage: '已签订' } },
    },
    {
      id: 'rights.contract.wage-signed',
      label: '签订工资协议份数',
      unit: '份',
      aggregate: { sum: 'record', where: { kind: '工资专项协议', stage: '已签订' } },
    },
    {
      id: 'rights.contract.signed-employers',
      label: '已签订集体合同和工资协议的企业数',
      unit: '家',
      aggregate: { distinct: { dim: 'employer' }, of: 'record', where: { stage: '已签订' } },
    },
    {
      id: 'rights.contract.pending-employers',
      label: '正在协商签订的企业数',
      unit: '家',
      aggregate: { distinct: { dim: 'employer' }, of: 'record', where: { stage: '正在协商' } },
    },
    {
      id: 'rights.contract.filed',
      label: '备案集体合同和工资协议份数',
      unit: '份',
      aggregate: { sum: 'record', where: { stage: '已签订', filed: '是' } },
    },
  ],
  clauses: [
    { text: '{period}签订集体合同{rights.contract.signed}。', weight: 90 },
    { text: '{period}签订工资协议{rights.contract.wage-signed}。', weight: 89 },
    {
      text: '{period}完成集体合同、工资协议签订工作的企业{rights.contract.signed-employers}[，另有{rights.contract.pending-employers}正在协商][，已报送备案{rights.contract.filed}]。',
      weight: 87,
    },
  ],
  sample: {
    date: '2025-05-16',
    endDate: '2028-05-15',
    employer: '云溪机械有限公司',
    kind: '集体合同',
    stage: '已签订',
    filed: '是',
  },
})

/** Is the contract kept, clause by clause? */
export const contractCheck = register({
  id: 'rights.contract-check',
  title: '集体合同履行检查',
  domain: 'LD',
  mechanisms: ['LD-04'],
  help: '每次检查一条记录，合同的每个条款占一行。',
  dateLabel: '检查日期',
  titleLabel: '合同名称',
  fields: [field.text('employer', '被检查企业', { dim: true })],
  lines: {
    title: '条款',
    fields: [
      field.text('term', '条款', { required: true }),
      field.yesno('fulfilled', '是否履行', { required: true }),
      field.text('remark', '未履行原因'),
    ],
  },
  metrics: [
    { id: 'rights.contract-check.count', label: '集体合同履行检查次数', unit: '次', aggregate: { sum: 'record' } },
    { id: 'rights.contract-check.terms', label: '检查合同条款数', unit: '条', aggregate: { sum: 'line' } },
    {
      id: 'rights.contract-check.fulfilled',
      label: '已履行合同条款数',
      unit: '条',
      aggregate: { sum: 'line', where: { fulfilled: '是' } },
    },
    {
      id: 'rights.contract-check.rate',
      label: '集体合同条款履行率',
      unit: '%',
      aggregate: {
        ratio: { numerator: 'rights.contract-check.fulfilled', denominator: 'rights.contract-check.terms' },
      },
      definition: '已履行条款 ÷ 检查条款，各次检查合计',
    },
  ],
  clauses: [
    {
      text: '{period}检查集体合同履行情况{rights.contract-check.count}[，查阅条款{rights.contract-check.terms}，其中已履行{rights.contract-check.fulfilled}][，履行率{rights.contract-check.rate}]。',
      weight: 78,
    },
  ],
  sample: {
    date: '2025-11-12',
    title: '云溪机械集体合同',
    employer: '云溪机械有限公司',
    term: '夏季发放防暑降温费',
    fulfilled: '是',
  },
})

/** A restructuring under the union's eye: project, milestones, what the union said. */
export const restructuring = register({
  id: 'rights.restructuring',
  title: '改制重组监督',
  domain: 'LD',
  mechanisms: ['LD-12'],
  help: '每个改制、重组、分流项目一条记录，每个节点占一行；职代会表决另在“大会听取和审议事项”登记。',
  dateLabel: '启动日期',
  endDateLabel: '办结日期',
  titleLabel: '项目名称',
  fields: [field.text('scheme', '职工安置方案名称')],
  lines: {
    title: '监督节点',
    fields: [
      field.choice('stage', '节点', ['方案论证', '征求意见', '职代会审议', '安置实施', '合同变更', '经济补偿'], {
        required: true,
      }),
      field.longtext('opinion', '工会意见'),
      field.yesno('raised', '是否提出意见', { required: true }),
      field.yesno('adopted', '意见是否采纳'),
    ],
  },
  metrics: [
    { id: 'rights.restructuring.projects', label: '监督的改制重组项目数', unit: '个', aggregate: { sum: 'record' } },
    { id: 'rights.restructuring.milestones', label: '改制重组监督节点数', unit: '个', aggregate: { sum: 'line' } },
    {
      id: 'rights.restructuring.opinions',
      label: '改制重组中工会提出意见条数',
      unit: '条',
      aggregate: { sum: 'line', where: { raised: '是' } },
    },
    {
      id: 'rights.restructuring.adopted',
      label: '改制重组中工会意见采纳条数',
      unit: '条',
      aggregate: { sum: 'line', where: { raised: '是', adopted: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}参与监督改制重组项目{rights.restructuring.projects}[，跟踪监督节点{rights.restructuring.milestones}][，提出意见{rights.restructuring.opinions}][，其中被采纳{rights.restructuring.adopted}]。',
      weight: 80,
    },
  ],
  sample: {
    date: '2025-02-17',
    title: '检修业务主辅分离',
    scheme: '检修职工安置方案',
    stage: '方案论证',
    opinion: '工龄应连续计算',
    raised: '是',
    adopted: '是',
  },
})
