import { day, persons, yuan } from '../invented.ts'
import type { CaseBook } from '../workbook.ts'

const staff = persons(68)
const women = staff.slice(0, 31)
const retired = persons(42, 100)
const delegates = staff.slice(10, 40)

/** A training school's union: everybody was reached, so every list names all who were due, each with what came of it. */
export default function build(): CaseBook {
  return {
    roster: {
      headers: ['姓名', '性别', '工号', '入会日期', '人员状态'],
      rows: [...staff, ...retired].map((name, at) => [
        name, at < 31 || at >= 90 ? '女' : '男', `T${String(at + 1).padStart(3, '0')}`, '2005-09-01', at < staff.length ? '在职' : '退休',
      ]),
    },
    ledger: {
      'congress.delegate-training': delegates.map((delegate) => ({ date: day(4, 7), title: '代表履职培训', form: '专题授课', delegate, done: true })),
      'congress.session': [
        ...delegates.map((delegate) => ({ date: day(3, 31), endDate: day(4, 7), title: '第一次教代会', meeting: 1, delegate })),
        ...delegates.map((delegate) => ({ date: day(9, 25), endDate: day(9, 25), title: '第二次教代会', meeting: 2, delegate })),
      ].map((row) => ({ kind: '教职工代表大会', term: 9, attended: true, ...row })),
      'congress.agenda': [
        ['教师岗位聘任办法', '岗位聘任办法'], ['绩效工资办法', '工资与绩效办法'],
      ].map(([document, category]) => ({ date: day(4, 7), title: '第一次教代会', document, category, act: '审议通过' })),
      'congress.delegate-election': delegates.map((delegate) => ({
        date: day(3, 20), title: '教代会代表选举', kind: '换届选举', level: '公司（院、校）级', delegate, elected: true,
      })),
      'training.film': ['故土', '新程', '长河'].flatMap((film, at) => staff.map((viewer) => ({ date: day(5 + at * 2, 22), film, theme: '爱国主义', viewer }))),
      'activities.event': [
        { date: day(9, 10), title: '教师节庆祝', kind: '节日庆祝', festival: '教师节' },
        { date: day(9, 29), title: '国庆歌咏', kind: '歌咏朗诵', festival: '国庆' },
        { date: day(4, 19), title: '教师骑行', kind: '登山健步骑行', festival: '无' },
      ],
      'women.event': [
        ...women.map((name) => ({ date: day(3, 6), title: '外出参观', kind: '外出参观', person: name, done: true })),
        ...women.slice(0, 20).map((name) => ({ date: day(12, 11), title: '女教工沙龙', kind: '其他', person: name, done: true })),
      ],
      'welfare.birthday': staff.map((name, at) => ({
        date: day(3 + (at % 10), 1 + (at % 28)), title: `生日慰问${3 + (at % 10)}月`, form: '蛋糕贺卡', person: name, done: true, cost: yuan(80),
      })).map((row) => ({ ...row, date: row.date.slice(0, 8) + '01' })),
      'welfare.trip': ['海滨线', '山水线', '古城线'].flatMap((title, route) =>
        staff.filter((_, at) => at % 3 === route).map((name) => ({ date: day(7, 8 + route), endDate: day(7, 12 + route), title, kind: '暑期出游', leader: '工会委员', person: name, status: '在职', subsidy: yuan(300) })),
      ),
      'care.home-visit': staff.slice(50, 62).map((name, at) => ({
        date: day(8, 12), title: '暑期家访', withinYears: 3, visitors: '学校领导和工会', person: name, ground: at < 8 ? '临近退休' : '家庭困难', done: true,
      })),
      'welfare.check-up': [
        ...staff.map((name) => ({ date: day(10, 16), endDate: day(10, 18), title: '教职工体检', scope: '全员体检', hospital: '外地医院', away: true, person: name, status: '在职', done: true })),
        ...retired.map((name) => ({ date: day(5, 31), title: '退休教师体检', scope: '退休体检', hospital: '中心医院', away: false, person: name, status: '退休', done: true })),
      ],
      'care.children-gift': persons(16, 200).map((name, at) => ({
        date: day(6, 1), title: '“六一”礼品', condition: '初中预备班以下', person: name, parent: staff[at]!, stage: at % 2 ? '小学' : '幼儿园', done: true,
      })),
      'welfare.issue': staff.map((name) => ({ date: day(10, 22), title: '计步器', item: '计步器', person: name, done: true, quantity: 1 })),
      'mutual-aid.enrolment': ['重特大病医疗保险', '人身意外险'].flatMap((scheme) =>
        retired.map((name) => ({ date: day(1, 17), title: `退休教师${scheme}`, scheme, payer: '行政出资', person: name, group: '退休职工', done: true })),
      ),
      'retirees.gift': retired.map((name) => ({ date: day(5, 9), title: '展会门票', kind: '门票', person: name, done: true })),
      'retirees.activity': [
        { date: day(9, 10), title: '教师节返校', kind: '教师节返校', form: '座谈' },
        { date: day(10, 29), title: '重阳节参观', kind: '重阳（老年）节活动', form: '参观' },
      ].flatMap((round) => retired.map((name, at) => ({ ...round, person: name, status: '退休', invited: true, done: round.form === '参观' || at % 7 > 0 }))),
    },
  }
}

