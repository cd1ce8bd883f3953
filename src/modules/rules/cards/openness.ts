import { rule, type RuleCard } from '../../../kernel/rules/card.ts'
import { SOURCES } from '../sources.ts'

const national = { level: 'national', verification: 'memory', subject: '公开与评议', ...SOURCES.democracy } as const
const house = {
  level: 'unit',
  verification: 'text',
  subject: '公开与评议',
  source: '本系统规则说明',
  from: '2026-01-01',
} as const

/** Disclosure of affairs and democratic appraisal: what the national regulation names, and the limits the house sets itself. */
export const opennessCards: readonly RuleCard[] = [
  rule({
    ...national,
    id: 'OP-ITEMS-ALL',
    title: '企业应当公开的内容',
    article: '第三十三条',
    strength: 'info',
    text: '经营管理基本情况，招用职工和劳动合同，集体合同和规章制度，奖惩、解除合同、裁员和评选先进，劳动安全卫生和事故，社会保险和企业年金，职工教育经费和培训，劳动争议处理，以及其他应当公开的事项。',
    note: '全国规定只列内容，不定天数；节奏和张贴天数由各省规定或单位自定，写在“公开目录”里。',
  }),
  rule({
    ...national,
    id: 'OP-ITEMS-SOE',
    title: '国有和集体企业另外公开的内容',
    article: '第三十四条',
    strength: 'info',
    text: '重大决策和规划，年度目标、大额资金、招标投标和采购，工资奖金和职称，中层选聘，领导人员薪酬、职务消费，以及民主评议领导人员的结果等。',
  }),
  rule({
    ...house,
    id: 'OP-ANSWER-15',
    title: '询问15个工作日内答复',
    article: '公开工作',
    strength: 'deadline',
    text: '职工对公开事项的询问，自提出之日起十五个工作日内答复。',
    test: { kind: 'deadline', n: 15, unit: 'working-day', direction: 'after', start: '提出之日' },
    note: '全国没有统一天数；已知的省级规定为三十日，本期限不超过它。',
  }),
  rule({
    ...house,
    id: 'OP-OBJECTION-5',
    title: '异议5个工作日内答复',
    article: '公开工作',
    strength: 'deadline',
    text: '对公示和公开事项的异议，自提出之日起五个工作日内答复；有异议没有答复的，公示不算通过。',
    test: { kind: 'deadline', n: 5, unit: 'working-day', direction: 'after', start: '提出之日' },
  }),
  rule({
    ...house,
    id: 'EV-LEAST',
    title: '少于10份的评议数字不公布',
    article: '民主评议',
    strength: 'info',
    text: '有效票少于十份的数字不公布，任何时候不少于五份；人数少的组与其他组合并计算，使公布的任何两个数相减也得不出少于十份的数。评议人不足十人的用纸质评议票。',
    note: '评议等次没有全国统一规定，由每次评议的方案确定。',
  }),
]
