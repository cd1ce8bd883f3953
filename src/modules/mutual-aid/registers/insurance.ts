import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'
import { GENERAL } from './words.ts'

/** One name per scheme in enrolment and claims alike. */
const SCHEMES = [
  '会员大病互助',
  '职工医疗互助',
  '职工互助保险',
  '安康保险',
  '女职工大病安康保险',
  '女职工安康互助保障',
  '职工医疗综合互助保险',
  '养老互助保险',
  '独生子女两全保险',
  '重特大病医疗保险',
  '人身意外险',
] as const
const MUNICIPAL = ['职工医疗互助', '职工互助保险', '安康保险']

const enrolment = counting('mutual-aid.enrolment', 'line')
const IN = { done: '是' }
const RETIRED = { group: '退休职工' }
export const enrolments = register({
  id: 'mutual-aid.enrolment',
  title: '互助保障参保',
  domain: 'HZ',
  mechanisms: ['HZ-03', 'HZ-04', 'HZ-05', 'HZ-06', 'HZ-07', 'HZ-08', 'HZ-09', 'HZ-10'],
  help: '一个险种办理一次为一条；应参保的人全部列入，一人一行，办好的填“是”。两个险种分两条登记。',
  dateLabel: '办理日期',
  endDateLabel: '保障截止日期',
  titleLabel: '参保批次',
  fields: [
    field.choice('scheme', '险种（计划）', SCHEMES, { required: true, open: true }),
    field.choice('payer', '保费来源', ['工会出资', '行政出资', '个人自愿', '共同负担'], { required: true }),
    field.text('insurer', '承办机构'),
  ],
  lines: {
    title: '应参保名单',
    fields: [
      field.person('person', '被保障人', { required: true, aliases: ['姓名'] }),
      field.choice(
        'group',
        '人员类别',
        ['在职职工', '女职工', '市级以上劳模', '五一奖章获得者', '市级特困职工', '退休职工', '职工独生子女', '其他'],
        { required: true },
      ),
      field.choice('kind', '新保续保', ['新保', '续保']),
      field.yesno('done', '已参保', { required: true }),
      field.money('premium', '保费（元）'),
    ],
  },
  metrics: [
    enrolment.people('people', '互助保障参保人数', IN),
    enrolment.people('due', '应参保人数'),
    enrolment.rate('coverage', '互助保障参保率', 'people', 'due', '至少参加一个险种的占应参保名单人数。'),
    enrolment.lines('times', '互助保障参保份数', '份', IN),
    enrolment.kinds('schemes', '办理的险种', '种', 'scheme', IN),
    enrolment.money('premium', '互助保障保费', 'premium', IN),
    enrolment.money('union-premium', '工会出资保费', 'premium', { ...IN, payer: '工会出资' }),
    enrolment.people('renewed', '续保人数', { ...IN, kind: '续保' }),
    enrolment.people('municipal-people', '职工互助保险参保人数', { ...IN, scheme: MUNICIPAL }),
    enrolment.people('ankang-people', '安康保险参保人数', { ...IN, scheme: '安康保险' }),
    enrolment.people('ankang-voluntary', '自愿参加安康保险人数', { ...IN, scheme: '安康保险', payer: '个人自愿' }),
    enrolment.people('women-people', '女职工大病安康保险参保人数', { ...IN, scheme: '女职工大病安康保险' }),
    enrolment.people('women-due', '女职工大病安康保险应参保人数', { scheme: '女职工大病安康保险' }),
    enrolment.rate(
      'women-coverage',
      '女职工大病安康保险参保率',
      'women-people',
      'women-due',
      '已参保女职工占应参保女职工。',
    ),
    enrolment.money('women-premium', '女职工大病安康保险保费', 'premium', { ...IN, scheme: '女职工大病安康保险' }),
    enrolment.people('women-mutual-people', '女职工安康互助保障参保人数', { ...IN, scheme: '女职工安康互助保障' }),
    enrolment.people('women-mutual-renewed', '女职工安康互助保障续保人数', {
      ...IN,
      scheme: '女职工安康互助保障',
      kind: '续保',
    }),
    enrolment.people('model-people', '劳模医疗综合互助保险参保人数', {
      ...IN,
      scheme: '职工医疗综合互助保险',
      group: '市级以上劳模',
    }),
    enrolment.people('hardship-people', '特困职工医疗综合互助保险参保人数', {
      ...IN,
      scheme: '职工医疗综合互助保险',
      group: '市级特困职工',
    }),
    enrolment.people('pension-people', '劳模和奖章获得者养老互助保险参保人数', {
      ...IN,
      scheme: '养老互助保险',
      group: ['市级以上劳模', '五一奖章获得者'],
    }),
    enrolment.people('only-children', '独生子女两全保险参保人数', { ...IN, scheme: '独生子女两全保险' }),
    enrolment.kinds('retired-schemes', '为退休职工办理的险种', '种', 'scheme', { ...IN, ...RETIRED }),
    enrolment.people('retired-people', '参保退休职工人数', { ...IN, ...RETIRED }),
    enrolment.lines('retired-done', '退休职工已办保险份数', '份', { ...IN, ...RETIRED }),
    enrolment.lines('retired-due', '退休职工应办保险份数', '份', RETIRED),
    enrolment.rate(
      'retired-coverage',
      '退休职工参保覆盖率',
      'retired-done',
      'retired-due',
      '已办份数占应办份数，每人每险种计一份。',
    ),
  ],
  clauses: [
    {
      text: '{period}，办理互助保障{mutual-aid.enrolment.schemes}，参保{mutual-aid.enrolment.people}，参保率{mutual-aid.enrolment.coverage}[，缴纳保费{mutual-aid.enrolment.premium}][，其中工会出资{mutual-aid.enrolment.union-premium}][，续保{mutual-aid.enrolment.renewed}]。',
      genres: GENERAL,
      weight: 85,
    },
    {
      text: '{period}，职工互助保险参保{mutual-aid.enrolment.municipal-people}[，其中参加安康保险{mutual-aid.enrolment.ankang-people}][，自愿投保安康保险{mutual-aid.enrolment.ankang-voluntary}]。',
      genres: GENERAL,
      weight: 75,
    },
    {
      text: '{period}，为女职工{mutual-aid.enrolment.women-people}办理大病安康保险[，支出保费{mutual-aid.enrolment.women-premium}]，参保率{mutual-aid.enrolment.women-coverage}。',
      weight: 80,
    },
    {
      text: '{period}，女职工安康互助保障参保{mutual-aid.enrolment.women-mutual-people}[，其中续保{mutual-aid.enrolment.women-mutual-renewed}]。',
      weight: 74,
    },
    {
      text: '{period}，为市级以上劳动模范{mutual-aid.enrolment.model-people}[、市级特困职工{mutual-aid.enrolment.hardship-people}]办理医疗综合互助保险。',
      genres: GENERAL,
      weight: 73,
    },
    {
      text: '{period}，为劳动模范和五一奖章获得者{mutual-aid.enrolment.pension-people}办理养老互助保险。',
      genres: GENERAL,
      weight: 70,
    },
    { text: '{period}，独生子女两全保险参保{mutual-aid.enrolment.only-children}。', genres: GENERAL, weight: 60 },
    {
      text: '{period}，为退休职工{mutual-aid.enrolment.retired-people}办理保险{mutual-aid.enrolment.retired-schemes}，应办{mutual-aid.enrolment.retired-due}，已办{mutual-aid.enrolment.retired-done}，覆盖率{mutual-aid.enrolment.retired-coverage}。',
      genres: GENERAL,
      weight: 72,
    },
  ],
  sample: {
    date: '2026-03-06',
    endDate: '2027-03-05',
    title: '女职工大病安康保险',
    scheme: '女职工大病安康保险',
    payer: '工会出资',
    insurer: '职工保险互助会',
    person: '周丽',
    group: '女职工',
    kind: '续保',
    done: '是',
    premium: '20',
  },
})

