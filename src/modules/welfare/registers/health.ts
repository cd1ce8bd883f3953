import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'

const checkUp = counting('welfare.check-up', 'line')
const DONE = { done: '是' }
const WORKING = { status: ['在职', '内退', '劳务派遣'] }
const RETIRED = { status: ['退休', '离休'] }
export const checkUps = register({
  id: 'welfare.check-up',
  title: '职工体检',
  domain: 'FL',
  mechanisms: ['FL-01', 'FL-02', 'FL-03', 'TG-02'],
  delicate: true,
  help: '一批体检一条（在职、退休分批时各记一条）；应检的人全部列入，一人一行，检了的填“是”。不要填写检查结果。',
  dateLabel: '体检日期',
  endDateLabel: '结束日期',
  titleLabel: '体检批次',
  fields: [
    field.choice('scope', '体检范围', ['全员体检', '在职体检', '退休体检', '劳模体检', '专项体检'], { required: true }),
    field.text('hospital', '体检机构', { required: true, dim: true }),
    field.yesno('away', '外地体检'),
    field.text('escorts', '陪同引导人员'),
  ],
  lines: {
    title: '应检名单',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.choice('status', '职工状况', ['在职', '退休', '离休', '内退', '劳务派遣'], { required: true }),
      field.choice('honour', '荣誉身份', ['无', '公司级以上劳模', '五一奖章获得者'], { help: '劳模体检时填写。' }),
      field.yesno('done', '已体检', { required: true }),
      field.yesno('followUp', '提示复查', { help: '体检机构提示需要复查的填“是”，不写病情。' }),
      field.money('cost', '费用（元）'),
    ],
  },
  metrics: [
    checkUp.records('batches', '职工体检批次', '批'),
    checkUp.people('due', '应体检人数'),
    checkUp.people('people', '体检人数', DONE),
    checkUp.rate('coverage', '体检覆盖率', 'people', 'due', '已体检人数占应检名单人数，同一人多批计一次。'),
    checkUp.people('working-due', '应体检在职职工人数', WORKING),
    checkUp.people('working', '体检在职职工人数', { ...DONE, ...WORKING }),
    checkUp.rate('working-coverage', '在职职工体检覆盖率', 'working', 'working-due', '已体检在职职工占应检在职职工。'),
    checkUp.people('retired-due', '应体检退休职工人数', RETIRED),
    checkUp.people('retired', '体检退休职工人数', { ...DONE, ...RETIRED }),
    checkUp.rate('retired-coverage', '退休职工体检覆盖率', 'retired', 'retired-due', '已体检退休职工占应检退休职工。'),
    checkUp.people('model-due', '应体检劳模和奖章获得者人数', { scope: '劳模体检' }),
    checkUp.people('models', '体检劳模和奖章获得者人数', { ...DONE, honour: ['公司级以上劳模', '五一奖章获得者'] }),
    checkUp.people('follow-up', '体检提示复查人数', { ...DONE, followUp: '是' }),
    checkUp.money('cost', '体检费用', 'cost', DONE),
    checkUp.records('away', '外地体检批次', '批', { away: '是' }),
    checkUp.every('every', '全员体检频次', 'year', { scope: '全员体检' }, { definition: '全员体检批次按年计算。' }),
    checkUp.every('model-every', '劳模体检频次', 'year', { scope: '劳模体检' }),
    checkUp.recordKinds('hospitals', '承担体检的机构', '家', 'hospital'),
  ],
  clauses: [
    {
      text: '{period}，组织职工体检{welfare.check-up.batches}，应检{welfare.check-up.due}，实检{welfare.check-up.people}，覆盖率{welfare.check-up.coverage}[，支出{welfare.check-up.cost}][，提示复查{welfare.check-up.follow-up}]。',
      weight: 90,
    },
    {
      text: '{period}，在职职工应检{welfare.check-up.working-due}，实检{welfare.check-up.working}，覆盖率{welfare.check-up.working-coverage}[，全员体检频次{welfare.check-up.every}][，赴外地体检{welfare.check-up.away}]。',
      weight: 85,
    },
    {
      text: '{period}，组织劳动模范和五一奖章获得者体检{welfare.check-up.models}[，体检频次{welfare.check-up.model-every}]。',
      weight: 70,
    },
    {
      text: '{period}，组织退休职工体检，应检{welfare.check-up.retired-due}，实检{welfare.check-up.retired}，覆盖率{welfare.check-up.retired-coverage}。',
      section: 'TG',
      weight: 80,
    },
  ],
  sample: {
    date: '2026-05-31',
    title: '退休职工体检',
    scope: '退休体检',
    hospital: '中心医院',
    away: '否',
    escorts: '工会委员两人',
    person: '钱秀英',
    status: '退休',
    done: '是',
    followUp: '否',
    cost: '420',
  },
})

