import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'

const deed = counting('welfare.good-deed')
export const goodDeeds = register({
  id: 'welfare.good-deed',
  title: '为职工办实事',
  domain: 'FL',
  mechanisms: ['FL-17'],
  help: '各分会上报的实事、好事、解难事，一件一行；没有上报的分会也要催报，否则年终数字不完整。',
  dateLabel: '办结日期',
  titleLabel: '事项',
  fields: [
    field.choice('kind', '类别', ['办实事', '做好事', '解难事'], { required: true }),
    field.text('branch', '上报分会', { required: true, dim: true }),
    field.choice('area', '方面', ['生产条件', '生活设施', '医疗健康', '子女教育', '家庭困难', '其他'], {
      required: true,
    }),
    field.text('beneficiary', '受益职工'),
    field.money('cost', '支出（元）'),
  ],
  metrics: [
    deed.records('deeds', '为职工办实事、做好事、解难事', '件', undefined, {
      definition: '以各分会上报为准，未上报的不计。',
    }),
    deed.records('practical', '办实事', '件', { kind: '办实事' }),
    deed.records('good', '做好事', '件', { kind: '做好事' }),
    deed.records('hard', '解难事', '件', { kind: '解难事' }),
    deed.kinds('branches', '上报实事的分会', '个', 'branch'),
    deed.money('cost', '办实事支出', 'cost'),
  ],
  clauses: [
    {
      text: '{period}，据分会{welfare.good-deed.branches}上报，为职工办实事、做好事、解难事{welfare.good-deed.deeds}[，支出{welfare.good-deed.cost}]。',
      weight: 88,
    },
    {
      text: '{period}，上报事项中办实事{welfare.good-deed.practical}[，做好事{welfare.good-deed.good}][，解难事{welfare.good-deed.hard}]。',
      genres: ['briefing', 'deeds'],
    },
  ],
  sample: {
    date: '2026-05-14',
    title: '为装配车间更换饮水设备',
    kind: '办实事',
    branch: '装配车间分会',
    area: '生活设施',
    beneficiary: '装配车间职工',
    cost: '2600',
  },
})

const guidance = counting('welfare.guidance')
export const guidances = register({
  id: 'welfare.guidance',
  title: '企业福利制度指导',
  domain: 'FL',
  mechanisms: ['FL-18'],
  help: '每指导一家企业建立一项福利制度登记一行。',
  dateLabel: '指导日期',
  fields: [
    field.text('enterprise', '企业', { required: true, dim: true }),
    field.choice('rule', '福利制度', ['带薪休假', '体检', '生日慰问', '节日福利', '疗休养', '食堂补贴', '其他'], {
      required: true,
    }),
    field.yesno('adopted', '已建立', { required: true }),
    field.text('handler', '指导人'),
  ],
  metrics: [
    guidance.kinds('enterprises', '指导建立福利制度的企业', '家', 'enterprise'),
    guidance.records('rules', '指导的福利制度', '项次'),
    guidance.records('adopted', '已建立的福利制度', '项', { adopted: '是' }),
    guidance.kinds('adopters', '已建立福利制度的企业', '家', 'enterprise', { adopted: '是' }),
    guidance.rate('rate', '福利制度建立率', 'adopters', 'enterprises', '已建立制度的企业占指导的企业。'),
  ],
  clauses: [
    {
      text: '{period}，指导企业{welfare.guidance.enterprises}完善{list:rule}制度，已建立的企业{welfare.guidance.adopters}、制度{welfare.guidance.adopted}[，占指导企业的{welfare.guidance.rate}]。',
      weight: 44,
    },
  ],
  sample: { date: '2026-06-25', enterprise: '宏达机械厂', rule: '体检', adopted: '是', handler: '刘洋' },
})
