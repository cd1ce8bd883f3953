import { rule, type RuleCard } from '../../../kernel/rules/card.ts'
import { DENOMINATORS, SOURCES } from '../sources.ts'

const common = {
  ...SOURCES.spending,
  level: 'national',
  subject: '经费支出',
  strength: 'block',
  verification: 'quotation',
} as const

const cash = { source: '现金管理暂行条例', number: '2011年修订', from: '2011-01-08', verification: 'text' } as const

/** The eight things union money is never spent on, each asked of every request. */
const forbidden = [
  ['请客送礼', '使用工会经费请客送礼'],
  ['滥发津补贴', '违反规定滥发奖金、津贴、补贴'],
  ['高消费娱乐健身', '用于高消费性娱乐和健身活动'],
  ['小金库', '单位行政利用工会账户违规设立“小金库”'],
  ['并入行政账户', '把工会账户并入单位行政账户，使工会经费开支失去控制'],
  ['截留挪用', '截留、挪用工会经费'],
  ['非法集资', '参与非法集资活动，或为非法集资活动提供经济担保'],
  ['与工会无关', '报销与工会活动无关的费用'],
] as const

export const EIGHT_FORBIDDEN = forbidden.map(([title, text], index) => ({ id: `FS-EIGHT-${index + 1}`, title, text }))

/** Spending of a grassroots union: the national frame. Amounts are local and kept as dated rows by each union. */
export const spendingCards: readonly RuleCard[] = [
  ...EIGHT_FORBIDDEN.map(({ id, title, text }, index) =>
    rule({
      ...common,
      id,
      title: `不准${title}`,
      article: `第二十二条（${'一二三四五六七八'[index]}）`,
      text: `不准${text}。`,
      test: { kind: 'check', question: `没有${text}的情形：` },
    }),
  ),
  rule({
    ...common,
    id: 'FS-GOODS-ONLY',
    title: '慰问品不以现金、购物卡发放',
    article: '第八条',
    text: '逢年过节、生日、结婚、生育和退休离岗，向会员发放的是慰问品、纪念品，不发现金、购物卡和代金券。',
    test: { kind: 'check', question: '以实物（或实名指定商品券）发放：' },
  }),
  rule({
    ...common,
    id: 'FS-FESTIVAL-DAYS',
    title: '节日慰问只在法定节日',
    article: '第八条',
    text: '逢年过节慰问只限新年、春节、清明节、劳动节、端午节、中秋节、国庆节，以及自治区以上人民政府批准的少数民族节日。',
    test: { kind: 'check', question: '属于规定的法定节日：' },
  }),
  rule({
    ...common,
    id: 'FS-PRIZE-SHARE',
    title: '文体活动获奖面不超过三分之二',
    article: '第八条',
    text: '基层工会开展的文体活动以精神鼓励为主，设置奖项的，奖励人数最高不超过参加人数的三分之二。',
    test: {
      kind: 'share',
      share: { p: 1, q: 3, strict: false },
      denominator: DENOMINATORS.participants,
      counted: '未获奖',
    },
    note: '“不超过三分之二获奖”与“三分之一以上未获奖”是同一个数。',
  }),
  rule({
    ...common,
    ...cash,
    id: 'FS-CASH-1000',
    title: '一千元以上转账支付',
    article: '第五条、第六条',
    strength: 'warn',
    text: '结算起点为一千元；除支付个人劳动报酬、奖金、差旅费等外，超过一千元的以转账支付。',
    test: { kind: 'range', counted: '现金支付', unit: '元', most: 1000 },
  }),
  rule({
    ...common,
    ...cash,
    id: 'FS-NO-TAKINGS',
    title: '不得坐支现金收入',
    article: '第十一条',
    text: '支付现金从库存现金限额中支付或从开户银行提取，不得从本单位当日的现金收入中直接支付（坐支）；确需坐支的事先报开户银行审查批准。',
    test: { kind: 'check', question: '没有从当日现金收入中直接支付：' },
  }),
  rule({
    ...common,
    ...cash,
    id: 'FS-TILL-LIMIT',
    title: '库存现金不超过核定限额',
    article: '第九条、第十一条',
    strength: 'warn',
    text: '库存现金限额由开户银行按三至五天的日常零星开支核定；现金收入于当日送存，超过限额的部分及时送存银行。',
    test: { kind: 'check', question: '日终库存现金没有超过核定限额：' },
  }),
  rule({
    ...common,
    id: 'FS-OUTING-CAP',
    title: '观影、春秋游等支出的总额',
    article: '第八条',
    verification: 'memory',
    text: '组织会员观看电影、文艺演出、体育比赛，开展春秋游，购买当地公园年票等，从会费中列支；会费不足的用工会经费弥补，弥补部分不超过当年会费收入的三倍。',
    test: { kind: 'check', question: '没有超过当年会费收入和三倍会费收入之和：' },
    note: '三倍的倍数来自通行的说法，请核对本地细则并登记文号。',
  }),
  rule({
    ...common,
    id: 'FS-IN-BUDGET',
    title: '不得无预算、超预算支出',
    article: '第十六条',
    verification: 'memory',
    text: '基层工会严禁无预算、超预算使用工会经费；年度预算原则上一年调整一次，调整的程序与编制相同。',
    test: { kind: 'check', question: '在批准的预算之内：' },
  }),
]
