/**
 * What union money is spent on, as an officer says it. A kind knows its account, the row of the payments ledger it
 * counts as, and what its limit is measured in. Shared by server and screens; the accounts follow 工会会计制度 附录1.
 */
export interface SpendingKind {
  title: string
  /** Account of the voucher; null where the budget line chosen decides. */
  account: string
  /** 部门预算支出经济分类, 款 */
  economicClass?: string
  /** 支出去向 of the ledger `funds.payment`. */
  ledger:
    | '上解经费'
    | '职工活动'
    | '维权'
    | '送温暖'
    | '劳动竞赛'
    | '文化教育'
    | '奖励'
    | '职工福利'
    | '行政办公'
    | '资产购置'
    | '其他'
  /** What a limit counts: money per person and occasion, per person and year, or none. */
  per: 'person' | 'person-year' | 'none'
  /** Only goods: cash isn't allowed for this occasion. */
  goods?: true
  /** Asks for the number of participants and winners. */
  prizes?: true
  /** Paid out of a liability and so from no budget line. */
  settles?: true
  /** Decided and bought by officers: no member pays it first and asks for it back. */
  officersOnly?: true
  help: string
}

const kinds = {
  festival: {
    title: '节日慰问',
    account: '50105',
    economicClass: '30229',
    ledger: '职工福利',
    per: 'person-year',
    goods: true,
    officersOnly: true,
    help: '七个法定节日向全体会员发放的慰问品，不发现金和购物卡。',
  },
  birthday: {
    title: '生日慰问',
    account: '50105',
    economicClass: '30229',
    ledger: '职工福利',
    per: 'person-year',
    goods: true,
    officersOnly: true,
    help: '蛋糕等实物，或指定蛋糕店的实名蛋糕券。',
  },
  marriage: {
    title: '结婚慰问',
    account: '50105',
    economicClass: '30229',
    ledger: '职工福利',
    per: 'person',
    goods: true,
    help: '慰问品。',
  },
  birth: {
    title: '生育慰问',
    account: '50105',
    economicClass: '30229',
    ledger: '职工福利',
    per: 'person',
    goods: true,
    help: '慰问品。',
  },
  illness: {
    title: '生病住院慰问',
    account: '50105',
    economicClass: '30229',
    ledger: '职工福利',
    per: 'person',
    help: '可以是慰问金；附住院证明和签收。',
  },
  death: {
    title: '会员去世慰问',
    account: '50105',
    economicClass: '30229',
    ledger: '职工福利',
    per: 'person',
    officersOnly: true,
    help: '慰问金，由家属签收。',
  },
  bereavement: {
    title: '直系亲属去世慰问',
    account: '50105',
    economicClass: '30229',
    ledger: '职工福利',
    per: 'person',
    help: '配偶、父母、子女去世的慰问金。',
  },
  retirement: {
    title: '退休离岗纪念品',
    account: '50105',
    economicClass: '30229',
    ledger: '职工福利',
    per: 'person',
    goods: true,
    officersOnly: true,
    help: '纪念品。',
  },
  outing: {
    title: '春秋游、观影和公园年票',
    account: '50105',
    economicClass: '30299',
    ledger: '职工活动',
    per: 'person',
    help: '当日往返，不去明令禁止的风景名胜区。',
  },
  activity: {
    title: '文体活动',
    account: '50102',
    economicClass: '30299',
    ledger: '职工活动',
    per: 'none',
    help: '场租、器材、服装、误餐等。',
  },
  prize: {
    title: '文体活动奖品',
    account: '50102',
    economicClass: '30309',
    ledger: '奖励',
    per: 'person',
    prizes: true,
    help: '获奖人数不超过参加人数的三分之二；不设奖的可发小额纪念品。',
  },
  education: {
    title: '职工教育培训',
    account: '50101',
    economicClass: '30216',
    ledger: '文化教育',
    per: 'none',
    help: '职工培训的教材、师资、场地；工会干部培训另选“工会干部培训”。',
  },
  publicity: {
    title: '宣传活动',
    account: '50103',
    economicClass: '30299',
    ledger: '文化教育',
    per: 'none',
    help: '宣传品、报刊、展览。',
  },
  contest: {
    title: '劳动和技能竞赛',
    account: '50301',
    economicClass: '30299',
    ledger: '劳动竞赛',
    per: 'none',
    help: '竞赛组织和奖励。',
  },
  home: {
    title: '职工之家和书屋建设',
    account: '50302',
    economicClass: '30299',
    ledger: '职工活动',
    per: 'none',
    help: '建家、书屋。',
  },
  service: {
    title: '其他职工服务',
    account: '50305',
    economicClass: '30299',
    ledger: '职工福利',
    per: 'none',
    help: '普惠服务、心理咨询等。',
  },
  protection: {
    title: '维权和劳动保护',
    account: '50402',
    economicClass: '30299',
    ledger: '维权',
    per: 'none',
    help: '劳动保护、法律援助。',
  },
  hardship: {
    title: '困难职工帮扶',
    account: '50404',
    economicClass: '30305',
    ledger: '送温暖',
    per: 'person',
    officersOnly: true,
    help: '困难补助，实名转账。',
  },
  warmth: {
    title: '送温暖（含送清凉、助学）',
    account: '50405',
    economicClass: '30305',
    ledger: '送温暖',
    per: 'person',
    officersOnly: true,
    help: '春送岗位、夏送清凉、金秋助学、冬送温暖。',
  },
  cadres: {
    title: '工会干部培训',
    account: '50501',
    economicClass: '30216',
    ledger: '行政办公',
    per: 'none',
    help: '工会干部和积极分子培训。',
  },
  meeting: {
    title: '会议',
    account: '50502',
    economicClass: '30215',
    ledger: '行政办公',
    per: 'none',
    help: '会员大会、委员会、经审会会议。',
  },
  office: {
    title: '办公和代理记账',
    account: '50504',
    economicClass: '30201',
    ledger: '行政办公',
    per: 'none',
    help: '办公用品、代理记账费、审计费、银行手续费。',
  },
  equipment: {
    title: '设备购置',
    account: '50702',
    economicClass: '31002',
    ledger: '资产购置',
    per: 'none',
    officersOnly: true,
    help: '通用设备单价 1000 元以上、专用设备 1500 元以上按固定资产登记。',
  },
  remittance: {
    title: '上解经费',
    account: '211',
    ledger: '上解经费',
    per: 'none',
    settles: true,
    officersOnly: true,
    help: '把应付上级经费交给上级工会，不占预算。',
  },
  other: {
    title: '其他支出',
    account: '510',
    economicClass: '30299',
    ledger: '其他',
    per: 'none',
    help: '以上都不合适时选择。',
  },
} as const satisfies Record<string, SpendingKind>

export type SpendingKindId = keyof typeof kinds
export const SPENDING_KINDS: Readonly<Record<SpendingKindId, SpendingKind>> = kinds
export const SPENDING_KIND_IDS = Object.keys(kinds) as [SpendingKindId, ...SpendingKindId[]]

export const METHODS = { transfer: '银行转账', cash: '现金' } as const
export type Method = keyof typeof METHODS
export const FORMS = { goods: '实物', money: '慰问金（现金或转账）', service: '服务或费用' } as const
export type Form = keyof typeof FORMS
