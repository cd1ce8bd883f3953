import { field, register } from '../../../kernel/register/declaration.ts'

/** Contests of skill, in the house and outside: one record a contest, one line an entrant and trade. */
export const skillContest = register({
  id: 'competitions.skill-contest',
  title: '职业技能比赛',
  domain: 'JS',
  mechanisms: ['JS-12', 'JS-13', 'JS-24'],
  help: '每场比赛一条记录，每位选手占一行，写明工种、名次和奖项。',
  dateLabel: '比赛日期',
  titleLabel: '比赛名称',
  fields: [
    field.choice('kind', '种类', ['职业技能大赛', '岗位练兵', '技术比武', '微机打字比赛'], { required: true }),
    field.choice('level', '级别', ['全国', '省级', '市级', '县（区）级', '集团公司级', '本单位'], { required: true }),
    field.integer('edition', '届', { min: 1, max: 200 }),
    field.integer('teamRank', '团体名次', { min: 1, max: 999 }),
  ],
  lines: {
    title: '参赛选手',
    fields: [
      field.person('entrant', '选手姓名', { required: true }),
      field.choice('trade', '工种（项目）', ['车工', '焊工', '维修电工', '探伤工', '钳工', '文字录入'], {
        required: true,
        open: true,
      }),
      field.integer('rank', '名次', { min: 1, max: 9999, dim: true }),
      field.choice('award', '奖项', ['一等奖', '二等奖', '三等奖', '技术能手', '优秀选手', '未获奖'], {
        required: true,
      }),
    ],
  },
  metrics: [
    { id: 'competitions.skill-contest.count', label: '职业技能比赛场次', unit: '场', aggregate: { sum: 'record' } },
    {
      id: 'competitions.skill-contest.outside',
      label: '参加上级职业技能大赛次数',
      unit: '次',
      aggregate: {
        sum: 'record',
        where: { kind: '职业技能大赛', level: ['全国', '省级', '市级', '县（区）级', '集团公司级'] },
      },
    },
    {
      id: 'competitions.skill-contest.entrants',
      label: '参加职业技能大赛人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '职业技能大赛' } },
    },
    {
      id: 'competitions.skill-contest.winners',
      label: '职业技能大赛获奖人数',
      unit: '名',
      aggregate: {
        distinct: 'person',
        of: 'line',
        where: { kind: '职业技能大赛', award: ['一等奖', '二等奖', '三等奖', '技术能手', '优秀选手'] },
      },
      definition: '获优秀选手及以上称号或奖项的选手，按人计',
    },
    {
      id: 'competitions.skill-contest.trades',
      label: '职业技能大赛参赛工种数',
      unit: '项',
      aggregate: { distinct: { dim: 'trade' }, of: 'line', where: { kind: '职业技能大赛' } },
    },
    {
      id: 'competitions.skill-contest.drills',
      label: '岗位练兵和技术比武场次',
      unit: '场',
      aggregate: { sum: 'record', where: { kind: ['岗位练兵', '技术比武'] } },
    },
    {
      id: 'competitions.skill-contest.drill-entrants',
      label: '参加岗位练兵和技术比武人次',
      unit: '人次',
      aggregate: { sum: 'line', where: { kind: ['岗位练兵', '技术比武'] } },
    },
    {
      id: 'competitions.skill-contest.typing-entrants',
      label: '参加微机打字比赛人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '微机打字比赛' } },
    },
    {
      id: 'competitions.skill-contest.typing-grades',
      label: '微机打字比赛奖级数',
      unit: '级',
      aggregate: {
        distinct: { dim: 'award' },
        of: 'line',
        where: { kind: '微机打字比赛', award: ['一等奖', '二等奖', '三等奖'] },
      },
    },
    {
      id: 'competitions.skill-contest.typing-winners',
      label: '微机打字比赛获奖人数',
      unit: '人',
      aggregate: {
        distinct: 'person',
        of: 'line',
        where: { kind: '微机打字比赛', award: ['一等奖', '二等奖', '三等奖', '优秀选手'] },
      },
    },
    {
      id: 'competitions.skill-contest.best-rank',
      label: '第一名人次',
      unit: '人次',
      aggregate: { sum: 'line', where: { rank: '1' } },
    },
    {
      id: 'competitions.skill-contest.team-rank',
      label: '职业技能比赛团体名次',
      unit: '名次',
      aggregate: { stated: 'teamRank' },
      definition: '取期内最近一场填有团体名次的比赛',
    },
    {
      id: 'competitions.skill-contest.edition',
      label: '职业技能比赛届数',
      unit: '届',
      aggregate: { stated: 'edition' },
      definition: '取期内最近一场填有届数的比赛',
    },
  ],
  clauses: [
    {
      text: '{period}组织职工{competitions.skill-contest.entrants}参加职业技能大赛[，涉及工种{competitions.skill-contest.trades}][，其中获奖{competitions.skill-contest.winners}]。',
      weight: 90,
    },
    {
      text: '{date}，参加{title}[，派出选手{competitions.skill-contest.entrants}][，获奖{competitions.skill-contest.winners}][，夺得第一名{competitions.skill-contest.best-rank}][，获团体第{competitions.skill-contest.team-rank#}名]，参赛工种{competitions.skill-contest.trades}。',
      each: { max: 4, where: { kind: '职业技能大赛' } },
      weight: 70,
    },
    {
      text: '{period}开展岗位练兵、技术比武{competitions.skill-contest.drills}[，参加{competitions.skill-contest.drill-entrants}]。',
      weight: 76,
    },
    {
      text: '{period}举办微机打字比赛[，参赛{competitions.skill-contest.typing-entrants}]，设奖{competitions.skill-contest.typing-grades}[，获奖{competitions.skill-contest.typing-winners}]。',
      weight: 64,
    },
  ],
  sample: {
    date: '2025-09-13',
    title: '全市职工职业技能大赛',
    kind: '职业技能大赛',
    level: '市级',
    edition: '11',
    entrant: '雷承志',
    trade: '焊工',
    rank: '1',
    award: '技术能手',
  },
})

