import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'

const ROOMS = [
  '职工活动中心',
  '职工活动室',
  '职工书屋',
  '图书阅览室',
  '健身房',
  '咖吧茶吧',
  '篮球场',
  '乒乓球场地',
  '羽毛球场',
  '心灵驿站',
  '母婴室',
  '警示教育室',
  '老干部活动中心',
  '其他',
] as const

const place = counting('venues.place')
/** A room or ground that exists or was made: one row each, per year it is reported. */
export const places = register({
  id: 'venues.place',
  title: '职工活动阵地',
  domain: 'ZD',
  mechanisms: ['ZD-01', 'ZD-04', 'ZD-06', 'ZD-08', 'ZD-09', 'ZD-12'],
  help: '新建、改建或在用的每处场地一行；日期填启用、完工或登记日期。',
  dateLabel: '启用（登记）日期',
  titleLabel: '场地名称',
  fields: [
    field.choice('kind', '场地种类', ROOMS, { required: true }),
    field.choice('change', '建设情况', ['新建', '改建', '更新改造', '在用'], { required: true }),
    field.integer('area', '面积（平方米）', { max: 1_000_000 }),
    field.integer('capacity', '一次容纳量（座）', { max: 100_000 }),
    field.text('work', '建设内容'),
    field.money('cost', '投入（元）'),
  ],
  metrics: [
    place.records('count', '职工活动阵地处数', '处'),
    place.records('fresh', '新建活动阵地处数', '处', { change: '新建' }),
    place.records('rooms-new', '新建职工活动室个数', '个', { change: '新建', kind: '职工活动室' }),
    place.records('libraries-new', '新建职工书屋个数', '个', { change: '新建', kind: '职工书屋' }),
    place.records('libraries', '职工书屋和阅览室个数', '个', { kind: ['职工书屋', '图书阅览室'] }),
    place.records('rebuilt', '改建改造场地处数', '处', { change: ['改建', '更新改造'] }),
    place.records('table-tennis', '改建乒乓球场地处数', '处', { change: ['改建', '更新改造'], kind: '乒乓球场地' }),
    place.records('basketball', '更新改造篮球场处数', '处', { change: ['改建', '更新改造'], kind: '篮球场' }),
    place.records('nursing', '母婴室个数', '个', { kind: '母婴室' }),
    place.records('gyms', '健身房个数', '个', { kind: '健身房' }),
    place.sum('area', '活动阵地面积', '平方米', 'area'),
    place.sum('capacity', '活动阵地一次容纳量', '座', 'capacity'),
    place.money('cost', '阵地建设投入', 'cost'),
  ],
  clauses: [
    { text: '{period}新建职工活动室{venues.place.rooms-new}[、职工书屋{venues.place.libraries-new}]。', weight: 80 },
    {
      text: '{period}，改建、更新改造场地{venues.place.rebuilt}[，其中乒乓球场地{venues.place.table-tennis}][、篮球场{venues.place.basketball}]。',
      weight: 75,
    },
    {
      text: '{period}，登记职工活动阵地{venues.place.count}[，面积{venues.place.area}][，可容纳{venues.place.capacity}][，建设投入{venues.place.cost}]。',
      weight: 60,
    },
    {
      text: '{period}，职工书屋和阅览室{venues.place.libraries}[，母婴室{venues.place.nursing}][，健身房{venues.place.gyms}]。',
      weight: 50,
    },
  ],
  sample: {
    date: '2026-05-15',
    title: '二车间职工活动室',
    kind: '职工活动室',
    change: '新建',
    area: '120',
    capacity: '40',
    cost: '36000',
  },
})

const visit = counting('venues.attendance')
/** People counted at the door, day by day. Names aren't kept by nature. */
export const attendance = register({
  id: 'venues.attendance',
  title: '场地开放与接待',
  domain: 'ZD',
  mechanisms: ['ZD-02', 'ZD-11'],
  help: '一处场地开放一天一行，填当天门口清点的进场数。',
  dateLabel: '开放日期',
  fields: [
    field.text('place', '场地', { required: true, dim: true }),
    field.integer('visitors', '当天进场数', { required: true, max: 1_000_000 }),
  ],
  metrics: [
    visit.records('days', '场地开放天次', '天次'),
    visit.sum('visitors', '场地接待人次', '人次', 'visitors'),
    visit.mean('monthly', '每月平均接待人次', '人次', 'visitors'),
    visit.kinds('places', '开放场地处数', '处', 'place'),
  ],
  clauses: [
    { text: '{period}活动场地接待职工{venues.attendance.visitors}，每月平均{venues.attendance.monthly}。', weight: 70 },
  ],
  sample: { date: '2026-04-02', place: '职工活动中心', visitors: '96' },
})

