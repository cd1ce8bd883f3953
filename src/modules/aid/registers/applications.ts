import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'
import { APPEAL_STATES, KINDS, OUTCOMES } from '../words.ts'

const kind = field.choice(
  'kind',
  '项目种类',
  Object.values(KINDS).map((one) => one.title),
  { required: true },
)
const application = counting('aid.application', 'line')
const fared = (...outcome: string[]) => ({ outcome })

export const applications = register({
  id: 'aid.application',
  title: '帮扶申请审核台账',
  domain: 'BF',
  mechanisms: ['BF-10', 'BF-13'],
  help: '一个批次、一个单位登记一条，申请的人一人一行；按批次办理的，拟定名单时自动登记，公示后移出的随之更正。',
  dateLabel: '拟定名单日期',
  titleLabel: '项目和批次',
  confidential: true,
  fields: [kind],
  lines: {
    title: '申请人',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.choice('outcome', '审核结果', Object.values(OUTCOMES), { required: true }),
      field.money('asked', '申请金额（元）', { help: '没有写明金额的不填。' }),
    ],
  },
  metrics: [
    application.lines('times', '审核帮扶申请件数', '件'),
    application.people('people', '提出帮扶申请的职工人数', undefined, { definition: '同一年申请几次的计一人。' }),
    application.people('listed-people', '经审核列入名单的申请人数', fared(OUTCOMES.eligible)),
    application.people('refused-people', '不符合条件的申请人数', fared(OUTCOMES.refused)),
    application.people('missing-people', '材料不齐的申请人数', fared(OUTCOMES.missing, OUTCOMES.returned), {
      definition: '缺少规定材料，或退回后到拟定名单时没有补齐。',
    }),
    application.people('duplicate-people', '与同类救助重复的申请人数', fared(OUTCOMES.duplicate)),
    application.people('withheld-people', '公示后移出名单的申请人数', fared(OUTCOMES.withheld)),
    application.money('asked-amount', '申请帮扶金额', 'asked', undefined, {
      definition: '写明金额的申请合计，不是批准的金额。',
    }),
    application.money('refused-amount', '未获同意的申请金额', 'asked', {
      outcome: Object.values(OUTCOMES).filter((one) => one !== OUTCOMES.eligible),
    }),
  ],
  clauses: [
    {
      text: '{period}，审核帮扶申请{aid.application.times}，涉及职工{aid.application.people}[，列入名单{aid.application.listed-people}][，不符合条件{aid.application.refused-people}][，材料不齐{aid.application.missing-people}][，与同类救助重复{aid.application.duplicate-people}]。',
      weight: 44,
    },
  ],
  sample: {
    date: '2026-08-27',
    title: '金秋助学·2026年',
    kind: '金秋助学',
    person: '马春燕',
    outcome: '列入名单',
    asked: '3000',
  },
})

const appeal = counting('aid.appeal')

export const appeals = register({
  id: 'aid.appeal',
  title: '帮扶名单申诉台账',
  domain: 'BF',
  mechanisms: ['BF-10', 'BF-13'],
  help: '一件申诉登记一条；在手机上提出的自动登记，答复后更新结论。',
  dateLabel: '申诉日期',
  titleLabel: '项目和批次',
  confidential: true,
  fields: [
    kind,
    field.person('person', '申诉人', { required: true }),
    field.choice('outcome', '结论', Object.values(APPEAL_STATES), { required: true }),
    field.date('answeredOn', '答复日期'),
  ],
  metrics: [
    appeal.records('made', '对帮扶名单的申诉', '件'),
    appeal.people('people', '对帮扶名单提出申诉的职工人数'),
    appeal.records('answered', '已答复的帮扶名单申诉', '件', {
      outcome: [APPEAL_STATES.upheld, APPEAL_STATES.dismissed],
    }),
    appeal.records('upheld', '成立的帮扶名单申诉', '件', { outcome: APPEAL_STATES.upheld }),
    appeal.people('upheld-people', '申诉成立的职工人数', { outcome: APPEAL_STATES.upheld }),
    appeal.rate('answer-rate', '帮扶名单申诉答复率', 'answered', 'made', '已答复的申诉占提出的申诉。'),
  ],
  clauses: [
    {
      text: '{period}，受理对帮扶名单的申诉{aid.appeal.made}[，已答复{aid.appeal.answered}][，其中成立{aid.appeal.upheld}]。',
      weight: 42,
    },
  ],
  sample: {
    date: '2026-08-31',
    title: '金秋助学·2026年',
    kind: '金秋助学',
    person: '马春燕',
    outcome: '申诉成立',
    answeredOn: '2026-09-04',
  },
})
