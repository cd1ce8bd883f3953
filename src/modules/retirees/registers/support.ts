import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'

const DONE = { done: '是' }

const visit = counting('retirees.visit', 'line')
export const visits = register({
  id: 'retirees.visit',
  title: '离退休走访慰问',
  domain: 'TG',
  mechanisms: ['TG-12'],
  help: '一次节日走访为一条，走访到的人一人一行。因病住院看望记入“走访慰问登记簿”。',
  dateLabel: '走访日期',
  titleLabel: '走访活动',
  fields: [
    field.choice('festival', '时节', ['元旦', '春节', '七一', '中秋', '国庆', '重阳', '日常'], { required: true }),
    field.choice('ledBy', '带队人', ['单位领导', '工会主席', '退管干部', '工会小组长']),
  ],
  lines: {
    title: '走访对象',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.choice('status', '身份', ['退休', '离休', '离岗'], { required: true }),
      field.choice('form', '形式', ['上门走访', '集中慰问', '电话问候'], { required: true }),
      field.money('amount', '慰问金（元）'),
      field.text('gift', '慰问品'),
      field.money('giftValue', '慰问品折价（元）'),
      field.text('opinion', '意见建议'),
    ],
  },
  metrics: [
    visit.records('rounds', '离退休走访慰问次数', '次'),
    visit.lines('times', '离退休走访慰问人次', '人次'),
    visit.people('people', '走访慰问离退休人员'),
    visit.lines('veterans', '走访慰问离休干部人次', '人次', { status: '离休' }),
    visit.lines('at-home', '上门走访离退休人员人次', '人次', { form: '上门走访' }),
    visit.lines('spring-times', '春节走访离退休人员人次', '人次', { festival: '春节' }),
    visit.money('amount', '离退休慰问金', 'amount'),
    visit.money('gift-value', '离退休慰问品折价', 'giftValue'),
  ],
  clauses: [
    {
      text: '{period}，走访慰问离退休人员{retirees.visit.people}、{retirees.visit.times}[，其中离休干部{retirees.visit.veterans}][，上门走访{retirees.visit.at-home}][，送去慰问金{retirees.visit.amount}][，慰问品折合{retirees.visit.gift-value}]。',
      weight: 88,
    },
  ],
  sample: {
    date: '2026-02-08',
    title: '春节走访离退休干部',
    festival: '春节',
    ledBy: '单位领导',
    person: '郑宏伟',
    status: '退休',
    form: '上门走访',
    gift: '米面油一份',
    giftValue: '200',
    opinion: '希望活动室延长开放时间',
  },
})

const gift = counting('retirees.gift', 'line')
export const gifts = register({
  id: 'retirees.gift',
  title: '离退休福利发放',
  domain: 'TG',
  mechanisms: ['TG-08'],
  help: '一次发放一条；应领的离退休人员全部列入，一人一行，领到的填“是”。',
  dateLabel: '发放日期',
  titleLabel: '发放物品',
  fields: [field.choice('kind', '类别', ['门票', '节日物品', '生日礼品', '书报', '其他'], { required: true })],
  lines: {
    title: '应领名单',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.yesno('done', '已领', { required: true }),
      field.money('value', '折价（元）'),
    ],
  },
  metrics: [
    gift.records('rounds', '离退休福利发放次数', '次'),
    gift.people('due', '离退休福利应领人数'),
    gift.people('people', '离退休福利领取人数', DONE),
    gift.rate('coverage', '离退休福利发放覆盖率', 'people', 'due', '已领人数占应领名单人数。'),
    gift.people('ticket-due', '门票应领离退休人员', { kind: '门票' }),
    gift.people('ticket-people', '领到门票的离退休人员', { ...DONE, kind: '门票' }),
    gift.rate(
      'ticket-coverage',
      '离退休人员门票发放覆盖率',
      'ticket-people',
      'ticket-due',
      '已领门票的占应领名单人数。',
    ),
    gift.money('value', '离退休福利折价', 'value', DONE),
  ],
  clauses: [
    {
      text: '{period}，向离退休人员发放福利{retirees.gift.rounds}，应领{retirees.gift.due}，已领{retirees.gift.people}，覆盖率{retirees.gift.coverage}[，折合{retirees.gift.value}]。',
      weight: 66,
    },
    {
      text: '{period}，向离退休人员赠送门票，应领{retirees.gift.ticket-due}，已领{retirees.gift.ticket-people}，覆盖率{retirees.gift.ticket-coverage}。',
      weight: 65,
    },
  ],
  sample: { date: '2026-05-06', title: '花博会门票', kind: '门票', person: '钱秀英', done: '是', value: '120' },
})

