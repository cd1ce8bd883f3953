import type { MetricDefinition } from '../../kernel/facts/metric.ts'

const planned = (id: string, label: string, direction: 'income' | 'spending'): MetricDefinition => ({
  id,
  label,
  unit: '元',
  domain: 'CW',
  provider: 'funds',
  definition: '生效的年度预算，调整自生效之日起计入',
  source: { kind: 'flow', measure: 'funds.budget', where: { direction } },
})

/** Budget and its execution, from the budget's own facts and the journal's. */
export const budgetMetrics: readonly MetricDefinition[] = [
  planned('funds.budget-income', '年度收入预算', 'income'),
  planned('funds.budget-spending', '年度支出预算', 'spending'),
  {
    id: 'funds.budget-execution',
    label: '支出预算执行率',
    unit: '%',
    domain: 'CW',
    provider: 'funds',
    definition: '账簿中的经费支出 ÷ 生效的年度支出预算',
    source: { kind: 'ratio', numerator: 'funds.expense', denominator: 'funds.budget-spending' },
  },
  {
    id: 'funds.budget-income-execution',
    label: '收入预算完成率',
    unit: '%',
    domain: 'CW',
    provider: 'funds',
    definition: '账簿中的经费收入 ÷ 生效的年度收入预算',
    source: { kind: 'ratio', numerator: 'funds.income', denominator: 'funds.budget-income' },
  },
]
