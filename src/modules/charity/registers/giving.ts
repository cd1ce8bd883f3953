import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'

const blood = counting('charity.blood-donation', 'line')
export const bloodDonations = register({
  id: 'charity.blood-donation',
  title: '无偿献血',
  domain: 'GY',
  mechanisms: ['GY-01'],
  help: '一次组织献血为一条，实际献血的人一人一行。',
  dateLabel: '献血日期',
  titleLabel: '活动名称',
  fields: [field.text('place', '献血地点'), field.text('organiser', '组织单位')],
  lines: {
    title: '献血人员',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.integer('volume', '献血量（毫升）', { min: 100, max: 600 }),
    ],
  },
  metrics: [
    blood.records('events', '无偿献血活动', '次'),
    blood.people('people', '无偿献血职工人数'),
    blood.lines('times', '无偿献血人次', '人次'),
    blood.sum('volume', '无偿献血量', '毫升', 'volume'),
  ],
  clauses: [
    {
      text: '{period}，组织无偿献血{charity.blood-donation.events}，参加职工{charity.blood-donation.people}、{charity.blood-donation.times}[，献血{charity.blood-donation.volume}]。',
      weight: 75,
    },
  ],
  sample: {
    date: '2026-06-14',
    title: '世界献血者日献血',
    place: '中心血站',
    organiser: '市直机关工委',
    person: '李强',
    volume: '300',
  },
})

const pairing = counting('charity.village-pairing', 'line')
export const villagePairings = register({
  id: 'charity.village-pairing',
  title: '结对帮扶走访',
  domain: 'GY',
  mechanisms: ['GY-02'],
  help: '到结对村（社区）走访一次为一条，给每户送去的钱物一项一行。',
  dateLabel: '走访日期',
  titleLabel: '结对村（社区）',
  fields: [field.text('visitors', '走访人')],
  lines: {
    title: '帮扶内容',
    fields: [
      field.household('household', '帮扶户（户主）', { required: true }),
      field.choice(
        'kind',
        '钱物类别',
        ['现金', '学费', '建房费', '床垫', '科技书籍', '学习用品', '生活物资', '生产资料', '其他'],
        {
          required: true,
        },
      ),
      field.text('item', '物品名称'),
      field.integer('quantity', '数量', { min: 1 }),
      field.text('measure', '计量（床、套）'),
      field.money('amount', '金额或折价（元）'),
    ],
  },
  metrics: [
    pairing.records('visits', '结对帮扶走访次数', '次'),
    pairing.households('households', '结对帮扶户数'),
    pairing.money('amount', '结对帮扶钱物', 'amount'),
    pairing.money('cash', '结对帮扶学费、建房费和现金', 'amount', { kind: ['现金', '学费', '建房费'] }),
    pairing.sum('mattresses', '捐赠床垫', '床', 'quantity', { kind: '床垫' }),
    pairing.sum('books', '捐赠科技书籍', '套', 'quantity', { kind: '科技书籍' }),
    pairing.sum('stationery', '捐赠学习用品', '件', 'quantity', { kind: '学习用品' }),
    pairing.every('every', '结对帮扶走访频次', 'half'),
  ],
  clauses: [
    {
      text: '{period}，到结对村走访{charity.village-pairing.visits}[，帮扶{charity.village-pairing.households}][，送去钱物{charity.village-pairing.amount}][，其中床垫{charity.village-pairing.mattresses}][、科技书籍{charity.village-pairing.books}][，走访频次{charity.village-pairing.every}]。',
      weight: 80,
    },
  ],
  sample: {
    date: '2026-05-04',
    title: '柳沟村',
    visitors: '王芳、刘洋',
    household: '田有福',
    kind: '床垫',
    item: '棕床垫',
    quantity: '2',
    measure: '床',
    amount: '1200',
  },
})

const donation = counting('charity.donation', 'line')
export const donations = register({
  id: 'charity.donation',
  title: '捐资捐物',
  domain: 'GY',
  mechanisms: ['GY-04'],
  help: '一次面向社会的捐赠为一条，每个捐赠人的每一笔一行；为本单位职工募捐记入“帮扶募捐”。',
  dateLabel: '捐赠日期',
  titleLabel: '捐赠活动',
  fields: [
    field.choice('purpose', '用途', ['贫困学生', '下岗职工及子女', '受灾地区', '植树绿化', '文化纪念', '其他'], {
      required: true,
    }),
    field.integer('anniversary', '纪念周年', { min: 1, max: 1000, help: '为某项周年纪念而捐时填写，例如百年填 100。' }),
    field.text('recipient', '接收单位'),
  ],
  lines: {
    title: '捐赠明细',
    fields: [
      field.person('person', '捐赠人', { required: true, aliases: ['姓名'] }),
      field.choice('kind', '捐赠类别', ['款', '衣物', '图书', '学习用品', '树苗', '其他物品'], { required: true }),
      field.money('amount', '捐款（元）'),
      field.integer('quantity', '物品数量', { min: 1 }),
    ],
  },
  metrics: [
    donation.records('drives', '捐资捐物活动', '次'),
    donation.people('people', '捐资捐物职工人数'),
    donation.lines('times', '捐资捐物人次', '人次'),
    donation.money('amount', '社会捐款金额', 'amount'),
    donation.sum('goods', '捐赠物品', '件', 'quantity', { kind: ['衣物', '图书', '学习用品', '其他物品'] }),
    donation.sum('saplings', '捐植树苗', '株', 'quantity', { kind: '树苗' }),
    donation.money('student-amount', '捐助贫困学生金额', 'amount', { purpose: '贫困学生' }),
    donation.money('laid-off-amount', '捐助下岗职工及子女金额', 'amount', { purpose: '下岗职工及子女' }),
    donation.stated('anniversary', '捐赠所纪念的周年', '周年', 'anniversary'),
  ],
  clauses: [
    {
      text: '{period}，开展捐资捐物{charity.donation.drives}，职工{charity.donation.people}参加[，捐款{charity.donation.amount}][，捐物{charity.donation.goods}][，捐植树苗{charity.donation.saplings}]。',
      weight: 78,
    },
    {
      text: '{date}，组织“{title}”，时值{charity.donation.anniversary}[，捐款{charity.donation.amount}][，捐植树苗{charity.donation.saplings}]。',
      each: { max: 3 },
      weight: 60,
    },
    {
      text: '{period}，捐助下岗职工及其子女{charity.donation.laid-off-amount}[，捐助贫困学生{charity.donation.student-amount}]。',
      weight: 65,
    },
  ],
  sample: {
    date: '2026-03-12',
    title: '共建绿色林',
    purpose: '植树绿化',
    anniversary: '60',
    recipient: '市林场',
    person: '周丽',
    kind: '款',
    amount: '50',
  },
})
