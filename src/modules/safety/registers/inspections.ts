import { field, register } from '../../../kernel/register/declaration.ts'

/** Safety inspections: one record a visit, one line a hazard found. */
export const inspection = register({
  id: 'safety.inspection',
  title: '安全与劳动保护检查',
  domain: 'AQ',
  mechanisms: ['AQ-04', 'AQ-05', 'AQ-10'],
  help: '每到一处检查一次登记一条记录，每处隐患占一行；没有发现隐患的不填明细。',
  dateLabel: '检查日期',
  fields: [
    field.text('place', '被检查单位（场所）', { required: true, dim: true, key: true }),
    field.choice('kind', '检查种类', ['安全生产督导检查', '劳动保护监督检查', '劳动保护政策落实检查', '职工隐患排查'], {
      required: true,
      key: true,
    }),
    field.yesno('joint', '是否联合检查', { help: '与行政或主管部门联席办公、联合检查' }),
    field.person('leader', '带队人'),
  ],
  lines: {
    title: '隐患',
    fields: [
      field.text('hazard', '隐患内容', { required: true }),
      field.choice('level', '隐患级别', ['一般', '较大', '重大'], { required: true }),
      field.yesno('reported', '是否上报'),
      field.yesno('fixed', '是否整改', { required: true }),
      field.date('fixedOn', '整改日期'),
    ],
  },
  metrics: [
    { id: 'safety.inspection.count', label: '安全和劳动保护检查次数', unit: '次', aggregate: { sum: 'record' } },
    {
      id: 'safety.inspection.safety',
      label: '安全生产督导检查次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '安全生产督导检查' } },
    },
    {
      id: 'safety.inspection.protection',
      label: '劳动保护监督检查次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '劳动保护监督检查' } },
    },
    {
      id: 'safety.inspection.policy',
      label: '劳动保护政策落实检查次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '劳动保护政策落实检查' } },
    },
    {
      id: 'safety.inspection.joint',
      label: '联合检查次数',
      unit: '次',
      aggregate: { sum: 'record', where: { joint: '是' } },
    },
    {
      id: 'safety.inspection.places',
      label: '接受安全检查的单位数',
      unit: '个',
      aggregate: { distinct: { dim: 'place' }, of: 'record' },
    },
    { id: 'safety.inspection.hazards', label: '发现安全隐患处数', unit: '处', aggregate: { sum: 'line' } },
    {
      id: 'safety.inspection.major',
      label: '发现重大安全隐患处数',
      unit: '处',
      aggregate: { sum: 'line', where: { level: '重大' } },
      lowerIsBetter: true,
    },
    {
      id: 'safety.inspection.fixed',
      label: '整改安全隐患处数',
      unit: '处',
      aggregate: { sum: 'line', where: { fixed: '是' } },
    },
    {
      id: 'safety.inspection.open',
      label: '尚未整改的安全隐患处数',
      unit: '处',
      aggregate: { sum: 'line', where: { fixed: '否' } },
      lowerIsBetter: true,
    },
    {
      id: 'safety.inspection.fix-rate',
      label: '安全隐患整改率',
      unit: '%',
      aggregate: { ratio: { numerator: 'safety.inspection.fixed', denominator: 'safety.inspection.hazards' } },
      definition: '已整改隐患 ÷ 发现的隐患',
    },
  ],
  clauses: [
    {
      text: '{period}组织安全和劳动保护检查{safety.inspection.count}[，其中与有关部门联合检查{safety.inspection.joint}][，检查单位{safety.inspection.places}][，发现隐患{safety.inspection.hazards}][，整改{safety.inspection.fixed}，整改率{safety.inspection.fix-rate}]。',
      weight: 88,
    },
    { text: '{period}督导检查安全生产{safety.inspection.safety}。', weight: 70 },
    { text: '{period}劳动保护监督检查委员会开展检查{safety.inspection.protection}。', weight: 66 },
    { text: '{period}监督劳动保护政策落实{safety.inspection.policy}。', weight: 64 },
    { text: '{period}检查中发现重大隐患{safety.inspection.major}。', weight: 40 },
  ],
  signatures: ['检查人', '被检查单位', '整改责任人'],
  sample: {
    date: '2025-06-17',
    place: '镇农机站',
    kind: '安全生产督导检查',
    joint: '是',
    leader: '俞向东',
    hazard: '砂轮机防护罩缺失',
    level: '一般',
    reported: '是',
    fixed: '是',
    fixedOn: '2025-06-18',
  },
})

/** The accident ledger. Empty is a result, because inspections show that somebody looked. */
export const accident = register({
  id: 'safety.accident',
  title: '安全事故台账',
  domain: 'AQ',
  mechanisms: ['AQ-09'],
  help: '每起事故一条记录，每位受伤职工占一行；没有事故就不登记。',
  dateLabel: '发生日期',
  titleLabel: '事故名称',
  fields: [
    field.choice('kind', '事故种类', ['安全生产事故', '职业卫生事故', '交通事故', '火灾', '食品卫生事故'], {
      required: true,
    }),
    field.choice('level', '事故等级', ['轻微', '一般', '较大', '重大', '特别重大'], { required: true }),
    field.text('place', '发生单位', { dim: true }),
    field.money('loss', '直接损失（元）'),
  ],
  lines: {
    title: '受伤职工',
    fields: [
      field.person('injured', '受伤职工', { required: true, sensitive: true }),
      field.choice('injury', '伤害程度', ['轻伤', '重伤', '死亡'], { required: true }),
    ],
  },
  metrics: [
    {
      id: 'safety.accident.count',
      label: '安全生产事故起数',
      unit: '起',
      aggregate: { sum: 'record', where: { kind: '安全生产事故' } },
      definition: '期内有安全检查记录而没有事故记录时为零',
      lowerIsBetter: true,
      zeroIf: 'safety.inspection.count',
    },
    {
      id: 'safety.accident.health',
      label: '职业卫生和食品卫生事故起数',
      unit: '起',
      aggregate: { sum: 'record', where: { kind: ['职业卫生事故', '食品卫生事故'] } },
      lowerIsBetter: true,
      zeroIf: 'safety.inspection.count',
    },
    {
      id: 'safety.accident.injured',
      label: '安全生产事故伤亡人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '安全生产事故' } },
      lowerIsBetter: true,
      zeroIf: 'safety.inspection.count',
    },
    {
      id: 'safety.accident.loss',
      label: '安全生产事故直接损失',
      unit: '元',
      aggregate: { sum: 'loss', where: { kind: '安全生产事故' } },
      lowerIsBetter: true,
    },
  ],
  clauses: [
    {
      text: '{period}安全生产事故{safety.accident.count}[，因事故伤亡{safety.accident.injured}][，直接损失{safety.accident.loss}]。',
      weight: 86,
    },
    { text: '{period}职业卫生和食品卫生事故{safety.accident.health}。', weight: 60 },
  ],
  confidential: true,
  sample: {
    date: '2025-11-03',
    title: '装卸扭伤',
    kind: '安全生产事故',
    level: '轻微',
    place: '仓储部',
    loss: '1500',
    injured: '童小川',
    injury: '轻伤',
  },
})
