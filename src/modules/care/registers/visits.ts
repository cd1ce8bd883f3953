import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'
import { LEADERS, OCCASIONS, RELATIONS, RELATIVES, STATUSES } from '../words.ts'

const visit = counting('care.visit')
const SPECIAL = ['结婚', '生育', '直系亲属去世', '职工去世']
const ILLNESS_AND_DEATH = ['住院', '职工去世', '直系亲属去世']

export const visits = register({
  id: 'care.visit',
  title: '走访慰问登记簿',
  domain: 'WW',
  mechanisms: ['WW-04', 'WW-05', 'WW-06', 'WW-07', 'WW-08', 'WW-09', 'WW-10', 'WW-11', 'WW-13', 'WW-14', 'WW-21'],
  delicate: true,
  help: '看望慰问一人一次登记一行；工伤记入“工伤慰问跟踪”，以家庭为对象的走访记入“入户走访”，节日集中慰问记入“节日慰问”。',
  dateLabel: '慰问日期',
  fields: [
    field.person('person', '职工姓名', { required: true, aliases: ['姓名', '慰问对象'] }),
    field.choice('status', '职工状况', STATUSES, { required: true }),
    field.choice('occasion', '慰问事由', OCCASIONS, { required: true, aliases: ['事由'] }),
    field.choice('relation', '当事人与职工关系', RELATIONS, { required: true, aliases: ['关系'] }),
    field.text('affected', '当事人姓名', { sensitive: true, help: '当事人是职工本人时不填。' }),
    field.date('occurredOn', '事由发生日期'),
    field.date('knownOn', '得知日期'),
    field.yesno('prompt', '得知后三日内到访'),
    field.text('place', '慰问地点', { sensitive: true, example: '市第一医院住院部' }),
    field.money('amount', '慰问金（元）'),
    field.text('gift', '慰问品', { example: '鲜花一束' }),
    field.money('giftValue', '慰问品折价（元）'),
    field.choice('ledBy', '带队走访人', LEADERS),
    field.text('visitors', '走访人'),
  ],
  standard: {
    register: 'care.standard',
    match: { occasion: 'occasion', status: 'status', relation: 'relation' },
    amount: 'amount',
    limit: 'amount',
    label: '慰问标准',
  },
  metrics: [
    visit.records('times', '慰问看望人次', '人次', undefined, {
      definition: '一人一次计一人次，工伤、入户、节日慰问另计。',
    }),
    visit.people('people', '慰问看望职工人数'),
    visit.money('amount', '慰问金', 'amount'),
    visit.money('gift-value', '慰问品折价', 'giftValue'),
    visit.records('led', '单位领导带队慰问人次', '人次', { ledBy: '单位领导' }),
    visit.records('prompt', '得知后三日内到访人次', '人次', { prompt: '是' }),
    visit.rate('prompt-rate', '三日内到访率', 'prompt', 'times', '三日内到访人次占慰问看望人次。'),
    visit.records('hospital', '住院探望人次', '人次', { occasion: '住院' }),
    visit.records('hospital-own', '在职职工本人住院慰问人次', '人次', {
      occasion: '住院',
      status: '在职',
      relation: '本人',
    }),
    visit.records('hospital-family', '在职职工家属住院慰问人次', '人次', {
      occasion: '住院',
      status: '在职',
      relation: RELATIVES,
    }),
    visit.records('hospital-retired', '退休职工住院慰问人次', '人次', { occasion: '住院', status: ['退休', '离休'] }),
    visit.money('hospital-amount', '住院慰问金', 'amount', { occasion: '住院' }),
    visit.records('sick', '生病职工及家属看望人次', '人次', { occasion: '生病' }),
    visit.records(
      'special',
      '专项慰问人次',
      '人次',
      { occasion: SPECIAL },
      { definition: '结婚、生育、亲属或职工去世。' },
    ),
    visit.people('special-people', '专项慰问职工人数', { occasion: SPECIAL }),
    visit.money('special-amount', '专项慰问金', 'amount', { occasion: SPECIAL }),
    visit.records('wedding', '新婚贺礼人次', '人次', { occasion: '结婚' }),
    visit.records('birth', '生育看望人次', '人次', { occasion: '生育' }),
    visit.records('wedding-funeral', '婚丧慰问人次', '人次', { occasion: ['结婚', '直系亲属去世', '职工去世'] }),
    visit.records('bereaved', '职工亲属去世吊唁慰问人次', '人次', { occasion: '直系亲属去世' }),
    visit.records('retiree-death', '退休职工去世慰问家属人次', '人次', {
      occasion: '职工去世',
      status: ['退休', '离休'],
    }),
    visit.money('retiree-death-amount', '退休职工去世慰问金', 'amount', {
      occasion: '职工去世',
      status: ['退休', '离休'],
    }),
    visit.money('illness-death-amount', '住院和去世慰问费用', 'amount', { occasion: ILLNESS_AND_DEATH }),
    visit.records('elders', '老专家老领导看望人次', '人次', { occasion: '看望老专家老领导' }),
    visit.records('alone', '孤寡职工看望人次', '人次', { occasion: '孤寡独居' }),
    visit.records('bedridden', '长期卧床职工看望人次', '人次', { occasion: '长期卧床' }),
  ],
  clauses: [
    {
      text: '{period}，工会看望慰问职工{care.visit.people}、{care.visit.times}[，送去慰问金{care.visit.amount}][，慰问品折合{care.visit.gift-value}][，由单位领导带队{care.visit.led}]。',
      weight: 90,
    },
    {
      text: '{period}职工或家属住院，工会到院探望{care.visit.hospital}[，其中在职职工本人{care.visit.hospital-own}][，在职职工家属{care.visit.hospital-family}][，退休职工{care.visit.hospital-retired}][，发放住院慰问金{care.visit.hospital-amount}][；另到家中看望生病职工及家属{care.visit.sick}]。',
      weight: 80,
    },
    {
      text: '{period}，按照专项慰问规定支出{care.visit.special-amount}，慰问有婚丧生育等大事的职工{care.visit.special}[，其中送新婚贺礼{care.visit.wedding}][，看望生育职工或家属{care.visit.birth}][，因直系亲属去世吊唁慰问{care.visit.bereaved}]。',
      weight: 75,
    },
    {
      text: '{period}，职工家有婚丧，工会登门道贺或吊唁共{care.visit.wedding-funeral}。',
      genres: ['briefing', 'deeds'],
    },
    {
      text: '{period}，向去世退休职工的家属表示慰问{care.visit.retiree-death}[，送去慰问金{care.visit.retiree-death-amount}]。',
      weight: 60,
    },
    {
      text: '{period}，登门看望老专家、老领导{care.visit.elders}[，看望孤寡职工{care.visit.alone}][，看望长期卧床职工{care.visit.bedridden}]。',
      weight: 65,
    },
    {
      text: '{period}，用于住院和去世慰问的费用{care.visit.illness-death-amount}[；得知消息后三日内到访{care.visit.prompt}，占{care.visit.prompt-rate}]。',
      weight: 45,
    },
  ],
  sample: {
    date: '2026-03-12',
    person: '李建国',
    status: '在职',
    occasion: '住院',
    relation: '本人',
    occurredOn: '2026-03-10',
    knownOn: '2026-03-11',
    prompt: '是',
    place: '市第一医院住院部',
    amount: '800',
    gift: '鲜花一束',
    giftValue: '120',
    ledBy: '工会主席',
    visitors: '王芳、赵敏',
  },
})

