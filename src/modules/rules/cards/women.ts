import { rule, type RuleCard } from '../../../kernel/rules/card.ts'
import { SOURCES } from '../sources.ts'

const common = { level: 'national', subject: '女职工委员会' } as const

export const womenCards: readonly RuleCard[] = [
  rule({
    ...common,
    ...SOURCES.unionLaw,
    id: 'TU-WOMEN',
    title: '女职工委员会或女职工委员',
    article: '第十一条',
    strength: 'info',
    verification: 'text',
    text: '女职工人数较多的，可以建立工会女职工委员会，在同级工会领导下开展工作；人数较少的，可以在工会委员会中设女职工委员。',
  }),
  rule({
    ...common,
    ...SOURCES.women,
    id: 'CM-WOMEN-10',
    title: '女会员10人以上应建女职工委员会',
    article: '第十一条',
    strength: 'block',
    verification: 'quotation',
    text: '基层工会有女会员十名以上的建立女职工委员会，不足十名的设女职工委员。',
    test: { kind: 'trigger', counted: '女会员', unit: '人', least: 10, duty: '建立女职工委员会' },
    note: '上海、北京等地规定为25人，按当地规定掌握。',
  }),
  rule({
    ...common,
    ...SOURCES.charter,
    id: 'CH-WOMEN',
    title: '与工会委员会同时建立',
    article: '第十四条',
    strength: 'warn',
    verification: 'memory',
    text: '女职工委员会与工会委员会同时建立，委员由同级工会委员会提名、充分协商产生，也可以由女职工大会或女职工代表大会选举产生。',
    test: { kind: 'check', question: '是否与工会委员会同时建立？' },
  }),
  rule({
    ...common,
    ...SOURCES.elections,
    id: 'EL-WOMEN-HEAD',
    title: '女职工委员会主任的人选',
    article: '第三十八条',
    strength: 'warn',
    verification: 'memory',
    text: '女职工委员会主任由同级工会女主席或女副主席担任，也可以按相应条件配备并提名为工会委员候选人；名单随选举结果报上一级工会。',
    test: { kind: 'check', question: '主任是否由女主席、女副主席担任或按规定配备？' },
  }),
]
