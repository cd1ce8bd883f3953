import { day, numeral, person, persons, times } from '../invented.ts'
import type { CaseBook } from '../workbook.ts'

const women = persons(86)
const staff = persons(190)

/** A county office's union: its groups, weekly study, the women's check-up, a festive meeting with a partner. */
export default function build(): CaseBook {
  const groups = times(11, (at) => `第${numeral(at + 1)}工会小组`)
  return {
    roster: {
      headers: ['姓名', '性别', '工号', '入会日期'],
      rows: staff.map((name, at) => [name, at < women.length ? '女' : '男', `J${String(at + 1).padStart(4, '0')}`, '2015-07-01']),
    },
    ledger: {
      'union-building.meeting': times(2, (at) => ({
        date: day(3 + at * 6, 11), title: `第${numeral(at + 1)}次专题研究工会工作`, kind: '工会工作专题会议', attendee: person(100 + at), attended: true,
      })),
      'women.health-check': women.map((name) => ({
        date: day(6, 10), endDate: day(6, 12), title: '女职工健康检查', kind: '妇科检查', clinic: '妇幼医院', daysHeld: 3, person: name, done: true,
      })),
      'charity.exchange': persons(46, 90).map((name) => ({
        date: day(6, 29), title: '庆“七一”联谊', partner: '共建单位', kind: '联谊', occasion: '“七一”前夕', person: name, role: '职工代表',
      })),
      'union-building.membership-check': staff.map((name) => ({ date: day(12, 5), title: '机关全体职工', staff: name, done: true, fresh: false })),
      'union-building.body': groups.map((body, at) => ({
        date: day(1, 15), body, kind: '工会小组', change: '无变动', leader: person(120 + at), settled: true,
      })),
      'union-building.rule': [
        ['工会主席职责', '主席职责'], ['工会委员会职责', '委员会职责'], ['女职工委员职责', '女职工委员职责'], ['工会小组长职责', '委员职责'],
      ].map(([title, topic]) => ({ date: day(2, 20), title, kind: '岗位职责', topic, fresh: true, posted: true })),
      'training.study': times(52, (week) => week).flatMap((week) =>
        groups.map((group) => ({
          date: day(1, 3, week * 7), title: `第${week + 1}周学习`, kind: '政治业务学习', group, recorded: true, notes: week % 4 === 0,
        })),
      ),
      'honours.selection': groups.flatMap((group, at) =>
        times(1 + (at % 2), (place) => ({
          date: day(12, 20), title: '年终先进评选', kind: '年终先进评选', quotaMin: 1, quotaMax: 2, person: person(130 + at * 2 + place), group, category: '先进个人', chosen: true,
        })),
      ),
      'women.event': persons(40).map((name) => ({ date: day(3, 7), title: '参加妇女运动会', kind: '文体比赛', person: name, done: true })),
      'activities.event': ['自行车', '棋类', '排球', '乒乓球'].map((sport, at) => ({
        date: day(4, 27 + at), title: `“五一”${sport}比赛`, kind: '单项比赛', sport, festival: '五一', person: person(140 + at), result: '第一名',
      })),
      'care.festival': [['元旦', day(1, 2)], ['春节', day(1, 22)], ['国庆', day(9, 28)]].flatMap(([festival, date]) =>
        persons(12, 300).map((name) => ({ date, title: `${festival}慰问退休老职工`, festival, person: name, group: '退休老职工', status: '退休', gift: '米面油' })),
      ),
    },
  }
}
