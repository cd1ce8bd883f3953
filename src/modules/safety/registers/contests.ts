import { field, register } from '../../../kernel/register/declaration.ts'

/** The safety and health cup: which teams take part and what the unit was given for it. */
export const ankangCup = register({
  id: 'safety.ankang-cup',
  title: '“安康杯”竞赛',
  domain: 'AQ',
  mechanisms: ['AQ-01'],
  help: '每年一条记录，每个参赛班组占一行。',
  dateLabel: '启动日期',
  titleLabel: '竞赛名称',
  fields: [
    field.choice('honour', '单位获得的评价', ['全国优胜（示范）单位', '省级优胜单位', '市级优胜单位', '未参评']),
  ],
  lines: {
    title: '参赛班组',
    fields: [
      field.text('team', '班组名称', { required: true, dim: true }),
      field.text('department', '班组所在单位', { dim: true }),
      field.integer('score', '得分', { min: 0, max: 1000 }),
      field.choice('result', '班组结果', ['参加', '达标', '优胜'], { required: true }),
    ],
  },
  metrics: [
    {
      id: 'safety.ankang-cup.teams',
      label: '“安康杯”竞赛参赛班组数',
      unit: '个',
      aggregate: { distinct: { dim: 'team' }, of: 'line' },
      definition: '同一班组多次登记只计一个；重名班组请在班组名称前加单位名',
    },
    {
      id: 'safety.ankang-cup.departments',
      label: '“安康杯”竞赛参赛单位数',
      unit: '个',
      aggregate: { distinct: { dim: 'department' }, of: 'line' },
    },
    {
      id: 'safety.ankang-cup.winning-teams',
      label: '“安康杯”竞赛优胜班组数',
      unit: '个',
      aggregate: { distinct: { dim: 'team' }, of: 'line', where: { result: '优胜' } },
    },
    {
      id: 'safety.ankang-cup.nation-honours',
      label: '获全国“安康杯”竞赛优胜（示范）单位次数',
      unit: '次',
      aggregate: { sum: 'record', where: { honour: '全国优胜（示范）单位' } },
    },
    {
      id: 'safety.ankang-cup.honours',
      label: '获上级“安康杯”竞赛优胜单位次数',
      unit: '次',
      aggregate: {
        sum: 'record',
        where: { honour: ['全国优胜（示范）单位', '省级优胜单位', '市级优胜单位'] },
      },
    },
  ],
  clauses: [
    {
      text: '{period}在{safety.ankang-cup.teams}班组开展“安康杯”竞赛[，涉及单位{safety.ankang-cup.departments}][，其中优胜班组{safety.ankang-cup.winning-teams}]。',
      weight: 92,
    },
    {
      text: '{period}单位获“安康杯”竞赛上级优胜{safety.ankang-cup.honours}[，其中全国级{safety.ankang-cup.nation-honours}]。',
      weight: 80,
    },
  ],
  sample: {
    date: '2025-03-15',
    title: '年度“安康杯”竞赛',
    honour: '市级优胜单位',
    team: '电气二班',
    department: '电气分场',
    score: '93',
    result: '优胜',
  },
})

/** Safety sentinels and their chiefs: the year's roll with its stars. */
export const sentinel = register({
  id: 'safety.sentinel',
  title: '“安全哨兵”活动',
  domain: 'AQ',
  mechanisms: ['AQ-02'],
  help: '每次评星（或聘任）、互检交流一条记录，每位哨长、哨兵占一行。',
  titleLabel: '活动名称',
  fields: [field.choice('kind', '活动种类', ['聘任', '年度评星', '互检交流'], { required: true })],
  lines: {
    title: '哨长与哨兵',
    fields: [
      field.person('sentinel', '哨长（哨兵）姓名', { required: true }),
      field.choice('role', '身份', ['哨长', '哨兵'], { required: true }),
      field.text('department', '所在单位', { dim: true }),
      field.choice('award', '称号', ['最佳哨长', '星级哨兵', '无']),
    ],
  },
  metrics: [
    {
      id: 'safety.sentinel.chiefs',
      label: '安全哨长人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line', where: { role: '哨长' } },
    },
    {
      id: 'safety.sentinel.sentinels',
      label: '安全哨兵人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line', where: { role: '哨兵' } },
    },
    {
      id: 'safety.sentinel.best-chiefs',
      label: '最佳哨长人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line', where: { award: '最佳哨长' } },
    },
    {
      id: 'safety.sentinel.star-sentinels',
      label: '星级哨兵人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line', where: { award: '星级哨兵' } },
    },
    {
      id: 'safety.sentinel.mutual-inspections',
      label: '安全哨兵互检交流次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '互检交流' } },
    },
  ],
  clauses: [
    {
      text: '{period}开展“安全哨兵”活动，在岗哨兵{safety.sentinel.sentinels}[，哨长{safety.sentinel.chiefs}][，互检交流{safety.sentinel.mutual-inspections}]。',
      weight: 78,
    },
    { text: '{period}评出最佳哨长{safety.sentinel.best-chiefs}。', weight: 77 },
    { text: '{period}评出星级哨兵{safety.sentinel.star-sentinels}。', weight: 76 },
  ],
  sample: {
    date: '2025-12-12',
    title: '年度安全哨兵评星',
    kind: '年度评星',
    sentinel: '俞向东',
    role: '哨长',
    department: '电气分场',
    award: '最佳哨长',
  },
})

/** Mass safety supervisors appointed. */
export const supervisor = register({
  id: 'safety.supervisor',
  title: '群众安全监督员',
  domain: 'AQ',
  mechanisms: ['AQ-03'],
  help: '每批聘任一条记录，每位监督员占一行。',
  dateLabel: '聘任日期',
  endDateLabel: '聘期届满',
  titleLabel: '聘任名称',
  fields: [field.text('documentNo', '聘任文号')],
  lines: {
    title: '监督员',
    fields: [
      field.person('supervisor', '监督员姓名', { required: true }),
      field.text('department', '所在单位', { dim: true }),
      field.yesno('fresh', '是否新聘', { required: true }),
    ],
  },
  metrics: [
    {
      id: 'safety.supervisor.people',
      label: '聘任群众安全监督员人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line' },
    },
    {
      id: 'safety.supervisor.fresh',
      label: '新聘群众安全监督员人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line', where: { fresh: '是' } },
    },
    {
      id: 'safety.supervisor.departments',
      label: '配有群众安全监督员的单位数',
      unit: '个',
      aggregate: { distinct: { dim: 'department' }, of: 'line' },
    },
  ],
  clauses: [
    {
      text: '{period}聘任群众安全监督员{safety.supervisor.people}[，其中新聘{safety.supervisor.fresh}][，分布在{safety.supervisor.departments}单位]。',
      weight: 84,
    },
  ],
  sample: {
    date: '2025-04-09',
    endDate: '2027-04-08',
    title: '第三批群众安全监督员',
    documentNo: '工字〔2025〕14号',
    supervisor: '俞向东',
    department: '电气分场',
    fresh: '是',
  },
})
