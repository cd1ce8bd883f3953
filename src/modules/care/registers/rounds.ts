import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'
import { STATUSES } from '../words.ts'

const home = counting('care.home-visit', 'line')
export const homeVisits = register({
  id: 'care.home-visit',
  title: '家访',
  domain: 'WW',
  mechanisms: ['WW-20'],
  help: '一轮家访一条；把应家访的人全部列入名单，一人一行，去过的填“是”。',
  dateLabel: '家访日期',
  endDateLabel: '结束日期',
  titleLabel: '家访活动',
  fields: [
    field.integer('withinYears', '家访对象距退休年限（年）', { min: 0, max: 20, help: '对三年内退休的职工家访填 3。' }),
    field.text('visitors', '家访人员'),
  ],
  lines: {
    title: '应家访名单',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.choice('ground', '列入原因', ['临近退休', '家庭困难', '新入职', '因病休养', '其他'], { required: true }),
      field.yesno('done', '已家访', { required: true }),
      field.money('amount', '慰问金（元）'),
      field.text('need', '了解到的需求'),
    ],
  },
  metrics: [
    home.records('rounds', '家访轮次', '次'),
    home.stated('within-years', '家访对象距退休年限', '年', 'withinYears', undefined, {
      definition: '该年限以内退休的职工列入家访。',
    }),
    home.people('due', '应家访人数'),
    home.people('done', '已家访人数', { done: '是' }),
    home.rate('coverage', '家访覆盖率', 'done', 'due', '已家访人数占应家访名单人数。'),
    home.people('near-retirement', '家访临近退休职工人数', { done: '是', ground: '临近退休' }),
    home.people('hardship', '家访困难职工人数', { done: '是', ground: '家庭困难' }),
    home.money('amount', '家访慰问金', 'amount'),
  ],
  clauses: [
    {
      text: '{period}，组织家访{care.home-visit.rounds}，应访{care.home-visit.due}，实访{care.home-visit.done}，覆盖率{care.home-visit.coverage}[，其中{care.home-visit.within-years}内退休的职工{care.home-visit.near-retirement}][、家庭困难职工{care.home-visit.hardship}]。',
      weight: 65,
    },
  ],
  sample: {
    date: '2026-08-06',
    endDate: '2026-08-20',
    title: '暑期家访',
    withinYears: '3',
    visitors: '校领导、工会委员',
    person: '钱秀英',
    ground: '临近退休',
    done: '是',
    need: '希望了解退休手续办理流程',
  },
})

const heat = counting('care.heat-relief', 'line')
const COOLERS = ['饮水机', '电风扇', '其他降温设备']
export const heatRelief = register({
  id: 'care.heat-relief',
  title: '高温慰问',
  domain: 'WW',
  mechanisms: ['WW-17'],
  help: '每到一个岗位或工地送清凉一次为一条，送去的物品一种一行。',
  dateLabel: '慰问日期',
  titleLabel: '慰问岗位（工地）',
  fields: [
    field.choice('place', '岗位类别', ['生产车间', '建筑工地', '户外岗位', '窗口岗位', '安保值守', '其他'], {
      required: true,
    }),
    field.choice('ledBy', '带队人', ['单位领导', '工会主席', '分会主席', '工会委员']),
  ],
  lines: {
    title: '慰问物品',
    fields: [
      field.choice('kind', '物品类别', ['食品饮料', '防暑药品', '毛巾洗护', ...COOLERS, '其他'], { required: true }),
      field.text('item', '物品名称', { required: true }),
      field.integer('quantity', '数量', { required: true, min: 1 }),
      field.text('measure', '单位（箱、台）'),
      field.money('cost', '金额（元）'),
    ],
  },
  metrics: [
    heat.records('visits', '高温慰问点次', '点次'),
    heat.recordKinds('places', '高温慰问的岗位类别', '类', 'place'),
    heat.money('cost', '高温慰问支出', 'cost'),
    heat.sum('coolers', '送去的降温设备', '台', 'quantity', { kind: COOLERS }),
    heat.sum('dispensers', '送去的饮水机', '台', 'quantity', { kind: '饮水机' }),
    heat.sum('fans', '送去的电风扇', '台', 'quantity', { kind: '电风扇' }),
    heat.money('food-cost', '食品饮料支出', 'cost', { kind: '食品饮料' }),
  ],
  clauses: [
    {
      text: '{period}，开展高温慰问，为{list:place}送清凉{care.heat-relief.visits}[，支出{care.heat-relief.cost}][，配送降温设备{care.heat-relief.coolers}][，其中饮水机{care.heat-relief.dispensers}][、电风扇{care.heat-relief.fans}]。',
      weight: 60,
    },
  ],
  sample: {
    date: '2026-07-15',
    title: '铸造车间',
    place: '生产车间',
    ledBy: '工会主席',
    kind: '电风扇',
    item: '工业落地扇',
    quantity: '6',
    measure: '台',
    cost: '1980',
  },
})