const farewell = counting('retirees.farewell')
export const farewells = register({
  id: 'retirees.farewell',
  title: '退休欢送',
  domain: 'TG',
  mechanisms: ['TG-07'],
  help: '本期退休的职工全部列入，一人一行；欢送了的填“是”，并注明做了哪些。',
  dateLabel: '退休（欢送）日期',
  fields: [
    field.person('person', '退休职工', { required: true, aliases: ['姓名'] }),
    field.yesno('done', '已欢送', { required: true }),
    field.yesno('party', '召开茶话会'),
    field.yesno('flowers', '赠送鲜花'),
    field.yesno('escorted', '护送回家'),
    field.yesno('screen', '电子屏回顾'),
    field.text('gift', '纪念品'),
    field.money('cost', '支出（元）'),
  ],
  metrics: [
    farewell.people('due', '本期退休职工人数'),
    farewell.people('people', '退休欢送人数', DONE),
    farewell.rate('coverage', '退休欢送覆盖率', 'people', 'due', '已欢送职工占本期退休职工。'),
    farewell.people('party', '召开茶话会欢送的退休职工', { ...DONE, party: '是' }),
    farewell.people('flowers', '获赠鲜花的退休职工', { ...DONE, flowers: '是' }),
    farewell.people('escorted', '护送回家的退休职工', { ...DONE, escorted: '是' }),
    farewell.people('screen', '电子屏回顾的退休职工', { ...DONE, screen: '是' }),
    farewell.money('cost', '退休欢送支出', 'cost'),
  ],
  clauses: [
    {
      text: '{period}，退休职工{retirees.farewell.due}，工会欢送{retirees.farewell.people}，覆盖率{retirees.farewell.coverage}[，其中召开茶话会欢送{retirees.farewell.party}][，赠送鲜花{retirees.farewell.flowers}][，护送回家{retirees.farewell.escorted}]。',
      weight: 72,
    },
  ],
  sample: {
    date: '2026-06-30',
    person: '谢玉兰',
    done: '是',
    party: '是',
    flowers: '是',
    escorted: '是',
    screen: '否',
    gift: '纪念相册',
    cost: '260',
  },
})

const support = counting('retirees.group-support', 'line')
export const groupSupports = register({
  id: 'retirees.group-support',
  title: '退休小组活动支持',
  domain: 'TG',
  mechanisms: ['TG-03'],
  help: '支持退休小组一次活动为一条，提供的车辆、饮水、午餐等一种一行。',
  titleLabel: '小组活动',
  fields: [field.text('group', '退休工会小组', { required: true, dim: true })],
  lines: {
    title: '支持内容',
    fields: [
      field.choice('item', '项目', ['车辆', '饮水', '午餐', '门票', '场地', '其他'], { required: true }),
      field.integer('quantity', '数量', { min: 1 }),
      field.money('cost', '费用（元）'),
    ],
  },
  metrics: [
    support.records('times', '支持退休小组活动', '次'),
    support.recordKinds('groups', '得到支持的退休小组', '个', 'group'),
    support.sum('vehicles', '为退休小组派车', '台次', 'quantity', { item: '车辆' }),
    support.sum('lunches', '为退休小组提供午餐', '份', 'quantity', { item: '午餐' }),
    support.money('cost', '支持退休小组活动支出', 'cost'),
  ],
  clauses: [
    {
      text: '{period}，支持退休小组{retirees.group-support.groups}开展活动{retirees.group-support.times}[，派车{retirees.group-support.vehicles}][，提供午餐{retirees.group-support.lunches}][，支出{retirees.group-support.cost}]。',
      weight: 55,
    },
  ],
  sample: { date: '2026-04-17', title: '第三小组春游', group: '第三小组', item: '车辆', quantity: '1', cost: '900' },
})

