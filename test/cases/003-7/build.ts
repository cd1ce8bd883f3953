import { day, numeral, payments, person, persons, times, yuan } from '../invented.ts'
import type { CaseBook, LedgerRow } from '../workbook.ts'

const workshops = ['铸造分会', '机加分会', '装配分会', '热处理分会', '动力分会', '检验分会']

/** A large factory's union: contests as funnels, motions, new year visits, insurance, good deeds, clubs, commentators. */
export default function build(): CaseBook {
  return { ledger: { ...contests(), ...democracy(), ...care(), ...culture(), ...union() } }
}

function contests(): Record<string, LedgerRow[]> {
  const carriers = ['专项竞赛', '攻关竞赛', '“五小”竞赛', '创记录竞赛', '班组创优竞赛']
  return {
    'competitions.contest': carriers.map((carrier, at) => ({
      date: day(1 + at, 12), title: `${carrier}活动`, series: '主题劳动竞赛', carrier, entrant: person(at), team: workshops[at]!, award: '参加',
    })),
    'competitions.project': times(77, (at) => ({
      date: day(1 + (at % 10), 5 + (at % 20)), title: `攻关项目${at + 1}号`, kind: '技术攻关', department: workshops[at % 6]!, done: at < 49,
      award: at < 17 ? '优秀成果奖' : '未获奖', member: person(10 + at),
    })),
    'competitions.excellence': [
      ...times(13, (at) => ({ date: day(12, 8), kind: '岗位创优团队', team: `创优团队${at + 1}号` })),
      ...persons(47, 100).map((worker, at) => ({
        date: day(12, 8), kind: '岗位创优能手', worker, record: ['生产', '承揽', '销售'][at % 3]!,
      })),
    ],
    'safety.sentinel': persons(24, 150).map((sentinel, at) => ({
      date: day(12, 4), title: '年度评星', kind: '年度评星', sentinel, role: at < 6 ? '哨长' : '哨兵', department: workshops[at % 6]!, award: at < 6 ? '最佳哨长' : '星级哨兵',
    })),
    'competitions.skill-contest': persons(56, 200).map((entrant, at) => ({
      date: day(9, 13), title: '全市职工职业技能大赛', kind: '职业技能大赛', level: '市级', entrant, trade: ['车工', '焊工', '钳工', '维修电工'][at % 4]!, award: at < 12 ? '优秀选手' : '未获奖',
    })),
    'honours.award': [
      ...persons(2, 260).map((name) => ({ date: day(4, 28), title: '市五一劳动奖章', level: '市级', holderKind: '个人', person: name, kind: '五一劳动奖' })),
      ...times(19, (at) => ({ date: day(12, 26), title: '先进分支会', level: '本单位', holderKind: '集体', holder: `第${numeral(at + 1)}支会`, kind: '先进分会（小组）' })),
      ...persons(20, 270).map((name) => ({ date: day(12, 26), title: '优秀工会干部', level: '本单位', holderKind: '个人', person: name, kind: '优秀工会干部' })),
    ],
  }
}

function democracy(): Record<string, LedgerRow[]> {
  return {
    'congress.delegate-training': times(2, (at) => at).flatMap((at) =>
      persons(30, 300).map((delegate) => ({ date: day(2 + at * 5, 21), title: `第${numeral(at + 1)}次代表培训`, form: '专题授课', delegate, done: true })),
    ),
    'congress.delegate-election': ['公司（院、校）级', '基层（分会）级'].flatMap((level, round) =>
      persons(6, 340 + round * 10).map((delegate, at) => ({
        date: day(1, 14 + round), title: `${round ? '基层' : '公司'}职工代表增补`, kind: '增补', level, delegate, constituency: workshops[at]!, elected: true,
      })),
    ),
    'congress.motion': times(108, (at) => ({
      date: day(1, 16 + (at % 8)), title: `提案${at + 1}号`, proposer: person(360 + (at % 70)), kind: at % 9 ? '提案' : '议案', channel: '会前征集', delegation: workshops[at % 6]!, filed: at % 2 === 0, replied: at % 2 === 0,
    })),
    'congress.motion-award': [
      ...times(9, (at) => ({ date: day(3, 19), title: '大会提案表彰', award: '最佳提案', winner: `提案${at + 1}号`, proposer: person(360 + at) })),
      ...workshops.map((winner) => ({ date: day(3, 19), title: '大会提案表彰', award: '提案优秀组织单位', winner })),
    ],
    'congress.session': persons(60, 360).map((delegate) => ({
      date: day(3, 18), title: '职工代表大会', kind: '职工代表大会', term: 1, meeting: 12, delegate, attended: true,
    })),
    'appraisal.leader': persons(8, 440).map((leader) => ({
      date: day(3, 18), title: '民主评议公司领导干部', kind: '民主评议领导干部', reportedUp: true, formYears: 15, leader, reported: true, result: '称职',
    })),
  }
}

