/** For whom a drive asks. A colleague's drives count in 帮扶募捐, the others in 捐资捐物. */
export const CAUSES = {
  illness: '重病职工定向募捐',
  hardship: '帮扶困难职工募捐',
  love: '献爱心捐款',
  society: '面向社会捐款',
} as const
export type Cause = keyof typeof CAUSES
export const SOCIETY_PURPOSES = ['贫困学生', '下岗职工及子女', '受灾地区', '植树绿化', '文化纪念', '其他'] as const
export const USE_STATES = { asked: '待批准', granted: '待付款', refused: '未批准', paid: '已付款' } as const
export const PAIR_KINDS = { family: '结对家庭', pupil: '“一助一”助学' } as const
export const FAMILY_AID = [
  '现金',
  '学费',
  '建房费',
  '床垫',
  '科技书籍',
  '学习用品',
  '生活物资',
  '生产资料',
  '其他',
] as const
export const PUPIL_AID = ['学费', '生活费', '学习用品', '书籍', '其他'] as const
