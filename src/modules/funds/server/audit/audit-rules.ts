import { rule } from '../../../../kernel/rules/card.ts'

/** Clocks of an audit. Nobody has read the articles in full: they warn and never block (docs/house-rules: «Rules cite»). */
export const noticeCard = rule({
  id: 'FU-AUDIT-NOTICE',
  title: '审计通知书的提前送达',
  text: '实施审查前，应提前送达审计通知书；通行做法为三个工作日前。',
  source: '中国工会审计条例',
  article: '审计程序',
  level: 'national',
  strength: 'deadline',
  verification: 'memory',
  from: '1949-10-01',
  subject: '经费审查',
  test: { kind: 'deadline', n: 3, unit: 'working-day', direction: 'before', start: '进场审查之日' },
})
