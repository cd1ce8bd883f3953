import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'
import { KINDS, SOURCES } from '../words.ts'

const grant = counting('aid.grant', 'line')
const of = (kind: keyof typeof KINDS) => ({ kind: KINDS[kind].title })

export const grants = register({
  id: 'aid.grant',
  title: '帮扶项目发放台账',
  domain: 'BF',
  mechanisms: ['BF-13', 'BF-14'],
  help: '一个项目一次发放、一个单位登记一条，领到的人一人一行；按批次办理的由系统自动登记。',
  dateLabel: '发放日期',
  titleLabel: '项目和批次',
  confidential: true,
  fields: [
    field.choice(
      'kind',
      '项目种类',
      Object.values(KINDS).map((kind) => kind.title),
      { required: true },
    ),
    field.choice('source', '资金来源', SOURCES, { required: true }),
  ],
  lines: {
    title: '发放名单',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.household('household', '家庭（户主）', { required: true }),
      field.money('amount', '金额（元）', { required: true }),
    ],
  },
  metrics: [
    grant.recordKinds('programmes', '实施的帮扶项目', '类', 'kind'),
    grant.people('people', '帮扶项目受益职工人数', undefined, { definition: '各项目合并后，每人计一次。' }),
    grant.households('households', '帮扶项目受益家庭户数', undefined, { definition: '各项目合并后，每户计一次。' }),
    grant.lines('times', '帮扶项目发放人次', '人次'),
    grant.money('amount', '帮扶项目发放金额', 'amount', undefined, {
      definition:
        '已发放减去当年退回的金额，与账簿中本项目当年的支出相等；以后年度退回的记入“帮扶款退回”，不改原来年度的数。',
    }),
    grant.people('warmth-people', '送温暖项目惠及人数', of('warmth')),
    grant.money('warmth-amount', '送温暖项目金额', 'amount', of('warmth')),
    grant.people('living-people', '生活救助人数', of('living')),
    grant.money('living-amount', '生活救助金额', 'amount', of('living')),
    grant.people('medical-people', '医疗救助人数', of('medical')),
    grant.money('medical-amount', '医疗救助金额', 'amount', of('medical')),
    grant.people('school-people', '金秋助学惠及职工人数', of('school')),
    grant.money('school-amount', '金秋助学项目金额', 'amount', of('school')),
    grant.people('heat-people', '高温慰问惠及人数', of('heat')),
  ],
  clauses: [
    {
      text: '{period}，实施{list:kind}等帮扶项目{aid.grant.programmes}，惠及职工{aid.grant.people}、家庭{aid.grant.households}，发放{aid.grant.times}、金额{aid.grant.amount}。',
      weight: 96,
    },
  ],
  sample: {
    date: '2026-01-20',
    title: '春节慰问·2026年',
    kind: '春节慰问',
    source: '本级工会经费',
    person: '马春燕',
    household: '马春燕',
    amount: '1000',
  },
})
