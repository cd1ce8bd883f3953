import { byStrokes } from '../../kernel/pinyin/strokes.ts'

/** What can be elected, who elects it, and what an election may be for. Data only; both halves read it. */

export interface PostKind {
  title: string
  /** Committee the post belongs to; a delegate belongs to none. */
  body: 'committee' | 'audit' | 'women' | null
  /** Which meeting elects. The chair's moves to the assembly in a direct election. */
  sitting: SittingKind
  /** Card of the share of candidates beyond the seats; none where equal numbers are allowed. */
  margin?: string
  /** Name of the post among the officers of the term. */
  officer: string
  /** As the register of elections names it. */
  filed?: string
}

export type SittingKind = 'assembly' | 'committee' | 'audit' | 'women' | 'unit'
export const SITTINGS: Readonly<Record<SittingKind, string>> = {
  assembly: '选举大会',
  committee: '委员会第一次全体会议',
  audit: '经费审查委员会第一次会议',
  women: '女职工委员会第一次会议',
  unit: '选举单位会议',
}

export const POSTS = {
  member: {
    title: '委员',
    body: 'committee',
    sitting: 'assembly',
    margin: 'EL-MARGIN',
    officer: '委员',
    filed: '委员',
  },
  audit: { title: '经费审查委员', body: 'audit', sitting: 'assembly', officer: '委员', filed: '经费审查委员' },
  women: { title: '女职工委员', body: 'women', sitting: 'assembly', officer: '委员', filed: '女职工委员' },
  standing: {
    title: '常务委员',
    body: 'committee',
    sitting: 'committee',
    margin: 'EL-MARGIN-STANDING',
    officer: '常务委员',
    filed: '委员',
  },
  chair: { title: '主席', body: 'committee', sitting: 'committee', officer: '主席', filed: '主席' },
  vice: { title: '副主席', body: 'committee', sitting: 'committee', officer: '副主席', filed: '副主席' },
  'audit-chair': {
    title: '经费审查委员会主任',
    body: 'audit',
    sitting: 'audit',
    officer: '主任',
    filed: '经费审查委员会主任',
  },
  'women-chair': {
    title: '女职工委员会主任',
    body: 'women',
    sitting: 'women',
    officer: '主任',
    filed: '女职工委员会主任',
  },
  delegate: { title: '会员代表', body: null, sitting: 'unit', margin: 'MC-MARGIN-15', officer: '会员代表' },
  // 职工代表 are elected by the whole staff of an electoral unit, members or not; no text fixes a margin for them.
  'staff-delegate': { title: '职工代表', body: null, sitting: 'unit', officer: '职工代表' },
  recall: { title: '罢免', body: 'committee', sitting: 'assembly', officer: '' },
} as const satisfies Record<string, PostKind>
export type Post = keyof typeof POSTS
export const posts = Object.keys(POSTS) as Post[]
export const postOf = (post: Post): PostKind => POSTS[post]

export const ELECTION_KINDS = {
  first: '首届选举',
  term: '换届选举',
  direct: '主席直接选举',
  fill: '委员增补',
  recall: '罢免',
  delegates: '代表选举',
} as const
export type ElectionKind = keyof typeof ELECTION_KINDS
export const electionKinds = Object.keys(ELECTION_KINDS) as ElectionKind[]

/** Posts that make sense in a kind of election. */
export const POSTS_OF: Readonly<Record<ElectionKind, readonly Post[]>> = {
  first: ['member', 'audit', 'women', 'standing', 'chair', 'vice', 'audit-chair', 'women-chair'],
  term: ['member', 'audit', 'women', 'standing', 'chair', 'vice', 'audit-chair', 'women-chair'],
  direct: ['chair'],
  fill: ['member', 'audit', 'women', 'chair', 'vice'],
  recall: ['recall'],
  delegates: ['delegate', 'staff-delegate'],
}

/** What a candidate declares about himself; everything but `none` may bar him from some post. */
export const RELATIONS = {
  none: '无须回避的情形',
  executive: '本单位行政主要负责人、法定代表人或合伙人',
  kin: '行政主要负责人、法定代表人或合伙人的近亲属',
  'in-law': '行政主要负责人、法定代表人或合伙人的姻亲',
  deputy: '本单位行政副职',
  personnel: '人力资源部门负责人',
  foreign: '外籍职工',
  finance: '工会财务、资产管理人员或分管财务资产的副主席',
} as const
export type Relation = keyof typeof RELATIONS
export const relations = Object.keys(RELATIONS) as Relation[]

/** Cards that a relation meets for a post: the first that bars; null when free to stand. */
export function barredBy(post: Post, relation: Relation | null, enterprise: boolean): string | null {
  if (!relation || relation === 'none' || relation === 'in-law') return null
  const leads = post === 'chair' || post === 'vice'
  if (['member', 'standing', 'chair', 'vice'].includes(post)) {
    if (relation === 'kin' && enterprise) return 'TU-KIN'
    if (relation === 'executive' || relation === 'kin') return 'EL-CAND-BAN'
    if (leads && enterprise && post === 'chair' && ['deputy', 'personnel', 'foreign'].includes(relation))
      return 'EL-CAND-BAN-CHAIR'
  }
  if ((post === 'audit' || post === 'audit-chair') && relation === 'finance') return 'EL-AUDIT-OVERLAP'
  return null
}

/**
 * Candidates in the order of strokes (姓氏笔画); whoever was given a place by hand stands at it, counted from 1, and the
 * others keep their order around him.
 */
export function inStrokeOrder<Row extends { name: string; place?: number | null }>(rows: readonly Row[]): Row[] {
  const ordered = rows.filter((row) => !row.place).toSorted((one, other) => byStrokes(one.name, other.name))
  for (const row of rows.filter((one) => one.place).toSorted((one, other) => one.place! - other.place!))
    ordered.splice(row.place! - 1, 0, row)
  return ordered
}

export const STATES = {
  plan: '起草方案',
  review: '方案待批复',
  preparing: '筹备中',
  publicity: '候选人公示中',
  meeting: '大会选举中',
  announced: '已宣布结果',
  reported: '结果待批复',
  approved: '已批复',
  refused: '未获批准，应重新选举',
  invalid: '选举无效',
  cancelled: '已终止',
} as const
export type ElectionState = keyof typeof STATES
