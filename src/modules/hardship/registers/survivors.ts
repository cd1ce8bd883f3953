import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'

const review = counting('hardship.survivor-review')
export const survivorReviews = register({
  id: 'hardship.survivor-review',
  title: '遗属供养复核',
  domain: 'BF',
  mechanisms: ['BF-15', 'BF-16'],
  help: '每年对享受补助的遗属逐人复核，一人一行：怎样通知、是否回复、结果如何。逾期没有回复的记“暂停”，不是退出。',
  dateLabel: '复核日期',
  confidential: true,
  fields: [
    field.person('person', '遗属姓名', { required: true, aliases: ['姓名'] }),
    field.text('deceased', '亡故职工', { sensitive: true }),
    field.household('household', '家庭（户主）', { help: '同一亡故职工的遗属填同一户。' }),
    field.choice('relation', '与亡故职工关系', ['配偶', '父母', '子女', '兄弟姐妹'], { required: true }),
    field.choice('place', '居住地', ['市内', '外地'], { required: true }),
    field.choice('notice', '通知方式', ['函告', '电话通知', '上门通知'], { required: true }),
    field.date('noticedOn', '通知日期'),
    field.yesno('returned', '已回复', { required: true }),
    field.choice('result', '复核结果', ['继续供养', '调整标准', '暂停', '退出供养', '待复核'], { required: true }),
    field.choice('exitReason', '退出原因', ['去世', '再婚', '成年就业', '有固定收入', '其他']),
    field.date('exitOn', '退出日期'),
    field.text('grade', '供养标准档'),
  ],
  metrics: [
    review.people('people', '复核遗属人数'),
    review.households('households', '复核遗属家庭户数', undefined, {
      definition: '同一亡故职工的遗属计一户；没有写明家庭的不计。',
    }),
    review.records('letters', '外地遗属函告', '件', { place: '外地', notice: '函告' }),
    review.records('notices', '市内遗属通知', '件', { place: '市内' }),
    review.people('returned', '已回复遗属人数', { returned: '是' }),
    review.rate('return-rate', '遗属复核回复率', 'returned', 'people', '已回复遗属占复核遗属。'),
    review.people('approved', '审核符合供养条件的遗属人数', { result: ['继续供养', '调整标准'] }),
    review.people('suspended', '暂停供养遗属人数', { result: '暂停' }),
    review.people('exits', '退出供养人数', { result: '退出供养' }),
    review.people('pending', '尚待复核遗属人数', { result: '待复核' }, { lowerIsBetter: true }),
  ],
  clauses: [
    {
      text: '{period}，对亡故职工遗属逐人复核{hardship.survivor-review.people}[，涉及家庭{hardship.survivor-review.households}][，向外地遗属发函{hardship.survivor-review.letters}][，通知市内遗属{hardship.survivor-review.notices}][，回复率{hardship.survivor-review.return-rate}][，退出供养{hardship.survivor-review.exits}]。',
      weight: 68,
    },
    {
      text: '{period}，审核符合供养条件的遗属{hardship.survivor-review.approved}[，暂停发放{hardship.survivor-review.suspended}]。',
      weight: 66,
    },
  ],
  sample: {
    date: '2026-01-20',
    person: '孙桂兰',
    deceased: '孙大海',
    household: '孙桂兰',
    relation: '配偶',
    place: '外地',
    notice: '函告',
    noticedOn: '2026-01-05',
    returned: '是',
    result: '继续供养',
    grade: '二档',
  },
})

const pay = counting('hardship.survivor-pay', 'line')
export const survivorPay = register({
  id: 'hardship.survivor-pay',
  title: '遗属抚恤金发放',
  domain: 'BF',
  mechanisms: ['BF-17'],
  help: '每月发放一次为一条，领取的遗属一人一行。',
  dateLabel: '发放日期',
  titleLabel: '发放批次',
  confidential: true,
  fields: [field.choice('source', '资金来源', ['行政', '社保', '工会经费', '其他'])],
  lines: {
    title: '发放名单',
    fields: [
      field.person('person', '遗属姓名', { required: true, aliases: ['姓名'] }),
      field.household('household', '家庭（户主）', { help: '同一亡故职工的遗属填同一户。' }),
      field.text('grade', '供养标准档'),
      field.money('amount', '抚恤金（元）', { required: true }),
    ],
  },
  metrics: [
    pay.mean('monthly', '月均发放抚恤金人数', '人', 'line', undefined, {
      definition: '各月发放名单人数的平均数，四舍五入。',
    }),
    pay.people('people', '领取抚恤金遗属人数'),
    pay.households('households', '领取抚恤金遗属家庭户数', undefined, {
      definition: '同一亡故职工的遗属计一户；没有写明家庭的不计。',
    }),
    pay.lines('times', '发放抚恤金人次', '人次'),
    pay.money('amount', '发放抚恤金', 'amount'),
    pay.every('every', '抚恤金发放频次', 'month'),
  ],
  clauses: [
    {
      text: '{period}，平均每月向遗属{hardship.survivor-pay.monthly}发放抚恤金[，惠及家庭{hardship.survivor-pay.households}][，发放{hardship.survivor-pay.times}、{hardship.survivor-pay.amount}]。',
      weight: 64,
    },
  ],
  sample: {
    date: '2026-03-15',
    title: '三月抚恤金',
    source: '行政',
    person: '孙桂兰',
    household: '孙桂兰',
    grade: '二档',
    amount: '860',
  },
})