const health = counting('welfare.health-programme', 'line')
export const healthProgrammes = register({
  id: 'welfare.health-programme',
  title: '职工健康促进',
  domain: 'FL',
  mechanisms: ['FL-10', 'FL-14'],
  help: '健康促进计划里的每项活动一条，参加的人一人一行；发放计步器等物品记入“物品发放”。',
  titleLabel: '活动名称',
  fields: [
    field.choice('kind', '活动类别', ['健康讲座', '健步走', '工间操', '义诊咨询', '心理疏导', '计划制定', '其他'], {
      required: true,
    }),
    field.text('place', '地点'),
    field.money('cost', '支出（元）'),
  ],
  lines: {
    title: '参加人员',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.choice('role', '身份', ['参加者', '组织者', '指导老师']),
    ],
  },
  metrics: [
    health.records('activities', '健康促进活动', '项次'),
    health.people('people', '参加健康促进活动人数'),
    health.lines('times', '参加健康促进活动人次', '人次'),
    health.records('lectures', '健康讲座', '场', { kind: '健康讲座' }),
    health.records('exercise', '健步走和工间操活动', '次', { kind: ['健步走', '工间操'] }),
    health.records('consultations', '义诊和心理疏导', '次', { kind: ['义诊咨询', '心理疏导'] }),
    health.money('cost', '健康促进支出', 'cost'),
  ],
  clauses: [
    {
      text: '{period}，按职工健康促进计划开展活动{welfare.health-programme.activities}，参加{welfare.health-programme.times}[，其中健康讲座{welfare.health-programme.lectures}][，健步走和工间操{welfare.health-programme.exercise}][，义诊和心理疏导{welfare.health-programme.consultations}]。',
      weight: 60,
    },
  ],
  sample: {
    date: '2026-04-24',
    title: '春季健步走',
    kind: '健步走',
    place: '滨河公园',
    cost: '1200',
    person: '周丽',
    role: '参加者',
  },
})

const birthday = counting('welfare.birthday', 'line')
export const birthdays = register({
  id: 'welfare.birthday',
  title: '生日慰问',
  domain: 'FL',
  mechanisms: ['FL-04'],
  help: '每月（或每次）一条；当期过生日的职工全部列入，一人一行，送到的填“是”。',
  dateLabel: '慰问日期',
  titleLabel: '生日慰问批次',
  fields: [
    field.choice('form', '形式', ['蛋糕贺卡', '蛋糕券', '集体生日会', '生日聚餐', '祝福问候'], {
      required: true,
      open: true,
    }),
    field.text('basis', '依据文件'),
  ],
  lines: {
    title: '过生日职工',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.date('birthday', '生日', { sensitive: true }),
      field.yesno('done', '已送达（参加）', { required: true }),
      field.money('cost', '费用（元）'),
    ],
  },
  metrics: [
    birthday.records('rounds', '生日慰问批次', '批'),
    birthday.people('due', '应慰问的过生日职工人数'),
    birthday.people('people', '生日慰问职工人数', DONE),
    birthday.rate('coverage', '生日慰问覆盖率', 'people', 'due', '已慰问职工占当期过生日职工。'),
    birthday.people('cards', '送蛋糕贺卡职工人数', { ...DONE, form: ['蛋糕贺卡', '蛋糕券'] }),
    birthday.records('parties', '集体生日活动', '次', { form: ['集体生日会', '生日聚餐'] }),
    birthday.people('party-people', '参加集体生日活动职工人数', { ...DONE, form: ['集体生日会', '生日聚餐'] }),
    birthday.every('party-every', '集体生日活动频次', 'month', { form: ['集体生日会', '生日聚餐'] }),
    birthday.money('cost', '生日慰问费用', 'cost', DONE),
  ],
  clauses: [
    {
      text: '{period}，过生日职工{welfare.birthday.due}，已送上生日慰问{welfare.birthday.people}，覆盖率{welfare.birthday.coverage}[，其中送蛋糕贺卡{welfare.birthday.cards}][，费用{welfare.birthday.cost}]。',
      weight: 80,
    },
    {
      text: '{period}，举办集体生日活动{welfare.birthday.parties}[，频次为{welfare.birthday.party-every}]，参加职工{welfare.birthday.party-people}。',
      weight: 72,
    },
  ],
  sample: {
    date: '2026-03-01',
    title: '三月生日慰问',
    form: '蛋糕贺卡',
    basis: '职工生日福利办法',
    person: '李强',
    birthday: '1988-03-09',
    done: '是',
    cost: '180',
  },
})
