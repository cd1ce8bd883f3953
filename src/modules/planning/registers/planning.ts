import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'

const meeting = counting('planning.joint-meeting')
export const jointMeetings = register({
  id: 'planning.joint-meeting',
  title: '党政工联席与汇报',
  domain: 'DZ',
  mechanisms: ['DZ-01', 'DZ-02', 'DZ-03', 'DZ-04', 'DZ-05'],
  help: '召开一次联席会议、专题汇报、请示一行。',
  dateLabel: '日期',
  titleLabel: '议题',
  fields: [
    field.choice(
      'kind',
      '种类',
      ['党政工联席会议', '党组织专题听取汇报', '党政工例会', '向党组织汇报请示', '明确分管领导'],
      { required: true },
    ),
    field.longtext('decision', '议定事项'),
    field.yesno('settled', '已落实'),
    field.person('leader', '分管（主持）领导'),
  ],
  metrics: [
    meeting.records('count', '党政工协同事项数', '次'),
    meeting.records('joint', '党政工联席会议次数', '次', { kind: '党政工联席会议' }),
    meeting.records('heard', '党组织专题听取工会汇报次数', '次', { kind: '党组织专题听取汇报' }),
    meeting.records('regular', '党政工例会次数', '次', { kind: '党政工例会' }),
    meeting.records('reported', '向党组织汇报请示次数', '次', { kind: '向党组织汇报请示' }),
    meeting.records('leaders', '明确分管领导次数', '次', { kind: '明确分管领导' }),
    meeting.records('settled', '联席议定并落实事项数', '项', { settled: '是' }),
  ],
  clauses: [
    {
      text: '{period}[召开党政工联席会议{planning.joint-meeting.joint}，][召开党政工例会{planning.joint-meeting.regular}，][党组织专题听取工会汇报{planning.joint-meeting.heard}，][向党组织汇报请示{planning.joint-meeting.reported}，]共{planning.joint-meeting.count}[，议定事项落实{planning.joint-meeting.settled}]。',
      weight: 60,
    },
  ],
  sample: {
    date: '2026-06-16',
    title: '研究职工食堂改造',
    kind: '党政工联席会议',
    decision: '年内完成改造',
    settled: '是',
    leader: '范志远',
  },
})

const item = counting('planning.plan-item')
export const planItems = register({
  id: 'planning.plan-item',
  title: '工作计划',
  domain: 'DZ',
  mechanisms: ['DZ-06', 'DZ-08', 'DZ-10'],
  help: '计划里的一项工作、突破、品牌或指标一行；日期填计划通过的日期。',
  dateLabel: '计划日期',
  titleLabel: '计划内容',
  fields: [
    field.choice('kind', '类别', ['重点工作', '突破', '品牌', '指标', '今后工作'], { required: true }),
    field.integer('planYear', '计划年度', { required: true, min: 1990, max: 2100 }),
    field.percent('target', '目标（%）'),
    field.integer('targetCount', '目标数量', { max: 10_000_000 }),
    field.date('dueOn', '完成期限'),
    field.person('owner', '责任人'),
    field.longtext('measures', '措施'),
    field.yesno('done', '已完成'),
  ],
  metrics: [
    item.records('count', '计划事项数', '项'),
    item.records('works', '计划工作项数', '项', { kind: '重点工作' }),
    item.records('breakthroughs', '计划突破数', '个', { kind: '突破' }),
    item.records('brands', '计划品牌数', '个', { kind: '品牌' }),
    item.records('targets', '计划指标数', '个', { kind: '指标' }),
    item.records('next', '今后工作条数', '条', { kind: '今后工作' }),
    item.records('done', '已完成计划事项数', '项', { done: '是' }),
    // Next year's plan is written this year: what nobody has judged yet is neither done nor undone.
    item.records('judged', '检查过的计划事项数', '项', { done: ['是', '否'] }),
    item.rate('completion', '计划事项完成率', 'done', 'judged', '已完成事项占填写了是否完成的计划事项。'),
    item.stated('target', '计划目标', '%', 'target'),
    item.stated('target-count', '计划目标数量', '个', 'targetCount'),
  ],
  clauses: [
    {
      text: '{period}，计划安排重点工作{planning.plan-item.works}[、突破{planning.plan-item.breakthroughs}][、打造品牌{planning.plan-item.brands}]。',
      weight: 58,
    },
    { text: '{period}提出今后工作{planning.plan-item.next}。', weight: 57 },
    { text: '{period}完成计划事项{planning.plan-item.done}，占{planning.plan-item.completion}。', weight: 50 },
    {
      text: '{date}列入计划：{title}[，目标{planning.plan-item.target}]。',
      each: { max: 30 },
      genres: ['annual', 'congress', 'half-year', 'briefing', 'plan'],
      weight: 25,
    },
    {
      text: '{date}列入计划指标：{title}，目标数量{planning.plan-item.target-count#}。',
      each: { max: 20, where: { kind: '指标' } },
      weight: 20,
    },
  ],
  sample: {
    date: '2026-12-25',
    title: '基层工会主席直选',
    kind: '指标',
    planYear: '2027',
    target: '100',
    dueOn: '2027-12-31',
    owner: '范志远',
  },
})

