/** Chinese labels and what officers type for them. */

export const GENDERS = { m: '男', f: '女' } as const
export type Gender = keyof typeof GENDERS

export const MEMBERSHIP_STATES = { normal: '正常', retained: '保留会籍' } as const
export type MembershipState = keyof typeof MEMBERSHIP_STATES

export const STATUSES = {
  active: '在职',
  retained: '保留会籍',
  retired: '退休',
  left: '已离会',
  deceased: '已故',
  contact: '联系人',
} as const
export type Status = keyof typeof STATUSES

export const LEAVE_KINDS = {
  leave: '退会',
  transfer: '转出',
  retire: '退休离会',
  death: '去世',
  expelled: '除名',
  merge: '单位合并',
} as const
export type LeaveKind = keyof typeof LEAVE_KINDS
/** Ways of leaving that end somebody's membership of the union as such; a transfer does not. */
export const FINAL_LEAVE_KINDS = ['leave', 'retire', 'death', 'expelled'] as const

export const JOIN_KINDS = { join: '入会', transfer: '转入', opening: '期初', merge: '单位合并' } as const
export type JoinKind = keyof typeof JOIN_KINDS

/** Identity tags offered first; a unit may write others. */
export const TAGS = [
  '劳模',
  '工匠',
  '党员',
  '团员',
  '民主党派',
  '困难',
  '退休',
  '离休',
  '一线',
  '归侨侨眷',
  '少数民族',
  '农民工',
  '劳务派遣',
  '新就业形态',
  '军转',
  '烈军属',
  '残疾',
  '单亲',
  '大病',
  '独生子女',
  '新入职',
  '职工代表',
  '会员代表',
] as const

/** Spellings of one tag, so that no denominator is split in two. */
const tagSpellings: Readonly<Record<string, string>> = {
  劳动模范: '劳模',
  中共党员: '党员',
  共产党员: '党员',
  预备党员: '党员',
  共青团员: '团员',
  困难职工: '困难',
  特困: '困难',
  退休职工: '退休',
  离休干部: '离休',
  一线职工: '一线',
  归侨: '归侨侨眷',
  侨眷: '归侨侨眷',
  派遣: '劳务派遣',
  派遣工: '劳务派遣',
  单亲职工: '单亲',
  残疾职工: '残疾',
  单亲女职工: '单亲',
  新职工: '新入职',
  军转干部: '军转',
}

export const tagOf = (text: string): string => tagSpellings[text.trim()] ?? text.trim()

export const RELATIONS = ['配偶', '父亲', '母亲', '儿子', '女儿', '子女', '公婆', '岳父母', '兄弟姐妹', '其他'] as const

/** Whom a roster of a unit takes in. */
export const ROLLS = {
  all: '全体会员',
  women: '女会员',
  retired: '退休人员',
  birthday: '当月过生日的会员',
  listed: '逐个选择',
} as const
export type RollId = keyof typeof ROLLS
