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
