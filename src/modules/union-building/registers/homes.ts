import { field, register } from '../../../kernel/register/declaration.ts'

/** Homes of the staff on their way from grade to grade, at every level of the union. */
export const home = register({
  id: 'union-building.home',
  title: '职工之家创建与晋级',
  domain: 'JJ',
  mechanisms: ['JJ-01', 'JJ-02', 'JJ-03', 'JJ-04'],
  help: '每个家每有一次进展（启动创建、自查、验收、授牌晋级）登记一行。',
  dateLabel: '进展日期',
  fields: [
    field.text('body', '建家单位', { required: true, dim: true, key: true }),
    field.choice('kind', '种类', ['职工之家', '职工小家', '教工之家', '干警之家'], { required: true }),
    field.choice('grade', '等级', ['合格', '先进', '规范化', '模范'], { required: true }),
    field.choice('level', '授予级别', ['本单位', '县（区）级', '市级', '集团公司级', '省级', '全国级']),
    field.choice('stage', '进展', ['创建中', '自查', '通过验收', '授牌晋级'], { required: true }),
    field.text('documentNo', '授牌文号'),
  ],
  metrics: [
    {
      id: 'union-building.home.homes',
      label: '开展建家的单位数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record' },
    },
    {
      id: 'union-building.home.reached',
      label: '职工之家通过验收或晋级数',
      unit: '个',
      aggregate: {
        distinct: { dim: 'body' },
        of: 'record',
        where: { kind: ['职工之家', '干警之家'], stage: ['通过验收', '授牌晋级'] },
      },
    },
    {
      id: 'union-building.home.small-homes',
      label: '开展建家的职工小家数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record', where: { kind: '职工小家' } },
    },
    {
      id: 'union-building.home.small-homes-reached',
      label: '职工小家通过验收或晋级数',
      unit: '个',
      aggregate: {
        distinct: { dim: 'body' },
        of: 'record',
        where: { kind: '职工小家', stage: ['通过验收', '授牌晋级'] },
      },
    },
    {
      id: 'union-building.home.teacher-homes',
      label: '参加教工之家达标升级的单位数',
      unit: '所',
      aggregate: { distinct: { dim: 'body' }, of: 'record', where: { kind: '教工之家' } },
    },
    {
      id: 'union-building.home.teacher-homes-reached',
      label: '教工之家达标升级数',
      unit: '所',
      aggregate: {
        distinct: { dim: 'body' },
        of: 'record',
        where: { kind: '教工之家', stage: ['通过验收', '授牌晋级'] },
      },
    },
    {
      id: 'union-building.home.models',
      label: '获授模范职工之家（小家）数',
      unit: '个',
      aggregate: { sum: 'record', where: { grade: '模范', stage: '授牌晋级' } },
      definition: '各级授予分别计数，含职工小家',
    },
    {
      id: 'union-building.home.models-group',
      label: '集团公司级模范职工之家数',
      unit: '个',
      aggregate: { sum: 'record', where: { grade: '模范', level: '集团公司级', stage: '授牌晋级' } },
    },
    {
      id: 'union-building.home.models-province',
      label: '省级模范职工之家数',
      unit: '个',
      aggregate: { sum: 'record', where: { grade: '模范', level: '省级', stage: '授牌晋级' } },
    },
    {
      id: 'union-building.home.models-nation',
      label: '全国模范职工之家数',
      unit: '个',
      aggregate: { sum: 'record', where: { grade: '模范', level: '全国级', stage: '授牌晋级' } },
    },
  ],
  clauses: [
    {
      text: '{period}开展建家活动的单位{union-building.home.homes}[，其中通过验收或晋级的职工之家{union-building.home.reached}]。',
      weight: 90,
    },
    {
      text: '{period}开展职工小家建设{union-building.home.small-homes}[，其中通过验收或晋级{union-building.home.small-homes-reached}]。',
      weight: 76,
    },
    {
      text: '{period}参加教工之家达标升级的学校{union-building.home.teacher-homes}[，其中达标升级{union-building.home.teacher-homes-reached}]。',
      weight: 74,
    },
    {
      text: '{period}获授模范职工之家（小家）称号{union-building.home.models}[（全国级{union-building.home.models-nation}）][（省级{union-building.home.models-province}）][（集团公司级{union-building.home.models-group}）]。',
      weight: 88,
    },
  ],
  sample: {
    date: '2025-09-26',
    body: '检修分会',
    kind: '职工小家',
    grade: '模范',
    level: '市级',
    stage: '授牌晋级',
    documentNo: '市工发〔2025〕40号',
  },
})