const booking = counting('venues.booking')
export const bookings = register({
  id: 'venues.booking',
  title: '场地使用登记',
  domain: 'ZD',
  mechanisms: ['ZD-03'],
  help: '安排一次场地使用一行。',
  dateLabel: '使用日期',
  titleLabel: '用途',
  fields: [
    field.text('place', '场地', { required: true, dim: true }),
    field.text('user', '使用单位', { dim: true }),
    field.choice('kind', '用途类别', ['会议', '健身', '培训', '演出排练', '其他'], { required: true }),
  ],
  metrics: [
    booking.records('count', '安排场地使用项次', '项次'),
    booking.records('meetings', '安排会议项次', '项次', { kind: '会议' }),
    booking.kinds('users', '使用场地单位数', '个', 'user'),
  ],
  clauses: [
    {
      text: '{period}接待安排场地使用{venues.booking.count}[，涉及{venues.booking.users}单位][，其中会议{venues.booking.meetings}]。',
      weight: 55,
    },
  ],
  sample: { date: '2026-03-18', title: '分公司工作会议', place: '多功能厅', user: '第二分会', kind: '会议' },
})

const loan = counting('venues.loan')
export const loans = register({
  id: 'venues.loan',
  title: '图书借阅',
  domain: 'ZD',
  mechanisms: ['ZD-05'],
  help: '借出一册一行。',
  dateLabel: '借出日期',
  titleLabel: '书名',
  fields: [field.person('person', '借阅人', { required: true }), field.yesno('returned', '已归还')],
  metrics: [
    loan.records('count', '图书借阅册次', '册次'),
    loan.people('readers', '借阅职工人数'),
    loan.records('returned', '已归还册次', '册次', { returned: '是' }),
  ],
  clauses: [{ text: '{period}借阅图书{venues.loan.count}，借阅职工{venues.loan.readers}。', weight: 45 }],
  sample: { date: '2026-02-11', title: '《电工手记》', person: '沈佳', returned: '是' },
})

const asset = counting('venues.asset')
export const assets = register({
  id: 'venues.asset',
  title: '文体器材与工会资产',
  domain: 'ZD',
  mechanisms: ['ZD-07', 'ZD-10'],
  help: '购置、盘点或处置一批器材、图书、资产一行。',
  dateLabel: '日期',
  titleLabel: '品名',
  fields: [
    field.choice('action', '事项', ['购置', '盘点', '处置'], { required: true }),
    field.choice('kind', '类别', ['健身器材', '球类用品', '图书', '电教设备', '乐器服装', '办公设备', '其他'], {
      required: true,
    }),
    field.integer('quantity', '数量', { required: true, min: 1, max: 1_000_000 }),
    field.money('cost', '金额（元）'),
    field.text('place', '存放地点'),
    field.person('keeper', '保管人'),
  ],
  metrics: [
    asset.records('purchases', '购置器材批次', '批', { action: '购置' }),
    asset.sum('bought', '购置器材件数', '件', 'quantity', { action: '购置' }),
    asset.sum('books', '购置图书册数', '册', 'quantity', { action: '购置', kind: '图书' }),
    asset.sum('fitness', '购置健身器材件数', '台', 'quantity', { action: '购置', kind: '健身器材' }),
    asset.money('cost', '购置器材金额', 'cost', { action: '购置' }),
    asset.records('counts', '资产盘点次数', '次', { action: '盘点' }),
  ],
  clauses: [
    {
      text: '{period}购置文体器材{venues.asset.purchases}、{venues.asset.bought}[，金额{venues.asset.cost}][，其中图书{venues.asset.books}][、健身器材{venues.asset.fitness}][；开展资产盘点{venues.asset.counts}]。',
      weight: 58,
    },
  ],
  sample: {
    date: '2026-03-30',
    title: '动感单车',
    action: '购置',
    kind: '健身器材',
    quantity: '4',
    cost: '8800',
    place: '健身房',
    keeper: '卢小宁',
  },
})

const board = counting('venues.board')
export const boards = register({
  id: 'venues.board',
  title: '展板与电子屏',
  domain: 'ZD',
  mechanisms: ['ZD-13'],
  help: '制作一块展板、更新一次电子屏内容一行。',
  dateLabel: '日期',
  titleLabel: '内容',
  fields: [
    field.choice('kind', '种类', ['制度上墙', '宣传展板', '电子屏', '文化长廊', '其他'], { required: true }),
    field.text('place', '位置'),
  ],
  metrics: [
    board.records('count', '制作展板和更新电子屏次数', '块'),
    board.records('rules', '制度上墙块数', '块', { kind: '制度上墙' }),
  ],
  clauses: [
    { text: '{period}制作展板、更新电子屏{venues.board.count}[，其中制度上墙{venues.board.rules}]。', weight: 30 },
  ],
  sample: { date: '2026-02-20', title: '工会委员会职责', kind: '制度上墙', place: '三楼走廊' },
})
