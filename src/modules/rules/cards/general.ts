import { rule, type RuleCard } from '../../../kernel/rules/card.ts'
import { SOURCES } from '../sources.ts'

const general = {
  level: 'national',
  strength: 'info',
  verification: 'text',
  subject: '通则',
  ...SOURCES.civilCode,
} as const

/** How numbers, days and relatives are read wherever another card speaks of them. */
export const generalCards: readonly RuleCard[] = [
  rule({
    ...general,
    id: 'X-NUM-1',
    title: '“以上”“过半数”怎么算',
    article: '第一千二百五十九条',
    text: '“以上”“以内”“届满”包括本数，“超过”“不满”“以外”不包括本数。三分之二以上是不少于三分之二，过半数必须多于一半，半数以上恰好一半即可。',
    note: '一次表决同时适用“过半数”和“半数以上”时从严；恰为半数时提示重新表决。全国总工会文件按同一读法掌握。',
  }),
  rule({
    ...general,
    id: 'X-DAY-1',
    title: '期限怎么算',
    article: '第二百条至第二百零三条',
    text: '按日计算的，开始当日不计，从次日起算；按月、按年计算的，到期月的对应日为最后一日，没有对应日的为月末。最后一日是休息日的，顺延到下一个工作日。“提前几日”要求中间隔足整日。',
  }),
  rule({
    ...general,
    id: 'X-KIN-1',
    title: '近亲属的范围',
    article: '第一千零四十五条',
    text: '近亲属指配偶、父母、子女、兄弟姐妹、祖父母、外祖父母、孙子女、外孙子女。姻亲不属于近亲属，只作提醒。',
  }),
  rule({
    id: 'X-DENOM-1',
    title: '比例必须说明基数',
    article: '计算口径',
    source: '本系统规则说明',
    level: 'unit',
    strength: 'info',
    verification: 'text',
    subject: '通则',
    from: '2026-01-01',
    text: '应到会、全体会员、全体代表、选举单位全体、到会人数、有效票是不同的基数。每个比例都注明基数；会议开始时基数即固定，之后的人员变动不影响本次会议。工会选举和表决不以到会人数为基数。',
  }),
]
