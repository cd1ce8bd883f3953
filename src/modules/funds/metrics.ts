import type { MetricDefinition } from '../../kernel/facts/metric.ts'

const flow = (id: string, label: string, measure: string, main?: string, definition?: string): MetricDefinition => ({
  id,
  label,
  unit: '元',
  domain: 'CW',
  provider: 'funds',
  definition: definition ?? '账簿中已记账凭证的发生额，红字冲销抵减，不含期末结转',
  source: { kind: 'flow', measure, ...(main && { where: { main } }) },
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
]
