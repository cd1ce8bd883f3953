import { field, register } from '../../../kernel/register/declaration.ts'

/** Unions founded in the period: by kind of body, alone or jointly, with their legal-person registration. */
export const founding = register({
  id: 'union-building.founding',
  title: '新建工会',
  domain: 'ZZ',
  mechanisms: ['ZZ-01', 'ZZ-06', 'ZZ-17'],
  help: '每新建（指导建立）一家工会一行；法人资格登记有进展时修改本行。',
  dateLabel: '成立日期',
  titleLabel: '工会名称',
  fields: [
    field.choice(
      'kind',
      '类型',
      ['村级工会', '机关工会', '企业工会', '事业单位工会', '学校工会', '园区工会', '社区工会'],
      {
        required: true,
      },
    ),
    field.yesno('joint', '是否联合工会'),
    field.text('covered', '覆盖单位', { help: '联合工会写明由哪些单位组成' }),
    field.text('approvalNo', '批复文号'),
    field.person('chair', '主席'),
    field.choice('legal', '法人资格登记', ['已完成', '办理中', '未办理'], { required: true }),
    field.date('legalDue', '预计完成日期'),
  ],
  metrics: [
    { id: 'union-building.founding.count', label: '新建立工会数', unit: '家', aggregate: { sum: 'record' } },
    {
      id: 'union-building.founding.villages',
      label: '新建村级工会数',
      unit: '个',
      aggregate: { sum: 'record', where: { kind: '村级工会' } },
    },
    {
      id: 'union-building.founding.offices',
      label: '新建机关工会数',
      unit: '个',
      aggregate: { sum: 'record', where: { kind: '机关工会' } },
    },
    {
      id: 'union-building.founding.enterprises',
      label: '新建企业工会数',
      unit: '家',
      aggregate: { sum: 'record', where: { kind: '企业工会' } },
    },
    {
      id: 'union-building.founding.institutions',
      label: '指导企事业单位建立工会数',
      unit: '个',
      aggregate: { sum: 'record', where: { kind: ['企业工会', '事业单位工会', '学校工会'] } },
    },
    {
      id: 'union-building.founding.joint',
      label: '新建联合工会数',
      unit: '个',
      aggregate: { sum: 'record', where: { joint: '是' } },
    },
    {
      id: 'union-building.founding.registered',
      label: '完成法人资格登记的新建工会数',
      unit: '家',
      aggregate: { sum: 'record', where: { legal: '已完成' } },
    },
    {
      id: 'union-building.founding.registering',
      label: '正在办理法人资格登记的新建工会数',
      unit: '家',
      aggregate: { sum: 'record', where: { legal: '办理中' } },
    },
  ],
  clauses: [
    {
      text: '{period}新建工会{union-building.founding.count}[，其中村级工会{union-building.founding.villages}][，机关工会{union-building.founding.offices}][，企业工会{union-building.founding.enterprises}][，联合工会{union-building.founding.joint}]。',
      weight: 95,
    },
    { text: '{period}指导企事业单位建立工会{union-building.founding.institutions}。', weight: 70 },
    {
      text: '{period}完成法人资格登记的新建工会{union-building.founding.registered}[，另有{union-building.founding.registering}正在办理]。',
      weight: 72,
    },
  ],
  sample: {
    date: '2025-05-08',
    title: '云溪机械工会',
    kind: '企业工会',
    joint: '否',
    approvalNo: '工组〔2025〕9号',
    chair: '高远帆',
    legal: '办理中',
    legalDue: '2025-08-31',
  },
})

