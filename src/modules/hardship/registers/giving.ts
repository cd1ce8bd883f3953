import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'

const raising = counting('hardship.fundraising', 'line')
export const fundraisings = register({
  id: 'hardship.fundraising',
  title: '帮扶募捐',
  domain: 'BF',
  mechanisms: ['BF-21', 'BF-22', 'BF-23'],
  help: '一次募捐一条，受动员的职工一人一行，捐了款的填“是”并写金额；向社会的捐款记入“捐资捐物”。',
  dateLabel: '募捐日期',
  titleLabel: '募捐活动',
  confidential: true,
  fields: [
    field.choice('kind', '募捐类别', ['重病职工定向募捐', '帮扶困难职工募捐', '献爱心捐款'], { required: true }),
    field.text('organiser', '发起单位'),
    field.text('beneficiary', '受益人', { sensitive: true }),
  ],
  lines: {
    title: '动员名单',
    fields: [
      field.person('person', '姓名', { required: true, aliases: ['捐款人'] }),
      field.yesno('done', '已捐款', { required: true }),
      field.money('amount', '捐款（元）'),
    ],
  },
  metrics: [
    raising.records('drives', '帮扶募捐次数', '次'),
    raising.people('due', '募捐动员人数'),
    raising.people('donors', '募捐人数', { done: '是' }),
    raising.rate('rate', '募捐参与率', 'donors', 'due', '捐款职工占动员名单人数；名单列入全员时即占全员。'),
    raising.money('amount', '帮扶募捐金额', 'amount'),
    raising.money('illness-amount', '重病职工定向募捐金额', 'amount', { kind: '重病职工定向募捐' }),
    raising.people('illness-donors', '重病职工定向募捐人数', { kind: '重病职工定向募捐', done: '是' }),
    raising.money('hardship-amount', '帮扶困难职工募捐金额', 'amount', { kind: '帮扶困难职工募捐' }),
    raising.people('hardship-donors', '帮扶困难职工募捐人数', { kind: '帮扶困难职工募捐', done: '是' }),
    raising.people('hardship-due', '帮扶困难职工募捐动员人数', { kind: '帮扶困难职工募捐' }),
    raising.rate(
      'hardship-rate',
      '帮扶困难职工募捐参与率',
      'hardship-donors',
      'hardship-due',
      '捐款职工占动员名单人数。',
    ),
    raising.money('love-amount', '献爱心捐款金额', 'amount', { kind: '献爱心捐款' }),
    raising.people('love-donors', '献爱心捐款人数', { kind: '献爱心捐款', done: '是' }),
  ],
  clauses: [
    {
      text: '{period}，为重病职工募捐，{hardship.fundraising.illness-donors}捐款{hardship.fundraising.illness-amount}。',
      weight: 74,
    },
    {
      text: '{period}，为帮扶困难职工募捐，{hardship.fundraising.hardship-donors}捐款[{hardship.fundraising.hardship-amount}]，占动员职工的{hardship.fundraising.hardship-rate}。',
      weight: 73,
    },
    {
      text: '{period}，献爱心捐款{hardship.fundraising.love-amount}[，捐款职工{hardship.fundraising.love-donors}]。',
      weight: 60,
    },
    {
      text: '{period}，组织帮扶募捐{hardship.fundraising.drives}，募得{hardship.fundraising.amount}[，捐款职工占动员人数的{hardship.fundraising.rate}]。',
      genres: ['briefing', 'deeds', 'congress'],
    },
  ],
  sample: {
    date: '2026-04-16',
    title: '帮扶困难职工募捐',
    kind: '帮扶困难职工募捐',
    organiser: '集团工会',
    person: '周丽',
    done: '是',
    amount: '100',
  },
})

const pairing = counting('hardship.pupil-pairing', 'record')
export const pupilPairings = register({
  id: 'hardship.pupil-pairing',
  title: '“一助一”结对助学',
  domain: 'BF',
  mechanisms: ['BF-24'],
  help: '一名职工结对一名学生为一条；每资助一次在下面加一行。',
  dateLabel: '结对日期',
  endDateLabel: '结束日期',
  confidential: true,
  fields: [
    field.person('person', '资助职工', { required: true, key: true, aliases: ['职工姓名'] }),
    field.text('pupil', '受助学生', { required: true, key: true, sensitive: true }),
    field.text('classroom', '班级'),
    field.choice('term', '学期', ['春季学期', '秋季学期'], { required: true }),
  ],
  lines: {
    title: '资助记录',
    fields: [
      field.date('paidOn', '资助日期'),
      field.choice('item', '资助内容', ['学费', '生活费', '学习用品', '书籍', '其他'], { required: true }),
      field.money('amount', '资助金额（元）'),
    ],
  },
  metrics: [
    pairing.records('pairs', '“一助一”结对', '对'),
    pairing.people('helpers', '结对助学职工人数'),
    pairing.lines('times', '结对资助次数', '次'),
    pairing.money('amount', '结对助学金额', 'amount'),
  ],
  clauses: [
    {
      text: '{period}，“一助一”结对{hardship.pupil-pairing.pairs}，参加资助的职工{hardship.pupil-pairing.helpers}[，资助{hardship.pupil-pairing.times}][，资助金额{hardship.pupil-pairing.amount}]。',
      weight: 56,
    },
  ],
  sample: {
    date: '2026-09-03',
    person: '钱秀英',
    pupil: '林小北',
    classroom: '七年级二班',
    term: '秋季学期',
    paidOn: '2026-09-10',
    item: '学习用品',
    amount: '300',
  },
})

const exchange = counting('hardship.study-exchange', 'line')
export const studyExchanges = register({
  id: 'hardship.study-exchange',
  title: '学习经验交流会',
  domain: 'BF',
  mechanisms: ['BF-29'],
  help: '一场交流会一条，到会的人一人一行，注明是否发言。',
  titleLabel: '交流会名称',
  confidential: true,
  fields: [field.text('place', '地点')],
  lines: {
    title: '到会人员',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.choice('role', '身份', ['受助学生', '优秀学生', '学生家长', '职工', '嘉宾'], { required: true }),
      field.yesno('spoke', '作典型发言'),
    ],
  },
  metrics: [
    exchange.records('meetings', '学习经验交流会场次', '场'),
    exchange.people('people', '学习经验交流会到会人数'),
    exchange.people('speakers', '学习经验交流会发言人数', { spoke: '是' }),
    exchange.people('students', '到会学生人数', { role: ['受助学生', '优秀学生'] }),
  ],
  clauses: [
    {
      text: '{period}，举办学习经验交流会{hardship.study-exchange.meetings}，到会{hardship.study-exchange.people}[，其中学生{hardship.study-exchange.students}][，作典型发言{hardship.study-exchange.speakers}]。',
      weight: 45,
    },
  ],
  sample: {
    date: '2026-08-22',
    title: '学子经验交流会',
    place: '职工之家',
    person: '孙小雨',
    role: '受助学生',
    spoke: '是',
  },
})