const claim = counting('mutual-aid.claim')
export const claims = register({
  id: 'mutual-aid.claim',
  title: '互助保障理赔',
  domain: 'HZ',
  mechanisms: ['HZ-02', 'HZ-03', 'HZ-05'],
  help: '每笔赔付登记一行，写明是哪一个险种；医院自办的住院补助另有台账。',
  dateLabel: '赔付日期',
  confidential: true,
  fields: [
    field.choice('scheme', '险种（计划）', SCHEMES, { required: true, open: true }),
    field.person('person', '受助职工', { required: true, aliases: ['姓名', '被保障人'] }),
    field.date('appliedOn', '申请日期'),
    field.choice('cause', '理赔原因', ['住院', '大病', '意外伤害', '身故', '女性特疾', '其他']),
    field.yesno('enrolled', '参保有效', { help: '申请时在保障期内。' }),
    field.money('amount', '赔付金额（元）', { required: true }),
  ],
  metrics: [
    claim.records('times', '互助保障理赔人次', '人次'),
    claim.people('people', '互助保障理赔人数'),
    claim.money('amount', '互助保障理赔金额', 'amount'),
    claim.people('insurance-people', '职工互助保险理赔人数', { scheme: MUNICIPAL }),
    claim.money('insurance-amount', '职工互助保险理赔金额', 'amount', { scheme: MUNICIPAL }),
    claim.people('fund-people', '会员大病互助金救助人数', { scheme: '会员大病互助' }),
    claim.money('fund-amount', '会员大病互助金发放金额', 'amount', { scheme: '会员大病互助' }),
    claim.people('women-people', '女职工安康保险理赔人数', { scheme: ['女职工大病安康保险', '女职工安康互助保障'] }),
    claim.money('women-amount', '女职工安康保险理赔金额', 'amount', {
      scheme: ['女职工大病安康保险', '女职工安康互助保障'],
    }),
  ],
  clauses: [
    {
      text: '{period}，互助保障理赔{mutual-aid.claim.people}、{mutual-aid.claim.times}，金额{mutual-aid.claim.amount}。',
      genres: GENERAL,
      weight: 84,
    },
    {
      text: '{period}，职工互助保险理赔{mutual-aid.claim.insurance-people}[、金额{mutual-aid.claim.insurance-amount}]。',
      genres: GENERAL,
      weight: 79,
    },
    {
      text: '{period}，会员大病互助金救助{mutual-aid.claim.fund-people}[、发放{mutual-aid.claim.fund-amount}]。',
      genres: GENERAL,
      weight: 78,
    },
    {
      text: '{period}，女职工安康保险理赔{mutual-aid.claim.women-people}[、金额{mutual-aid.claim.women-amount}]。',
      weight: 68,
    },
  ],
  sample: {
    date: '2026-06-18',
    scheme: '职工医疗互助',
    person: '陈志强',
    appliedOn: '2026-06-02',
    cause: '住院',
    enrolled: '是',
    amount: '1260.50',
  },
})

