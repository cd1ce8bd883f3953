import { day, numeral, person, persons, times, yuan } from '../invented.ts'
import type { CaseBook } from '../workbook.ts'

/** A provincial office's union: suggestions with prizes, an attendance contest, selections, women's insurance. */
export default function build(): CaseBook {
  const branches = times(5, (at) => `第${numeral(at + 1)}分工会`)
  const women = persons(43, 600)
  return {
    ledger: {
      'union-building.body': [
        ...branches.map((body) => ({ body, kind: '分工会' })),
        ...times(26, (at) => ({ body: `直属${numeral(at + 1)}组`, kind: '机关直属工会小组' })),
      ].map((row, at) => ({ date: day(1, 12), ...row, change: '无变动', leader: person(at), settled: true })),
      'congress.suggestion': times(54, (at) => ({
        date: day(3 + (at % 8), 4 + (at % 20)), title: `建议${at + 1}号`, proposer: person(40 + at), kind: '合理化建议', branch: branches[at % 5]!,
        grade: at < 3 ? '一等奖' : at < 8 ? '二等奖' : at < 17 ? '三等奖' : '未获奖',
      })),
      'congress.review-panel': ['办公部门', '人事部门', '综合部门', '党务部门', '研究部门'].map((department, at) => ({
        date: day(11, 6), title: '合理化建议评审小组', department, member: person(95 + at), role: at ? '成员' : '组长',
      })),
      'competitions.contest': persons(463, 100).map((entrant, at) => ({
        date: day(1, 16), endDate: day(12, 19), title: '爱岗敬业全勤竞赛', series: '爱岗敬业全勤竞赛', entrant, team: branches[at % 5]!, award: '参加',
      })),
      'competitions.skill-contest': persons(18, 100).map((entrant, at) => ({
        date: day(9, 24), title: '微机打字比赛', kind: '微机打字比赛', level: '本单位', entrant, trade: '文字录入', award: at < 1 ? '一等奖' : at < 3 ? '二等奖' : at < 6 ? '三等奖' : '未获奖',
      })),
      'honours.selection': [
        ...persons(37, 100).map((name) => ({ person: name, category: '先进个人' })),
        ...persons(23, 140).map((name) => ({ person: name, category: '优秀个人' })),
        ...times(10, (at) => ({ team: `第${numeral(at + 1)}党支部`, category: '先进党支部' })),
      ].map((line) => ({ date: day(6, 27), title: '先进和优秀评选', kind: '联合评选', ...line, chosen: true })),
      'care.standing-rule': [
        ...['生病', '住院', '结婚', '生育', '家庭困难', '亲属去世'].map((matter) => ({ kind: '必访事项', content: `职工${matter}必访` })),
        ...['知道家庭情况', '知道思想状况', '知道实际困难'].map((content) => ({ kind: '应知情况', content })),
      ].map((line) => ({ date: day(1, 9), title: '职工走访制度', mustVisits: 6, mustKnow: 3, ...line })),
      'hardship.relief': persons(10, 560).map((name, at) => ({
        date: day(1, 15 + at), programme: '困难补助', person: name, household: name, family: '一般困难', amount: yuan(400), source: '本级工会经费',
      })),
      'women.emulation': [{ date: day(3, 5), title: '女职工四赛四比竞赛', kind: '四赛四比', team: '机关女职工', result: '先进单位' }],
      'charity.donation': persons(20, 600).map((name) => ({
        date: day(8, 20), title: '纪念伟人诞辰助学捐款', purpose: '下岗职工及子女', anniversary: 100, person: name, kind: '款', amount: yuan(100),
      })),
      'women.event': women.map((name) => ({ date: day(3, 6), title: '春游', kind: '外出参观', place: '郊县', person: name, done: true })),
      'mutual-aid.enrolment': women.map((name) => ({
        date: day(4, 10), title: '女性安康保险', scheme: '女职工大病安康保险', payer: '工会出资', person: name, group: '女职工', done: true, premium: yuan(30),
      })),
      'women.health-check': women.map((name) => ({ date: day(5, 14), title: '妇科体检', kind: '妇科检查', clinic: '省妇幼医院', person: name, done: true })),
      'women.family-planning': [{ date: day(12, 11), title: '街道计划生育先进单位', kind: '获评先进', person: person(640) }],
      'care.festival': persons(15, 700).map((name, at) => ({
        date: day(1, 21), title: '春节慰问离退休职工和军烈属', festival: '春节', person: name, group: at % 3 ? '退休老职工' : '其他', status: '退休', gift: '米面油',
      })),
    },
  }
}
