import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'

const news = counting('publicity.news')
export const newsItems = register({
  id: 'publicity.news',
  title: '信息与新闻报道',
  domain: 'XX',
  mechanisms: ['XX-01', 'XX-02'],
  help: '报送或刊播一条信息一行。',
  dateLabel: '日期',
  titleLabel: '标题',
  fields: [
    field.choice('medium', '渠道', ['信息简报', '网站', '微信公众号', '报纸', '广播', '电视', '其他'], {
      required: true,
    }),
    field.person('author', '作者'),
    field.text('branch', '报送单位', { dim: true }),
    field.choice('adoptedBy', '采用级别', ['未采用', '本单位', '县（区）级', '市级', '省级', '国家级']),
  ],
  metrics: [
    news.records('count', '报送信息条数', '条'),
    news.records('adopted', '上级采用信息条数', '条', { adoptedBy: ['县（区）级', '市级', '省级', '国家级'] }),
    news.records('province', '省级以上采用信息条数', '条', { adoptedBy: ['省级', '国家级'] }),
    news.records('media', '媒体报道次数', '次', { medium: ['报纸', '广播', '电视'] }),
    news.kinds('branches', '报送信息单位数', '个', 'branch'),
    news.people('authors', '撰稿职工人数'),
  ],
  clauses: [
    {
      text: '{period}报送信息{publicity.news.count}[，上级采用{publicity.news.adopted}][，媒体报道{publicity.news.media}]。',
      weight: 70,
    },
  ],
  sample: {
    date: '2026-05-08',
    title: '劳模宣讲进车间',
    medium: '网站',
    author: '沈佳',
    branch: '机关分会',
    adoptedBy: '市级',
  },
})

const subscription = counting('publicity.subscription')
export const subscriptions = register({
  id: 'publicity.subscription',
  title: '报刊征订',
  domain: 'XX',
  mechanisms: ['XX-03'],
  help: '订一种报刊一行。',
  dateLabel: '征订日期',
  titleLabel: '报刊名称',
  fields: [
    field.choice('language', '语种', ['汉文', '民族文字'], { required: true }),
    field.integer('copies', '订阅份数', { required: true, min: 1, max: 100_000 }),
    field.money('cost', '金额（元）'),
  ],
  metrics: [
    subscription.records('titles', '征订报刊种数', '种'),
    subscription.sum('copies', '征订报刊份数', '份', 'copies'),
    subscription.sum('minority', '征订民族文字报刊份数', '份', 'copies', { language: '民族文字' }),
    subscription.money('cost', '报刊征订金额', 'cost'),
  ],
  clauses: [
    {
      text: '{period}征订报刊{publicity.subscription.titles}、{publicity.subscription.copies}[，其中民族文字{publicity.subscription.minority}][，金额{publicity.subscription.cost}]。',
      weight: 55,
    },
  ],
  sample: { date: '2026-12-01', title: '《工人日报》', language: '汉文', copies: '3', cost: '1080' },
})

const campaign = counting('publicity.campaign')
export const campaigns = register({
  id: 'publicity.campaign',
  title: '宣传活动',
  domain: 'XX',
  mechanisms: ['XX-04', 'XX-05', 'XX-09', 'XX-12'],
  help: '悬挂一批横幅、发放一批彩页、开展一次宣传发动一行。',
  dateLabel: '日期',
  titleLabel: '宣传主题',
  fields: [
    field.choice('kind', '形式', ['横幅标语', '宣传彩页', '法律政策宣传', '活动宣传发动', '其他'], { required: true }),
    field.integer('pieces', '份（幅）数', { max: 1_000_000, help: '发出去的份数或挂出的幅数。' }),
    field.text('place', '地点'),
  ],
  metrics: [
    campaign.records('count', '宣传活动次数', '次'),
    campaign.sum('banners', '悬挂横幅标语幅数', '幅', 'pieces', { kind: '横幅标语' }),
    campaign.sum('leaflets', '发放宣传彩页份数', '份', 'pieces', { kind: '宣传彩页' }),
    campaign.records('law', '法律政策宣传次数', '次', { kind: '法律政策宣传' }),
    campaign.records('mobilising', '活动宣传发动次数', '次', { kind: '活动宣传发动' }),
  ],
  clauses: [
    {
      text: '{period}开展宣传活动{publicity.campaign.count}[，悬挂横幅标语{publicity.campaign.banners}][，发放宣传彩页{publicity.campaign.leaflets}][，法律政策宣传{publicity.campaign.law}]。',
      weight: 60,
    },
  ],
  sample: { date: '2026-09-26', title: '工会法宣传', kind: '宣传彩页', pieces: '120', place: '办公楼大厅' },
})