/** The roll of employers in the area with whether each has a union: the base of every 建会率 by name. */
export const employerCheck = register({
  id: 'union-building.employer-check',
  title: '辖区单位建会核对',
  domain: 'ZZ',
  mechanisms: ['ZZ-02'],
  help: '每次核对一条记录，辖区每家企事业单位占一行，注明是否已建工会。',
  dateLabel: '核对日期',
  titleLabel: '核对名称',
  fields: [field.percent('target', '建会率目标（%）')],
  lines: {
    title: '企事业单位',
    fields: [
      field.text('employer', '企事业单位名称', { required: true, dim: true }),
      field.choice('kind', '单位类型', ['企业', '事业单位', '机关', '社会组织']),
      field.yesno('done', '是否已建工会', { required: true }),
    ],
  },
  metrics: [
    {
      id: 'union-building.employer-check.due',
      label: '核对的企事业单位数',
      unit: '家',
      aggregate: { distinct: { dim: 'employer' }, of: 'line' },
    },
    {
      id: 'union-building.employer-check.done',
      label: '已建工会的企事业单位数',
      unit: '家',
      aggregate: { distinct: { dim: 'employer' }, of: 'line', where: { done: '是' } },
    },
    {
      id: 'union-building.employer-check.rate',
      label: '企事业单位建会率',
      unit: '%',
      aggregate: {
        ratio: { numerator: 'union-building.employer-check.done', denominator: 'union-building.employer-check.due' },
      },
      definition: '核对名单中已建工会的单位 ÷ 核对名单中的全部单位',
    },
    {
      id: 'union-building.employer-check.target',
      label: '企事业单位建会率目标',
      unit: '%',
      aggregate: { stated: 'target' },
    },
  ],
  clauses: [
    {
      text: '{period}核对辖区企事业单位{union-building.employer-check.due}，已建立工会{union-building.employer-check.done}，建会率{union-building.employer-check.rate}[，年度目标{union-building.employer-check.target}]。',
      weight: 93,
    },
  ],
  sample: {
    date: '2025-11-20',
    title: '年度建会普查',
    target: '95',
    employer: '云溪机械有限公司',
    kind: '企业',
    done: '是',
  },
})

/** Staff of the area checked for membership by name, where no roster of the unit exists. */
export const membershipCheck = register({
  id: 'union-building.membership-check',
  title: '职工入会核对',
  domain: 'ZZ',
  mechanisms: ['ZZ-03', 'ZZ-05'],
  help: '用于尚未录入会员名册的单位：每次核对一条记录，每位职工占一行。已有名册的单位不必填写。',
  dateLabel: '核对日期',
  titleLabel: '核对范围',
  fields: [],
  lines: {
    title: '职工',
    fields: [
      field.person('staff', '职工姓名', { required: true }),
      field.text('employer', '用人单位', { dim: true }),
      field.yesno('done', '是否会员', { required: true }),
      field.yesno('fresh', '是否本期新入会'),
      field.date('joinedOn', '入会日期'),
    ],
  },
  metrics: [
    {
      id: 'union-building.membership-check.due',
      label: '核对的职工人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
    {
      id: 'union-building.membership-check.done',
      label: '核对职工中的会员人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { done: '是' } },
    },
    {
      id: 'union-building.membership-check.fresh',
      label: '核对职工中新入会人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { done: '是', fresh: '是' } },
    },
    {
      id: 'union-building.membership-check.rate',
      label: '核对职工入会率',
      unit: '%',
      aggregate: {
        ratio: {
          numerator: 'union-building.membership-check.done',
          denominator: 'union-building.membership-check.due',
        },
      },
      definition: '核对名单中的会员 ÷ 核对名单中的职工，按人计',
    },
  ],
  clauses: [
    {
      text: '{period}逐人核对职工{union-building.membership-check.due}，已是会员的{union-building.membership-check.done}，入会率{union-building.membership-check.rate}[，其中新入会{union-building.membership-check.fresh}]。',
      weight: 91,
    },
  ],
  sample: {
    date: '2025-11-20',
    title: '园区企业职工入会核对',
    staff: '汪晓棠',
    employer: '云溪机械有限公司',
    done: '是',
    fresh: '是',
    joinedOn: '2025-05-12',
  },
})

/** Upkeep of the members' ledger: what was changed in whose file. */
export const ledgerChange = register({
  id: 'union-building.ledger-change',
  title: '会员台账维护',
  domain: 'ZZ',
  mechanisms: ['ZZ-04'],
  help: '每处变更一行。',
  dateLabel: '变更日期',
  fields: [
    field.person('member', '会员姓名', { required: true }),
    field.choice('kind', '变更种类', ['新建档案', '信息更正', '转入', '转出', '保留会籍', '退会'], { required: true }),
    field.text('content', '变更内容'),
  ],
  metrics: [
    { id: 'union-building.ledger-change.count', label: '会员台账变更条数', unit: '条', aggregate: { sum: 'record' } },
    {
      id: 'union-building.ledger-change.files',
      label: '新建会员档案份数',
      unit: '份',
      aggregate: { sum: 'record', where: { kind: '新建档案' } },
    },
    {
      id: 'union-building.ledger-change.members',
      label: '台账有变更的会员人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'record' },
    },
  ],
  clauses: [
    {
      text: '{period}维护更新会员台账{union-building.ledger-change.count}[，涉及会员{union-building.ledger-change.members}][，新建会员档案{union-building.ledger-change.files}]。',
      weight: 55,
    },
  ],
  sample: { date: '2025-03-18', member: '汪晓棠', kind: '信息更正', content: '更新手机号码' },
})
