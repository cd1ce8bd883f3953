import { field, register } from '../../../kernel/register/declaration.ts'

/** Summer classes for children left behind. */
export const summerClass = register({
  id: 'rights.summer-class',
  title: '留守儿童假期班',
  domain: 'WG',
  mechanisms: ['WG-06'],
  help: '每个班一条记录，每位学生占一行。',
  dateLabel: '开班日期',
  endDateLabel: '结束日期',
  titleLabel: '班级名称',
  fields: [field.text('place', '办班地点', { dim: true }), field.yesno('free', '是否免费', { required: true })],
  lines: {
    title: '学生',
    fields: [
      field.person('child', '学生姓名', { required: true, sensitive: true }),
      field.text('guardian', '监护人', { sensitive: true }),
    ],
  },
  metrics: [
    { id: 'rights.summer-class.classes', label: '举办留守儿童班个数', unit: '个', aggregate: { sum: 'record' } },
    {
      id: 'rights.summer-class.free',
      label: '免费举办的留守儿童班个数',
      unit: '个',
      aggregate: { sum: 'record', where: { free: '是' } },
    },
    {
      id: 'rights.summer-class.children',
      label: '参加留守儿童班学生人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line' },
    },
  ],
  clauses: [
    {
      text: '{period}举办留守儿童假期班{rights.summer-class.classes}[，其中免费{rights.summer-class.free}][，参加学生{rights.summer-class.children}]。',
      weight: 78,
    },
  ],
  sample: {
    date: '2025-07-07',
    endDate: '2025-08-15',
    title: '柳湾村暑期留守班',
    place: '柳湾小学',
    free: '是',
    child: '宋小禾',
    guardian: '宋德茂',
  },
})

/** Fees waived for poor pupils left behind, with the check that nobody dropped out. */
export const zeroTuition = register({
  id: 'rights.zero-tuition',
  title: '零学费入学',
  domain: 'WG',
  mechanisms: ['WG-07'],
  help: '每学期每所学校一条记录，纳入核查的每位留守学生占一行，注明减免金额和是否辍学。',
  dateLabel: '核查日期',
  fields: [field.text('school', '学校', { required: true, dim: true, key: true })],
  lines: {
    title: '留守学生',
    fields: [
      field.person('child', '学生姓名', { required: true, sensitive: true }),
      field.money('waived', '减免学费（元）'),
      field.yesno('poor', '是否减免', { required: true }),
      field.yesno('dropout', '是否辍学', { required: true }),
    ],
  },
  metrics: [
    {
      id: 'rights.zero-tuition.pupils',
      label: '核查就学的留守学生人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
    {
      id: 'rights.zero-tuition.waived-pupils',
      label: '零学费入学学生人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { poor: '是' } },
    },
    {
      id: 'rights.zero-tuition.waived',
      label: '减免留守学生学费',
      unit: '元',
      aggregate: { sum: 'waived', where: { poor: '是' } },
    },
    {
      id: 'rights.zero-tuition.dropouts',
      label: '留守学生辍学人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { dropout: '是' } },
      definition: '核查名单中辍学的学生；有核查而无人辍学时为零',
      lowerIsBetter: true,
      zeroIf: 'rights.zero-tuition.pupils',
    },
  ],
  clauses: [
    {
      text: '{period}帮助贫困留守学生{rights.zero-tuition.waived-pupils}零学费入学[，减免学费{rights.zero-tuition.waived}]。',
      weight: 77,
    },
    {
      text: '{period}核查留守学生{rights.zero-tuition.pupils}，辍学学生{rights.zero-tuition.dropouts}。',
      weight: 76,
    },
  ],
  sample: { date: '2025-09-05', school: '柳湾小学', child: '宋小禾', waived: '350', poor: '是', dropout: '否' },
})

/** Visits to families with somebody away: old people alone, children, whole households. */
export const familyVisit = register({
  id: 'rights.family-visit',
  title: '留守家庭走访',
  domain: 'WG',
  mechanisms: ['WG-08'],
  help: '每走访一户一次一行。',
  dateLabel: '走访日期',
  fields: [
    field.household('family', '留守家庭', { required: true }),
    field.choice('kind', '对象', ['空巢老人', '留守儿童', '留守家庭'], { required: true }),
    field.text('difficulty', '反映的困难'),
    field.yesno('raised', '是否反映困难', { required: true }),
    field.yesno('solved', '困难是否解决'),
  ],
  metrics: [
    {
      id: 'rights.family-visit.families',
      label: '走访留守家庭户数',
      unit: '户',
      aggregate: { distinct: 'household', of: 'record' },
    },
    { id: 'rights.family-visit.visits', label: '走访留守家庭户次', unit: '户次', aggregate: { sum: 'record' } },
    {
      id: 'rights.family-visit.elders',
      label: '走访空巢老人户数',
      unit: '户',
      aggregate: { distinct: 'household', of: 'record', where: { kind: '空巢老人' } },
    },
    {
      id: 'rights.family-visit.raised',
      label: '留守家庭反映困难件数',
      unit: '件',
      aggregate: { sum: 'record', where: { raised: '是' } },
    },
    {
      id: 'rights.family-visit.solved',
      label: '解决留守家庭困难件数',
      unit: '件',
      aggregate: { sum: 'record', where: { raised: '是', solved: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}走访留守家庭{rights.family-visit.families}、{rights.family-visit.visits}[，其中空巢老人{rights.family-visit.elders}][，反映困难{rights.family-visit.raised}][，已解决{rights.family-visit.solved}]。',
      weight: 75,
    },
  ],
  sample: {
    date: '2025-10-29',
    family: '宋德茂',
    kind: '空巢老人',
    difficulty: '取暖设备损坏',
    raised: '是',
    solved: '是',
  },
})

/** Loans found for families with somebody away. */
export const familyLoan = register({
  id: 'rights.family-loan',
  title: '留守家庭贷款协调',
  domain: 'WG',
  mechanisms: ['WG-09'],
  help: '每笔协调的贷款一行。',
  dateLabel: '办理日期',
  fields: [
    field.household('family', '贷款家庭', { required: true }),
    field.text('lender', '贷款机构', { dim: true }),
    field.text('purpose', '用途'),
    field.choice('stage', '进展', ['已发放', '审批中', '未获批'], { required: true }),
    field.money('amount', '贷款金额（元）', { required: true }),
  ],
  metrics: [
    {
      id: 'rights.family-loan.families',
      label: '协调贷款的留守家庭户数',
      unit: '户',
      aggregate: { distinct: 'household', of: 'record' },
    },
    {
      id: 'rights.family-loan.granted-families',
      label: '获得贷款的留守家庭户数',
      unit: '户',
      aggregate: { distinct: 'household', of: 'record', where: { stage: '已发放' } },
    },
    {
      id: 'rights.family-loan.amount',
      label: '协调发放留守家庭贷款',
      unit: '元',
      aggregate: { sum: 'amount', where: { stage: '已发放' } },
    },
  ],
  clauses: [
    {
      text: '{period}为{rights.family-loan.families}留守家庭协调贷款[，其中{rights.family-loan.granted-families}已获发放][，金额{rights.family-loan.amount}]。',
      weight: 62,
    },
  ],
  sample: {
    date: '2025-04-25',
    family: '宋德茂',
    lender: '镇信用社',
    purpose: '扩建养殖棚',
    stage: '已发放',
    amount: '30000',
  },
})
