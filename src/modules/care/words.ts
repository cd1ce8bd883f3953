/** Values shared by the visits and the standards they are measured against: both tables must speak alike. */
export const STATUSES = ['在职', '退休', '离休', '内退', '劳务派遣', '其他'] as const
export const OCCASIONS = [
  '住院',
  '生病',
  '结婚',
  '生育',
  '直系亲属去世',
  '职工去世',
  '看望老专家老领导',
  '孤寡独居',
  '长期卧床',
  '家庭变故',
  '退休',
  '其他',
] as const
export const RELATIVES = ['配偶', '父母', '子女', '其他亲属'] as const
export const RELATIONS = ['本人', ...RELATIVES] as const
export const LEADERS = ['单位领导', '工会主席', '分会主席', '工会小组长', '工会委员'] as const

export const SOURCES = { request: '从工会账上采购', stock: '领用库存物品', bought: '已经买好' } as const
export const HOWS = { self: '本人领取', substitute: '代领', delivery: '送上门' } as const
export const ROUND_STATES = { draft: '未开始', open: '发放中', closed: '已结束', cancelled: '已取消' } as const
export const FESTIVALS = [
  '元旦',
  '春节',
  '“三八”妇女节',
  '“五一”劳动节',
  '端午',
  '“七一”',
  '中秋',
  '教师节',
  '国庆',
  '重阳',
  '护士节',
  '记者节',
] as const
export const BIRTHDAY_FORMS = ['蛋糕贺卡', '蛋糕券', '集体生日会'] as const
