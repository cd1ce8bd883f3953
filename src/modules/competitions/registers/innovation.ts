import { field, register } from '../../../kernel/register/declaration.ts'

/** Key problems, innovations and small inventions: opened, finished, awarded on one line each. */
export const project = register({
  id: 'competitions.project',
  title: '攻关与创新项目',
  domain: 'JS',
  mechanisms: ['JS-02', 'JS-03', 'JS-17', 'JS-19'],
  help: '每个立项一条记录，完成、获奖后修改本条；项目组成员每人占一行。',
  dateLabel: '立项日期',
  endDateLabel: '完成日期',
  titleLabel: '项目名称',
  fields: [
    field.choice('kind', '项目种类', ['技术攻关', '技术创新', '“五小”成果'], { required: true }),
    field.text('department', '承担单位', { dim: true }),
    field.yesno('done', '是否完成', { required: true }),
    field.choice('award', '获奖', ['优秀成果奖', '一等奖', '二等奖', '三等奖', '未获奖']),
    field.money('benefit', '创效金额（元）'),
  ],
  lines: { title: '项目组成员', fields: [field.person('member', '成员姓名', { required: true })] },
  metrics: [
    {
      id: 'competitions.project.key-opened',
      label: '攻关立项数',
      unit: '项',
      aggregate: { sum: 'record', where: { kind: '技术攻关' } },
    },
    {
      id: 'competitions.project.key-done',
      label: '攻关完成数',
      unit: '项',
      aggregate: { sum: 'record', where: { kind: '技术攻关', done: '是' } },
      definition: '期内立项且已完成的',
    },
    {
      id: 'competitions.project.key-awarded',
      label: '技术攻关优秀成果奖项数',
      unit: '项',
      aggregate: {
        sum: 'record',
        where: { kind: '技术攻关', done: '是', award: ['优秀成果奖', '一等奖', '二等奖', '三等奖'] },
      },
      definition: '已完成的攻关项目中获奖的',
    },
    {
      id: 'competitions.project.innovation-opened',
      label: '技术创新立项数',
      unit: '项',
      aggregate: { sum: 'record', where: { kind: '技术创新' } },
    },
    {
      id: 'competitions.project.innovation-done',
      label: '技术创新完成数',
      unit: '项',
      aggregate: { sum: 'record', where: { kind: '技术创新', done: '是' } },
    },
    {
      id: 'competitions.project.small',
      label: '“五小”成果项数',
      unit: '项',
      aggregate: { sum: 'record', where: { kind: '“五小”成果' } },
    },
    {
      id: 'competitions.project.small-awarded',
      label: '“五小”成果获奖项数',
      unit: '项',
      aggregate: {
        sum: 'record',
        where: { kind: '“五小”成果', award: ['优秀成果奖', '一等奖', '二等奖', '三等奖'] },
      },
    },
    { id: 'competitions.project.count', label: '职工经济技术创新项目数', unit: '项', aggregate: { sum: 'record' } },
    {
      id: 'competitions.project.members',
      label: '参加攻关创新的职工人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
    { id: 'competitions.project.benefit', label: '攻关创新创效金额', unit: '元', aggregate: { sum: 'benefit' } },
  ],
  clauses: [
    {
      text: '{period}技术攻关立项{competitions.project.key-opened}[，完成{competitions.project.key-done}][，其中获优秀成果奖{competitions.project.key-awarded}]。',
      weight: 92,
    },
    {
      text: '{period}技术创新立项{competitions.project.innovation-opened}[，其中已完成{competitions.project.innovation-done}]。',
      weight: 88,
    },
    {
      text: '{period}登记“五小”成果{competitions.project.small}[，其中获奖{competitions.project.small-awarded}]。',
      weight: 72,
    },
    {
      text: '{period}实施职工经济技术创新项目{competitions.project.count}[，参加职工{competitions.project.members}][，计算创效{competitions.project.benefit}]。',
      weight: 66,
    },
  ],
  sample: {
    date: '2025-02-24',
    endDate: '2025-10-18',
    title: '轴承温升攻关',
    kind: '技术攻关',
    department: '汽机分场',
    done: '是',
    award: '优秀成果奖',
    benefit: '150000',
    member: '雷承志',
  },
})

/** Submissions judged by a panel: achievements, methods, suggestions, conversions. */
export const achievement = register({
  id: 'competitions.achievement',
  title: '创新成果评审',
  domain: 'JS',
  mechanisms: ['JS-18'],
  help: '每件参评成果一行。',
  dateLabel: '评审日期',
  titleLabel: '成果名称',
  fields: [
    field.choice('category', '成果类别', ['技术创新成果', '工法', '合理化建议', '技术改造'], { required: true }),
    field.text('department', '申报单位', { dim: true }),
    field.person('author', '第一完成人'),
    field.choice('award', '评审结果', ['一等奖', '二等奖', '三等奖', '优秀奖', '未获奖'], { required: true }),
  ],
  metrics: [
    { id: 'competitions.achievement.reviewed', label: '评审创新成果项数', unit: '项', aggregate: { sum: 'record' } },
    {
      id: 'competitions.achievement.awarded',
      label: '获奖创新成果项数',
      unit: '项',
      aggregate: { sum: 'record', where: { award: ['一等奖', '二等奖', '三等奖', '优秀奖'] } },
    },
    {
      id: 'competitions.achievement.first',
      label: '创新成果一等奖项数',
      unit: '项',
      aggregate: { sum: 'record', where: { award: '一等奖' } },
    },
    {
      id: 'competitions.achievement.methods',
      label: '评审工法项数',
      unit: '项',
      aggregate: { sum: 'record', where: { category: '工法' } },
    },
  ],
  clauses: [
    {
      text: '{period}评审申报的创新项目{competitions.achievement.reviewed}（{list:category}）[，其中获奖{competitions.achievement.awarded}][，一等奖{competitions.achievement.first}]。',
      weight: 82,
    },
  ],
  sample: {
    date: '2025-03-19',
    title: '管廊快速封堵工法',
    category: '工法',
    department: '工程部',
    author: '雷承志',
    award: '二等奖',
  },
})
