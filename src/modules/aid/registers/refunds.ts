import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'
import { KINDS } from '../words.ts'

const refund = counting('aid.refund')
const earlier = { earlier: '是' } as const

export const refunds = register({
  id: 'aid.refund',
  title: '帮扶款退回台账',
  domain: 'BF',
  mechanisms: ['BF-13', 'BF-14'],
  help: '每退回一笔登记一条；按批次发放的，登记退回时自动记入。当年发放的冲减当年支出，以前年度发放的调整年初余额。',
  dateLabel: '退回日期',
  titleLabel: '项目和批次',
  confidential: true,
  fields: [
    field.choice(
      'kind',
      '项目种类',
      Object.values(KINDS).map((kind) => kind.title),
      { required: true },
    ),
    field.person('person', '姓名', { required: true }),
    field.household('household', '家庭（户主）', { required: true }),
    field.money('amount', '退回金额（元）', { required: true }),
    field.date('paidOn', '原发放日期', { required: true }),
    field.yesno('earlier', '以前年度发放', { dim: true, help: '退回的年度晚于发放的年度。' }),
  ],
  metrics: [
    refund.records('times', '帮扶款退回笔数', '笔'),
    refund.people('people', '退回帮扶款的职工人数'),
    refund.households('households', '退回帮扶款的家庭户数'),
    refund.money('amount', '帮扶款退回金额', 'amount', undefined, {
      definition: '按退回日期计，与账簿中红字冲减的支出和年初余额调整合计相等。',
    }),
    refund.people('earlier-people', '退回以前年度帮扶款的职工人数', earlier),
    refund.money('earlier-amount', '以前年度帮扶款退回金额', 'amount', earlier, {
      definition: '记入年初余额调整，不冲减退回当年的支出，也不改发放年度的数。',
    }),
  ],
  clauses: [
    {
      text: '{period}，职工{aid.refund.people}退回帮扶款{aid.refund.times}、{aid.refund.amount}[，其中以前年度发放的{aid.refund.earlier-amount}]，已按规定入账。',
      weight: 18,
    },
  ],
  sample: {
    date: '2026-02-03',
    title: '春节慰问·2026年',
    kind: '春节慰问',
    person: '马春燕',
    household: '马春燕',
    amount: '200',
    paidOn: '2026-01-20',
    earlier: '否',
  },
})
