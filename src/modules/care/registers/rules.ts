import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'
import { OCCASIONS, RELATIONS, RELATIVES, STATUSES } from '../words.ts'

const standard = counting('care.standard')
export const standards = register({
  id: 'care.standard',
  title: '慰问标准',
  domain: 'WW',
  mechanisms: ['WW-04', 'WW-05', 'WW-06'],
  help: '慰问规定中的每一档标准登记一行：什么事由、什么状况、什么关系、多少元；标准每年确认一次，登记确认日期。',
  dateLabel: '执行（确认）日期',
  endDateLabel: '停止执行日期',
  titleLabel: '规定名称',
  fields: [
    field.choice('occasion', '慰问事由', OCCASIONS, { required: true, key: true }),
    field.choice('status', '职工状况', STATUSES, { required: true, key: true }),
    field.choice('relation', '当事人与职工关系', RELATIONS, { required: true, key: true }),
    field.money('amount', '每次标准（元）', { required: true }),
    field.text('document', '文号'),
    field.text('decidedBy', '批准机构', { example: '工会委员会' }),
  ],
  metrics: [
    standard.records('tiers', '慰问标准档次', '档'),
    standard.kinds('occasions', '有慰问标准的事由', '项', 'occasion'),
    standard.standing('hospital-own', '住院慰问标准（在职本人）', '元', 'amount', {
      occasion: '住院',
      status: '在职',
      relation: '本人',
    }),
    standard.standing('hospital-family', '住院慰问标准（在职家属）', '元', 'amount', {
      occasion: '住院',
      status: '在职',
      relation: RELATIVES,
    }),
    standard.standing('hospital-retired', '住院慰问标准（退休职工）', '元', 'amount', {
      occasion: '住院',
      status: '退休',
    }),
    standard.standing('retiree-death', '去世慰问标准（退休职工家属）', '元', 'amount', {
      occasion: '职工去世',
      status: '退休',
    }),
    standard.standing('wedding', '结婚慰问标准', '元', 'amount', { occasion: '结婚' }),
    standard.standing('birth', '生育慰问标准', '元', 'amount', { occasion: '生育' }),
    standard.standing('bereaved', '直系亲属去世慰问标准', '元', 'amount', { occasion: '直系亲属去世' }),
  ],
  clauses: [
    {
      text: '{period}执行的慰问标准为：在职职工本人住院{care.standard.hospital-own}[，在职职工家属住院{care.standard.hospital-family}][，退休职工住院{care.standard.hospital-retired}][，退休职工去世慰问家属{care.standard.retiree-death}]。',
      weight: 70,
    },
    {
      text: '{period}，专项慰问规定对{care.standard.occasions}事由定有标准[，结婚{care.standard.wedding}][，生育{care.standard.birth}][，直系亲属去世{care.standard.bereaved}]。',
      weight: 68,
    },
  ],
  sample: {
    date: '2026-01-01',
    title: '职工慰问管理办法',
    occasion: '住院',
    status: '在职',
    relation: '本人',
    amount: '800',
    document: '工字〔2026〕3号',
    decidedBy: '工会委员会',
  },
})

