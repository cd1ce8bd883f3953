import { field, register } from '../../../kernel/register/declaration.ts'

/** Which bodies have a congress or a disclosure system: the roll behind every 建制率, and its target. */
export const coverage = register({
  id: 'openness.coverage',
  title: '建制情况核对',
  domain: 'DM',
  mechanisms: ['DM-47'],
  help: '每种制度每次核对一条记录，应建立制度的单位每家占一行，注明是否已建立。',
  dateLabel: '核对日期',
  fields: [
    field.choice('system', '制度', ['职代会', '厂务公开', '院务公开', '校务公开', '站务公开', '政务公开'], {
      required: true,
      key: true,
    }),
    field.percent('target', '计划目标（%）', { help: '年度计划定下的建制率目标' }),
  ],
  lines: {
    title: '应建制单位',
    fields: [
      field.text('body', '应建制单位', { required: true, dim: true }),
      field.yesno('done', '是否已建立', { required: true }),
    ],
  },
  metrics: [
    {
      id: 'openness.coverage.congress-due',
      label: '应建立职代会的单位数',
      unit: '家',
      aggregate: { distinct: { dim: 'body' }, of: 'line', where: { system: '职代会' } },
    },
    {
      id: 'openness.coverage.congress-done',
      label: '已建立职代会的单位数',
      unit: '家',
      aggregate: { distinct: { dim: 'body' }, of: 'line', where: { system: '职代会', done: '是' } },
    },
    {
      id: 'openness.coverage.congress-rate',
      label: '职代会建制率',
      unit: '%',
      aggregate: {
        ratio: { numerator: 'openness.coverage.congress-done', denominator: 'openness.coverage.congress-due' },
      },
      definition: '已建立职代会的单位 ÷ 应建立的单位',
    },
    {
      id: 'openness.coverage.congress-target',
      label: '职代会建制率目标',
      unit: '%',
      aggregate: { stated: 'target', where: { system: '职代会' } },
    },
    {
      id: 'openness.coverage.disclosure-due',
      label: '应建立公开制度的单位数',
      unit: '家',
      aggregate: {
        distinct: { dim: 'body' },
        of: 'line',
        where: { system: ['厂务公开', '院务公开', '校务公开', '站务公开', '政务公开'] },
      },
    },
    {
      id: 'openness.coverage.disclosure-done',
      label: '已建立公开制度的单位数',
      unit: '家',
      aggregate: {
        distinct: { dim: 'body' },
        of: 'line',
        where: { system: ['厂务公开', '院务公开', '校务公开', '站务公开', '政务公开'], done: '是' },
      },
    },
    {
      id: 'openness.coverage.disclosure-rate',
      label: '公开制度建制率',
      unit: '%',
      aggregate: {
        ratio: { numerator: 'openness.coverage.disclosure-done', denominator: 'openness.coverage.disclosure-due' },
      },
      definition: '已建立厂务、院务、校务、站务或政务公开制度的单位 ÷ 应建立的单位',
    },
    {
      id: 'openness.coverage.disclosure-target',
      label: '公开制度建制率目标',
      unit: '%',
      aggregate: {
        stated: 'target',
        where: { system: ['厂务公开', '院务公开', '校务公开', '站务公开', '政务公开'] },
      },
    },
  ],
  clauses: [
    {
      text: '经{period}核对，应建立职代会的{openness.coverage.congress-due}单位中已建立{openness.coverage.congress-done}，建制率{openness.coverage.congress-rate}[，计划目标{openness.coverage.congress-target}]。',
      weight: 74,
    },
    {
      text: '经{period}核对，公开制度已在{openness.coverage.disclosure-done}单位建立[，建制率{openness.coverage.disclosure-rate}][，计划目标{openness.coverage.disclosure-target}]。',
      weight: 73,
    },
    { text: '{period}确定的职代会建制率目标为{openness.coverage.congress-target}。', genres: ['plan'], weight: 70 },
    { text: '{period}确定的公开制度建制率目标为{openness.coverage.disclosure-target}。', genres: ['plan'], weight: 70 },
  ],
  sample: { date: '2025-12-20', system: '职代会', target: '99', body: '铸造分公司', done: '是' },
})

/** Schools and their statutes. */
export const charter = register({
  id: 'openness.charter',
  title: '章程建设',
  domain: 'DM',
  mechanisms: ['DM-46'],
  help: '每所应建章程的学校（单位）一行，注明进展。',
  dateLabel: '核对日期',
  fields: [
    field.text('body', '应建章程单位', { required: true, dim: true, key: true, aliases: ['学校名称'] }),
    field.choice('stage', '进展', ['未启动', '起草中', '已通过', '已核准施行'], { required: true }),
    field.text('documentNo', '核准文号'),
  ],
  metrics: [
    {
      id: 'openness.charter.due',
      label: '应建章程单位数',
      unit: '家',
      aggregate: { distinct: { dim: 'body' }, of: 'record' },
    },
    {
      id: 'openness.charter.done',
      label: '已建章程单位数',
      unit: '家',
      aggregate: { distinct: { dim: 'body' }, of: 'record', where: { stage: ['已通过', '已核准施行'] } },
    },
    {
      id: 'openness.charter.rate',
      label: '章程建成率',
      unit: '%',
      aggregate: { ratio: { numerator: 'openness.charter.done', denominator: 'openness.charter.due' } },
      definition: '章程已通过或施行的单位 ÷ 应建章程的单位',
    },
  ],
  clauses: [
    {
      text: '经{period}核对，已有{openness.charter.done}单位建立章程[，占应建{openness.charter.due}的{openness.charter.rate}]。',
      weight: 36,
    },
  ],
  sample: { date: '2025-11-05', body: '城北实验小学', stage: '已通过', documentNo: '教法〔2025〕11号' },
})

/** Talks, seminars and quizzes that make disclosure known. */
export const publicity = register({
  id: 'openness.publicity',
  title: '公开工作宣传活动',
  domain: 'DM',
  mechanisms: ['DM-48'],
  help: '每次活动一条记录，每位参加者占一行。',
  titleLabel: '活动名称',
  fields: [field.choice('kind', '形式', ['研讨会', '讲座', '知识竞赛'], { required: true })],
  lines: { title: '参加人员', fields: [field.person('participant', '参加者', { required: true })] },
  metrics: [
    { id: 'openness.publicity.count', label: '公开工作宣传活动次数', unit: '次', aggregate: { sum: 'record' } },
    {
      id: 'openness.publicity.quizzes',
      label: '公开工作知识竞赛次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '知识竞赛' } },
    },
    {
      id: 'openness.publicity.attendances',
      label: '公开工作宣传活动参加人次',
      unit: '人次',
      aggregate: { sum: 'line' },
    },
  ],
  clauses: [
    {
      text: '{period}举办公开工作研讨、讲座和知识竞赛{openness.publicity.count}[，其中知识竞赛{openness.publicity.quizzes}][，参加{openness.publicity.attendances}]。',
      weight: 38,
    },
  ],
  sample: { date: '2025-10-17', title: '政务公开知识竞赛', kind: '知识竞赛', participant: '闻思远' },
})
