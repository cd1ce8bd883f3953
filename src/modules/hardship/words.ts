/** What a branch is asked before it opens a file; any yes excludes, until the district says otherwise. */
export const EXCLUSIONS = [
  '家庭有两套以上住房',
  '家庭成员办有企业或商铺',
  '家庭有非生产用小汽车',
  '子女自费出国或就读高收费学校',
  '拒绝入户核查或隐瞒收入财产',
] as const
export const GROUNDS = [
  '本人大病',
  '家属大病',
  '子女上学',
  '单亲抚养',
  '工伤致残',
  '残疾',
  '下岗失业',
  '意外灾害',
  '收入偏低',
  '其他',
] as const
export const KIN = ['配偶', '子女', '父亲', '母亲', '其他'] as const
export const CATEGORIES = ['深度困难', '相对困难', '意外致困'] as const

/** States of a file, as they stand on screens. */
export const STATES = {
  draft: '待提交',
  applied: '待受理核查',
  checked: '待公示',
  published: '公示中',
  'on-file': '在档',
  lifted: '已脱困退出',
  rejected: '未予建档',
  withdrawn: '已撤回',
} as const
export type FileState = keyof typeof STATES