/** Members rate their home: anonymous forms by batch. */
export const rating = register({
  id: 'union-building.rating',
  title: '会员评家',
  domain: 'JJ',
  mechanisms: ['JJ-05'],
  help: '每批评家表一行，填这一批发出、收回、满意的份数；评家不记名。',
  dateLabel: '评家日期',
  fields: [
    field.text('body', '被评议的工会（分会）', { required: true, dim: true, key: true }),
    field.integer('issued', '本批发出份数', { required: true }),
    field.integer('returned', '本批收回份数', { required: true, atMost: 'issued' }),
    field.integer('satisfied', '本批满意份数', { atMost: 'returned' }),
  ],
  metrics: [
    {
      id: 'union-building.rating.bodies',
      label: '开展会员评家的单位数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record' },
    },
    { id: 'union-building.rating.issued', label: '评家表发出份数', unit: '份', aggregate: { sum: 'issued' } },
    { id: 'union-building.rating.returned', label: '评家表收回份数', unit: '份', aggregate: { sum: 'returned' } },
    { id: 'union-building.rating.satisfied', label: '评家满意份数', unit: '份', aggregate: { sum: 'satisfied' } },
    {
      id: 'union-building.rating.return-rate',
      label: '评家表回收率',
      unit: '%',
      aggregate: {
        ratio: { numerator: 'union-building.rating.returned', denominator: 'union-building.rating.issued' },
      },
      definition: '收回份数 ÷ 发出份数',
    },
    {
      id: 'union-building.rating.satisfaction-rate',
      label: '会员评家满意率',
      unit: '%',
      aggregate: {
        ratio: { numerator: 'union-building.rating.satisfied', denominator: 'union-building.rating.returned' },
      },
      definition: '满意份数 ÷ 收回份数',
    },
  ],
  clauses: [
    {
      text: '{period}在{union-building.rating.bodies}单位开展会员评家[，收回评家表{union-building.rating.returned}，回收率{union-building.rating.return-rate}][，会员满意率{union-building.rating.satisfaction-rate}]。',
      weight: 72,
    },
  ],
  sample: { date: '2025-12-05', body: '检修分会', issued: '52', returned: '50', satisfied: '47' },
})

/** Appraisal of branches in the home-building drive, item by item. */
export const branchAppraisal = register({
  id: 'union-building.branch-appraisal',
  title: '分会建家考核',
  domain: 'JJ',
  mechanisms: ['JJ-06'],
  help: '每次考核一条记录，每个分会的每个考核项目占一行。',
  dateLabel: '考核日期',
  titleLabel: '考核名称',
  fields: [],
  lines: {
    title: '考核项目',
    fields: [
      field.text('branch', '分会', { required: true, dim: true }),
      field.text('item', '考核项目', { required: true, dim: true }),
      field.integer('score', '得分', { min: 0, max: 200 }),
      field.yesno('passed', '是否达标', { required: true }),
    ],
  },
  metrics: [
    {
      id: 'union-building.branch-appraisal.branches',
      label: '接受建家考核的分会数',
      unit: '个',
      aggregate: { distinct: { dim: 'branch' }, of: 'line' },
    },
    {
      id: 'union-building.branch-appraisal.items',
      label: '建家考核项目数',
      unit: '项',
      aggregate: { distinct: { dim: 'item' }, of: 'line' },
    },
    {
      id: 'union-building.branch-appraisal.checked',
      label: '建家考核项次',
      unit: '项次',
      aggregate: { sum: 'line' },
    },
    {
      id: 'union-building.branch-appraisal.passed',
      label: '建家考核达标项次',
      unit: '项次',
      aggregate: { sum: 'line', where: { passed: '是' } },
    },
    {
      id: 'union-building.branch-appraisal.pass-rate',
      label: '建家考核达标率',
      unit: '%',
      aggregate: {
        ratio: {
          numerator: 'union-building.branch-appraisal.passed',
          denominator: 'union-building.branch-appraisal.checked',
        },
      },
      definition: '达标项次 ÷ 考核项次',
    },
  ],
  clauses: [
    {
      text: '{period}对{union-building.branch-appraisal.branches}分会进行建家考核，设考核项目{union-building.branch-appraisal.items}[，达标率{union-building.branch-appraisal.pass-rate}]。',
      weight: 66,
    },
  ],
  sample: {
    date: '2025-12-15',
    title: '年度建家考核',
    branch: '检修分会',
    item: '全勤劳动竞赛',
    score: '18',
    passed: '是',
  },
})
