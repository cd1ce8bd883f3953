/** Whom a report is for. */
export const AUDIENCES = {
  inside: { title: '内部版', help: '给本单位和上级工会看，数字准确。' },
  outside: {
    title: '对外版',
    help: '公开或送外单位用。困难、疾病、生育、理赔等涉及隐私的人数、户数很少时写“少于5人”，能倒推出它的数写“不单列”。',
  },
} as const
export type Audience = keyof typeof AUDIENCES
