import { day, numeral, person, persons, times, yuan } from '../invented.ts'
import type { CaseBook } from '../workbook.ts'

/** A town's union: its bodies checked against the standards, migrants' children, new year visits, open lacks, plans. */
export default function build(): CaseBook {
  const villages = times(9, (at) => `第${numeral(at + 1)}村工会`)
  const committees = ['工会委员会', '经费审查委员会', '女职工委员会', '劳动争议调解委员会', '劳动法律监督委员会', '劳动保护监督检查委员会']
  const items = ['有组织机构', '有阵地', '有公章', '有制度', '有牌子', '有经费', '有活动', '有档案']
  return {
    ledger: {
      'publicity.upper-document': [
        { date: day(2, 18), title: '省总工会全委会', level: '省总工会', term: 11, plenum: 4, measures: '逐条分工，列入全年计划' },
        { date: day(3, 6), title: '市总工会全委会', level: '市总工会', term: 3, plenum: 9, measures: '召开会议传达' },
      ],
      'union-building.committee': committees.flatMap((kind, at) =>
        times(3, (place) => ({ date: day(1, 20), kind, member: person(at * 3 + place), post: place ? '委员' : '主任' })),
      ),
      'union-building.checklist': items.map((item) => ({
        date: day(11, 12), standard: '八有', body: '镇工会', item, done: true, evidence: '现场查看',
      })),
      'union-building.employer-check': [
        ...villages.map((employer) => ({ employer: employer.replace('村工会', '村加工厂'), kind: '企业' })),
        ...['镇中心学校', '镇卫生院', '镇农技站'].map((employer) => ({ employer, kind: '事业单位' })),
      ].map((line) => ({ date: day(11, 20), title: '辖区单位逐家核对', ...line, done: true })),
      'union-building.membership-check': persons(120, 30).map((staff, at) => ({
        date: day(11, 25), title: '辖区职工逐人核对', staff, employer: at % 2 ? '镇中心学校' : '第一村加工厂', done: true, fresh: at % 10 === 0,
      })),
      'union-building.demonstration': [{ date: day(4, 10), body: '河湾村工会', kind: '村级', stage: '建设中' }],
      'safety.inspection': villages.map((place, at) => ({
        date: day(1 + at, 9), place, kind: '安全生产督导检查', joint: true, hazard: '消防通道堆放杂物', level: '一般', reported: true, fixed: true,
      })),
      'hardship.warmth': persons(40, 200).map((name, at) => ({
        date: day(1, 20 + (at % 4)), title: `走访困难家庭第${numeral(1 + (at % 4))}天`, festival: '春节', person: name, household: name, facing: '困难职工', category: '困难职工', amount: yuan(500),
      })),
      'rights.zero-tuition': persons(30, 300).map((child) => ({ date: day(9, 5), school: '镇中心学校', child, poor: false, dropout: false })),
      'assessment.shortcoming': times(6, (at) => ({ date: day(12, 10), title: `不足之${numeral(at + 1)}`, cause: '人手少', measure: '列入下年计划', mended: false })),
      'planning.plan-item': times(5, (at) => ({ date: day(12, 15), title: `今后工作之${numeral(at + 1)}`, kind: '今后工作', planYear: 2026 })),
    },
  }
}
