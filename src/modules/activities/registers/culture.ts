import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'
import { FESTIVALS } from './events.ts'

const film = counting('activities.film')
export const films = register({
  id: 'activities.film',
  title: '电影放映',
  domain: 'WT',
  mechanisms: ['WT-15'],
  help: '放映一部影片一行。',
  dateLabel: '放映日期',
  titleLabel: '影片名称',
  fields: [field.text('place', '放映地点'), field.choice('theme', '类别', ['主旋律', '警示教育', '文艺', '其他'])],
  metrics: [
    film.records('count', '放映影片部数', '部'),
    film.every('monthly', '电影放映频次', 'month'),
    film.records('education', '教育类影片部数', '部', { theme: ['主旋律', '警示教育'] }),
  ],
  clauses: [
    { text: '{period}放映影片{activities.film.count}[，坚持每月放映{activities.film.monthly#}次]。', weight: 50 },
  ],
  sample: { date: '2026-03-20', title: '《开山的人》', place: '机关礼堂', theme: '主旋律' },
})

const work = counting('activities.artwork')
export const artworks = register({
  id: 'activities.artwork',
  title: '书画摄影作品',
  domain: 'WT',
  mechanisms: ['WT-14'],
  help: '征集或选送一件（幅）作品一行。',
  dateLabel: '日期',
  titleLabel: '作品名称',
  fields: [
    field.person('person', '作者', { required: true }),
    field.choice('kind', '种类', ['书法', '美术', '摄影', '手工', '文学', '其他'], { required: true }),
    field.text('exhibition', '展览（征集）名称', { required: true, dim: true }),
    field.choice('level', '展览级别', ['本单位', '县（区）级', '市级', '省级', '国家级'], { required: true }),
    field.yesno('selected', '是否入选', { required: true }),
    field.choice('award', '获奖', ['一等奖', '二等奖', '三等奖', '优秀作品奖', '未获奖'], { open: true }),
  ],
  metrics: [
    work.records('count', '征集书画摄影作品数', '幅'),
    work.records('photos', '摄影作品数', '幅', { kind: '摄影' }),
    work.records('selected', '入选上级展览作品数', '幅', {
      selected: '是',
      level: ['县（区）级', '市级', '省级', '国家级'],
    }),
    work.records('province-city', '入选省市展览作品数', '幅', { selected: '是', level: ['市级', '省级'] }),
    work.records('awarded', '获奖作品数', '幅', { award: ['一等奖', '二等奖', '三等奖', '优秀作品奖'] }),
    work.kinds('exhibitions', '举办和参加展览数', '个', 'exhibition'),
    work.people('authors', '参展作者人数'),
  ],
  clauses: [
    {
      text: '{period}征集书画摄影作品{activities.artwork.count}[，作者{activities.artwork.authors}][，入选上级展览{activities.artwork.selected}][，其中省市展览{activities.artwork.province-city}][，获奖{activities.artwork.awarded}]。',
      weight: 53,
    },
  ],
  sample: {
    date: '2026-06-20',
    title: '《炉火》',
    person: '沈佳',
    kind: '摄影',
    exhibition: '市职工摄影展',
    level: '市级',
    selected: '是',
    award: '二等奖',
  },
})

const brand = counting('activities.hosted', 'line')
export const hosted = register({
  id: 'activities.hosted',
  title: '品牌赛事与周年庆典',
  domain: 'WT',
  mechanisms: ['WT-20', 'WT-21', 'WT-25'],
  help: '承办一次品牌赛事、庆祝一个周年为一条；参赛（参与）单位一行一个。',
  dateLabel: '日期',
  titleLabel: '赛事（庆典）名称',
  fields: [
    field.choice('kind', '类别', ['品牌赛事', '单位周年', '建党周年', '其他纪念'], { required: true }),
    field.integer('edition', '第几届（周年）', { required: true, min: 1, max: 300 }),
    field.integer('souvenirs', '制作纪念品（件）', { min: 0, max: 1_000_000 }),
    field.integer('rank', '参赛规模历届排名', { min: 1, max: 300, help: '与历届相比排第几，规模最大填 1。' }),
  ],
  lines: {
    title: '参加单位',
    fields: [
      field.text('team', '参赛单位', { required: true, dim: true }),
      field.choice('result', '名次', ['第一名', '第二名', '第三名', '优秀组织奖'], { open: true }),
    ],
  },
  metrics: [
    brand.records('count', '品牌赛事和庆典次数', '次'),
    brand.stated('edition', '品牌赛事届次', '届', 'edition', { kind: '品牌赛事' }),
    brand.stated('unit-anniversary', '单位成立周年', '周年', 'edition', { kind: '单位周年' }),
    brand.stated('party-anniversary', '建党周年', '周年', 'edition', { kind: '建党周年' }),
    brand.stated('other-anniversary', '其他纪念周年', '周年', 'edition', { kind: '其他纪念' }),
    brand.stated('scale-rank', '参赛规模历届排名', '名次', 'rank', { kind: '品牌赛事' }),
    brand.kinds('teams', '品牌赛事参赛单位数', '个', 'team', { kind: '品牌赛事' }),
    brand.sum('souvenirs', '制作纪念品件数', '件', 'souvenirs'),
  ],
  clauses: [
    {
      text: '{period}，承办第{activities.hosted.edition#}届品牌赛事[，{activities.hosted.teams}单位参赛][，参赛规模在历届中列第{activities.hosted.scale-rank#}]。',
      weight: 47,
    },
    {
      text: '{period}，围绕单位成立{activities.hosted.unit-anniversary}开展纪念活动[，制作纪念品{activities.hosted.souvenirs}]。',
      weight: 46,
    },
    { text: '{period}，围绕建党{activities.hosted.party-anniversary}开展庆祝活动。', weight: 45 },
    {
      text: '{date}，开展{title}纪念活动（{activities.hosted.other-anniversary}）。',
      each: { max: 4, where: { kind: '其他纪念' } },
      weight: 25,
    },
  ],
  sample: {
    date: '2026-10-18',
    title: '“清河杯”职工扑克赛',
    kind: '品牌赛事',
    edition: '6',
    rank: '1',
    team: '铸造分会',
    result: '第一名',
  },
})

const plan = counting('activities.plan')
export const activityPlans = register({
  id: 'activities.plan',
  title: '文体活动计划',
  domain: 'WT',
  mechanisms: ['WT-01'],
  help: '年初计划的每项活动一行；做完后填“是”。',
  dateLabel: '计划日期',
  titleLabel: '计划活动',
  fields: [
    field.choice('festival', '结合节日', FESTIVALS),
    field.money('budget', '预算（元）'),
    field.person('owner', '负责人'),
    field.yesno('done', '已完成', { required: true }),
  ],
  metrics: [
    plan.records('count', '计划文体活动项数', '项'),
    plan.records('done', '已完成计划文体活动项数', '项', { done: '是' }),
    plan.rate('completion', '文体活动计划完成率', 'done', 'count', '已完成项数占计划项数。'),
    plan.money('budget', '文体活动计划预算', 'budget'),
  ],
  clauses: [
    { text: '{period}，年初制定文体活动计划{activities.plan.count}，完成{activities.plan.done}。', weight: 44 },
  ],
  sample: { date: '2026-01-08', title: '春季健步走', festival: '无', budget: '3000', done: '否' },
})