const venue = counting('retirees.venue', 'line')
export const venues = register({
  id: 'retirees.venue',
  title: '离退休活动阵地',
  domain: 'TG',
  mechanisms: ['TG-06'],
  help: '启用一处活动室或活动中心为一条，配置的设施一种一行。',
  dateLabel: '启用日期',
  endDateLabel: '停用日期',
  titleLabel: '场所名称',
  fields: [
    field.choice('kind', '类别', ['活动室', '活动中心', '老年学校', '阅览室'], { required: true }),
    field.text('address', '地址'),
    field.integer('area', '面积（平方米）', { min: 1 }),
  ],
  lines: {
    title: '设施',
    fields: [
      field.text('item', '设施名称', { required: true }),
      field.integer('quantity', '数量', { required: true, min: 1 }),
      field.money('cost', '购置费用（元）'),
    ],
  },
  metrics: [
    venue.records('opened', '启用离退休活动场所', '处'),
    venue.records('rooms', '启用退休活动室', '个', { kind: '活动室' }),
    venue.records('centres', '启用老干部活动中心', '个', { kind: '活动中心' }),
    venue.sum('area', '启用离退休活动场所面积', '平方米', 'area'),
    venue.sum('facilities', '离退休活动场所设施', '件', 'quantity'),
    venue.money('cost', '离退休活动设施支出', 'cost'),
  ],
  clauses: [
    {
      text: '{period}，启用离退休活动场所{retirees.venue.opened}[，其中活动室{retirees.venue.rooms}][，活动中心{retirees.venue.centres}][，面积{retirees.venue.area}][，配置设施{retirees.venue.facilities}]。',
      weight: 62,
    },
  ],
  sample: {
    date: '2026-03-01',
    title: '退休教师活动室',
    kind: '活动室',
    address: '行政楼一层',
    area: '86',
    item: '棋牌桌',
    quantity: '4',
    cost: '3200',
  },
})

const benefit = counting('retirees.benefit')
export const benefits = register({
  id: 'retirees.benefit',
  title: '离退休待遇协调与评价',
  domain: 'TG',
  mechanisms: ['TG-13'],
  help: '为离退休人员协调的每件待遇登记一行；上级对退管工作的每次评价也登记一行。',
  titleLabel: '事项',
  fields: [
    field.choice('kind', '类别', ['待遇协调', '上级评价'], { required: true }),
    field.choice('topic', '待遇', ['补贴标准', '医疗', '体检', '节日福利', '活动经费', '其他']),
    field.choice('result', '结果', ['已提高', '已新增', '已落实', '协调中', '未成', '优秀', '良好', '合格'], {
      required: true,
    }),
    field.text('body', '协调对象或评价单位'),
  ],
  metrics: [
    benefit.records('items', '离退休待遇协调', '项', { kind: '待遇协调' }),
    benefit.records('achieved', '已落实的离退休待遇', '项', {
      kind: '待遇协调',
      result: ['已提高', '已新增', '已落实'],
    }),
    benefit.rate('rate', '离退休待遇协调落实率', 'achieved', 'items', '已落实事项占协调事项。'),
    benefit.records('raised', '提高的离退休待遇', '项', { kind: '待遇协调', result: '已提高' }),
    benefit.records('appraisals', '退管工作上级评价', '次', { kind: '上级评价' }),
    benefit.records('excellent', '退管工作获评优秀', '次', { kind: '上级评价', result: '优秀' }),
  ],
  clauses: [
    {
      text: '{period}，为离退休人员协调待遇{retirees.benefit.items}[，已落实{retirees.benefit.achieved}，占{retirees.benefit.rate}][，其中提高标准{retirees.benefit.raised}]。',
      weight: 64,
    },
    {
      text: '{period}，退管工作接受上级评价{retirees.benefit.appraisals}[，获评优秀{retirees.benefit.excellent}]。',
      weight: 50,
    },
  ],
  sample: {
    date: '2026-07-03',
    title: '提高退休职工体检标准',
    kind: '待遇协调',
    topic: '体检',
    result: '已提高',
    body: '行政办公会',
  },
})