/** A contest with rounds that names a fixed number of best in each category. */
export const topTen = register({
  id: 'competitions.top-ten',
  title: '“十佳”技能竞赛',
  domain: 'JS',
  mechanisms: ['JS-11'],
  help: '每届竞赛一条记录，每位报名者每个类别占一行，写明走到哪一轮、是否评为“十佳”。',
  dateLabel: '决赛日期',
  titleLabel: '竞赛名称',
  fields: [
    field.integer('edition', '届', { min: 1, max: 200 }),
    field.integer('quota', '每类名额', { min: 1, max: 100 }),
  ],
  lines: {
    title: '参赛人员',
    fields: [
      field.person('entrant', '参赛人', { required: true }),
      field.choice(
        'category',
        '类别',
        ['临床基本理论', '病历书写', '临床技能操作', '护理基本理论', '护理技能操作', '护理沟通交流'],
        { required: true, open: true },
      ),
      field.choice('round', '最终轮次', ['初赛', '复赛', '决赛'], { required: true }),
      field.yesno('won', '是否评为十佳', { required: true }),
    ],
  },
  metrics: [
    {
      id: 'competitions.top-ten.entrants',
      label: '“十佳”竞赛报名人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line' },
    },
    {
      id: 'competitions.top-ten.categories',
      label: '“十佳”竞赛类别数',
      unit: '类',
      aggregate: { distinct: { dim: 'category' }, of: 'line' },
    },
    {
      id: 'competitions.top-ten.finalists',
      label: '进入决赛人次',
      unit: '人次',
      aggregate: { sum: 'line', where: { round: '决赛' } },
    },
    {
      id: 'competitions.top-ten.winners',
      label: '评为“十佳”人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { won: '是' } },
    },
    {
      id: 'competitions.top-ten.edition',
      label: '“十佳”竞赛届数',
      unit: '届',
      aggregate: { stated: 'edition' },
    },
    {
      id: 'competitions.top-ten.quota',
      label: '“十佳”竞赛每类名额',
      unit: '名额',
      aggregate: { stated: 'quota' },
    },
  ],
  clauses: [
    {
      text: '{date}举行第{competitions.top-ten.edition#}届{title}，在{competitions.top-ten.categories}项目中评出“十佳”{competitions.top-ten.winners}[，报名{competitions.top-ten.entrants}][，决赛{competitions.top-ten.finalists}][，每类设{competitions.top-ten.quota}]。',
      each: { max: 2 },
      weight: 88,
    },
    {
      text: '{period}评出技能竞赛“十佳”{competitions.top-ten.winners}[，报名{competitions.top-ten.entrants}]。',
      weight: 80,
    },
  ],
  sample: {
    date: '2025-06-20',
    title: '临床基本技能竞赛',
    edition: '3',
    quota: '10',
    entrant: '沈秋白',
    category: '病历书写',
    round: '决赛',
    won: '是',
  },
})
