export const RELATIONS = ['配偶', '父母', '子女', '兄弟姐妹'] as const
export const PLACES = ['市内', '外地'] as const
export type Place = (typeof PLACES)[number]
/** Why somebody is provided for. */
export const GROUNDS = ['年老无收入', '未成年', '在校就读', '丧失劳动能力'] as const
export const NOTICES = ['函告', '电话通知', '上门通知'] as const
export const PROOFS = ['当面认证', '视频认证', '社区（村）证明', '公安户籍证明', '养老待遇资格认证'] as const
export const RESULTS = ['继续供养', '调整标准', '暂停', '退出供养'] as const
export type Result = (typeof RESULTS)[number] | '待复核'
export const EXIT_REASONS = ['去世', '再婚', '成年就业', '有固定收入', '其他'] as const
/** 代管经费: the employer's money that the union holds and pays on; 行政 and 社保 pay by themselves. */
export const SOURCES = ['工会经费', '代管经费', '行政', '社保'] as const
export type Source = (typeof SOURCES)[number]

export const STATES = { active: '在享', suspended: '暂停', ended: '已退出' } as const
export type SurvivorState = keyof typeof STATES
export const PAY_STATES = { prepared: '待审批', approved: '待发放', paid: '已发放' } as const
export type PayState = keyof typeof PAY_STATES

/** What moves the employer's money that the union holds. */
export const HELD_KINDS = {
  receipt: '收到代管遗属抚恤金',
  pay: '发放代管遗属抚恤金',
  recovery: '追回代管遗属抚恤金',
  return: '退还代管遗属抚恤金',
} as const
export type HeldKind = keyof typeof HELD_KINDS