const contribution = counting('mutual-aid.contribution', 'line')
export const contributions = register({
  id: 'mutual-aid.contribution',
  title: '大病互助金收取',
  domain: 'HZ',
  mechanisms: ['HZ-02'],
  help: '一次收取为一条；应缴会员全部列入，一人一行，缴了的填“是”。',
  dateLabel: '收取日期',
  titleLabel: '收取批次',
  fields: [field.choice('fund', '互助金', ['会员大病互助金'], { required: true, open: true })],
  lines: {
    title: '应缴名单',
    fields: [
      field.person('person', '会员姓名', { required: true, aliases: ['姓名'] }),
      field.yesno('done', '已缴', { required: true }),
      field.money('amount', '缴纳金额（元）'),
    ],
  },
  metrics: [
    contribution.people('due', '应缴互助金会员人数'),
    contribution.people('people', '缴纳互助金会员人数', IN),
    contribution.rate('rate', '互助金缴纳率', 'people', 'due', '已缴会员占应缴名单人数。'),
    contribution.money('amount', '收取互助金', 'amount', IN),
  ],
  clauses: [
    {
      text: '{period}，会员{mutual-aid.contribution.people}缴纳大病互助金{mutual-aid.contribution.amount}，占应缴会员的{mutual-aid.contribution.rate}。',
      genres: GENERAL,
      weight: 77,
    },
  ],
  sample: {
    date: '2026-01-15',
    title: '本年度互助金',
    fund: '会员大病互助金',
    person: '李强',
    done: '是',
    amount: '50',
  },
})
