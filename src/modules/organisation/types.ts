/** What kinds of node the tree has, which may stand under which, and which are layers. Data only. */

export interface UnitKind {
  title: string
  /** Has a committee and an account of its own: the boundary of permissions and of money. */
  layer: boolean
  /** Types it may stand under; 'root' means it may stand alone at the top. */
  under: readonly (UnitType | 'root')[]
}

export type UnitType = 'federation' | 'industry' | 'union' | 'branch' | 'subbranch' | 'group' | 'committee' | 'club'

export const UNIT_TYPES: Readonly<Record<UnitType, UnitKind>> = {
  federation: { title: '总工会', layer: true, under: ['root', 'federation'] },
  industry: { title: '产业（系统）工会', layer: true, under: ['root', 'federation', 'industry'] },
  // A company's union stands under a town's union, a factory's under the company's.
  union: { title: '基层工会', layer: true, under: ['root', 'federation', 'industry', 'union'] },
  branch: { title: '分工会（支会）', layer: false, under: ['union', 'federation', 'industry'] },
  subbranch: { title: '三级分会', layer: false, under: ['branch'] },
  group: { title: '工会小组', layer: false, under: ['union', 'branch', 'subbranch'] },
  committee: { title: '委员会', layer: false, under: ['federation', 'industry', 'union', 'branch'] },
  club: { title: '协会（俱乐部）', layer: false, under: ['federation', 'industry', 'union', 'branch'] },
}

export const unitTypes = Object.keys(UNIT_TYPES) as UnitType[]

/** Reads what an officer types: the code or the Chinese title, also its common short forms. */
export function unitTypeOf(text: string): UnitType | undefined {
  const clean = text.trim()
  if (clean in UNIT_TYPES) return clean as UnitType
  return SPOKEN[clean] ?? unitTypes.find((type) => UNIT_TYPES[type].title === clean)
}

const SPOKEN: Readonly<Record<string, UnitType>> = {
  市总工会: 'federation',
  县总工会: 'federation',
  区总工会: 'federation',
  产业工会: 'industry',
  系统工会: 'industry',
  联合工会: 'union',
  工会: 'union',
  分工会: 'branch',
  支会: 'branch',
  分会: 'branch',
  三级分会: 'subbranch',
  小组: 'group',
  协会: 'club',
  俱乐部: 'club',
}

/** The six committees (六会) of a union. */
export const BODIES = {
  committee: '工会委员会',
  audit: '经费审查委员会',
  women: '女职工委员会',
  mediation: '劳动争议调解委员会',
  'law-supervision': '劳动法律监督委员会',
  safety: '劳动保护监督检查委员会',
} as const
export type Body = keyof typeof BODIES
export const bodies = Object.keys(BODIES) as Body[]

/** Kinds of union by the house it stands in: they decide the section order of its report. */
export const UNION_KINDS = {
  factory: '工厂',
  'company-large': '大型企业',
  'company-new': '新建企业',
  hospital: '医院',
  school: '学校',
  court: '法院',
  office: '机关',
  bureau: '局',
  agency: '事业单位',
  town: '乡镇（街道）',
  village: '村（社区）',
  park: '园区',
  education: '教育系统',
  women: '女职工委员会',
  federation: '总工会',
} as const
export type UnionKind = keyof typeof UNION_KINDS
export const unionKinds = Object.keys(UNION_KINDS) as UnionKind[]

/** A founding day nobody remembers: the unit counts as having stood since before any ledger, and is new in no year. */
export const UNKNOWN_SINCE = '1900-01-01'

/** Documents that change the tree. */
export const CHANGE_KINDS = {
  rename: '更名',
  move: '改变隶属',
  merge: '合并',
  split: '分立',
  dissolve: '撤销',
} as const
export type ChangeKind = keyof typeof CHANGE_KINDS