const document = counting('planning.document')
export const documents = register({
  id: 'planning.document',
  title: '总结与上报',
  domain: 'DZ',
  mechanisms: ['DZ-07', 'DZ-11'],
  help: '形成一份总结、报告或上报一次情况一行。',
  dateLabel: '日期',
  titleLabel: '材料名称',
  fields: [
    field.choice('kind', '种类', ['年度总结', '工作报告', '半年总结', '工作动态', '情况上报'], { required: true }),
    field.text('recipient', '报送单位', { dim: true }),
  ],
  metrics: [
    document.records('count', '形成和上报材料份数', '份'),
    document.records('reports', '总结报告份数', '份', { kind: ['年度总结', '工作报告', '半年总结'] }),
    document.records('sent', '上报动态和情况份数', '份', { kind: ['工作动态', '情况上报'] }),
  ],
  clauses: [
    {
      text: '{period}形成和上报工作材料{planning.document.count}[，其中总结报告{planning.document.reports}][、动态和情况{planning.document.sent}]。',
      weight: 35,
    },
  ],
  sample: { date: '2026-07-05', title: '上半年工作总结', kind: '半年总结', recipient: '县总工会' },
})

const task = counting('planning.task')
export const tasks = register({
  id: 'planning.task',
  title: '交办与中心工作',
  domain: 'DZ',
  mechanisms: ['DZ-09', 'DZ-12'],
  help: '上级交办或配合中心工作的一项任务一行。',
  dateLabel: '交办日期',
  titleLabel: '任务',
  fields: [
    field.choice('kind', '来源', ['上级工会交办', '单位中心工作'], { required: true }),
    field.text('from', '交办单位', { dim: true }),
    field.date('dueOn', '完成期限'),
    field.yesno('done', '已完成', { required: true }),
  ],
  metrics: [
    task.records('count', '承担交办任务项数', '项'),
    task.records('done', '完成交办任务项数', '项', { done: '是' }),
    task.rate('rate', '交办任务完成率', 'done', 'count', '已完成项数占承担项数。'),
    task.records('upper', '上级工会交办任务项数', '项', { kind: '上级工会交办' }),
    task.records('central', '配合中心工作项数', '项', { kind: '单位中心工作' }),
  ],
  clauses: [
    {
      text: '{period}承担交办任务{planning.task.count}，完成{planning.task.done}[，其中上级工会交办{planning.task.upper}][、配合中心工作{planning.task.central}]。',
      weight: 40,
    },
  ],
  sample: {
    date: '2026-04-02',
    title: '协助人口普查入户',
    kind: '单位中心工作',
    from: '街道办',
    dueOn: '2026-05-30',
    done: '是',
  },
})
