import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'

const award = counting('welfare.child-award', 'line')
export const childAwards = register({
  id: 'welfare.child-award',
  title: '职工子女学习奖励',
  domain: 'FL',
  mechanisms: ['FL-07'],
  help: '一次奖励一条，受奖励的子女一人一行。',
  dateLabel: '奖励日期',
  titleLabel: '奖励名称',
  fields: [field.text('rule', '奖励办法')],
  lines: {
    title: '受奖励子女',
    fields: [
      field.person('person', '子女姓名', { required: true, sensitive: true }),
      field.text('parent', '家长（职工）', { required: true }),
      field.choice('stage', '学段', ['小学', '初中', '高中', '中职', '大学', '研究生'], { required: true }),
      field.text('result', '成绩或录取学校'),
      field.money('amount', '奖金（元）'),
    ],
  },
  metrics: [
    award.people('people', '奖励职工子女人数'),
    award.money('amount', '子女学习奖金', 'amount'),
    award.people('pupils', '奖励中小学生人数', { stage: ['小学', '初中', '高中', '中职'] }),
    award.people('students', '奖励大学生人数', { stage: ['大学', '研究生'] }),
  ],
  clauses: [
    {
      text: '{period}，奖励学习优秀的职工子女{welfare.child-award.people}，发放奖金{welfare.child-award.amount}[，其中大学生{welfare.child-award.students}][，中小学生{welfare.child-award.pupils}]。',
      weight: 62,
    },
  ],
  sample: {
    date: '2026-09-05',
    title: '子女升学奖励',
    rule: '职工子女学习奖励办法',
    person: '孙小雨',
    parent: '马春燕',
    stage: '大学',
    result: '考入省师范大学',
    amount: '1000',
  },
})

const school = counting('welfare.school-place')
export const schoolPlaces = register({
  id: 'welfare.school-place',
  title: '职工子女入学协调',
  domain: 'FL',
  mechanisms: ['FL-08'],
  help: '每协调一名职工子女入学登记一行。',
  dateLabel: '申请日期',
  endDateLabel: '办结日期',
  fields: [
    field.person('person', '子女姓名', { required: true, sensitive: true }),
    field.text('parent', '家长（职工）', { required: true }),
    field.choice('stage', '学段', ['幼儿园', '小学', '初中', '高中'], { required: true }),
    field.text('school', '协调学校', { required: true, dim: true }),
    field.choice('result', '结果', ['已入学', '协调中', '未成'], { required: true }),
  ],
  metrics: [
    school.people('asked', '申请入学协调的职工子女人数'),
    school.people('placed', '协调入学的职工子女人数', { result: '已入学' }),
    school.rate('rate', '入学协调办成率', 'placed', 'asked', '已入学子女占申请协调的子女。'),
    school.kinds('schools', '协调入学的学校', '所', 'school', { result: '已入学' }),
  ],
  clauses: [
    {
      text: '{period}，协调职工子女入学{welfare.school-place.placed}[、涉及学校{welfare.school-place.schools}]，占申请人数的{welfare.school-place.rate}。',
      weight: 55,
    },
  ],
  sample: { date: '2026-05-08', person: '吴小满', parent: '吴凯', stage: '小学', school: '实验小学', result: '已入学' },
})

