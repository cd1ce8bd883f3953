/** Chinese labels of appraisal, shared by server and screens. */
export const ROUND_KINDS = {
  leaders: '民主评议领导干部',
  principals: '校长书记测评',
  managers: '中层干部评议',
  'parents-school': '家长委员会评议学校',
  'parents-teachers': '家长和学生评议教师',
  opinion: '民主测评',
  recommendation: '民主推荐',
  'opinion-test': '民意测试',
  union: '职工评工会',
  upper: '下级工会评议上级工会',
  home: '会员评家',
  satisfaction: '满意度测评',
} as const
export type RoundKind = keyof typeof ROUND_KINDS
export const roundKinds = Object.keys(ROUND_KINDS) as RoundKind[]

export interface Grade {
  title: string
  /** 0 to 100; null among choices that are neither better nor worse. */
  points: number | null
}
export interface Scale {
  grades: readonly Grade[]
  /** How many of the first count as good: 称职以上, 满意和基本满意. 0 among choices without points. */
  good: number
}
/** The answers of one question: its own, or those of the whole round, which the first question always has. */
export const scaleAt = (
  round: { grades: readonly Grade[]; goodGrades: number; scales: readonly (Scale | null)[] },
  criterion: number,
): Scale => round.scales[criterion] ?? { grades: round.grades, good: round.goodGrades }
/** Answers with points make a score; choices are only counted. */
export const scored = (grades: readonly Grade[]): boolean => grades.every((grade) => grade.points !== null)

/** Scales in use. No national rule fixes the grades, so a round may change them. */
export const SCALES = {
  leaders: {
    grades: [
      { title: '优秀', points: 100 },
      { title: '称职', points: 80 },
      { title: '基本称职', points: 60 },
      { title: '不称职', points: 0 },
    ],
    good: 2,
  },
  satisfaction: {
    grades: [
      { title: '满意', points: 100 },
      { title: '基本满意', points: 60 },
      { title: '不满意', points: 0 },
    ],
    good: 2,
  },
  /** 民意测试: agreement to an appointment. Who knows the person too little says so, and no grade is made of it. */
  consent: {
    grades: [
      { title: '同意', points: 100 },
      { title: '基本同意', points: 60 },
      { title: '不同意', points: 1 },
      { title: '不了解', points: 0 },
    ],
    good: 2,
  },
  /** 民主推荐: a form names people for a post, or abstains. */
  naming: {
    grades: [
      { title: '推荐', points: 100 },
      { title: '弃权', points: 0 },
    ],
    good: 1,
  },
} as const satisfies Record<string, Scale>

/** What a new round of a kind begins with. */
export interface Preset {
  scale: keyof typeof SCALES
  criteria: readonly string[]
  groups: readonly { name: string; weight: number }[]
}
const people: Preset = {
  scale: 'leaders',
  criteria: ['总体评价', '德', '能', '勤', '绩', '廉'],
  groups: [
    { name: '领导班子', weight: 30 },
    { name: '职工代表', weight: 40 },
    { name: '职工', weight: 30 },
  ],
}
const one = (name: string, criteria: readonly string[]): Preset => ({
  scale: 'satisfaction',
  criteria: ['总体评价', ...criteria],
  groups: [{ name, weight: 100 }],
})
export const PRESETS: Readonly<Record<RoundKind, Preset>> = {
  leaders: people,
  principals: people,
  managers: people,
  'parents-school': one('家长委员会', ['办学管理', '师德师风', '收费公开', '后勤服务']),
  'parents-teachers': {
    scale: 'satisfaction',
    criteria: ['总体评价', '教书育人', '关爱学生', '廉洁从教'],
    groups: [
      { name: '家长', weight: 60 },
      { name: '学生', weight: 40 },
    ],
  },
  opinion: { ...people, criteria: ['总体评价'] },
  recommendation: { ...people, scale: 'naming', criteria: ['推荐'] },
  'opinion-test': { ...people, scale: 'consent', criteria: ['对拟任职务的意见'] },
  union: one('职工', ['维护权益', '服务职工', '民主管理', '工作作风']),
  upper: one('下级工会', ['指导服务', '工作作风']),
  home: one('会员', ['组织建设', '维权服务', '文体活动', '会务公开']),
  satisfaction: one('职工', []),
}

/** Kinds about filling a post: their results go to whoever appoints, never onto the board. */
export const appoints = (kind: RoundKind): boolean => kind === 'recommendation' || kind === 'opinion-test'
/** A form of this kind bears names instead of grades. */
export const naming = (kind: RoundKind): boolean => kind === 'recommendation'

export const ROUND_STATES = {
  setup: ['准备中', ''],
  open: ['评议中', 'warn'],
  closed: ['已结束', 'good'],
  abandoned: ['已作废', ''],
} as const
export type RoundState = keyof typeof ROUND_STATES

/** How a rater group answers: by a slip with a code, on paper that two people count, or in secret with their own account. */
export const CHANNELS = { slip: '扫码评议条', paper: '纸质评议票', account: '本人账号' } as const
export type Channel = keyof typeof CHANNELS

export const SOURCES = ['评论员', '职工评工会', '下级工会评议'] as const
export const EVENT_KINDS = ['聘任', '会议', '参加大型活动'] as const
/** Nothing on fewer sheets than this is ever shown, whatever a round says. */
export const LEAST_EVER = 5
export const LEAST_USUAL = 10
/** A written name on fewer forms than this is kept nowhere: one would see who wrote it. */
export const LEAST_NAMED = 5