function care(): Record<string, LedgerRow[]> {
  const warmth = payments(105_640, 278)
  const events = ['结婚', '直系亲属去世', '生育']
  return {
    'hardship.warmth': persons(278, 500).map((name, at) => ({
      date: day(1, 10 + (at % 16)), title: `走访第${at % 16 + 1}组`, festival: '春节', person: name, facing: '困难职工',
      category: ['困难职工', '困难劳模', '困难党员', '住院职工'][at % 4]!, amount: warmth[at]!,
    })),
    'mutual-aid.enrolment': [
      ...persons(732, 800).map((name) => ({
        date: day(4, 16), title: '女职工安康保险', scheme: '女职工大病安康保险', payer: '工会出资', person: name, group: '女职工', kind: '续保', done: true, premium: yuan(20),
      })),
      ...persons(35, 1540).map((name, at) => ({
        date: day(5, 22), title: '医疗综合互助保险', scheme: '职工医疗综合互助保险', payer: '工会出资', person: name, group: at < 13 ? '市级以上劳模' : '市级特困职工', done: true,
      })),
    ],
    'care.visit': payments(22_500, 59).map((amount, at) => ({
      date: day(1 + (at % 6), 3 + (at % 25)), person: person(1600 + at), status: '在职', occasion: events[at % 3]!, relation: at % 3 === 1 ? '父母' : '本人', amount, ledBy: '工会主席',
    })),
    'welfare.good-deed': times(236, (at) => ({
      date: day(1 + (at % 6), 1 + (at % 27)), title: `实事${at + 1}号`, kind: ['办实事', '做好事', '解难事'][at % 3]!, branch: workshops[at % 6]!, area: '生活设施',
    })),
    'care.heat-relief': workshops.map((title, at) => ({
      date: day(7, 21 + at), title, place: '生产车间', ledBy: '工会主席', kind: '食品饮料', item: '绿豆', quantity: 20, measure: '箱', cost: yuan(600),
    })),
  }
}

function culture(): Record<string, LedgerRow[]> {
  const place = (title: string, kind: string, change: string): LedgerRow => ({ date: day(8, 15), title, kind, change })
  const clubs = ['乒乓球', '羽毛球', '集邮', '书画', '跳绳', '摄影']
  return {
    'venues.place': [
      ...workshops.slice(0, 3).map((branch) => place(`${branch}活动室`, '职工活动室', '新建')),
      ...workshops.slice(3, 5).map((branch) => place(`${branch}书屋`, '职工书屋', '新建')),
      ...workshops.slice(0, 2).map((branch) => place(`${branch}乒乓球室`, '乒乓球场地', '改建')),
      ...workshops.slice(2, 4).map((branch) => place(`${branch}篮球场`, '篮球场', '更新改造')),
    ],
    'activities.hosted': [
      { date: day(8, 1), title: '建厂周年乒乓球赛', kind: '单位周年', edition: 60, team: '铸造分会' },
      { date: day(6, 30), title: '庆祝建党文艺演出', kind: '建党周年', edition: 90, team: '机加分会' },
      ...workshops.map((team) => ({ date: day(11, 8), title: '职工扑克大赛', kind: '品牌赛事', edition: 5, rank: 1, team })),
    ],
    'activities.training-session': times(40, (week) => week).flatMap((week) =>
      [1, 3].map((weekday) => ({ date: day(2, 10, week * 7 + weekday), team: '跳绳协会', kind: '协会训练', coach: person(1700) })),
    ),
    'activities.team': clubs.map((speciality, at) => ({
      date: day(1, 9), title: `${speciality}协会`, kind: '文体协会', speciality, isNew: false, active: true, person: person(1710 + at),
    })),
    'activities.artwork': times(30, (at) => ({
      date: day(10, 11), title: `摄影作品${at + 1}号`, person: person(1720 + at), kind: '摄影', exhibition: '职工摄影展', level: at < 5 ? '省级' : at < 12 ? '市级' : '本单位', selected: true, award: '未获奖',
    })),
    'honours.contest-result': [
      { entry: '摄影作品1号', grade: '二等奖', person: person(1720) },
      { entry: '摄影作品6号', grade: '优秀作品奖', person: person(1725) },
    ].map((line) => ({ date: day(10, 30), title: '省市摄影展', level: '市级', category: '书画摄影', ...line })),
  }
}

function union(): Record<string, LedgerRow[]> {
  const plan = (kind: string, count: number): LedgerRow[] =>
    times(count, (at) => ({ date: day(12, 22), title: `${kind}之${numeral(at + 1)}`, kind, planYear: 2026 }))
  const commentators = (kind: string, dates: string[]): LedgerRow[] =>
    dates.flatMap((date, at) => persons(5, 1760).map((name) => ({ date, title: `${kind}${at + 1}`, kind, ...(kind === '聘任' && { batch: 3 }), person: name })))
  return {
    'union-building.election': workshops.slice(0, 3).map((body, at) => ({
      date: day(6, 12 + at), body, kind: '主席直接选举', onTime: true, elected: person(1780 + at), post: '主席', route: '大会直接选举',
    })),
    'union-building.direct-election-check': workshops.map((body, at) => ({
      date: day(12, 1), title: '直选推行情况', target: 10_000, body, done: at < 3,
    })),
    'assessment.commentator': [
      ...commentators('聘任', [day(2, 13)]), ...commentators('会议', [day(3, 27), day(6, 26), day(11, 27)]),
      ...commentators('参加大型活动', [day(5, 8), day(8, 1), day(11, 8)]),
    ],
    'assessment.commentator-opinion': times(28, (at) => ({
      date: day(3 + (at % 9), 27), title: `建议${at + 1}号`, source: '评论员', person: person(1760 + (at % 5)), adopted: at < 15,
    })),
    'assessment.shortcoming': times(4, (at) => ({ date: day(12, 18), title: `不足之${numeral(at + 1)}`, cause: '形式老化', mended: false })),
    'planning.plan-item': [...plan('重点工作', 4), ...plan('突破', 3), ...plan('品牌', 4)],
    'union-building.brand': times(4, (at) => ({ date: day(12, 22), name: `品牌${numeral(at + 1)}`, kind: '工作品牌', stage: '列入计划' })),
  }
}