const injury = counting('care.injury')
export const injuries = register({
  id: 'care.injury',
  title: '工伤慰问跟踪',
  domain: 'WW',
  mechanisms: ['WW-12'],
  help: '工伤职工每次看望登记一行，从住院一直记到结案。',
  dateLabel: '看望日期',
  confidential: true,
  fields: [
    field.person('person', '工伤职工', { required: true, aliases: ['姓名'] }),
    field.date('injuredOn', '受伤日期'),
    field.choice('stage', '所处阶段', ['住院治疗', '居家休养', '康复训练', '劳动能力鉴定', '复岗', '结案'], {
      required: true,
    }),
    field.money('amount', '慰问金（元）'),
    field.text('gift', '慰问品'),
    field.longtext('need', '职工诉求'),
    field.text('visitors', '看望人'),
  ],
  metrics: [
    injury.records('times', '工伤职工看望人次', '人次'),
    injury.people('people', '工伤职工看望人数'),
    injury.money('amount', '工伤慰问金', 'amount'),
    injury.people('back', '已复岗的工伤职工人数', { stage: '复岗' }),
    injury.people('closed', '已结案的工伤职工人数', { stage: '结案' }),
  ],
  clauses: [
    {
      text: '{period}，跟踪看望工伤职工{care.injury.people}、{care.injury.times}[，送去慰问金{care.injury.amount}][，其中已复岗{care.injury.back}][，跟踪至结案{care.injury.closed}]。',
      weight: 60,
    },
  ],
  sample: {
    date: '2026-05-20',
    person: '陈志强',
    injuredOn: '2026-05-18',
    stage: '住院治疗',
    amount: '1000',
    gift: '营养品一份',
    need: '希望协助办理工伤认定',
    visitors: '赵敏',
  },
})