const children = counting('care.children-gift', 'line')
export const childrenGifts = register({
  id: 'care.children-gift',
  title: '“六一”儿童慰问',
  domain: 'WW',
  mechanisms: ['WW-18'],
  help: '一次慰问一条；符合条件的职工子女逐个列入名单，送到的填“是”。',
  dateLabel: '慰问日期',
  titleLabel: '慰问活动',
  fields: [field.text('condition', '享受条件', { example: '初中预备班以下' })],
  lines: {
    title: '职工子女名单',
    fields: [
      field.person('person', '子女姓名', { required: true, sensitive: true }),
      field.text('parent', '家长（职工）', { required: true }),
      field.choice('stage', '学段', ['学龄前', '幼儿园', '小学', '初中预备班', '初中'], { required: true }),
      field.yesno('done', '已送达', { required: true }),
      field.money('value', '礼品折价（元）'),
    ],
  },
  metrics: [
    children.records('rounds', '儿童慰问次数', '次'),
    children.people('due', '应慰问的职工子女人数'),
    children.people('done', '已慰问的职工子女人数', { done: '是' }),
    children.rate('coverage', '儿童慰问覆盖率', 'done', 'due', '已慰问子女占符合条件的职工子女。'),
    children.people('preschool', '学龄前和幼儿园子女人数', { done: '是', stage: ['学龄前', '幼儿园'] }),
    children.people('school', '中小学子女人数', { done: '是', stage: ['小学', '初中预备班', '初中'] }),
    children.money('value', '儿童慰问品折价', 'value'),
  ],
  clauses: [
    {
      text: '{period}，“六一”儿童节慰问职工子女{care.children-gift.done}，符合条件的{care.children-gift.due}，覆盖率{care.children-gift.coverage}[，礼品折合{care.children-gift.value}]。',
      weight: 58,
    },
  ],
  sample: {
    date: '2026-06-01',
    title: '“六一”慰问职工子女',
    condition: '初中预备班以下',
    person: '吴小满',
    parent: '吴凯',
    stage: '小学',
    done: '是',
    value: '80',
  },
})

const crew = counting('care.crew-escort')
export const crewEscorts = register({
  id: 'care.crew-escort',
  title: '迎送施工队伍',
  domain: 'WW',
  mechanisms: ['WW-19'],
  help: '欢送队伍赴一线或欢迎队伍返回，每次登记一行。',
  titleLabel: '迎送活动',
  fields: [
    field.choice('direction', '迎送', ['欢送', '欢迎'], { required: true }),
    field.text('crew', '施工队伍', { required: true, dim: true }),
    field.choice('form', '形式', ['锣鼓队', '横幅标语', '座谈会', '送行慰问', '其他'], { open: true }),
    field.money('cost', '支出（元）'),
  ],
  metrics: [
    crew.records('times', '迎送施工队伍项次', '项次'),
    crew.records('send-off', '欢送队伍赴一线项次', '项次', { direction: '欢送' }),
    crew.records('welcome', '欢迎队伍返回项次', '项次', { direction: '欢迎' }),
    crew.kinds('crews', '迎送的施工队伍', '支', 'crew'),
    crew.money('cost', '迎送支出', 'cost'),
  ],
  clauses: [
    {
      text: '{period}，组织迎送施工队伍{care.crew-escort.times}、涉及队伍{care.crew-escort.crews}[，其中欢送奔赴一线{care.crew-escort.send-off}][、欢迎返回{care.crew-escort.welcome}]。',
      weight: 40,
    },
  ],
  sample: {
    date: '2026-02-26',
    title: '欢送第二工程队赴工地',
    direction: '欢送',
    crew: '第二工程队',
    form: '锣鼓队',
    cost: '350',
  },
})

const festival = counting('care.festival', 'line')
export const festivals = register({
  id: 'care.festival',
  title: '节日慰问',
  domain: 'WW',
  mechanisms: ['WW-22'],
  help: '一个节日一次集中慰问为一条，慰问到的人一人一行；上门走访离退休人员记入“离退休走访慰问”。',
  dateLabel: '慰问日期',
  titleLabel: '慰问活动',
  fields: [
    field.choice(
      'festival',
      '节日',
      [
        '元旦',
        '春节',
        '“三八”妇女节',
        '“五一”劳动节',
        '端午',
        '“六一”儿童节',
        '“七一”',
        '中秋',
        '教师节',
        '国庆',
        '重阳',
        '护士节',
        '记者节',
      ],
      { required: true, open: true },
    ),
  ],
  lines: {
    title: '慰问对象',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.choice(
        'group',
        '对象类别',
        ['职工', '女职工', '退休老职工', '节日值守职工', '劳模先进', '职工子女', '其他'],
        {
          required: true,
        },
      ),
      field.choice('status', '职工状况', STATUSES),
      field.money('amount', '慰问金（元）'),
      field.text('gift', '慰问品'),
      field.money('giftValue', '慰问品折价（元）'),
    ],
  },
  metrics: [
    festival.records('rounds', '节日慰问次数', '次'),
    festival.recordKinds('festivals', '开展慰问的节日', '个', 'festival'),
    festival.lines('times', '节日慰问人次', '人次'),
    festival.people('people', '节日慰问人数'),
    festival.lines('retired-times', '节日慰问退休老职工人次', '人次', { group: '退休老职工' }),
    festival.lines('women-times', '节日慰问女职工人次', '人次', { group: '女职工' }),
    festival.lines('on-duty-times', '慰问节日值守职工人次', '人次', { group: '节日值守职工' }),
    festival.money('amount', '节日慰问金', 'amount'),
    festival.money('gift-value', '节日慰问品折价', 'giftValue'),
    festival.lines('spring-times', '春节慰问人次', '人次', { festival: '春节' }),
  ],
  clauses: [
    {
      text: '{period}开展节日慰问{care.festival.rounds}（{list:festival}），慰问{care.festival.people}、{care.festival.times}[，其中退休老职工{care.festival.retired-times}][、节日值守职工{care.festival.on-duty-times}][，支出慰问金{care.festival.amount}][，慰问品折合{care.festival.gift-value}]。',
      weight: 78,
    },
    { text: '{period}，节日期间慰问女职工{care.festival.women-times}。', section: 'NG', genres: ['women'] },
  ],
  sample: {
    date: '2026-09-25',
    title: '国庆中秋慰问',
    festival: '国庆',
    person: '郑宏伟',
    group: '退休老职工',
    status: '退休',
    gift: '米面油一份',
    giftValue: '200',
  },
})