const meeting = counting('welfare.matchmaking', 'line')
export const matchmakings = register({
  id: 'welfare.matchmaking',
  title: '青年联谊',
  domain: 'FL',
  mechanisms: ['FL-15'],
  help: '一场联谊活动一条，参加的人一人一行；牵手成功的另记入“牵手登记”。',
  titleLabel: '联谊活动',
  fields: [
    field.choice('kind', '类别', ['单身青年联谊', '女青年联谊', '跨单位联谊'], { required: true }),
    field.text('partner', '合办单位', { dim: true }),
    field.money('cost', '支出（元）'),
  ],
  lines: {
    title: '参加人员',
    fields: [field.person('person', '姓名', { required: true }), field.choice('gender', '性别', ['男', '女'])],
  },
  metrics: [
    meeting.records('events', '青年联谊活动', '场'),
    meeting.people('people', '参加联谊青年人数'),
    meeting.lines('times', '参加联谊人次', '人次'),
    meeting.people('women', '参加联谊女青年人数', { gender: '女' }),
    meeting.recordKinds('partners', '联谊合办单位', '家', 'partner'),
  ],
  clauses: [
    {
      text: '{period}，举办青年联谊活动{welfare.matchmaking.events}，参加{welfare.matchmaking.people}[，其中女青年{welfare.matchmaking.women}][，合办单位{welfare.matchmaking.partners}]。',
      weight: 52,
    },
  ],
  sample: {
    date: '2026-08-19',
    title: '七夕青年联谊',
    kind: '跨单位联谊',
    partner: '市中心医院工会',
    cost: '3600',
    person: '李强',
    gender: '男',
  },
})

const pair = counting('welfare.matched-pair')
export const matchedPairs = register({
  id: 'welfare.matched-pair',
  title: '牵手登记',
  domain: 'FL',
  mechanisms: ['FL-15'],
  help: '联谊后本人同意登记的，一对一行。',
  dateLabel: '牵手日期',
  confidential: true,
  fields: [
    field.person('person', '职工姓名', { required: true, aliases: ['姓名'] }),
    field.text('partner', '对方', { sensitive: true }),
    field.choice('state', '进展', ['牵手', '结婚'], { required: true }),
  ],
  metrics: [pair.records('pairs', '牵手成功', '对'), pair.records('married', '联谊后结婚', '对', { state: '结婚' })],
  clauses: [
    {
      text: '{period}，经工会牵线，牵手成功{welfare.matched-pair.pairs}[，其中已结婚{welfare.matched-pair.married}]。',
      weight: 51,
    },
  ],
  sample: { date: '2026-10-02', person: '李强', partner: '郭敏', state: '牵手' },
})

const anniversary = counting('welfare.wedding-anniversary')
export const weddingAnniversaries = register({
  id: 'welfare.wedding-anniversary',
  title: '金婚钻石婚纪念',
  domain: 'FL',
  mechanisms: ['FL-16'],
  help: '发给纪念品的夫妻，一对一行；夫妻都是本单位职工也只登记一行。',
  dateLabel: '纪念日期',
  fields: [
    field.person('person', '职工姓名', { required: true, aliases: ['姓名'] }),
    field.text('spouse', '配偶', { sensitive: true }),
    field.choice('kind', '纪念类别', ['银婚', '金婚', '钻石婚'], { required: true }),
    field.integer('weddedIn', '结婚年份', { min: 1930, max: 2100 }),
    field.text('gift', '纪念品'),
    field.money('value', '纪念品折价（元）'),
  ],
  metrics: [
    anniversary.records('couples', '获赠婚庆纪念品的夫妻', '对'),
    anniversary.records('golden-diamond', '金婚、钻石婚夫妻', '对', { kind: ['金婚', '钻石婚'] }),
    anniversary.records('golden', '金婚夫妻', '对', { kind: '金婚' }),
    anniversary.records('diamond', '钻石婚夫妻', '对', { kind: '钻石婚' }),
    anniversary.money('value', '婚庆纪念品折价', 'value'),
  ],
  clauses: [
    {
      text: '{period}，向金婚、钻石婚夫妻{welfare.wedding-anniversary.golden-diamond}赠送纪念品[，其中金婚{welfare.wedding-anniversary.golden}][，钻石婚{welfare.wedding-anniversary.diamond}]。',
      weight: 53,
    },
  ],
  sample: {
    date: '2026-10-19',
    person: '郑宏伟',
    spouse: '谢玉兰',
    kind: '金婚',
    weddedIn: '1976',
    gift: '纪念相册',
    value: '160',
  },
})
