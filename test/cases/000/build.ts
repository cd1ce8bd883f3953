import { day, numeral, payments, person, persons, times } from '../invented.ts'
import type { CaseBook } from '../workbook.ts'

/** A court's union: insurance claims, a visiting rule, sports teams, outside games, films once a month. */
export default function build(): CaseBook {
  const sports = ['足球', '篮球', '田径', '乒乓球', '羽毛球', '象棋', '围棋', '太极拳', '健身健美']
  const amounts = payments(9860, 35)
  const results = (title: string, date: string, organiser: string, rows: Record<string, string | number>[], category: string) =>
    rows.map((row) => ({ date, title, level: '市级', organiser, category, ...row }))
  return {
    ledger: {
      'mutual-aid.claim': persons(35).map((name, at) => ({
        date: day(1 + (at % 11), 6 + (at % 20)), scheme: '安康保险', person: name, cause: at % 3 ? '住院' : '意外伤害', enrolled: true, amount: amounts[at]!,
      })),
      'care.standing-rule': [
        ...['生病住院必访', '家庭变故必访', '婚丧大事必访'].map((content) => ({ kind: '必访事项', content })),
        ...['落实走访人', '落实慰问物品', '落实困难原因', '落实后续帮助'].map((content) => ({ kind: '落实要求', content })),
      ].map((line) => ({ date: day(1, 8), title: '干警走访慰问制度', mustVisits: 3, followUps: 4, ...line })),
      'activities.team': [
        ...sports.map((speciality, at) => ({
          date: day(1, 10), title: `业余${speciality}队`, kind: '业余队伍', speciality, isNew: false, active: true, person: person(40 + at),
        })),
        { date: day(4, 2), title: '女干警舞蹈队', kind: '骨干队伍', speciality: '舞蹈', isNew: true, active: true, person: person(60) },
      ],
      'activities.delegation': [
        { date: day(5, 17), title: '全市系统运动会', edition: 1, organiser: '系统党委', kind: '综合运动会', person: person(70), event: '跳远' },
        { date: day(9, 20), title: '全市机关运动会', edition: 22, organiser: '机关工委', kind: '综合运动会', person: person(71), event: '铅球' },
      ],
      'honours.contest-result': [
        ...results('系统文艺调演', day(6, 26), '系统党委', [
          { entry: '小品《一封家书》', grade: '特别奖' }, { entry: '舞蹈《晨光》', grade: '一等奖' }, { entry: '合唱《江河》', grade: '二等奖' },
        ], '文艺'),
        ...results('大合唱比赛', day(7, 1), '两家主办单位', [
          { entry: '第一场合唱', grade: '二等奖' }, { entry: '第二场合唱', grade: '二等奖' },
        ], '文艺'),
        ...results('机关羽毛球赛', day(8, 23), '机关工委', [{ entry: '羽毛球队', grade: '名次', rank: 1, rankKind: '团体' }], '体育'),
        ...results('机关乒乓球赛', day(10, 18), '机关工委', [{ entry: '男子乒乓球队', grade: '名次', rank: 3, rankKind: '男子团体' }], '体育'),
      ],
      'activities.event': times(5, (at) => ({
        date: day(2 + at * 2, 15), title: `第${numeral(at + 1)}次全院登山`, kind: '登山健步骑行', place: '城郊山地',
      })),
      'activities.film': times(12, (at) => ({ date: day(1 + at, 18), title: `职工影院第${numeral(at + 1)}部`, place: '礼堂', theme: '主旋律' })),
      'welfare.issue': persons(64).map((name, at) => ({
        date: day(5, 20), title: '游泳更衣证', item: '游泳更衣证', person: name, done: true, number: `Y${String(at + 1).padStart(3, '0')}`,
      })),
    },
  }
}