const standing = counting('care.standing-rule', 'line')
export const standingRules = register({
  id: 'care.standing-rule',
  title: '必访制度',
  domain: 'WW',
  mechanisms: ['WW-01', 'WW-02', 'WW-03'],
  help: '“三必访、四落实”一类带数字的制度，每项制度一条，每年确认一次；有具体内容的逐条列在下面，没有的不必补。',
  dateLabel: '制定（确认）日期',
  endDateLabel: '停止执行日期',
  titleLabel: '制度名称',
  fields: [
    field.integer('mustVisits', '规定必访事项数', { required: true, min: 1, max: 20, help: '三必访填 3。' }),
    field.integer('followUps', '规定落实事项数', { min: 1, max: 20, help: '四落实填 4。' }),
    field.integer('mustKnow', '规定应知事项数', { min: 1, max: 20, help: '三知道填 3。' }),
    field.text('document', '文号'),
  ],
  lines: {
    title: '具体内容',
    fields: [
      field.choice('kind', '内容类别', ['必访事项', '落实要求', '应知情况'], { required: true }),
      field.text('content', '具体内容', { required: true }),
    ],
  },
  metrics: [
    standing.records('rules', '执行的必访制度', '项'),
    standing.standing('must-visits', '制度规定的必访事项', '项', 'mustVisits'),
    standing.standing('follow-ups', '制度规定的落实事项', '项', 'followUps'),
    standing.standing('must-know', '制度规定的应知事项', '项', 'mustKnow'),
    standing.lines('items', '必访制度列明的条目', '条'),
  ],
  clauses: [
    {
      text: '执行“{title}”制度，规定必访事项{care.standing-rule.must-visits}[、落实事项{care.standing-rule.follow-ups}][、应知事项{care.standing-rule.must-know}]。',
      each: { max: 3 },
      weight: 95,
    },
    {
      text: '{period}，执行必访制度{care.standing-rule.rules}[，列明具体内容{care.standing-rule.items}]。',
      genres: ['briefing'],
    },
  ],
  sample: {
    date: '2026-01-05',
    title: '六必访、三知道',
    mustVisits: '6',
    mustKnow: '3',
    kind: '必访事项',
    content: '职工住院必访',
  },
})

const due = counting('care.due-visit')
export const dueVisits = register({
  id: 'care.due-visit',
  title: '必访事项落实台账',
  domain: 'WW',
  mechanisms: ['WW-01', 'WW-02', 'WW-03'],
  help: '按必访制度应当走访的事，一人一事登记一行，走访后填写落实情况。走访本身另记入走访慰问登记簿。',
  dateLabel: '事项发生日期',
  fields: [
    field.choice('rule', '依据制度', ['三必访', '五必访', '六必访'], { required: true, open: true }),
    field.person('person', '职工姓名', { required: true, aliases: ['姓名'] }),
    field.text('occasion', '必访事由', { required: true, dim: true }),
    field.date('dueOn', '应访期限'),
    field.yesno('done', '已走访', { required: true }),
    field.date('doneOn', '走访日期'),
    field.yesno('followedUp', '后续事项已落实'),
    field.longtext('followUp', '后续落实情况'),
  ],
  metrics: [
    due.records('due', '应访人次', '人次'),
    due.records('done', '已访人次', '人次', { done: '是' }),
    due.records(
      'missed',
      '应访未访人次',
      '人次',
      { done: '否' },
      { lowerIsBetter: true, zeroIf: 'care.due-visit.due' },
    ),
    due.rate('rate', '必访落实率', 'done', 'due', '已访人次占应访人次。'),
    due.people('people', '必访职工人数', { done: '是' }),
    due.records('followed-up', '后续落实人次', '人次', { done: '是', followedUp: '是' }),
    due.records('three', '“三必访”已访人次', '人次', { rule: '三必访', done: '是' }),
    due.records('five', '“五必访”已访人次', '人次', { rule: '五必访', done: '是' }),
    due.records('six', '“六必访”已访人次', '人次', { rule: '六必访', done: '是' }),
  ],
  clauses: [
    {
      text: '{period}，按必访制度应访{care.due-visit.due}，已访{care.due-visit.done}，落实率{care.due-visit.rate}[，走访后又落实后续事项{care.due-visit.followed-up}]。',
      weight: 85,
    },
    { text: '{period}，因{list:occasion}走访职工{care.due-visit.people}。', genres: ['briefing', 'deeds'] },
  ],
  sample: {
    date: '2026-04-02',
    rule: '六必访',
    person: '周丽',
    occasion: '职工生病住院',
    dueOn: '2026-04-05',
    done: '是',
    doneOn: '2026-04-03',
    followedUp: '是',
    followUp: '协助办理医疗互助申请',
  },
})