const household = counting('care.household-visit')
export const householdVisits = register({
  id: 'care.household-visit',
  title: '入户走访',
  domain: 'WW',
  mechanisms: ['WW-15', 'WW-16'],
  delicate: true,
  help: '以家庭为对象的走访，每户每次登记一行。',
  dateLabel: '走访日期',
  fields: [
    field.household('household', '走访家庭（户主）', { required: true, aliases: ['户主姓名'] }),
    field.choice(
      'category',
      '家庭类别',
      ['离退休老病号', '遗属', '军属', '烈属', '一线职工家庭', '新入职职工家庭', '其他'],
      {
        required: true,
      },
    ),
    field.choice('festival', '走访时节', ['元旦', '春节', '八一', '中秋', '国庆', '日常'], { required: true }),
    field.money('amount', '慰问金（元）'),
    field.text('gift', '慰问品'),
    field.longtext('opinion', '听取的意见'),
    field.text('visitors', '走访人'),
  ],
  metrics: [
    household.records('times', '入户走访户次', '户次'),
    household.households('households', '入户走访户数'),
    household.money('amount', '入户走访慰问金', 'amount'),
    household.records('elderly-survivors', '离退休老病号、遗属走访户次', '户次', {
      category: ['离退休老病号', '遗属'],
    }),
    household.records('survivors', '遗属走访户次', '户次', { category: '遗属' }),
    household.records('military', '军烈属走访户次', '户次', { category: ['军属', '烈属'] }),
    household.households('military-households', '走访军烈属户数', { category: ['军属', '烈属'] }),
    household.households('spring-military', '春节走访军烈属户数', { category: ['军属', '烈属'], festival: '春节' }),
  ],
  clauses: [
    {
      text: '{period}，入户走访{care.household-visit.households}、{care.household-visit.times}[，其中离退休老病号和遗属{care.household-visit.elderly-survivors}][，送去慰问金{care.household-visit.amount}]。',
      weight: 70,
    },
    {
      text: '{period}，走访军烈属{care.household-visit.military-households}、{care.household-visit.military}[，其中春节期间走访{care.household-visit.spring-military}]。',
      weight: 55,
    },
  ],
  sample: {
    date: '2026-02-09',
    household: '孙桂兰',
    category: '遗属',
    festival: '春节',
    amount: '500',
    gift: '米面油一份',
    opinion: '希望社区医院开通上门诊疗',
    visitors: '王芳、刘洋',
  },
})
