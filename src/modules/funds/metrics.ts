import type { MetricDefinition } from '../../kernel/facts/metric.ts'

const BOOKED = '账簿中已记账凭证的发生额，红字冲销抵减，不含期末结转'
const flow = (id: string, label: string, measure: string, main?: string): MetricDefinition => ({
  id,
  label,
  unit: '元',
  domain: 'CW',
  provider: 'funds',
  definition: BOOKED,
  source: { kind: 'flow', measure, ...(main && { where: { main } }) },
})

/** Spending on second-level accounts: what it was for. */
const spent = (
  id: string,
  label: string,
  account: string | readonly string[],
  definition = BOOKED,
): MetricDefinition => ({
  id: `funds.expense-${id}`,
  label: `${label}（账）`,
  unit: '元',
  domain: 'CW',
  provider: 'funds',
  definition,
  source: { kind: 'flow', measure: 'funds.expense', where: { account } },
})
/** How much falls on one member at the period's end. */
const perMember = (id: string, label: string, numerator: string, definition: string): MetricDefinition => ({
  id,
  label,
  unit: '元',
  domain: 'CW',
  provider: 'funds',
  definition: `${definition} ÷ 期末会员人数；下级工会没有在这里记账的，会员仍计入人数`,
  source: { kind: 'ratio', as: 'each', numerator, denominator: 'members.count' },
})

/** Figures straight from the journal. Each opens the vouchers behind it. */
export const journalMetrics: readonly MetricDefinition[] = [
  flow('funds.income', '经费收入合计', 'funds.income'),
  flow('funds.income-dues', '会费收入（账）', 'funds.income', '401'),
  flow('funds.income-allocated', '拨缴经费收入（账）', 'funds.income', '402'),
  flow('funds.income-upper', '上级补助收入（账）', 'funds.income', '403'),
  flow('funds.income-administration', '行政补助收入（账）', 'funds.income', '405'),
  flow('funds.income-other', '其他收入（账）', 'funds.income', '408'),
  flow('funds.expense', '经费支出合计', 'funds.expense'),
  flow('funds.expense-activities', '职工活动支出（账）', 'funds.expense', '501'),
  flow('funds.expense-services', '职工服务支出（账）', 'funds.expense', '503'),
  flow('funds.expense-rights', '维权支出（账）', 'funds.expense', '504'),
  flow('funds.expense-business', '业务支出（账）', 'funds.expense', '505'),
  flow('funds.expense-capital', '资本性支出（账）', 'funds.expense', '507'),
  flow('funds.expense-other', '其他支出（账）', 'funds.expense', '510'),
  spent('education', '职工教育支出', '50101'),
  spent('sports', '文体活动支出', '50102'),
  spent('publicity', '宣传活动支出', '50103'),
  spent('recuperation', '劳模职工疗休养支出', '50104'),
  spent('members', '会员活动支出', '50105'),
  spent('activities-more', '其他活动支出', '50106'),
  spent('contests', '劳动和技能竞赛支出', '50301'),
  spent('homes', '建家支出', '50302'),
  spent('innovation', '职工创新支出', '50303'),
  spent('books', '职工书屋支出', '50304'),
  spent('services-more', '其他服务支出', '50305'),
  spent('relations', '劳动关系协调支出', '50401'),
  spent('protection', '劳动保护支出', '50402'),
  spent('legal', '法律援助支出', '50403'),
  spent('hardship', '困难职工帮扶支出', '50404'),
  spent('warmth', '送温暖支出', '50405'),
  spent('rights-more', '其他维权支出', '50406'),
  spent('training', '培训支出', '50501'),
  spent('meetings', '会议支出', '50502'),
  spent('projects', '专项业务支出', '50503'),
  spent('business-more', '其他业务支出', '50504'),
  {
    ...spent('aid', '', ['50404', '50405'], `困难职工帮扶和送温暖：${BOOKED}`),
    id: 'funds.aid',
    label: '帮扶和送温暖支出（账）',
  },
  perMember('funds.expense-per-member', '会员人均经费支出', 'funds.expense', '账簿中的经费支出'),
  perMember('funds.income-per-member', '会员人均经费收入', 'funds.income', '账簿中的经费收入'),
]
