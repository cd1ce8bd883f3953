import type { Aggregate, Metric, Where } from './declaration.ts'

type Rest = Pick<Metric, 'definition' | 'lowerIsBetter' | 'zeroIf'>
type Period = 'week' | 'month' | 'quarter' | 'half' | 'year'

const PERIOD_WORDS: Record<Period, string> = { week: '周', month: '月', quarter: '季度', half: '半年', year: '年' }

/**
 * Short constructors for a register's metrics, which choose the measure word that belongs to the way of counting:
 * persons and households count once (人, 户), records and lines every time.
 *
 * @param register id of the register, prefix of every metric
 * @param at       where its persons and households stand: on the record itself or on its lines
 */
export function counting(register: string, at: 'record' | 'line' = 'record') {
  const metric = (name: string, label: string, unit: string, aggregate: Aggregate, rest: Rest = {}): Metric => ({
    id: `${register}.${name}`,
    label,
    unit,
    aggregate,
    ...rest,
  })
  return {
    /** Each record counts: 次, 件, 场, or 人次 where a record is one person's. */
    records: (name: string, label: string, unit: string, where?: Where, rest?: Rest) =>
      metric(name, label, unit, { sum: 'record', where }, rest),
    /** Each line counts: 人次 where lines are persons. */
    lines: (name: string, label: string, unit: string, where?: Where, rest?: Rest) =>
      metric(name, label, unit, { sum: 'line', where }, rest),
    /** Each person counts once in the period: 人. */
    people: (name: string, label: string, where?: Where, rest?: Rest) =>
      metric(name, label, '人', { distinct: 'person', of: at, where }, rest),
    /** Each family counts once in the period: 户. */
    households: (name: string, label: string, where?: Where, rest?: Rest) =>
      metric(name, label, '户', { distinct: 'household', of: at, where }, rest),
    /** Distinct values of a record's own dimension, whether or not it has lines: 家单位, 个节日. */
    recordKinds: (name: string, label: string, unit: string, dim: string, where?: Where, rest?: Rest) =>
      metric(name, label, unit, { distinct: { dim }, of: 'record', where }, rest),
    /** Distinct values of a dimension among the rows that hold the persons: 种, 项. */
    kinds: (name: string, label: string, unit: string, dim: string, where?: Where, rest?: Rest) =>
      metric(name, label, unit, { distinct: { dim }, of: at, where }, rest),
    /** Sum of a money field, in fen, shown in 元. */
    money: (name: string, label: string, field: string, where?: Where, rest?: Rest) =>
      metric(name, label, '元', { sum: field, where }, rest),
    /** Sum of an integer field: copies, boxes, hours. */
    sum: (name: string, label: string, unit: string, field: string, where?: Where, rest?: Rest) =>
      metric(name, label, unit, { sum: field, where }, rest),
    /** n of m over two metrics of this register, named without its prefix. The definition names the denominator. */
    rate: (name: string, label: string, numerator: string, denominator: string, definition: string) =>
      metric(
        name,
        label,
        '%',
        { ratio: { numerator: `${register}.${numerator}`, denominator: `${register}.${denominator}` } },
        { definition },
      ),
    /** An attribute of the latest record: a standard, a session's number. */
    stated: (name: string, label: string, unit: string, field: string, where?: Where, rest?: Rest) =>
      metric(name, label, unit, { stated: field, where }, rest),
    /** An attribute of the record in force at the period's end, however old: a standard, a rule. */
    standing: (name: string, label: string, unit: string, field: string, where?: Where, rest?: Rest) =>
      metric(name, label, unit, { stated: field, where, standing: true }, rest),
    /** Whole occurrences per period: 次/月. */
    every: (name: string, label: string, per: Period, where?: Where, rest?: Rest) =>
      metric(name, label, `次/${PERIOD_WORDS[per]}`, { frequency: 'record', per, where }, rest),
    /** Mean per month with rows, rounded half up. */
    mean: (name: string, label: string, unit: string, of: string, where?: Where, rest?: Rest) =>
      metric(name, label, unit, { monthlyMean: of, where }, rest),
  }
}
