import { rule, type RuleCard } from '../../../kernel/rules/card.ts'
import { DENOMINATORS, SOURCES } from '../sources.ts'

const common = { level: 'national', subject: '人数与建家', verification: 'quotation' } as const

/** Headcounts and the model «home of the staff»: what the rates are made of. */
export const homeCards: readonly RuleCard[] = [
  rule({
    ...common,
    id: 'HM-NATIONAL',
    title: '全国模范职工之家的入会率',
    source: '全国模范职工之家评选通知',
    number: '2015年',
    article: '申报条件',
    strength: 'warn',
    from: '2015-01-01',
    text: '申报全国模范职工之家的单位，职工（含农民工、劳务派遣工）入会率应达到百分之九十以上。',
    test: { kind: 'share', share: { p: 90, q: 100, strict: false }, denominator: DENOMINATORS.staff, counted: '会员' },
    note: '2015年一轮评选的数字；2020年管理办法的数字待核。入会率＝会员人数÷职工人数。',
  }),
  rule({
    ...common,
    id: 'HM-NATIONAL-VOTE',
    title: '全国模范职工之家的满意度',
    source: '全国模范职工之家评选通知',
    number: '2015年',
    article: '申报条件',
    strength: 'warn',
    from: '2015-01-01',
    text: '申报全国模范职工之家的单位，会员评议的满意度应达到百分之九十以上。',
    test: {
      kind: 'share',
      share: { p: 90, q: 100, strict: false },
      denominator: DENOMINATORS.ballots,
      counted: '满意',
      unit: '票',
    },
    note: '满意度按“满意”计，还是按“满意加基本满意”计，各地不一；随结果注明口径。',
  }),
  rule({
    ...common,
    ...SOURCES.home,
    id: 'HM-EVAL',
    title: '每年会员评家',
    article: '关于会员评家的规定',
    strength: 'deadline',
    text: '每年在会员大会或会员代表大会上以书面方式民主评议职工之家，分满意、基本满意、不满意；没有评议的不得推荐更高一级的先进。',
    test: { kind: 'deadline', n: 1, unit: 'year', direction: 'after', start: '上次评议之日', moves: false },
  }),
  rule({
    ...common,
    id: 'HM-SIXHAVE',
    title: '“六有”工会',
    source: '基层工会规范化建设的要求',
    article: '六有标准',
    strength: 'info',
    from: '2014-01-01',
    text: '有依法选举的主席、有独立健全的组织机构、有服务职工的活动载体、有健全完善的制度机制、有自主管理的经费、有会员满意的工作绩效。',
  }),
  rule({
    ...common,
    ...SOURCES.unionLaw,
    id: 'TU-FEE-2PCT',
    title: '拨缴工会经费2%',
    article: '第四十三条',
    strength: 'info',
    verification: 'text',
    subject: '人数与建家',
    text: '建立工会组织的用人单位每月按全部职工工资总额的百分之二向工会拨缴经费，在税前列支。',
  }),
]
