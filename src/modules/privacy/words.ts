/** Uses of somebody's data that each need a yes of their own. */
export const USES = {
  photo: { title: '活动照片用于宣传', help: '不同意的，宣传材料不使用能认出您的照片。' },
  named: { title: '公布姓名', help: '捐款致谢、志愿服务等公开时写您的姓名；每次募捐也可以单独决定。' },
  comparison: { title: '申请帮扶时比对信息', help: '核对房产、车辆、工商登记。不同意的，仍可申请，由工会入户核查。' },
  reminder: { title: '体检复查提醒', help: '体检机构提示复查时，由工会提醒您一次；工会不保存检查结果。' },
} as const
export type Use = keyof typeof USES