const paper = counting('publicity.paper')
export const papers = register({
  id: 'publicity.paper',
  title: '论文与调研',
  domain: 'XX',
  mechanisms: ['XX-06', 'XX-11'],
  help: '上报一篇论文或形成一篇调研报告一行。',
  dateLabel: '日期',
  titleLabel: '题目',
  fields: [
    field.choice('kind', '种类', ['论文', '调研报告'], { required: true }),
    field.person('author', '作者', { required: true }),
    field.choice('grade', '获奖等次', ['一等奖', '二等奖', '三等奖', '优秀奖', '未获奖']),
  ],
  metrics: [
    paper.records('papers', '上报论文篇数', '篇', { kind: '论文' }),
    paper.records('first', '论文一等奖篇数', '篇', { kind: '论文', grade: '一等奖' }),
    paper.records('second', '论文二等奖篇数', '篇', { kind: '论文', grade: '二等奖' }),
    paper.records('third', '论文三等奖篇数', '篇', { kind: '论文', grade: '三等奖' }),
    paper.records('research', '调研报告篇数', '篇', { kind: '调研报告' }),
    paper.people('authors', '论文调研作者人数'),
  ],
  clauses: [
    {
      text: '{period}上报论文{publicity.paper.papers}[，其中获一等奖{publicity.paper.first}][、二等奖{publicity.paper.second}][、三等奖{publicity.paper.third}]。',
      weight: 50,
    },
    { text: '{period}形成调研报告{publicity.paper.research}。', weight: 45 },
  ],
  sample: { date: '2026-10-12', title: '《班组民主管理的几点做法》', kind: '论文', author: '卢小宁', grade: '二等奖' },
})

const archive = counting('publicity.archive')
export const archives = register({
  id: 'publicity.archive',
  title: '档案与文件',
  domain: 'XX',
  mechanisms: ['XX-07', 'XX-08'],
  help: '归档一卷、印发一份文件一行。',
  dateLabel: '日期',
  titleLabel: '题名',
  fields: [
    field.choice('kind', '种类', ['工会干部档案', '会员档案', '活动档案', '文书档案', '印发文件通知'], {
      required: true,
    }),
    field.text('number', '档号（文号）'),
    field.choice('retention', '保管期限', ['永久', '30年', '10年']),
  ],
  metrics: [
    archive.records('volumes', '归档卷数', '卷', { kind: ['工会干部档案', '会员档案', '活动档案', '文书档案'] }),
    archive.records('notices', '印发文件通知份数', '份', { kind: '印发文件通知' }),
    archive.records('permanent', '永久保管卷数', '卷', { retention: '永久' }),
  ],
  clauses: [
    { text: '{period}归档{publicity.archive.volumes}[，其中永久保管{publicity.archive.permanent}]。', weight: 40 },
    { text: '{period}印发文件通知{publicity.archive.notices}。', weight: 38 },
  ],
  sample: {
    date: '2026-01-20',
    title: '关于开展送温暖活动的通知',
    kind: '印发文件通知',
    number: '清工〔2026〕3号',
    retention: '10年',
  },
})

const study = counting('publicity.upper-document')
export const upperDocuments = register({
  id: 'publicity.upper-document',
  title: '上级会议文件贯彻',
  domain: 'XX',
  mechanisms: ['XX-10'],
  help: '学习贯彻一次上级会议或一份文件一行；会议写明第几届第几次全会。',
  dateLabel: '学习日期',
  titleLabel: '会议（文件）名称',
  fields: [
    field.choice('level', '上级', ['全国总工会', '省总工会', '市总工会', '县（区）总工会', '其他'], { required: true }),
    field.integer('term', '届', { min: 1, max: 99 }),
    field.integer('plenum', '次全会', { min: 1, max: 99 }),
    field.longtext('measures', '贯彻措施'),
  ],
  metrics: [
    study.records('count', '学习贯彻上级会议文件次数', '次'),
    study.stated('province-term', '省总工会全委会届', '届', 'term', { level: '省总工会' }),
    study.stated('province-plenum', '省总工会全委会次', '次', 'plenum', { level: '省总工会' }),
    study.stated('city-term', '市总工会全委会届', '届', 'term', { level: '市总工会' }),
    study.stated('city-plenum', '市总工会全委会次', '次', 'plenum', { level: '市总工会' }),
    study.stated('county-term', '县（区）总工会全委会届', '届', 'term', { level: '县（区）总工会' }),
    study.stated('county-plenum', '县（区）总工会全委会次', '次', 'plenum', { level: '县（区）总工会' }),
  ],
  clauses: [
    {
      text: '{period}学习贯彻上级会议和文件{publicity.upper-document.count}[，其中省总工会{publicity.upper-document.province-term#}届{publicity.upper-document.province-plenum#}次全委会][、市总工会{publicity.upper-document.city-term#}届{publicity.upper-document.city-plenum#}次全委会][、县（区）总工会{publicity.upper-document.county-term#}届{publicity.upper-document.county-plenum#}次全委会]精神。',
      weight: 65,
    },
  ],
  sample: { date: '2026-02-15', title: '市总工会四届二次全委会', level: '市总工会', term: '4', plenum: '2' },
})
