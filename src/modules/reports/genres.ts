import { DOMAINS, type Domain, type Genre } from '../../kernel/register/declaration.ts'

/** Order of themes by kind of unit (report-genre §2.2): what such a union leads with. The rest follows in `general` order. */
const general: readonly Domain[] = [
  'ZZ',
  'DM',
  'LD',
  'JS',
  'AQ',
  'SZ',
  'BF',
  'WW',
  'HZ',
  'FL',
  'NG',
  'WT',
  'ZD',
  'RY',
  'JJ',
  'TG',
  'GY',
  'XF',
  'WG',
  'XX',
  'KH',
  'DZ',
  'CW',
  'JH',
]
const leads: Readonly<Record<string, readonly Domain[]>> = {
  factory: ['JS', 'AQ', 'DM', 'LD', 'BF', 'WW', 'HZ', 'WT', 'ZD', 'ZZ', 'KH'],
  'company-large': ['DM', 'LD', 'JS', 'AQ', 'BF', 'XF', 'ZZ', 'CW', 'NG', 'WT', 'ZD'],
  'company-new': ['ZZ', 'JS', 'CW'],
  hospital: ['JS', 'DM', 'FL', 'HZ', 'CW', 'NG', 'WT', 'ZD'],
  school: ['SZ', 'DM', 'WW', 'BF', 'WT', 'FL', 'TG'],
  court: ['SZ', 'JJ', 'WW', 'HZ', 'WT', 'ZZ', 'CW'],
  office: ['ZZ', 'WW', 'WT', 'DM', 'ZD', 'SZ', 'JJ'],
  bureau: ['DZ', 'JS', 'GY', 'BF', 'WT', 'FL', 'WW', 'LD'],
  agency: ['DM', 'JS', 'WW', 'NG', 'DZ'],
  town: ['ZZ', 'LD', 'AQ', 'BF', 'WG'],
  village: ['ZZ', 'LD', 'AQ', 'BF', 'WG'],
  park: ['ZZ', 'WT', 'LD', 'JS', 'BF'],
  education: ['DM', 'SZ', 'ZZ', 'JJ', 'KH', 'XF'],
  federation: ['ZZ', 'LD', 'JS', 'BF', 'WW', 'HZ', 'WG', 'NG', 'CW'],
  women: ['SZ', 'JS', 'NG', 'LD', 'ZZ'],
}

export const orderFor = (unitKind: string | undefined, genre: Genre): Domain[] => {
  const lead = leads[genre === 'women' ? 'women' : (unitKind ?? '')] ?? []
  return [...lead, ...general.filter((domain) => !lead.includes(domain))]
}

/** Themes told together under one heading, and how it reads. A heading names what was done, not how well. */
export const themes: readonly { domains: readonly Domain[]; heading: string }[] = [
  { domains: ['ZZ', 'JJ', 'KH'], heading: '夯实基层基础，推进组织建设和职工之家建设' },
  { domains: ['DM'], heading: '健全民主管理，保障职工的知情权、参与权和监督权' },
  { domains: ['LD', 'XF', 'WG'], heading: '协调劳动关系，维护职工合法权益' },
  { domains: ['JS', 'AQ'], heading: '围绕中心任务，开展劳动竞赛和安全生产活动' },
  { domains: ['SZ', 'RY'], heading: '加强学习教育，提升职工队伍素质' },
  { domains: ['BF', 'WW'], heading: '做好帮扶慰问，把组织的关怀送到职工身边' },
  { domains: ['HZ', 'FL', 'TG'], heading: '办好互助保障和福利，服务在职与退休职工' },
  { domains: ['WT', 'ZD'], heading: '建好活动阵地，开展文化体育活动' },
  { domains: ['NG', 'JH'], heading: '履行女职工工作职责，维护女职工特殊权益' },
  { domains: ['GY'], heading: '参与社会公益，开展结对帮扶' },
  { domains: ['XX', 'DZ'], heading: '加强宣传信息工作，推动党政工协同' },
  { domains: ['CW'], heading: '规范经费管理，接受审查监督' },
]

export const domainTitle = (domain: Domain): string => DOMAINS[domain]

/** A report's period: the year, or its first half; a plan looks at the year it grows out of. */
export function periodOf(genre: Genre, year: number): { from: string; to: string } {
  return genre === 'half-year'
    ? { from: `${year}-01-01`, to: `${year}-06-30` }
    : { from: `${year}-01-01`, to: `${year}-12-31` }
}

export function titleOf(genre: Genre, unitName: string, year: number): string {
  const name = /(工会|工会联合会|分会)$/.test(unitName) ? unitName : `${unitName}工会`
  switch (genre) {
    case 'annual':
      return `${name}${year}年工作总结`
    case 'congress':
      return `${name}${year}年工作报告`
    case 'half-year':
      return `${name}${year}年上半年工作总结`
    case 'women':
      return `${name}女职工委员会${year}年工作总结`
    case 'briefing':
      return `${name}${year}年工作情况汇报`
    case 'deeds':
      return `${name}先进集体事迹材料（${year}年）`
    case 'plan':
      return `${name}${year + 1}年工作计划`
  }
}

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']
/** 1 … 99 in Chinese, for headings. */
export const chineseNumber = (n: number): string =>
  n < 10 ? digits[n]! : n < 20 ? `十${digits[n % 10]}` : `${digits[Math.floor(n / 10)]}十${digits[n % 10]}`
